"""Instants and days as whole numbers since 1970, as columns hold them.

>>> at = datetime(2026, 9, 30, 23, 59, 59, 250_000, tzinfo=UTC)
>>> microseconds(at), instant(microseconds(at)) == at, day(20_726)
(1790812799250000, True, datetime.date(2026, 9, 30))
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

_FIRST_DAY, _EPOCH = date(1970, 1, 1), datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

DAY_US = 86_400_000_000
"""Microseconds of a day in UTC."""


def microseconds(instant: datetime) -> int:
    return (instant - _EPOCH) // _MICROSECOND


def length_us(length: timedelta) -> int:
    return length // _MICROSECOND


def instant(us: int) -> datetime:
    """In UTC."""
    return _EPOCH + timedelta(microseconds=us)


def day(number: int) -> date:
    return _FIRST_DAY + timedelta(days=number)
