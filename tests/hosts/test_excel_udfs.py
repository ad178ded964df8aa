"""What Excel hands over and what goes back: raw COM values, and xlwings' own server code."""

from __future__ import annotations

import ast
import gc
import inspect
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from addin.hosts.excel import udfs
from addin.hosts.excel.com_columns import FEWEST_FOR_ARRAYS, PART, over_ranges
from addin.hosts.excel.com_values import cell_of, com_rows, com_value
from udfs import BILLED_MINUTES, CALL_COST
from udfs.cells import CELL_FUNCTIONS
from udfs.errors import CODE_OF_COM_INTEGER, COM_INTEGER_OF_CODE, ErrorValue

MISSING = -2147352572
VALUE, NUM, NA = (COM_INTEGER_OF_CODE[code] for code in ("#VALUE!", "#NUM!", "#N/A"))


def call(name: str, *values: Any) -> Any:
    return getattr(udfs, name)(*values)


def shapes(cells: list[Any]) -> list[tuple[tuple[Any, ...], ...]]:
    """The same column short (element by element) and long (by arrays)."""
    longer = cells * (FEWEST_FOR_ARRAYS // len(cells) + 1)
    return [tuple((cell,) for cell in column) for column in (cells, longer)]


def test_every_function_is_there_with_its_arguments() -> None:
    for function in CELL_FUNCTIONS.values():
        signature = inspect.signature(getattr(udfs, function.name))
        assert list(signature.parameters) == [argument.name for argument in function.arguments]
        for argument in function.arguments:
            is_required = signature.parameters[argument.name].default is inspect.Parameter.empty
            assert is_required == argument.required


def test_single_cells() -> None:
    assert call("BILLED_MINUTES", 80.0) == ((2.0,),)
    assert call("BILLED_MINUTES", 31.0, 30.0, 6.0) == ((0.6,),)
    assert call("BILLED_MINUTES", None) == ((0.0,),)
    assert call("BILLED_MINUTES", 80.0, MISSING, MISSING) == ((2.0,),)
    assert call("BILLED_MINUTES", "80") == ((VALUE,),)
    assert call("BILLED_MINUTES", True) == ((VALUE,),)
    assert call("CALL_COST", 60.0, None) == ((NA,),)
    assert call("IS_BILLED", "completed") == ((True,),)


@pytest.mark.parametrize("integer", CODE_OF_COM_INTEGER)
def test_an_error_handed_in_comes_out_as_that_error(integer: int) -> None:
    assert call("BILLED_MINUTES", integer) == ((integer,),)
    assert call("CALL_COST", 60.0, integer) == ((integer,),)
    for column in shapes([80.0, integer, None]):
        assert [row[0] for row in call("BILLED_MINUTES", column)] == [2.0, integer, 0.0] * (len(column) // 3)


def test_an_error_is_an_int_and_nothing_else_is() -> None:
    """The wrapper takes a Long for an error: a number must never travel as one."""
    for result in (3, True, 2.5, -2146826246.0, "text", datetime(2024, 4, 1), None, float("nan")):
        sent = com_value(result)
        is_long = type(sent) is int
        assert is_long == (result is None or result != result), result
    assert com_rows([[ErrorValue("#N/A")], [1]]) == [(NA,), (1.0,)]


def test_a_month_is_a_date_that_com_does_not_shift() -> None:
    ((month,),) = call("MONTH_ATTRIBUTE", 45382.5)
    assert month == datetime(2024, 3, 1, tzinfo=UTC)
    rows = call("MONTH_ATTRIBUTE", tuple((45382.5 + day,) for day in range(100)))
    assert rows[0] == (datetime(2024, 3, 1, tzinfo=UTC),)
    assert rows[1] == (datetime(2024, 4, 1, tzinfo=UTC),)


def test_a_date_that_com_hands_over_has_no_zone_of_its_own() -> None:
    assert cell_of(datetime(2024, 4, 1, 12, tzinfo=UTC)) == datetime(2024, 4, 1, 12)
    serial = call("TO_UTC", datetime(2024, 4, 1, 12, tzinfo=UTC), "+05:30")
    assert serial == call("TO_UTC", 45383.5, "+05:30")


def test_rows_blocks_and_constants() -> None:
    assert call("BILLED_MINUTES", (60.0, 61.0)) == [[1.0, 2.0]]
    assert call("BILLED_MINUTES", ((60.0, "x"), (None, 61.0))) == [(1.0, VALUE), (0.0, 2.0)]
    wide = tuple((60.0 * row, "x", None) for row in range(FEWEST_FOR_ARRAYS))
    assert call("BILLED_MINUTES", wide) == [(float(row), VALUE, 0.0) for row in range(FEWEST_FOR_ARRAYS)]
    assert call("CALL_COST", ((60.0,), (61.0,)), (0.01, 0.02)) == [(0.01, 0.02), (0.02, 0.04)]
    assert call("CALL_COST", ((60.0,), (61.0,)), ((1.0,), (1.0,), (1.0,))) == ((VALUE,),)


@pytest.mark.parametrize("blanks", [0, 1, 2, 1000])
def test_blank_rows_below_a_column_count_as_each_blank_does(blanks: int) -> None:
    durations: list[Any] = [61.0, None, "busy", NA, True, 0.0, -1.0] * 20 + [None] * blanks
    rates: list[Any] = [0.01, 0.02, 0.03, 0.04, 0.05, None, 0.07] * 20 + [None] * blanks
    columns = [tuple((cell,) for cell in column) for column in (durations, rates)]
    found = call("CALL_COST", *columns)
    one_by_one = [call("CALL_COST", *cells)[0] for cells in zip(durations, rates, strict=True)]
    assert found == one_by_one
    assert [type(row[0]) for row in found] == [type(row[0]) for row in one_by_one]


def test_true_and_one_are_not_taken_for_each_other() -> None:
    column = tuple((cell,) for cell in [True, 1.0, 1, False, 0.0, None] * 20)
    assert [row[0] for row in call("BILLED_MINUTES", column)] == [VALUE, 1.0, 1.0, VALUE, 0.0, 0.0] * 20
    assert call("BILLED_MINUTES", 1.0) == ((1.0,),)
    assert call("BILLED_MINUTES", True) == ((VALUE,),)


def test_a_rate_card_stays_one_range() -> None:
    card = (
        ("prefix", "rate", "minimum", "increment"),
        ("44", 0.0099, 30.0, 6.0),
        ("447", 0.0235, None, None),
    )
    assert call("CARD_COST", 80.0, "+44 20 7946 0958", card) == ((0.0139,),)
    numbers = tuple((number,) for number in ["4420", "4477", "33", None] * 30)
    durations = tuple((80.0,) for _ in numbers)
    assert call("CARD_COST", durations, numbers, card) == [(0.0139,), (0.047,), (NA,), (NA,)] * 30
    assert call("CALL_RATE", "4420", NA) == ((NA,),)
    dearer = (card[0], ("44", 0.02, 30.0, 6.0), card[2])
    assert call("CALL_RATE", "4420", dearer) == ((0.02,),)
    assert call("CALL_RATE", "4420", card) == ((0.0099,),)
    truth = (card[0], ("44", True, 30.0, 6.0))
    assert call("CALL_RATE", "4420", (card[0], ("44", 1.0, 30.0, 6.0))) == ((1.0,),)
    assert call("CALL_RATE", "4420", truth) == ((VALUE,),)
    dated = (("prefix", "rate", "from"), ("44", 0.01, datetime(2024, 1, 1, tzinfo=UTC)))
    assert call("CALL_RATE", "4420", dated, 45383.0) == ((0.01,),)


def test_the_same_without_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    column = tuple((cell,) for cell in [80.0, None, "x", 61.0] * 40)
    expected = call("BILLED_MINUTES", column)
    monkeypatch.setitem(sys.modules, "numpy", None)
    monkeypatch.setitem(sys.modules, "udfs.rating.columns", None)
    assert call("BILLED_MINUTES", column) == expected


def test_nothing_leaves_as_an_exception() -> None:
    assert call("BILLED_MINUTES", object()) == ((VALUE,),)
    assert call("CARD_COST", 80.0, "44", (("prefix",), ("44",))) == ((VALUE,),)
    assert call("TO_UTC", 1e300) == ((NUM,),)


def test_garbage_collection_is_left_as_it_was() -> None:
    assert gc.isenabled()
    call("BILLED_MINUTES", tuple((60.0,) for _ in range(100)))
    assert gc.isenabled()


def test_different_rows_are_computed_once() -> None:
    asked: list[int] = []

    def counted(*cells: Any) -> Any:
        asked.append(max(len(cell) for cell in cells if isinstance(cell, list)))
        return BILLED_MINUTES(*cells)

    column = tuple((cell,) for cell in ["a", "b", None] * 1000)
    assert len(over_ranges(counted, [column, 60.0, 60.0], frozenset())) == 3000
    assert asked == [3]


def test_different_rows_are_computed_once_in_all_parts_of_a_column() -> None:
    asked: list[Any] = []

    def counted(*cells: Any) -> Any:
        asked.extend(cells[0])
        return BILLED_MINUTES(*cells)

    column = tuple((cell,) for cell in ["a", "b", None, 60.0, True, NA] * PART)
    found = over_ranges(counted, [column, 60.0, 60.0], frozenset())
    assert [row[0] for row in found] == [VALUE, VALUE, 0.0, 1.0, VALUE, NA] * PART
    assert len([cell for cell in asked if not isinstance(cell, float)]) == 5


@pytest.mark.parametrize("width", [1, 3])
@pytest.mark.parametrize("blanks", [0, 1, PART + 2])
def test_a_column_of_several_parts(width: int, blanks: int) -> None:
    """Each part holds other kinds of cells; TRUE, 1 and 1.0 stay three things from part to part."""
    kinds: list[list[Any]] = [[True, "a"], [1, None], [1.0, 61.0], [True, 1.0, 1], [NA, "0:02:00"]]
    cells = [kind[place % len(kind)] for kind in kinds for place in range(PART - 1)]
    rows = list(zip(*[iter(cells)] * width, strict=False)) + [(None,) * width] * blanks
    rates = [tuple(0.01 * (place % 7) for _ in range(width)) for place in range(len(rows))]
    alone = {cell_key(cell): call("BILLED_MINUTES", cell)[0][0] for cell in [None, *cells]}
    assert call("BILLED_MINUTES", tuple(rows)) == [
        tuple(alone[cell_key(cell)] for cell in row) for row in rows
    ]
    found = call("CALL_COST", tuple(rows), tuple(rates))
    for row in [0, 1, *range(0, len(rows), 97), len(rows) - 1]:
        alone_of_row = [call("CALL_COST", *pair)[0][0] for pair in zip(rows[row], rates[row], strict=True)]
        assert list(map(cell_key, found[row])) == list(map(cell_key, alone_of_row)), row


def test_results_that_python_takes_for_equal_stay_apart() -> None:
    """TRUE and 1, an error and the number that stands for it: no row is shared between them."""
    results = np.array([True, 1.0, ErrorValue("#N/A"), float(NA)] * 20, object)
    column = tuple((float(place),) for place in range(80))
    found = over_ranges(lambda cells: results, [column], frozenset())
    assert [cell_key(row[0]) for row in found] == [(bool, True), (float, 1.0), (int, NA), (float, NA)] * 20


def cell_key(cell: Any) -> tuple[type, Any]:
    return type(cell), cell


def test_results_equal_those_of_the_functions() -> None:
    durations = [float(second) for second in range(4000)]
    column = tuple((second,) for second in durations)
    assert [row[0] for row in call("CALL_COST", column, 0.0085)] == CALL_COST(durations, 0.0085)


def test_xlwings_own_server_answers_for_every_function(root: Path) -> None:
    """Its decorators, its conversion of raw values and its `CallUDF`, in a process of its own."""
    card = (("prefix", "rate"), ("44", 0.01))
    calls: list[tuple[str, tuple[Any, ...], Any]] = [
        ("BILLED_MINUTES", (80.0, MISSING, MISSING), 2.0),
        (
            "BILLED_MINUTES",
            (((61.0,), ("x",), (None,), (NA,)), MISSING, MISSING),
            [(2.0,), (VALUE,), (0.0,), (NA,)],
        ),
        ("BILLED_MINUTES", ((60.0, 61.0), MISSING, MISSING), [1.0, 2.0]),
        ("CALL_COST", (80.0, 0.0085, *[MISSING] * 5), 0.017),
        ("CALL_COST", (80.0, None, *[MISSING] * 5), NA),
        ("CARD_COST", (61.0, "44", card, MISSING, MISSING), 0.02),
        ("CALL_RATE", ("44", card, MISSING, MISSING), 0.01),
        ("STORAGE_DAYS", (45001.0, "2023-03-31"), 16.0),
        ("STORAGE_CHARGE", (119.0, 0.0004, "2023-03-16", "2023-06-30", MISSING, MISSING), 0.0008),
        ("MONTH_ATTRIBUTE", (45382.5, MISSING, MISSING, MISSING, True), "2024-03"),
        ("IS_BILLED", ("busy",), False),
        ("TO_UTC", (45351.5, MISSING), 45351.5),
        ("TO_SECONDS", ("1:20",), 80.0),
    ]
    assert {name for name, _, _ in calls} == set(CELL_FUNCTIONS)
    done = subprocess.run(
        [sys.executable, "-m", "tests.hosts.windows_side"],
        input="".join(f"{(name, arguments)!r}\n" for name, arguments, _ in calls),
        capture_output=True,
        text=True,
        cwd=root,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    answers = [ast.literal_eval(line) for line in done.stdout.splitlines()]
    assert answers == [expected for _, _, expected in calls]
