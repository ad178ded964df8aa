"""A ledger: what moved a balance, as rows of `kind, amount, at, currency, reference`.

It is the statement that a balance is checked against, read from a CSV, JSON or .xlsx file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from addin.errors import TollsheetError, in_quotes
from addin.records.call import Place, SourceFile
from addin.records.fields import Fields, Reading
from addin.records.recognition import headers_of
from addin.records.source import open_source
from addin.records.tables import BadRow, Table, fold, tables_of
from addin.records.values import BadValue, currency_of, decimal_of
from addin.records.whole_days import next_midnight

OPENING, TOP_UP, CREDIT, STORAGE, OTHER, CLOSING = (
    "opening",
    "top-up",
    "credit",
    "storage",
    "other",
    "closing",
)
KINDS = (OPENING, TOP_UP, CREDIT, STORAGE, OTHER, CLOSING)
_WRITTEN = {
    **{fold(kind): kind for kind in KINDS},
    **dict.fromkeys(("openingbalance", "balancebroughtforward"), OPENING),
    **dict.fromkeys(("closingbalance", "balance"), CLOSING),
    **dict.fromkeys(("topups", "payment", "payments"), TOP_UP),
    **dict.fromkeys(("credits", "creditnote"), CREDIT),
    **dict.fromkeys(("othercharge", "othercharges", "other"), OTHER),
    **dict.fromkeys(("storagecharge", "storagecharges", "recordingstorage"), STORAGE),
}
"""How kinds are written, folded."""
_COLUMNS = ("kind", "amount", "at", "currency", "reference")
_REQUIRED = _COLUMNS[:2]
_USED = frozenset(_COLUMNS)


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One entry of a statement. Charges and top-ups are positive amounts; a balance may be negative."""

    kind: str
    """One of `KINDS`."""
    amount: Decimal
    currency: str = ""
    at: datetime | None = None
    """In UTC; of a day without a time of day, its beginning."""
    reference: str = ""
    place: Place | None = None
    """None where it was stated and stands in no file."""
    until: datetime | None = None
    """The end of the day that `at` is the beginning of; None where a time of day is said."""


def read_ledger(path: Path, time_zone: str | None = None) -> tuple[list[LedgerRow], SourceFile]:
    """The rows of a ledger, and the file as the report lists it. Raises TollsheetError where a row cannot be
    read: a balance without one of its entries is no balance."""
    source = open_source(path, path.name)
    table = _table(source.name, [each for one in tables_of(source) for each in (one, *one.lower())])
    reading = Reading(headers_of(table, _USED, source.name), zone=time_zone or "UTC")
    rows = []
    for number, row in table.rows():
        place = Place(source.name, number)
        if isinstance(row, BadRow):
            raise TollsheetError(f"{place}: {row.problem}", "Correct that row of the ledger.")
        try:
            rows.append(_row(Fields(row, place, reading), reading.zone))
        except BadValue as error:
            raise TollsheetError(f"{place}: {error}", "Correct that row of the ledger.") from None
    if not rows:
        raise TollsheetError(f"{source.name} has column names but no entries", "Write the statement's rows.")
    file = SourceFile(
        source.name, "", f"ledger {table.kind}", source.sha256, source.size_bytes, len(rows),
        source.modified_at, source.notes, reading.zone,
    )  # fmt: skip
    return rows, file


def stated(kind: str, text: str, at: datetime | None = None, until: datetime | None = None) -> LedgerRow:
    """An amount that a person states, with its currency where there are several.

    >>> stated(OPENING, "100.50 USD").amount, stated(CREDIT, "3").currency
    (Decimal('100.50'), '')
    """
    figure, _, currency = text.strip().partition(" ")
    try:
        found, own = decimal_of(figure), currency_of(currency)
    except BadValue:
        found, own = None, ""
    if found is None or (found < 0 and kind not in (OPENING, CLOSING)):
        raise TollsheetError(
            f"{text!r} is no {kind} amount", "Write it as 100.50 or 100.50 USD, without a sign."
        )
    return LedgerRow(kind, found, own, at, until=until)


def _table(name: str, tables: list[Table]) -> Table:
    for table in tables:
        if {fold(header) for header in table.headers}.issuperset(_REQUIRED):
            return table
    raise TollsheetError(
        f"{name} is no ledger: it lacks the columns {in_quotes(_REQUIRED)}",
        f"Its columns are {', '.join(_COLUMNS)}; the last three may be missing.",
    )


def _row(fields: Fields, zone: str) -> LedgerRow:
    written = fields.text("kind")
    kind = _WRITTEN.get(fold(written))
    if kind is None:
        raise BadValue(f'"kind" is {written[:40]!r}: write one of {", ".join(KINDS)}')
    found = fields.needed(fields.decimal("amount"), "amount")
    if found < 0 and kind not in (OPENING, CLOSING):
        raise BadValue(f'"amount" is {found:f}: write what a {kind} comes to without a sign')
    at = fields.instant("at")
    return LedgerRow(
        kind,
        found,
        fields.currency("currency"),
        at,
        fields.text("reference"),
        fields.place,
        next_midnight(at, zone) if at is not None and fields.is_whole_day("at") else None,
    )
