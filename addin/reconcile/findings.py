"""What a person has to look at: one finding per call, category or day, with its place and both amounts.

Here are the findings that one side shows by itself; those of two records of a call are in
`call_findings.py`, those of categories and days in `totals.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from addin.reconcile.lines import (
    DUPLICATES,
    OUTSIDE,
    UNKNOWN_STATUS,
    UNRATED,
    LogLine,
    expected_of,
    net_of,
)
from addin.reconcile.log_lines import LogLines
from addin.reconcile.measure import Measure
from addin.reconcile.wording import amount, minutes
from addin.records.call import Call, Place, Unreadable

Exceeds = Callable[[Measure], bool]
"""Whether a variance is beyond the tolerance, as far as both sides can be compared."""


@dataclass(slots=True)
class Finding:
    """`kind` is one of `duplicate`, `missing-in-bill`, `missing-in-log`, `status`, `duration`, `rate`,
    `unreadable`, `unknown-status`, `no-rate`, `price-pending`, `currency`, `credit`, `category`, `day`."""

    kind: str
    call_id: str = ""
    log: Place | None = None
    bill: Place | None = None
    expected: Measure = field(default_factory=Measure)
    billed: Measure = field(default_factory=Measure)
    currency: str = ""
    note: str = ""
    call: Call | Unreadable | None = None
    unread: Place | None = None
    """The row that could not be read; `log` and `bill` also name the other side's record of that call."""
    rest: Measure | None = None
    """What of it no other finding says, where that is not the whole variance."""

    @property
    def variance(self) -> Measure:
        return self.billed - self.expected


def of_log(lines: LogLines, priced: bool) -> Iterator[Finding]:
    """Copies, unknown statuses, calls without a rate and pending prices of the call log.

    `priced` says that the log has prices at all; only then is a missing one pending.
    """

    def has_to_be_looked_at(line: LogLine) -> bool:
        if line.step in (DUPLICATES, UNKNOWN_STATUS, UNRATED):
            return True
        return priced and line.step != OUTSIDE and is_pending(line.call) and not _bill_lacks_it(line)

    for line in lines.select(has_to_be_looked_at):
        call = line.call
        found = Finding("", call.call_id, log=call.place, currency=line.currency, call=call)
        if line.bill is not None:
            found.bill, found.billed = line.bill.call.place, net_of(line.bill)
        if line.step == DUPLICATES:
            found.kind, found.note = "duplicate", copy_note(line.copy, line.kept)
            yield found
        elif line.step == UNKNOWN_STATUS:
            found.kind = "unknown-status"
            found.note = f"Status {call.status!r} is not known as billed or not billed; the call is left out."
            if call.is_billed is False:
                price = amount(Fraction(call.cost or 0), line.currency)
                found.note = f"Status {call.status!r} is not billed, yet the row has a price of {price}; "
                found.note += "the call is left out."
            yield found
        elif line.step == UNRATED:
            found.kind, found.note = "no-rate", f"{line.rate_problem}; the call is left out."
            yield found
        else:
            yield _pending(line, found)


def copy_note(copy: str, kept: Call | None) -> str:
    return f"{copy[:1].upper()}{copy[1:]} of {kept.place if kept else 'another row'}; left out."


def is_pending(call: Call) -> bool:
    """A charged call without a price; no time has no price to wait for."""
    return call.is_billed is True and call.cost is None and call.duration_ms > 0


def _bill_lacks_it(line: LogLine) -> bool:
    """By a rate card the cost is known: where the bill's price is pending too, that is the finding."""
    return line.rate_row is not None and line.bill is not None and is_pending(line.bill.call)


def _pending(line: LogLine, found: Finding) -> Finding:
    """By a rate card the price changes nothing; without, the bill's price is what we lack.

    What a bill says otherwise of time or rate is a finding of its own, and so is a call it does not have.
    """
    found.kind, found.expected = "price-pending", expected_of(line)
    note = "The log has no price yet for this call"
    if line.rate_row is not None:
        found.note = f"{note}; by the rate card it costs {amount(found.expected.cost, line.currency)}."
    elif line.bill is None or line.bill.cost is None:
        both = " and neither has the bill" if line.bill is not None else ""
        found.note = f"{note}{both}: the cost of its {minutes(found.expected.minutes)} is missing."
    else:
        found.note = f"{note} of {minutes(found.expected.minutes)}: the bill charges "
        found.note += f"{amount(found.billed.cost, line.currency)}."
        return found
    found.billed = found.expected
    return found
