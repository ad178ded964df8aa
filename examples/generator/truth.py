"""What a right reconciliation of a generated month has to say, by whole numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from examples.generator.faults import UNKNOWN_STATUS
from examples.generator.money import decimal, minutes, plain
from examples.generator.traffic import NO_RATE, Call, Traffic, month_of

RATE_CARD, LOG_PRICES = "rate card", "log prices"


@dataclass(frozen=True, slots=True)
class Basis:
    """By what the expected side is priced, and what a provider's files tell beside the price."""

    name: str
    traffic: Traffic
    tells_billed: bool
    tells_cost: bool

    def billed_s(self, call: Call) -> int:
        """Billed seconds: the record's own, the rate card's, or without either by the minute."""
        if self.tells_billed or (self.name == RATE_CARD and call.rate is not NO_RATE):
            return call.billed
        return -(-call.duration // 60) * 60

    def cost(self, call: Call) -> int | None:
        """What we expect to pay."""
        return call.cost if self.name == LOG_PRICES else call.rate.cost(call.billed, self.traffic.places)


def expected_calls(log: Iterable[Call], first_day: date, basis: Basis) -> list[Call]:
    """The calls of the log that have to be on the bill."""
    seen: set[str] = set()
    kept = []
    for call in log:
        is_new = call.id not in seen and not call.is_older_copy
        if (
            is_new
            and call.is_billed
            and call.duration_text is None
            and month_of(call.started_at) == first_day
        ):
            seen.add(call.id)
            if basis.name == LOG_PRICES or call.rate is not NO_RATE:
                kept.append(call)
    return kept


def log_steps(log: Sequence[Call], first_day: date) -> dict[str, int]:
    """Calls that leave at each step before `expected` (with a rate card; without one `unrated` is 0)."""
    steps = dict.fromkeys(("duplicates", "outside the month", "not billed", "unknown status", "unrated"), 0)
    seen: set[str] = set()
    latest = {call.id for call in log if not call.is_older_copy}
    for call in log:
        if call.duration_text is not None:
            continue
        if call.id in seen or (call.is_older_copy and call.id in latest):
            steps["duplicates"] += 1
            continue
        seen.add(call.id)
        if month_of(call.started_at) != first_day:
            steps["outside the month"] += 1
        elif call.status == UNKNOWN_STATUS:
            steps["unknown status"] += 1
        elif not call.is_billed:
            steps["not billed"] += 1
        elif call.rate is NO_RATE:
            steps["unrated"] += 1
    return steps


def readable(log: Iterable[Call]) -> dict[str, int]:
    """Every readable row and its seconds, as `log` of the reconciliation says."""
    rows = [call for call in log if call.duration_text is None]
    return {"calls": len(rows), "seconds": sum(call.duration for call in rows)}


def total(
    calls: Iterable[Call], basis: Basis, cost: Callable[[Call], int | None], *, with_cost: bool = True
) -> dict[str, Any]:
    """A sum: calls, minutes, cost (of what has one), currency."""
    calls = list(calls)
    amount = sum(cost(call) or 0 for call in calls)
    return {
        "calls": len(calls),
        "minutes": minutes(sum(basis.billed_s(call) for call in calls)),
        "cost": plain(decimal(amount, basis.traffic.places)) if with_cost else None,
        "currency": basis.traffic.currency if with_cost else None,
    }


def both_sides(log: Sequence[Call], bill: Sequence[Call], first_day: date, basis: Basis) -> dict[str, Any]:
    """Expected and billed: in all, by category, by day."""
    ours = expected_calls(log, first_day, basis)
    theirs = [call for call in bill if call.is_billed]
    with_cost = basis.tells_cost or basis.name == RATE_CARD

    def pair(chosen: Callable[[Call], bool]) -> dict[str, Any]:
        return {
            "expected": total(filter(chosen, ours), basis, basis.cost, with_cost=with_cost),
            "billed": total(
                filter(chosen, theirs), basis, lambda call: call.cost, with_cost=basis.tells_cost
            ),
        }

    def pairs(key: Callable[[Call], str]) -> dict[str, Any]:
        keys = sorted({key(call) for call in [*ours, *theirs]})
        return {one: pair(partial(_has, key, one)) for one in keys}

    return {
        **pair(lambda _: True),
        "categories": pairs(lambda call: call.category),
        "days": pairs(lambda call: str(call.started_at.date())),
    }


def later_steps(
    log: Sequence[Call], bill: Sequence[Call], first_day: date, traffic: Traffic
) -> dict[str, Any]:
    """With a rate card and the provider's own records: what the steps after `expected` add, signed."""
    basis = Basis(RATE_CARD, traffic, True, True)
    ours = {call.id: call for call in expected_calls(log, first_day, basis)}
    theirs = {call.id: call for call in bill if call.is_billed}
    known = {call.id for call in log if call.duration_text is None}
    names = ("missing in bill", "missing in log", "status", "duration", "rate")
    steps = {name: [0, 0, 0] for name in names}
    listed = {call.id for call in bill}
    for call_id in ours.keys() | theirs.keys():
        our, their = ours.get(call_id), theirs.get(call_id)
        if our is None and their is not None:
            step = "missing in log" if call_id not in known else "rate" if their.rate is NO_RATE else "status"
            _add(steps[step], 1, their.billed, their.cost or 0)
        elif our is not None and their is None:
            _add(
                steps["status" if call_id in listed else "missing in bill"],
                -1,
                -our.billed,
                -our.rate.cost(our.billed, traffic.places),
            )
        elif our is not None and their is not None:
            ours_cost = our.rate.cost(our.billed, traffic.places)
            agreed = our.rate.cost(their.billed, traffic.places)
            _add(steps["duration"], 0, their.billed - our.billed, agreed - ours_cost)
            _add(steps["rate"], 0, 0, (their.cost or 0) - agreed)
    return {
        name: {"calls": calls, "minutes": minutes(seconds), "cost": plain(decimal(cost, traffic.places))}
        for name, (calls, seconds, cost) in steps.items()
    }


def _has(key: Callable[[Call], str], value: str, call: Call) -> bool:
    return key(call) == value


def _add(step: list[int], calls: int, seconds: int, cost: int) -> None:
    step[0] += calls
    step[1] += seconds
    step[2] += cost
