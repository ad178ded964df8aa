"""Sheets of a workbook that was just made, moved into the one that a person has open.

The program copies each sheet whole (formats, rules, charts, print set-up); what a copy cannot keep is written
again: formulas and names that lead from sheet to sheet, and the names of tables. Nothing of the person's is
touched: where a name is taken, ours gives way.

The old sheets step aside under other names and go last, when the new ones stand complete in their place. Each
step before that can be taken back, and a failure takes back all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from addin.errors import TollsheetError, reason
from addin.hosts.open_workbook.made_formulas import Block, formulas_of
from addin.hosts.open_workbook.made_texts import name_sheets_anew
from addin.hosts.open_workbook.marks import SHORT_NAMES, lost_marks, mark, marks_by_sheet, names_of, quoted
from addin.hosts.open_workbook.moved import Moved
from addin.hosts.open_workbook.new_names import ASIDE, OURS, NewNames, free_name
from addin.hosts.open_workbook.put_on import Column, put_on
from addin.hosts.open_workbook.references import References
from addin.hosts.program import Program
from addin.reconcile.wording import listed

_LONGEST_OLD = 22
"""What of an old sheet's name fits into the 31 signs that Excel allows, with ` (old)` and a number."""


@dataclass(frozen=True, slots=True)
class _Original:
    """A sheet of the file, and what has to be known of it."""

    sheet: Any
    name: str
    cells: str
    """The address of all that it fills."""
    tables: dict[str, str]
    """The address of each table: its name."""

    @classmethod
    def of(cls, sheet: Any) -> _Original:
        cells = sheet.range((1, 1), sheet.used_range.last_cell).address
        return cls(sheet, sheet.name, cells, {table.range.address: table.name for table in sheet.tables})


@dataclass(slots=True)
class Transfer:
    """One move: from the file at `path` into `book`, in the place of `old` sheets of the same role."""

    book: Any
    program: Program
    path: Path
    role: str
    old: Sequence[Any] = ()
    references: References = field(init=False)
    remarks: list[str] = field(default_factory=list)
    """What the person has to know though the new sheets are there."""

    def __post_init__(self) -> None:
        self.references = References.to(self.book, self.program, self.old)

    def losses(self, told: Collection[Column] = ()) -> list[str]:
        """What of the person's would be lost with the old sheets, beside columns that are told already."""
        return [
            *put_on(self.book, self.program, self.role, self.old, told),
            *(f"{what[0].upper()}{what[1:]} leads to cells that go." for what in self.references.unkept),
        ]

    def run(self) -> list[Any]:
        """Move the sheets; gives them in their order. A failure leaves the workbook as it was."""
        self.references.refuse_locked()
        try:
            return self._moved()
        finally:
            with suppress(Exception):  # the sheets stand all the same
                self.program.forget_undo(self.book)

    def _moved(self) -> list[Any]:
        app, undo = self.book.app, ExitStack()
        with app.properties(screen_updating=False, display_alerts=False):
            try:
                # not read-only: Calc takes no formulas out of such a one, and copies their tables with them
                made = app.books.open(str(self.path))
                try:
                    copies = self._put_in_place(made, undo)
                finally:
                    with suppress(Exception):  # it is in nobody's way
                        made.close()
            except Exception as error:
                raise self._taken_back(undo, error) from error
            undo.pop_all()
            self._delete_old()
            with suppress(Exception):  # another sheet in front, or values calculated later, are no failure
                copies[0].activate()
                app.calculate()
        return copies

    def _put_in_place(self, made: Any, undo: ExitStack) -> list[Any]:
        """Everything that can be taken back."""
        originals = [_Original.of(sheet) for sheet in made.sheets]
        formulas = formulas_of(self.path, [original.name for original in originals])
        old = {sheet.name: sheet for sheet in self.old}
        called = names_of(self.book, self.role, [original.name for original in originals])
        taken = self.program.sheet_names(self.book)
        new = NewNames.chosen(self.book, made, self.old, taken, called, SHORT_NAMES.get(self.role, OURS))
        undo.callback(self.references.restore)  # first here, so last of all, when the rest is as it was
        self._step_aside(new, undo)
        sheets, names = ([one.name for one in some] for some in (self.book.sheets, self.book.names))
        undo.callback(self._delete_new, sheets, names)
        copies: list[Any] = []
        for original in originals:
            last = copies[-1] if copies else self.old[-1] if self.old else self.book.sheets[-1]
            copies.append(self._copy(original, last, new))
        self._drop_copied_names(copies, new)
        for original, copy in zip(originals, copies, strict=True):
            _write_formulas(copy, formulas.get(original.name, ()), new)
            name_sheets_anew(copy, new.sheets, self.program)
        for name, refers_to in new.names.items():
            self.book.names.add(name, new.in_formula(refers_to))
        outdated = self.references.outdated(new.names)
        ours = [*new.names, *outdated]
        self.references.restore(new.lost, ours)
        if outdated:
            self.remarks.append(
                f"The new report has no {listed(outdated)}: where you use these names, an error is shown."
            )
        self.remarks += [
            f"The new sheets have nothing for {place} to lead to."
            for place in self.references.places_of(new.lost, ours)
        ]
        moved = Moved(self.program, old, {sheet.name: sheet for sheet in copies})
        self.remarks += moved.remarks(self.references.leading(ours))
        return copies

    def _step_aside(self, new: NewNames, undo: ExitStack) -> None:
        """Give the old sheets and tables other names, since the new ones need theirs."""
        sheets = {name.casefold() for name in new.sheets.values()}
        sheets |= {sheet.name.casefold() for sheet in self.book.sheets}
        tables = {table.name.casefold() for sheet in self.book.sheets for table in sheet.tables}
        for sheet in self.old:
            for table in sheet.tables:
                name = free_name(f"{table.name}_old", tables, "{}{}")
                tables.add(name.casefold())
                _rename(table, name, undo)
            name = free_name(f"{sheet.name[:_LONGEST_OLD]}{ASIDE}", sheets, "{}{}")
            sheets.add(name.casefold())
            _rename(sheet, name, undo)

    def _copy(self, original: _Original, after: Any, new: NewNames) -> Any:
        """One sheet with its name, its mark and its tables."""
        copy = original.sheet.copy(after=after)
        copy.name = new.sheets[original.name]
        mark(self.book, self.role, copy, original.cells, original.name)
        for table in copy.tables:
            table.name = new.tables[original.tables[table.range.address]]
        return copy

    def _drop_copied_names(self, copies: Sequence[Any], new: NewNames) -> None:
        """Where the workbook has a name already, Excel gives a copied sheet one of its own scope: formulas on
        it would follow that one."""
        scopes = {text.casefold() for copy in copies for text in (copy.name, quoted(copy.name))}
        ours = {name.casefold() for name in new.names}
        for name in list(self.book.names):
            scope, _, own = name.name.casefold().rpartition("!")
            if scope in scopes and own in ours:
                name.delete()

    def _taken_back(self, undo: ExitStack, error: Exception) -> TollsheetError:
        problem = f"The new sheets cannot be put into {self.book.name}: {reason(error)}"
        try:
            undo.close()
        except Exception as left:
            return TollsheetError(
                problem,
                f"Not all could be taken back ({reason(left)}). Close the workbook without saving it, and "
                "open it again; or try again: what there is of the new sheets will be replaced.",
            )
        return TollsheetError(
            problem, "The workbook is as it was. Save it, close other workbooks, and try again."
        )

    def _delete_new(self, sheets: Sequence[str], names: Sequence[str]) -> None:
        """Delete whatever is there beyond these sheets and names."""
        left: list[Exception] = []
        for name in [name for name in self.book.names if "!" not in name.name and name.name not in names]:
            _try(left, name.delete)
        for sheet in [sheet for sheet in self.book.sheets if sheet.name not in sheets]:
            _try(left, sheet.delete)
        if left:
            raise left[0]

    def _delete_old(self) -> None:
        """Each sheet before its mark: what could not be deleted is replaced the next time."""
        marks = marks_by_sheet(self.book, self.role)
        for sheet in self.old:
            name = sheet.name
            try:
                sheet.delete()
            except Exception as error:
                self.remarks.append(
                    f'The new sheets are complete, but the old one, now "{name}", cannot be deleted '
                    f"({reason(error)}). Delete it yourself."
                )
            else:
                for one in marks.get(name, ()):
                    with suppress(Exception):  # a mark without its sheet marks nothing
                        self.book.names[one].delete()
        for lost in lost_marks(self.book):
            with suppress(Exception):
                lost.delete()


def _write_formulas(copy: Any, blocks: Sequence[Block], new: NewNames) -> None:
    in_formula = cache(new.in_formula)
    for block in blocks:
        last = block.row + len(block.texts) - 1, block.column + len(block.texts[0]) - 1
        cells = copy.range((block.row, block.column), last)
        cells.formula = [[in_formula(text) for text in texts] for texts in block.texts]


def _rename(thing: Any, name: str, undo: ExitStack) -> None:
    was = thing.name
    thing.name = name
    undo.callback(setattr, thing, "name", was)


def _try(failed: list[Exception], work: Callable[[], None]) -> None:
    try:
        work()
    except Exception as error:
        failed.append(error)
