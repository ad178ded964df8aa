"""How fast and how exact the columns are: `python benchmarks/columns.py`.

Prints nanoseconds a row for `columns.call_cost`, for `np.copyto` of the same columns (durations and rates in,
costs out) and for `Decimal` row by row, as medians; then how many costs of a million `np.round` gets wrong.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from fractions import Fraction
from time import perf_counter

import numpy as np

from udfs import CALL_COST
from udfs.rating.columns import call_cost
from udfs.rating.cost import Terms

ROWS = 1_000_000
REPEATS = 15
DECIMAL_REPEATS = 5
TERMS = Terms(Fraction(0))


def ns_a_row(*runs: Callable[[], object], repeats: int = REPEATS) -> list[float]:
    """The median of each over some rounds, taken in turn, after one round that is not counted."""
    times: list[list[float]] = [[] for _ in runs]
    for _ in range(repeats + 1):
        for run, taken in zip(runs, times, strict=True):
            start = perf_counter()
            run()
            taken.append(perf_counter() - start)
    return [statistics.median(taken[1:]) * 1e9 / ROWS for taken in times]


def with_decimal(durations: list[float], rates: list[float], places: str) -> list[Decimal]:
    """60/60 in Decimal, row by row, as one would write it."""
    sixty, step = Decimal(60), Decimal(places)
    return [
        ((Decimal(repr(duration)) / sixty).to_integral_value(ROUND_CEILING) * Decimal(repr(rate))).quantize(
            step, ROUND_HALF_UP
        )
        for duration, rate in zip(durations, rates, strict=True)
    ]


def main() -> None:
    random = np.random.default_rng(20260901)
    durations = random.integers(0, 3600, ROWS).astype(np.float64)
    rates = random.choice([0.0085, 0.014, 0.0022, 0.03515, 0.0305, 0.00405], ROWS)
    one_rate = Fraction("0.0085")
    duration_copy, rate_copy, cost_copy = (np.empty(ROWS) for _ in range(3))

    def copy_two() -> None:
        np.copyto(duration_copy, durations)
        np.copyto(cost_copy, durations)

    def copy_three() -> None:
        np.copyto(duration_copy, durations)
        np.copyto(rate_copy, rates)
        np.copyto(cost_copy, durations)

    duration_list, rate_list = durations.tolist(), rates.tolist()
    (decimal,) = ns_a_row(lambda: with_decimal(duration_list, rate_list, "0.0001"), repeats=DECIMAL_REPEATS)
    print(f"{ROWS:,} rows, 60/60, 4 places, medians")
    print(f"{'':34}{'ns/row':>8}{'x copy':>8}{'Decimal x':>11}")
    print(f"{'Decimal row by row':34}{decimal:8.1f}")
    for name, run, copy in (
        ("columns.call_cost, one rate", lambda: call_cost(durations, one_rate, TERMS), copy_two),
        ("columns.call_cost, a rate a row", lambda: call_cost(durations, rates, TERMS), copy_three),
        ("CALL_COST of arrays", lambda: CALL_COST(durations, rates), copy_three),
    ):
        copied, took = ns_a_row(copy, run)
        print(f"{'np.copyto of the same columns':34}{copied:8.2f}")
        print(f"{name:34}{took:8.2f}{took / copied:8.1f}{decimal / took:11.0f}")

    exact = with_decimal(duration_list, rate_list, "0.001")
    ours = call_cost(durations, rates, Terms(Fraction(0), places=3))
    rounded = np.round(np.ceil(durations / 60) * rates, 3)
    truth = np.array([float(cost) for cost in exact])
    print(f"wrong costs at 3 places: np.round {np.count_nonzero(rounded != truth):,},", end=" ")
    print(f"columns.call_cost {np.count_nonzero(ours != truth):,}")


if __name__ == "__main__":
    main()
