"""A report goes onto sheets of the person's workbook; one that cannot, into one of its own beside it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from addin.errors import TollsheetError
from addin.hosts.half_made import scratch_folder
from addin.hosts.new_workbook import for_copying
from addin.hosts.open_workbook.marks import marked
from addin.hosts.open_workbook.put_on import Column
from addin.ribbon.commands.report_workbook import ReportFiles
from addin.ribbon.desk import Desk

LIVE_ROWS = 100_000
"""Records that a report in the person's workbook may have; larger ones get their own."""


@dataclass(frozen=True, slots=True)
class Placing:
    """Where a report of so many records goes."""

    desk: Desk
    role: str
    """The mark of its sheets: one of `marks.REPORTS`."""
    name: str
    """Of its file, such as `reconciliation-2026-09`."""
    rows: int

    @property
    def is_beside(self) -> bool:
        return self.rows > LIVE_ROWS or self.counts_otherwise

    @property
    def counts_otherwise(self) -> bool:
        return self.desk.program.state_of(self.desk.book).counts_otherwise

    @property
    def files(self) -> ReportFiles | None:
        return ReportFiles.of(self.desk, self.name)

    def place(
        self,
        write: Callable[[Path], object],
        known_losses: Sequence[str] = (),
        told: Collection[Column] = (),
    ) -> list[str]:
        """Write the report with `write` and put it in its place, in that of its old sheets; gives what is to
        be said of it. `known_losses` are sentences on what the person would lose with the old sheets, and
        `told` the columns that they name."""
        desk = self.desk
        desk.say("writing the report")
        if self.is_beside:
            return [self._beside(write)]
        with scratch_folder() as folder:
            path = folder / f"tollsheet-{self.name}.xlsx"
            with for_copying():
                write(path)
            sheets = desk.add_sheets(path, self.role, marked(desk.book, self.role), known_losses, told)
        said = [f"Sheets: {', '.join(sheet.name for sheet in sheets)}."]
        if desk.program.state_of(desk.book).is_read_only:
            said.append("This workbook is open read-only: save it under another name.")
        return said

    def _beside(self, write: Callable[[Path], object]) -> str:
        """A workbook of its own in the folder of the person's, opened."""
        if self.files is None:
            raise TollsheetError(
                "This workbook has no folder yet", "Save it on this computer, then build again."
            )
        path = self.files.next()
        try:
            write(path)
        except TollsheetError as error:
            raise TollsheetError(
                error.problem, "Save this workbook in a folder that you can write to, then build again."
            ) from error
        self.desk.book.app.books.open(str(path))
        why = (
            "This workbook counts its days from 1904 or another day, which would put the report's dates off"
            if self.counts_otherwise
            else f"The report has more than {LIVE_ROWS:,} rows"
        )
        return f"{why}: it is a workbook of its own, {path}."
