"""Call by call: what the provider's record of each call says against what we expected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from fractions import Fraction

from addin.reconcile.credits import charged_again, charges_of_credits
from addin.reconcile.duplicates import credited, find_duplicates
from addin.reconcile.expectation import Rater
from addin.reconcile.lines import (
    CREDIT,
    DUPLICATES,
    EXPECTED,
    MATCHED,
    MISSING_IN_BILL,
    MISSING_IN_LOG,
    NOT_BILLED,
    OUTSIDE,
    RATE,
    STATUS,
    UNKNOWN_STATUS,
    UNRATED,
    BillLine,
    LogLine,
)
from addin.reconcile.matching import match
from addin.reconcile.period import Period
from addin.reconcile.stated_terms import stated_terms
from addin.records.call import Call
from udfs.rating.rounding import round_amount


def settle(
    log: Sequence[LogLine],
    records: Sequence[Call],
    month: Period,
    rater: Rater,
    window: timedelta,
    *,
    both_priced: bool,
    ids_agree: bool = False,
) -> list[BillLine]:
    """One line per record of the bill, matched and compared; sets the outcome of the log's lines too.

    `both_priced` says whether costs are compared: then every difference has its step, also where all prices
    of the log are pending. `ids_agree` says that these are the rest of two sides whose other calls agree by
    id.
    """
    copies = find_duplicates(records)
    again = charged_again(records, copies)
    lines = []
    for index, record in enumerate(records):
        line = line_of_record(record)
        if (copy := copies.get(index)) and index not in again:
            line.step, line.kept, line.copy = DUPLICATES, copy.kept, copy.copy
        elif not month.contains(record.started_at):
            line.step = OUTSIDE
        lines.append(line)
    candidates = [line for line in lines if not line.step]
    _join(lines, again)
    _join_credits([line for line in candidates if line.charge is None])
    charges = [line for line in candidates if line.charge is None]
    ours = [line for line in log if line.step not in (DUPLICATES, OUTSIDE) and line.charge is None]
    _match(ours, charges, window, ids_agree)
    for line in charges:
        if line.step != CREDIT:
            compare_pair(line, rater, both_priced)
        _settle_credits(line)
    _time_copies(lines, rater)
    for call in log:
        if call.step == EXPECTED and call.bill is None:
            call.outcome = MISSING_IN_BILL
    return lines


def line_of_record(record: Call) -> BillLine:
    """The line of a record of the bill that nothing is known of yet."""
    cost = None if record.cost is None else Fraction(record.cost)
    return BillLine(record, cost=cost, currency=record.currency)


def compare_pair(line: BillLine, rater: Rater, both_priced: bool) -> None:
    """What a charge of the bill, with its credits, says against the log's call of it, if there is one."""
    _price(line, rater)
    _compare(line)
    if line.step == MATCHED:
        _split(line, rater, both_priced)


def _join(lines: Sequence[BillLine], again: Mapping[int, Call]) -> None:
    """A call that is priced anew has several charges, and the credits that take the others back."""
    first = {id(line.call): line for line in lines}
    for index, kept in again.items():
        one, charge = lines[index], first[id(kept)]
        if not (one.step or charge.step):
            one.charge = charge
            charge.credits.append(one)


def _join_credits(lines: Sequence[BillLine]) -> None:
    """Each credit and the charge of its call know each other."""
    for index, charge in charges_of_credits([line.call for line in lines]).items():
        lines[index].charge = lines[charge]
        lines[charge].credits.append(lines[index])


def _match(log: Sequence[LogLine], bill: Sequence[BillLine], window: timedelta, ids_agree: bool) -> None:
    """Charges first. A credit without a charge is what the bill has of its call if it says its time, or if
    the log has such a credit too; any other is no call."""
    alone = [line for line in bill if credited(line.call) is not None]
    charges = [line for line in bill if credited(line.call) is None]
    for call, line in match(log, charges, window, ids_agree=ids_agree):
        call.bill, line.log = line, call
    ours = [line for line in log if credited(line.call) is not None and line.bill is None]
    for call, line in match(ours, alone, window):
        call.bill, line.log = line, call
    talked = [line for line in alone if line.log is None and line.call.duration_ms]
    for call, line in match([line for line in log if line.bill is None], talked, window):
        call.bill, line.log = line, call
    for line in alone:
        if line.log is None:
            line.step = CREDIT


def _settle_credits(line: BillLine) -> None:
    """A credit goes where its charge goes; without a charge it is of no call, and no call explains it."""
    for credit in line.credits:
        if line.counts:
            credit.step, credit.log, credit.currency = line.step, line.log, line.currency
            if line.step == MATCHED:
                credit.rate_cost = credit.cost or Fraction(0)
        else:
            credit.step, credit.charge = CREDIT, None
    if line.step == MATCHED and line.credits:
        line.rate_cost -= sum((credit.rate_cost for credit in line.credits), Fraction(0))
    if not line.counts:
        line.credits = []


def _is_charged(record: Call) -> bool | None:
    """A price says more than a status: what carries one is charged."""
    return True if record.cost else record.is_billed


def _time_copies(lines: Sequence[BillLine], rater: Rater) -> None:
    """The time that a copy charges a second time, by the terms of the call that it is a copy of."""
    kept = {id(line.call): line.log for line in lines if line.step != DUPLICATES}
    for line in lines:
        if line.step == DUPLICATES and credited(line.call) is None:
            _price(line, rater, kept.get(id(line.kept)))


def _price(line: BillLine, rater: Rater, of: LogLine | None = None) -> None:
    """What the bill charges for the record; without billed seconds of its own, by the agreed rule."""
    record, log = line.call, line.log or of
    if not _is_charged(record):
        return
    terms = log.terms if log else rater.look_up(record)[1]
    own = record.billed_ms
    line.billed_ms = terms.billed_ms(record.duration_ms) if own is None else own


def _compare(line: BillLine) -> None:
    log, charged = line.log, _is_charged(line.call)
    if not charged:
        line.step = NOT_BILLED if charged is False else UNKNOWN_STATUS
        if log is not None and log.step == EXPECTED:
            log.outcome = STATUS
    elif log is None:
        line.step = MISSING_IN_LOG
    elif log.step in (NOT_BILLED, UNKNOWN_STATUS):
        line.step = STATUS
    elif log.step == UNRATED:
        line.step = RATE
    elif log.currency and line.currency and log.currency != line.currency:
        # Never netted: the call leaves one currency's bridge and enters the other's.
        log.outcome, line.step = MISSING_IN_BILL, MISSING_IN_LOG
    else:
        line.step = log.outcome = MATCHED
        line.currency = log.currency = log.currency or line.currency


def _split(line: BillLine, rater: Rater, both_priced: bool) -> None:
    """Their time at the agreed rate is the duration's part of the difference, the rest is the rate's."""
    log = line.log
    assert log is not None
    line.duration_ms = line.billed_ms - log.expected_ms
    if not both_priced:
        return
    expected = log.expected_cost or Fraction(0)
    if line.duration_ms:
        line.duration_cost = _agreed_cost(line, log, rater) - expected
    line.rate_cost = (line.net_cost or Fraction(0)) - expected - line.duration_cost


def _agreed_cost(line: BillLine, log: LogLine, rater: Rater) -> Fraction:
    """What the billed time costs at the agreed rate; by a log's own prices, at what it paid a minute."""
    if rater.card is not None:
        return log.terms.cost_of_billed(line.billed_ms)
    if log.expected_cost is None:
        return Fraction(0)  # the price is pending: nothing is agreed yet
    if log.expected_ms == 0:
        return line.net_cost or Fraction(0)  # no rate can be read off a call without minutes
    return _at_own_rate(log, log.expected_cost, line)


def _at_own_rate(log: LogLine, own_cost: Fraction, line: BillLine) -> Fraction:
    """The log's record says its rate: of the roundings by which its own cost follows from it, the one that
    leaves the bill's cost without a difference, if any. Without a rate, what the call paid a minute: since
    its cost is rounded, the bill's is at that rate too if one rate could lead to both."""
    call, places, theirs = log.call, log.terms.places, line.net_cost
    if call.rate_per_minute is not None:
        possible = [
            terms.cost_of_billed(line.billed_ms)
            for terms in stated_terms(call, log.expected_ms, own_cost, places)
        ]
        if possible:
            return theirs if theirs in possible else possible[0]
    elif theirs is not None and _may_share_a_rate(own_cost, log.expected_ms, theirs, line.billed_ms, places):
        return theirs
    return round_amount(own_cost * line.billed_ms / log.expected_ms, places, log.terms.rounding)


def _may_share_a_rate(ours: Fraction, our_ms: int, theirs: Fraction, their_ms: int, places: int) -> bool:
    """Whether one rate, rounded by one mode (half, up, down), gives both costs."""
    unit = Fraction(1, 10**places)
    return any(
        (ours - below) * their_ms <= (theirs + above) * our_ms
        and (theirs - below) * our_ms <= (ours + above) * their_ms
        for below, above in ((unit / 2, unit / 2), (unit, Fraction(0)), (Fraction(0), unit))
    )
