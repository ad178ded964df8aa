"""CALL_COST and BILLED_MINUTES over a million calls: `python benchmarks/columns.py`.

Against `Decimal` row by row and `np.round`, and against `np.copyto` of the same columns (durations and rates
in, costs out). Every cost is held against `Decimal`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from benchmarks.frame.document import Section, main
from benchmarks.frame.rows import OURS, Figure, Row, floor, ours, peer
from benchmarks.frame.timing import in_turn, peak_mb

CALLS = 1_000_000
SIZE = f"{CALLS:,} calls"
COPY = "`np.copyto` of the columns"
DECIMAL = "`Decimal` row by row"
ROUND = "`np.round`"
OFTEN = {OURS: 15, COPY: 15, ROUND: 15}
"""Short ones are run more than once in each round."""


def calls() -> tuple[Any, Any]:
    """Durations in seconds and rates a minute."""
    import numpy as np

    random = np.random.default_rng(20260901)
    durations = random.integers(0, 3600, CALLS).astype(np.float64)
    return durations, random.choice([0.0085, 0.014, 0.0022, 0.03515, 0.0305, 0.00405], CALLS)


def with_decimal(durations: list[float], rates: list[float], places: int = 4) -> list[Any]:
    """60/60 in Decimal, row by row, as one would write it."""
    from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

    sixty, step = Decimal(60), Decimal(1).scaleb(-places)
    return [
        ((Decimal(repr(duration)) / sixty).to_integral_value(ROUND_CEILING) * Decimal(repr(rate))).quantize(
            step, ROUND_HALF_UP
        )
        for duration, rate in zip(durations, rates, strict=True)
    ]


def with_round(durations: Any, rates: Any, places: int = 4) -> Any:
    """60/60 in floats, as one would write it with numpy."""
    import numpy as np

    return np.round(np.ceil(durations / 60) * rates, places)


def wrong(costs: Any, exact: list[Any]) -> int:
    """How many costs are not the exact ones."""
    import numpy as np

    return int(np.count_nonzero(costs != np.array([float(cost) for cost in exact])))


def copies(*columns: Any) -> Any:
    """A run that copies columns into others that are there already, once more than given: the result, too."""
    import numpy as np

    pairs = [(np.empty_like(column), column) for column in (*columns, columns[0])]

    def copy() -> None:
        for target, source in pairs:
            np.copyto(target, source)

    return copy


def alone(way: str) -> float:
    """Peak memory of one way in a process of its own, the columns included."""
    return peak_mb("from benchmarks import columns", "durations, rates = columns.calls()", way)


def costs_of_a_rate_a_row(places: int = 4) -> Mapping[str, Figure]:
    """CALL_COST with a column of rates."""
    from udfs import CALL_COST

    durations, rates = calls()
    duration_list, rate_list = durations.tolist(), rates.tolist()
    taken = in_turn(
        {
            OURS: lambda: CALL_COST(durations, rates, 60, 60, 0, places),
            COPY: copies(durations, rates),
            ROUND: lambda: with_round(durations, rates, places),
            DECIMAL: lambda: with_decimal(duration_list, rate_list, places),
        },
        repeats=OFTEN,
    )
    exact = with_decimal(duration_list, rate_list, places)
    ours_alone = alone("from udfs import CALL_COST; CALL_COST(durations, rates)")
    decimal_alone = alone("columns.with_decimal(durations.tolist(), rates.tolist())")
    return {
        OURS: Figure(taken[OURS], ours_alone, wrong(CALL_COST(durations, rates, 60, 60, 0, places), exact)),
        DECIMAL: Figure(taken[DECIMAL], decimal_alone, 0),
        ROUND: Figure(taken[ROUND], None, wrong(with_round(durations, rates, places), exact)),
        COPY: Figure(taken[COPY]),
    }


def costs_at_one_rate() -> Mapping[str, Figure]:
    """CALL_COST with the same rate for all."""
    from udfs import CALL_COST

    durations, _ = calls()
    rate = 0.0085
    duration_list, rate_list = durations.tolist(), [rate] * CALLS
    taken = in_turn(
        {
            OURS: lambda: CALL_COST(durations, rate),
            COPY: copies(durations),
            DECIMAL: lambda: with_decimal(duration_list, rate_list),
        },
        repeats=OFTEN,
    )
    found = wrong(CALL_COST(durations, rate), with_decimal(duration_list, rate_list))
    return {
        OURS: Figure(taken[OURS], None, found),
        DECIMAL: Figure(taken[DECIMAL], None, 0),
        COPY: Figure(taken[COPY]),
    }


def rule_alone() -> Mapping[str, Figure]:
    """The rule over columns, without what makes a cell function of it."""
    from fractions import Fraction

    from udfs.rating.columns import call_cost
    from udfs.rating.cost import Terms

    durations, rates = calls()
    terms = Terms(Fraction(0))
    runs = {OURS: lambda: call_cost(durations, rates, terms), COPY: copies(durations, rates)}
    taken = in_turn(runs, rounds=15)
    found = wrong(call_cost(durations, rates, terms), with_decimal(durations.tolist(), rates.tolist()))
    return {OURS: Figure(taken[OURS], None, found), COPY: Figure(taken[COPY])}


SECTION = Section(
    title="Costs of a million calls",
    note="60/60: whole minutes at a rate a minute, rounded half up, once for each call. What is exact is "
    "said by `Decimal`; `np.round` is the quick way that gets cents wrong.",
    libraries=("numpy",),
    rows=(
        Row(
            "`CALL_COST` of durations and rates, 4 places",
            SIZE,
            (ours(none_wrong=True), peer(DECIMAL, 100), peer(ROUND), floor(COPY, 5)),
            costs_of_a_rate_a_row,
        ),
        Row(
            "`CALL_COST` of durations and rates, 3 places",
            SIZE,
            (ours(none_wrong=True), peer(DECIMAL, 100), peer(ROUND), floor(COPY, 5)),
            lambda: costs_of_a_rate_a_row(3),
        ),
        Row(
            "`CALL_COST` of durations at one rate",
            SIZE,
            (ours(none_wrong=True), peer(DECIMAL, 100), floor(COPY, 5)),
            costs_at_one_rate,
        ),
        Row(
            "`columns.call_cost`, the rule behind it",
            SIZE,
            (ours(none_wrong=True), floor(COPY, 5)),
            rule_alone,
        ),
    ),
)

if __name__ == "__main__":
    main(SECTION)
