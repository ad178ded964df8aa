"""The sheet Sign-off: who prepared and reviewed it, and the inputs by hash and row count."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from addin.reports.about import Input
from addin.reports.reconciliation.data import ReconciliationReport, Signer
from templates.about import write_inputs
from templates.cells import write_value
from templates.look import DAY, Look, set_title, set_up_page
from templates.text import cell_text

SIGN_OFF, INTRODUCTION = "Sign-off", "Reconciliation of "
"""The title of the sheet, and how the line below it begins."""
_PEOPLE = tuple(Signer(does, "") for does in ("Prepared by", "Reviewed by", "Approved by"))
_HEADS = ("", "Name", "Date", "Signature")
_SIGNATURE_END = 5
_FIRST = 4
_BELOW = 4
"""Rows between the people and the inputs, the heading and the names of columns included."""


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
    write_inputs(sheet, look, _inputs(report), _FIRST + len(people) + _BELOW - 1)


def _inputs(report: ReconciliationReport) -> list[Input]:
    sides = (
        ("Call log", report.log_sources),
        ("Bill", report.billed_sources),
        ("Rate card", report.rate_sources),
        ("Column mapping", report.mapping_sources),
    )
    found = [Input(side, source) for side, sources in sides for source in sources]
    return [*found, *(Input(_capital(source.format), source) for source in report.other_sources)]


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
