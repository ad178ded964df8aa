"""What a file format is: the columns it is recognised by, and how one of its rows becomes a record.

The formats themselves stand in one file for each provider; `reading.py` lists them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from itertools import chain

from addin.records.call import Call, Charge, Deletion, Recording, UsageRecord, User
from addin.records.fields import Fields
from addin.records.tables import fold
from addin.records.values import BadValue
from udfs.errors import CellError
from udfs.rating import status
from udfs.rating.rate_card import call_direction

Record = Call | UsageRecord | Recording | Deletion | Charge | User

OR = " or "
"""Between the names of a column that may stand for each other: `Start Time or Date Created`."""


@dataclass(frozen=True, slots=True)
class Own:
    """The columns in which each call says what is its own, by the names that they may have. In all other
    columns that are looked at, calls are alike: many say the same.

    Nothing but the call's id, numbers, start, parent, time of change and digest may come from these.
    """

    call_id: tuple[str, ...]
    from_number: tuple[str, ...]
    to_number: tuple[str, ...]
    start: tuple[str, ...]
    clock: tuple[str, ...] = ()
    """The time of day, where `start` holds the day alone."""
    parent: tuple[str, ...] = ()
    times: tuple[tuple[str, ...], ...] = ()
    """Other times, of which nothing but whether they are blank decides anything."""
    unused: tuple[str, ...] = ()
    """What is looked at only in a call without a start."""
    time_format: str = ""

    def columns(self) -> frozenset[str]:
        """All of them, folded."""
        names = (self.call_id, self.from_number, self.to_number, self.start, self.clock, self.parent)
        return frozenset(map(fold, chain(*names, *self.times, self.unused)))


@dataclass(frozen=True, slots=True)
class Format:
    """A format of one provider. `required` columns recognise it; `read` makes a record of a row."""

    provider: str
    name: str
    """Without the kind of file: `Twilio console`."""
    required: tuple[str, ...]
    read: Callable[[Fields], Record] | None
    """None where rows of this format are no calls, usage or recordings."""
    optional: tuple[str, ...] = ()
    id_column: str = ""
    zone: str = ""
    """Of bare times, where the provider or the mapping says it; no setting shifts them then."""
    price: tuple[str, ...] = ()
    """The names of the column of a call's price. Where a file has it, a blank is a price that is pending."""
    holds: str = "calls"
    """What a row is: `calls`, `usage`, `recordings`, `deletions`, `charges` or `roster`."""
    why_not: str = ""
    """Of a format that cannot be imported: what to export instead."""
    own: Own | None = None
    """Of calls: what is not alike."""
    is_alike: bool = True
    """Whether the other columns are: many rows can be read at once then."""

    def required_names(self) -> list[tuple[str, ...]]:
        """Each required column by the names it may have."""
        return [tuple(column.split(OR)) for column in self.required]

    def columns(self) -> frozenset[str]:
        """Every column that is looked at, folded."""
        return frozenset(
            fold(name) for column in (*self.required, *self.optional) for name in column.split(OR)
        )

    def missing_in(self, headers: Iterable[str]) -> list[str]:
        """The required columns that folded headers lack."""
        there = set(headers)
        return [OR.join(names) for names in self.required_names() if there.isdisjoint(map(fold, names))]


@lru_cache(maxsize=4096)
def billed_by(written: str) -> bool | None:
    """Whether a call of this status is charged; None where the status is unknown."""
    try:
        return status.is_billed(written)
    except CellError:
        return None


CALLS, CLIENT_CALLS = "calls", "calls-client"
"""A bill keeps the calls of a client (an app) apart."""


def category_by(*numbers: str) -> str:
    """The category of a call whose record has none, by its numbers: a client's is like `client:alice`."""
    return CLIENT_CALLS if any(number[:7].casefold() == "client:" for number in numbers) else CALLS


def talked_ms(duration_ms: int | None, is_answered: bool | None) -> int:
    """The time talked. Only a call that was not answered may leave it blank: then it is 0."""
    if duration_ms is None and is_answered:
        raise BadValue("no duration for an answered call")
    return duration_ms or 0


def answered(is_billed: bool) -> str:
    """The status of a call whose record has none."""
    return "answered" if is_billed else "not answered"


def direction_of(written: str, fields: Fields) -> str:
    """`inbound`, `outbound`, or empty where the word says neither, which the file's remark then tells."""
    direction = _direction_of(written)
    if written and not direction:
        fields.unknown_direction(written)
    return direction


@lru_cache(maxsize=4096)
def _direction_of(written: str) -> str:
    try:
        return call_direction(written)
    except CellError:
        return ""


def started_at(
    fields: Fields,
    is_billed: bool | None,
    start: Sequence[str],
    *instead: str,
    time_format: str = "",
    clock: tuple[str, ...] = (),
) -> datetime:
    """When a call began. One that is not billed may lack it, never dialled: then another time stands in.

    `clock` is the column of the time of day, where `start` holds the day alone.
    """
    instant = fields.instant(*start, time_format=time_format, clock=clock)
    if instant is None and is_billed is False:
        others = (fields.instant(column, time_format=time_format) for column in instead)
        instant = next((other for other in others if other is not None), None)
    elif instant is not None:
        fields.keep_offset(instant, *start, time_format=time_format)
    return fields.needed(instant, *start)


_FIRST_RECORDING, _LAST_RECORDING = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def stored_at(fields: Fields, *columns: str, time_format: str = "") -> datetime | None:
    """When a recording was made or deleted; a time before 2000 or after 2199 is a wrong column or unit."""
    instant = fields.instant(*columns, time_format=time_format)
    if instant is not None and instant < _FIRST_RECORDING:
        raise BadValue(f'"{columns[0]}" is {instant:%Y-%m-%d}, before there were such recordings')
    if instant is not None and instant >= _LAST_RECORDING:
        raise BadValue(f'"{columns[0]}" is {instant:%Y-%m-%d}, which no recording can be of')
    return instant


def not_negative(value: Decimal | None, column: str) -> Decimal | None:
    """A rate or amount of storage. A negative one is no credit that anybody knows of."""
    if value is not None and value < 0:
        raise BadValue(f'"{column}" is negative ({value})')
    return value


def deleted_at(fields: Fields, *columns: str, time_format: str = "") -> datetime | None:
    """When a recording was deleted; blank and `no` say that it was not, `yes` does not say when."""
    word = fields.text(*columns).casefold()
    if word in ("yes", "true"):
        raise BadValue(f'"{columns[0]}" is {word}: it says that it was deleted, not when')
    if word in ("no", "false"):
        return None
    return stored_at(fields, *columns, time_format=time_format)
