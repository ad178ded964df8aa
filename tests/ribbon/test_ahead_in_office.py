"""Rows are read ahead of a formula that is filled down: fewer calls of Python, and never another answer.

LibreOffice forgets what a module holds between the cells, so a column is calculated in one run, by
`FILLED_DOWN` and `FILLED_UP` of the tests; the formula of a cell is always asked by itself.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.ribbon.addin_in_office import ask

MIXED: list[Any] = [
    80,
    "busy",
    "80",
    "",
    "0:01:20",
    -1,
    0,
    0.3,
    "#N/A",
    61.5,
    45383.25,
    "2024-03-31 20:00",
    1e300,
]
MIXED += [
    "completed",
    "Completed",
    "No Answer",
    "perhaps",
    " ",
    45382.999999999,
    "13:15:00 AEDT 2021-03-09",
    "#",
]


def filled(column: str, values: list[Any]) -> dict[str, Any]:
    return {f"{column}{row}": value for row, value in enumerate(values, 1) if value != ""}


def calls(reached: list[str]) -> int:
    return sum(line.startswith("call ") for line in reached)


@pytest.mark.parametrize(
    ("name", "more"),
    [("BILLED_MINUTES", ""), ("MONTH_ATTRIBUTE", ""), ("IS_BILLED", ""), ("TO_UTC", ';"+05:30"')],
)
def test_a_mixed_column_shows_what_each_cell_shows_alone(tmp_path: Path, name: str, more: str) -> None:
    values = MIXED * 4
    questions = [
        ["J1:J84", f'=FILLED_DOWN("{name}";A1:A84)'],
        ["K1:K84", f'=FILLED_UP("{name}";A1:A84)'],
        *(f"={name}(A{row}{more})" for row in range(1, len(MIXED) + 1)),
    ]
    down, up, *alone = ask(tmp_path, questions, cells=filled("A", values)).shown
    assert [value for (value,) in down] == alone * 4
    assert up == down
    assert len(set(map(str, alone))) >= 3


@pytest.mark.parametrize("function", ["FILLED_DOWN", "FILLED_UP"])
def test_a_column_of_different_cells_takes_few_calls(tmp_path: Path, function: str) -> None:
    values = [60 * row + 1 for row in range(400)]
    question = ["J1:J400", f'={function}("BILLED_MINUTES";A1:A400)']
    answers = ask(tmp_path, [question], cells=filled("A", values))
    assert answers.shown == [[[row + 1.0] for row in range(400)]]
    assert calls(answers.reached) == 5  # rows 1, 2 to 18, 19 to 83, 84 to 340, and the rest


def test_cells_that_repeat_do_not_break_it_off(tmp_path: Path) -> None:
    values = [60 * (row // 3) + 1 for row in range(300)]
    question = ["J1:J300", '=FILLED_DOWN("BILLED_MINUTES";A1:A300)']
    answers = ask(tmp_path, [question], cells=filled("A", values))
    assert answers.shown == [[[row // 3 + 1.0] for row in range(300)]]
    assert calls(answers.reached) <= 6


def test_two_columns_move_together_and_an_absolute_reference_stays(tmp_path: Path) -> None:
    cells = {**filled("A", [60.0] * 100), **filled("B", [0.01 * row for row in range(1, 101)])}
    cells["C1"] = 0.5
    answers = ask(tmp_path / "one", [["J1:J100", '=FILLED_DOWN("CALL_COST";A1:A100;B1:B100)']], cells=cells)
    assert answers.shown == [[[round(0.01 * row, 4)] for row in range(1, 101)]]
    assert calls(answers.reached) == 4
    cells |= filled("A", [60.0 * row for row in range(1, 101)])
    answers = ask(tmp_path / "two", [["J1:J100", '=FILLED_DOWN("CALL_COST";A1:A100;C1)']], cells=cells)
    assert answers.shown == [[[0.5 * row] for row in range(1, 101)]]
    assert calls(answers.reached) == 4


def test_cells_with_formulas_are_not_read_ahead(tmp_path: Path) -> None:
    """They may not be calculated yet; above a sum, fewer rows are read."""
    cells = filled("A", [60 * row for row in range(1, 100)])
    cells["A100"] = "=SUM(A1:A99)"
    question = ["J1:J100", '=FILLED_DOWN("BILLED_MINUTES";A1:A100)']
    answers = ask(tmp_path / "one", [question], cells=cells)
    assert answers.shown == [[*([float(row)] for row in range(1, 100)), [4950.0]]]
    assert calls(answers.reached) <= 8
    cells = {f"A{row}": f"=60*{row}" for row in range(1, 31)}
    answers = ask(tmp_path / "two", [["J1:J30", '=FILLED_DOWN("BILLED_MINUTES";A1:A30)']], cells=cells)
    assert answers.shown == [[[float(row)] for row in range(1, 31)]]
    assert calls(answers.reached) == 30


def test_a_cell_that_is_overwritten_after_it_was_read_gets_its_own_answer(tmp_path: Path) -> None:
    cells = filled("A", [60 * row for row in range(1, 41)])
    answers = ask(tmp_path, [], cells=cells, macros=["xlwings.OVERWRITE"])
    expected = [100 if row == 25 else row for row in range(1, 41)]
    assert answers.reached[-1] == f"say {' ' + ' '.join(map(str, expected))!r}"
    assert calls(answers.reached) == 4  # rows 1, 2 to 18, 19 to 83, and 25


def test_a_rate_card_is_compared_whole(tmp_path: Path) -> None:
    """It stays while the rows move, and another rate in it is another card."""
    cells = {**filled("A", [60 * row for row in range(1, 41)]), "D1": "prefix", "E1": "rate"}
    cells |= {"D2": "44", "E2": 1}
    answers = ask(tmp_path, [], cells=cells, macros=["xlwings.CHANGE_CARD"])
    expected = [2 * row if 20 < row <= 30 else row for row in range(1, 41)]
    assert answers.reached[-1] == f"say {' ' + ' '.join(map(str, expected))!r}"
    assert calls(answers.reached) == 5  # rows 1, 2 to 18, 19 to 83; 21 and 22 to 38 with the other card


def test_a_full_memory_forgets_and_goes_on(tmp_path: Path) -> None:
    values = [60 * row + 1 for row in range(400)]
    question = ["J1:J400", '=FILLED_DOWN("BILLED_MINUTES";A1:A400)']
    constants = {"MOST_REMEMBERED": 2030}  # room for 2,000 is made
    answers = ask(tmp_path, [question], cells=filled("A", values), constants=constants)
    assert answers.shown == [[[row + 1.0] for row in range(400)]]
    assert calls(answers.reached) == 15  # each 83 rows: 1, 17, 65; then anew


def test_many_rate_cards_are_told_apart(tmp_path: Path) -> None:
    """More cards than are kept; a blank in the place of a rate; another prefix."""
    cells = {"D1": "prefix", "E1": "rate", "D2": "44", "E2": 1}
    cells |= {"F1": "prefix", "G1": "rate", "F2": "44"}
    answers = ask(tmp_path, [], cells=cells, macros=["xlwings.CHANGE_CARD_OFTEN"])
    costs = " ".join(str(turn % 12 + 1) for turn in range(24))
    assert answers.reached[-1] == f"say ' {costs} Error 2042 Error 2042'"


def test_a_rate_card_whose_reference_moves_is_sent_whole(tmp_path: Path) -> None:
    cells = filled("A", [60] * 40)
    for row in range(1, 40, 2):
        cells |= {f"D{row}": "prefix", f"E{row}": "rate", f"D{row + 1}": "44", f"E{row + 1}": row}
    answers = ask(tmp_path, [], cells=cells, macros=["xlwings.MOVE_CARD"])
    assert answers.reached[-1] == f"say {' ' + ' '.join(map(str, range(1, 40, 2)))!r}"


def test_numbers_that_look_the_same_are_told_apart(tmp_path: Path) -> None:
    """A key has 15 digits of a number, a cell 17: only the comparison keeps the two apart."""
    answers = ask(tmp_path, ["=REPEATED(60;60.00000000000001)"])
    assert answers.shown == [4.0]
    assert calls(answers.reached) == 3
