"""XlsxWriter's workbook for tables in which one formula stands in thousands of cells."""

from __future__ import annotations

from typing import Any

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

_WITHOUT_DIGITS = dict.fromkeys(map(ord, "0123456789"))


class _Sheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    names_cells = False

    def __init__(self) -> None:
        super().__init__()
        self._stay: dict[str, bool] = {}
        """Whether a formula is written as it is, by its text without digits: so it looks in every row."""

    def _prepare_formula(self, formula: str, *options: Any, **named: Any) -> str:
        """XlsxWriter looks for thirty newer functions in each: for a long formula half a millisecond."""
        shape = formula.translate(_WITHOUT_DIGITS)
        if not (options or named) and self._stay.get(shape):
            return formula.removeprefix("=")
        made: str = super()._prepare_formula(formula, *options, **named)
        self._stay[shape] = made == formula.removeprefix("=")
        return made


class _SheetToCopy(_Sheet):
    names_cells = True


class RepeatingWorkbook(Workbook):  # type: ignore[misc]  # XlsxWriter has no types
    """The same bytes, sooner."""

    worksheet_class = _Sheet


class WorkbookToCopy(RepeatingWorkbook):
    """Its sheets go into an open workbook.

    Formulas of a row name cells of the row ($F5) in place of columns of their table: programs copy them with
    their sheet, where LibreOffice takes formulas over a table one by one, ten thousand in some minutes.
    """

    worksheet_class = _SheetToCopy


def names_cells(sheet: Worksheet) -> bool:
    """Whether formulas of a row are to name cells; of any sheet."""
    return isinstance(sheet, _Sheet) and sheet.names_cells
