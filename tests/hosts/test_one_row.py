"""A result of one row reaches Excel whole."""

from __future__ import annotations

import pytest

from addin.hosts.excel import udfs


@pytest.mark.parametrize("length", [2, 3, 63, 64, 100])
def test_one_row_is_a_list_in_a_list(length: int) -> None:
    """xlwings hands on the row by itself; pywin32 takes a tuple for several results and keeps one."""
    found = udfs.BILLED_MINUTES((tuple(61.0 for _ in range(length)),))
    assert found == [[2.0] * length]
    assert type(found) is type(found[0]) is list


@pytest.mark.parametrize("length", [2, 63, 64, 100])
def test_rows_travel_in_a_list(length: int) -> None:
    found = udfs.BILLED_MINUTES(tuple((61.0,) for _ in range(length)))
    assert type(found) is list
    assert [value for row in found for value in row] == [2.0] * length
