"""A blank template as a workbook: its sheets, what is protected, and what it says of itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO

from xlsxwriter.worksheet import Worksheet

from templates import look as styles
from templates.formulas.names import WorkbookWithFunctions
from templates.look import Look, set_title, set_up_page

GUIDE, CHECKS = "How to use", "Checks"
_CREATED = datetime(2026, 1, 1, tzinfo=UTC)
"""Fixed, as all that the file says: what is committed is what is built, in every release."""
_ALLOWED = {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True}


class Book:
    """One template while it is written. Its first sheet is How to use."""

    def __init__(self, title: str, purpose: str) -> None:
        """`purpose` is a sentence: what the template is for."""
        self.title, self.purpose = title, purpose
        self._file = BytesIO()
        self.workbook = WorkbookWithFunctions(self._file, styles.OPTIONS | {"in_memory": True})
        self.workbook.set_properties(
            {
                "title": f"Tollsheet template: {title}",
                "subject": purpose,
                "author": "Tollsheet",
                "company": "",
                "comments": "Made by Tollsheet as a blank template. All figures are formulas.",
                "created": _CREATED,
            }
        )
        self.workbook.set_size(24000, 15000)
        self.look = Look(self.workbook)
        self.guide = self.result_sheet(GUIDE, [28, 18, 20, 62], portrait=True)
        self.guide.set_row(0, 26)
        self.guide.write_string(0, 0, title, self.look.title())
        self.guide.write_string(1, 0, purpose, self.look.note())

    def input_sheet(self, name: str, note: str) -> Worksheet:
        """A sheet with a table that people fill. It is not protected: Excel lets no table grow on a
        protected sheet, whatever else is allowed there."""
        sheet = self.workbook.add_worksheet(name)
        set_up_page(sheet, "", kind=f"template {self.title.casefold()}")
        set_title(sheet, self.look, name, note)
        sheet.set_tab_color(styles.FAIR_PALE)
        return sheet

    def result_sheet(
        self, name: str, widths: Sequence[float], note: str = "", *, portrait: bool = False
    ) -> Worksheet:
        """A sheet of formulas: protected without a password, so that a slip of the finger changes none."""
        sheet = self.workbook.add_worksheet(name)
        set_up_page(sheet, "", portrait=portrait, kind=f"template {self.title.casefold()}")
        sheet.protect("", _ALLOWED)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        if note:
            set_title(sheet, self.look, name, note)
        return sheet

    def define(self, name: str, sheet: str, row: int, column: int) -> None:
        """Name a cell."""
        cell = f"${_letters(column)}${row + 1}"
        self.workbook.define_name(name, f"='{sheet}'!{cell}")

    def saved(self) -> bytes:
        """The file, closed."""
        self.workbook.close()
        return self._file.getvalue()


def _letters(column: int) -> str:
    """
    >>> _letters(0), _letters(27)
    ('A', 'AB')
    """
    column += 1
    letters = ""
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters
