"""The gate from a cell to a value: blank, error, number, text and time are told apart, and nothing leaks."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from udfs import (
    BILLED_MINUTES,
    CALL_COST,
    CALL_RATE,
    CELL_FUNCTIONS,
    IS_BILLED,
    MONTH_ATTRIBUTE,
    STORAGE_CHARGE,
    STORAGE_DAYS,
    TO_SECONDS,
    TO_UTC,
)
from udfs.errors import CODE_OF_COM_INTEGER, CellError, ErrorHandedIn, ErrorValue, NotUsable, OutOfRange


def code(function: Any, *cells: Any) -> str:
    """The code of the error that a call raises."""
    with pytest.raises(CellError) as caught:
        function(*cells)
    assert caught.value.problem
    assert str(caught.value).startswith(caught.value.code)
    return caught.value.code


@pytest.mark.parametrize("blank", [None, "", -2147352572])
def test_blanks(blank: Any) -> None:
    assert BILLED_MINUTES(blank) == 0
    assert BILLED_MINUTES(80, blank, blank) == 2
    assert CALL_COST(blank, 0.01, connect_fee=5) == 0
    assert CALL_COST(61, 0.00125, blank, blank, blank, blank, blank) == 0.0025
    assert code(CALL_COST, 61, blank) == "#N/A"
    assert code(CALL_COST, blank, blank) == "#N/A"
    assert MONTH_ATTRIBUTE("2024-01-31", blank, blank, blank, blank) == date(2024, 1, 1)
    assert [code(function, blank) for function in (TO_UTC, MONTH_ATTRIBUTE, IS_BILLED, TO_SECONDS)] == [
        "#N/A"
    ] * 4
    assert code(STORAGE_DAYS, "2024-01-01", blank) == "#N/A"
    assert code(MONTH_ATTRIBUTE, "2024-01-31", "UTC", "billed", blank) == "#N/A"


@pytest.mark.parametrize("integer", CODE_OF_COM_INTEGER)
def test_errors_come_out_as_they_went_in(integer: int) -> None:
    expected = CODE_OF_COM_INTEGER[integer]
    for error in (integer, float(integer), expected, ErrorValue(expected), np.int64(integer)):
        for function in CELL_FUNCTIONS.values():
            required = sum(argument.required for argument in function.arguments)
            assert code(function.call, *[error] * required) == expected
        assert code(CALL_COST, 60, 0.01, error) == expected
        assert str(CALL_COST([60, error], 0.01)[1]) == expected
        assert str(CALL_COST(np.array([60, error], object), 0.01)[1]) == expected


def test_the_first_error_wins() -> None:
    assert code(CALL_COST, "#DIV/0!", "#REF!") == "#DIV/0!"
    assert code(CALL_COST, None, None, "#REF!") == "#REF!"
    assert code(MONTH_ATTRIBUTE, "2024-01-31", "UTC", "start", "#REF!") == "#REF!"
    with pytest.raises(ErrorHandedIn):
        CALL_COST(-5, "#REF!")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("80",), "#VALUE!"),
        ((True,), "#VALUE!"),
        ((np.bool_(True),), "#VALUE!"),
        (("1:20",), "#VALUE!"),
        (("0:60:00",), "#VALUE!"),
        (("ring",), "#VALUE!"),
        ((datetime(2024, 1, 1),), "#VALUE!"),
        ((object(),), "#VALUE!"),
        (({},), "#VALUE!"),
        ((-1,), "#NUM!"),
        (("-0:00:10",), "#NUM!"),
        ((float("nan"),), "#NUM!"),
        ((float("-inf"),), "#NUM!"),
        ((Decimal("NaN"),), "#NUM!"),
        ((Decimal("1e1000000"),), "#NUM!"),
        ((10**2000,), "#NUM!"),
        ((80 / 86400,), "#NUM!"),
        ((0.4999,), "#NUM!"),
        ((1e-9,), "#NUM!"),
        ((Fraction(1, 3),), "#NUM!"),
        ((time(0, 1, 20),), "#NUM!"),
        ((timedelta(seconds=80),), "#NUM!"),
        ((80, 0), "#NUM!"),
        ((80, -60), "#NUM!"),
        ((80, 60 / 86400), "#NUM!"),
        ((80, time(0, 1)), "#NUM!"),
        ((80, 60, 6 / 86400), "#NUM!"),
        ((80, "60"), "#VALUE!"),
    ],
)
def test_what_is_no_duration_or_block(cells: tuple[Any, ...], expected: str) -> None:
    assert code(BILLED_MINUTES, *cells) == expected
    assert str(BILLED_MINUTES([[cells[0]]], *cells[1:])[0][0]) == expected


def test_a_spreadsheet_time_is_never_billed_one_minute() -> None:
    with pytest.raises(CellError, match="TO_SECONDS"):
        BILLED_MINUTES(80 / 86400)
    assert BILLED_MINUTES(TO_SECONDS(80 / 86400)) == 2
    assert BILLED_MINUTES(0.5) == 1
    assert BILLED_MINUTES("0:00:00.250") == 1


def test_numbers_are_the_decimals_they_show() -> None:
    assert CALL_COST(60, 0.1 + 0.2, decimals=15) == 0.3
    assert CALL_COST(60, 1.005, decimals=2) == 1.01
    assert CALL_COST(60, Decimal("1.00499999999999999"), decimals=2) == 1.0
    assert CALL_COST(60, Fraction(1, 3), rounding="none") == 1 / 3
    end, start = 45351.50092592593, 45351.5
    assert BILLED_MINUTES((end - start) * 86400, 0, 1) == 80 / 60
    for seconds in (np.float64(80), np.int32(80), np.array(80), Decimal(80), "0:01:20", "00:01:20.000"):
        assert BILLED_MINUTES(seconds) == 2
    assert type(BILLED_MINUTES(np.float64(80))) is float


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ((60, "0.01"), "#VALUE!"),
        ((60, True), "#VALUE!"),
        ((60, -0.01), "#NUM!"),
        ((60, 0.01, 60, 60, -1), "#NUM!"),
        ((60, 0.01, 60, 60, 0, 21), "#NUM!"),
        ((60, 0.01, 60, 60, 0, -1), "#NUM!"),
        ((60, 0.01, 60, 60, 0, 2.5), "#NUM!"),
        ((60, 0.01, 60, 60, 0, 4, "bankers"), "#VALUE!"),
        ((60, 0.01, 60, 60, 0, 4, 5), "#VALUE!"),
        ((1e300, 1e300), "#NUM!"),
        ((60, [[1], [1, 2]]), "#VALUE!"),
        (([1, 2], [1, 2, 3]), "#VALUE!"),
        (([1, [2]], 3), "#VALUE!"),
    ],
)
def test_what_has_no_cost(cells: tuple[Any, ...], expected: str) -> None:
    assert code(CALL_COST, *cells) == expected


def test_storage_arguments() -> None:
    charged = (119, 0.0004, "2023-03-16", "2023-06-01")
    assert STORAGE_CHARGE(*charged) == 0.0008
    assert [STORAGE_CHARGE(*charged, kept) for kept in (None, "", 0, 0.0)] == [0.0008] * 4
    assert STORAGE_CHARGE(*charged, "2023-06-30 23:59") == 0
    assert STORAGE_CHARGE(*charged, "2023-07-01") == 0.0008
    assert STORAGE_CHARGE(*charged, None, 107) == 0
    assert code(STORAGE_CHARGE, *charged, False) == "#VALUE!"
    assert code(STORAGE_CHARGE, *charged, None, 1.5) == "#NUM!"
    assert code(STORAGE_CHARGE, 119, 0.0004, None, "2023-06-01") == "#N/A"
    assert STORAGE_DAYS(datetime(2023, 3, 16, 23), date(2023, 3, 17)) == 2


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [
        (80 / 86400, 80),
        (1.5, 129600),
        (0, 0),
        ("0:01:20", 80),
        ("01:20", 80),
        ("75:00", 4500),
        ("30:00:00.5", 108000.5),
        (time(0, 1, 20), 80),
        (timedelta(hours=30, microseconds=500), 108000.001),
    ],
)
def test_times(cell: Any, seconds: float) -> None:
    assert TO_SECONDS(cell) == seconds


def test_what_is_no_time() -> None:
    assert [code(TO_SECONDS, cell) for cell in ("80", "1:2:3:4", "0:75", date(2024, 1, 1), True)] == [
        "#VALUE!"
    ] * 5
    assert [code(TO_SECONDS, cell) for cell in (-0.1, timedelta(-1), "-1:00")] == ["#NUM!"] * 3


def test_statuses() -> None:
    assert [IS_BILLED(text) for text in ("completed", " Answered ", "COMPLETED")] == [True] * 3
    not_billed = ["busy", "failed", "no-answer", "No_Answer", "canceled", "cancelled", "queued", "ringing"]
    not_billed += ["In-Progress", "rejected", "abandoned", "missed", "Congestion"]
    assert [IS_BILLED(text) for text in not_billed] == [False] * 13
    assert [code(IS_BILLED, cell) for cell in ("machine_answered", "weird", 5, True)] == ["#N/A"] * 4
    assert [str(value) for value in IS_BILLED(["busy", "odd"])] == ["False", "#N/A"]


CELLS = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=12),
        st.decimals(),
        st.fractions(),
        st.dates(),
        st.datetimes(),
        st.timedeltas(),
        st.times(),
        st.binary(max_size=3),
        st.sampled_from(["completed", "#N/A", 45000.5, "2024-03-31 20:00", "UTC", 60, 10**400, object()]),
    ),
    lambda cells: st.lists(cells, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize("name", CELL_FUNCTIONS)
@given(st.data())
def test_nothing_but_cell_errors_leaves(name: str, data: st.DataObject) -> None:
    function = CELL_FUNCTIONS[name]
    required = sum(argument.required for argument in function.arguments)
    count = data.draw(st.integers(required, len(function.arguments)))
    cells = data.draw(st.lists(CELLS, min_size=count, max_size=count))
    if data.draw(st.booleans()):  # long enough for the columns
        cells[0] = data.draw(st.lists(CELLS, min_size=1, max_size=3)) * 70
    try:
        function.call(*cells)
    except CellError as error:
        found = error.code
    else:
        found = "#"
    assert found.startswith("#")


def test_seconds_handed_to_to_seconds_are_not_days() -> None:
    for seconds in (2, 80.0, 3600):
        with pytest.raises(OutOfRange, match="seconds already"):
            TO_SECONDS(seconds)
    assert TO_SECONDS(1) == 86_400.0
    assert TO_SECONDS(1.5) == 129_600.0


def test_a_number_shortened_by_a_spreadsheet_is_never_rated() -> None:
    for shortened in ("4.48E+11", "4,48E+11", "4E+11"):
        with pytest.raises(NotUsable, match="lost its digits"):
            CALL_RATE(shortened, [["prefix", "rate"], ["44", 0.02], ["", 0.5]])


def test_a_month_as_text_is_a_month() -> None:
    assert STORAGE_CHARGE(119, 0.0004, "2023-03-16", "2023-06") == 0.0008
    with pytest.raises(NotUsable):
        STORAGE_CHARGE(119, 0.0004, "2023-03-16", "2023-13")
