"""Rated calls as a sheet or a CSV: billed minutes, rate and cost of each call."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from xlsxwriter.workbook import Workbook

from addin.reconcile.lines import EXPECTED
from addin.reports.about import Assumption
from addin.reports.reconciliation.data import CallRow
from templates.about import ASSUMPTIONS, write_assumptions
from templates.grid import (
    AMOUNT,
    FIRST_ROW,
    HEADER_ROW,
    INSTANT,
    MINUTES,
    NOTE,
    SECONDS,
    SHORT_TEXT,
    TEXT,
    Column,
    write_table,
)
from templates.live import write_formulas
from templates.look import Look, set_title, set_two_pages, set_up_page
from templates.rated_formulas import RatedTable, rated_call
from templates.rated_summary import RATED, write_summary
from templates.reconciliation.tables import NO_CURRENCY, TERMS, seconds_of

_NEVER = datetime(2000, 1, 1, tzinfo=UTC)
"""The time of creation where no call has one."""

COLUMNS: tuple[Column[CallRow], ...] = (
    Column("Place", TEXT, lambda row: row.place),
    Column("Call id", TEXT, lambda row: row.call_id),
    Column("Started (UTC)", INSTANT, lambda row: row.started_at),
    Column("Direction", TEXT, lambda row: row.direction),
    Column("From", SHORT_TEXT, lambda row: row.from_number),
    Column("To", SHORT_TEXT, lambda row: row.to_number),
    Column("Status", TEXT, lambda row: row.status),
    Column("Seconds", SECONDS, lambda row: row.seconds),
    Column("Step", TEXT, lambda row: RATED if row.step == EXPECTED else row.step),
    Column("Billed minutes", MINUTES, lambda row: row.expected_minutes),
    *TERMS,
    Column("Cost", AMOUNT, lambda row: row.expected_cost),
    Column("Currency", TEXT, lambda row: row.currency),
    Column("Remark", NOTE, lambda row: row.remark),
)


_CURRENCY: Column[CallRow] = Column("Currency", TEXT, lambda row: row.currency or NO_CURRENCY)
SHEET_COLUMNS: tuple[Column[CallRow], ...] = (
    *(_CURRENCY if column.header == _CURRENCY.header else column for column in COLUMNS),
    Column("Billed seconds", SECONDS, lambda row: seconds_of(row.expected_minutes)),
)
"""Those of the sheet: its sums need a name for no currency, and seconds, since minutes seldom end."""


TABLE = RatedTable("Rated", rated_call, "Billed seconds", "Billed minutes", "Cost")

_ASSUMPTIONS = (
    Assumption(
        "Cost",
        "Connect fee + billed time x rate per minute, rounded once per call; sums are of rounded costs.",
        "ConnexCS: Billing Basics",
    ),
    Assumption(
        "Billed minutes",
        "The minimum, then whole increments after it. No time costs nothing.",
        "ConnexCS: Billing Basics",
    ),
    Assumption("Status", "Calls that are not billed, or whose status is unknown, have no cost.", "Twilio"),
)


def build(workbook: Workbook, rows: Sequence[CallRow]) -> None:
    """The sheets Summary, Rated calls with the table `Rated`, and Assumptions; the same rows give the same
    bytes."""
    look = Look(workbook)
    created = max((row.started_at for row in rows), default=None)
    workbook.set_properties({"title": "Rated calls", "author": "Tollsheet", "created": created or _NEVER})
    write_summary(workbook.add_worksheet("Summary"), look, rows)
    sheet = workbook.add_worksheet("Rated calls")
    set_up_page(sheet, "")
    set_title(
        sheet, look, "Rated calls", "Each call by the row of the rate card that covers it. Times are UTC."
    )
    live = TABLE.live(rows)
    written = write_table(sheet, look, TABLE.name, SHEET_COLUMNS, rows)
    write_formulas(sheet, SHEET_COLUMNS, rows, written, FIRST_ROW, live.formulas)
    sheet.freeze_panes(FIRST_ROW, 1)
    sheet.repeat_rows(HEADER_ROW)
    second = [column.header for column in COLUMNS].index("Rate per minute")
    set_two_pages(sheet, written.widths, 2, second)
    assumed = workbook.add_worksheet(ASSUMPTIONS)
    write_assumptions(assumed, look, (*_ASSUMPTIONS, live.said), "", kind="rated calls")
