"""A sheet of results that is written from the top: blocks with heads, labels, figures and their names."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from xlsxwriter.worksheet import Worksheet

from templates import look as styles
from templates.shared.book import Book
from templates.shared.rules import Rule
from templates.shared.serials import rounded
from templates.shared.tables import Shown, write_shown
from templates.text import text_lines

WORDS = ""
BOLD: dict[str, object] = {"bold": True, "bg_color": styles.PALE}
COUNT, PLAIN, DAY = styles.COUNT, "General", styles.DAY
MONEY, MINUTES = "#,##0.0000######", "#,##0.00##"
COUNT_CHANGE, MONEY_CHANGE, MINUTES_CHANGE = (
    styles.signed(one) for one in (COUNT, "#,##0.0000######", MINUTES)
)


class Sheet:
    """`row` is the next free one, zero-based; `lines` are the characters of its merged lines."""

    def __init__(
        self, book: Book, name: str, widths: Sequence[float], note: str, *, portrait: bool = True
    ) -> None:
        self.book, self.name, self.look, self.widths = book, name, book.look, widths
        self.sheet: Worksheet = book.result_sheet(name, widths, note, portrait=portrait)
        self.row = 3
        self.is_lined = True
        """Whether cells of results have a line below."""

    def heading(self, text: str, heads: Sequence[str] = ()) -> None:
        """A block; a head that begins with = is a formula of the currency."""
        self.sheet.set_row(self.row, 24)
        self.sheet.write_string(self.row, 0, text, self.look.heading())
        self.row += 1
        if heads:
            self.heads(heads)

    def heads(self, heads: Sequence[str], words: Sequence[int] = (0,)) -> None:
        for index, head in enumerate(heads):
            self.sheet.write_string(self.row, index, head, self.look.head(right=index not in words))
        self.sheet.set_row(self.row, 18)
        self.row += 1

    def label(self, text: str, **style: object) -> None:
        self.sheet.write_string(self.row, 0, text, self.look.words(**style))

    def put(
        self, index: int, formula: str, shown: Shown, number_format: str, name: str = "", **style: object
    ) -> None:
        """A formula in this row; `name` is that of the cell."""
        is_words = number_format == WORDS
        shape = (
            {"align": "left", "indent": 1} if is_words else {"align": "right", "num_format": number_format}
        )
        make = self.look.body if self.is_lined else self.look.format
        cell_format = make(**shape, **style)
        write_shown(self.sheet, self.row, index, formula, cell_format, shown)
        if name:
            self.book.define(name, self.name, self.row, index)

    def hidden(self, index: int, formula: str, shown: Shown, name: str) -> str:
        """A formula in a hidden column right of the sheet, for others to ask by its name."""
        at = len(self.widths) + index
        self.sheet.set_column(at, at, 12, None, {"hidden": True})
        write_shown(self.sheet, self.row, at, formula, self.look.format(), shown)
        self.book.define(name, self.name, self.row, at)
        return name

    def text(self, index: int, text: str) -> None:
        self.sheet.write_string(self.row, index, text, self.look.words(font_color=styles.MUTED))

    def yellow(
        self, index: int, value: Shown, number_format: str, name: str, rule: Rule | None = None
    ) -> None:
        """A cell to type into."""
        cell_format = self.look.input(
            num_format=number_format or "@", align="right" if number_format else "left"
        )
        if value is None or value == "":
            self.sheet.write_blank(self.row, index, None, cell_format)
        elif isinstance(value, str):
            self.sheet.write_string(self.row, index, value, cell_format)
        else:
            self.sheet.write_number(self.row, index, float(value), cell_format)  # type: ignore[arg-type]
        self.book.define(name, self.name, self.row, index)
        if rule:
            self.sheet.data_validation(self.row, index, self.row, index, rule)

    def line(
        self, formula: str, shown: str, name: str = "", *, first: int = 0, lines: int = 0, **style: object
    ) -> None:
        """A sentence across the sheet, as high as it is long."""
        cell_format = self.look.format(text_wrap=True, valign="top", **style)
        last = len(self.widths) - 1
        self.sheet.merge_range(self.row, first, self.row, last, "", cell_format)
        write_shown(self.sheet, self.row, first, formula, cell_format, shown)
        if name:
            self.book.define(name, self.name, self.row, first)
        needed = max(lines, text_lines(shown, sum(self.widths[first:]) - 2))
        self.sheet.set_row(self.row, 13 * needed + 5)

    def note(self, text: str) -> None:
        """The same without a formula, in grey."""
        cell_format = self.look.format(text_wrap=True, font_color=styles.MUTED)
        self.sheet.merge_range(self.row, 0, self.row, len(self.widths) - 1, "", cell_format)
        self.sheet.write_string(self.row, 0, text, cell_format)
        self.sheet.set_row(self.row, 13 * text_lines(text, sum(self.widths) - 2) + 4)
        self.row += 1


def day_text(cell: str) -> str:
    """A day in words that every language of a program writes alike.

    >>> day_text("A2")
    'YEAR(A2)&"-"&TEXT(MONTH(A2),"00")&"-"&TEXT(DAY(A2),"00")'
    """
    return f'YEAR({cell})&"-"&TEXT(MONTH({cell}),"00")&"-"&TEXT(DAY({cell}),"00")'


def amount_text(cell: str) -> str:
    """An amount with four decimals, with six where it has more."""
    return f"IF(ROUND({cell},4)={cell},FIXED({cell},4,TRUE),FIXED({cell},6,TRUE))"


def amount_of(value: Fraction) -> str:
    """What that gives.

    >>> amount_of(Fraction("0.0758")), amount_of(Fraction("-0.07583333"))
    ('0.0758', '-0.075833')
    """
    places = 4 if rounded(value, 4) == value else 6
    return f"{float(rounded(value, places)):.{places}f}"


def signed_text(cell: str) -> str:
    return f'IF({cell}>0,"+","")&{amount_text(cell)}'


def signed_of(value: Fraction) -> str:
    return ("+" if value > 0 else "") + amount_of(value)


def plain_of(value: Fraction) -> str:
    """A figure as & writes it.

    >>> plain_of(Fraction("9.10")), plain_of(Fraction(120))
    ('9.1', '120')
    """
    text = f"{float(value):.10f}".rstrip("0").rstrip(".")
    return text or "0"
