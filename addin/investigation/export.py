"""When each side was exported: too soon after the period's end, late calls and prices are missing.

Source: ConnexCS, Billing Basics: export 24 hours following the final day for which you are billing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from addin.errors import TollsheetError
from addin.reconcile.period import Period, midnight
from addin.records.call import SourceFile
from addin.records.instants import instant_of
from addin.records.values import BadValue

SETTLED = timedelta(hours=24)
"""After the end of the period: exports made then are complete."""


@dataclass(frozen=True, slots=True)
class Export:
    """One side's export; `at` is None where nothing says when it was made."""

    side: str
    at: datetime | None
    said_by: str
    """What says it: `as stated`, or the name of a file."""


@dataclass(frozen=True, slots=True)
class Exports:
    """Both sides' exports against the end of the period."""

    ends_at: datetime
    """The first moment after the period."""
    sides: tuple[Export, ...]

    @property
    def settled_at(self) -> datetime:
        return self.ends_at + SETTLED

    @property
    def too_early(self) -> list[Export]:
        return [side for side in self.sides if side.at is not None and side.at < self.settled_at]

    @property
    def unknown(self) -> list[Export]:
        return [side for side in self.sides if side.at is None]


def exports_of(
    period: Period,
    log: Sequence[SourceFile],
    bill: Sequence[SourceFile],
    stated_at: datetime | None = None,
) -> Exports:
    """A stated time holds for both sides; else that of the newest file of each."""
    ends_at = midnight(period.next_first_day)
    return Exports(
        ends_at, tuple(_export(side, files, stated_at) for side, files in (("Call log", log), ("Bill", bill)))
    )


def _export(side: str, files: Sequence[SourceFile], stated_at: datetime | None) -> Export:
    if stated_at is not None:
        return Export(side, stated_at, "as stated")
    times = [(file.modified_at, file.name) for file in files if file.modified_at is not None]
    if not times:
        return Export(side, None, "no file time")
    at, name = max(times)
    return Export(side, at, f"time of the file {name}")


def moment_of(text: str, option: str = "") -> datetime:
    """A moment as a person writes it; without a zone it is UTC, a day is its midnight.

    >>> str(moment_of("2026-10-02 06:00")), str(moment_of("2026-10-02T06:00:00+02:00"))
    ('2026-10-02 06:00:00+00:00', '2026-10-02 04:00:00+00:00')
    """
    try:
        found = instant_of(text.strip(), "UTC")
    except BadValue:
        found = None
    if found is None:
        raise TollsheetError(
            f"{text!r} is not a moment", "Write it as YYYY-MM-DD HH:MM, in UTC or with a zone.", option
        )
    return found
