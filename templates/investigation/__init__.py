"""The investigation workbook: the tree and its figures first, behind it every row that they lead to."""

from __future__ import annotations

from dataclasses import replace

from xlsxwriter.workbook import Workbook

from addin.reports.investigation.data import InvestigationReport
from templates.about import set_properties, write_about
from templates.investigation.first import write_first
from templates.investigation.money import write_ledger, write_rates
from templates.investigation.sheets import (
    write_call,
    write_calls,
    write_days,
    write_hours,
    write_pairs,
    write_text,
)
from templates.look import Look
from templates.reconciliation.formulas import Live


def build(workbook: Workbook, report: InvestigationReport, version: str) -> None:
    """Write every sheet that the report has something for. The same report gives the same bytes."""
    look, live = Look(workbook), Live(frozenset())
    by_call = report.mode == "calls"
    subject = "; ".join(path.kind for path in report.paths)
    set_properties(workbook, report.about.title, subject, report.about.ends_on, version)
    workbook.set_size(24000, 15000)
    indices = ["" if number == 1 else str(number) for number in range(1, len(report.paths) + 1)]
    write_first(workbook, look, report, live, indices)
    write_text(workbook, look, report)
    write_days(workbook, look, report, live, indices)
    if by_call:
        write_hours(workbook, look, report, live, indices)
        write_pairs(workbook, look, report, indices)
        write_call(workbook, look, report, indices)
    said = write_calls(workbook, look, report)
    write_rates(workbook, look, report, live)
    if report.balances:
        write_ledger(workbook, look, report, live)
    write_about(workbook, look, replace(report.about, assumptions=(*report.about.assumptions, said)), version)
