"""Call by call: what the two records of a call, or the lack of one, say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from addin.reconcile.bill_lines import BillLines
from addin.reconcile.duplicates import OLDER
from addin.reconcile.findings import Exceeds, Finding, copy_note, is_pending
from addin.reconcile.lines import (
    CREDIT,
    DUPLICATES,
    MATCHED,
    MISSING_IN_BILL,
    MISSING_IN_LOG,
    STATUS,
    UNKNOWN_STATUS,
    BillLine,
    LogLine,
    billed_of,
    expected_of,
    net_of,
    price_of,
)
from addin.reconcile.log_lines import LogLines
from addin.reconcile.measure import Measure
from addin.reconcile.wording import amount, minutes, plain
from addin.records.call import Call
from udfs.rating.rounding import round_amount


@dataclass(frozen=True, slots=True)
class CallChecks:
    """What decides whether a difference is a finding.

    `unread` are the ids of rows that could not be read on a side: such a call is not missing there, its
    finding is that row's. `priced_log` says that the log has prices, `costs_compared` that both sides have.
    """

    exceeds: Exceeds
    unread: frozenset[str]
    priced_log: bool
    costs_compared: bool


def of_calls(log: LogLines, bill: BillLines, checks: CallChecks) -> Iterator[Finding]:
    """Missing on a side, another status, time or rate, a price that the bill still lacks, and its copies."""
    for call in log.select(lambda line: line.outcome in (MISSING_IN_BILL, STATUS)):
        yield from _of_uncharged(call, checks)
    # What has no finding is left out by its kind: a record whose id decides is never like another.
    for line in bill.select(lambda line: any(True for _ in _of_record(line, checks))):
        yield from _of_record(line, checks)


def _of_record(line: BillLine, checks: CallChecks) -> Iterator[Finding]:
    if line.charge is not None:
        return  # said with its charge
    if line.counts and line.call.is_billed is None:
        yield _of_priced_unknown(line)
    if line.step == MATCHED and line.log is not None:
        yield from _of_matched(line, line.log, checks)
    else:
        yield from _of_unmatched(line, checks)


def _of_priced_unknown(line: BillLine) -> Finding:
    record, log = line.call, line.log
    note = f"The bill's status {record.status!r} is not known; the record has a price and counts as charged."
    found = Finding("unknown-status", record.call_id, bill=record.place, currency=line.currency, note=note)
    found.call, found.log = record, log.call.place if log else None
    return found


def _of_uncharged(line: LogLine, checks: CallChecks) -> Iterator[Finding]:
    call, record = line.call, line.bill
    found = Finding("missing-in-bill", call.call_id, call.place, currency=line.currency, call=call)
    found.expected = expected_of(line)
    if record is None:
        found.note = _elsewhere("The bill", line.elsewhere)
        if call.call_id in checks.unread:
            return
    elif line.outcome == MISSING_IN_BILL:
        found.kind, found.bill = "currency", record.call.place
        ours, theirs = amount(found.expected.cost, line.currency), net_of(record)
        told = f"the bill charges {amount(theirs.cost, record.currency)}"
        if theirs.unpriced:
            told = f"the bill is in {record.currency or 'no currency'} and has no price yet"
        found.note = f"We expect {ours}, {told}: not netted."
        yield found
        return
    elif record.step == UNKNOWN_STATUS:
        return  # the finding of the bill's row
    else:
        found.kind, found.bill = "status", record.call.place
        found.note = f"The log says {call.status!r}, the bill {record.call.status!r}, which is not billed."
    if checks.exceeds(found.variance):
        yield found


def _of_unmatched(line: BillLine, checks: CallChecks) -> Iterator[Finding]:
    record, log = line.call, line.log
    found = Finding("", record.call_id, bill=record.place, currency=line.currency, call=record)
    found.billed = net_of(line)
    if log is not None:
        found.log, found.expected = log.call.place, expected_of(log)
    if line.step == DUPLICATES:
        found.kind = "duplicate"
        of_it = f": {amount(line.cost, line.currency)}" if line.cost else ""
        found.note = f"{copy_note(line.copy, line.kept)} If the invoice charges both, dispute one{of_it}."
        found.rest = Measure(1, line.billed_ms) + price_of(line)
        if line.cost is not None and line.cost < 0:
            found.note = f"{copy_note(line.copy, line.kept)} It is a credit: if the invoice gives "
            found.note += f"{amount(-line.cost, line.currency)} twice, the bill gives back more than here."
            found.rest = Measure()  # a second credit is no second charge
        if line.copy.startswith(OLDER):
            found.rest = Measure()  # a version that a later one replaced is no second charge
        yield found
    elif line.step == UNKNOWN_STATUS and (log is None or log.step != UNKNOWN_STATUS):
        found.kind = "unknown-status"
        found.note = f"The bill's status {record.status!r} is not known as billed or not billed; left out."
        yield found
    elif line.step == CREDIT:
        found.kind = "credit"
        found.note = f"The bill credits {amount(-(line.cost or 0), line.currency)}"
        if line.elsewhere is None:
            found.note += ", and has no charge of this call: a credit, no call. Find out what it is for."
        else:
            found.note += ": a credit, no call. "
            found.note += f"The charge of this id is at {line.elsewhere.place}, outside the month."
        if checks.exceeds(found.variance):
            yield found
    elif line.step == MISSING_IN_LOG and log is None and record.call_id not in checks.unread:
        found.kind = "missing-in-log"
        found.note = f"{_unpriced(line)}{_elsewhere('The log', line.elsewhere)}{_credited(line)}"
        if checks.exceeds(found.variance):
            yield found
    elif line.step == STATUS and log is not None and log.step != UNKNOWN_STATUS:
        found.kind = "status"
        found.note = f"Charged, but the log says {log.call.status!r}, which is not billed."
        found.note = f"{_unpriced(line)}{found.note}{_credited(line)}"
        if checks.exceeds(found.variance):
            yield found


def _unpriced(line: BillLine) -> str:
    return "The bill has no price for it yet. " if line.lacks_price else ""


def _elsewhere(side: str, call: Call | None) -> str:
    if call is None:
        return f"{side} has no record of this call."
    start = f"{call.started_at:%Y-%m-%d %H:%M:%S} UTC"
    return f"{side} has it at {call.place}, outside the month: it starts {start}. A matter of timing."


def _of_matched(line: BillLine, log: LogLine, checks: CallChecks) -> Iterator[Finding]:
    """Time and price apart, once their sum is beyond the tolerance; a pending price is no rate issue."""
    record, expected = line.call, expected_of(log)
    by_time = expected + Measure(0, line.duration_ms, line.duration_cost)
    credited = sum((one.rate_cost for one in line.credits), Fraction(0))
    by_rate = by_time + Measure(0, 0, line.rate_cost + credited)

    def finding(kind: str, before: Measure, after: Measure, note: str) -> Finding:
        call_id = log.call.call_id or record.call_id
        return Finding(
            kind, call_id, log.call.place, record.place, before, after, line.currency, note, log.call
        )

    if checks.costs_compared and is_pending(record):
        neither = checks.priced_log and is_pending(log.call)
        if not neither or log.rate_row is not None:  # else the finding of the log's row
            who = "Neither the bill nor the log has a" if neither else "The bill has no"
            note = f"{who} price for this call yet. Ask for the bill again when it is rated."
            yield finding("price-pending", expected, net_of(line), note)
        by_time = by_rate = expected + Measure(0, line.duration_ms, unpriced=1)
    if not checks.exceeds(by_rate - expected):
        return
    if by_time - expected:
        yield finding("duration", expected, by_time, _duration_note(line, log))
    if by_rate - by_time and log.expected_cost is not None:
        yield finding("rate", by_time, by_rate, _rate_note(line, log, by_time, by_rate))


def _duration_note(line: BillLine, log: LogLine) -> str:
    billed, expected = minutes(billed_of(line).minutes), minutes(expected_of(log).minutes)
    note = f"Billed {billed}, expected {expected} for {_seconds(log.call.duration_ms)} talked"
    if line.call.duration_ms != log.call.duration_ms:
        note += f"; the bill says {_seconds(line.call.duration_ms)} talked"
    if log.rate_row is None and log.call.billed_ms is None:
        note += ". Without a rate card 60 s minimum and increment are assumed"
    return f"{note}.{_credited(line)}"


def _credited(line: BillLine) -> str:
    """What leads from a call's net price to the rows of its credits."""
    if not line.credits or line.cost is None:
        return ""
    places = ", ".join(str(one.call.place) for one in line.credits)
    costs = [line.cost, *(one.cost or Fraction(0) for one in line.credits)]
    charged = amount(sum((cost for cost in costs if cost > 0), Fraction(0)), line.currency)
    given = amount(-sum((cost for cost in costs if cost < 0), Fraction(0)), line.currency)
    return f" Charged {charged}, of which {given} is credited ({places})."


def _rate_note(line: BillLine, log: LogLine, by_time: Measure, by_rate: Measure) -> str:
    note = f"Billed {amount(by_rate.cost, line.currency)} for {minutes(by_time.minutes)}; "
    by = "at the agreed rate" if log.rate_row is not None else "by the log's own price"
    note += f"{by} it is {amount(by_time.cost, line.currency)}."
    theirs = line.call.rate_per_minute
    if log.rate_row is not None and theirs is not None:
        note += f" Per minute the bill says {plain(Fraction(theirs))}, the rate card {plain(log.terms.rate)}."
    return f"{note}{_of_fewer_decimals(line, log, by_time.cost)}{_credited(line)}"


def _of_fewer_decimals(line: BillLine, log: LogLine, agreed: Fraction) -> str:
    """Where the card leaves the decimals open, and the bill's price is the agreed one with fewer of them."""
    row, cost = log.rate_row, line.call.cost
    if row is None or row.places_given or cost is None or line.credits:
        return ""
    places = max(0, -int(cost.as_tuple().exponent))
    if places >= log.terms.places or round_amount(agreed, places, log.terms.rounding) != cost:
        return ""
    return f" It is that price with {places} decimals: if so many are agreed, the rate card can say it."


def _seconds(ms: int) -> str:
    return f"{plain(Fraction(ms, 1000))} s"
