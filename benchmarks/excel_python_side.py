"""What a formula costs on the Python side of Excel: `python benchmarks/excel_python_side.py`.

A full column with what xlwings really hands over (a tuple of rows), through our UDF module, against the
calculation alone and against xlwings' default converters in the same run: medians of 5. Then 40,000
filled-down single formulas through xlwings' own `CallUDF`, with and without the memory of results; and over
timestamps that all differ, each asked and in blocks of rows, as the add-in reads them ahead. What COM and
Excel add on Windows is not in these figures (docs/windows-chain.md).
"""

from __future__ import annotations

import gc
import random
import statistics
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from tests.hosts.windows_side import server

XLPYTHON = server()  # before the UDF module: it marks the functions

from addin.hosts.excel import udfs  # noqa: E402
from udfs import BILLED_MINUTES, CALL_COST  # noqa: E402

ROWS = 1_048_576
CALLS = 40_000
BLOCK = 1024
REPEATS = 5
AIM_S = 0.2


def median_s(run: Callable[[], object]) -> float:
    """The median of some rounds, what each gave thrown away outside the clock."""
    taken = []
    for _ in range(REPEATS):
        gc.collect()
        start = perf_counter()
        kept = run()
        taken.append(perf_counter() - start)
        del kept
    return statistics.median(taken)


def with_default_converters(call: Callable[..., Any], *columns: Any) -> object:
    """As xlwings does where nobody asks for raw values."""
    from xlwings import conversion

    return conversion.write(
        call(*(conversion.read(None, column, {"ndim": 1}) for column in columns)), None, {}
    )


def full_columns() -> None:
    """The table of full columns."""
    chance = random.Random(20260901)
    durations = tuple((float(chance.randrange(3600)),) for _ in range(ROWS))
    rates = tuple((chance.choice([0.0085, 0.014, 0.0022, 0.0305]),) for _ in range(ROWS))
    month = durations[:CALLS] + tuple((None,) for _ in range(ROWS - CALLS))
    mixed = tuple((None,) if place % 10 == 0 else row for place, row in enumerate(durations))
    duration_array, rate_array = (
        np.fromiter((cell for (cell,) in rows), float) for rows in (durations, rates)
    )

    def minutes(cells: Any) -> Any:
        return [[value] for value in BILLED_MINUTES(np.array(cells, float)).tolist()]

    def cost(cells: Any, others: Any) -> Any:
        return [[value] for value in CALL_COST(np.array(cells, float), np.array(others, float)).tolist()]

    print(f"{ROWS:,} rows, medians of {REPEATS}, in ms (aim: the Python side within {1000 * AIM_S:.0f})")
    print(f"{'':44}{'calculation':>12}{'Python side':>12}{'default':>10}")
    for name, alone, ours, default in (
        (
            "BILLED_MINUTES(A:A)",
            lambda: BILLED_MINUTES(duration_array),
            lambda: udfs.BILLED_MINUTES(durations),  # type: ignore[attr-defined]
            lambda: with_default_converters(minutes, durations),
        ),
        (
            "CALL_COST(A:A, B:B)",
            lambda: CALL_COST(duration_array, rate_array),
            lambda: udfs.CALL_COST(durations, rates),  # type: ignore[attr-defined]
            lambda: with_default_converters(cost, durations, rates),
        ),
        (
            f"BILLED_MINUTES(A:A), {CALLS:,} calls, then blanks",
            lambda: BILLED_MINUTES(duration_array[:CALLS]),
            lambda: udfs.BILLED_MINUTES(month),  # type: ignore[attr-defined]
            None,
        ),
        (
            "BILLED_MINUTES(A:A), every tenth a blank",
            lambda: BILLED_MINUTES(duration_array),
            lambda: udfs.BILLED_MINUTES(mixed),  # type: ignore[attr-defined]
            None,
        ),
    ):
        beside = f"{1000 * median_s(default):10.0f}" if default is not None else f"{'-':>10}"
        print(f"{name:44}{1000 * median_s(alone):12.1f}{1000 * median_s(ours):12.0f}{beside}")


def single_cells() -> None:
    """The table of filled-down formulas."""
    chance = random.Random(1)
    durations = [float(chance.randrange(3600)) for _ in range(CALLS)]
    card = (("prefix", "rate"), *((str(4400 + row), 0.01) for row in range(200)))
    missing = -2147352572

    def fill_down(name: str, *others: Any, forget: bool = False) -> float:
        udfs._of_single_cells.cache_clear()
        start = perf_counter()
        for duration in durations:
            if forget:
                udfs._of_single_cells.cache_clear()
            XLPYTHON.CallUDF(udfs.__name__, name, (duration, *others))
        return perf_counter() - start

    print(f"{CALLS:,} single formulas through xlwings' CallUDF, in s")
    for name, others in (
        ("BILLED_MINUTES", (60.0, missing)),
        ("CALL_COST", (0.0085, *[missing] * 5)),
    ):
        remembered, forgotten = fill_down(name, *others), fill_down(name, *others, forget=True)
        print(f"{name:44}{remembered:12.2f} with the memory{forgotten:8.2f} without")
    with_card = fill_down("CARD_COST", "440012", card, missing, missing)
    print(f"{'CARD_COST, a card of 200 rows':44}{with_card:12.2f}")


def rows_ahead() -> None:
    """The table of filled-down formulas whose cells all differ."""
    chance = random.Random(2)
    texts = [
        f"2026-09-{place % 30 + 1:02} {chance.randrange(24):02}:00:{chance.randrange(60):02}.{place:05}"
        for place in range(CALLS)
    ]
    missing = [-2147352572] * 4
    print(f"{CALLS:,} formulas MONTH_ATTRIBUTE over texts that all differ, in s")
    for rows in (1, BLOCK):
        udfs._of_single_cells.cache_clear()
        start = perf_counter()
        for place in range(0, CALLS, rows):
            block = texts[place] if rows == 1 else tuple((text,) for text in texts[place : place + rows])
            XLPYTHON.CallUDF(udfs.__name__, "MONTH_ATTRIBUTE", (block, *missing))
        print(f"{f'{rows:,} in a call':44}{perf_counter() - start:12.2f}")


if __name__ == "__main__":
    full_columns()
    single_cells()
    rows_ahead()
