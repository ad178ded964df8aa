"""Rows of a sheet that are read by themselves, from their XML, as openpyxl reads them."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from threading import Lock
from typing import Any

from openpyxl.worksheet._reader import WorkSheetParser
from openpyxl.xml.constants import SHEET_MAIN_NS

from addin.records.alike.given import NotPlain
from addin.records.alike.sheet_cells import Texts
from addin.records.excel_tables import as_kept, is_blank
from addin.records.tables import Cell, Row

_BEGIN = f'<worksheet xmlns="{SHEET_MAIN_NS}" xmlns:x14ac="x"><sheetData>'.encode()
_END = b"</sheetData></worksheet>"
_QUIET = Lock()
"""What is to be warned of is the process's: threads that change it take turns."""


def single_rows(xml: bytes, book: Any, texts: Texts, keys: Sequence[str]) -> Iterator[tuple[int, Row]]:
    """As the reader of single rows is given them; none that is blank."""
    for number, found in _parsed(_BEGIN + xml + _END, book, texts):
        cells: list[Cell] = [None] * max(len(keys), *(cell["column"] for cell in found), 0)
        for cell in found:
            cells[cell["column"] - 1] = as_kept(cell["value"])
        if not all(map(is_blank, cells)):
            yield number, dict(zip(keys, cells, strict=False))


def refuse_odd(around: bytes, book: Any) -> None:
    """What stands around the rows has to be in order, and hold no more of them."""
    if _parsed(around, book, None):
        raise NotPlain


def _parsed(xml: bytes, book: Any, texts: Any) -> list[tuple[int, list[dict[str, Any]]]]:
    """openpyxl warns of what does not matter here, and fails in many ways: it does so for the whole sheet."""
    with _QUIET, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return [
                *WorkSheetParser(
                    io.BytesIO(xml),
                    texts,
                    data_only=True,
                    epoch=book.epoch,
                    date_formats=book._date_formats,
                    timedelta_formats=book._timedelta_formats,
                ).parse()
            ]
        except Exception:
            raise NotPlain from None
