"""Excel's own dialogs, and the states of a workbook that xlwings has no word for."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from addin.hosts.program import FILES, TITLE, Rows, State, read
from udfs.errors import CODE_OF_COM_INTEGER

_FILES = f"Exports ({FILES}),{FILES},All files (*.*),*.*"
_TEXT = 2
"""The kind of answer that Excel's InputBox gives."""
_ANSWERS = {"yes": True, "no": False}


class Excel:
    """The dialogs of one running Excel; `app` is xlwings' application."""

    def __init__(self, app: Any) -> None:
        self.app = app

    def choose_files(self, title: str) -> list[Path]:
        chosen = self.app.api.GetOpenFilename(FileFilter=_FILES, Title=title, MultiSelect=True)
        return [Path(str(name)) for name in chosen] if isinstance(chosen, tuple | list) else []

    def tell(self, text: str, *, is_problem: bool = False) -> None:
        self.app.alert(text, TITLE, "ok", "critical" if is_problem else "info")

    def ask(self, text: str) -> bool | None:
        return _ANSWERS.get(self.app.alert(text, TITLE, "yes_no_cancel"))

    def ask_for_text(self, text: str, proposed: str) -> str | None:
        answer = self.app.api.InputBox(Prompt=text, Title=TITLE, Default=proposed, Type=_TEXT)
        return None if answer is False else str(answer)

    def state_of(self, book: Any) -> State:
        api = book.api
        return State(bool(api.ProtectStructure), bool(api.Date1904), bool(api.ReadOnly))

    def protected_sheets(self, sheets: Sequence[Any]) -> list[str]:
        return [sheet.name for sheet in sheets if sheet.api.ProtectContents]

    def values_of(self, cells: Any) -> Rows:
        """Excel hands a cell in a currency format over as currency, which has four decimals: a rate of
        0.00855 arrives as 0.0086. `Value2` knows no currency, but no days either: it is asked for those
        cells alone.
        """
        values = read(cells)
        for column in range(len(values[0])):
            if any(isinstance(row[column], Decimal) for row in values):
                whole = _column(cells.columns[column].api.Value2)
                for row, number in zip(values, whole, strict=True):
                    if isinstance(row[column], Decimal):
                        row[column] = number
        return [[_no_integer(value) for value in row] for row in values]


def _column(values: Any) -> list[Any]:
    """What Excel gives for a column; of a single cell it is no tuple."""
    return [row[0] for row in values] if isinstance(values, tuple) else [values]


def _no_integer(value: Any) -> Any:
    """An integer is an error that xlwings has no text for, such as #SPILL!: Excel's numbers are floats."""
    if isinstance(value, int) and not isinstance(value, bool):
        return CODE_OF_COM_INTEGER.get(value, "#VALUE!")
    return value
