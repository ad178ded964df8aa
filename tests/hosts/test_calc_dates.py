"""Workbooks that count their days from another day."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from addin.hosts.calc_addin.dates import days_from_1899, moved_in, moved_out
from udfs import CELL_FUNCTIONS


@pytest.mark.parametrize(("day", "days"), [((1899, 12, 30), 0), ((1904, 1, 1), 1462), ((1900, 1, 1), 2)])
def test_the_setting_of_the_workbook(day: tuple[int, int, int], days: int) -> None:
    assert days_from_1899(SimpleNamespace(Year=day[0], Month=day[1], Day=day[2])) == days


def test_days_are_moved_and_nothing_else() -> None:
    charge = CELL_FUNCTIONS["STORAGE_CHARGE"]
    cells = (119.0, 0.0004, ((100.0,), ("",), ("2023-03-16",)), 200.0, 0.0, None)
    moved = moved_in(charge, cells, 1462)
    assert moved == [119.0, 0.0004, ((1562.0,), ("",), ("2023-03-16",)), 1662.0, 0.0, None]


@pytest.mark.parametrize("header", ["Valid From", "valid-until", "VALIDFROM"])
def test_days_in_a_rate_card_are_moved_however_its_column_is_written(header: str) -> None:
    card = (("Prefix", "Rate", header, 5.0), (44.0, 0.01, 100.0, 100.0), (447.0, 0.02, "", ""))
    _, moved, *_ = moved_in(CELL_FUNCTIONS["CALL_RATE"], (44.0, card, None, None), 1462)
    assert moved == (card[0], (44.0, 0.01, 1562.0, 100.0), card[2])


def test_results_are_moved_back() -> None:
    assert moved_out(((45383.0,), ("2024-03",)), 1462) == ((43921.0,), ("2024-03",))
