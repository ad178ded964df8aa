"""Credits in an investigation: money of their day, no connected call, and never the end of a path."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

from addin.investigation.walk import CREDITS, DURATION, MISSING, NOTHING, RATING, Walk
from addin.reconcile.measure import Measure
from addin.reconcile.reconciliation import Reconciliation
from addin.reports.investigation.sentences import headline, notes, to_ask
from tests.investigation.months import reported, walked
from tests.reconcile.make import bill, call, run


def at(day: int, minute: int = 0) -> datetime:
    return datetime(2026, 9, day, 12, minute, tzinfo=UTC)


def month(*more: str) -> Reconciliation:
    """On the 5th one call of ten is billed for ten minutes more; on the 7th 0.50 is credited."""
    log = [call(f"B{n}", 60, started_at=at(5, n), cost=Decimal("0.01")) for n in range(10)]
    billed = [bill(f"B{n}", 60, started_at=at(5, n), cost=Decimal("0.01")) for n in range(10)]
    if "long" in more:
        billed[3] = bill("B3", 660, started_at=at(5, 3), cost=Decimal("0.11"))
    day = 5 if "same day" in more else 7
    billed.append(bill("CR", 0, started_at=at(day, 30), cost=Decimal("-0.50")))
    return run(log, billed)


def only(result: Reconciliation) -> Walk:
    (path,) = walked(result, Fraction("0.01")).walks
    return path


def test_the_real_issue_is_found_beside_a_larger_credit() -> None:
    result = month("long")
    path = only(result)
    assert path.isolated is not None
    assert (path.isolated.day, path.kind) == (at(5).date(), DURATION)
    assert path.call is not None
    assert path.call.call.call_id == "B3"
    assert path.days[at(7).date()].theirs.cost == Fraction("-0.50"), "the day's cost holds the credit"
    assert path.days[at(7).date()].theirs.calls == 0
    said = notes(path, result)
    assert any("A credit of 2026-09-07, -0.5 USD" in one and "(CR)" in one for one in said)
    assert "No other day of the period differs." in said
    assert "evidence" not in to_ask(path, result.question.month, result)


def test_the_parts_of_the_day_add_up_with_its_credit() -> None:
    path = only(month("long", "same day"))
    assert path.kind == DURATION
    parts = {kind: path.part(kind) for kind in (MISSING, DURATION, RATING, CREDITS)}
    assert parts[CREDITS] == (1, Measure(0, 0, Fraction("-0.50")))
    assert parts[DURATION] == (1, Measure(0, 600_000, Fraction("0.10")))
    assert parts[MISSING][0] == parts[RATING][0] == 0
    assert sum((part for _, part in parts.values()), Measure()) == path.sides.variance(with_cost=True)
    assert [row.kind for row in reported(month("long", "same day")).paths[0].parts][-1] == CREDITS


def test_a_credit_alone_is_said_and_no_missing_call() -> None:
    result = month()
    path = only(result)
    assert path.kind == NOTHING
    assert "but for credits" in headline(path, result.question.month)
    text = "\n".join(reported(result).text)
    assert "A credit of 2026-09-07, -0.5 USD" in text
    assert "evidence" not in text
