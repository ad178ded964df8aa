"""What a person waits for on the Python and DLL side, as lines of text: formulas, a full column."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from variants import Server

from addin.ribbon.excel_addin import UDF_MODULE

SINGLE_FORMULAS = 40_000
FULL_COLUMN = 1_048_576
SECONDS_ALLOWED = 5.0
ROWS_AHEAD = (16, 64, 256, 1024)
"""As the add-in's VBA reads on, the last over and over."""


def speed(server: Server) -> list[str]:
    """Every measurement."""
    return [*single_formulas(server), *different_formulas(server), full_column(server)]


def single_formulas(server: Server) -> list[str]:
    """A month filled down: one call each, and with a memory in the calling wrapper."""
    calls = _month()
    server.call("CallUDF", UDF_MODULE, "CALL_COST", calls[0])
    took = _timed(lambda: [server.call("CallUDF", UDF_MODULE, "CALL_COST", call) for call in calls])
    nothing = _timed(lambda: [server.call("Len", "abc") for _ in range(2000)]) / 2000
    with_memory, different = _timed(lambda: _asked_once(server, calls)), len(set(calls))
    return [
        f"{SINGLE_FORMULAS:,} formulas CALL_COST: {took:.1f} s, {took / len(calls) * 1000:.2f} ms each, "
        f"of that {nothing * 1000:.2f} ms for a call that does nothing",
        f"the same where the caller remembers results ({different:,} different calls): {with_memory:.1f} s "
        f"(aim: under {SECONDS_ALLOWED:g} s)",
    ]


def filled_down_again_and_again(server: Server, rounds: int) -> str:
    """For the benchmarks: the seconds of every round as JSON, both ways in turn, the first round among them.

    Each asked is measured on a tenth of the formulas: all of them take a minute.
    """
    calls = _month()

    def ask(call: tuple[float, float]) -> Any:
        return server.call("CallUDF", UDF_MODULE, "CALL_COST", call)

    taken: dict[str, list[float]] = {"remembered": [], "tenth": []}
    for _ in range(rounds):
        taken["remembered"].append(_timed(lambda: _asked_once(server, calls)))
        taken["tenth"].append(_timed(lambda: [*map(ask, calls[: len(calls) // 10])]))
    return json.dumps(taken)


def _month() -> list[tuple[float, float]]:
    """Durations and rates of a month of calls."""
    months = random.Random(3)
    return [
        (float(min(int(months.expovariate(1 / 180)), 3600)), months.choice((0.0085, 0.0099, 0.014, 0.0235)))
        for _ in range(SINGLE_FORMULAS)
    ]


def _asked_once(server: Server, calls: Sequence[tuple[float, float]]) -> int:
    """Every call answered, as the add-in does, which remembers what it has asked; how many it had to ask."""
    known: dict[tuple[float, float], Any] = {}
    for call in calls:
        if call not in known:
            known[call] = server.call("CallUDF", UDF_MODULE, "CALL_COST", call)
    return len(known)


def different_formulas(server: Server) -> Iterator[str]:
    """Filled down over cells that all differ: the rows ahead asked together, and one call each."""
    chance = random.Random(4)
    starts = [46266.0 + chance.randrange(30 * 86_400_000) / 86_400_000 for _ in range(SINGLE_FORMULAS)]
    texts = [
        f"2026-09-{chance.randint(1, 30):02} {chance.randrange(24):02}:30:{place % 60:02}.{place:05}"
        for place in range(SINGLE_FORMULAS)
    ]
    durations = [place / 8 for place in range(1, SINGLE_FORMULAS + 1)]
    yield _together(server, "MONTH_ATTRIBUTE", starts)
    yield _together(server, "MONTH_ATTRIBUTE", texts, "America/New_York")
    yield _together(server, "TO_UTC", texts)
    yield _together(server, "CALL_COST", durations, 0.0085)
    took = _timed(lambda: [server.call("CallUDF", UDF_MODULE, "MONTH_ATTRIBUTE", (cell,)) for cell in texts])
    yield f"{SINGLE_FORMULAS:,} formulas MONTH_ATTRIBUTE over texts that all differ, each asked: {took:.1f} s"


def _together(server: Server, name: str, cells: Sequence[Any], *others: Any) -> str:
    """One function filled down, its blocks compared with single calls on the way."""
    found: list[Any] = []
    took = _timed(lambda: found.extend(_in_blocks(server, name, cells, others)))
    looked_at = random.Random(5).sample(range(len(cells)), 200)
    alone = [server.call("CallUDF", UDF_MODULE, name, (cells[row], *others)) for row in looked_at]
    if len(found) != len(cells) or [found[row] for row in looked_at] != alone:
        raise AssertionError(f"{name}: a block is answered otherwise than its rows")
    kind = "texts" if isinstance(cells[0], str) else "numbers"
    return (
        f"{len(cells):,} formulas {name} over {kind} that all differ, rows ahead asked together: "
        f"{took:.1f} s (aim: under {SECONDS_ALLOWED:g} s)"
    )


def _in_blocks(server: Server, name: str, cells: Sequence[Any], others: tuple[Any, ...]) -> Iterator[Any]:
    """Every answer, asked as the add-in does: one row, then each missing row with the rows ahead of it."""
    yield server.call("CallUDF", UDF_MODULE, name, (cells[0], *others))
    row, turn = 1, 0
    while row < len(cells):
        block = cells[row : row + 1 + ROWS_AHEAD[min(turn, len(ROWS_AHEAD) - 1)]]
        if len(block) == 1:
            yield server.call("CallUDF", UDF_MODULE, name, (block[0], *others))
        else:
            arguments = ([[cell] for cell in block], *others)
            yield from (value for (value,) in server.call("CallUDF", UDF_MODULE, name, arguments))
        row, turn = row + len(block), turn + 1


def full_column(server: Server) -> str:
    """One formula over a whole column."""
    column = [[float(row % 900)] for row in range(FULL_COLUMN)]
    answers: list[Any] = []
    took = _timed(lambda: answers.append(server.call("CallUDF", UDF_MODULE, "BILLED_MINUTES", (column,))))
    if answers[0][61] != [2.0] or len(answers[0]) != FULL_COLUMN:
        raise AssertionError("the full column came back wrong")
    return (
        f"a full column of {FULL_COLUMN:,} rows, one formula: {took:.1f} s, with the making and "
        "reading of two million variants by this test"
    )


def _timed(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
