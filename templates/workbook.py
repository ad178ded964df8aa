"""XlsxWriter's workbook for tables in which one formula stands in thousands of cells."""

from __future__ import annotations

from typing import Any

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet


class _Sheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    def __init__(self) -> None:
        super().__init__()
        self._prepared: dict[str, str] = {}

    def _prepare_formula(self, formula: str, *options: Any, **named: Any) -> str:
        """XlsxWriter looks for thirty newer functions in each: for a long formula half a millisecond."""
        if options or named:
            made: str = super()._prepare_formula(formula, *options, **named)
            return made
        if formula not in self._prepared:
            self._prepared[formula] = super()._prepare_formula(formula)
        return self._prepared[formula]


class RepeatingWorkbook(Workbook):  # type: ignore[misc]  # XlsxWriter has no types
    """The same bytes, sooner."""

    worksheet_class = _Sheet
    most_live_calls = 0
    """Calls of a sheet up to which their figures are formulas. None are where the sheets are copied into an
    open workbook: Calc takes them over one by one, and calculates each time."""


def live_calls(workbook: Workbook) -> int:
    """Of any workbook."""
    most: int = getattr(workbook, "most_live_calls", 0)
    return most
