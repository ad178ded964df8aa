"""The choices of an investigation: days, threshold, when the sides were exported, and the balance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from addin.errors import TollsheetError
from addin.investigation.export import moment_of
from addin.investigation.ledger import Ledger
from addin.investigation.questions import share_of
from addin.reconcile.period import Days
from addin.records.call import SourceFile
from addin.records.ledger_file import CLOSING, CREDIT, OPENING, OTHER, STORAGE, TOP_UP, read_ledger, stated
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
_STALENESS_S, _MOST_S = 60, 86_400


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


def _moment(said: Said, label: str) -> datetime | None:
    value: Any = said.values.get(label)
    if isinstance(value, datetime):
        return moment_of(f"{value:%Y-%m-%d %H:%M:%S}")
    if not said.text(label):
        return None
    try:
        return moment_of(said.text(label))
    except TollsheetError:
        raise said.wrong(label, "a moment as YYYY-MM-DD HH:MM, in UTC") from None


def _ledger(said: Said, time_zone: str | None) -> tuple[Ledger | None, tuple[SourceFile, ...]]:
    """From a file, or from the amounts that stand there."""
    filled = [label for label in _AMOUNTS if said.text(label)]
    path = said.path(investigation.LEDGER_FILE)
    buffer = said.number(investigation.BUFFER)
    staleness = timedelta(seconds=said.whole(investigation.STALENESS, _STALENESS_S, _MOST_S))
    if path is not None:
        if filled:
            raise TollsheetError(
                f'Sheet "{SHEET}": {investigation.LEDGER_FILE} and {filled[0]} are both filled',
                "Give the ledger as a file or as amounts.",
            )
        rows, source = read_ledger(path, time_zone)
        return Ledger(tuple(rows), buffer, staleness), (source,)
    if not filled:
        return None, ()
    closing_at = _moment(said, investigation.CLOSING_AT)
    entries = []
    for label in filled:
        kind = _AMOUNTS[label]
        try:
            entries.append(stated(kind, said.text(label), closing_at if kind == CLOSING else None))
        except TollsheetError:
            raise said.wrong(label, "an amount such as 100.50 or 100.50 USD") from None
    return Ledger(tuple(entries), buffer, staleness), ()
