"""Each consideration's effect is the total with the rule less the total without it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from addin.reconcile.measure import Measure
from addin.reconcile.month_end.considerations import (
    ACTIONS,
    BILLING_TIME,
    BOUNDARY,
    PER_CALL,
    UNBILLED,
    VOICE_AND_CLIENT,
    ZONE,
    Consideration,
    considerations_of,
)
from addin.reconcile.period import Month
from addin.reconcile.reconciliation import Question, reconcile
from addin.records import read_rate_card, read_records
from addin.records.call import Call
from examples.generate import month
from tests.reconcile.make import call, card, run, usage

Figures = tuple[int, Fraction, Fraction]


def effects(log: list[Call], currency: str = "USD") -> dict[str, Consideration]:
    found = considerations_of(run(log, [usage(1, "1", "0.014")], card()))
    return {one.name: one for one in found if one.currency == currency}


def figures(measure: Measure) -> Figures:
    return measure.calls, measure.minutes, measure.cost


def at(day: int, hour: int = 0, minute: int = 0, second: int = 0, month: int = 9) -> datetime:
    return datetime(2026, month, day, hour, minute, second, tzinfo=UTC)


def test_rounding_adds_what_each_call_is_rounded_up_by() -> None:
    effect = effects([call("A", 61), call("B", 1)])[PER_CALL].effect
    added = 3 - Fraction(62, 60)
    assert figures(effect) == (0, added, added * Fraction("0.014"))


def test_client_calls_are_what_calls_alone_leaves_out() -> None:
    found = effects([call("A", 61), call("B", 61, category="calls-client")])[VOICE_AND_CLIENT]
    assert figures(found.effect) == (1, Fraction(2), Fraction("0.028"))
    assert found.text == "A comparison with calls alone leaves out 1 call, 2 min, 0.028 USD of client calls."


def test_a_call_belongs_to_the_month_in_which_it_starts() -> None:
    log = [
        call("OURS", 120, started_at=at(30, 23, 59)),
        call("THEIRS", 600, started_at=at(31, 23, 55, month=8)),
        call("BEFORE", 600, started_at=at(31, 23, 40, month=8)),
        call("BUSY", 600, started_at=at(31, 23, 55, month=8), status="busy", is_billed=False, cost=None),
        call("INSIDE", 60),
    ]
    effect = effects(log)[BILLING_TIME].effect
    assert figures(effect) == (0, Fraction(2 - 10), Fraction("0.014") * (2 - 10))


def test_a_call_that_ends_at_midnight_sharp_ends_in_the_next_month() -> None:
    assert effects([call("A", 60, started_at=at(30, 23, 59))])[BILLING_TIME].effect.calls == 1
    assert effects([call("A", 59, started_at=at(30, 23, 59))])[BILLING_TIME].effect.calls == 0


def test_the_clock_of_the_log_would_cut_another_month() -> None:
    new_york = -4 * 3600
    log = [
        call("UTC ALONE", 60, started_at=at(1, 3), offset_s=new_york),
        call("CLOCK ALONE", 120, started_at=at(1, 3, month=10), offset_s=new_york),
        call("BOTH", 60, started_at=at(1, 4), offset_s=new_york),
        call("NEITHER", 60, started_at=at(1, 4, month=10), offset_s=new_york),
    ]
    found = effects(log)[ZONE]
    assert figures(found.effect) == (0, Fraction(-1), Fraction("-0.014"))
    assert "The log's clock is UTC-04:00." in found.text
    assert "In the month by UTC alone: 1 call, 1 min, 0.014 USD." in found.text
    assert "In it by the log's clock alone: 1 call, 2 min, 0.028 USD." in found.text


def test_calls_that_are_not_billed_are_counted_by_status() -> None:
    busy = {"status": "busy", "is_billed": False, "cost": None}
    log = [call("A", 60), call("B", 0, **busy), call("C", 30, **busy)]
    log.append(call("D", 0, status="no-answer", is_billed=False, cost=None))
    found = effects(log)[UNBILLED]
    assert figures(found.effect) == (-3, Fraction(-30, 60), Fraction("-0.007"))
    assert found.text == "3 calls of the log not billed: busy 2 (30 s) and no-answer 1."


def test_up_to_the_last_day_means_its_midnight() -> None:
    log = [
        call("MIDNIGHT", 60, started_at=at(30)),
        call("AFTER", 60, started_at=at(30, 0, 0, 1)),
        call("LAST", 60, started_at=at(30, 23, 59, 59)),
        call("DAY BEFORE", 60, started_at=at(29, 23)),
    ]
    assert figures(effects(log)[BOUNDARY].effect) == (2, Fraction(2), Fraction("0.028"))


def test_a_month_without_any_effect_says_so() -> None:
    found = effects([call("A", 60)])
    assert [*found] == [*ACTIONS]
    assert not any(one.effect for one in found.values())
    assert all(one.text.startswith("No effect: ") for one in found.values())
    assert found[BOUNDARY].text == "No effect: 0 calls on 2026-09-30 after 00:00:00 UTC."


def test_currencies_are_told_apart() -> None:
    log = [call("A", 61, category="calls-client"), call("B", 61, category="calls-client", currency="EUR")]
    found = considerations_of(run(log, [usage(1, "1", "0.014")]))
    told = {one.currency: figures(one.effect) for one in found if one.name == VOICE_AND_CLIENT}
    assert told == {code: (1, Fraction(2), Fraction("0.028")) for code in ("USD", "EUR")}


class Independent:
    """The same effects from the files themselves, with arithmetic of its own."""

    def __init__(self, files: dict[str, bytes], month: str, zone: str) -> None:
        self.rows = [*csv.DictReader(io.StringIO(files["calls-script.csv"].decode()))]
        self.rates = [*csv.DictReader(io.StringIO(files["rates.csv"].decode()))]
        self.first = date.fromisoformat(f"{month}-01")
        self.after = (self.first + timedelta(days=32)).replace(day=1)
        self.zone = ZoneInfo(zone)

    def start(self, row: dict[str, str]) -> datetime:
        return datetime.fromisoformat(row["Start Time"])

    def client(self, row: dict[str, str]) -> bool:
        return "client:" in row["From"] + row["To"]

    def rated(self, row: dict[str, str]) -> tuple[int, Decimal]:
        """Billed minutes and cost: every rate of these cards is 60/60, to five places."""
        inbound = row["Direction"] == "inbound"
        number = (row["From"] if inbound else row["To"]).removeprefix("+")
        category = "calls-client" if self.client(row) else "calls"
        fitting = [
            one
            for one in self.rates
            if number.startswith(one["prefix"])
            and one["direction"] in ("", "inbound" if inbound else "outbound")
            and one["category"] in ("", category)
        ]
        rate = max(fitting, key=lambda one: len(one["prefix"]))
        assert (rate["minimum"], rate["increment"], rate["connect_fee"]) == ("60", "60", "0")
        minutes = -(-int(row["Duration"] or 0) // 60)
        return minutes, minutes * Decimal(rate["rate"])

    def billed(self, row: dict[str, str]) -> bool:
        return row["Status"] == "completed"

    def sum(self, rows: Iterable[dict[str, str]], sign: int = 1) -> tuple[int, int, Decimal]:
        rated = [self.rated(row) for row in rows]
        return (
            sign * len(rated),
            sign * sum(minutes for minutes, _ in rated),
            sign * sum((cost for _, cost in rated), Decimal(0)),
        )

    def effects(self) -> dict[str, tuple[int, int, Decimal]]:
        calls = [row for row in self.rows if self.billed(row)]
        inside = [row for row in calls if self.first <= self.start(row).date() < self.after]
        outside = [row for row in calls if row not in inside]
        local = {id(row): self.start(row).astimezone(self.zone).date() for row in calls}
        ours = self.sum(row for row in inside if not self.first <= local[id(row)] < self.after)
        theirs = self.sum((row for row in outside if self.first <= local[id(row)] < self.after), -1)
        last = self.after - timedelta(days=1)
        midnight = datetime(last.year, last.month, last.day, tzinfo=UTC)
        return {
            VOICE_AND_CLIENT: self.sum(row for row in inside if self.client(row)),
            ZONE: tuple(one + other for one, other in zip(ours, theirs, strict=True)),  # type: ignore[dict-item]
            BOUNDARY: self.sum(row for row in inside if self.start(row) > midnight),
        }


@pytest.mark.parametrize(
    ("seed", "name", "zone"),
    [
        (9001, "2026-09", "America/New_York"),
        (9002, "2027-02", "Asia/Kolkata"),
        (9003, "2026-10", "Europe/Berlin"),
        (9004, "2028-12", "Pacific/Auckland"),
    ],
)
def test_generated_months(seed: int, name: str, zone: str, tmp_path: Path) -> None:
    made = month(
        "twilio", seed, {"neighbours": 9}, calls=220, month=name, zone=zone, log_formats=["console", "script"]
    )
    made.write(tmp_path)
    log = read_records([tmp_path / "calls-console.csv"], time_zone=zone)
    bill = read_records([tmp_path / "usage-monthly.csv"])
    result = reconcile(log, bill, Question(Month.parse(name)), read_rate_card(tmp_path / "rates.csv"))
    found = {one.name: figures(one.effect) for one in considerations_of(result)}
    wanted = Independent(made.files, name, zone).effects()
    assert {name: found[name] for name in wanted} == wanted
    assert any(wanted[ZONE])
