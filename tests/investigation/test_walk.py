"""The walk on months made up call by call: thresholds, ties, what cancels, what a side does not say."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.investigation.day import AMOUNT, CALLS, MINUTES, SINGLE
from addin.investigation.pairs import pairs_of
from addin.investigation.sums import Sums
from addin.investigation.walk import DURATION, MISSING, NOTHING, RATING, STATUS, Walk
from addin.reconcile.lines import BILLED, EXPECTED, UNRATED
from addin.reconcile.measure import Measure, Tolerance
from addin.reconcile.period import Days
from addin.reconcile.reconciliation import Question, Reconciliation, reconcile
from addin.records.call import Call, Records
from tests.investigation.months import walked
from tests.reconcile.make import bill, call, card, run, source, usage


def at(day: int, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(2026, 9, day, hour, minute, tzinfo=UTC)


def only(result: Reconciliation, threshold: str = "0.01") -> Walk:
    (path,) = walked(result, Fraction(threshold)).walks
    return path


def many(count: int, day: int = 10, seconds: float = 61) -> tuple[list[Call], list[Call]]:
    """So many calls on a day that both sides have."""
    starts = [at(day) + timedelta(minutes=2 * number) for number in range(count)]
    log = [call(f"M{n}", seconds, started_at=start) for n, start in enumerate(starts)]
    return log, [bill(f"M{n}", seconds, started_at=start) for n, start in enumerate(starts)]


def test_one_missing_call_within_the_threshold_does_not_hide_wrong_rates() -> None:
    log, billed = many(99)
    billed = [bill(f"M{n}", 61, cost=Decimal("0.03")) for n in range(99)]
    path = only(run([*log, call("GONE", 600)], billed))
    assert path.connected is not None
    assert (path.connected.ours, path.connected.theirs, path.connected.matches) == (100, 99, True)
    assert path.kind == RATING
    assert not path.is_within
    assert path.part(MISSING) == (1, Measure(-1, -600_000, Fraction("-0.14")))
    assert path.part(RATING) == (99, Measure(0, 0, 99 * Fraction("0.002")))
    assert [pair.call.call_id for pair in path.single] == ["GONE"]


def test_two_missing_calls_of_a_hundred_are_too_many() -> None:
    log, billed = many(100)
    path = only(run(log, billed[:-2]))
    assert (path.kind, path.is_within, path.hour) == (MISSING, False, 15)
    assert only(run(log, billed[:-2]), "0.02").is_within


@pytest.mark.parametrize(("threshold", "kind"), [("0", MISSING), ("0.0099", MISSING), ("0.01", RATING)])
def test_the_threshold_is_inclusive(threshold: str, kind: str) -> None:
    log, billed = many(100)
    billed[0] = bill("M0", 61, started_at=billed[0].started_at, cost=Decimal("9"))
    assert only(run(log, billed[:-1]), threshold).kind == kind


def test_the_same_talked_time_billed_in_other_steps_is_a_duration_issue() -> None:
    log, billed = many(20)
    billed = [bill(f"M{n}", 61, billed_ms=66_000, cost=Decimal("0.0154")) for n in range(20)]
    path = only(run(log, billed, card()))
    assert path.kind == DURATION
    talked, paid = path.durations
    assert (talked.difference, paid.difference) == (0, Fraction(20 * -54_000, 60_000))


def test_another_time_talked_that_is_billed_alike_is_no_duration_issue() -> None:
    """The bill says 30 s more of each call, billed by the full minute all the same; one rate is wrong."""
    log, billed = many(20)
    billed = [bill(f"M{n}", 61 + 30, billed_ms=120_000, cost=Decimal("0.028")) for n in range(20)]
    billed[4] = bill("M4", 91, billed_ms=120_000, cost=Decimal("0.03"))
    path = only(run(log, billed, card()))
    assert (path.durations[0].matches, path.durations[0].is_harmless) == (False, True)
    assert path.kind == RATING


def test_the_largest_part_of_the_issue_is_the_call_not_the_largest_call() -> None:
    """A wrong rate of 0.5 stands behind a longer duration of 0.7: with 100 others it is no duration issue."""
    log, billed = many(300)
    billed[0] = bill("M0", 61 + 60, started_at=billed[0].started_at, cost=Decimal("0.042"))
    billed[1] = bill("M1", 61, started_at=billed[1].started_at, cost=Decimal("0.528"))
    path = only(run(log, billed, card()))
    assert path.kind == RATING
    assert path.call is not None
    assert path.call.call.call_id == "M1"


def test_of_days_that_differ_equally_the_earliest_is_taken() -> None:
    log = [call("A", started_at=at(20)), call("B", started_at=at(7)), call("C", started_at=at(9))]
    billed = [bill(c.call_id, started_at=c.started_at, cost=Decimal("0.05")) for c in log[:2]]
    billed.append(bill("C", started_at=at(9)))
    path = only(run(log, billed))
    assert path.isolated is not None
    assert (path.isolated.day, path.isolated.measure) == (date(2026, 9, 7), AMOUNT)


def test_of_hours_the_one_with_the_largest_difference_is_taken() -> None:
    log = [call(f"A{n}", started_at=at(10, 8, n)) for n in range(3)]
    log += [call(f"B{n}", started_at=at(10, 17, n)) for n in range(4)]
    billed = [bill(c.call_id, started_at=c.started_at) for c in (log[0], log[3])]
    path = only(run(log, billed))
    assert path.hour == 17
    assert [pair.call.call_id for pair in path.of_hour] == ["B1", "B2", "B3"]
    assert len(path.single) == 5
    assert path.call is not None
    assert path.call.started_at.hour == 17


def test_differences_that_cancel_in_the_daily_totals_are_found() -> None:
    """One call too dear, one too cheap by as much: every total agrees."""
    log, billed = many(10)
    billed[2] = bill("M2", 61, started_at=billed[2].started_at, cost=Decimal("0.03"))
    billed[3] = bill("M3", 61, started_at=billed[3].started_at, cost=Decimal("0.026"))
    path = only(run(log, billed))
    assert path.isolated is not None
    assert path.isolated.measure == SINGLE
    assert path.kind == RATING


def test_a_missing_call_that_another_makes_up_for_is_found() -> None:
    log, billed = many(10)
    extra = bill("EXTRA", 61, started_at=at(10, 20), to_number="+447700900999")
    path = only(run(log, [*billed[1:], extra]))
    assert path.isolated is not None
    assert path.isolated.measure == SINGLE
    assert (path.kind, path.is_within) == (MISSING, True)
    assert [pair.call.call_id for pair in path.single] == ["M0", "EXTRA"]


def test_minutes_decide_where_a_side_has_no_prices() -> None:
    log = [call(f"C{n}", 61, cost=None, currency="") for n in range(5)]
    billed = [bill(f"C{n}", 61 if n else 300, cost=None, currency="") for n in range(5)]
    path = only(run(log, billed))
    assert path.isolated is not None
    assert (path.isolated.measure, path.kind, path.costs) == (MINUTES, DURATION, None)


def test_calls_decide_where_neither_amount_nor_minutes_differ() -> None:
    free = {"cost": Decimal(0), "duration_ms": 0, "billed_ms": 0}
    log = [call("A"), call("FREE", to_number="+15005550001", **free)]
    path = only(run(log, [bill("A")]))
    assert path.isolated is not None
    assert (path.isolated.measure, path.kind) == (CALLS, MISSING)


def test_a_status_that_differs_is_no_missing_call() -> None:
    log = [call("A"), call("B")]
    billed = [bill("A"), bill("B", 0, status="busy", is_billed=False, cost=None)]
    path = only(run(log, billed))
    assert path.kind == STATUS
    (pair,) = path.single
    assert pair.other is not None
    assert "busy" in pair.why


def test_currencies_are_walked_apart() -> None:
    log = [call("U"), call("E", currency="EUR"), call("X", currency="EUR")]
    billed = [
        bill("U", cost=Decimal("0.05")),
        bill("E", currency="EUR"),
        bill("X", currency="USD"),
    ]
    found = {path.currency: path for path in walked(run(log, billed)).walks}
    assert {name: path.kind for name, path in found.items()} == {"USD": MISSING, "EUR": MISSING}
    assert [pair.call.call_id for pair in found["EUR"].single] == ["X"]
    assert "another currency" in found["EUR"].single[0].why


def test_a_price_without_a_currency_is_compared_with_none() -> None:
    """Two currencies are known, so that a price without one may be in either."""
    log = [call("A"), call("B", currency="EUR"), call("C", 0, currency="", cost=None)]
    billed = [bill("A"), bill("B", currency="EUR"), bill("C", 61, currency="", cost=Decimal("0.05"))]
    result = run(log, billed)
    found = {path.currency: path for path in walked(result).walks}
    assert found[""].differs
    assert found[""].call is not None
    assert found[""].call.call.call_id == "C"
    for currency, path in found.items():
        assert (
            sum(sides.theirs.calls for sides in path.days.values()) == result.bridges[currency][BILLED].calls
        )
        assert (
            sum(sides.ours.calls for sides in path.days.values()) == result.bridges[currency][EXPECTED].calls
        )


def test_a_tolerance_lets_small_differences_pass() -> None:
    log, billed = many(3)
    billed[0] = bill("M0", 61, started_at=billed[0].started_at, cost=Decimal("0.029"))
    assert only(run(log, billed, tolerance=Tolerance(Fraction(0), Fraction("0.001")))).kind == NOTHING
    assert only(run(log, billed, tolerance=Tolerance(Fraction(0), Fraction("0.0009")))).kind == RATING


def test_days_within_the_tolerance_may_be_beyond_it_together() -> None:
    log = [call(f"D{day}", started_at=at(day)) for day in (3, 4, 5)]
    billed = [bill(f"D{day}", started_at=at(day), cost=Decimal("0.029")) for day in (3, 4, 5)]
    result = run(log, billed, tolerance=Tolerance(Fraction(0), Fraction("0.002")))
    path = only(result)
    assert result.verdict == "out of balance"
    assert path.isolated is not None
    assert (path.isolated.day, path.isolated.is_small) == (date(2026, 9, 3), True)
    assert path.differs


def test_a_bill_without_prices_of_calls_that_no_rate_covers() -> None:
    rates = card({"prefix": "49", "rate": "0.014", "currency": "USD"})
    path = only(run([call("A", cost=None)], [bill("A", 90, cost=None)], rates))
    assert (path.kind, path.is_within, path.costs) == (RATING, False, None)
    assert path.call is not None


def test_calls_that_our_rates_do_not_cover_are_connected_all_the_same() -> None:
    rates = card({"prefix": "44", "rate": "0.014", "currency": "USD"})
    log, billed = many(5)
    log.append(call("SAT", 61, to_number="+8816990000"))
    billed.append(bill("SAT", 61, to_number="+8816990000", cost=Decimal("1.7")))
    path = only(run(log, billed, rates))
    assert path.connected is not None
    assert (path.connected.ours, path.connected.theirs) == (6, 6)
    assert path.kind == RATING
    assert path.call is not None
    assert path.call.call.call_id == "SAT"


def test_other_days_than_a_month_are_half_open_too() -> None:
    log = [call(f"D{day}", started_at=at(day)) for day in (1, 9, 10, 11, 12)]
    billed = [bill(f"D{day}", started_at=at(day), cost=Decimal("0.05")) for day in (1, 9, 10, 11, 12)]
    period = Days(date(2026, 9, 9), date(2026, 9, 11))
    records = [Records(calls=tuple(side), sources=(source("x"),)) for side in (log, billed)]
    path = only(reconcile(*records, Question(period)))
    assert [*path.days] == period.days()
    assert sum(sides.ours.calls for sides in path.days.values()) == 3


def test_usage_that_agrees_in_calls_and_minutes_is_a_rating_issue() -> None:
    first = {"start_on": date(2026, 9, 10), "end_on": date(2026, 9, 10)}
    path = only(run([call("A", 61)], [usage(1, "2", "0.03", **first)]))
    assert (path.kind, path.call) == (RATING, None)


def test_usage_with_other_minutes_is_a_duration_issue() -> None:
    first = {"start_on": date(2026, 9, 10), "end_on": date(2026, 9, 10)}
    path = only(run([call("A", 61)], [usage(1, "3", "0.042", **first)]))
    assert path.kind == DURATION


seconds = st.integers(0, 400)


@st.composite
def both_sides(draw: st.DrawFn) -> tuple[list[Call], list[Call]]:
    """Calls of which either side may lack some, or says something else."""
    log, billed = [], []
    for number in range(draw(st.integers(1, 25))):
        start = at(draw(st.integers(1, 4)), draw(st.integers(0, 23)), number)
        lasted = draw(seconds)
        kind = draw(st.sampled_from(["same", "same", "ours", "theirs", "time", "rate", "status"]))
        if kind != "theirs":
            log.append(call(f"C{number}", lasted, started_at=start))
        changes = {
            "time": {"seconds": draw(seconds)},
            "rate": {"cost": Decimal(draw(st.integers(0, 99))) / 100},
        }
        if kind == "status":
            changes["status"] = {"status": "busy", "is_billed": False, "cost": None, "seconds": 0}
        if kind != "ours":
            billed.append(
                bill(f"C{number}", **{"seconds": lasted, "started_at": start, **changes.get(kind, {})})
            )
    return log or [call("L")], billed or [bill("L2")]


@settings(max_examples=60, deadline=None)
@given(both_sides())
def test_days_and_parts_add_up_to_the_reconciliation(sides: tuple[list[Call], list[Call]]) -> None:
    """By independent sums over the reconciliation's own lines: nothing is lost between days, hours, parts."""
    result = run(*sides)
    (path,) = walked(result).walks
    ours, theirs = Sums(), Sums()
    for day in path.days.values():
        ours.plus(day.ours)
        theirs.plus(day.theirs)
    expected, billed = result.bridges["USD"][EXPECTED], result.bridges["USD"][BILLED]
    assert (ours.calls, ours.billed_ms, ours.cost) == (expected.calls, expected.ms, expected.cost)
    assert (theirs.calls, theirs.billed_ms, theirs.cost) == (billed.calls, billed.ms, billed.cost)
    if path.differs:
        parts = sum((path.part(kind)[1] for kind in (MISSING, DURATION, RATING)), Measure())
        assert parts == path.sides.variance(result.costs_compared)
        hours = Sums()
        for hour in path.hours.values():
            hours.plus(hour.theirs)
        assert hours == path.sides.theirs
        assert path.call is not None
    else:
        assert result.verdict == "balanced"


def test_each_call_stands_in_one_pair() -> None:
    log = [call("A"), call("N", to_number="+8816990000"), call("B", 0, status="busy", is_billed=False)]
    billed = [bill("A"), bill("N", to_number="+8816990000"), bill("B"), bill("X", to_number="+449999")]
    result = run(log, billed, card({"prefix": "44", "rate": "0.014", "currency": "USD"}))
    pairs = pairs_of(result)
    assert [pair.call.call_id for pair in pairs] == ["A", "N", "B", "X"]
    assert sum(line.step in (EXPECTED, UNRATED) for line in result.log) == 2
