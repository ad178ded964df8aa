"""The sheet Sign-off: who prepared and reviewed it, and the inputs by hash and row count."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from addin.records.call import SourceFile
from addin.reports.reconciliation import ReconciliationReport
from templates.grid import COUNT, INSTANT, NOTE, TEXT, Column, Kind, write_table
from templates.look import DAY, Look, set_title, set_up_page

_PEOPLE = ("Prepared by", "Reviewed by", "Approved by")
_HEADS = ("", "Name", "Date", "Signature")
_SIGNATURE_END = 5
_INPUTS_ROW = 11

Input = tuple[str, SourceFile]

COLUMNS: tuple[Column[Input], ...] = (
    Column("Side", TEXT, lambda item: item[0], narrowest=16),
    Column("File", TEXT, lambda item: item[1].name, narrowest=30),
    Column("Format", TEXT, lambda item: item[1].format, narrowest=22),
    Column("Rows", COUNT, lambda item: item[1].rows, narrowest=10),
    Column("Bytes", COUNT, lambda item: item[1].size_bytes, narrowest=12),
    Column("SHA-256", Kind(widest=68), lambda item: item[1].sha256, narrowest=64),
    Column("Modified (UTC)", INSTANT, lambda item: item[1].modified_at),
    Column("Remark", NOTE, lambda item: "; ".join(item[1].notes), narrowest=20),
)


def write_signoff(sheet: Worksheet, look: Look, report: ReconciliationReport, version: str) -> None:
    """Names and dates are left empty; inputs are never touched, so that the hashes prove what was read."""
    set_up_page(sheet, report.month)
    note = (
        f"Reconciliation of {report.month}, made by Tollsheet {version}. Yellow cells are yours to fill in."
    )
    set_title(sheet, look, "Sign-off", note)
    sheet.merge_range(3, 3, 3, _SIGNATURE_END, "", look.head())
    for column, head in enumerate(_HEADS):
        sheet.write_string(3, column, head, look.head())
    for row, person in enumerate(_PEOPLE, 4):
        sheet.set_row(row, 24)
        sheet.write_string(row, 0, person, look.words(bold=True, valign="vcenter"))
        sheet.write_blank(row, 1, None, look.input())
        sheet.write_blank(row, 2, None, look.input(num_format=DAY))
        sheet.merge_range(row, 3, row, _SIGNATURE_END, "", look.input())
    sheet.write_string(_INPUTS_ROW - 2, 0, "Inputs", look.heading())
    write_table(sheet, look, "Inputs", COLUMNS, _inputs(report), header_row=_INPUTS_ROW - 1)


def _inputs(report: ReconciliationReport) -> list[Input]:
    sides = (
        ("Call log", report.log_sources),
        ("Bill", report.billed_sources),
        ("Rate card", report.rate_sources),
        ("Column mapping", report.mapping_sources),
    )
    return [(side, source) for side, sources in sides for source in sources]
