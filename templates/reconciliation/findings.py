"""The sheet Findings: what a person has to look at, with room for what they find."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from xlsxwriter.worksheet import Worksheet

from addin.reports.reconciliation.data import FindingRow, Note, ReconciliationReport, Sum
from templates.grid import (
    AMOUNT,
    AMOUNT_VARIANCE,
    COUNT,
    COUNT_VARIANCE,
    FIRST_ROW,
    HEADER_ROW,
    INPUT,
    INSTANT,
    MINUTES,
    MINUTES_VARIANCE,
    TEXT,
    Column,
    Kind,
    write_table,
)
from templates.look import Look, set_title, set_two_pages, set_up_page

FINDINGS, EARLIER = "Findings", "Earlier notes"
"""The sheets, and what stands on top of them."""
STATES = ("open", "asked the provider", "disputed", "credited", "accepted", "our side")


def _currency(row: FindingRow) -> str | None:
    sums: tuple[Sum, ...] = (row.sums.variance, row.sums.expected, row.sums.billed)
    return next((one.currency for one in sums if one.currency), None)


_ID, _PHONE = Kind(widest=36, wraps=True), Kind(widest=18, wraps=True)
_FOUND, _PLACE = Kind(widest=36, wraps=True), Kind(widest=20, wraps=True)
_SECOND_PAGE = "Place in the log"


def _figures(side: str, kinds: tuple[Kind, Kind, Kind]) -> Iterator[Column[FindingRow]]:
    """Calls, minutes and cost of one side."""
    for measure, kind in zip(("calls", "minutes", "cost"), kinds, strict=True):
        of = attrgetter(f"sums.{side}.{measure}")
        yield Column(f"{side.capitalize()} {measure}", kind, of, group=measure)


COLUMNS: tuple[Column[FindingRow], ...] = (
    Column("Kind", TEXT, lambda row: row.kind),
    Column("Call id", _ID, lambda row: row.call_id),
    Column("Started (UTC)", INSTANT, lambda row: row.started_at),
    Column("From", _PHONE, lambda row: row.from_number),
    Column("To", _PHONE, lambda row: row.to_number),
    Column("What was found", _FOUND, lambda row: row.note, narrowest=34),
    *_figures("variance", (COUNT_VARIANCE, MINUTES_VARIANCE, AMOUNT_VARIANCE)),
    Column("Currency", TEXT, _currency),
    Column("Status", INPUT, lambda row: row.entered.status if row.entered else None, narrowest=12),
    Column("Owner", INPUT, lambda row: row.entered.owner if row.entered else None, narrowest=10),
    Column("Note", INPUT, lambda row: row.entered.text if row.entered else None, narrowest=19),
    Column("Place in the log", _PLACE, lambda row: row.log_place),
    Column("Place in the bill", _PLACE, lambda row: row.billed_place),
    *_figures("expected", (COUNT, MINUTES, AMOUNT)),
    *_figures("billed", (COUNT, MINUTES, AMOUNT)),
    Column("Account", TEXT, lambda row: row.account),
    Column("Minutes in question", MINUTES_VARIANCE, lambda row: row.rest.minutes if row.rest else None),
    Column("Cost in question", AMOUNT_VARIANCE, lambda row: row.rest.cost if row.rest else None),
)


def write_findings(sheet: Worksheet, look: Look, report: ReconciliationReport) -> None:
    """One row a finding; Status, Owner and Note are left for people."""
    set_up_page(sheet, report.month)
    note = "What a person has to look at. Status, Owner and Note are yours to fill in."
    set_title(sheet, look, FINDINGS, note if report.findings else "Nothing was found.")
    written = write_table(sheet, look, "Findings", COLUMNS, report.findings)
    sheet.freeze_panes(FIRST_ROW, 1)
    sheet.repeat_rows(HEADER_ROW)
    last_row = FIRST_ROW + max(1, len(report.findings)) - 1
    heads = [column.header for column in COLUMNS]
    status = heads.index("Status")
    set_two_pages(sheet, written.widths, 2, heads.index(_SECOND_PAGE))
    states = {"validate": "list", "source": list(STATES), "error_type": "warning"}
    sheet.data_validation(FIRST_ROW, status, last_row, status, states)


EARLIER_COLUMNS: tuple[Column[Note], ...] = (
    Column("Kind", TEXT, lambda row: row.kind),
    Column("Call id", _ID, lambda row: row.call_id),
    Column("What was found", _FOUND, lambda row: row.found, narrowest=34),
    Column("Status", INPUT, lambda row: row.status, narrowest=12),
    Column("Owner", INPUT, lambda row: row.owner, narrowest=10),
    Column("Note", INPUT, lambda row: row.text, narrowest=19),
    Column("Place in the log", _PLACE, lambda row: row.log_place),
    Column("Place in the bill", _PLACE, lambda row: row.billed_place),
    Column("Month", TEXT, lambda row: row.month),
)


def write_earlier_notes(sheet: Worksheet, look: Look, report: ReconciliationReport) -> None:
    """What people wrote beside findings that are gone."""
    set_up_page(sheet, report.month)
    note = "Written beside findings that are gone now. A note returns to its finding if that is found again."
    set_title(sheet, look, EARLIER, note)
    write_table(sheet, look, "EarlierNotes", EARLIER_COLUMNS, report.earlier_notes)
    sheet.freeze_panes(FIRST_ROW, 1)
    sheet.repeat_rows(HEADER_ROW)
