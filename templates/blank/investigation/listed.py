"""The sheet Calls of the hour: those that are part of the issue, the largest difference first."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from templates import look as styles
from templates.blank.investigation.columns import ALONE, UNKNOWN
from templates.blank.investigation.sheet import COUNT, MONEY, MONEY_CHANGE, PLAIN, WORDS, Sheet
from templates.blank.investigation.values import Model, Values, number
from templates.shared.book import Book
from templates.shared.numbers import is_number
from templates.shared.printed import print_a_page
from templates.shared.serials import serial
from templates.shared.tables import Shown

SHEET = "Calls of the hour"
MOST = 60
_FIRST = 5
_LAST = _FIRST + MOST - 1
_HEAD_POINTS = 32
_ABOVE = 26 + 2 * styles.ROW_POINTS + _HEAD_POINTS
"""Title, note, the line on what is printed, heads: in points."""
_HEADS = (
    "No.",
    "Call id",
    "Started (UTC)",
    "From",
    "To",
    "Our seconds",
    "Their seconds",
    "Our cost",
    "Their cost",
    "Difference",
    "Cause",
    "Our place",
    "Their place",
)
_WORKINGS = ("Of ours", "Of theirs", "Size", "Our row", "Their row")


def cell_of_first(what: str) -> str:
    """The row of the largest one in Calls or in Billed: `Our row`, `Their row`."""
    return f"'{SHEET}'!${_letter(len(_HEADS) + 1 + _WORKINGS.index(what))}${_FIRST}"


def _letter(index: int) -> str:
    return chr(ord("A") + index)


def write_listed(book: Book, model: Model) -> None:
    widths = [6, 22, 20, 18, 18, 11, 11, 12, 12, 13, 24, 22, 22, 3, 16, 16, 16, 9, 9]
    page = Sheet(
        book,
        SHEET,
        widths,
        f"The calls behind the issue in the hour, the largest first, up to {MOST}. Hidden columns find them.",
        portrait=False,
    )
    printed = widths[: len(_HEADS)]
    print_a_page(book, page.sheet, printed, (_FIRST - 1, MOST, _ABOVE), ("listed", len(model.listed)))
    page.heads(_HEADS, (1, 2, 3, 4, 10, 11, 12))
    for index, head in enumerate(_WORKINGS, len(_HEADS) + 1):
        page.sheet.write_string(3, index, head, page.look.format(font_color=styles.MUTED, align="right"))
    page.sheet.set_row(3, _HEAD_POINTS)
    page.is_lined = False
    lined = book.workbook.add_format({"bottom": 1, "bottom_color": styles.LINE})
    used = {"type": "formula", "criteria": f'=$A{_FIRST}<>""', "format": lined}
    page.sheet.conditional_format(_FIRST - 1, 0, _LAST - 1, len(_HEADS) - 1, used)
    sizes = [[number(row["Size"]) for side, row in model.listed if side == one] for one in ("ours", "bill")]
    for index in range(MOST):
        _write_row(page, model, index, sizes)
    page.sheet.freeze_panes(4, 2)
    page.sheet.repeat_rows(3)
    page.sheet.set_column(len(_HEADS) + 1, len(widths) - 1, 14, None, {"hidden": True})


def _write_row(page: Sheet, model: Model, index: int, sizes: list[list[Fraction]]) -> None:
    r, count = page.row + 1, index + 1
    _, _, size, our_row, their_row = (f"${_letter(len(_HEADS) + 1 + at)}{r}" for at in range(len(_WORKINGS)))
    both = f"${_letter(len(_HEADS) + 1)}${_FIRST}:${_letter(len(_HEADS) + 2)}${_LAST}"
    side, row = model.listed[index] if index < len(model.listed) else ("", None)
    call, record = _sides(model, side, row)
    page.put(0, f'IF({size}="","",{count})', count if row else "", COUNT)
    figures: list[tuple[str, Shown, str]] = [
        (_either("Call id", our_row, their_row), _text(call, record, "Call id"), WORDS),
        (_either("Started (UTC)", our_row, their_row), _started(call or record), styles.INSTANT),
        (_either("From", our_row, their_row), _text(call, record, "From"), WORDS),
        (_either("To", our_row, their_row), _text(call, record, "To"), WORDS),
        (_known("Calls", "Billed seconds", our_row), _figure(call, "Billed seconds"), PLAIN),
        (_known("Billed", "Charged seconds", their_row), _figure(record, "Charged seconds"), PLAIN),
        (_known("Calls", "Cost", our_row), _figure(call, "Cost"), MONEY),
        (_known("Billed", "Cost", their_row), _figure(record, "Cost"), MONEY),
        (
            f'IF({size}="","",ROUND(SUM({_cell(9, r)})-SUM({_cell(8, r)}),10))',
            number(_figure(record, "Cost")) - number(_figure(call, "Cost")) if row else "",
            MONEY_CHANGE,
        ),
        (
            f'IF({size}="","",IF({our_row}="","{ALONE}",INDEX(Calls[Cause],{our_row})))',
            (call["Cause"] if call else ALONE) if row else "",
            WORDS,
        ),
        (_of("Calls", "Place", our_row, '&""'), _text(call, None, "Place"), WORDS),
        (_of("Billed", "Place", their_row, '&""'), _text(None, record, "Place"), WORDS),
    ]
    for at, (formula, shown, number_format) in enumerate(figures, 1):
        page.put(at, formula, shown, number_format)
    muted = {"font_color": styles.MUTED}
    of_ours, of_bill = (one[index] if index < len(one) else "" for one in sizes)
    at = len(_HEADS) + 1
    page.put(at, f'IFERROR(LARGE(Calls[Listed],{count}),"")', of_ours, "0", **muted)
    page.put(at + 1, f'IFERROR(LARGE(Billed[Listed],{count}),"")', of_bill, "0", **muted)
    its_size = number(row["Size"]) if row else ""
    page.put(at + 2, f'IFERROR(LARGE({both},{count}),"")', its_size, "0", **muted)
    found = f'IF({size}="","",IFERROR(MATCH({size},Calls[Listed],0),""))'
    page.put(at + 3, found, _row_of(model.calls, call), "0", **muted)
    matched = f"INDEX(Calls[Bill row],{our_row})"
    found = f'IF({size}="","",IF({our_row}="",MATCH({size},Billed[Listed],0),{matched}))'
    page.put(at + 4, found, _row_of(model.billed, record), "0", **muted)
    page.row += 1


def _cell(column: int, r: int) -> str:
    """
    >>> _cell(9, 5)
    '$I5'
    """
    return f"${_letter(column - 1)}{r}"


def _of(table: str, header: str, row: str, more: str = "") -> str:
    return f'IF({row}="","",INDEX({table}[{header}],{row}){more})'


def _either(header: str, our_row: str, their_row: str) -> str:
    """Of our record, else of the bill's."""
    more = "" if header.startswith("Started") else '&""'
    return f'IF({our_row}="",{_of("Billed", header, their_row, more)},INDEX(Calls[{header}],{our_row}){more})'


def _sides(model: Model, side: str, row: Values | None) -> tuple[Values | None, Values | None]:
    if row is None:
        return None, None
    if side == "bill":
        return None, row
    at = row["Bill row"]
    return row, model.billed[at - 1] if isinstance(at, int) else None


def _row_of(rows: list[Values], row: Values | None) -> Shown:
    return next((at for at, one in enumerate(rows, 1) if one is row), "") if row is not None else ""


def _text(call: Values | None, record: Values | None, header: str) -> str:
    row = call or record
    return str(row.get(header) or "") if row else ""


def _known(table: str, header: str, row: str) -> str:
    found = f"INDEX({table}[{header}],{row})"
    return f'IF({row}="","",IF(ISNUMBER({found}),{found},"{UNKNOWN}"))'


def _figure(row: Values | None, header: str) -> Shown:
    if row is None:
        return ""
    return row[header] if is_number(row.get(header)) else UNKNOWN


def _started(row: Values | None) -> Shown:
    started = row.get("Started (UTC)") if row else None
    return serial(started) if isinstance(started, date) else ""
