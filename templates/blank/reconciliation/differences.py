"""The sheet Differences: the largest of the bill, and the largest calls that the bill lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from templates import look as styles
from templates.grid import HEADER_ROW
from templates.shared.book import Book
from templates.shared.columns import as_number
from templates.shared.tables import Row, Shown, write_shown

DIFFERENCES = "Differences"
LISTED = 25
"""So many are listed of each side."""
_WIDTHS = (6, 18, 22, 19, 18, 18, 13, 14, 14, 17, 17, 10)
_HELPER = 12
_MORE, _PLAIN = styles.signed("#,##0.00########"), "#,##0.00########"
_ORDER = "Order of differences"


@dataclass(frozen=True, slots=True)
class _Listed:
    """A column of the list, and the column of the table that it shows."""

    head: str
    source: str
    number_format: str = ""


_KEYS = (
    _Listed("Difference", "Difference"),
    _Listed("Call id", "Call id"),
    _Listed("Started (UTC)", "Started (UTC)", styles.INSTANT),
    _Listed("From", "From"),
    _Listed("To", "To"),
)
_OF_BILL = (
    *_KEYS,
    _Listed("Minutes too many", "Minutes too many", styles.signed("#,##0.00##")),
    _Listed("Cost too much", "Cost too much", _MORE),
    _Listed("Billed cost", "Cost", _PLAIN),
    _Listed("Place in the bill", "Place"),
    _Listed("Place in the log", "Place in the log"),
    _Listed("Currency", "Counted in"),
)
_OF_LOG = (
    *_KEYS,
    _Listed("Expected minutes", "Expected minutes", "#,##0.00##"),
    _Listed("Expected cost", "Expected cost", _PLAIN),
    _Listed("Place in the log", "Place"),
    _Listed("Currency", "Counted in"),
)


def write_differences(book: Book, calls: Sequence[Row], billed: Sequence[Row]) -> None:
    """Both lists, one below the other."""
    note = (
        f"The largest amounts first, up to {LISTED} of each side. All of them: filter the column Difference."
    )
    sheet = book.result_sheet(DIFFERENCES, _WIDTHS, note)
    sheet.set_column(_HELPER, _HELPER, 8, None, {"hidden": True})
    _write_list(book, sheet, HEADER_ROW, "On the bill", "Billed", _OF_BILL, billed)
    second = HEADER_ROW + LISTED + 4
    _write_list(
        book,
        sheet,
        second,
        "Calls of our log that the bill lacks, or that have no price",
        "Calls",
        _OF_LOG,
        calls,
    )
    sheet.set_h_pagebreaks([second - 1])


def _write_list(
    book: Book,
    sheet: Worksheet,
    top: int,
    title: str,
    table: str,
    columns: Sequence[_Listed],
    rows: Sequence[Row],
) -> None:
    look = book.look
    sheet.set_row(top - 1, 24)
    listed = sum(bool(row[_ORDER]) for row in rows)
    text = f'"{title}: "&COUNTIFS({table}[Difference],"?*")'
    write_shown(sheet, top - 1, 0, text, look.heading(), f"{title}: {listed}")
    for index, head in enumerate(("No", *(one.head for one in columns))):
        right = index == 0 or columns[index - 1].number_format.startswith(("#", "+"))
        sheet.write_string(top, index, head, look.head(right=right))
    by_order = {row[_ORDER]: number for number, row in enumerate(rows, 1)}
    for order in range(1, LISTED + 1):
        row, at = top + order, by_order.get(order, 0)
        helper = f"$M{row + 1}"
        numbered = f'IF({helper}=0,"",{order})'
        write_shown(sheet, row, 0, numbered, look.figure(styles.COUNT), order if at else "")
        found = f"IFERROR(MATCH({order},{table}[{_ORDER}],0),0)"
        write_shown(sheet, row, _HELPER, found, look.note(), at)
        for index, one in enumerate(columns, 1):
            value = f"INDEX({table}[{one.source}],{helper})"
            # a blank cell is handed on as 0: a cost that is not known must not be shown so
            value = f'IF({value}="","",{value})' if one.number_format else f'{value}&""'
            shown: Shown = rows[at - 1].get(one.source) if at else ""
            shape = look.words() if not one.number_format else look.figure(one.number_format)
            write_shown(sheet, row, index, f'IF({helper}=0,"",{value})', shape, as_number(shown))
