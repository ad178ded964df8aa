"""The sheets of a report workbook on disk, read without opening it in any program."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from addin.errors import TollsheetError

RowsOf = Callable[[int | None], Sequence[Sequence[Any]]]
"""Gives the first rows of a sheet, or all (None), as values: what a formula last showed."""

_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Uncalculated:
    """A cell with a formula whose result is not stored, as programs that do not calculate save it."""

    def __str__(self) -> str:
        return "a formula without a stored result"


UNCALCULATED = Uncalculated()


def uncalculated(workbook: str, cell: str) -> TollsheetError:
    """What to say of such a cell where its value is needed; `cell` is such as `Disputes!O5`."""
    return TollsheetError(
        f"{workbook}, cell {cell} is a formula whose result is not stored",
        "Open the file in Excel or LibreOffice, save it, and run this again.",
    )


def sheets_of(path: Path) -> list[tuple[str, RowsOf]]:
    """Name and rows of each sheet, in their order. Raises TollsheetError where the file cannot be read."""
    try:
        content = path.read_bytes()
        workbook = _loaded(content, is_shown=True)
        formulas = cache(partial(_loaded, content, is_shown=False))
        sheets: list[tuple[str, RowsOf]] = [
            (sheet.title, partial(_rows, sheet, formulas)) for sheet in workbook.worksheets
        ]
        for _, rows in sheets:
            rows(1)
    except Exception as error:  # openpyxl fails in many ways
        told = getattr(error, "strerror", None) or (str(error).splitlines() or [type(error).__name__])[0]
        raise TollsheetError(
            f"The earlier report {path} cannot be read ({told}), so the notes in it would be left behind",
            "Open it and save it as .xlsx again; or move it to another folder, to build without its notes.",
        ) from None
    return sheets


def _loaded(content: bytes, *, is_shown: bool) -> Any:
    """The workbook, with what its formulas last showed or with the formulas themselves."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl does not keep, which nobody asks it to write
        from openpyxl import load_workbook  # it takes a tenth of a second, and most runs read no workbook

        return load_workbook(io.BytesIO(content), read_only=True, data_only=is_shown)


def _rows(sheet: Any, formulas: Callable[[], Any], most: int | None) -> list[list[Any]]:
    sheet.reset_dimensions()
    rows = [list(row) for row in sheet.iter_rows(max_row=most, values_only=True)]
    if _has_formulas(sheet, most):
        _mark(rows, sheet, formulas()[sheet.title], most)
    widest = max(map(len, rows), default=0)
    return [row + [None] * (widest - len(row)) for row in rows]


def _has_formulas(sheet: Any, most: int | None) -> bool:
    """Asked first, for most large sheets have none. Of the first rows at least those are looked at."""
    rows, before = 0, b""
    with sheet._get_source() as source:
        while chunk := source.read(_CHUNK):
            if _FORMULA.search(before + chunk):
                return True
            if most is not None:
                rows += len(_ROW.findall(before + chunk))
                if rows > 2 * most:
                    return False
            before = chunk[-40:]
    return False


def _mark(rows: list[list[Any]], shown: Any, written: Any, most: int | None) -> None:
    """Puts UNCALCULATED where a formula has no result; an empty text (`t="str"`) is one."""
    written.reset_dimensions()
    both = zip(shown.iter_rows(max_row=most), written.iter_rows(max_row=most), strict=True)
    for values, (results, texts) in zip(rows, both, strict=True):
        for column, (result, text) in enumerate(zip(results, texts, strict=True)):
            if text.data_type == "f" and result.value is None and result.data_type != "str":
                values[column] = UNCALCULATED
