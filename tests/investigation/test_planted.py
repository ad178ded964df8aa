"""Months with planted faults are investigated to the planted cause, day, hour and call."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from addin.investigation.walk import DURATION, MISSING, NOTHING, PENDING, RATING, STATUS, Walk
from examples.generate import Month
from examples.generator.providers import PROVIDERS
from tests.investigation.months import generated, walked

CAUSES = {
    "missing-in-bill": MISSING,
    "missing-in-log": MISSING,
    "unreadable": MISSING,
    "status": STATUS,
    "duration": DURATION,
    "rate": RATING,
    "no-rate": RATING,
    "price-pending": PENDING,
}
NEEDS_RATES = {"no-rate"}
NEEDS_LOG_PRICES = {"price-pending"}
"""By a rate card the cost is known, whether the log has its price or not."""
CASES = [
    (provider, fault, rates)
    for provider in ("twilio", "plivo", "connexcs", "generic")
    for fault in CAUSES
    if fault not in PROVIDERS[provider].without
    for rates in (True, False)
    if rates or fault not in NEEDS_RATES
    if not rates or fault not in NEEDS_LOG_PRICES
]


def planted(made: Month) -> dict[str, str]:
    """The fault of each call that has one."""
    return {fault["call_id"]: fault["fault"] for fault in made.planted["planted"]}


def days_of(path: Walk, ids: set[str]) -> set[date]:
    return {pair.day for pair in path.pairs if pair.call.call_id in ids}


@pytest.mark.parametrize("seed", [7101, 7102])
@pytest.mark.parametrize(("provider", "fault", "rates"), CASES)
def test_one_kind_of_fault_is_the_conclusion(
    provider: str, fault: str, rates: bool, seed: int, tmp_path: Path
) -> None:
    made, result, _ = generated(tmp_path, provider, seed, {fault: 2}, rates=rates)
    faults = planted(made)
    (path,) = (one for one in walked(result).walks if one.differs)
    assert path.kind == CAUSES[fault]
    assert path.call is not None
    assert path.call.call.call_id in faults
    assert {pair.call.call_id for pair in path.largest} <= faults.keys()
    assert path.isolated is not None
    assert path.call.day == path.isolated.day
    if path.hour is not None:
        assert path.hour == path.call.started_at.hour


@pytest.mark.parametrize("provider", ["twilio", "plivo", "connexcs", "generic"])
@pytest.mark.parametrize("fault", ["missing-in-bill", "status", "duration", "rate"])
def test_what_a_busy_day_s_threshold_passes_is_found_all_the_same(
    provider: str, fault: str, tmp_path: Path
) -> None:
    """Of more than 100 calls a day, one is within 1 %."""
    made, result, _ = generated(tmp_path, provider, 7203, {fault: 2}, calls=4500)
    (path,) = (one for one in walked(result).walks if one.differs)
    assert path.connected is not None
    assert path.connected.matches
    assert path.sides.ours.calls > 100
    assert path.kind == CAUSES[fault]
    assert path.is_within == (fault != "rate")
    assert path.call is not None
    assert path.call.call.call_id in planted(made)


@pytest.mark.parametrize("seed", range(7300, 7306))
def test_a_missing_call_does_not_hide_a_rating_issue(seed: int, tmp_path: Path) -> None:
    """Many wrong rates, one call missing on the same day: a rating issue, and the call is noted."""
    made, result, _ = generated(tmp_path, "connexcs", seed, {"rate": 400, "missing-in-bill": 12}, calls=5000)
    faults = planted(made)
    (path,) = walked(result).walks
    assert path.isolated is not None
    missing = {pair.call.call_id for pair in path.single}
    assert missing == {
        call_id
        for call_id, fault in faults.items()
        if fault == "missing-in-bill" and _day_of(made, call_id) == path.isolated.day
    }
    if path.connected is not None and path.connected.matches:
        assert path.kind == RATING
        assert not path.is_within
        assert path.call is not None
        assert faults[path.call.call.call_id] == "rate"
    else:
        assert path.kind == MISSING
        assert path.part(RATING)[0] > 0


def _day_of(made: Month, call_id: str) -> date:
    rows = made.files["calls-cdr.csv"].decode().splitlines()
    started = next(row for row in rows if row.startswith(call_id)).split(",")[1]
    return datetime.fromisoformat(started).date()


@pytest.mark.parametrize("provider", ["twilio", "plivo", "connexcs", "generic"])
def test_a_month_that_agrees_ends_at_once(provider: str, tmp_path: Path) -> None:
    _, result, _ = generated(tmp_path, provider, 7400, {})
    found = walked(result)
    assert [path.kind for path in found.walks] == [NOTHING]
    assert not found.differs


@pytest.mark.parametrize("seed", [7501, 7502])
@pytest.mark.parametrize(("fault", "kind"), [("missing-in-bill", MISSING), ("missing-in-log", MISSING)])
def test_daily_usage_leads_to_the_day_and_to_calls_that_fit(
    fault: str, kind: str, seed: int, tmp_path: Path
) -> None:
    made, result, _ = generated(tmp_path, "twilio", seed, {fault: 1}, mode="totals", billed="daily")
    found = walked(result)
    (path,) = found.walks
    assert path.kind == kind
    assert path.call is None
    assert path.hour is None
    (call_id,) = planted(made)
    different = [
        day for day, pair in made.planted["truth"]["days"].items() if pair["billed"] != pair["expected"]
    ]
    assert path.isolated is not None
    assert [str(path.isolated.day)] == different
    if fault == "missing-in-bill":
        (candidates,) = found.candidates["USD"]
        assert call_id in {line.call.call_id for line in candidates.lines}


def test_monthly_usage_is_compared_as_a_whole(tmp_path: Path) -> None:
    _, result, _ = generated(
        tmp_path, "twilio", 7601, {"missing-in-bill": 9}, mode="totals", billed="monthly"
    )
    (path,) = walked(result).walks
    assert path.kind == MISSING
    assert path.days == {}
    assert path.isolated is None
