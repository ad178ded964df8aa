"""The reconciliation workbook: its sheets, figures from the report, totals as live formulas."""

from __future__ import annotations

from xlsxwriter.workbook import Workbook

from templates.about import ASSUMPTIONS, set_properties, write_assumptions
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
from templates.reconciliation.records import RATED, write_billed_calls, write_billed_usage, write_calls
from templates.reconciliation.signoff import SIGN_OFF, write_signoff
from templates.reconciliation.summary import write_summary
from templates.reconciliation.tables import Tables
from templates.reconciliation.wording import title_of

SUMMARY, BY_CATEGORY, BY_DAY, CALLS = "Summary", "By category", "By day", "Calls"
BILLED, BILLED_USAGE = "Billed", "Billed usage"
SHEETS = (
    *(SUMMARY, BY_CATEGORY, BY_DAY, CALLS, BILLED, BILLED_USAGE, FINDINGS, EARLIER),
    *(CONSIDERATIONS, RATE_CHECK, MONTH_OVER_MONTH, INVOICE, ACCRUAL, ASSUMPTIONS, SIGN_OFF),
)
"""All that a workbook may have, in their order."""


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
    has = {
        BILLED_USAGE: tables.by_call and bool(report.billed_usage),
        EARLIER: bool(report.earlier_notes),
        RATE_CHECK: report.rate_check is not None,
        MONTH_OVER_MONTH: has_other_months(tables),
        INVOICE: bool(report.ties),
    }
    names = [name for name in SHEETS if has.get(name, True)]
    sheets = {name: workbook.add_worksheet(name) for name in names}
    besides = [] if tables.calls_fit else [(len(report.calls), calls_beside)]
    if tables.by_call and not tables.billed_calls_fit:
        besides.append((len(report.billed_calls), billed_beside))
    write_summary(sheets[SUMMARY], look, tables, live, besides)
    write_categories(sheets[BY_CATEGORY], look, tables, live)
    write_days(sheets[BY_DAY], look, tables, live)
    live_calls = RATED.live(report.calls)
    write_calls(sheets[CALLS], look, tables, calls_beside, live_calls.formulas)
    if tables.by_call:
        write_billed_calls(sheets[BILLED], look, tables, billed_beside)
        if report.billed_usage:
            write_billed_usage(sheets[BILLED_USAGE], look, tables)
    else:
        write_billed_usage(sheets[BILLED], look, tables)
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
    assumptions = [*report.assumptions, *([live_calls.said] if tables.calls_fit else [])]
    write_assumptions(sheets[ASSUMPTIONS], look, assumptions, report.month)
    write_signoff(sheets[SIGN_OFF], look, report, version)
