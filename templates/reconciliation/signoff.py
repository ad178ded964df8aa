"""The sheet Sign-off: who prepared and reviewed it, and the inputs by hash and row count."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from addin.records.call import SourceFile
from addin.reports.reconciliation import ReconciliationReport, Signer
from templates.grid import COUNT, INSTANT, NOTE, TEXT, Column, Kind, write_table, write_value
from templates.look import DAY, Look, set_title, set_up_page
from templates.text import cell_text

SIGN_OFF, INPUTS, INTRODUCTION = "Sign-off", "Inputs", "Reconciliation of "
"""The titles of the sheet and of its table, and how the line below the title begins."""
_PEOPLE = tuple(Signer(does, "") for does in ("Prepared by", "Reviewed by", "Approved by"))
_HEADS = ("", "Name", "Date", "Signature")
_SIGNATURE_END = 5
_FIRST = 4
_BELOW = 4
"""Rows between the people and the inputs, the heading and the names of columns included."""

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
    """Dates are left empty, and names unless they are known; inputs are never touched, so that the hashes
    prove what was read."""
    set_up_page(sheet, report.month)
    note = f"{INTRODUCTION}{report.month}, made by Tollsheet {version}. Yellow cells are yours to fill in."
    set_title(sheet, look, SIGN_OFF, note)
    sheet.merge_range(3, 3, 3, _SIGNATURE_END, "", look.head())
    for column, head in enumerate(_HEADS):
        sheet.write_string(3, column, head, look.head())
    people = report.signers or _PEOPLE
    for row, person in enumerate(people, _FIRST):
        sheet.set_row(row, 24)
        sheet.write_string(row, 0, cell_text(person.does), look.words(bold=True, valign="vcenter"))
        write_value(sheet, row, 1, person.name, look.typed(), keeps_lines=True)
        sheet.write_blank(row, 2, None, look.input(num_format=DAY))
        sheet.merge_range(row, 3, row, _SIGNATURE_END, "", look.typed())
    header_row = _FIRST + len(people) + _BELOW - 1
    sheet.write_string(header_row - 1, 0, INPUTS, look.heading())
    write_table(sheet, look, INPUTS, COLUMNS, _inputs(report), header_row=header_row)


def _inputs(report: ReconciliationReport) -> list[Input]:
    sides = (
        ("Call log", report.log_sources),
        ("Bill", report.billed_sources),
        ("Rate card", report.rate_sources),
        ("Column mapping", report.mapping_sources),
    )
    return [(side, source) for side, sources in sides for source in sources]
