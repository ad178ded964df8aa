"""The lines of both sides: of each call its own, or one for all that are alike where a side is in columns.

What works on columns needs numpy and pyarrow, and is imported when there are any.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from addin.reconcile.bill_lines import BillLines
from addin.reconcile.expectation import Rater, expect
from addin.reconcile.log_lines import LogLines
from addin.reconcile.period import Period
from addin.reconcile.settle import settle
from addin.records.call import Call


def expected_lines(
    log: Sequence[Call],
    bill: Sequence[Call],
    month: Period,
    rater: Rater,
    on_calls: Callable[[int, float], None] | None,
) -> LogLines:
    """Each call of the log, or one for all that are alike: where the calls of a side are in columns."""
    if all(isinstance(calls, list | tuple) for calls in (log, bill)):
        return expect(log, month, rater)
    from addin.reconcile.alike_expectation import expect_alike
    from addin.records.alike.joined import in_columns

    def told(calls: int) -> None:
        if on_calls is not None:
            on_calls(calls, calls / (len(log) + len(bill)))

    return expect_alike(in_columns(log), month, rater, told)


def settled_lines(
    log: LogLines,
    records: Sequence[Call],
    month: Period,
    window: timedelta,
    rater: Rater,
    both_priced: bool,
) -> tuple[LogLines, BillLines]:
    """The lines of both sides, each call with the record of it."""
    if type(log) is LogLines:
        return log, BillLines(settle(log, tuple(records), month, rater, window, both_priced=both_priced))
    from addin.reconcile.alike_lines import AlikeLines
    from addin.reconcile.alike_settle import settle_alike
    from addin.records.alike.joined import in_columns

    assert isinstance(log, AlikeLines)
    return settle_alike(log, in_columns(records), month, rater, window, both_priced=both_priced)


def any_price(calls: Sequence[Call]) -> bool:
    """Whether the bill says of any of its calls what it costs."""
    if not isinstance(calls, list | tuple):
        from addin.records.alike.joined import in_columns

        calls = in_columns(calls).kinds
    return any(call.cost is not None for call in calls)
