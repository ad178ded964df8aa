"""What a command has before it: the workbook, the program around it, and a line for its progress.

What puts sheets into the workbook is read when a command comes to it: reading code is most of a first click.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from addin.errors import TollsheetError
from addin.hosts.half_made import scratch_folder
from addin.hosts.open_workbook.marks import REPORTS, marked
from addin.hosts.open_workbook.place import path_of
from addin.hosts.program import Program, Rows
from addin.reconcile.wording import counted

if TYPE_CHECKING:
    from xlsxwriter import Workbook

    from addin.hosts.open_workbook.put_on import Column


class Cancelled(Exception):
    """The person closed a dialog: nothing is to be done, and nothing was."""


@dataclass(slots=True)
class Desk:
    """One run of a command."""

    book: Any
    program: Program
    remarks: list[str] = field(default_factory=list)
    """What is to be said at the end, beside what the command says."""

    def say(self, what: str, rows: int = 0, share: float = 0) -> None:
        """Tell in the status bar what is being done, and how far it is."""
        size = f", {counted(rows, 'row')}" if rows else ""
        size += f" ({share:.0%})" if 0 < share < 1 else ""
        self.book.app.status_bar = f"Tollsheet: {what}{size} ..."

    def refuse_protected(self, role: str = "") -> None:
        """Raise where no sheet can be added, one of ours not be replaced, or a report have no place at all:
        before the person is asked for anything."""
        state = self.program.state_of(self.book)
        if state.counts_otherwise and role in REPORTS and path_of(self.book) is None:
            raise TollsheetError(
                f"{self.book.name} counts its days from 1904 or another day, so that a report has to "
                "go into a workbook of its own beside it, and it has no folder yet",
                "Save it on this computer, then try again; or use a new workbook.",
            )
        if state.is_protected:
            raise TollsheetError(
                f"The structure of {self.book.name} is protected, so no sheet can be added",
                f"Take the protection away ({self.program.protect_structure}), and try again.",
            )
        old = marked(self.book, role) if role else []
        protected = self.program.protected_sheets(old)
        if protected:
            raise TollsheetError(
                f'The sheet "{protected[0]}" is protected and would be replaced',
                f"Take its protection away ({self.program.protect_sheet}), and try again.",
            )
        if self.program.protected_sheets(list(self.book.sheets)):
            from addin.hosts.open_workbook.references import References

            References.to(self.book, self.program, old).refuse_locked()

    def add_sheets(
        self,
        path: Path,
        role: str,
        old: Sequence[Any] = (),
        known_losses: Sequence[str] = (),
        told: Collection[Column] = (),
    ) -> list[Any]:
        """Move the sheets of a file into the workbook, in the place of old ones; the person is asked first
        where something of their own would be lost. `told` are the columns that `known_losses` name."""
        from addin.hosts.open_workbook.transfer import Transfer

        transfer = Transfer(self.book, self.program, path, role, old)
        losses = [*known_losses, *transfer.losses(told)]
        if losses:
            what = "This" if len(losses) == 1 else "They"
            question = f"{what} would be lost. Replace the sheets all the same?"
            if not self.ask("\n".join([*losses, "", question])):
                raise Cancelled
        self.say("adding the sheets")
        sheets = transfer.run()
        self.remarks += transfer.remarks
        return sheets

    def add_made(self, role: str, *writes: Callable[[Workbook], None], old: Sequence[Any] = ()) -> list[Any]:
        """The same with sheets of which each is made by one of `writes`."""
        from addin.hosts.new_workbook import for_copying, open_workbook

        with scratch_folder() as folder:
            path = folder / f"tollsheet-{role}.xlsx"
            with for_copying(), open_workbook(path) as workbook:
                for write in writes:
                    write(workbook)
            return self.add_sheets(path, role, old)

    def values(self, sheet: Any, most_rows: int | None = None, most_columns: int | None = None) -> Rows:
        """The cells of a sheet from A1 on, all or so many of them; one at least."""
        last = sheet.used_range.last_cell
        rows = last.row if most_rows is None else min(last.row, most_rows)
        columns = last.column if most_columns is None else most_columns
        return self.program.values_of(sheet.range((1, 1), (rows, columns)))

    def choose_files(self, title: str) -> list[Path]:
        """Files of the person's choice; a cancelled dialog ends the command."""
        chosen = self.program.choose_files(title)
        if not chosen:
            raise Cancelled
        return chosen

    def ask(self, text: str) -> bool:
        """A question that closing its box answers with no."""
        return bool(self.program.ask(text))

    def ask_which(self, text: str) -> bool:
        """A question whose no does something, too: closing its box ends the command."""
        answer = self.program.ask(text, may_cancel=True)
        if answer is None:
            raise Cancelled
        return answer

    def ask_for_text(self, text: str, proposed: str) -> str:
        answer = self.program.ask_for_text(text, proposed)
        if answer is None:
            raise Cancelled
        return answer
