"""A call that a side lacks may stand there in the neighbouring month: a matter of timing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from addin.reconcile.bill_lines import BillLines
from addin.reconcile.duplicates import credited
from addin.reconcile.each_line import L, Lines
from addin.reconcile.lines import CREDIT, MISSING_IN_BILL, MISSING_IN_LOG, OUTSIDE, BillLine, LogLine
from addin.reconcile.log_lines import LogLines
from addin.reconcile.matching import match
from addin.reconcile.period import Period, midnight


def look_beyond_the_month(log: LogLines, bill: BillLines, month: Period, window: timedelta) -> None:
    """Tell the lines of such calls, in place, where the other side has them."""
    missing = list(log.select(lambda line: line.outcome == MISSING_IN_BILL and line.bill is None))
    outside = bill.select(lambda line: line.step == OUTSIDE and credited(line.call) is None)
    for call, record in match(missing, _likely(outside, missing, month, window), window):
        call.elsewhere = record.call
    missing_in_log = list(
        bill.select(lambda line: line.step == MISSING_IN_LOG and not (line.log or line.charge))
    )
    ours_outside = log.select(lambda line: line.step == OUTSIDE)
    for call, record in match(_likely(ours_outside, missing_in_log, month, window), missing_in_log, window):
        record.elsewhere = call.call
    _join_credits(bill, outside)


def _join_credits(bill: BillLines, outside: BillLines) -> None:
    """A credit names the charge of its id, where that is of another month and the only one."""
    credits = list(bill.select(lambda line: line.step == CREDIT))
    charges = defaultdict(list)
    for line in outside.with_ids({one.call.call_id for one in credits if one.call.call_id}):
        charges[line.call.call_id].append(line.call)
    for credit in credits:
        if len(its := charges.get(credit.call.call_id, [])) == 1:
            credit.elsewhere = its[0]


def beside_the_month(lines: Lines[L], month: Period, reach: timedelta) -> list[L]:
    """Those that start so near before the month, or after it."""
    first, end = midnight(month.first_day), midnight(month.next_first_day)
    return [*lines.select(since=first - reach, before=first), *lines.select(since=end, before=end + reach)]


def _likely(
    lines: Lines[L], others: Sequence[LogLine | BillLine], month: Period, window: timedelta
) -> list[L]:
    """Of lines outside the month those that may be one of these, which are of it: an export of a year may
    have millions."""
    if not others:
        return []
    first, end = midnight(month.first_day), midnight(month.next_first_day)
    near = beside_the_month(lines, month, window)
    of_id = lines.with_ids({one.call.call_id for one in others if one.call.call_id})
    return near + [line for line in of_id if not first - window <= line.call.started_at < end + window]
