"""From the talked minutes to the billed total in fifteen steps that sum exactly; one bridge a currency."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import chain

from addin.reconcile.bill_lines import BillLines
from addin.reconcile.lines import (
    BILLED,
    CREDIT,
    DURATION,
    EXPECTED,
    MATCHED,
    MISSING_IN_BILL,
    MISSING_IN_LOG,
    RATE,
    REMOVED,
    ROUNDING,
    STATUS,
    STEPS,
    TALKED,
    UNEXPLAINED,
    BillLine,
    LogLine,
    UsageLine,
)
from addin.reconcile.log_lines import LogLines
from addin.reconcile.measure import MS_PER_MINUTE, Measure

Steps = dict[str, Measure]

_TELLS_MS = -6
"""The place of the decimal of minutes that tells one millisecond from the next, rounded or cut."""
_FLOAT_NOISE = Fraction(1, 10**9)
"""Minutes that a sum of many floats is wrong by, at most."""


def _ms_of(minutes: Decimal) -> int | Fraction:
    """A sum of seconds is written in minutes with as many decimals as a program likes, often as a float.
    Where it is that of whole milliseconds to its last decimal, it is meant to be.

    >>> _ms_of(Decimal("13.883333333333333")), _ms_of(Decimal("13.883333")), _ms_of(Decimal("13.88"))
    (833000, 833000, 832800)
    >>> _ms_of(Decimal("1.000007"))
    Fraction(3000021, 50)
    """
    ms = Fraction(minutes) * MS_PER_MINUTE
    if ms.denominator == 1:
        return ms.numerator
    exponent = minutes.as_tuple().exponent
    if not isinstance(exponent, int) or exponent > _TELLS_MS:
        return ms
    allowed = max(Fraction(10) ** exponent, _FLOAT_NOISE) * MS_PER_MINUTE
    return round(ms) if abs(ms - round(ms)) <= allowed else ms


def usage_of(line: UsageLine) -> Measure:
    """What a usage record says, in the same terms."""
    record = line.record
    return Measure(
        record.calls,
        _ms_of(record.minutes),
        Fraction(record.cost) if record.cost is not None else Fraction(0),
        int(line.lacks_price),
    )


def share_currencies(log: LogLines, bill: BillLines, usage: Sequence[UsageLine]) -> list[str]:
    """Give every line a currency, in place, and list the currencies met (`""` for unknown).

    A blank currency is the only one known. Where several are known, a line without a price (a busy call)
    goes to the commonest; a price without a currency keeps a bridge of its own, since it may not be added.
    Where no call names one, the bill's other usage (numbers, messages) may: if that is in one, so are they.
    """
    counted = [line for line in usage if line.unit]
    met = Counter[str]()
    lines: list[LogLine | BillLine] = []
    both: tuple[Iterable[tuple[LogLine | BillLine, int]], ...] = (bill.counted(), log.counted())
    for line, times in chain.from_iterable(both):
        lines.append(line)
        if line.currency:
            met[line.currency] += times
    met.update(line.record.currency for line in counted if line.record.currency)
    if not met and len(named := {line.record.currency for line in usage} - {""}) == 1:
        met.update(named)
    known = [currency for currency, _ in sorted(met.items(), key=lambda item: (-item[1], item[0]))]
    main = known[0] if known else ""
    for each in lines:
        price = each.talked_cost if isinstance(each, LogLine) else each.counts and each.cost
        if not each.currency and (len(known) <= 1 or not (price or _partner_s_price(each))):
            each.currency = main
    blank = any(not each.currency for each in lines) or any(not li.record.currency for li in counted)
    return [*known, ""] if blank and len(known) != 1 else known or [""]


def _partner_s_price(line: LogLine | BillLine) -> Fraction | None:
    """Of a call that both sides have: the other side's price, whose currency is the call's."""
    if isinstance(line, LogLine):
        return line.bill.cost if line.bill is not None and line.bill.step == MATCHED else None
    return line.log.talked_cost if line.log is not None and line.step == MATCHED else None


def usage_currency(line: UsageLine, currencies: Sequence[str]) -> str:
    """A usage record without a currency is in the only one there is."""
    return line.record.currency or (currencies[0] if len(currencies) == 1 else "")


def build(
    currency: str,
    log: LogLines,
    bill: BillLines | None,
    usage_total: Measure | None,
) -> Steps:
    """The steps of one currency. `bill` is None where only usage records are given; `usage_total` is the
    provider's own sum, None where only its call records are given. What no call explains, credits without
    their charge too, is `unexplained`."""
    steps: Steps = {name: Measure() for name in STEPS}
    lines = log.of_currency(currency)
    by_step = lines.totals(lambda line: line.step, _talked_of)
    steps |= {name: -total for name, total in by_step.items() if name in REMOVED}
    steps[TALKED] = sum(by_step.values(), Measure())
    # of what was removed nothing is expected
    by_outcome = lines.totals(lambda line: line.outcome)
    steps |= {name: -total for name, total in by_outcome.items() if name in (MISSING_IN_BILL, STATUS)}
    steps[EXPECTED] = sum(by_outcome.values(), Measure())
    steps[ROUNDING] = steps[EXPECTED] - sum((steps[name] for name in REMOVED), steps[TALKED])
    records = (
        (BillLines() if bill is None else bill).of_currency(currency).select(lambda record: record.counts)
    )
    by_record = records.totals(lambda record: record.step)
    credits = by_record.pop(CREDIT, Measure())
    by_call = sum(by_record.values(), Measure())
    for name in (MISSING_IN_LOG, STATUS, RATE):
        steps[name] += by_record.get(name, Measure())
    calls = records.select(lambda record: record.step != CREDIT)
    steps[DURATION] += calls.total(lambda record: Measure(0, record.duration_ms, record.duration_cost))
    steps[RATE] += calls.total(lambda record: Measure(0, 0, record.rate_cost))
    steps[BILLED] = by_call + credits if usage_total is None else usage_total
    steps[UNEXPLAINED] = steps[BILLED] - (steps[EXPECTED] if bill is None else by_call)
    return steps


def _talked_of(line: LogLine) -> Measure:
    return Measure(1, line.call.duration_ms, line.talked_cost or Fraction(0))
