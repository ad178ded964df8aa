"""The sheets of money: minutes x rate, and the ledger of the balance."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook

from addin.reports.investigation.data import BalanceReport, InvestigationReport, RateRow
from templates import look as styles
from templates.decimals import number_format
from templates.grid import AMOUNT, Column, Written
from templates.investigation.fitting import fit, wide_page
from templates.investigation.tables import RECENT, STATEMENT, rate_columns
from templates.look import MUTED, Look
from templates.page import Page
from templates.reconciliation.formulas import Live
from templates.text import cell_text

RATES, LEDGER = "Minutes x rate", "Ledger"


def write_rates(workbook: Workbook, look: Look, report: InvestigationReport, live: Live) -> None:
    """Why minutes x rate is not the total, rate by rate; of each currency a table of its own."""
    page = wide_page(
        workbook,
        look,
        report,
        RATES,
        f"Why minutes x rate is not the total, with {report.rates_of}, rate by rate.",
    )
    page.sentences(report.answer)
    tables = []
    currencies = list(dict.fromkeys(row.currency for row in report.rates))
    for number, currency in enumerate(currencies, 1):
        rows = [row for row in report.rates if row.currency == currency]
        page.heading(f"Amounts in {currency or 'no currency'}")
        columns = rate_columns(report)
        first = page.row + 1
        written = page.table(f"MinutesXRate{number if number > 1 else ''}", columns, rows, total="Total")
        tables.append(written)
        for at, row in enumerate(rows, first):
            _difference(page, live, columns, written, row, at)
    fit(page, tables)
    if report.without_rate:
        page.sentences(
            [f"{report.without_rate:,} calls tell no rate that their cost follows from: left out."]
        )


def _difference(
    page: Page, live: Live, columns: Sequence[Column[RateRow]], written: Written, row: RateRow, at: int
) -> None:
    heads = [column.header for column in columns]
    total, cost, last = (heads.index(head) for head in ("Minutes x rate", "Sum of the calls", "Difference"))
    formula = f"ROUND({xl_rowcol_to_cell(at, cost)}-{xl_rowcol_to_cell(at, total)},13)"
    live.write(page.sheet, at, last, formula, row.difference, written.formats[last])


def write_ledger(workbook: Workbook, look: Look, report: InvestigationReport, live: Live) -> None:
    """The statement that supports the balance, or the mismatch."""
    page = Page.new(workbook, look, LEDGER, report.about, (24, 18, 18, 20, 20, 20, 44))
    page.title(LEDGER, "A balance is derived from its ledger; it is an estimate, and is never billed from.")
    for number, balance in enumerate(report.balances, 1):
        index = f"{number}" if number > 1 else ""
        page.heading(f"In {balance.currency or 'no currency'}: {balance.result}")
        page.sentences([balance.sentence])
        written = page.table(f"Ledger{index}", STATEMENT, balance.rows, total="Derived balance")
        _below(page, look, balance, live, xl_rowcol_to_cell(written.last_row, 2))
        if balance.recent:
            page.heading(
                f"Calls that ended within {balance.staleness_s} s before the balance was read",
                "They may not be in it yet.",
            )
            page.table(f"RecentCalls{index}", RECENT, balance.recent, total="Total")


def _below(page: Page, look: Look, balance: BalanceReport, live: Live, derived: str) -> None:
    page.row -= 1
    places = (
        AMOUNT.decimals.of(
            [balance.derived, balance.stated, balance.difference, balance.lowest, balance.highest]
        )
        if AMOUNT.decimals
        else 2
    )
    plain, signed = look.figure(number_format(places)), look.figure(number_format(places, is_signed=True))
    stated = xl_rowcol_to_cell(page.row, 2)
    _line(page, look, "Stated balance", "")
    if balance.stated_at is not None:
        shown = look.figure(styles.INSTANT)
        page.sheet.write_datetime(page.row, 3, balance.stated_at.replace(tzinfo=None), shown)
    for column, text in ((4, balance.stated_reference), (5, balance.stated_place)):
        page.sheet.write_string(page.row, column, cell_text(text), look.words())
    page.sheet.write_number(page.row, 2, float(balance.stated), plain)
    page.row += 1
    _line(page, look, "Difference", _difference_of(balance))
    live.write(page.sheet, page.row, 2, f"ROUND({stated}-{derived},10)", balance.difference, signed)
    page.row += 1
    if balance.lowest != balance.highest:
        for label, value, remark in (
            ("Difference, from", balance.lowest, "what is not known counts where it lowers it"),
            ("Difference, to", balance.highest, "what is not known counts where it raises it"),
        ):
            _line(page, look, label, remark)
            page.sheet.write_number(page.row, 2, float(value), signed)
            page.row += 1
    _line(page, look, "Buffer", "the difference that is allowed")
    page.sheet.write_number(page.row, 2, float(balance.buffer), plain)
    page.row += 1
    if balance.our_charges is not None and balance.our_difference is not None:
        _line(page, look, "Our charges", "what we expect for the calls in the place of the bill's charges")
        page.sheet.write_number(page.row, 2, float(balance.our_charges), plain)
        page.row += 1
        _line(page, look, "Difference with them", "stated - derived with our charges")
        page.sheet.write_number(page.row, 2, float(balance.our_difference), signed)
        page.row += 1
    page.row += 1


def _difference_of(balance: BalanceReport) -> str:
    is_known = balance.lowest == balance.highest
    return "stated - derived" if is_known else "stated - derived, without what is not known"


def _line(page: Page, look: Look, label: str, remark: str) -> None:
    page.sheet.write_string(page.row, 0, label, look.words(bold=True))
    page.sheet.write_blank(page.row, 1, None, look.words())
    page.sheet.write_string(page.row, 3, remark, look.format(font_color=MUTED, indent=1))
