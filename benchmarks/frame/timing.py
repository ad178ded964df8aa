"""Timing what is compared in turn, so that a busy moment of the machine falls on all of it alike.

`in_turn` is for one process, `fresh` for processes of their own (start-up, memory, long jobs).
"""

from __future__ import annotations

import gc
import json
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import process_time

from benchmarks.frame.rows import Figure

LAUNCHER = Path(__file__).with_name("launch.py")
ROOT = Path(__file__).resolve().parents[2]
FEWEST = 5


def median_s(times: Sequence[float]) -> float:
    """The median of at least five."""
    if len(times) < FEWEST:
        raise ValueError(f"{len(times)} times are too few for a median: {FEWEST} are needed")
    return statistics.median(times)


def in_turn(
    runs: Mapping[str, Callable[[], object]],
    *,
    rounds: int = FEWEST,
    repeats: Mapping[str, int] | None = None,
    clock: Callable[[], float] = process_time,
) -> dict[str, float]:
    """The median seconds of each, one after the other in every round, after a round that is not counted.

    The seconds are the processor's: what other programs do meanwhile is not counted. A peer that works on
    several cores at once belongs in `fresh`. `repeats` says how often a short one is run within a round, else
    it is once. What a run gives is thrown away outside the clock.
    """
    times: dict[str, list[float]] = {name: [] for name in runs}
    often = dict(repeats or {})
    for turn in range(rounds + 1):
        gc.collect()
        for repeat in range(max([1, *often.values()])):
            for name, run in runs.items():
                if repeat < often.get(name, 1):
                    start = clock()
                    kept = run()
                    taken = clock() - start
                    del kept
                    if turn:
                        times[name].append(taken)
    return {name: median_s(taken) for name, taken in times.items()}


def fresh(
    commands: Mapping[str, Sequence[str]],
    *,
    rounds: int = FEWEST,
    codes: Sequence[int] = (0,),
    cleared: Sequence[Path] = (),
) -> dict[str, Figure]:
    """Median seconds and most memory of commands, each a process of its own, in turn, as in `in_turn`.

    `codes` are the exit codes that are no failure. Files to be `cleared` are so before each run: to replace a
    workbook is other work than to write one.
    """
    return {
        name: Figure(median_s([taken for taken, _ in runs[1:]]), max(peak for _, peak in runs[1:]))
        for name, runs in _launched(commands, rounds + 1, codes, cleared).items()
    }


def peak_mb(*code: str) -> float:
    """The most memory that a fresh Python holds while it runs a few lines."""
    ((_, peak),) = _launched({"": [sys.executable, "-c", "\n".join(code)]}, 1, (0,))[""]
    return peak


def _launched(
    commands: Mapping[str, Sequence[str]], rounds: int, codes: Sequence[int], cleared: Sequence[Path] = ()
) -> dict[str, list[tuple[float, float]]]:
    """Seconds and peak memory of every run of each. A small process starts them: a child's peak counts what
    its parent held when it began."""
    asked = {
        "commands": {name: [*words] for name, words in commands.items()},
        "rounds": rounds,
        "codes": [*codes],
        "cleared": [*map(str, cleared)],
    }
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(LAUNCHER)],
        input=json.dumps(asked),
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        check=False,
    )
    if done.returncode:
        raise RuntimeError("a command failed: what it said stands above")
    answer: dict[str, list[list[float]]] = json.loads(done.stdout)
    return {name: [(taken, peak) for taken, peak in runs] for name, runs in answer.items()}
