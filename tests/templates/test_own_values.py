"""Instants and days are the numbers that XlsxWriter writes, digit by digit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from xlsxwriter.worksheet import Worksheet

from templates.own_values import Inside, insides_of

EPOCH = datetime(1970, 1, 1)
_US = timedelta(microseconds=1)
PLAIN = Inside("", ("", ""), ("", ""), {})


def written(instants: Iterable[int]) -> list[str]:
    sheet = Worksheet()
    return [f"{sheet._convert_date_time(EPOCH + one * _US):.16G}" for one in instants]


def made(values: np.ndarray) -> list[str]:
    _, texts, _ = insides_of(values, np.zeros(len(values), bool), PLAIN)
    found: list[str] = texts.to_pylist()
    return found


@pytest.mark.parametrize("step", [1, 1_000, 1_000_000, 60_000_000, 21_093_750])
def test_instants(step: int) -> None:
    """The last step is 1/4096 of a day: of its odd multiples the twelfth decimal is an even half."""
    first, last = ((one - EPOCH) // _US for one in (datetime(1989, 9, 19), datetime(2079, 6, 5)))
    values = np.random.default_rng(step).integers(first // step + 1, last // step, 20_000) * step
    assert made(values) == written(values.tolist())


def test_days() -> None:
    days = np.arange(7_200, 39_900, dtype=np.int32)
    assert made(days) == written(one * 86_400_000_000 for one in days.tolist())


def test_an_instant_of_utc_is_not_moved() -> None:
    moment = datetime(2026, 9, 30, 23, 59, 59, tzinfo=UTC)
    us = (moment.replace(tzinfo=None) - EPOCH) // _US
    assert made(np.array([us], np.int64)) == ["46295.99998842592"]
