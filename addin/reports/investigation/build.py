"""From an investigation to its report: exact values become the decimals that are printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from addin.investigation.investigation import Investigation
from addin.investigation.pairs import in_two_currencies
from addin.investigation.sums import Sides
from addin.investigation.walk import Walk
from addin.reconcile.bridge import usage_currency
from addin.reconcile.lines import (
    EXPECTED,
    MISSING_IN_BILL,
    MISSING_IN_LOG,
    RATE,
    UNRATED,
    BillLine,
    LogLine,
    UsageLine,
)
from addin.reconcile.measure import Measure, printed
from addin.reconcile.reconciliation import CALLS, Reconciliation
from addin.reconcile.unread import unread
from addin.reconcile.wording import amount, calls, lacking, minutes
from addin.records.call import SourceFile
from addin.reports.about import About, Input
from addin.reports.investigation.assumptions import assumptions
from addin.reports.investigation.data import (
    DIFFERS_MOST,
    CandidateRow,
    DayRow,
    HourRow,
    InvestigationReport,
    OurCall,
    PathReport,
    TheirCall,
)
from addin.reports.investigation.exports import exported, warnings
from addin.reports.investigation.ledger import balance_report
from addin.reports.investigation.rates import answer, rate_row
from addin.reports.investigation.rows import (
    compared,
    pair_row,
    part_rows,
    question_row,
    side_by_side,
)
from addin.reports.investigation.sentences import headline, notes, to_ask
from addin.reports.investigation.text import text_of
from addin.reports.investigation.tree import tree_of
from addin.reports.reconciliation.build import Inputs, same_file
from addin.reports.reconciliation.data import BilledCallRow
from addin.reports.reconciliation.rows import billed_call_row, billed_usage_row, call_row

KIND = "Investigation"


def investigation_report(
    found: Investigation,
    inputs: Inputs,
    ledger_sources: Sequence[SourceFile] = (),
    extra: Sequence[tuple[str, str]] = (),
) -> InvestigationReport:
    """The report; it refers to nothing that can change. `extra` are choices of the run to be listed."""
    result = found.result
    period = result.question.month
    paths = tuple(_path(path, found) for path in found.walks)
    balances = tuple(map(balance_report, found.balances))
    left_out = unread(result)
    to_correct = (f"{left_out} Correct that first: it may be what differs.",) if left_out else ()
    report = InvestigationReport(
        period=str(period),
        mode=result.mode,
        differs=found.differs,
        verdict=result.verdict,
        threshold=printed(found.threshold),
        costs_compared=result.costs_compared,
        paths=paths,
        rates_of=found.on_total.side,
        rates=tuple(map(rate_row, found.on_total.rates)),
        without_rate=found.on_total.without,
        answer=answer(found.on_total),
        balances=balances,
        warnings=(*warnings(found.exports, period), *to_correct),
        exports=tuple((side.side, exported(side.at, side.said_by)) for side in found.exports.sides),
        facts=(*same_file(inputs), *(said for said in result.facts if said != left_out)),
        about=_about(found, inputs, ledger_sources, extra),
        text=(),
    )
    return replace(report, text=tuple(text_of(report)))


def _about(
    found: Investigation,
    inputs: Inputs,
    ledger_sources: Sequence[SourceFile],
    extra: Sequence[tuple[str, str]],
) -> About:
    period, tolerance = found.result.question.month, found.result.question.tolerance
    sides = (
        ("Call log", inputs.log_sources),
        ("Bill", inputs.billed_sources),
        ("Rate card", inputs.rate_sources),
        ("Column mapping", inputs.mapping_sources),
        ("Ledger", ledger_sources),
    )
    return About(
        kind=KIND,
        period=str(period),
        time_zone=f"days in UTC; times without a zone are read as {inputs.log_zone}",
        ends_on=period.last_day,
        assumptions=assumptions(found, [*inputs.log_sources, *inputs.billed_sources]),
        inputs=tuple(Input(side, source) for side, sources in sides for source in sources),
        choices=(
            ("Threshold", f"{printed(found.threshold * 100):f} %"),
            ("Tolerance", f"{minutes(tolerance.minutes)} and {amount(tolerance.amount, '')}"),
            *((f"{side.side} exported", exported(side.at, side.said_by)) for side in found.exports.sides),
            *(("Ledger", f"times without a zone are read as {one.zone}") for one in ledger_sources),
            *extra,
        ),
    )


def _path(path: Walk, found: Investigation) -> PathReport:
    result = found.result
    period = result.question.month
    day = path.isolated.day if path.isolated else None
    with_cost = path.costs_compared
    return PathReport(
        currency=path.currency or None,
        kind=path.kind,
        is_within=path.is_within,
        headline=headline(path, period),
        notes=notes(path, result),
        ask=to_ask(path, period, result),
        day=day,
        measure=path.isolated.measure if path.isolated else "",
        hour=path.hour,
        whole=compared(path.sides, with_cost, theirs_talk=path.by_call),
        days=tuple(
            DayRow(
                each,
                compared(sides, with_cost, theirs_talk=path.by_call),
                _remark(sides, with_cost, is_most=each == day),
            )
            for each, sides in path.days.items()
        ),
        hours=tuple(
            HourRow(
                hour,
                compared(sides, with_cost, theirs_talk=True),
                _remark(sides, with_cost, is_most=hour == path.hour),
            )
            for hour, sides in path.hours.items()
        ),
        questions=tuple(
            question_row(asked) for asked in (path.connected, *path.durations, path.costs) if asked
        ),
        parts=part_rows(path),
        single=tuple(pair_row(pair, path.hour) for pair in path.single),
        largest=tuple(map(pair_row, path.largest)),
        call=side_by_side(path.call) if path.call else None,
        our_calls=tuple(_our_call(line, path, result) for line in _our_lines(path, result)),
        their_calls=tuple(
            TheirCall(_their_row(line), (line.log or line.charge or line).call.started_at.hour)
            for line in _their_lines(path, result)
        ),
        their_usage=tuple(billed_usage_row(line, path.currency) for line in _their_usage(path, result)),
        candidates=tuple(
            CandidateRow(each.why, call_row(line))
            for each in found.candidates.get(path.currency, [])
            for line in each.lines
        ),
        tree=tree_of(path, period),
    )


def _remark(sides: Sides, with_cost: bool, *, is_most: bool) -> str:
    """Whether the path leads here, and what the figures lack: a price or rate that is missing is no 0."""
    said = [DIFFERS_MOST] * is_most
    if unrated := sides.ours.unrated:
        of = "billed minutes and cost" if with_cost else "billed minutes"
        said.append(f"our {of} without {calls(unrated)} that no rate covers")
    for whose, sums in (("our", sides.ours), ("their", sides.theirs)):
        if with_cost and sums.unpriced:
            said.append(f"{whose} cost{lacking(Measure(unpriced=sums.unpriced))}")
    return "; ".join(said)


def _our_lines(path: Walk, result: Reconciliation) -> list[LogLine]:
    """Every row of the log on the isolated day, connected or not; without a day none."""
    if path.isolated is None:
        return []
    return [
        line
        for line in result.log
        if line.call.started_at.date() == path.isolated.day and _currency(line) == path.currency
    ]


def _our_call(line: LogLine, path: Walk, result: Reconciliation) -> OurCall:
    """By usage records only those count that are compared by day."""
    connected = line.step in (EXPECTED, UNRATED)
    if not path.by_call:
        connected = line.step == EXPECTED and line.unit in result.comparison.day_categories
    row = call_row(line)
    if line.bill is not None and in_two_currencies(line.bill):
        row = replace(row, outcome=MISSING_IN_BILL)
    return OurCall(row, connected, path.currency or None)


def _their_row(line: BillLine) -> BilledCallRow:
    """A record in another currency than ours stands alone in it."""
    row = billed_call_row(line)
    if not in_two_currencies(line):
        return row
    nothing = Decimal(0)
    return replace(
        row, step=MISSING_IN_LOG, duration_minutes=nothing, duration_cost=nothing, rate_cost=nothing
    )


def _currency(line: LogLine) -> str:
    """An unrated call that the bill charges is compared in the bill's currency."""
    return line.bill.currency if line.bill and line.bill.step == RATE else line.currency


def _their_lines(path: Walk, result: Reconciliation) -> list[BillLine]:
    if path.isolated is None:
        return []
    return [
        line
        for line in result.bill
        if line.compared_on == path.isolated.day and line.currency == path.currency
    ]


def _their_usage(path: Walk, result: Reconciliation) -> list[UsageLine]:
    """The usage records behind the figures: of the day, or those that make the total."""
    if result.mode == CALLS:
        return []
    day = path.isolated.day if path.isolated else None
    return [
        line
        for line in result.usage
        if line.unit
        and usage_currency(line, result.currencies) == path.currency
        and (line.in_total if day is None else line.in_days and line.record.start_on == day)
    ]
