"""The sheets of a report workbook on disk, read without opening it in any program."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from addin.errors import TollsheetError

RowsOf = Callable[[int | None], Sequence[Sequence[Any]]]
"""Gives the first rows of a sheet, or all (None), as values: what a formula last showed."""


def sheets_of(path: Path) -> list[tuple[str, RowsOf]]:
    """Name and rows of each sheet, in their order. Raises TollsheetError where the file cannot be read."""
    try:
        content = io.BytesIO(path.read_bytes())
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl does not keep, which nobody asks it to write
            workbook = load_workbook(content, read_only=True, data_only=True)
            sheets: list[tuple[str, RowsOf]] = [
                (sheet.title, partial(_rows, sheet)) for sheet in workbook.worksheets
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


def _rows(sheet: Any, most: int | None) -> list[list[Any]]:
    sheet.reset_dimensions()
    rows = [list(row) for row in sheet.iter_rows(max_row=most, values_only=True)]
    widest = max(map(len, rows), default=0)
    return [row + [None] * (widest - len(row)) for row in rows]
