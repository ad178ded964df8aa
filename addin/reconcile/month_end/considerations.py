"""What Twilio says has to be considered when a call log is compared with billed usage, each with its effect.

Source: Twilio, Resolving Call Log and Call Usage Discrepancies. An effect is the expected total with the rule
taken into account, less the total without it, exactly.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from addin.reconcile.lines import EXPECTED, NOT_BILLED, OUTSIDE, ROUNDING, LogLine
from addin.reconcile.log_lines import LogLines
from addin.reconcile.measure import Measure, printed, printed_seconds
from addin.reconcile.period import Period, midnight
from addin.reconcile.usage import CLIENT
from addin.reconcile.wording import counted, listed, measure

if TYPE_CHECKING:
    from addin.reconcile.reconciliation import Reconciliation

PER_CALL = "rounding per call"
VOICE_AND_CLIENT = "voice and client"
BILLING_TIME = "billing time"
ZONE = "time zone"
UNBILLED = "unbilled statuses"
BOUNDARY = "the < boundary"

ACTIONS = {
    PER_CALL: "Round up each call before you add; never the total.",
    VOICE_AND_CLIENT: "Add the usage of calls and of calls-client before you compare it with the log.",
    BILLING_TIME: "Attribute a call to the month in which it starts, whenever it ends.",
    ZONE: "Bring the log to UTC before you cut the month.",
    UNBILLED: "Leave out calls that are not billed, however long they rang.",
    BOUNDARY: "Ask for calls before the 1st of the next month (<), not up to the last day (<=).",
}
"""Every consideration in its order, and what to do about it."""


@dataclass(frozen=True, slots=True)
class Consideration:
    """`effect` is the expected total with the rule less the total without it, in one currency."""

    name: str
    currency: str
    effect: Measure
    text: str
    """What it comes to in this month."""


def talked_for(line: LogLine) -> timedelta:
    """From the start to the end of a call, which logs do not all say."""
    return timedelta(milliseconds=line.call.duration_ms)


def clock_ahead(line: LogLine) -> timedelta:
    """From the start to the start by the clock of the log, written as if it were UTC."""
    return timedelta(seconds=line.call.offset_s)


def considerations_of(result: Reconciliation) -> list[Consideration]:
    """All six, currency by currency; one without an effect says so."""
    found = []
    for currency in result.currencies:
        month = _Month(result, currency)
        for name, told in (
            (PER_CALL, month.rounding()),
            (VOICE_AND_CLIENT, month.client()),
            (BILLING_TIME, month.billing_time()),
            (ZONE, month.zone()),
            (UNBILLED, month.unbilled()),
            (BOUNDARY, month.boundary()),
        ):
            found.append(Consideration(name, currency, *told))
    return found


@dataclass(frozen=True, slots=True)
class _Month:
    """The lines of one currency."""

    result: Reconciliation
    currency: str
    _by_step: dict[str, LogLines] = field(default_factory=dict, init=False, compare=False, repr=False)

    @property
    def month(self) -> Period:
        return self.result.question.month

    def lines(self, step: str) -> LogLines:
        if step not in self._by_step:
            log = self.result.log.of_currency(self.currency)
            self._by_step[step] = log.select(lambda line: line.step == step)
        return self._by_step[step]

    def rounding(self) -> tuple[Measure, str]:
        """The bridge's own step: what the rules for each call add to the time talked at the rate."""
        effect = self.result.bridges[self.currency][ROUNDING]
        lines = self.lines(EXPECTED)
        talked = sum(line.call.duration_ms * times for line, times in lines.counted())
        count = len(lines)
        if not effect:
            return effect, f"No effect: the {counted(count, 'call')} were talked in whole billed units."
        text = f"{counted(count, 'call')} talked for {_minutes(talked)} are billed "
        text += f"{_minutes(talked + effect.ms)}, each rounded up by itself."
        if self.result.cost_basis == "log prices":
            text += " Costs are the log's own prices, which are per call already."
        elif self.result.cost_basis:
            text += " The cost is what minimum, increments, fees and rounding add to the time talked."
        return effect, text

    def client(self) -> tuple[Measure, str]:
        effect = self.lines(EXPECTED).select(lambda line: line.call.category == CLIENT).total()
        if not effect:
            return effect, "No effect: 0 calls of clients (apps) in the log."
        return effect, f"A comparison with calls alone leaves out {self._told(effect)} of client calls."

    def billing_time(self) -> tuple[Measure, str]:
        """Calls that a month by the end of calls would hold otherwise."""
        first, after = midnight(self.month.first_day), midnight(self.month.next_first_day)
        ours = self.lines(EXPECTED).select(since=after, moved=talked_for).total()
        earlier = self.lines(OUTSIDE).select(before=first)
        theirs = earlier.select(since=first, before=after, moved=talked_for).total(_if_counted)
        if not ours and not theirs:
            return Measure(), "No effect: 0 calls go on over midnight at either end of the month."
        return ours - theirs, _both(
            f"started in the month and ended after it, and belong to it: {self._told(ours)}" if ours else "",
            f"started before it and ended in it, and do not: {self._told(theirs)}" if theirs else "",
        )

    def zone(self) -> tuple[Measure, str]:
        """Calls that a month by the clock of the log would hold otherwise."""
        offsets = sorted({line.call.offset_s for line, _ in self.result.log.counted()})
        if not any(offsets):
            return Measure(), "No effect: the log tells its times in UTC."
        first, after = midnight(self.month.first_day), midnight(self.month.next_first_day)
        expected = self.lines(EXPECTED)
        ours = expected.select(before=first, moved=clock_ahead).total()
        ours += expected.select(since=after, moved=clock_ahead).total()
        outside = self.lines(OUTSIDE)
        theirs = outside.select(since=first, before=after, moved=clock_ahead).total(_if_counted)
        clock = f"The log's clock is {listed([_offset(one) for one in offsets])}. "
        if not ours and not theirs:
            return Measure(), f"{clock}No effect: 0 calls fall into another month by it."
        return ours - theirs, clock + _both(
            f"In the month by UTC alone: {self._told(ours)}" if ours else "",
            f"In it by the log's clock alone: {self._told(theirs)}" if theirs else "",
        )

    def unbilled(self) -> tuple[Measure, str]:
        lines = self.lines(NOT_BILLED)
        effect = self.result.bridges[self.currency][NOT_BILLED]
        if not lines:
            return effect, "No effect: 0 calls were busy, failed, unanswered or canceled."
        talked, counts = Counter[str](), Counter[str]()
        for line, times in lines.counted():
            talked[line.call.status.casefold()] += line.call.duration_ms * times
            counts[line.call.status.casefold()] += times
        told = [
            f"{name or 'no status'} {count:,}" + (f" ({_seconds(talked[name])} s)" if talked[name] else "")
            for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        ]
        return effect, f"{counted(len(lines), 'call')} of the log not billed: {listed(told)}."

    def boundary(self) -> tuple[Measure, str]:
        after = midnight(self.month.last_day) + timedelta(microseconds=1)
        effect = self.lines(EXPECTED).select(since=after).total()
        if not effect:
            return effect, f"No effect: 0 calls on {self.month.last_day} after 00:00:00 UTC."
        text = f"<= {self.month.last_day} means its midnight and would lose {self._told(effect)} of that day."
        return effect, text

    def _told(self, value: Measure) -> str:
        return measure(value, self.currency, self.result.cost_basis is not None)


def _if_counted(line: LogLine) -> Measure:
    return line.if_counted or Measure()


def _both(*parts: str) -> str:
    return " ".join(f"{part[0].upper()}{part[1:]}." for part in parts if part)


def _minutes(ms: int | Fraction) -> str:
    return f"{printed(Fraction(ms) / 60_000, 4):,f} min"


def _seconds(ms: int) -> str:
    return f"{printed_seconds(ms):f}"


def _offset(seconds: int) -> str:
    """
    >>> _offset(-14_400), _offset(19_800), _offset(0)
    ('UTC-04:00', 'UTC+05:30', 'UTC')
    """
    if not seconds:
        return "UTC"
    hours, rest = divmod(abs(seconds), 3600)
    return f"UTC{'-' if seconds < 0 else '+'}{hours:02}:{rest // 60:02}"
