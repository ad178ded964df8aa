"""The sheet Rate check: the causes of prices that are not the rate card's, and the calls."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from addin.reports.reconciliation.prices import PriceCause, PriceCheck, PriceRow
from templates.grid import (
    AMOUNT,
    AMOUNT_VARIANCE,
    COUNT,
    ID,
    INSTANT,
    PLAIN,
    SECONDS,
    TEXT,
    Column,
    Kind,
    column_reference,
)
from templates.look import Look, set_two_pages, set_up_page
from templates.page import Page
from templates.reconciliation.formulas import Live, criterion, criterion_of, rounded
from templates.reconciliation.tables import NO_CURRENCY, Tables

RATE_CHECK = "Rate check"
_MOST_LISTED = 100_000
_MOST_LIVE = 500
"""Causes that are live: each formula looks at all calls, and thousands of them stop a spreadsheet program."""
_TABLE = "Prices"
_WIDTHS = (46, 28, 20, 18, 18, 14, 14, 12, 14, 14, 14, 12, 14, 14, 14, 14, 48)
_CAUSE = Kind(widest=46, wraps=True)

_EXPLAINED, _CHARGED, _CARD, _DIFFERENCE = "What explains it", "Charged", "By the card", "Difference"

CAUSE_COLUMNS: tuple[Column[PriceCause], ...] = (
    Column(_EXPLAINED, _CAUSE, lambda row: row.explained),
    Column("Such as", TEXT, lambda row: row.example),
    Column("Calls", COUNT, lambda row: row.calls),
    Column(_CHARGED, AMOUNT, lambda row: row.charged, group="cost"),
    Column(_CARD, AMOUNT, lambda row: row.card, group="cost"),
    Column(_DIFFERENCE, AMOUNT_VARIANCE, lambda row: row.difference, group="cost"),
    Column("Currency", TEXT, lambda row: row.currency or NO_CURRENCY),
)
PRICE_COLUMNS: tuple[Column[PriceRow], ...] = (
    Column(_EXPLAINED, _CAUSE, lambda row: row.explained),
    Column("Place", TEXT, lambda row: row.place),
    Column("Started (UTC)", INSTANT, lambda row: row.started_at),
    Column("From", TEXT, lambda row: row.from_number),
    Column("To", TEXT, lambda row: row.to_number),
    Column("Seconds", SECONDS, lambda row: row.seconds),
    Column(_CHARGED, AMOUNT, lambda row: row.charged, group="cost"),
    Column("Currency", TEXT, lambda row: row.currency or NO_CURRENCY),
    Column(_CARD, AMOUNT, lambda row: row.card, group="cost"),
    Column(_DIFFERENCE, AMOUNT_VARIANCE, lambda row: row.difference, group="cost"),
    Column("Rate card row", PLAIN, lambda row: row.card_row),
    Column("Prefix", TEXT, lambda row: row.prefix),
    Column("Rate per minute", PLAIN, lambda row: row.rate),
    Column("Minimum (s)", PLAIN, lambda row: row.minimum),
    Column("Increment (s)", PLAIN, lambda row: row.increment),
    Column("Connect fee", PLAIN, lambda row: row.connect_fee),
    Column("Call id", ID, lambda row: row.call_id),
)


def write_rate_check(sheet: Worksheet, look: Look, tables: Tables, check: PriceCheck) -> None:
    """The causes on top, live over the calls below as far as those are listed."""
    set_up_page(sheet, tables.report.month)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    page = Page(sheet, look, _WIDTHS)
    note = f"Prices of the {check.side} against {check.card}, call by call."
    page.title(RATE_CHECK, f"{note} Difference = charged - by the card.")
    all_listed = len(check.rows) == check.checked
    listed = check.rows[:_MOST_LISTED]
    page.heading(f"{check.different:,} of {check.checked:,} prices differ", _on_the_rest(check))
    head = page.row
    formats = page.table("PriceCauses", CAUSE_COLUMNS, check.causes).formats
    live = Live(frozenset())
    for number, cause in enumerate(check.causes, head + 1):
        is_live = (all_listed or cause.differs) and len(listed) == len(check.rows)
        is_live = is_live and number - head <= _MOST_LIVE
        for column, header in ((2, ""), (3, _CHARGED), (4, _CARD), (5, _DIFFERENCE)):
            value = CAUSE_COLUMNS[column].of(cause)
            formula = _formula(header, number, cause) if is_live else ""
            live.write(sheet, number, column, formula, value, formats[column])  # type: ignore[arg-type]
    said = "All calls with a price"
    if not all_listed:
        said = f"Calls whose price differs; the {check.checked - check.different:,} that agree are not listed"
    if len(listed) < len(check.rows):
        said += f", nor the smallest {len(check.rows) - len(listed):,} differences: see {_where(check)}"
    page.heading(said)
    page.table(_TABLE, PRICE_COLUMNS, listed)
    second = [column.header for column in PRICE_COLUMNS].index(_DIFFERENCE)
    set_two_pages(sheet, page.widths, 1, second)


def _on_the_rest(check: PriceCheck) -> str:
    """What is said where only the largest differences are explained."""
    if not check.not_explained:
        return ""
    return (
        f"The {check.different - check.not_explained:,} largest differences are explained. The other "
        f"{check.not_explained:,} are one line here; each call is on {_where(check)}."
    )


def _where(check: PriceCheck) -> str:
    """The sheet that has every call with both its prices."""
    return "the sheet Billed (Cost, Rate cost)" if check.side == "bill" else "the sheet Calls (Log price)"


def _formula(header: str, number: int, cause: PriceCause) -> str:
    """A sum over the calls of one cause and currency."""
    asked = criterion_of(f"$A{number + 1}", cause.explained)
    if not asked:
        return ""
    where = f"{_TABLE}[{_EXPLAINED}],{asked},{_TABLE}[Currency],{criterion(cause.currency or NO_CURRENCY)}"
    where += f',{_TABLE}[{_CARD}],"{"=" if cause.card is None else "<>"}"'
    if not header:
        return f"COUNTIFS({where})"
    return rounded(f"SUMIFS({_TABLE}[{column_reference(header)}],{where})")
