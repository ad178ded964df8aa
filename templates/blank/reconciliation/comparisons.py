"""The sheets By day and By category: expected against billed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from decimal import Decimal

from xlsxwriter.worksheet import Worksheet

from addin.reconcile.bridge import usage_of
from addin.reconcile.lines import EXPECTED, BillLine, LogLine, billed_of, expected_of
from addin.reconcile.measure import Measure
from addin.reconcile.usage import CALLS as WHOLE
from addin.reconcile.usage import CLIENT, INBOUND, OUTBOUND
from templates import look as styles
from templates.blank.reconciliation.calls import beyond_tolerance
from templates.blank.reconciliation.settled import Settled
from templates.blank.reconciliation.steps import COUNTED, IN_TOTAL, figure_of, total
from templates.grid import FIRST_ROW, HEADER_ROW
from templates.reconciliation.formulas import CALLS, MEASURES, rounded
from templates.shared.book import Book
from templates.shared.serials import serial
from templates.shared.tables import write_shown

BY_DAY, BY_CATEGORY = "By day", "By category"
DAYS = 31
_SIDES = ("Expected", "Billed", "Variance")
_FORMATS = (styles.COUNT, "#,##0.00##", "#,##0.00####")
_HEADS = [f"{side} {measure}" for side in _SIDES for measure in MEASURES]
_WIDTHS = (17, *((11, 13, 14) * 3), 11)
_LETTERS = "BCDEFGHIJ"
_BEYOND = "K"
_UNDIVIDED = WHOLE, CLIENT
"""Usage that may be of either direction."""
Line = list[Decimal | int | str]
Pair = tuple[Measure, Measure | None]
"""Expected and billed; None where the bill does not say it."""


def write_days(book: Book, settled: Settled) -> None:
    """A row for each day of the month, with the provider's call records."""
    note = "By the day (UTC) on which a call starts. With usage records alone days are not compared."
    sheet = book.result_sheet(BY_DAY, _WIDTHS, note)
    _write_heads(book, sheet, "Day (UTC)")
    first = settled.rows.month.first_day
    lines: list[Line] = []
    pairs: list[Pair | None] = []
    for number in range(DAYS):
        row, day = FIRST_ROW + number, first + timedelta(days=number)
        is_day = day.month == first.month
        text = f'IF(month+{number}>EOMONTH(month,0),"",month+{number})'
        shown = book.look.body(num_format=styles.DAY, align="left", indent=1)
        write_shown(sheet, row, 0, text, shown, serial(day) if is_day else "")
        cell = f"$A{row + 1}"
        sides = (
            [total(one, "Calls", f"Calls[Compared day],{cell}") for one in MEASURES],
            [total(one, "Billed", f"Billed[Compared day],{cell}", COUNTED) for one in MEASURES],
        )
        guards = (f'{cell}=""', f'OR({cell}="",records_billed=0)')
        pair = _of_day(settled, serial(day)) if is_day else None
        pairs.append(pair)
        lines.append(_write_row(book, sheet, row, sides, guards, pair, settled))
    last = FIRST_ROW + DAYS
    _write_total(book, sheet, last, lines)
    _name_beyond(book, sheet, "days_beyond", (FIRST_ROW, last), _count_beyond(settled, pairs))
    _insert_chart(book, sheet, last + 1)


def write_categories(book: Book, settled: Settled) -> None:
    """A row for each direction, and the totals."""
    note = (
        "By the direction of a call; without one it is outbound. Usage of calls as a whole, and of the app's "
        "(calls-client), does not tell directions: then only the total is compared."
    )
    sheet = book.result_sheet(BY_CATEGORY, _WIDTHS, note)
    _write_heads(book, sheet, "Category")
    lines: list[Line] = []
    pairs: list[Pair | None] = []
    undivided = "+".join(
        f'COUNTIFS(Usage[Compared as],"{word}",Usage[In total],"yes")' for word in _UNDIVIDED
    )
    for number, (name, way) in enumerate(((OUTBOUND, "outbound"), (INBOUND, "inbound"))):
        row = FIRST_ROW + number
        sheet.write_string(row, 0, name, book.look.words())
        billed = [
            f"IF(records_billed>0,{total(one, 'Billed', f'Billed[Way],{chr(34)}{way}{chr(34)}', COUNTED)},"
            f"{total(one, 'Usage', IN_TOTAL, f'Usage[Compared as],$A{row + 1}')})"
            for one in MEASURES
        ]
        expected = [
            total(one, "Calls", f'Calls[Way],"{way}"', f'Calls[Step],"{EXPECTED}"') for one in MEASURES
        ]
        guards = ("FALSE", f"AND(records_billed=0,OR(records_usage=0,{undivided}>0))")
        pair = _of_way(settled, way, name)
        pairs.append(pair)
        lines.append(_write_row(book, sheet, row, (expected, billed), guards, pair, settled))
    last = FIRST_ROW + 2
    _write_total(book, sheet, last, lines)
    _name_beyond(book, sheet, "categories_beyond", (FIRST_ROW, last), _count_beyond(settled, pairs))


def _write_heads(book: Book, sheet: Worksheet, first: str) -> None:
    heads = (first, *_HEADS, "Beyond tolerance")
    for index, head in enumerate(heads):
        sheet.write_string(HEADER_ROW, index, head, book.look.head(right=index > 0))
    sheet.set_row(HEADER_ROW, 32)
    sheet.freeze_panes(FIRST_ROW, 1)
    sheet.repeat_rows(HEADER_ROW)


def _write_row(
    book: Book,
    sheet: Worksheet,
    row: int,
    sides: tuple[Sequence[str], Sequence[str]],
    guards: tuple[str, str],
    pair: Pair | None,
    settled: Settled,
) -> Line:
    """Nine figures and whether they are beyond the tolerance; gives the figures."""
    line = _line(pair)
    for place, value in enumerate(line):
        side, index = divmod(place, len(MEASURES))
        if side < len(sides):
            text = sides[side][index]
            text = f'IF({guards[side]},"",{text if MEASURES[index] == CALLS else rounded(text)})'
        else:
            ours, theirs = (f"{_LETTERS[3 * one + index]}{row + 1}" for one in (0, 1))
            text = f'IF({theirs}="","",ROUND({theirs}-{ours},10))'
        write_shown(sheet, row, place + 1, text, book.look.figure(_format(place)), value)
    calls, minutes, cost = (f"{letter}{row + 1}" for letter in _LETTERS[6:])
    exact = f"OR({calls}<>0,{minutes}<>0,{cost}<>0)"
    beyond = f'IF({minutes}="","",IF({beyond_tolerance(minutes, cost, exact)},"yes",""))'
    write_shown(sheet, row, 10, beyond, book.look.words(), "yes" if _is_beyond(settled, pair) else "")
    alarm = {"type": "formula", "criteria": f"=AND(ISNUMBER(H{row + 1}),H{row + 1}<>0)"}
    sheet.conditional_format(row, 7, row, 9, alarm | {"format": book.look.alarm()})
    return line


def _is_beyond(settled: Settled, pair: Pair | None) -> bool:
    if pair is None or pair[1] is None:
        return False
    return settled.result.question.tolerance.exceeded_by(pair[1] - pair[0])


def _count_beyond(settled: Settled, pairs: Sequence[Pair | None]) -> int:
    return sum(_is_beyond(settled, pair) for pair in pairs)


def _line(pair: Pair | None) -> Line:
    """Expected, billed and variance as the cells hold them; blank where nothing is known."""
    if pair is None:
        return [""] * len(_LETTERS)
    expected = [figure_of(pair[0], measure) for measure in MEASURES]
    if pair[1] is None:
        return [*expected, *[""] * (len(_LETTERS) - len(expected))]
    billed = [figure_of(pair[1], measure) for measure in MEASURES]
    return [*expected, *billed, *(theirs - ours for theirs, ours in zip(billed, expected, strict=True))]


def _format(place: int) -> str:
    side, index = divmod(place, len(MEASURES))
    return styles.signed(_FORMATS[index]) if side == len(_SIDES) - 1 else _FORMATS[index]


def _write_total(book: Book, sheet: Worksheet, row: int, lines: Sequence[Line]) -> None:
    """The sums of the lines above."""
    look = book.look
    fill = {"bold": True, "bg_color": styles.PALE}
    sheet.write_string(row, 0, "Total", look.words(**fill))
    first = row - len(lines) + 1
    for place, letter in enumerate(_LETTERS):
        value = sum((line[place] for line in lines if line[place] != ""), Decimal(0))
        text = f"ROUND(SUM({letter}{first}:{letter}{row}),10)"
        write_shown(sheet, row, place + 1, text, look.figure(_format(place), **fill), value)
    sheet.write_blank(row, 10, None, look.words(**fill))


def _name_beyond(book: Book, sheet: Worksheet, name: str, rows: tuple[int, int], found: int) -> None:
    """How many rows are beyond the tolerance, beside the title."""
    first, last = rows
    text = f'COUNTIFS({_BEYOND}{first + 1}:{_BEYOND}{last},"yes")'
    sheet.write_string(0, 9, "Beyond:", book.look.format(font_color=styles.MUTED, align="right"))
    write_shown(sheet, 0, 10, text, book.look.format(num_format=styles.COUNT, align="left"), found)
    book.define(name, sheet.name, 0, 10)


def _sum(lines: Iterable[Measure]) -> Measure:
    return sum(lines, Measure())


def _logs(settled: Settled) -> Iterable[LogLine]:
    return (one for one in settled.log if one.step == EXPECTED and one.currency == settled.rows.currency)


def _bills(settled: Settled) -> Iterable[BillLine]:
    return (one for one in settled.bill if one.counts and one.currency == settled.rows.currency)


def _of_day(settled: Settled, day: float) -> Pair:
    expected = _sum(expected_of(one) for one in _logs(settled) if serial(one.call.started_at.date()) == day)
    billed = _sum(billed_of(one) for one in _bills(settled) if serial(one.compared_on) == day)
    return expected, billed if settled.by_call else None


def _of_way(settled: Settled, way: str, unit: str) -> Pair:
    expected = _sum(expected_of(one) for one in _logs(settled) if (one.call.direction or "outbound") == way)
    if settled.by_call:
        return expected, _sum(
            billed_of(one) for one in _bills(settled) if (one.call.direction or "outbound") == way
        )
    counted = [one for one in settled.result.usage if one.in_total]
    if not counted or any(one.record.category in _UNDIVIDED for one in counted):
        return expected, None
    return expected, _sum(usage_of(one) for one in counted if one.record.category.startswith(unit))


def _insert_chart(book: Book, sheet: Worksheet, top: int) -> None:
    """Billed minutes as columns, expected ones as a line over them."""
    first, last = FIRST_ROW, FIRST_ROW + DAYS - 1
    gray = {"color": styles.MUTED, "size": 9, "name": styles.FONT}
    days = [BY_DAY, first, 0, last, 0]
    columns = book.look.chart(type="column")
    columns.add_series(
        {"name": "Billed", "categories": days, "values": [BY_DAY, first, 5, last, 5], "gap": 40}
        | {"fill": {"color": "#B9C8D3"}}
    )
    line = book.look.chart(type="line")
    line.add_series(
        {"name": "Expected", "categories": days, "values": [BY_DAY, first, 2, last, 2]}
        | {"line": {"color": styles.RISE_BAR, "width": 1.75}}
        | {"marker": {"type": "circle", "size": 4, "fill": {"color": styles.RISE_BAR}}}
    )
    columns.combine(line)
    title = {"size": 11, "color": styles.HEAD, "name": styles.FONT}
    columns.set_title({"name": "Minutes by day", "name_font": title})
    columns.set_x_axis({"num_format": "d", "text_axis": True, "num_font": gray})
    columns.set_y_axis({"num_format": "#,##0", "num_font": gray, "line": {"none": True}})
    columns.set_legend({"position": "bottom", "font": gray})
    columns.set_chartarea({"border": {"none": True}})
    columns.set_size({"width": sum(7 * width + 5 for width in _WIDTHS), "height": 300})
    sheet.insert_chart(top + 1, 0, columns, {"description": "Minutes by day: expected against billed"})
