"""Reading cells in Excel, as far as that can be tried without it: what COM hands over is made up here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from addin.hosts.excel.program import Excel
from udfs.errors import COM_INTEGER_OF_CODE

MONEY, DAY, GENERAL = "$#,##0.00000", "yyyy-mm-dd", "General"
XLWINGS_ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")
"""Those it has a text for."""

Cell = tuple[Any, str]
"""A value (a day as its serial) and its number format."""


@dataclass
class Api:
    """A range of Excel as pywin32 shows it."""

    rows: list[list[Cell]]

    @property
    def Value2(self) -> Any:
        values = tuple(tuple(value for value, _ in row) for row in self.rows)
        return values[0][0] if len(values) == len(values[0]) == 1 else values


@dataclass
class Cells:
    """The same as xlwings shows it on Windows."""

    rows: list[list[Cell]]

    @property
    def api(self) -> Api:
        return Api(self.rows)

    @property
    def columns(self) -> list[Cells]:
        return [Cells([[row[column]] for row in self.rows]) for column in range(len(self.rows[0]))]

    def options(self, *, ndim: int, err_to_str: bool, chunksize: int) -> Cells:
        assert (ndim, err_to_str) == (2, True)
        return self

    @property
    def value(self) -> list[list[Any]]:
        return [[handed_over(*cell) for cell in row] for row in self.rows]


def handed_over(value: Any, number_format: str) -> Any:
    """What `Range.Value` gives for a cell, after xlwings has cleaned it."""
    if isinstance(value, int) and not isinstance(value, bool):
        texts = {COM_INTEGER_OF_CODE[text]: text for text in XLWINGS_ERRORS}
        return texts.get(value, value)
    if isinstance(value, float) and number_format == MONEY:
        return Decimal(repr(value)).quantize(Decimal("0.0001"), ROUND_HALF_EVEN)
    if isinstance(value, float) and number_format == DAY:
        return datetime(2026, 9, 1)
    return value


def values_of(*rows: list[Cell]) -> list[list[Any]]:
    return Excel(None).values_of(Cells(list(rows)))


@pytest.mark.parametrize("rate", [0.00855, 0.00004, 123456.123456789, -0.12345])
def test_money_keeps_all_its_digits(rate: float) -> None:
    assert values_of([(rate, MONEY)]) == [[rate]]
    assert type(values_of([(rate, MONEY)])[0][0]) is float


def test_days_blanks_texts_and_truths_beside_money_stay_what_they_are() -> None:
    rows = [
        [("from", GENERAL), ("rate", GENERAL), (None, GENERAL)],
        [(46266.0, DAY), (0.00855, MONEY), (True, GENERAL)],
        [(46266.0, DAY), (46266.0, DAY), (0.0085, GENERAL)],
        [(None, MONEY), (None, MONEY), (1.00005, MONEY)],
    ]
    day = datetime(2026, 9, 1)
    assert values_of(*rows) == [
        ["from", "rate", None],
        [day, 0.00855, True],
        [day, day, 0.0085],
        [None, None, 1.00005],
    ]


@pytest.mark.parametrize("code", COM_INTEGER_OF_CODE)
def test_an_error_is_its_text_and_never_a_number(code: str) -> None:
    assert values_of([(COM_INTEGER_OF_CODE[code], GENERAL), (0.5, MONEY)]) == [[code, 0.5]]


def test_an_error_that_is_not_known_is_an_error_too() -> None:
    assert values_of([(-2146826000, GENERAL)]) == [["#VALUE!"]]


def test_the_dialog_offers_every_file_that_can_be_read() -> None:
    asked: dict[str, Any] = {}

    def choose(**options: Any) -> tuple[str, ...]:
        asked.update(options)
        return ("C:\\log.xlsm", "C:\\rates.tsv")

    app = SimpleNamespace(api=SimpleNamespace(GetOpenFilename=choose))
    assert len(Excel(app).choose_files("Call log")) == 2
    names, patterns, _, every = asked["FileFilter"].split(",")
    assert (names, every) == (f"Exports ({patterns})", "*.*")
    assert {"*.csv", "*.tsv", "*.xlsx", "*.xlsm", "*.jsonl", "*.gz", "*.toml"} <= set(patterns.split(";"))
