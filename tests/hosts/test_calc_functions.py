"""What the functions take from Calc and give back, without LibreOffice."""

from __future__ import annotations

import gc
import struct
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from addin.hosts.calc_addin import functions as calc_functions
from addin.hosts.calc_addin.functions import answer, error_number, rows_of
from addin.hosts.log import Log
from udfs.cells.registry import CellFunction
from udfs.errors import ErrorValue


def never(what: str, error: BaseException) -> None:
    raise AssertionError(what) from error


def code(number: float) -> int:
    """Calc's error number in a not-a-number."""
    return struct.unpack("<Q", struct.pack("<d", number))[0] & 0xFFFF


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> str:
    """A function that fails by its own fault."""

    def call(*cells: Any) -> Any:
        raise ZeroDivisionError("a fault")

    calc_functions._of_single_cells.cache_clear()
    monkeypatch.setitem(calc_functions.CELL_FUNCTIONS, "BROKEN", CellFunction("BROKEN", "", (), {}, call))
    return "BROKEN"


def test_a_column_of_numbers_and_one_with_text_give_the_same() -> None:
    numbers = tuple((float(seconds),) for seconds in range(200))
    mixed = (*numbers, ("",), ("busy",), ("80",))
    whole, rows = (answer("BILLED_MINUTES", (cells, None, None), never) for cells in (numbers, mixed))
    assert rows[:200] == whole
    assert rows[200] == (0.0,)
    assert [code(value) for (value,) in rows[201:]] == [519, 519]


def test_text_that_looks_like_a_number_is_never_one() -> None:
    texts = tuple(("80",) for _ in range(200))
    assert {code(value) for (value,) in answer("BILLED_MINUTES", (texts, None, None), never)} == {519}


@pytest.mark.parametrize("size", [1, 100, 1000])
def test_rows_keep_their_shape(size: int) -> None:
    rows = tuple((60.0, 61.0, 0.0) for _ in range(size))
    assert answer("BILLED_MINUTES", (rows, None, None), never) == ((1.0, 2.0, 0.0),) * size


@pytest.mark.parametrize(
    ("result", "rows"),
    [
        (2**40, ((float(2**40),),)),
        (True, ((1.0,),)),
        ([[False], [True]], ((0.0,), (1.0,))),
        (np.array([[True], [False]]), ((1.0,), (0.0,))),
        (np.array([[1.5], [2.5]]), ((1.5,), (2.5,))),
        (np.array([[1.5, 2.5]]), ((1.5, 2.5),)),
        (np.array([[date(2026, 9, 1)], [3]], object), ((46266.0,), (3.0,))),
        (datetime(2026, 9, 1, 12), ((46266.5,),)),
        ([1, 2], ((1.0, 2.0),)),
        ("2026-09", (("2026-09",),)),
    ],
)
def test_results_are_rows_of_floats_and_texts(result: Any, rows: Any) -> None:
    given = rows_of(result)
    assert given == rows
    assert {type(value) for row in given for value in row} <= {float, str}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("#N/A", 32767),
        ("#VALUE!", 519),
        ("#NUM!", 503),
        ("#DIV/0!", 532),
        ("#REF!", 524),
        ("#NAME?", 525),
        ("#NULL!", 521),
        ("#SPILL!", 519),
    ],
)
def test_errors_carry_the_number_that_calc_knows(text: str, number: int) -> None:
    assert code(error_number(text)) == number
    assert error_number(text) != error_number(text)
    (((value,),), ((single,),)) = rows_of([[ErrorValue(text)]]), answer("TO_SECONDS", (text,), never)
    assert code(value) == code(single) == number


def test_an_argument_that_is_needed_and_left_out_is_no_blank() -> None:
    assert code(answer("BILLED_MINUTES", (None, None, None), never)[0][0]) == 32767
    assert answer("BILLED_MINUTES", ((("",), (60.0,)), None, None), never) == ((0.0,), (1.0,))


def test_a_failure_is_an_error_in_the_cell_and_its_traceback_is_kept(broken: str, tmp_path: Path) -> None:
    log = Log(tmp_path / "tollsheet.log")
    for _ in range(3):
        assert code(answer(broken, (), log.failure)[0][0]) == 519
    text = log.path.read_text("utf-8")
    assert text.count("Traceback") == 1
    assert "ZeroDivisionError: a fault" in text
    assert "BROKEN failed" in text


def test_no_log_is_made_of_bad_arguments(tmp_path: Path) -> None:
    log = Log(tmp_path / "tollsheet.log")
    answer("BILLED_MINUTES", ("busy", None, None), log.failure)
    answer("CARD_COST", (60.0, "44", (("prefix", "rate"), ("", "x")), None, None), log.failure)
    assert not log.path.exists()


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    log = Log(tmp_path / "file" / "tollsheet.log")
    log.failure("BILLED_MINUTES", ValueError("a fault"))
    log.line("one line")


def test_the_collector_runs_on_afterwards(broken: str) -> None:
    answer("BILLED_MINUTES", (((60.0,), (61.0,)), None, None), never)
    assert gc.isenabled()
