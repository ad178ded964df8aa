"""A new workbook that carries the cell functions as names, for Excel 365 and 2024 without the add-in."""

from __future__ import annotations

from typing import Any

from templates.formulas.lambdas import LAMBDAS
from templates.workbook import RepeatingWorkbook


class WorkbookWithFunctions(RepeatingWorkbook):
    """A workbook whose names of functions have their help beside them, and are no named ranges."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for one in LAMBDAS.values():
            self.define_name(one.name, f"={one.stored}")

    def _write_defined_name(self, defined_name: list[Any]) -> None:
        name, _, formula, _ = defined_name
        if _is_function(name, formula):
            attributes = [("name", name), ("comment", LAMBDAS[name].comment)]
            self._xml_data_element("definedName", formula, attributes)
        else:
            super()._write_defined_name(defined_name)

    def _extract_named_ranges(self, defined_names: list[list[Any]]) -> list[str]:
        """Those that the document's properties list; the `!` of #NUM! would pass for that of a sheet."""
        ranges = [one for one in defined_names if not _is_function(one[0], one[2])]
        found: list[str] = super()._extract_named_ranges(ranges)
        return found


def _is_function(name: str, formula: str) -> bool:
    return name in LAMBDAS and formula == LAMBDAS[name].stored
