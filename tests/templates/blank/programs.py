"""A workbook as programs calculate it, beside what it was stored with: nothing of it may be stale."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.datetime import to_excel

from tests.engines.calculated import by_ironcalc
from tests.office.harness import OfficeError, read_workbook

_NEAR = 1e-12


def stored(path: Path) -> dict[str, Any]:
    """What stands in each cell, by "sheet!cell"; days as serials, blanks left out."""
    return {
        f"{sheet.title}!{cell.coordinate}": _plain(cell.value)
        for sheet in load_workbook(path, data_only=True)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def formulas(path: Path) -> dict[str, str]:
    """The cells with formulas, and these."""
    return {
        f"{sheet.title}!{cell.coordinate}": cell.value
        for sheet in load_workbook(path)
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.data_type == "f"
    }


def in_ironcalc(path: Path, change: dict[str, Any] | None = None) -> dict[str, Any]:
    """What IronCalc makes of the formulas, of the file as it is, or once these cells hold something else:
    text, a number, or None for nothing."""
    cell = by_ironcalc(path, change)
    return {at: cell(*at.rsplit("!", 1)) for at in formulas(path)}


def in_office(path: Path) -> dict[str, Any]:
    """What a real LibreOffice makes of them, recalculated."""
    sheets = read_workbook(path)
    found = {
        f"{name}!{cell}": value for name, sheet in sheets.items() for cell, value in sheet.values.items()
    }
    return {at: _plain(found.get(at, "")) for at in formulas(path)}


def stale(path: Path, calculated: dict[str, Any]) -> list[str]:
    """The formulas whose stored value is another than the calculated one."""
    kept = stored(path)
    assert calculated
    return [
        f"{at}: stored {kept.get(at)!r}, calculated {value!r}"
        for at, value in calculated.items()
        if not _same(kept.get(at), value)
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return to_excel(value)
    return str(value) if isinstance(value, OfficeError) else value


def _same(one: Any, other: Any) -> bool:
    one, other = ("" if value is None else value for value in (one, other))
    if isinstance(one, float | int) and isinstance(other, float | int):
        return abs(one - other) <= _NEAR * max(1, abs(one))
    return type(one) is type(other) and bool(one == other)
