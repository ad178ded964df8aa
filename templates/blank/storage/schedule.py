"""The sheet Schedule: what each month end charges, by formulas over the table Recordings."""

from __future__ import annotations

from fractions import Fraction

from templates import look as styles
from templates.blank.storage.recordings import (
    FIRST_END_ROW,
    MONTH_ENDS,
    SCHEDULE,
    TABLE,
    charge_head,
    end,
)
from templates.blank.storage.values import Stored
from templates.formulas.arithmetic import RATE_PLACES
from templates.shared.book import Book
from templates.shared.checks import write_line
from templates.shared.serials import serial
from templates.shared.tables import Row, Shown, column, write_shown

TOTAL_ROW = FIRST_END_ROW + MONTH_ENDS
"""As a person counts it."""
HEADS = ("Month end no.", "Month end", "Held", "Charged", "Charged first", "Not priced", "Minutes", "Amount")
_HEADS = (*HEADS, "Deleted on the last day")
_WIDTHS = (11, 13, 12, 12, 12, 12, 14, 16, 14)
_AMOUNT = 7
_LETTERS = "ABCDEFGHI"


def write_schedule(book: Book, stored: Stored, failing: int) -> None:
    note = "Plivo charges on the last day of a month what has been stored for more than 90 days, in full."
    sheet = book.result_sheet(SCHEDULE, _WIDTHS, note, portrait=True)
    look = book.look
    write_line(book, sheet, 3, 0, failing)
    sheet.set_row(FIRST_END_ROW - 2, 32)
    for index, head in enumerate(_HEADS):
        if index != _AMOUNT:
            sheet.write_string(FIRST_END_ROW - 2, index, head, look.head(right=True))
    shown_head = f"Amount, {stored.currency}"
    write_shown(sheet, FIRST_END_ROW - 2, _AMOUNT, '"Amount, "&currency', look.head(right=True), shown_head)
    formats = [styles.COUNT, styles.DAY, *[styles.COUNT] * 5, styles.AMOUNT, styles.COUNT]
    totals: list[list[Shown]] = []
    for number in range(1, MONTH_ENDS + 1):
        row = FIRST_END_ROW - 2 + number
        values = _values(stored, number)
        totals.append(values)
        sheet.write_number(row, 0, number, look.figure(formats[0]))
        formulas = zip(_formulas(number), values, formats[1:], strict=True)
        for index, (formula, shown, number_format) in enumerate(formulas, 1):
            write_shown(sheet, row, index, formula, look.figure(number_format), shown)
    row = TOTAL_ROW - 1
    sheet.write_string(row, 0, "Total", look.words(bold=True))
    sheet.write_blank(row, 1, None, look.words())
    sheet.write_blank(row, 2, None, look.words())
    for index in range(3, len(_HEADS)):
        cells = f"{_LETTERS[index]}{FIRST_END_ROW}:{_LETTERS[index]}{TOTAL_ROW - 1}"
        total = sum(Fraction(str(values[index - 1])) for values in totals)
        formula = f"ROUND(SUM({cells}),{RATE_PLACES})"
        write_shown(sheet, row, index, formula, look.figure(formats[index], bold=True), total)
    chart = look.chart(type="column")
    rows = f"${FIRST_END_ROW}:${{0}}${TOTAL_ROW - 1}"
    chart.add_series(
        {
            "name": f"={SCHEDULE}!$H${FIRST_END_ROW - 1}",
            "categories": f"={SCHEDULE}!$B{rows.format('B')}",
            "values": f"={SCHEDULE}!$H{rows.format('H')}",
            "fill": {"color": styles.HEAD},
            "gap": 60,
        }
    )
    chart.set_legend({"none": True})
    chart.set_title({"name": "Amount of each month end", "name_font": {"size": 11, "name": styles.FONT}})
    chart.set_x_axis({"num_format": "yyyy-mm", "text_axis": True, "num_font": {"size": 8}})
    chart.set_y_axis(
        {"num_font": {"size": 8}, "major_gridlines": {"visible": True, "line": {"color": styles.LINE}}}
    )
    chart.set_size({"width": 820, "height": 260})
    sheet.insert_chart(TOTAL_ROW + 1, 0, chart, {"object_position": 2})


def by_dates() -> str:
    """The amount of all month ends once more, told by days instead of by the columns of charges."""
    known = f',{_all("Total")},">=0"'
    found = "+".join(_sum_if_due("Per month end", n, known) for n in range(1, MONTH_ENDS + 1))
    return f"ROUND({found},{RATE_PLACES})"


def _first_end() -> str:
    """Of the month that is set, be it a date or text as 2026-09."""
    return (
        "IF(ISNUMBER(month),EOMONTH(month,0),EOMONTH(DATE(VALUE(LEFT(month,4)),VALUE(MID(month,6,2)),1),0))"
    )


def _formulas(number: int) -> tuple[str, ...]:
    at = end(number).partition("!")[2]
    charges = _all(charge_head(number))
    due = _count_if_due(number)
    made = f'{_all("Day 1")},"<="&{at}'
    return (
        _first_end() if number == 1 else f"EOMONTH({end(number - 1).partition('!')[2]},1)",
        f'COUNTIFS({made})-COUNTIFS({made},{_all("Deleted on")},"<="&{at})',
        due,
        f"COUNTIFS({_all('Charged from')},{at})"
        f'-COUNTIFS({_all("Charged from")},{at},{_all("Deleted on")},"<="&{at})',
        f"{due}-({_count_if_due(number, priced=True)})",
        _sum_if_due("Minutes", number),
        f'ROUND(SUMIFS({charges},{charges},">=0"),{RATE_PLACES})',
        f'COUNTIFS({_all("Charged from")},"<="&{at},{_all("Deleted on")},{at})',
    )


def _count_if_due(number: int, *, priced: bool = False) -> str:
    known = f',{_all("Per month end")},">=0"' if priced else ""
    due = f'{_all("Charged from")},"<="&{end(number)}{known}'
    return f'COUNTIFS({due})-COUNTIFS({due},{_all("Deleted on")},"<="&{end(number)})'


def _sum_if_due(header: str, number: int, more: str = "") -> str:
    cells = _all(header)
    due = f'{cells},{cells},">=0",{_all("Charged from")},"<="&{end(number)}{more}'
    return f'SUMIFS({due})-SUMIFS({due},{_all("Deleted on")},"<="&{end(number)})'


def _values(stored: Stored, number: int) -> list[Shown]:
    on = stored.ends[number - 1]
    at = serial(on)

    def is_until(row: Row, header: str) -> bool:
        value = row[header]
        return isinstance(value, int) and value <= at

    held = [row for row in stored.rows if is_until(row, "Day 1") and not is_until(row, "Deleted on")]
    due = [row for row in held if is_until(row, "Charged from")]
    amount = [row[charge_head(number)] for row in stored.rows]
    return [
        at,
        len(held),
        len(due),
        sum(row["Charged from"] == at for row in due),
        sum(isinstance(row["Per month end"], str) for row in due),
        sum(row["Minutes"] for row in due if isinstance(row["Minutes"], int)),
        sum((Fraction(one) for one in amount if isinstance(one, int | Fraction)), Fraction(0)),
        sum(row["Deleted on"] == at and is_until(row, "Charged from") for row in stored.rows),
    ]


def _all(header: str) -> str:
    return column(TABLE, header)
