"""The sheet Summary: what the period cost, what to look at, what stands out, and the charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.chart import Chart
from xlsxwriter.workbook import Workbook

from addin.billing.lines import DIALER, TABLES
from addin.billing.tables import Book, Row, Table
from addin.reconcile.wording import counted, listed
from addin.reports.billing.groups import said
from addin.reports.billing.report import NOT_AN_INVOICE, BillingReport, LeftOut
from templates.billing.charges import asked
from templates.billing.charts import bars, months
from templates.billing.tables import (
    AGENT_LABEL,
    AGENT_TEAM,
    COST,
    SHORT,
    Ledger,
    by_agent,
    columns_of,
    split_columns,
    split_formulas,
    table_formulas,
    write_live,
)
from templates.grid import AMOUNT, COUNT, TEXT, Column
from templates.look import Look
from templates.page import FAIR, GOOD, Page
from templates.reconciliation.formulas import Live

SHEET = "Summary"
MOST_SHOWN = 10
_WIDTHS = (34, 26, 14, 16, 16, 18, 16)
_CHART_ROWS, _ROW_PIXELS = 12, 20
_SCALE = 64
"""Percent at which the columns fill an A4 page."""
_LEFT, _RIGHT = (0, 3), (3, 7)
"""The columns over which a chart reaches."""


@dataclass(slots=True)
class Charts:
    """The charts of one currency: where they stand, each put there when its table is."""

    page: Page
    look: Look
    ledger: Ledger
    top: int

    @classmethod
    def reserve(cls, page: Page, look: Look, ledger: Ledger) -> Charts:
        """Keep rows free for them."""
        made = cls(page, look, ledger, page.row)
        book = ledger.book
        if book.charges:
            lines = 1 + bool(_campaigns(book).rows or book.agents) + (len(book.months) > 1)
            page.row += lines * (_CHART_ROWS + 1)
        return made

    def add(self, place: int, title: str, sheet: str, first: int, count: int, value: int) -> None:
        """Bars of the first rows of a table; places go from left to right, from top to bottom."""
        rows = (first, first + min(count, MOST_SHOWN) - 1)
        chart = bars(self.look, title, sheet, rows, 0, value, self.ledger.book.currency)
        self._insert(chart, place // 2, _RIGHT if place % 2 else _LEFT)

    def add_months(self, sheet: str, first: int, values: Sequence[tuple[str, int]]) -> None:
        book = self.ledger.book
        rows = (first, first + len(book.months) - 1)
        chart = months(self.look, "Cost by month", sheet, rows, 0, values, book.currency)
        self._insert(chart, 2, (_LEFT[0], _RIGHT[1]))

    def _insert(self, chart: Chart, line: int, columns: tuple[int, int]) -> None:
        first, end = columns
        width = sum(7 * one + 5 for one in self.page.widths[first:end]) - 8
        chart.set_size({"width": width, "height": _ROW_PIXELS * _CHART_ROWS})
        row = self.top + line * (_CHART_ROWS + 1)
        self.page.sheet.insert_chart(row, first, chart, {"object_position": 2})


def write_summary(
    workbook: Workbook, look: Look, live: Live, report: BillingReport, ledgers: list[Ledger], beside: str
) -> list[Charts]:
    """All but the charts, whose tables are not there yet: gives their places, by currency. `beside` names the
    file of charges that do not fit."""
    page = Page.new(workbook, look, SHEET, report.about, _WIDTHS, portrait=True)
    page.title(report.about.title, f"{NOT_AN_INVOICE} {_note(report)}")
    word, tone = ("complete", GOOD) if report.is_fine else ("check", FAIR)
    page.verdict(word, _sentence(report), tone)
    if report.to_look_at:
        page.heading("To look at")
        page.sentences(report.to_look_at)
    page.heading("What stands out")
    page.sentences([*report.facts, *([_beside(report, beside)] if beside else [])] or ["Nothing."])
    for ledger in ledgers:
        _write_totals(page, live, ledger)
    places = [Charts.reserve(page, look, ledger) for ledger in ledgers]
    breaks = [place.top for place in places if len(places) > 1] + [page.row]
    if report.left_out:
        _write_left_out(page, live, report)
    for place in places:
        _write_dearest(page, live, place)
    # page breaks are ignored where a sheet is fitted to pages
    page.sheet.set_print_scale(_SCALE * sum(_WIDTHS) // sum(page.widths))
    page.sheet.set_h_pagebreaks(breaks)
    return places


def _note(report: BillingReport) -> str:
    return f"Calls by the moment they are billed; days by the clocks of {report.about.time_zone}."


def _sentence(report: BillingReport) -> str:
    parts = [
        f"{said([(book.currency, table.total) for book in report.books])} {SHORT[name].lower()}"
        if len(report.books) == 1
        else ""
        for book in report.books[:1]
        for name, table in zip(TABLES, book.tables, strict=True)
    ]
    parts = [part for part in parts if part]
    split = f": {listed(parts)}" if parts else ""
    text = f"{report.total} for {counted(report.charges, 'charge')} billed in the period{split}."
    left = sum(one.charges for one in report.left_out)
    if left:
        verb = "is" if left == 1 else "are"
        text += f" {counted(left, 'charge')} of the files {verb} not in it, for the reasons below."
    return text


def _beside(report: BillingReport, beside: str) -> str:
    return f"The {counted(len(report.lines), 'charge')} do not fit on a sheet: they are in {beside}."


def _write_totals(page: Page, live: Live, ledger: Ledger) -> None:
    """A row for each of the three tables."""
    page.heading(_with_currency("Totals", ledger.book))
    columns: tuple[Column[Table], ...] = (
        Column("Table", TEXT, lambda table: table.name),
        Column("Charges", COUNT, lambda table: table.charges, adds=True),
        Column("Total", AMOUNT, lambda table: table.total, adds=True, group=COST),
    )
    formulas = {
        "Charges": lambda table: ledger.count(("Table", table.name), ("Outcome", "counted")),
        "Total": lambda table: ledger.cost(("Table", table.name), ("Outcome", "counted")),
    }
    write_live(page, live, ledger.name("Totals"), columns, ledger.book.tables, formulas)


def _write_left_out(page: Page, live: Live, report: BillingReport) -> None:
    page.heading("Not in the tables", "Each charge leaves for the first reason that applies.")
    columns: tuple[Column[LeftOut], ...] = (
        Column("Reason", TEXT, lambda one: one.reason),
        Column("Costs", TEXT, lambda one: one.cost),
        Column("Charges", COUNT, lambda one: one.charges, adds=True),
        Column("Meaning", TEXT, lambda one: one.meaning),
    )
    formulas = {"Charges": lambda one: f"COUNTIFS({asked(('Outcome', one.reason))})"}
    write_live(page, live, "Left_out", columns, report.left_out, formulas)


def _write_dearest(page: Page, live: Live, charts: Charts) -> None:
    """The agents and campaigns that cost most."""
    ledger, book = charts.ledger, charts.ledger.book
    agents = book.agents[:MOST_SHOWN]
    if agents:
        page.heading(_with_currency("Most expensive agents", book), _of(len(agents), len(book.agents)))
        columns = split_columns(AGENT_LABEL, AGENT_TEAM)
        formulas_by_agent = split_formulas(ledger, by_agent)
        first, _ = write_live(page, live, ledger.name("Top_agents"), columns, agents, formulas_by_agent)
        charts.add(2, "Most expensive agents", SHEET, first, len(agents), len(columns) - 1)
    campaigns = _campaigns(book)
    if campaigns.rows:
        total = len(next(table for table in book.tables if table.name == DIALER).rows)
        page.heading(_with_currency("Most expensive campaigns", book), _of(len(campaigns.rows), total))
        short = columns_of(campaigns, book)[:3]
        formulas = {"Total": table_formulas(campaigns, ledger)["Total"]}
        first, _ = write_live(page, live, ledger.name("Top_campaigns"), short, campaigns.rows, formulas)
        charts.add(3, "Most expensive campaigns", SHEET, first, len(campaigns.rows), 2)


def _of(shown: int, every: int) -> str:
    return f"The first {shown} of {every:,}." if shown < every else ""


def _campaigns(book: Book) -> Table:
    table = next(table for table in book.tables if table.name == DIALER)
    rows: list[Row] = sorted(table.rows, key=lambda row: -row.total)[:MOST_SHOWN]
    return Table(DIALER, tuple(rows), ())


def _with_currency(text: str, book: Book) -> str:
    return f"{text}, {book.currency}" if book.currency else text
