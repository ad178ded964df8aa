"""The choices of a storage statement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from addin.errors import TollsheetError
from addin.reconcile.period import Month
from addin.records import ColumnMapping, read_mapping
from addin.ribbon.desk import Desk
from addin.ribbon.settings.sections import month, storage
from addin.ribbon.settings.sheet import Said, read_said
from addin.storage.question import (
    MONTHS_AHEAD,
    MOST_AHEAD,
    OLDER_THAN,
    Question,
    StoredDays,
    currency_text,
    months_between,
    parse_invoices,
)

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class StorageChosen:
    """The settings of a workbook, as far as no month is needed for them."""

    said: Said
    first: Month | None
    last: Month | None
    time_zone: str | None
    mapping_path: Path | None
    exported_on: date | None

    @property
    def mapping(self) -> ColumnMapping | None:
        return read_mapping(self.mapping_path) if self.mapping_path else None

    def question(self, first: Month) -> Question:
        """What is asked, from this month on. Raises TollsheetError where a cell cannot be used."""
        said = self.said
        months = months_between(first, self.last or first)
        has_rate = bool(said.text(storage.RATE))
        return Question(
            months=months,
            as_of=said.day(storage.AS_OF) or months[-1].last_day,
            rate=said.number(storage.RATE) if has_rate else None,
            currency=_of(said, storage.CURRENCY, currency_text, "three letters, such as USD") or "",
            stored=_of(said, storage.STORED_DAYS, StoredDays.parse, ">90, >=91, <30 or <=29") or StoredDays(),
            within_a_year=said.yes_or_no(storage.WITHIN_A_YEAR) or False,
            exported_on=self.exported_on,
            invoices=parse_invoices(said.texts(storage.INVOICES)),
            months_ahead=said.whole(storage.MONTHS_AHEAD, MONTHS_AHEAD, MOST_AHEAD),
            older_than=_older_than(said),
        )


def read_storage_settings(desk: Desk) -> StorageChosen:
    """What stands on the workbook's sheet of settings; the defaults where there is none."""
    said = read_said(desk)
    first, last = said.month(storage.FIRST), said.month(storage.LAST)
    return StorageChosen(
        said=said,
        first=first or said.month(month.MONTH),
        last=last,
        time_zone=said.text(month.ZONE) or None,
        mapping_path=said.path(month.MAPPING),
        exported_on=said.day(storage.EXPORTED_ON),
    )


def _of(said: Said, label: str, read: Callable[[str], Value], right: str) -> Value | None:
    """A cell read by a rule of the statement, refused under its label; None for a blank."""
    text = said.text(label)
    if not text:
        return None
    try:
        return read(text)
    except TollsheetError:
        raise said.wrong(label, right) from None


def _older_than(said: Said) -> tuple[int, ...]:
    parts = said.texts(storage.OLDER_THAN)
    if not all(part.isascii() and part.isdigit() and len(part) < 7 for part in parts):
        raise said.wrong(storage.OLDER_THAN, "days, such as 30; 90; 365")
    return tuple(int(part) for part in parts) or OLDER_THAN
