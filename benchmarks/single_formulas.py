"""40,000 formulas filled down on the Python side of Excel: `python benchmarks/single_formulas.py`.

Through xlwings' own `CallUDF`, with and without the memory of results; and over timestamps that all differ,
each asked and in blocks of rows, as the add-in reads them ahead. What COM, the DLL and Excel add on Windows
is not in these figures (docs/windows-chain.md).
"""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.frame.document import Section, main
from benchmarks.frame.rows import OURS, Figure, NotHere, Row, floor, ours, peer
from benchmarks.frame.timing import FEWEST, in_turn, median_s

FORMULAS = 40_000
BLOCK = 1024
SIZE = f"{FORMULAS:,} formulas"
WITHOUT = "the same without the memory of results"
EACH = "the same, each asked"
ASKED = "the same, each asked: ten times what 4,000 take"
NOTHING = "`CallUDF` of a function that does nothing"
AIM_S = 5.0
MISSING = -2147352572
"""How an argument that was left out arrives."""

WINDOWS = Path(__file__).resolve().parents[1] / "tests" / "windows"
CARD = (("prefix", "rate"), *((str(4400 + row), 0.01) for row in range(200)))


@lru_cache(maxsize=1)
def call_udf() -> Callable[[str, str, tuple[Any, ...]], Any]:
    """xlwings' entry for a formula, `CallUDF(module, function, arguments)`; xlwings is changed for good."""
    from tests.hosts.windows_side import server

    call: Callable[[str, str, tuple[Any, ...]], Any] = server().CallUDF
    return call


def _forget() -> None:
    from addin.hosts.excel import udfs

    udfs._of_single_cells.cache_clear()


def _nothing() -> str:
    """A module with a UDF that gives its first argument back, for xlwings to find; its name."""
    import xlwings

    module = ModuleType("nothing_but_a_udf")
    module.__file__ = __file__  # xlwings asks where it lies

    def answer(first: Any, second: Any = None) -> Any:
        return ((first,),)

    answer.__name__ = answer.__qualname__ = "NOTHING"
    for argument in ("first", "second"):
        answer = xlwings.arg(argument, "raw")(answer)
    vars(module)["NOTHING"] = xlwings.func(xlwings.ret("raw")(answer))
    sys.modules[module.__name__] = module
    return module.__name__


def _durations() -> list[float]:
    chance = random.Random(1)
    return [float(chance.randrange(3600)) for _ in range(FORMULAS)]


def _filled_down(name: str, first: Sequence[Any], *others: Any) -> Mapping[str, Figure]:
    """One function filled down, with the memory of results and without, and xlwings alone."""
    call = call_udf()
    from addin.hosts.excel import udfs

    nothing, module = _nothing(), udfs.__name__

    def remembered() -> None:
        _forget()
        for cell in first:
            call(module, name, (cell, *others))

    def forgotten() -> None:
        for cell in first:
            _forget()
            call(module, name, (cell, *others))

    def xlwings_alone() -> None:
        for cell in first:
            call(nothing, "NOTHING", (cell, others[0]))

    taken = in_turn({OURS: remembered, WITHOUT: forgotten, NOTHING: xlwings_alone})
    found = [call(module, name, (cell, *others)) for cell in first]
    _forget()
    wrong = sum(
        answer != call(module, name, (cell, *others)) for answer, cell in zip(found, first, strict=True)
    )
    return {way: Figure(seconds, None, wrong if way == OURS else None) for way, seconds in taken.items()}


def _texts() -> list[str]:
    chance = random.Random(2)
    return [
        f"2026-09-{place % 30 + 1:02} {chance.randrange(24):02}:00:{chance.randrange(60):02}.{place:05}"
        for place in range(FORMULAS)
    ]


def rows_ahead() -> Mapping[str, Figure]:
    """MONTH_ATTRIBUTE over texts that all differ, the rows ahead asked together and each alone."""
    call = call_udf()
    from addin.hosts.excel import udfs

    texts, others, module = _texts(), (MISSING,) * 4, udfs.__name__

    def together() -> list[Any]:
        _forget()
        found: list[Any] = []
        for place in range(0, FORMULAS, BLOCK):
            block = tuple((text,) for text in texts[place : place + BLOCK])
            found += [value for (value,) in call(module, "MONTH_ATTRIBUTE", (block, *others))]
        return found

    def each() -> list[Any]:
        _forget()
        return [call(module, "MONTH_ATTRIBUTE", (text, *others)) for text in texts]

    taken = in_turn({OURS: together, EACH: each})
    alone = [answer if not isinstance(answer, tuple | list) else answer[0][0] for answer in each()]
    wrong = sum(one != other for one, other in zip(together(), alone, strict=True))
    return {OURS: Figure(taken[OURS], None, wrong), EACH: Figure(taken[EACH])}


def through_the_dll() -> Mapping[str, Figure]:
    """CALL_COST through COM and xlwings' DLL on a Windows Python under wine, by the clock. What VBA does in
    the add-in, remember what it has asked, is done by the test."""
    if not Path("/usr/lib/wine/wine64").exists() and not shutil.which("wine64"):
        raise NotHere("wine is missing: [windows-chain.md](windows-chain.md)")
    done = subprocess.run(
        [sys.executable, str(WINDOWS / "run.py"), str(FEWEST + 1)],
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    print(done.stdout, file=sys.stderr)
    if done.returncode:
        raise RuntimeError("the chain under wine failed: what it said stands above")
    taken = json.loads(re.findall(r"^benchmark: (.*)$", done.stdout, re.MULTILINE)[0])
    remembered, tenth = (median_s(taken[name][1:]) for name in ("remembered", "tenth"))
    return {OURS: Figure(remembered), ASKED: Figure(10 * tenth)}


_WAYS = (ours(within_s=AIM_S, none_wrong=True), peer(WITHOUT), floor(NOTHING))

SECTION = Section(
    title="Single formulas filled down in Excel, the Python side",
    note="Each formula is a call of its own. The functions are pure, and a month repeats its durations and "
    "rates: what was asked before is remembered. Where cells all differ the add-in reads the rows ahead and "
    f"asks for {BLOCK:,} at a time. *Wrong* counts answers that differ from those of a single call.",
    libraries=("xlwings",),
    rows=(
        Row(
            "`BILLED_MINUTES(C2)`",
            SIZE,
            _WAYS,
            lambda: _filled_down("BILLED_MINUTES", _durations(), 60.0, MISSING),
        ),
        Row(
            "`CALL_COST(C2, 0.0085)`",
            SIZE,
            _WAYS,
            lambda: _filled_down("CALL_COST", _durations(), 0.0085, *[MISSING] * 5),
        ),
        Row(
            "`CARD_COST(C2, B2, card)`, a card of 200 rows",
            SIZE,
            _WAYS,
            lambda: _filled_down("CARD_COST", _durations(), "440012", CARD, MISSING, MISSING),
        ),
        Row(
            "`MONTH_ATTRIBUTE(A2)`, texts that all differ",
            SIZE,
            (ours(within_s=AIM_S, none_wrong=True), peer(EACH)),
            rows_ahead,
        ),
        Row(
            "`CALL_COST(C2, D2)` through COM and the DLL, under wine",
            SIZE,
            (ours(within_s=AIM_S), peer(ASKED)),
            through_the_dll,
        ),
    ),
)

if __name__ == "__main__":
    main(SECTION)
