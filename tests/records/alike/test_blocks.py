"""Where a block ends decides nothing: neither the numbers of rows nor what is refused."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.errors import TollsheetError
from addin.records import read_records
from addin.records.alike import signs
from addin.records.alike.calls import AlikeCalls
from tests.records.alike.conftest import Both
from tests.records.alike.test_same import HEADER, ROW, console, with_cell

SIZES = range(len(HEADER) + 1, len(HEADER) + 3 * len(ROW), 7)


@pytest.mark.parametrize(
    "value", ['"three\nshort\nlines"', '"a quote"', "ë"], ids=["breaks", "quotes", "no ASCII"]
)
def test_wherever_a_block_ends_rows_keep_their_numbers(both: Both, tmp_path: Path, value: str) -> None:
    path = tmp_path / "calls.csv"
    path.write_text(console(ROW + value), "utf-8")
    for size in SIZES:
        with patch("addin.records.alike.csv.BLOCK", size):
            assert isinstance(both([path]).calls, AlikeCalls)


def test_wherever_a_block_ends_a_quote_within_a_value_is_read_as_row_by_row(
    both: Both, tmp_path: Path
) -> None:
    """Arrow would part the row in another way, so that the file is not read in columns."""
    path = tmp_path / "calls.csv"
    path.write_text(console(f'{ROW}5" and 6" pipes'))
    for size in SIZES:
        with patch("addin.records.alike.csv.BLOCK", size):
            assert not isinstance(both([path]).calls, AlikeCalls)


def test_wherever_a_block_ends_a_lone_return_is_read_as_row_by_row(both: Both, tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_bytes(console(f"{ROW}a\rb").encode())
    for size in SIZES:
        with patch("addin.records.alike.csv.BLOCK", size):
            assert said(path, alike=True) == said(path, alike=False)


def test_a_column_is_one_text_no_longer(both: Both, tmp_path: Path) -> None:
    """The currency of many calls, then another one as long, then none."""
    path = tmp_path / "calls.csv"
    rows = [with_cell(9, unit) for unit in ("USD",) * 90 + ("EUR",) * 40 + ("EUR", "USD", "") * 20]
    path.write_text("\n".join([HEADER, *rows]))
    with patch("addin.records.alike.csv.BLOCK", 1500):
        calls = both([path]).calls
    assert isinstance(calls, AlikeCalls)


@given(st.text(alphabet='a,"\n\rë', max_size=30).map(str.encode), st.integers(1, 9))
def test_signs_are_found_wherever_they_stand(text: bytes, at_once: int) -> None:
    with patch.object(signs, "_AT_ONCE", at_once):
        found = signs.signs_of(text)
    assert found == signs.Signs(text.count(b"\n"), b'"' in text, b"\r" in text, text.isascii())


def said(path: Path, *, alike: bool) -> object:
    """The records, or why there are none."""
    try:
        return list(read_records([path], alike=alike).calls)
    except TollsheetError as error:
        return str(error)
