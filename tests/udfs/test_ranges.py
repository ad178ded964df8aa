"""Shapes: what goes in as cells, rows or arrays comes out in the broadcast shape and the same kind."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from udfs import BILLED_MINUTES, CALL_COST, IS_BILLED, MONTH_ATTRIBUTE, TO_UTC
from udfs.errors import NotUsable

BLOCKED = """
import sys
class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"numpy", "dateutil"}:
            raise ImportError(f"{name} is not installed")
sys.meta_path.insert(0, Blocker())
"""


def run(code: str, root: Path) -> str:
    """The output of a fresh interpreter."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_lists() -> None:
    assert CALL_COST([60, 61], 0.01) == [0.01, 0.02]
    assert CALL_COST([[60, 61]], 0.01) == [[0.01, 0.02]]
    assert CALL_COST(((60,), (61,)), ((0.01,), (0.02,))) == [[0.01], [0.04]]
    assert CALL_COST([[60], [61]], [[0.01, 0.1]]) == [[0.01, 0.1], [0.02, 0.2]]
    assert CALL_COST([[60]], [0.01, 0.1]) == [[0.01, 0.1]]
    assert CALL_COST([60, 61], 0.01, 60, [60, 1]) == [0.01, 0.0102]
    assert BILLED_MINUTES([]) == []
    assert BILLED_MINUTES([[], []]) == [[], []]
    assert BILLED_MINUTES([[80]]) == [[2.0]]


@pytest.mark.parametrize("length", [3, 500])
def test_short_and_long_lists_give_the_same(length: int) -> None:
    cells = [[61.0, 0.01], [5, 0.02], [None, 0.03]] * length
    durations, rates = [[row[0]] for row in cells], [[row[1]] for row in cells]
    assert CALL_COST(durations, rates) == [[0.02], [0.02], [0.0]] * length
    assert all(type(row[0]) is float for row in CALL_COST(durations, rates))


def test_arrays() -> None:
    costs = CALL_COST(np.array([[60, 61], [0, 1]]), np.array([0.01, 0.1]))
    assert costs.dtype == np.float64
    assert costs.tolist() == [[0.01, 0.2], [0.0, 0.1]]
    odd = CALL_COST(np.array([60, None, "x"], object), 0.01)
    assert odd.dtype == object
    assert [str(value) for value in odd] == ["0.01", "0.0", "#VALUE!"]
    assert IS_BILLED(np.array(["busy", "completed"])).tolist() == [False, True]
    assert CALL_COST(np.array([60.0]), [[0.01], [0.02]]).tolist() == [[0.01], [0.02]]
    assert CALL_COST(np.zeros((0, 2)), 0.01).shape == (0, 2)
    months = MONTH_ATTRIBUTE(np.array([45351.99, 45352.0]))
    assert months.tolist() == [date(2024, 2, 1), date(2024, 3, 1)]
    for unit in ("s", "ms", "us", "ns"):
        stamps = np.array(["2024-02-29T12:00"], f"datetime64[{unit}]")
        assert TO_UTC(stamps).tolist() == [45351.5]
        assert TO_UTC(stamps[0]) == 45351.5


def test_shapes_that_do_not_fit() -> None:
    bad: list[tuple[Any, Any]] = [([1, 2, 3], [1, 2]), ([[1], [2]], [[1], [2], [3]]), (np.zeros(4), [1, 2])]
    for durations, rates in bad:
        with pytest.raises(NotUsable, match="size"):
            CALL_COST(durations, rates)


def test_arguments_by_name() -> None:
    assert CALL_COST(duration=61, rate=0.01, increment=1) == 0.0102
    with pytest.raises(TypeError):
        CALL_COST(61)


def test_import_needs_neither_numpy_nor_dateutil(root: Path) -> None:
    code = "import sys, udfs; print(sorted({'numpy', 'dateutil', 'zoneinfo'} & set(sys.modules)))"
    assert run(code, root) == "[]"


def test_everything_works_without_numpy_and_dateutil(root: Path) -> None:
    code = BLOCKED + (
        "from udfs import *\n"
        "card = [['prefix', 'rate', 'valid_from'], ['44', 0.01, '2024-01-01']]\n"
        "print(CALL_COST(9.1, 0.005, 0, 0), CALL_COST([[61], [None], ['x']] * 40, 0.01)[:3],\n"
        "      MONTH_ATTRIBUTE('2024-03-31 20:00', 'America/New_York'),\n"
        "      TO_UTC([45351.5] * 99, '+05:30')[98],\n"
        "      CARD_COST(61, '+44 20', card, '2024-02-01'), IS_BILLED('busy'), TO_SECONDS('1:20'),\n"
        "      STORAGE_DAYS(45351, 45352))\n"
        "try:\n    import numpy\nexcept ImportError:\n    print('blocked')\n"
    )
    out = run(code, root)
    assert out.startswith("0.0008 [[0.02], [0.0], [ErrorValue(code='#VALUE!'")
    assert "datetime.date" not in out
    assert "2024-04-01 45351.270833333336 0.02 False 80.0 2.0\nblocked" in out


def test_short_floats_are_the_decimals_they_show() -> None:
    """float32(0.005) is 0.004999999888 as a double, which no cell shows."""
    assert CALL_COST(60, np.float32(0.005), 60, 60, 0, 10) == 0.005
    rates = np.array([0.005, 0.014], np.float32)
    assert CALL_COST(np.array([60, 60]), rates, 60, 60, 0, 10).tolist() == [0.005, 0.014]


def test_spans_of_time_are_no_seconds_in_arrays_either() -> None:
    spans = np.array([10**9, 10**9], "timedelta64[ns]")
    assert [str(cost) for cost in CALL_COST(spans, 0.01)] == ["#NUM!", "#NUM!"]
