"""The sheet Dispute summary: where it stands, by status, reason, age and month, each unit for itself."""

from __future__ import annotations

from decimal import Decimal

from xlsxwriter.workbook import Workbook

from addin.disputes.checks import to_check
from addin.disputes.records import FOUND, TOO_LITTLE, DisputeReport
from addin.disputes.totals import of_unit, reasons_of, too_little, total_of
from addin.disputes.wording import amount_text
from addin.reconcile.wording import counted, listed
from templates import look as styles
from templates.disputes.checks import Check, checks, write_checks
from templates.disputes.sums import (
    ANY_OTHER,
    Line,
    reason_lines,
    reason_status_lines,
    status_lines,
    write_ages,
    write_lines,
)
from templates.disputes.tables import AS_OF, NOT_TABLE, TABLE
from templates.grid import AMOUNT_VARIANCE, TEXT, Column
from templates.look import Look
from templates.page import BAD, FAIR, GOOD, Page
from templates.reconciliation.formulas import criterion, rounded

SUMMARY = "Dispute summary"
_WIDTHS = (40, 14, 16, 16, 16, 16)


def write_summary(workbook: Workbook, look: Look, report: DisputeReport) -> None:
    page = Page.new(workbook, look, SUMMARY, report.about, _WIDTHS, portrait=True)
    page.title(
        f"Disputes, {_months(report)}", "What the provider is asked for. In question: billed minus expected."
    )
    page.verdict(*verdict_of(report))
    _write_as_of(page, workbook, report)
    if report.remarks:
        page.sentences(report.remarks)
    checked: list[Check] = []
    for number, unit in enumerate(report.units, 1):
        _write_unit(page, report, unit, number, checked)
    write_checks(page, workbook, SUMMARY, checked)
    page.keep_blocks_together()
    page.sheet.activate()
    page.sheet.set_first_sheet()


def verdict_of(report: DisputeReport) -> tuple[str, str, str]:
    """Word, sentence, tone."""
    asked = sum(bool(to_check(one)) for one in report.disputes)
    unfinished = sum(one.is_unfinished for one in report.disputes)
    parts = [
        f"{counted(total.count, 'dispute')}, {amount_text(total.question, unit)} in question, "
        f"{amount_text(total.credited, unit)} credited, {amount_text(total.outstanding, unit)} outstanding"
        for unit in report.units
        for total in [total_of(of_unit(report, unit))]
        if total.count
    ]
    said = "; ".join(parts) or "Nothing is disputed"
    sentence = f"As of {report.as_of}: {said}."
    if asked:
        return "to check", f"{sentence} {counted(asked, 'dispute')} to check (column To check).", BAD
    if unfinished:
        return "open", sentence, FAIR
    return "nothing open", sentence, GOOD


def _months(report: DisputeReport) -> str:
    return listed([*report.months])


def _write_as_of(page: Page, workbook: Workbook, report: DisputeReport) -> None:
    """The one cell that decides all ages."""
    sheet, look, row = page.sheet, page.look, page.row
    sheet.write_string(row, 0, "As of (change it, and all ages follow)", look.words(bold=True))
    sheet.write_datetime(row, 1, report.as_of, look.input(num_format=styles.DAY, align="right"))
    workbook.define_name(AS_OF, f"='{SUMMARY}'!$B${row + 1}")
    sheet.write_string(row + 1, 0, "Disputes to check", look.words(bold=True))
    asked = sum(bool(to_check(one)) for one in report.disputes)
    sheet.write_formula(row + 1, 1, f'=COUNTIFS({TABLE}[To check],"?*")', look.figure(styles.COUNT), asked)
    page.row += 3


def _write_unit(page: Page, report: DisputeReport, unit: str, number: int, checked: list[Check]) -> None:
    disputes = of_unit(report, unit)
    if disputes:
        status = write_lines(
            page, unit, f"{unit} by status", f"ByStatus{number}", "Status", status_lines(disputes)
        )
        reasons = write_lines(
            page, unit, f"{unit} by reason", f"ByReason{number}", "Reason", reason_lines(disputes)
        )
        both = [
            line
            for reason in reasons_of(disputes)
            for line in reason_status_lines(disputes, reason)
            if line.total.count
        ]
        both.append(Line(ANY_OTHER, total_of(()), ""))
        write_lines(
            page, unit, f"{unit} by reason and status", f"ReasonStatus{number}", "Reason", both, "Status"
        )
        ages = write_ages(page, report, unit, disputes, number)
        months = sorted({one.month for one in disputes})
        if len(months) > 1:
            lines = [
                Line(
                    month,
                    total_of(one for one in disputes if one.month == month),
                    f"{TABLE}[Month],{criterion(month)}",
                )
                for month in months
            ]
            write_lines(page, unit, f"{unit} by month", f"ByMonth{number}", "Month", lines)
        checked += checks(unit, status, reasons, ages)
    _write_net(page, report, unit, number)


def _write_net(page: Page, report: DisputeReport, unit: str, number: int) -> None:
    """What was billed too much and too little in the months of this run: an honest sheet shows both."""
    found = [one for one in of_unit(report, unit) if one.state == FOUND]
    if not found and not too_little(report, unit):
        return
    rows: list[tuple[str, Decimal, str]] = [
        (
            "Billed too much: in question",
            total_of(found).question,
            f'SUMIFS({TABLE}[In question],{TABLE}[Unit],{criterion(unit)},{TABLE}[Source],"{FOUND}")',
        ),
        (
            "Billed too little: not disputed",
            too_little(report, unit),
            f"SUMIFS({NOT_TABLE}[Difference],{NOT_TABLE}[Unit],{criterion(unit)},"
            f'{NOT_TABLE}[Group],"{TOO_LITTLE}")',
        ),
    ]
    note = (
        f"Of what the reconciliations of {_months(report)} found. Not their variance, which lacks copies and "
    )
    page.heading(f"{unit} billed, net", note + "holds credits of no call.")
    columns: list[Column[tuple[str, Decimal, str]]] = [
        Column("Billed minus expected", TEXT, lambda row: row[0]),
        Column("Amount", AMOUNT_VARIANCE, lambda row: row[1], adds=True),
    ]
    top = page.row + 1
    written = page.table(f"NetBilled{number}", columns, rows, total="Net")
    for row, (_, value, formula) in enumerate(rows, top):
        page.sheet.write_formula(row, 1, f"={rounded(formula)}", written.formats[1], float(value))
