"""A month's reconciliation from its files to its workbook, once all is asked."""

from __future__ import annotations

import gc
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from pathlib import Path

from addin.cli import console
from addin.cli.exit_codes import FINE, LOOK
from addin.cli.reading import Reading, rate_card_of
from addin.cli.screens.reconciliation import show_reconciliation
from addin.hosts.collector import resting_collector
from addin.hosts.files import all_or_none, write_text
from addin.hosts.report_files.reconciliation import kept_in_replaced, left_beside, write_reconciliation
from addin.hosts.report_files.writing import check_outputs, write_rows
from addin.hosts.report_reading.earlier import earlier_report
from addin.hosts.report_reading.notes import with_kept
from addin.reconcile.month_end.invoice import GivenLine, Invoice
from addin.reconcile.reconciliation import Question, reconcile
from addin.records.invoice_file import read_invoice_lines
from addin.records.source import signed_file, signed_mappings
from addin.reports.reconciliation.build import Asked, Inputs, report_of
from addin.reports.reconciliation.contract import to_json
from addin.reports.reconciliation.data import ReconciliationReport
from templates.as_csv import csv_rows
from templates.reconciliation.invoice import ACCRUAL_COLUMNS
from udfs.rating.rate_card import RateCard


@dataclass(frozen=True, slots=True)
class MonthEnd:
    """What is given beside the two sides: the invoice, and the month before."""

    total: tuple[Fraction, str] | None
    lines: tuple[GivenLine, ...]
    lines_file: Path | None
    previous: Path | None
    account: str

    @property
    def inputs(self) -> tuple[Path, ...]:
        return tuple(path for path in (self.lines_file, self.previous) if path)

    def asked(self, card: RateCard | None) -> Asked:
        rows = read_invoice_lines(self.lines_file) if self.lines_file else ()
        lines = (
            *self.lines,
            *(GivenLine(row.name, row.amount, row.currency, str(row.place)) for row in rows),
        )
        amount, currency = self.total or (None, "")
        earlier = earlier_report(self.previous)[0] if self.previous else ()
        return Asked(card, Invoice(amount, currency, lines, self.account), earlier)


@dataclass(frozen=True, slots=True)
class Outputs:
    """What is written."""

    workbook: Path
    json: Path | None
    accrual: Path | None
    force: bool
    with_calls: bool = True
    """Whether the workbook has a row for each call."""


def reconcile_month(
    question: Question,
    log: Reading,
    bill: Reading,
    rates: Path | None,
    month_end: MonthEnd,
    outputs: Outputs,
) -> int:
    """The month's reconciliation as workbook and, if asked for, JSON and the lines for the books."""
    inputs = (*log.inputs, *bill.inputs, *((rates,) if rates else ()), *month_end.inputs)
    check_outputs(outputs.workbook, outputs.json, outputs.accrual, force=outputs.force, inputs=inputs)
    force = outputs.force
    with console.progress() as progress:
        if outputs.workbook.exists():
            progress("Reading what is replaced", 0)
        old = kept_in_replaced(outputs.workbook)
        with resting_collector():
            report = _report(question, log, bill, rates, month_end, progress, outputs.with_calls)
        # The lines of both sides lead to each other, so that only the collector frees them: now, before the
        # workbook needs the memory.
        gc.collect()
        report, kept = with_kept(report, old)
        progress("Writing", 0)
        json_text = to_json(report) if outputs.json else ""
        told = partial(progress, "Writing")
        with all_or_none():
            written = write_reconciliation(report, outputs.workbook, force=force, inputs=inputs, on_rows=told)
            kept += left_beside(outputs.workbook, written, inputs)
            if outputs.json:
                write_text(json_text, outputs.json, force=force, inputs=inputs)
                written.append(outputs.json)
            if outputs.accrual:
                write_rows(
                    outputs.accrual, csv_rows(ACCRUAL_COLUMNS, report.accruals), force=force, inputs=inputs
                )
                written.append(outputs.accrual)
    show_reconciliation(report, written, kept)
    return FINE if report.is_fine and report.invoice_ties else LOOK


def _report(
    question: Question,
    log: Reading,
    bill: Reading,
    rates: Path | None,
    month_end: MonthEnd,
    progress: console.Progress,
    with_calls: bool,
) -> ReconciliationReport:
    """Read, compared and put into words; all that is not said any more is gone when it is done."""
    called = log.read(progress, alike=True)
    billed = bill.read(progress, alike=True)
    card, rate_sources = rate_card_of(rates)
    asked = month_end.asked(card)
    progress("Reconciling", 0)
    result = reconcile(called, billed, question, card, partial(progress, "Reconciling"))
    mappings = signed_mappings(side.mapping for side in (log, bill) if side.mapping)
    others = tuple(
        signed_file(path, what, rows)
        for path, what, rows in (
            (month_end.lines_file, "invoice lines", len(asked.invoice.lines) - len(month_end.lines)),
            (month_end.previous, "earlier reconciliation", len(asked.earlier)),
        )
        if path
    )
    inputs = Inputs(called.sources, billed.sources, rate_sources, mappings, others)
    return report_of(result, inputs, replace(asked, with_rows=with_calls))
