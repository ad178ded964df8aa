"""The records on these files that belong to another month."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from addin.reconcile.bridge import usage_of
from addin.reconcile.lines import OUTSIDE, BillLine, LogLine, price_of
from addin.reconcile.measure import Measure
from addin.reconcile.period import Month
from addin.reconcile.usage import OUTSIDE_MONTH

if TYPE_CHECKING:
    from addin.reconcile.reconciliation import Reconciliation

LOG, BILL, USAGE = "call log", "bill", "usage"


@dataclass(frozen=True, slots=True)
class OtherMonth:
    """The records of one side, month and currency that lie outside the month asked for. Of a bill and a log
    the minutes are the talked ones, of usage records the billed ones, and the cost is the record's; of a log
    what it would be expected to cost, None where no record knows it. Usage categories contain each other and
    are never added."""

    side: str
    month: str
    currency: str
    total: Measure
    category: str = ""

    @property
    def cost(self) -> Fraction | None:
        return None if self.total.unpriced and not self.total.cost else self.total.cost


def other_months(result: Reconciliation) -> list[OtherMonth]:
    """By side, month and currency."""
    sums: dict[tuple[str, str, str, str], Measure] = defaultdict(Measure)
    outside = result.log.select(lambda line: line.step == OUTSIDE)
    for (day, currency), total in outside.by_day(lambda line: line.currency, _of_log).items():
        sums[LOG, str(Month(day.year, day.month)), currency, ""].plus(total)
    records = result.bill.select(lambda record: record.step == OUTSIDE)
    for (day, currency), total in records.by_day(lambda record: record.currency, _of_bill).items():
        sums[BILL, str(Month(day.year, day.month)), currency, ""].plus(total)
    for used in result.usage:
        if used.reason == OUTSIDE_MONTH:
            one = used.record
            named = f"{one.start_on:%Y-%m}"
            if f"{one.end_on:%Y-%m}" != named:
                named = f"{one.start_on} to {one.end_on}"
            sums[USAGE, named, one.currency, one.category].plus(usage_of(used))
    order = (LOG, BILL, USAGE)
    return [
        OtherMonth(side, month, currency, total, category)
        for (side, month, currency, category), total in sorted(
            sums.items(), key=lambda item: (order.index(item[0][0]), *item[0][1:])
        )
    ]


def _of_log(line: LogLine) -> Measure:
    own = line.if_counted or Measure()
    return Measure(1, line.call.duration_ms, own.cost, own.unpriced)


def _of_bill(record: BillLine) -> Measure:
    return Measure(1, record.call.duration_ms) + price_of(record)
