"""The input tables of the templates: how each is called, its columns, and what a record puts into them.

Whoever fills a template by hand pastes under the same headers, so their order and words are for people. A
column that a record leaves blank is one of which nothing is known: never 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, TypeVar

from addin.reconcile.measure import printed, printed_minutes, printed_seconds
from addin.records.call import Call, Charge, Recording, UsageRecord, User
from addin.records.formats import category_by
from addin.reports.reconciliation.rows import ROW_PLACES
from templates import look
from templates.grid import Column, Kind
from templates.reconciliation.tables import counts_minutes
from udfs.rating.rate_card import RateRow

R = TypeVar("R")

WORDS = Kind(widest=36, is_input=True)
COUNT = Kind(look.COUNT, is_input=True)
SECONDS = Kind(look.PLAIN, is_input=True)
MINUTES = Kind("#,##0.00##", is_input=True)
AMOUNT = Kind(look.AMOUNT, is_input=True)
DAY = Kind(look.DAY, widest=11, is_input=True)
INSTANT = Kind(look.INSTANT, widest=18, is_input=True)

DECIMALS = "Decimals"
"""The column of a rate card that says to how many a cost is rounded."""
MONTH = "month"
"""The cell of a template that holds the month, as YYYY-MM."""


@dataclass(frozen=True, slots=True)
class InputTable(Generic[R]):
    """A table of a template that people or files fill."""

    name: str
    """Of the table in the workbook."""
    columns: tuple[Column[R], ...]
    holds: str
    """What a row of it is, in the plural."""
    also: tuple[Column[R], ...] = ()
    """Columns that our templates do not have and others may: what a file seldom says."""


def _seconds(ms: int | None) -> Decimal | None:
    return None if ms is None else printed_seconds(ms)


def _minutes(ms: int | None) -> Decimal | None:
    return None if ms is None else printed_minutes(ms)


def _own_category(call: Call) -> str:
    """Blank where the numbers tell it."""
    return "" if call.category == category_by(call.from_number, call.to_number) else call.category


_CATEGORY = Column("Category", WORDS, _own_category)

CALLS: InputTable[Call] = InputTable(
    "Calls",
    (
        Column("Call id", WORDS, lambda call: call.call_id),
        Column("Started (UTC)", INSTANT, lambda call: call.started_at),
        Column("Direction", WORDS, lambda call: call.direction),
        Column("From", WORDS, lambda call: call.from_number),
        Column("To", WORDS, lambda call: call.to_number),
        Column("Status", WORDS, lambda call: call.status),
        Column("Seconds", SECONDS, lambda call: _seconds(call.duration_ms)),
        Column("Log price", AMOUNT, lambda call: call.cost),
        Column("Currency", WORDS, lambda call: call.currency),
        Column("Place", WORDS, lambda call: str(call.place)),
    ),
    "calls of our log",
    (_CATEGORY,),
)

BILLED: InputTable[Call] = InputTable(
    "Billed",
    (
        *CALLS.columns[:7],
        Column("Billed minutes", MINUTES, lambda call: _minutes(call.billed_ms)),
        Column("Cost", AMOUNT, lambda call: call.cost),
        *CALLS.columns[8:],
    ),
    "calls on the provider's bill",
    (_CATEGORY,),
)

USAGE: InputTable[UsageRecord] = InputTable(
    "Usage",
    (
        Column("Category", WORDS, lambda record: record.category),
        Column("First day", DAY, lambda record: record.start_on),
        Column("Last day", DAY, lambda record: record.end_on),
        Column("Calls", COUNT, lambda record: record.calls),
        Column(
            "Minutes",
            MINUTES,
            lambda record: record.minutes if counts_minutes(record.unit, record.category) else None,
        ),
        Column("Cost", AMOUNT, lambda record: record.cost),
        Column("Currency", WORDS, lambda record: record.currency),
        Column("Place", WORDS, lambda record: str(record.place)),
    ),
    "sums of the provider by category",
)

RATES: InputTable[RateRow] = InputTable(
    "Rates",
    (
        Column("Prefix", WORDS, lambda row: row.prefix),
        Column("Direction", WORDS, lambda row: row.direction),
        Column("Category", WORDS, lambda row: row.category),
        Column("Destination", WORDS, lambda row: row.destination),
        Column("Country", WORDS, lambda row: row.country),
        Column("Rate", AMOUNT, lambda row: printed(row.terms.rate, ROW_PLACES)),
        Column("Minimum", SECONDS, lambda row: _seconds(row.terms.minimum_ms)),
        Column("Increment", SECONDS, lambda row: _seconds(row.terms.increment_ms)),
        Column("Connect fee", AMOUNT, lambda row: printed(row.terms.connect_fee, ROW_PLACES)),
        # blank is not 4: the provider's own precision applies then
        Column(DECIMALS, COUNT, lambda row: row.terms.places if row.places_given else None),
        Column("Rounding", WORDS, lambda row: row.terms.rounding),
        Column("Duration rounding", WORDS, lambda row: row.terms.duration_rounding),
        Column("Anchor", WORDS, lambda row: row.terms.anchor),
        Column("Currency", WORDS, lambda row: row.currency),
        Column("Valid from", DAY, lambda row: row.valid_from),
        Column("Valid until", DAY, lambda row: row.valid_until),
    ),
    "rows of the rate card",
)

RECORDINGS: InputTable[Recording] = InputTable(
    "Recordings",
    (
        Column("Recording id", WORDS, lambda recording: recording.recording_id),
        Column("Created (UTC)", INSTANT, lambda recording: recording.created_at),
        Column("Deleted (UTC)", INSTANT, lambda recording: recording.deleted_at),
        Column("Seconds", SECONDS, lambda recording: _seconds(recording.duration_ms)),
        Column("Rate", AMOUNT, lambda recording: recording.rate),
        Column("Place", WORDS, lambda recording: str(recording.place)),
    ),
    "stored recordings",
)

CHARGES: InputTable[Charge] = InputTable(
    "Charges",
    (
        Column("Call id", WORDS, lambda charge: charge.call_id),
        # the word that reports know, or what the file has instead of it
        Column("Type", WORDS, lambda charge: charge.kind or charge.kind_written),
        Column("Agent", WORDS, lambda charge: charge.agent),
        Column("Campaign ID", WORDS, lambda charge: charge.campaign_id),
        Column("From", WORDS, lambda charge: charge.from_number),
        Column("To", WORDS, lambda charge: charge.to_number),
        Column("Country", WORDS, lambda charge: charge.country),
        Column("Started (UTC)", INSTANT, lambda charge: charge.started_at),
        Column("Billed (UTC)", INSTANT, lambda charge: charge.billed_at),
        Column("Seconds", SECONDS, lambda charge: _seconds(charge.duration_ms)),
        Column("Cost", AMOUNT, lambda charge: charge.cost),
        Column("Currency", WORDS, lambda charge: charge.currency),
        Column("Place", WORDS, lambda charge: str(charge.place)),
    ),
    "charges of calls",
)

ROSTER: InputTable[User] = InputTable(
    "Roster",
    (
        Column("Agent", WORDS, lambda user: user.agent),
        Column("Team", WORDS, lambda user: "; ".join(user.teams)),
        Column("Active", WORDS, lambda user: "yes" if user.is_active else "no"),
        Column("Place", WORDS, lambda user: str(user.place)),
    ),
    "users and their teams",
)

INPUT_TABLES: tuple[InputTable[Any], ...] = (CALLS, BILLED, USAGE, RATES, RECORDINGS, CHARGES, ROSTER)
