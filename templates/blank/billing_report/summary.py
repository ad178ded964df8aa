"""The sheet Summary: what is counted, what is left out and why, and the months with their chart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from xlsxwriter.worksheet import Worksheet

from addin.billing.lines import (
    AFTER,
    BEFORE,
    COPY,
    COUNTED,
    NO_MOMENT,
    OTHER_KIND,
    PENDING,
    TABLES,
    UNKNOWN_KIND,
)
from addin.billing.tables import MOST_MONTHS, UNKNOWN_TEAM
from addin.reconcile.measure import printed
from templates import look as styles
from templates.billing import charts
from templates.blank.billing_report.model import Model, minutes, months_to, total
from templates.blank.billing_report.rows import Charged
from templates.blank.billing_report.sums import MINUTES_FORMAT, cost_of, minutes_of
from templates.blank.billing_report.words import (
    LARGEST_COST,
    MONEY,
    NO_NUMBER,
    OTHER_CURRENCY,
    REASONS,
    UNKNOWN,
    UNREADABLE,
)
from templates.shared.book import Book
from templates.shared.checks import write_line
from templates.shared.serials import serial
from templates.shared.tables import Shown, write_shown

SHEET = "Summary"
_WIDTHS = (36, 12, 16, 16, 16, 16)
_MEANINGS = {
    COPY: "The same charge once more: it counts once.",
    BEFORE: "Not of this period.",
    AFTER: "Not of this period, even where the call began in it.",
    OTHER_KIND: "Inbound calls and the like.",
    UNKNOWN_KIND: "To look at: the sheet Types does not know the word.",
    NO_MOMENT: "To look at: no date in Billed (UTC).",
    PENDING: "To look at: the cost is blank.",
    NO_NUMBER: "To look at: a text, an error, or a billion or more.",
    OTHER_CURRENCY: "To look at: currencies are never added.",
    UNREADABLE: "To look at: an error, or names of over 200 letters.",
}
_NO_SUM = {PENDING: UNKNOWN, NO_NUMBER: UNKNOWN, OTHER_CURRENCY: "not added", UNREADABLE: "not added"}
"""What stands for a sum where there is none."""
_NO_COUNTRY = "C|(none)"

Where = tuple[str, Callable[[Charged], bool]]
"""Criteria of a sum, and the same for the model."""


class _Summary:
    def __init__(self, book: Book, model: Model, sheet: Worksheet) -> None:
        self.book, self.model, self.sheet, self.look, self.row = book, model, sheet, book.look, 5

    def heading(self, text: str, heads: Sequence[tuple[str, bool]]) -> None:
        self.sheet.set_row(self.row, 24)
        self.sheet.write_string(self.row, 0, text, self.look.heading())
        self.row += 1
        for index, (head, is_money) in enumerate(heads):
            head_format = self.look.head(right=index > 0 and head != "Meaning")
            if is_money:
                formula = f'"{head}"&IF(currency="",""," ("&currency&")")'
                money = self.model.settings.currency
                write_shown(self.sheet, self.row, index, formula, head_format,
                            f"{head} ({money})" if money else head)  # fmt: skip
            else:
                self.sheet.write_string(self.row, index, head, head_format)
        self.sheet.set_row(self.row, 18)
        self.row += 1

    def label(self, text: str, **style: object) -> None:
        self.sheet.write_string(self.row, 0, text, self.look.words(**style))

    def figure(self, index: int, formula: str, shown: Shown, number_format: str, **style: object) -> None:
        value = printed(shown) if isinstance(shown, Fraction) and "min" not in style else shown
        style.pop("min", None)
        write_shown(self.sheet, self.row, index, formula, self.look.figure(number_format, **style), value)

    def sums(self, where: Where, *, bold: bool = False) -> None:
        """Charges, minutes and cost of the rows that meet the criteria."""
        criteria, holds = where
        its = [one for one in self.model.charges if holds(one)]
        style: dict[str, object] = {"bold": True, "bg_color": styles.PALE} if bold else {}
        self.figure(1, f"COUNTIFS({criteria})", len(its), styles.COUNT, **style)
        self.figure(2, minutes_of(criteria), minutes(its), MINUTES_FORMAT, min=True, **style)
        self.figure(3, cost_of(criteria), total(its), MONEY, **style)


def write_summary(book: Book, model: Model) -> None:
    """The sheet, and the names of its figures: `total_cost`, `total_charges`, `tables_cost`."""
    sheet = book.result_sheet(
        SHEET, _WIDTHS, "What the charges of the period come to. It is not an invoice.", portrait=True
    )
    page = _Summary(book, model, sheet)
    _write_period(page)
    _write_tables(page)
    _write_known(page)
    _write_left_out(page)
    _write_months(page)


def _write_period(page: _Summary) -> None:
    """The sentence of the period, and below it the cells of its days, which all formulas ask."""
    first, last = page.model.settings.first_day, page.model.settings.last_day
    year = '&"-"&TEXT(MONTH({0}),"00")&"-"&TEXT(DAY({0}),"00")'
    said = [f"YEAR({day}){year.format(day)}" for day in ("first_day", "last_day")]
    formula = f'IFERROR("Billed from "&{said[0]}&" to "&{said[1]}&", both days included (UTC)","No period")'
    shown = f"Billed from {first} to {last}, both days included (UTC)"
    write_shown(page.sheet, 2, 0, formula, page.look.note(), shown)
    days = (
        ("First day", "first_day", 'IF(from_day="",month,from_day)', first),
        ("Last day", "last_day", 'IF(to_day="",EOMONTH(month,0),to_day)', last),
    )
    for label, name, its_formula, day in days:
        page.label(label)
        page.figure(1, its_formula, serial(day), styles.DAY)
        page.book.define(name, SHEET, page.row, 1)
        page.row += 1
    page.row += 1


def _write_tables(page: _Summary) -> None:
    page.heading("Counted", [("Table", False), ("Charges", False), ("Minutes (min)", False), ("Cost", True)])
    first = page.row + 1
    for table in TABLES:
        page.label(table)
        where = f'Charges[Outcome],"{COUNTED}",Charges[Table],"{table}"'
        page.sums((where, lambda one, table=table: one.is_counted and one.table == table))  # type: ignore[misc]
        page.row += 1
    page.label("All counted charges", bold=True, bg_color=styles.PALE)
    page.sums((f'Charges[Outcome],"{COUNTED}"', lambda one: one.is_counted), bold=True)
    page.book.define("total_charges", SHEET, page.row, 1)
    page.book.define("total_cost", SHEET, page.row, 3)
    page.row += 1
    page.label("Sum of the tables")
    for index, number_format in ((1, styles.COUNT), (3, MONEY)):
        letter = "ABCD"[index]
        counted = page.model.counted
        shown: Shown = len(counted) if index == 1 else total(counted)
        formula = f"ROUND(SUM({letter}{first}:{letter}{first + 2}),10)"
        page.figure(index, formula, shown, number_format)
    page.sheet.write_blank(page.row, 2, None, page.look.body())
    page.book.define("tables_cost", SHEET, page.row, 3)
    page.row += 2


def _write_known(page: _Summary) -> None:
    heads = [("Of these", False), ("Charges", False), ("Minutes (min)", False), ("Cost", True)]
    page.heading("What to know of them", heads)
    counted = f'Charges[Outcome],"{COUNTED}"'
    rows: list[tuple[str, Where]] = [
        (
            "Of agents who are not in the roster",
            (f'Charges[Its team],"{UNKNOWN_TEAM}"', lambda one: one.team == UNKNOWN_TEAM),
        ),
        (
            "Without an agent",
            (f'{counted},Charges[Agent key],""', lambda one: one.is_counted and not one.agent_key),
        ),
        (
            "Without a country",
            (f'Charges[Country key],"{_NO_COUNTRY}"', lambda one: one.keys["Country"] == _NO_COUNTRY),
        ),
        (
            "Without a duration: the minutes lack it",
            (f'{counted},Charges[Talked (s)],""', lambda one: one.is_counted and one.lacks_seconds),
        ),
        ("Credits", (f'{counted},Charges[Cost],"<0"', lambda one: one.is_counted and one.cost < 0)),
    ]  # fmt: skip
    for text, where in rows:
        page.label(text)
        page.sums(where)
        page.row += 1
    page.row += 1


def _write_left_out(page: _Summary) -> None:
    heads = [
        ("Reason", False),
        ("Charges", False),
        ("Cost", True),
        ("Meaning", False),
        ("", False),
        ("", False),
    ]
    page.heading("Left out", heads)
    first = page.row + 1
    for reason in REASONS:
        its = page.model.without(reason)
        page.label(reason)
        page.figure(1, f'COUNTIFS(Charges[Outcome],"{reason}")', len(its), styles.COUNT)
        if reason in _NO_SUM:
            word = _NO_SUM[reason]
            page.figure(2, f'IF(B{page.row + 1}=0,0,"{word}")', word if its else 0, MONEY)
        else:
            # a cost that is an error or in another currency is in no sum
            usable = f'Charges[Currency],currency&"",Charges[Cost],"<{LARGEST_COST}"'
            shown = total(one for one in its if one.has_cost_in(page.model.settings.currency))
            page.figure(2, cost_of(f'Charges[Outcome],"{reason}",{usable}'), shown, MONEY)
        words = page.look.words(font_color=styles.MUTED)
        page.sheet.merge_range(page.row, 3, page.row, 5, "", words)
        page.sheet.write_string(page.row, 3, _MEANINGS[reason], words)
        page.row += 1
    page.label("All left out", bold=True, bg_color=styles.PALE)
    style: dict[str, object] = {"bold": True, "bg_color": styles.PALE}
    left = sum(len(page.model.without(reason)) for reason in REASONS)
    page.figure(1, f"SUM(B{first}:B{page.row})", left, styles.COUNT, **style)
    for index in range(2, 6):
        page.sheet.write_blank(page.row, index, None, page.look.body(**style))
    page.book.define("charges_left_out", SHEET, page.row, 1)
    page.row += 2


def _write_months(page: _Summary) -> None:
    heads = [("Month", False), ("Charges", False), ("Manual", True), ("Campaigns", True)]
    page.heading("By month", [*heads, ("Detection", True), ("Total", True)])
    first = page.row
    months = months_to(page.model.settings.last_day, MOST_MONTHS)
    for index, month in enumerate(months):
        back = MOST_MONTHS - 1 - index
        formula = f'IFERROR(EDATE(EOMONTH(last_day,-1)+1,-{back}),"")'
        its = [one for one in page.model.charges if one.month == month]
        write_shown(page.sheet, page.row, 0, formula,
                    page.look.body(num_format="yyyy-mm", align="left", indent=1), serial(month))  # fmt: skip
        cell = f"$A{page.row + 1}"
        page.figure(1, f"COUNTIFS(Charges[Month],{cell})", len(its), styles.COUNT)
        for at, table in enumerate(TABLES, 2):
            where = f'Charges[Month],{cell},Charges[Table],"{table}"'
            cost = total(one for one in its if one.table == table)
            page.figure(at, cost_of(where), cost, MONEY)
        page.figure(5, f"ROUND(SUM(C{page.row + 1}:E{page.row + 1}),10)", total(its), MONEY)
        page.row += 1
    last = page.row - 1
    names = list(zip(("Manual", "Campaigns", "Detection"), (2, 3, 4), strict=True))
    chart = charts.months(page.look, "Cost by month billed", SHEET, (first, last), 0, names, "")
    chart.set_size({"width": 820, "height": 260})
    page.row += 1
    page.sheet.insert_chart(page.row, 0, chart, {"object_position": 2})
    page.sheet.fit_to_pages(1, 1)


def write_its_line(book: Book, failing: int) -> None:
    """The line of the checks, on this sheet too."""
    write_line(book, book.workbook.get_worksheet_by_name(SHEET), 3, 0, failing)
