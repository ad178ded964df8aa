"""The names in a workbook that counts its days from 1904: the day that a cell shows counts, not a number."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.engines.calculated import by_formulon
from tests.engines.rows import ROWS, Arguments
from tests.engines.test_functions import _expected, _write_calls
from udfs.cells import CELL_FUNCTIONS

DAYS = 1_462
"""From the one first day to the other."""
TAKE_DATES = [asked for asked, (name, _) in ROWS.items() if CELL_FUNCTIONS[name].has_dates]
COUNT = 2_000


@pytest.mark.parametrize("asked", TAKE_DATES)
def test_the_day_that_a_cell_shows_counts(asked: str, tmp_path: Path) -> None:
    name, make = ROWS[asked]
    random, path = Random(f"{asked} 1904"), tmp_path / "mac.xlsx"
    calls = [(name, make(random)) for _ in range(COUNT)]
    _write_calls(path, calls)
    cell = by_formulon(path, is_1904=True)
    wrong, same = [], 0
    for row, (_, arguments) in enumerate(calls, 1):
        want, got = _wanted(name, arguments), cell("Rows", f"A{row}")
        is_same = got == (pytest.approx(want, abs=1e-9) if isinstance(want, float) else want)
        same += is_same
        if not is_same and not str(got).startswith("#"):
            wrong.append((arguments, want, got))
    assert wrong == []
    assert same > 0.9 * COUNT


def _wanted(name: str, arguments: Arguments) -> Any:
    """What the function gives for the same days counted from 1900, its result counted from 1904."""
    given = [
        _from_1900(value, is_kept=one.name == "deleted") if one.is_date else value
        for one, value in zip(CELL_FUNCTIONS[name].arguments, arguments, strict=False)
    ]
    want = _expected(name, tuple(given))
    return want - DAYS if isinstance(want, float) and CELL_FUNCTIONS[name].gives_date else want


def _from_1900(value: Any, *, is_kept: bool) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float) or (is_kept and value == 0):
        return value
    return value + DAYS
