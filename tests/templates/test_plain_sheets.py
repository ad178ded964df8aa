"""Which columns of an import a few cells keep from being numbers."""

from __future__ import annotations

from typing import Any

import pytest

from templates.plain_sheets import Spoilt, spoilt_columns


@pytest.mark.parametrize(
    ("values", "found"),
    [
        (["0.1"] * 9 + ["n/a"], [Spoilt("Cost", "A11", "n/a", True)]),
        (["1"] * 20 + ["1,5", "", None, "x"], [Spoilt("Cost", "A22", "1,5", True)]),
        ([0.1] * 9 + ["n/a"], [Spoilt("Cost", "A11", "n/a", False)]),
        (["0.1"] * 8 + ["n/a"], []),
        (["0.1"] * 10 + ["", None], []),
        ([f"+1500555000{one}" for one in range(10)], []),
        ([], []),
    ],
)
def test_a_column_of_numbers_that_a_few_cells_spoil(values: list[Any], found: list[Spoilt]) -> None:
    assert spoilt_columns(["Cost"], [[value] for value in values]) == found


def test_rows_that_could_not_be_read_spoil_the_first_column() -> None:
    rows: list[list[Any]] = [[str(number), "a"] for number in range(10)]
    rows.insert(3, ["log.csv, row 5: it has 3 cells"])
    assert spoilt_columns(["Seconds", "Note"], rows) == [
        Spoilt("Seconds", "A5", "log.csv, row 5: it has 3 cells", True)
    ]
