"""The command that investigates a difference, down to the call."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from addin.hosts.open_workbook.marks import INVESTIGATION
from addin.hosts.report_files.investigation import write_investigation
from addin.investigation import investigation
from addin.investigation.export import exports_of
from addin.reconcile.reconciliation import Question, reconcile
from addin.reports.investigation.build import investigation_report
from addin.reports.investigation.data import InvestigationReport
from addin.ribbon.commands.open_tables import not_read, rate_card
from addin.ribbon.commands.placing import Placing
from addin.ribbon.commands.sides import Sides, proposed_month, read_sides
from addin.ribbon.desk import Desk
from addin.ribbon.settings.investigation import read_choices
from addin.ribbon.settings.month import read_settings


def investigate(desk: Desk) -> str:
    """Walk from the daily totals to the cause, and add the report's sheets beside the person's."""
    desk.refuse_protected(INVESTIGATION)
    chosen = read_settings(desk)
    choices = read_choices(desk, chosen.bill_time_zone)
    sides = read_sides(desk, chosen)
    period = choices.days or chosen.month or proposed_month(desk, sides, "investigated")
    card, rate_sources = rate_card(sides.tables.rates)
    desk.say(f"investigating {period}")
    log, bill = sides.log.records, sides.bill.records
    result = reconcile(log, bill, Question(period, chosen.tolerance, chosen.window), card)
    exports = exports_of(period, log.sources, bill.sources, choices.exported_at)
    found = investigation.investigate(result, exports, choices.threshold, choices.ledger)
    report = investigation_report(found, sides.inputs(rate_sources), choices.ledger_sources)
    report = _with_sheets(report, sides)
    rows = sum(len(path.our_calls) + len(path.their_calls) for path in report.paths)
    name = f"investigation-{report.period.replace(' ', '-')}"
    said = Placing(desk, INVESTIGATION, name, rows).place(partial(write_investigation, report))
    return "\n".join((*_conclusions(report), *said, *map(not_read, sides.tables.unread)))


def _with_sheets(report: InvestigationReport, sides: Sides) -> InvestigationReport:
    """Which sheets of the workbook were read stands among the assumptions."""
    sheets = sides.tables.assumption()
    if sheets is None:
        return report
    about = replace(report.about, assumptions=(*report.about.assumptions, sheets))
    return replace(report, about=about)


def _conclusions(report: InvestigationReport) -> list[str]:
    several = len(report.paths) > 1
    said = [
        f"{report.period}{f', {path.name}' if several else ''}: {path.kind}. {path.headline}"
        for path in report.paths
    ]
    said += [f"Balance: {balance.result}. {balance.sentence}" for balance in report.balances]
    return said + [f"Please note: {warning}" for warning in report.warnings]
