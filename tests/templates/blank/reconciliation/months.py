"""Months at random: what the template can do, with whatever a log and a bill may hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import product
from random import Random

from addin.reconcile.period import Month
from addin.records.call import Call, Place
from addin.records.formats import category_by
from templates.blank.reconciliation.example import Rows, billed_by
from udfs.rating.cost import Terms
from udfs.rating.rate_card import RateRow

MONTH = Month(2026, 9)
_STATUSES = ("completed", "Answered", "no-answer", "BUSY", "answered_by_VM", "completed", "completed")
_PREFIXES = ("", "1", "44", "447", "4477009", "49")
_NUMBERS = ("+1 212 555 0101", "+44 20 7946 0011", "+44 7700 900123", "+49 30 23125 001", "+33 1 99 00 00 01")
_OURS = ("+1 212 555 0190", "+1 212 555 0190", "client:ann", "Client:Bob")
_MODES = ("half-up", "half-down", "up", "down", "none")


def month(seed: int, calls: int = 40) -> Rows:
    """Rows that differ in every way that the template knows."""
    random = Random(seed)
    log: list[Call] = []
    for number in range(calls):
        log.append(_call(random, number))
        if random.random() < 0.1:
            log.append(_copy(random, log[-1]))
    billed: list[Call] = []
    for one in log:
        if random.random() < 0.85:
            billed.append(_record(random, one))
            if random.random() < 0.1:
                billed.append(_copy(random, billed[-1]))
            if random.random() < 0.15:
                billed.append(_credit(random, billed[-1]))
    billed += [_record(random, _call(random, number)) for number in range(500, 505)]
    billed.append(_credit(random, _call(random, 550)))
    random.shuffle(billed)
    return Rows(
        month=MONTH,
        log=_placed("calls.csv", log),
        billed=_placed("bill.csv", billed),
        usage=(),
        rates=_rates(random),
        tolerance_minutes=Decimal(random.choice(("0", "0", "1.5"))),
        tolerance_amount=Decimal(random.choice(("0", "0", "0.01"))),
    )


def _placed(file: str, calls: list[Call]) -> tuple[Call, ...]:
    return tuple(replace(call, place=Place(file, row)) for row, call in enumerate(calls, 2))


def _call(random: Random, number: int) -> Call:
    """A call of its own time, so that nothing but its id tells what it is."""
    status = random.choice(_STATUSES)
    is_billed = billed_by(status)
    inbound = random.random() < 0.3
    numbers = random.choice(_NUMBERS), random.choice(_OURS)
    start = datetime(2026, 8, 31, 20, tzinfo=UTC) + timedelta(minutes=random.randrange(60) + 65 * number)
    return Call(
        place=Place("calls.csv", 0),
        provider="",
        call_id=random.choice(("C-{}", "12345678901234567{}", "c*{}?", "~{}")).format(number),
        from_number=numbers[0] if inbound else numbers[1],
        to_number=numbers[1] if inbound else numbers[0],
        direction="inbound" if inbound else "outbound",
        category=category_by(*numbers),
        status=status,
        is_billed=is_billed,
        started_at=start,
        duration_ms=0 if is_billed is False else _talked(random),
        cost=Decimal("0.5") if random.random() < 0.05 else None,
        currency=random.choice(("USD", "")),
    )


def _talked(random: Random) -> int:
    whole = random.choice((0, 1000, 30_000, 60_000, 61_000, random.randrange(4000) * 1000))
    return random.choice((whole, whole, random.randrange(10**6)))


def _copy(random: Random, call: Call) -> Call:
    """The row again: the same, longer, before its price was known, or as it was before the call ended."""
    longer = replace(call, duration_ms=call.duration_ms + 7000)
    changed = random.choice((call, longer, replace(longer, cost=None)))
    if call.cost is None and random.random() < 0.3:
        changed = replace(call, status="in-progress", is_billed=False, duration_ms=0)
    return changed


def _record(random: Random, call: Call) -> Call:
    """The provider's record of it, right or not."""
    status = random.choice((call.status, call.status, call.status, "completed", "busy"))
    is_billed = billed_by(status)
    seconds = random.choice((call.duration_ms, call.duration_ms, _talked(random)))
    costs = (None, Decimal(random.randrange(2000)) / 10_000, Decimal("0.017"), Decimal("0.0085"))
    return replace(
        call,
        status=status,
        is_billed=is_billed,
        duration_ms=seconds,
        billed_ms=random.choice((None, -(-seconds // 60_000) * 60_000, seconds)),
        cost=random.choice(costs) if is_billed is not False or random.random() < 0.2 else None,
        currency=random.choice(("USD", "")),
    )


def _credit(random: Random, record: Call) -> Call:
    amount = Decimal(random.randrange(1, 50)) / 1000
    return replace(record, duration_ms=0, billed_ms=None, cost=-amount, currency=record.currency)


def _rates(random: Random) -> tuple[RateRow, ...]:
    found = []
    for prefix in random.sample(_PREFIXES, 4):
        categories = random.choice((("",), ("calls",), ("calls", "calls-client")))
        for (first, last), category in product(_spans(random), categories):
            terms = Terms(
                rate=Fraction(random.randrange(100_000), 10 ** random.choice((4, 5, 6))),
                minimum_ms=random.choice((0, 1000, 30_000, 60_000)),
                increment_ms=random.choice((0, 1000, 6000, 60_000)),
                connect_fee=Fraction(random.choice((0, 0, 1, 25)), 1000),
                places=random.randrange(7),
                rounding=random.choice(_MODES),
            )
            way = random.choice(("", "outbound"))
            row = len(found) + 2
            currency = random.choice(("USD", ""))
            found.append(RateRow(row, prefix, way, category, "", "", currency, terms, True, first, last))
    return tuple(found)


def _spans(random: Random) -> list[tuple[date | None, date | None]]:
    if random.random() < 0.6:
        return [(None, None)]
    return [(None, date(2026, 9, 14)), (date(2026, 9, 16), date(2026, 9, 30))]
