"""What a person has to look at: one finding per call, category or day, with its place and both amounts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from addin.reconcile.bridge import billed_of, expected_of
from addin.reconcile.lines import (
    DUPLICATES,
    MATCHED,
    MISSING_IN_BILL,
    MISSING_IN_LOG,
    OUTSIDE,
    STATUS,
    UNKNOWN_STATUS,
    UNRATED,
    BillLine,
    LogLine,
)
from addin.reconcile.measure import Measure, Tolerance
from addin.reconcile.wording import amount, minutes
from addin.records.call import Call, Place, Unreadable


@dataclass(slots=True)
class Finding:
    """`kind` is one of `duplicate`, `missing-in-bill`, `missing-in-log`, `status`, `duration`, `rate`,
    `unreadable`, `unknown-status`, `no-rate`, `price-pending`, `currency`, `category`, `day`."""

    kind: str
    call_id: str = ""
    log: Place | None = None
    bill: Place | None = None
    expected: Measure = field(default_factory=Measure)
    billed: Measure = field(default_factory=Measure)
    currency: str = ""
    note: str = ""

    @property
    def variance(self) -> Measure:
        return self.billed - self.expected


def of_log(lines: Sequence[LogLine], priced: bool, calls_mode: bool) -> Iterator[Finding]:
    """Copies, unknown statuses, calls without a rate and pending prices of the call log.

    `priced` says that the log has prices at all; only then is a missing one pending.
    """
    for line in lines:
        call = line.call
        finding = Finding("", call.call_id, log=call.place, currency=line.currency)
        if calls_mode and line.bill is not None and line.bill.counts:
            finding.bill, finding.billed = line.bill.call.place, billed_of(line.bill)
        if line.step == DUPLICATES:
            finding.kind, finding.note = "duplicate", _copy_note(line.copy, line.kept)
            yield finding
        elif line.step == UNKNOWN_STATUS:
            finding.kind = "unknown-status"
            finding.note = (
                f"Status {call.status!r} is not known as billed or not billed; the call is left out."
            )
            yield finding
        elif line.step == UNRATED:
            finding.kind, finding.note = "no-rate", f"{line.rate_problem}; the call is left out."
            yield finding
        elif priced and line.step not in (OUTSIDE,) and _is_pending(call):
            yield _pending(line, finding)


def _copy_note(copy: str, kept: Call | None) -> str:
    return f"{copy[:1].upper()}{copy[1:]} of {kept.place if kept else 'another row'}; left out."


def _is_pending(call: Call) -> bool:
    return call.is_billed is True and call.cost is None and call.duration_ms > 0


def _pending(line: LogLine, finding: Finding) -> Finding:
    """By a rate card the price changes nothing (a difference is another finding); else it is missing."""
    finding.kind = "price-pending"
    if line.rate_row is not None:
        cost = amount(expected_of(line).cost, line.currency)
        finding.billed = Measure()
        finding.note = f"The log has no price for this call yet; by the rate card it costs {cost}."
        return finding
    finding.expected = expected_of(line)
    finding.note = f"The log has no price yet for this call of {minutes(finding.expected.minutes)}: "
    if finding.bill is not None:
        finding.note += f"the bill charges {amount(finding.billed.cost, line.currency)}."
    else:
        finding.note += "its cost is missing in what we expect. Export the log again."
    return finding


def of_bill(
    lines: Sequence[BillLine],
    log: Sequence[LogLine],
    unreadable_ids: set[str],
    tolerance: Tolerance,
    both_priced: bool,
) -> Iterator[Finding]:
    """Call by call: missing on a side, another status, time or rate; beyond the tolerance.

    A call whose row in the log could not be read is not missing there: its finding is that row's.
    """
    outside = {line.call.call_id: line for line in log if line.step == OUTSIDE and line.call.call_id}
    for call in log:
        if call.outcome in (MISSING_IN_BILL, STATUS):
            yield from _of_uncharged(call, tolerance)
    for line in lines:
        record = line.call
        found = Finding("", record.call_id, bill=record.place, billed=billed_of(line), currency=line.currency)
        if line.log is not None:
            found.log, found.expected = line.log.call.place, expected_of(line.log)
        if line.step == DUPLICATES:
            found.kind = "duplicate"
            found.note = _copy_note(line.copy, line.kept) + " If the invoice charges both, dispute one."
            yield found
        elif line.step == UNKNOWN_STATUS:
            found.kind = "unknown-status"
            found.note = (
                f"The bill's status {record.status!r} is not known as billed or not billed; left out."
            )
            yield found
        elif line.step == MISSING_IN_LOG and line.log is None:
            found.kind, found.note = "missing-in-log", _missing_note(outside.get(record.call_id))
            if record.call_id not in unreadable_ids and tolerance.exceeded_by(found.variance):
                yield found
        elif line.step == STATUS and line.log is not None and line.log.step != UNKNOWN_STATUS:
            found.kind = "status"
            found.note = f"Charged, but the log says {line.log.call.status!r}, which is not billed."
            if tolerance.exceeded_by(found.variance):
                yield found
        elif line.step == MATCHED and line.log is not None:
            yield from _of_matched(line, line.log, tolerance, both_priced)


def _of_uncharged(line: LogLine, tolerance: Tolerance) -> Iterator[Finding]:
    found = Finding("missing-in-bill", line.call.call_id, log=line.call.place, currency=line.currency)
    found.expected = expected_of(line)
    if line.bill is not None:
        found.bill = line.bill.call.place
    if line.outcome == STATUS and line.bill is not None:
        found.kind = "status"
        found.note = (
            f"The log says {line.call.status!r}, the bill {line.bill.call.status!r}, which is not billed."
        )
    elif line.bill is not None:
        found.kind, found.billed = "currency", Measure()
        theirs = amount(billed_of(line.bill).cost, line.bill.currency)
        found.note = (
            f"We expect {amount(found.expected.cost, line.currency)}, the bill charges {theirs}: not netted."
        )
    else:
        found.note = "The bill has no record of this call."
    if found.kind == "currency" or tolerance.exceeded_by(found.variance):
        yield found


def _missing_note(outside: LogLine | None) -> str:
    if outside is None:
        return "The log has no record of this call."
    start = f"{outside.call.started_at:%Y-%m-%d %H:%M:%S} UTC"
    return f"The log has it at {outside.call.place}, outside the month: it starts {start}."


def _of_matched(line: BillLine, log: LogLine, tolerance: Tolerance, both_priced: bool) -> Iterator[Finding]:
    """Time and price apart; a price that is pending on a side is no rate issue."""
    record, expected = line.call, expected_of(log)
    base = expected + Measure(0, line.duration_ms, line.duration_cost)

    def finding(kind: str, before: Measure, after: Measure, note: str) -> Finding:
        call_id = log.call.call_id or record.call_id
        return Finding(kind, call_id, log.call.place, record.place, before, after, line.currency, note)

    if line.duration_ms and tolerance.exceeded_by(base - expected):
        yield finding("duration", expected, base, _duration_note(line, log))
    if not both_priced or log.expected_cost is None:
        return
    if line.cost is None and record.duration_ms:
        note = "The bill has no price for this call yet. Ask for the bill again when it is rated."
        yield finding("price-pending", expected, billed_of(line), note)
    elif line.rate_cost and tolerance.exceeded_by(Measure(0, 0, line.rate_cost)):
        after = base + Measure(0, 0, line.rate_cost)
        agreed = amount(base.cost, line.currency)
        note = f"Billed {amount(after.cost, line.currency)} for {minutes(base.minutes)}; "
        yield finding("rate", base, after, f"{note}at the agreed rate it is {agreed}.")


def _duration_note(line: BillLine, log: LogLine) -> str:
    billed, expected = minutes(billed_of(line).minutes), minutes(expected_of(log).minutes)
    note = f"Billed {billed}, expected {expected} for {_seconds(log.call.duration_ms)} talked"
    if line.call.duration_ms != log.call.duration_ms:
        note += f"; the bill says {_seconds(line.call.duration_ms)} talked"
    return f"{note}."


def _seconds(ms: int) -> str:
    seconds = Fraction(ms, 1000)
    return f"{int(seconds) if seconds.denominator == 1 else float(seconds)} s"


def of_unreadable(
    log: Sequence[Unreadable], bill: Sequence[Unreadable], bill_lines: Sequence[BillLine]
) -> Iterator[Finding]:
    """Rows that could not be read; where the bill has the same call it belongs to that finding."""
    by_id = {line.call.call_id: line for line in bill_lines if line.call.call_id and line.counts}
    for row in log:
        found = Finding("unreadable", row.call_id, log=row.place, note=row.problem)
        other = by_id.get(row.call_id) if row.call_id else None
        if other is not None and other.log is None:
            found.bill, found.billed, found.currency = other.call.place, billed_of(other), other.currency
        yield found
    for row in bill:
        yield Finding("unreadable", row.call_id, bill=row.place, note=row.problem)
