"""The sheet Month over month: records of other months, and what became of an earlier month's findings."""

from __future__ import annotations

import re
from collections import Counter
from datetime import MAXYEAR

from xlsxwriter.worksheet import Worksheet

from addin.reconcile.lines import OUTSIDE
from addin.reconcile.month_end.earlier_findings import STATES
from addin.reconcile.month_end.month_over_month import BILL, LOG
from addin.reports.reconciliation.month_end import FollowedRow, OtherMonthRow
from templates.grid import AMOUNT, AMOUNT_VARIANCE, COUNT, MINUTES, TEXT, Column, Kind
from templates.look import Look, set_up_page
from templates.page import Page
from templates.reconciliation.formulas import Live, criterion, minutes_of, rounded, seconds_talked
from templates.reconciliation.tables import IF_COST, NO_CURRENCY, Tables, call_columns

MONTH_OVER_MONTH = "Month over month"
_WIDTHS = (18, 26, 34, 14, 14, 14, 12, 16, 26, 46)
_LONG = Kind(widest=46, wraps=True)

OTHER_COLUMNS: tuple[Column[OtherMonthRow], ...] = (
    Column("Side", TEXT, lambda row: row.side),
    Column("Month", TEXT, lambda row: row.month),
    Column("Category", TEXT, lambda row: row.category),
    Column("Records", COUNT, lambda row: row.records),
    Column("Minutes", MINUTES, lambda row: row.minutes),
    Column("Cost", AMOUNT, lambda row: row.cost),
    Column("Currency", TEXT, lambda row: row.currency or NO_CURRENCY),
    Column("Without a price", COUNT, lambda row: row.unpriced or None),
)
FOLLOWED_COLUMNS: tuple[Column[FollowedRow], ...] = (
    Column("Now", TEXT, lambda row: row.state),
    Column("Kind then", TEXT, lambda row: row.kind),
    Column("Call id", TEXT, lambda row: row.call_id),
    Column("Expected then", AMOUNT, lambda row: row.expected, group="cost"),
    Column("Billed then", AMOUNT, lambda row: row.billed, group="cost"),
    Column("Amount now", AMOUNT_VARIANCE, lambda row: row.amount, group="cost"),
    Column("Currency", TEXT, lambda row: row.currency or NO_CURRENCY),
    Column("Month", TEXT, lambda row: row.month),
    Column("Place now", TEXT, lambda row: row.place),
    Column("What these files say", _LONG, lambda row: row.text),
)


def has_other_months(tables: Tables) -> bool:
    return bool(tables.report.other_months or tables.report.followed)


def write_month_over_month(sheet: Worksheet, look: Look, tables: Tables, live: Live) -> None:
    """The records outside the month, live over Calls and Billed; below, the earlier findings by state."""
    report = tables.report
    set_up_page(sheet, report.month)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    page = Page(sheet, look, _WIDTHS)
    page.title(MONTH_OVER_MONTH, f"Nothing on this sheet is part of the totals of {report.month}.")
    if report.other_months:
        page.heading(
            "Records of other months on these files",
            "Minutes are talked ones, of usage records billed ones. Cost of the log: what it would be rated.",
        )
        head = page.row
        formats = page.table("OtherMonths", OTHER_COLUMNS, report.other_months).formats
        for number, row in enumerate(report.other_months, head + 1):
            for column, formula in enumerate(_formulas(tables, row), 3):
                value = OTHER_COLUMNS[column].of(row)
                live.write(sheet, number, column, formula, value, formats[column])  # type: ignore[arg-type]
    if report.followed:
        states = Counter(row.state for row in report.followed)
        told = ", ".join(f"{state} {states[state]:,}" for state in STATES if states[state])
        note = "Amount now: the late price, charge or credit; of an open one what was in question then."
        page.heading(
            f"Findings of {report.followed[0].month} and what became of them",
            f"{told[:1].upper()}{told[1:]}. {note}",
        )
        page.table("EarlierFindings", FOLLOWED_COLUMNS, report.followed)


def _formulas(tables: Tables, row: OtherMonthRow) -> tuple[str, str, str]:
    """Records, minutes, cost of a side and month; usage records are told as they are."""
    if row.side not in (LOG, BILL) or not re.fullmatch(r"\d{4}-\d\d", row.month):
        return "", "", ""
    year, month = map(int, row.month.split("-"))
    table = "Calls" if row.side == LOG else "Billed"
    if row.side == BILL and not tables.by_call:
        return "", "", ""
    before = [f'{table}[[Started (UTC)]],"<"&DATE({year + month // 12},{month % 12 + 1},1)']
    if (year, month) == (MAXYEAR, 12):  # some logs say "never" by the last day there is
        before = []
    where = ",".join(
        (
            f"{table}[Currency],{criterion(row.currency or NO_CURRENCY)}",
            f"{table}[Step],{criterion(OUTSIDE)}",
            f'{table}[[Started (UTC)]],">="&DATE({year},{month},1)',
            *before,
        )
    )
    minutes = rounded(minutes_of(seconds_talked(table, where)))
    cost = "Cost" if row.side == BILL else IF_COST
    has_cost = row.side == BILL or any(column.header == cost for column in call_columns(tables.report))
    return (
        f"COUNTIFS({where})",
        minutes,
        rounded(f"SUMIFS({table}[{cost}],{where})") if has_cost else "",
    )
