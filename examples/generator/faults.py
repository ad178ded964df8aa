"""The two sides of a month, log and bill, and every place where they were made to differ."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from examples.generator.traffic import NO_RATE, SATELLITE, Call, Traffic, make_call, month_of, next_month, utc

FAULTS = {
    "neighbours": "calls of the month before and after stand in the log, so many at each end",
    "duplicates": "a row of the log stands there twice",
    "older-copies": "an older copy of the record stands in the log, from before the call ended",
    "missing-in-bill": "a call of the log that is not billed",
    "missing-in-log": "a billed call that the log does not have",
    "status": "one side says answered, the other not (in turns)",
    "duration": "billed for longer than the log says",
    "rate": "billed at another rate",
    "duration-and-rate": "billed for longer and at another rate",
    "price-pending": "the log's copy has no price yet",
    "unreadable": "the duration in the log cannot be read; the call is billed",
    "unknown-status": "a status in the log that nobody knows; the bill charges nothing",
    "no-rate": "a call that no row of the rate card covers; it is billed",
    "formula-names": "a caller name that a spreadsheet would take for a formula",
}
FORMULA = '=HYPERLINK("x";"call me back")'
UNKNOWN_STATUS = "in-doubt"


@dataclass(frozen=True, slots=True)
class Planted:
    """One planted fault: its name, the kind of finding (None: nothing to look at), the step of the bridge."""

    fault: str
    kind: str | None
    step: str | None
    call_id: str
    note: str = ""
    needs_rates: bool = False
    """Shows only with a rate card."""
    is_older_copy: bool = False
    """Shows only in formats that tell when a record was updated."""


@dataclass(slots=True)
class Sides:
    """Log and bill in order of the start, and what was planted."""

    log: list[Call]
    bill: list[Call]
    planted: list[Planted] = field(default_factory=list)


def plant(
    rng: random.Random, traffic: Traffic, calls: list[Call], first_day: date, faults: dict[str, int]
) -> Sides:
    """The two sides of a month. Every call gets one fault at most, so that each can be told by itself."""
    if unknown := sorted(set(faults) - set(FAULTS)):
        raise ValueError(f"No such fault: {', '.join(unknown)}. There are: {', '.join(FAULTS)}")
    sides = Sides(list(calls), list(calls))
    planter = _Planter(rng, traffic, sides)
    for fault in FAULTS:
        if fault == "neighbours":
            planter.neighbours(first_day, faults.get(fault, 0))
            continue
        for turn in range(faults.get(fault, 0)):
            getattr(planter, fault.replace("-", "_"))(turn)
    sides.log.sort(key=lambda call: (call.started_at, call.number, not call.is_older_copy))
    return sides


class _Planter:
    """Takes one untouched call after the other and makes the two sides differ on it."""

    def __init__(self, rng: random.Random, traffic: Traffic, sides: Sides) -> None:
        self._rng, self._traffic, self._sides = rng, traffic, sides
        untouched = [call for call in sides.log if call.category == "calls"]
        rng.shuffle(untouched)
        self._billed = [call for call in untouched if call.is_billed and call.duration > 5]
        self._not_billed = [call for call in untouched if not call.is_billed]

    def neighbours(self, first_day: date, count: int) -> None:
        """Answered calls within eight hours outside the month, at both ends."""
        first, after = utc(first_day), utc(next_month(first_day))
        for turn in range(count):
            seconds = self._rng.randrange(60, 8 * 3600)
            for started_at in (first - timedelta(seconds=seconds), after + timedelta(seconds=seconds - 60)):
                number = 1_000_000 + turn
                for call in make_call(self._rng, self._traffic, started_at, number, answered=True)[:1]:
                    assert month_of(call.started_at) != first_day
                    self._sides.log.append(call)
                    self._note("neighbours", None, "outside the month", call)

    def duplicates(self, _: int) -> None:
        call = self._take()
        self._sides.log.append(call)
        self._note("duplicates", "duplicate", "duplicates", call)

    def older_copies(self, _: int) -> None:
        call = self._take()
        older = replace(call.unanswered("in-progress"), cost=None, is_older_copy=True)
        self._sides.log.append(older)
        self._note("older-copies", "duplicate", "duplicates", older, is_older_copy=True)

    def missing_in_bill(self, _: int) -> None:
        call = self._take()
        self._sides.bill.remove(call)
        self._note("missing-in-bill", "missing-in-bill", "missing in bill", call)

    def missing_in_log(self, _: int) -> None:
        call = self._take()
        self._sides.log.remove(call)
        self._note("missing-in-log", "missing-in-log", "missing in log", call)

    def status(self, turn: int) -> None:
        call = self._take()
        other = call.unanswered("no-answer")
        self._replace(self._sides.bill if turn % 2 else self._sides.log, call, other)
        who = "log answered, bill not" if turn % 2 else "bill answered, log not"
        self._note("status", "status", "status", call, who)

    def duration(self, _: int) -> None:
        call = self._take()
        self._replace(self._sides.bill, call, self._longer(call))
        self._note("duration", "duration", "duration", call)

    def rate(self, _: int) -> None:
        call = self._take()
        self._replace(self._sides.bill, call, self._dearer(call))
        self._note("rate", "rate", "rate", call)

    def duration_and_rate(self, _: int) -> None:
        call = self._take()
        self._replace(self._sides.bill, call, self._dearer(self._longer(call)))
        self._note("duration-and-rate", "duration", "duration", call)
        self._note("duration-and-rate", "rate", "rate", call)

    def price_pending(self, _: int) -> None:
        call = self._take()
        self._replace(self._sides.log, call, replace(call, cost=None))
        self._note("price-pending", "price-pending", None, call)

    def unreadable(self, _: int) -> None:
        call = self._take()
        text = f"{call.duration}".replace("1", "l").replace("0", "O")
        text = text if not text.isdigit() else f"{text}?"
        self._replace(self._sides.log, call, replace(call, duration_text=text))
        self._note("unreadable", "unreadable", "missing in log", call, f"the duration reads {text!r}")

    def unknown_status(self, _: int) -> None:
        call = self._not_billed.pop()
        self._replace(self._sides.log, call, replace(call, status=UNKNOWN_STATUS))
        self._note("unknown-status", "unknown-status", "unknown status", call)

    def no_rate(self, _: int) -> None:
        while (call := self._take()).direction != "outbound":
            continue
        to_number = SATELLITE.format(self._rng.randrange(1000))
        changed = replace(call, to_number=to_number, rate=NO_RATE)
        changed = changed.lasting(call.duration, self._traffic.places)
        self._replace(self._sides.log, call, changed)
        self._replace(self._sides.bill, call, changed)
        self._note("no-rate", "no-rate", "unrated", changed, needs_rates=True)

    def formula_names(self, _: int) -> None:
        call = self._take()
        named = replace(call, caller_name=FORMULA)
        self._replace(self._sides.log, call, named)
        self._replace(self._sides.bill, call, named)
        self._note("formula-names", None, None, call)

    def _take(self) -> Call:
        if not self._billed:
            raise ValueError("More faults than calls: ask for more calls")
        return self._billed.pop()

    def _longer(self, call: Call) -> Call:
        more = call.rate.increment * self._rng.randint(1, 3) + call.rate.minimum
        return call.lasting(call.duration + more, self._traffic.places)

    def _dearer(self, call: Call) -> Call:
        rate = replace(call.rate, rate=call.rate.rate * 3 // 2)
        return replace(call, rate=rate).lasting(call.duration, self._traffic.places)

    @staticmethod
    def _replace(side: list[Call], call: Call, other: Call) -> None:
        side[side.index(call)] = other

    def _note(
        self,
        fault: str,
        kind: str | None,
        step: str | None,
        call: Call,
        note: str = "",
        *,
        needs_rates: bool = False,
        is_older_copy: bool = False,
    ) -> None:
        self._sides.planted.append(Planted(fault, kind, step, call.id, note, needs_rates, is_older_copy))
