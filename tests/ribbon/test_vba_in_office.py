"""The generated VBA runs: from a cell to our Python and back, and from a button to its command.

LibreOffice shows what CVErr gives as the text `Error 2042`, hands an error cell over as 0 and an argument
left out between two others as 0; error cells are therefore handed in by two functions of the tests.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from addin.ribbon.surface import ACTIONS
from tests.ribbon.addin_in_office import Answers, ask
from udfs.cells import CELL_FUNCTIONS

VALUE, NUM, NA, DIV0, NAME = "Error 2015", "Error 2036", "Error 2042", "Error 2007", "Error 2029"

CELLS = {  # A3 and B3 are blank
    **dict(zip(("A1", "A2", "A4", "A5"), (80, "busy", 61, -1), strict=True)),
    **dict(zip(("B1", "B2", "B4", "B5"), (0.0085, 0.01, 0.02, 0.02), strict=True)),
    **dict(zip(("D1", "E1", "F1", "G1"), ("prefix", "rate", "minimum", "increment"), strict=True)),
    **dict(zip(("D2", "E2", "F2", "G2"), ("44", 0.0099, 30, 6), strict=True)),
    **dict(zip(("D3", "E3", "F3", "G3"), ("447", 0.0235, 60, 60), strict=True)),
}

SCALARS: list[tuple[str, Any]] = [
    ("=BILLED_MINUTES(A1)", 2.0),
    ("=BILLED_MINUTES(31;30;6)", 0.6),
    ("=BILLED_MINUTES(7;6)", 0.2),
    ("=BILLED_MINUTES(A3)", 0.0),
    ("=BILLED_MINUTES(A2)", VALUE),
    ("=BILLED_MINUTES(A5)", NUM),
    ("=CALL_COST(A1;B1)", 0.017),
    ("=CALL_COST(924;0.0085;60;60;0;5)", 0.136),
    ("=CALL_COST(A1;B3)", NA),
    ('=CALL_COST(A1;B1;60;60;0;4;"sideways")', VALUE),
    ('=CARD_COST(80;"+44 20 7946 0958";D1:G3)', 0.0139),
    ('=CARD_COST(80;"+33 1";D1:G3)', NA),
    ('=CALL_RATE("+44 7700 900123";D1:G3)', 0.0235),
    ('=STORAGE_DAYS("2023-03-16";"2023-06-30")', 107.0),
    ('=STORAGE_CHARGE(119;0.0004;"2023-03-16";"2023-06-30")', 0.0008),
    ('=MONTH_ATTRIBUTE("2024-03-31 20:00";"America/New_York")', 45383.0),
    ('=MONTH_ATTRIBUTE(45382.5;"UTC";"start";A3;TRUE())', "2024-03"),
    ('=MONTH_ATTRIBUTE("soon")', VALUE),
    ('=IS_BILLED("completed")', 1.0),
    ('=IS_BILLED("No Answer")', 0.0),
    ('=IS_BILLED("answered_by_VM")', NA),
    ("=TO_UTC(45351.5)", 45351.5),
    ('=TO_UTC("2024-03-01T05:30:00+05:30")', 45352.0),
    ('=TO_SECONDS("1:20")', 80.0),
    ("=TO_SECONDS(2)", NUM),
    ("=WITH_ERROR(2042)", NA),
    ("=WITH_ERROR(2007)", DIV0),
    ("=SUM(BILLED_MINUTES(A1);BILLED_MINUTES(A4))", 4.0),
]

ARRAYS: list[tuple[str, str, list[list[Any]]]] = [
    ("J1:J5", "=BILLED_MINUTES(A1:A5)", [[2.0], [VALUE], [0.0], [2.0], [NUM]]),
    ("K1:K5", "=CALL_COST(A1:A5;B1:B5)", [[0.017], [VALUE], [NA], [0.04], [NUM]]),
    ("L1:M2", '=IS_BILLED({"completed";"busy"|"answered";"maybe"})', [[1.0, 0.0], [1.0, NA]]),
    ("N1:P1", "=BILLED_MINUTES({60;61;3600})", [[1.0, 2.0, 60.0]]),
    ("Q1:Q3", "=WITH_ERRORS(2007)", [[2.0], [DIV0], [VALUE]]),
    ("R1:R2", '=CARD_COST(80;{"4420"|"33"};D1:G3)', [[0.0139], [NA]]),
    ("S1:S2", '=CALL_RATE({"4420"|"447"};D1:G3)', [[0.0099], [0.0235]]),
    ("T1:T2", '=STORAGE_DAYS({45001|45002};"2023-03-31")', [[16.0], [15.0]]),
    ("U1:U2", '=STORAGE_CHARGE({60|119};0.0004;"2023-03-16";"2023-06-30")', [[0.0004], [0.0008]]),
    ("V1:V2", "=MONTH_ATTRIBUTE({45382.5|45383.5})", [[45352.0], [45383.0]]),
    ("W1:W2", '=TO_UTC({45351.5|45352.5};"+05:30")', [[45351.270833333336], [45352.270833333336]]),
    ("X1:X2", '=TO_SECONDS({"1:20"|"0:00:05"})', [[80.0], [5.0]]),
]


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Answers:
    formulas = [formula for formula, _ in SCALARS] + [[area, formula] for area, formula, _ in ARRAYS]
    macros = [f"TollsheetButtons.{action.macro}" for action in ACTIONS]
    folder = tmp_path_factory.mktemp("office")
    return ask(folder, formulas, cells=CELLS, macros=macros, failing="rate_card")


@pytest.mark.parametrize(("place", "formula"), list(enumerate(formula for formula, _ in SCALARS)))
def test_a_cell_shows_what_python_says(answers: Answers, place: int, formula: str) -> None:
    assert answers.shown[place] == SCALARS[place][1], formula


@pytest.mark.parametrize(("place", "formula"), list(enumerate(formula for _, formula, _ in ARRAYS)))
def test_a_range_is_computed_element_by_element(answers: Answers, place: int, formula: str) -> None:
    assert answers.shown[len(SCALARS) + place] == ARRAYS[place][2], formula


def test_every_function_was_asked_both_ways() -> None:
    for name in CELL_FUNCTIONS:
        assert any(f"{name}(" in formula for formula, _ in SCALARS), name
        assert any(f"{name}(" in formula for _, formula, _ in ARRAYS), name


def test_python_was_reached_for_each_function(answers: Answers) -> None:
    assert {line.removeprefix("call ") for line in answers.reached if line.startswith("call ")} == set(
        CELL_FUNCTIONS
    )


def test_every_button_runs_its_command_in_the_workbook_that_is_open(answers: Answers) -> None:
    ran = [line.removeprefix("run ") for line in answers.reached if line.startswith("run ")]
    assert ran == [action.name for action in ACTIONS if action.name != "rate_card"]
    assert answers.reached.count("set BOOK_CALLER True") == len(ACTIONS)


def test_a_command_that_fails_says_so_and_names_the_log_file(answers: Answers) -> None:
    (said,) = (line for line in answers.reached if line.startswith("say "))
    assert "Rate card did not work." in said
    assert "The card is locked. Unlock it." in said
    assert "Traceback" not in said
    assert "tollsheet.log" in said


def test_without_python_a_cell_says_name_and_does_not_try_again_at_once(tmp_path: Path) -> None:
    formulas = ["=BILLED_MINUTES(60)", "=BILLED_MINUTES(61)", "=CALL_COST(60;0.01)"]
    answers = ask(tmp_path, formulas, broken=True)
    assert answers.shown == [NAME, NAME, NAME]
    assert answers.reached == ["call BILLED_MINUTES"] * 2  # the first, and once more on a new connection


def test_a_repeated_call_is_answered_from_memory(tmp_path: Path) -> None:
    answers = ask(tmp_path, ["=REPEATED(60;61)"])
    assert answers.shown == [1.0 + 2.0 + 1.0 + 2.0]
    assert answers.reached == ["call BILLED_MINUTES"] * 2


def test_dates_of_a_workbook_that_counts_from_1904_are_refused_and_all_else_is_computed(
    tmp_path: Path,
) -> None:
    """Its numbers would be read four years off."""
    cells = {"A1": 43920, "A2": "44", "D1": "prefix", "E1": "rate", "F1": "valid_until"}
    cells |= {"D2": "44", "E2": 0.01, "F2": 43919, "G1": "prefix", "H1": "rate", "G2": "44", "H2": 0.02}
    shown = {
        "=MONTH_ATTRIBUTE(A1)": NUM,
        "=TO_UTC(A1)": NUM,
        "=STORAGE_DAYS(A1;A1)": NUM,
        "=CALL_RATE(A2;D1:F2;A1)": NUM,
        "=CARD_COST(60;A2;D1:F2;A1)": NUM,
        '=CALL_RATE(A2;D1:F2;"2024-03-31")': NUM,
        "=CALL_RATE(A2;D1:F2)": NA,  # a dated row needs the day of the call: no date is ever compared
        "=CALL_RATE(A2;G1:H2)": 0.02,
        "=CARD_COST(60;A2;G1:H2)": 0.02,
        "=BILLED_MINUTES(61)": 2.0,
    }
    answers = ask(tmp_path, list(shown), cells=cells, null_date=(1904, 1, 1))
    assert dict(zip(shown, answers.shown, strict=True)) == shown
