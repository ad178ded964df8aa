"""Formulas in Excel: which Excel has `Range.Formula2`, array formulas, and results that spill."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from addin.hosts.open_workbook.leading import Leading
from addin.hosts.program import Formula, as_rows


class Formulas:
    """Those of one running Excel."""

    def __init__(self) -> None:
        self._has_formula2: bool | None = None

    def on(self, sheet: Any, leading: Leading) -> Iterator[Formula]:
        """Those of a sheet that lead somewhere, an array formula once."""
        used, seen = sheet.used_range, set()
        texts = used.formula2 if self._knows_formula2(used) else used.formula
        for row, line in enumerate(as_rows(texts), used.row):
            for column, text in enumerate(line, used.column):
                if not (isinstance(text, str) and text.startswith("=") and text in leading):
                    continue
                cell = sheet.range((row, column))
                place, shape = (row, column), None
                if self._is_spilled(cell):
                    parent = cell.api.SpillParent
                    place = (int(parent.Row), int(parent.Column))
                elif cell.has_array:
                    array = cell.api.CurrentArray
                    place = (int(array.Row), int(array.Column))
                    shape = (int(array.Rows.Count), int(array.Columns.Count))
                if place not in seen:
                    seen.add(place)
                    yield Formula(sheet.name, *place, text, shape)

    def read(self, cells: Any) -> str:
        return str(cells.formula2 if self._knows_formula2(cells) else cells.formula)

    def write(self, cells: Any, text: str) -> None:
        if self._knows_formula2(cells):
            cells.formula2 = text  # `formula` would put an @ before functions of an add-in
        else:
            cells.formula = text

    def _knows_formula2(self, cells: Any) -> bool:
        """Whether this Excel has `Range.Formula2`: 2021, 365 and later.

        Only reading tells: where Excel has no such property, xlwings tries for ever to set it.
        """
        if self._has_formula2 is None:
            try:
                _ = cells.sheet.range((1, 1)).formula2
            except Exception:  # pywin32's own, which is there on Windows alone
                self._has_formula2 = False
            else:
                self._has_formula2 = True
        return self._has_formula2

    def _is_spilled(self, cell: Any) -> bool:
        return self._knows_formula2(cell) and bool(cell.api.HasSpill)
