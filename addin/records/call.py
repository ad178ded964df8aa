"""The records that every provider's file becomes, each with the place it was read from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: a file and the row a person sees there (the header of a table is row 1).

    >>> str(Place("calls.csv", 17))
    'calls.csv:17'
    """

    file: str
    row: int

    def __str__(self) -> str:
        return f"{self.file}:{self.row}"


@dataclass(frozen=True, slots=True)
class Call:
    """One call leg: a billed connection with a record of its own.

    `cost` is positive for a charge, None while the price is pending or where the file has none.
    `is_billed` is None where the status is unknown; `billed_ms` is what the provider says it charged for.
    """

    place: Place
    provider: str
    call_id: str
    from_number: str
    to_number: str
    direction: str
    """`inbound`, `outbound`, or `` where the file does not say."""
    category: str
    """As a bill keeps calls apart: `calls` or `calls-client`."""
    status: str
    is_billed: bool | None
    started_at: datetime
    """In UTC."""
    duration_ms: int
    """Answered milliseconds, before any rule."""
    billed_ms: int | None = None
    cost: Decimal | None = None
    rate_per_minute: Decimal | None = None
    connect_fee: Decimal | None = None
    currency: str = ""
    account: str = ""
    parent_id: str = ""
    updated_at: datetime | None = None
    offset_s: int = 0
    """How far the clock that the file shows the start by is ahead of UTC."""
    agent: str = ""
    """Who made or took it; of Voiso's records, as `kind` and `campaign_id`."""
    kind: str = ""
    """What started it, as written: `outbound`, `dialer`, `click_to_call` and so on."""
    campaign_id: str = ""
    row_values: tuple[str, ...] = field(default=(), repr=False)
    """A digest of the whole row as it was written, to tell an identical copy from a different one."""


@dataclass(frozen=True, slots=True)
class UsageRecord:
    """The provider's sum for one category and a span of days (both included, in UTC)."""

    place: Place
    provider: str
    category: str
    start_on: date
    end_on: date
    calls: int
    minutes: Decimal
    cost: Decimal | None
    currency: str
    account: str = ""
    unit: str = ""
    """The usage unit as written, e.g. `minutes`; only minutes are compared."""
    as_of: datetime | None = None

    @property
    def days(self) -> set[date]:
        """Every day of the span."""
        length = (self.end_on - self.start_on).days + 1
        return {self.start_on + timedelta(days=n) for n in range(length)}


@dataclass(frozen=True, slots=True)
class Recording:
    """One stored recording."""

    place: Place
    provider: str
    recording_id: str
    call_id: str
    created_at: datetime
    """In UTC."""
    duration_ms: int
    rounded_ms: int | None = None
    """What the provider says it charges for, where the record says it."""
    storage_days: int | None = None
    """As counted by the provider on the day of the export."""
    rate: Decimal | None = None
    """Per whole minute and month."""
    monthly_amount: Decimal | None = None
    """What the provider says it charged at the last month end before the export."""
    deleted_at: datetime | None = None
    """In UTC."""
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Deletion:
    """That a recording was deleted, told apart from the recording itself."""

    place: Place
    recording_id: str
    deleted_at: datetime
    """In UTC."""


@dataclass(frozen=True, slots=True)
class Charge:
    """What one call, or its answering machine detection, was charged.

    `cost` is positive for a charge, negative for a credit, None while it is pending.
    """

    place: Place
    provider: str
    call_id: str
    kind: str
    """`manual`, `click_to_call`, `dialer`, `amd`; empty where the word in the file is none of them."""
    kind_written: str
    agent: str
    campaign_id: str
    from_number: str
    to_number: str
    country: str
    """As the file writes it, empty where it does not say."""
    started_at: datetime | None
    """In UTC, as `billed_at`."""
    billed_at: datetime | None
    cost: Decimal | None
    currency: str = ""
    duration_ms: int | None = None
    row_values: tuple[str, ...] = field(default=(), repr=False)
    """A digest of the whole row as it was written."""


@dataclass(frozen=True, slots=True)
class User:
    """A row of a roster: somebody who may make calls, with their teams."""

    place: Place
    agent: str
    teams: tuple[str, ...]
    is_active: bool


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A row that could not be read: it becomes a finding and stops nothing."""

    place: Place
    call_id: str
    problem: str
    started_at: datetime | None = None
    """Of a call, if that can be read all the same; so with its numbers."""
    from_number: str = ""
    to_number: str = ""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """An input as it was read, for the sign-off: what it is, its hash, its rows."""

    name: str
    provider: str
    format: str
    """E.g. `Twilio console CSV`."""
    hashed: str | Callable[[], str]
    """Its SHA-256, or what gives it: that of a large file is made beside what is done with its records."""
    size_bytes: int
    rows: int
    """Rows that hold a record, readable or not."""
    modified_at: datetime | None = None
    notes: tuple[str, ...] = ()
    """What was assumed in reading it, e.g. `read as Windows-1252`."""
    zone: str = ""
    """Of its times that name none."""
    has_prices: bool = False
    """Whether it has a column for the price of a call, be it blank."""

    @property
    def sha256(self) -> str:
        """Of the bytes on disk, packed or not. Raises TollsheetError where the file was changed meanwhile."""
        return self.hashed if isinstance(self.hashed, str) else self.hashed()


@dataclass(frozen=True, slots=True)
class Records:
    """All that was read from a list of files."""

    calls: Sequence[Call] = ()
    """A tuple, or of a large log `AlikeCalls`."""
    usage: tuple[UsageRecord, ...] = ()
    recordings: tuple[Recording, ...] = ()
    deletions: tuple[Deletion, ...] = ()
    charges: tuple[Charge, ...] = ()
    roster: tuple[User, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    sources: tuple[SourceFile, ...] = ()

    @property
    def have_prices(self) -> bool:
        """Whether a file has a column of prices: a charged call without one waits for it."""
        return any(source.has_prices for source in self.sources)

    @property
    def providers(self) -> tuple[str, ...]:
        """The providers met, in the order of the files, each once."""
        return tuple(dict.fromkeys(source.provider for source in self.sources if source.rows))
