"""The commands of a month: import the two sides, build the reconciliation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from addin.errors import in_quotes
from addin.hosts.open_workbook.marks import BILL, LOG, REPORT, marked
from addin.hosts.report_files.reconciliation import write_reconciliation
from addin.hosts.report_reading.earlier import earlier_report
from addin.hosts.report_reading.notes import Kept, with_kept
from addin.reconcile.reconciliation import Question, reconcile
from addin.reports.reconciliation.build import Asked, report_of
from addin.reports.reconciliation.data import ReconciliationReport
from addin.ribbon.commands.imported import import_files
from addin.ribbon.commands.open_tables import not_read, rate_card
from addin.ribbon.commands.placing import Placing
from addin.ribbon.commands.report_workbook import live_sheet, sheets_in
from addin.ribbon.commands.sides import Sides, proposed_month, read_sides
from addin.ribbon.desk import Desk
from addin.ribbon.settings.month import Chosen, read_settings
from templates.reconciliation.wording import invoice_sentences, sentence_of


def import_call_log(desk: Desk) -> str:
    """Put the calls of files on a sheet."""
    return import_files(desk, LOG, "Call log")


def import_usage(desk: Desk) -> str:
    """Put what was billed on a sheet."""
    return import_files(desk, BILL, "Bill")


def build_reconciliation(desk: Desk) -> str:
    """Compare the two sides, and add the report's sheets beside the person's, or in the place of old ones."""
    desk.refuse_protected(REPORT)
    live = Kept.of([live_sheet(desk, sheet) for sheet in marked(desk.book, REPORT)])
    chosen = read_settings(desk)
    sides = read_sides(desk, chosen)
    report = _report(desk, chosen, sides)
    rows = len(report.calls) + len(report.billed_calls) + len(report.billed_usage)
    placing = Placing(desk, REPORT, f"reconciliation-{report.month}", rows)
    earlier = placing.files.latest() if placing.files else None
    filed = Kept.of(sheets_in(desk, earlier)) if earlier else Kept()
    report, kept = with_kept(report, filed + live if placing.is_beside else live + filed)
    if earlier and filed.has_any:
        kept.append(f"What was written in {earlier.name} was taken over; that file was not changed.")
    said = placing.place(partial(write_reconciliation, report), _own(live.own_columns), live.own_places)
    return "\n".join(
        (_verdict(report), *invoice_sentences(report), *said, *kept, *map(not_read, sides.tables.unread))
    )


def _own(columns: Sequence[str]) -> list[str]:
    """What a person has put beside the findings in columns of their own goes with the old sheet."""
    if not columns:
        return []
    names = in_quotes([name or "(no name)" for name in columns])
    return [
        f"Beside the findings stands {names}, which the new report will not have: it keeps Status, Owner and "
        "Note."
    ]


def _report(desk: Desk, chosen: Chosen, sides: Sides) -> ReconciliationReport:
    month = chosen.month or proposed_month(desk, sides, "reconciled")
    card, rate_sources = rate_card(sides.tables.rates)
    desk.say(f"reconciling {month}")
    question = Question(month, chosen.tolerance, chosen.window)
    earlier, sources = earlier_report(chosen.earlier_path) if chosen.earlier_path else ((), ())
    result = reconcile(sides.log.records, sides.bill.records, question, card)
    inputs = sides.inputs(rate_sources, sources)
    report = report_of(result, inputs, Asked(card, chosen.invoice, earlier))
    sheets = sides.tables.assumption()
    return replace(report, assumptions=(*report.assumptions, sheets)) if sheets else report


def _verdict(report: ReconciliationReport) -> str:
    return f"{report.month}: {report.headline}. {sentence_of(report)}"
