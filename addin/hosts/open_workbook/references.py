"""What a person's own cells, names and charts say of sheets that are about to be replaced.

A program turns a reference to a deleted sheet into #REF!, even where one of the same name follows: what stood
there before is written again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils.cell import get_column_letter

from addin.errors import TollsheetError, reason
from addin.hosts.open_workbook.leading import Leading
from addin.hosts.open_workbook.marks import is_mark, spelled
from addin.hosts.program import ChartSource, Formula, Program
from templates.report_names import is_of_a_report

NOTHING = Leading((), ())


@dataclass(slots=True)
class References:
    """Formulas, names and charts that lead to certain sheets."""

    book: Any
    program: Program
    formulas: list[Formula] = field(default_factory=list)
    names: list[tuple[str, str]] = field(default_factory=list)
    charts: list[ChartSource] = field(default_factory=list)
    unkept: list[str] = field(default_factory=list)
    """What leads there and cannot be written again, such as `a pivot table on the sheet "Mine"`."""

    @classmethod
    def to(cls, book: Any, program: Program, sheets: Sequence[Any]) -> References:
        """Collect them. Nothing is changed."""
        found = cls(book, program)
        if not sheets:
            return found
        replaced = {sheet.name for sheet in sheets}
        leading = Leading(replaced, [table.name for sheet in sheets for table in sheet.tables])
        for sheet in book.sheets:
            if sheet.name not in replaced:
                found.formulas += program.formulas_on(sheet, leading)
                found.charts += program.charts_on(sheet, leading)
                unkept = program.unkept_on(sheet, leading)
                found.unkept += [f'{what} on the sheet "{sheet.name}"' for what in unkept]
        for name in book.names:
            refers_to = name.refers_to or ""
            of_sheet = name.name.rpartition("!")[0].strip("'").replace("''", "'")
            if of_sheet not in replaced and not is_mark(name.name) and refers_to in leading:
                found.names.append((name.name, refers_to))
        return found

    def refuse_locked(self) -> None:
        """Raise where a formula stands in a cell that cannot be written to."""
        for formula in self.formulas:
            if self.program.is_locked(self._cells(formula)):
                raise TollsheetError(
                    f'The sheet "{formula.sheet}" is protected, and its cell {self._address(formula)} leads '
                    "to sheets that would be replaced: it could not be led to the new ones",
                    f"Take the protection away ({self.program.protect_sheet}), and try again.",
                )

    def restore(self, lost: Leading = NOTHING, but: Collection[str] = ()) -> None:
        """Write them again as they were, but for those that lead to what is `lost`, and for some names.

        All are tried; the first that fails is told.
        """
        failed: list[TollsheetError] = []
        for formula in self.formulas:
            if formula.text not in lost:
                _try(failed, self._place(formula), self._write, formula)
        for name, refers_to in self.names:
            if name not in but and refers_to not in lost:
                _try(failed, f'the name "{name}"', self._point, name, refers_to)
        for chart in self.charts:
            if not chart.leads_to(lost):
                _try(failed, chart.place, chart.restore)
        if failed:
            raise failed[0]

    def places_of(self, lost: Leading, but: Collection[str] = ()) -> list[str]:
        """Where something leads to what is lost."""
        return [
            *(self._place(formula) for formula in self.formulas if formula.text in lost),
            *(
                f'the name "{name}"'
                for name, refers_to in self.names
                if name not in but and refers_to in lost
            ),
            *(chart.place for chart in self.charts if chart.leads_to(lost)),
        ]

    def outdated(self, new: Collection[str]) -> list[str]:
        """Names of the old report that the new one has not: another figure stands where they lead to."""
        return [name for name, _ in self.names if name not in new and is_of_a_report(name)]

    def leading(self, but: Collection[str]) -> Iterator[tuple[str, Sequence[str]]]:
        """Each place that leads there, as a sentence begins with it, and its formulas; `but` some names."""
        for formula in self.formulas:
            cell = f"{get_column_letter(formula.column)}{formula.row}"
            yield f"{spelled(formula.sheet)}!{cell}", [formula.text]
        for name, refers_to in self.names:
            if name not in but:
                yield f'The name "{name}"', [refers_to]
        for chart in self.charts:
            yield f"{chart.place[0].upper()}{chart.place[1:]}", chart.formulas

    def _place(self, formula: Formula) -> str:
        return f'the cell {self._address(formula)} of "{formula.sheet}"'

    def _address(self, formula: Formula) -> str:
        return str(self._cells(formula).get_address(False, False))

    def _cells(self, formula: Formula) -> Any:
        rows, columns = formula.array or (1, 1)
        first = (formula.row, formula.column)
        return self.book.sheets[formula.sheet].range(
            first, (formula.row + rows - 1, formula.column + columns - 1)
        )

    def _write(self, formula: Formula) -> None:
        cells = self._cells(formula)
        if formula.array:
            if cells.formula_array != formula.text:
                cells.formula_array = formula.text
        elif self.program.read_formula(cells) != formula.text:
            self.program.write_formula(cells, formula.text)

    def _point(self, name: str, refers_to: str) -> None:
        if self.book.names[name].refers_to != refers_to:
            self.book.names[name].refers_to = refers_to


def _try(failed: list[TollsheetError], place: str, work: Callable[..., None], *arguments: Any) -> None:
    try:
        work(*arguments)
    except Exception as error:
        told = TollsheetError(f"{place[0].upper()}{place[1:]} cannot be written ({reason(error)})", "")
        told.__cause__ = error
        failed.append(told)
