"""The reconciliation workbook: its sheets, figures from the report, totals as live formulas."""

from __future__ import annotations

from xlsxwriter.workbook import Workbook

from templates.about import set_properties, write_assumptions
from templates.look import Look
from templates.reconciliation.comparisons import write_categories, write_days
from templates.reconciliation.considerations import CONSIDERATIONS, write_considerations
from templates.reconciliation.findings import EARLIER, FINDINGS, write_earlier_notes, write_findings
from templates.reconciliation.formulas import Live
from templates.reconciliation.invoice import ACCRUAL, INVOICE, write_accrual, write_invoice
from templates.reconciliation.other_months import (
    MONTH_OVER_MONTH,
    has_other_months,
    write_month_over_month,
)
from templates.reconciliation.prices import RATE_CHECK, write_rate_check
from templates.reconciliation.records import write_billed_calls, write_billed_usage, write_calls
from templates.reconciliation.signoff import write_signoff
from templates.reconciliation.summary import write_summary
from templates.reconciliation.tables import Tables
from templates.reconciliation.wording import title_of


def build(
    workbook: Workbook,
    tables: Tables,
    version: str,
    calls_beside: str = "",
    billed_beside: str = "",
) -> None:
    """Write every sheet. `calls_beside` and `billed_beside` name the CSV files of rows that do not fit.

    The same report gives the same bytes: the time of creation is the month's last day.
    """
    report = tables.report
    look, live = Look(workbook), Live(tables.absent)
    subject = f"{report.log_provider} log against {report.billed_provider} bill: {report.verdict}"
    set_properties(workbook, title_of(report.month), subject, report.last_day, version)
    workbook.set_size(24000, 15000)
    names = ["Summary", "By category", "By day", "Calls", "Billed"]
    if tables.by_call and report.billed_usage:
        names.append("Billed usage")
    names += [FINDINGS, *([EARLIER] if report.earlier_notes else [])]
    names += [name for name, is_there in _month_end(tables).items() if is_there]
    names += ["Assumptions", "Sign-off"]
    sheets = {name: workbook.add_worksheet(name) for name in names}
    besides = [] if tables.calls_fit else [(len(report.calls), calls_beside)]
    if not tables.billed_calls_fit:
        besides.append((len(report.billed_calls), billed_beside))
    write_summary(sheets["Summary"], look, tables, live, besides)
    write_categories(sheets["By category"], look, tables, live)
    write_days(sheets["By day"], look, tables, live)
    write_calls(sheets["Calls"], look, tables, calls_beside)
    if tables.by_call:
        write_billed_calls(sheets["Billed"], look, tables, billed_beside)
        if report.billed_usage:
            write_billed_usage(sheets["Billed usage"], look, tables)
    else:
        write_billed_usage(sheets["Billed"], look, tables)
    write_findings(sheets[FINDINGS], look, report)
    if report.earlier_notes:
        write_earlier_notes(sheets[EARLIER], look, report)
    write_considerations(sheets[CONSIDERATIONS], look, tables, live)
    if report.rate_check:
        write_rate_check(sheets[RATE_CHECK], look, tables, report.rate_check)
    if MONTH_OVER_MONTH in sheets:
        write_month_over_month(sheets[MONTH_OVER_MONTH], look, tables, live)
    if report.ties:
        write_invoice(sheets[INVOICE], look, tables, live)
    write_accrual(sheets[ACCRUAL], look, tables, live)
    write_assumptions(sheets["Assumptions"], look, report.assumptions, report.month)
    write_signoff(sheets["Sign-off"], look, report, version)


def _month_end(tables: Tables) -> dict[str, bool]:
    """The sheets after the findings in their order, and whether the month has them."""
    report = tables.report
    return {
        CONSIDERATIONS: True,
        RATE_CHECK: report.rate_check is not None,
        MONTH_OVER_MONTH: has_other_months(tables),
        INVOICE: bool(report.ties),
        ACCRUAL: True,
    }
