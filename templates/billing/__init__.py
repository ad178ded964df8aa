"""The workbook of a billing report: summary, the three tables, by team, country and month, every charge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from xlsxwriter.workbook import Workbook

from addin.billing.lines import TABLES
from addin.billing.tables import Split
from addin.reports.billing.report import NOT_AN_INVOICE, BillingReport
from templates.about import set_properties, write_about
from templates.billing.charges import NAME, RATED, absent, charge_columns
from templates.billing.summary import Charts, write_summary
from templates.billing.tables import (
    COUNTRY_LABEL,
    COUNTRY_NAME,
    MONTH_COLUMNS,
    SHORT,
    TABLE_NAMES,
    TEAM_LABEL,
    Formulas,
    Ledger,
    by_country,
    by_team,
    columns_of,
    labels_of,
    ledgers_of,
    month_formulas,
    split_columns,
    split_formulas,
    table_formulas,
    teams_of,
    widest,
    write_live,
)
from templates.grid import FIRST_ROW, Column
from templates.look import SHEET_ROWS, Look
from templates.page import Page, write_rows
from templates.reconciliation.formulas import Live

TABLES_SHEET, TEAMS_SHEET, COUNTRIES_SHEET, MONTHS_SHEET = "Tables", "By team", "By country", "By month"
ROWS_OF_A_SHEET = SHEET_ROWS - FIRST_ROW
_FIGURE = 15


def build(
    workbook: Workbook, report: BillingReport, version: str, beside: str = "", max_rows: int = ROWS_OF_A_SHEET
) -> None:
    """Write every sheet; the same report gives the same bytes. `beside` names the CSV of more charges than a
    sheet of `max_rows` holds."""
    look, live = Look(workbook), Live(absent(report.lines, max_rows))
    about = report.about
    set_properties(workbook, about.title, NOT_AN_INVOICE, about.ends_on, version)
    workbook.set_size(24000, 15000)
    ledgers = ledgers_of(report)
    charts = write_summary(workbook, look, live, report, ledgers, beside if live.absent else "")
    _write_tables(workbook, look, live, report, ledgers)
    _write_splits(workbook, look, live, report, charts)
    if not live.absent:
        note = "Every charge of the files, with the table, row and column that counts it, or why none does."
        columns = charge_columns(about.time_zone, report.lines)
        rated = RATED.live(report.lines)
        write_rows(
            workbook, look, about, NAME, note, NAME, columns, report.lines, second_page="Started (UTC)",
            formulas=rated.formulas,
        )  # fmt: skip
        if any(line.terms for line in report.lines):
            about = replace(about, assumptions=(*about.assumptions, rated.said))
    write_about(workbook, look, about, version)


def _write_tables(
    workbook: Workbook, look: Look, live: Live, report: BillingReport, ledgers: Sequence[Ledger]
) -> None:
    """The three tables, one below the other."""
    most = max(len(ledger.book.columns) for ledger in ledgers)
    label, team = widest(labels_of(report), 18, 36), widest(teams_of(report), 14, 36)
    widths = (label, team, _FIGURE + 2, *([_FIGURE] * max(most, 2)))
    page = Page.new(workbook, look, TABLES_SHEET, report.about, widths)
    note = f"{NOT_AN_INVOICE} The buttons of a header sort and filter its table; its row of totals stays."
    page.title(report.about.title, note)
    for ledger in ledgers:
        book = ledger.book
        for table in book.tables:
            order = ", then ".join(map(str, table.orders))
            what = f"{book.currency}; sorted by {order}" if book.currency else f"Sorted by {order}"
            page.heading(table.name, what)
            columns = columns_of(table, book)
            name = ledger.name(TABLE_NAMES[table.name])
            write_live(page, live, name, columns, table.rows, table_formulas(table, ledger))
    page.keep_blocks_together()


def _write_splits(
    workbook: Workbook, look: Look, live: Live, report: BillingReport, charts: Sequence[Charts]
) -> None:
    """By team, by country, by month: a sheet each, a table for each currency."""
    teams = _page(
        workbook, look, report, TEAMS_SHEET, (widest(teams_of(report), 24, 44),),
        "For internal chargeback. An agent of several teams is charged to their combination: nothing is "
        "split "
        "or doubled.",
    )  # fmt: skip
    countries = _page(
        workbook, look, report, COUNTRIES_SHEET, (10, 30),
        "Every country that was called, chosen or not, by the file's own column or the number.",
    )  # fmt: skip
    by_month = _page(
        workbook, look, report, MONTHS_SHEET, (12, 13, 13),
        "The last months in the files, for the same users. First and last day are those with a charge.",
    )  # fmt: skip
    for one in charts:
        ledger, book = one.ledger, one.ledger.book
        columns = split_columns(TEAM_LABEL)
        first = _split(teams, live, ledger, "Teams", columns, book.teams, split_formulas(ledger, by_team))
        if book.teams:
            one.add(0, "Cost by team", TEAMS_SHEET, first, len(book.teams), len(columns) - 1)
        columns = split_columns(COUNTRY_LABEL, COUNTRY_NAME)
        formulas = split_formulas(ledger, by_country)
        first = _split(countries, live, ledger, "Countries", columns, book.countries, formulas)
        if book.countries:
            one.add(1, "Cost by country", COUNTRIES_SHEET, first, len(book.countries), len(columns) - 1)
        columns = split_columns(*MONTH_COLUMNS)
        first = _split(by_month, live, ledger, "Months", columns, book.months, month_formulas(ledger))
        if len(book.months) > 1 and book.charges:
            at = len(MONTH_COLUMNS) + 1
            one.add_months(MONTHS_SHEET, first, [(SHORT[name], at + n) for n, name in enumerate(TABLES)])


def _page(
    workbook: Workbook, look: Look, report: BillingReport, sheet: str, widths: tuple[int, ...], note: str
) -> Page:
    page = Page.new(workbook, look, sheet, report.about, (*widths, 11, 17, _FIGURE, 17, _FIGURE))
    page.title(sheet, f"{report.about.period}. {NOT_AN_INVOICE} {note}")
    return page


def _split(
    page: Page,
    live: Live,
    ledger: Ledger,
    name: str,
    columns: Sequence[Column[Split]],
    rows: Sequence[Split],
    formulas: Formulas[Split],
) -> int:
    if ledger.suffix:
        page.heading(ledger.book.currency or "No currency")
    first, _ = write_live(page, live, ledger.name(name), columns, rows, formulas)
    return first
