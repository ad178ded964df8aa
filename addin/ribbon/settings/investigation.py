"""The choices of an investigation: days, threshold, when the sides were exported, and the balance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from fractions import Fraction
from typing import Any

from addin.errors import TollsheetError
from addin.investigation.balance import STALENESS, Ledger
from addin.investigation.export import moment_of
from addin.investigation.given_ledger import (
    CLOSING_AT,
    LEDGER_FILE,
    LONGEST_STALENESS_S,
    GivenLedger,
    ledger_of,
)
from addin.investigation.questions import share_of
from addin.reconcile.period import Days
from addin.records.call import SourceFile
from addin.records.ledger_file import CLOSING, CREDIT, OPENING, OTHER, STORAGE, TOP_UP
from addin.ribbon.desk import Desk
from addin.ribbon.settings.sections import SHEET, investigation
from addin.ribbon.settings.sheet import Said, read_said

_AMOUNTS = {
    investigation.OPENING: OPENING,
    investigation.TOP_UPS: TOP_UP,
    investigation.CREDITS: CREDIT,
    investigation.STORAGE: STORAGE,
    investigation.OTHER: OTHER,
    investigation.CLOSING: CLOSING,
}


@dataclass(frozen=True, slots=True)
class Choices:
    """The settings of a workbook, checked. Without `days` the month holds."""

    days: Days | None
    threshold: Fraction
    exported_at: datetime | None
    ledger: Ledger | None
    ledger_sources: tuple[SourceFile, ...]


def read_choices(desk: Desk, time_zone: str | None) -> Choices:
    """What stands on the workbook's sheet of settings; the defaults where there is none."""
    said = read_said(desk)
    ledger, sources = _ledger(said, time_zone)
    return Choices(_days(said), _threshold(said), _moment(said, investigation.EXPORTED_AT), ledger, sources)


def _days(said: Said) -> Days | None:
    first, last = said.day(investigation.FIRST_DAY), said.day(investigation.LAST_DAY)
    if first is None and last is None:
        return None
    if first is None or last is None:
        label = investigation.FIRST_DAY if first is None else investigation.LAST_DAY
        raise TollsheetError(f'Sheet "{SHEET}": {label} is blank', "Write both days, or none for the month.")
    return Days(first, last)


def _threshold(said: Said) -> Fraction:
    try:
        return share_of(said.text(investigation.THRESHOLD) or "1")
    except TollsheetError:
        raise said.wrong(investigation.THRESHOLD, "percent of 0 or more, such as 1 or 0.5") from None


def _as_written(said: Said, label: str) -> str:
    """A program makes a date of what is typed: without a time of day it is a day."""
    value: Any = said.values.get(label)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M:%S}"
    return said.text(label)


def _moment(said: Said, label: str) -> datetime | None:
    text = _as_written(said, label)
    if not text:
        return None
    try:
        return moment_of(text)
    except TollsheetError:
        raise said.wrong(label, "a moment as YYYY-MM-DD HH:MM, in UTC") from None


def _ledger(said: Said, time_zone: str | None) -> tuple[Ledger | None, tuple[SourceFile, ...]]:
    """From a file, or from the amounts that stand there."""
    labels = {kind: label for label, kind in _AMOUNTS.items()}
    labels |= {LEDGER_FILE: investigation.LEDGER_FILE, CLOSING_AT: investigation.CLOSING_AT}

    def refuse(which: str, problem: str, remedy: str) -> TollsheetError:
        return TollsheetError(f'Sheet "{SHEET}", {labels[which]}: {problem}', remedy)

    staleness = said.whole(investigation.STALENESS, int(STALENESS.total_seconds()), LONGEST_STALENESS_S)
    return ledger_of(
        GivenLedger(
            said.path(investigation.LEDGER_FILE),
            {kind: text for label, kind in _AMOUNTS.items() if (text := said.text(label))},
            _as_written(said, investigation.CLOSING_AT),
            said.number(investigation.BUFFER),
            timedelta(seconds=staleness),
            time_zone,
        ),
        refuse,
    )
