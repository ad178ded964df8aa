"""The template filled from files of several hundred calls, recalculated in LibreOffice: the command's totals.

From about 200 calls on LibreOffice calculates columns in several threads, and then took formulas for circular
that are not.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

from addin.reconcile.lines import STEPS
from addin.reconcile.measure import printed
from addin.records.call import Call
from templates.blank.reconciliation import build
from templates.blank.reconciliation.example import EXAMPLE, Rows, call
from templates.blank.reconciliation.steps import FIRST
from tests.cli.test_commands import tollsheet
from tests.templates.blank.programs import in_office
from tests.templates.blank.reconciliation.test_against_the_command import said_by_the_command
from udfs.rating.rate_card import RateCard

CALLS = 220
_NUMBERS = ("+1 212 555 {:04}", "+44 20 7946 {:04}", "+44 7700 90{:04}")


def test_totals_of_several_hundred_calls_are_the_commands(tmp_path: Path) -> None:
    rows = large_month()
    said = said_by_the_command(rows, tmp_path)
    blank, filled = tmp_path / "blank.xlsx", tmp_path / "filled.xlsx"
    blank.write_bytes(build())
    done = tollsheet(
        *("fill", blank, "--month", rows.month, "-o", filled),
        *("--calls", tmp_path / "calls.csv", "--billed", tmp_path / "bill.csv"),
        *("--rates", tmp_path / "rates.csv"),
    )
    assert done.returncode == 0, done.stderr
    found = in_office(filled)
    for place, step in enumerate(STEPS):
        shown = [round(Decimal(found[f"Summary!{column}{FIRST + 1 + place}"]), 10) for column in "BCD"]
        assert shown == [*said[step]], step
    assert found["How to use!A4"] == "All checks pass"
    assert found["Summary!B5"] == "out of balance"
    assert all(said[step][0] for step in ("duplicates", "outside the month", "missing in bill"))
    assert said["duration"][1] != 0 != said["rate"][2]


def large_month() -> Rows:
    """Calls of which the bill lacks some, has some twice, credits some, and differs in some."""
    random = Random(7)
    card = RateCard(EXAMPLE.rates)
    log: list[Call] = []
    billed: list[Call] = []
    for number in range(CALLS):
        at = datetime(2026, 8, 31, 22, tzinfo=UTC) + timedelta(minutes=195 * number)
        ours, other = "+1 212 555 0190", random.choice(_NUMBERS).format(number)
        is_inbound = other.startswith("+1") and random.random() < 0.5
        direction, numbers = ("inbound", (other, ours)) if is_inbound else ("outbound", (ours, other))
        status = random.choice(("completed",) * 8 + ("no-answer", "busy"))
        seconds = random.randrange(1, 1500) if status == "completed" else 0
        one = call(
            *("calls.csv", number + 2, f"C-{number}", f"{at:%Y-%m-%d %H:%M:%S}", numbers, str(seconds)),
            status=status,
            direction=direction,
        )
        log += [one] * (2 if random.random() < 0.03 else 1)
        if status != "completed" or random.random() < 0.05:
            continue
        longer = one.duration_ms + random.choice((0,) * 20 + (60_000,))
        terms = card.find(one.to_number, one.from_number, direction, "", at.date()).terms
        cost = printed(terms.cost(longer)) + random.choice((Decimal(0),) * 20 + (Decimal("0.01"),))
        record = replace(one, duration_ms=longer, cost=cost)
        billed += [record] * (2 if random.random() < 0.03 else 1)
        if random.random() < 0.03:
            billed.append(replace(record, cost=Decimal("-0.005")))
    return replace(EXAMPLE, log=tuple(log), billed=tuple(billed), usage=())
