"""The template storage.xlsx: recordings in, what each month end charges for their storage out."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from templates.blank.storage import recordings
from templates.blank.storage.checks import checks_of
from templates.blank.storage.guide import guide_of
from templates.blank.storage.schedule import write_schedule
from templates.blank.storage.values import Stored
from templates.shared.book import Book
from templates.shared.checks import write_checks
from templates.shared.guide import write_guide
from templates.shared.tables import Row, write_table

TITLE = "Recording storage"
PURPOSE = "What Plivo charges for stored recordings at each month end, recording by recording."


def _recording(name: str, created: datetime, seconds: int, deleted: datetime | None = None) -> Row:
    return {
        "Recording id": name,
        "Created (UTC)": created,
        "Deleted (UTC)": deleted,
        "Seconds": seconds,
        "Rate": Decimal("0.0004"),
    }


EXAMPLES: tuple[Row, ...] = (
    _recording("recording 1", datetime(2023, 3, 16, 9, 30), 50),
    _recording("recording 2", datetime(2023, 3, 16, 11, 5, 12), 119),
    _recording("recording 3", datetime(2023, 3, 16, 16, 40), 150, datetime(2023, 6, 29, 10, 0)),
    _recording("from January", datetime(2023, 1, 2, 8, 0), 610),
    _recording("day 90 at a month end", datetime(2023, 4, 2, 12, 0), 61),
    _recording("deleted on a last day", datetime(2023, 2, 10, 7, 15), 300, datetime(2023, 7, 31, 18, 0)),
    _recording("empty", datetime(2023, 2, 20, 13, 0), 0),
)
"""The first three are Plivo's own: 0.0012 on 30 June for the first two."""


def example(rows: tuple[Row, ...] = EXAMPLES, *, rate: Decimal | None = None) -> Stored:
    """The template's table; with other rows for tests."""
    return Stored(rows, date(2023, 4, 1), rate, "USD")


def build(stored: Stored | None = None) -> bytes:
    """The file; without rows, with the examples."""
    stored = stored or example()
    book = Book(TITLE, PURPOSE)
    sheet = book.input_sheet(
        recordings.SHEET, "One row a recording. Paste into the yellow columns; the grey ones calculate."
    )
    pages = ["Problem", recordings.charge_head(1)]
    write_table(sheet, book.look, recordings.TABLE, recordings.FIELDS, stored.rows, pages)
    checks = checks_of(stored)
    write_schedule(book, stored, sum(not check.passes for check in checks))
    write_checks(book, checks)
    write_guide(book, guide_of(stored))
    return book.saved()
