"""Plivo's own figures beside ours, recording by recording: amount, days of storage, minutes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from addin.reconcile.measure import MS_PER_MINUTE
from addin.records.call import SourceFile
from addin.storage.lines import Line
from udfs.rating.storage import month_end

GIVEN = "as given"
COUNTED = "by the days of storage in the file"
MODIFIED = "when the file was last changed"
MOST_DAYS = 100_000
"""More days of storage than that are no count."""


@dataclass(frozen=True, slots=True)
class Export:
    """The day (UTC) a file was exported, and how that is known."""

    file: str
    on: date
    known: str

    @property
    def month_end(self) -> date:
        """The last month end that had passed: Plivo's amounts are of it."""
        this = month_end(self.on)
        return this if this == self.on else self.on.replace(day=1) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Compared:
    """One recording's figures of Plivo beside ours; None where Plivo gives none."""

    line: Line
    export: Export | None
    """None where its day is not known: then only minutes are compared."""
    amount: Fraction | None
    our_amount: Fraction | None
    """None where no rate is known."""
    days: int | None
    our_days: int | None
    """None where it is not stored any more on the day of the export."""
    minutes: Fraction | None
    is_asked: bool = True
    """Whether Plivo's amount is of a month end that was asked for; of another one nothing is said."""

    @property
    def amount_differs(self) -> bool:
        return self.is_asked and self.amount is not None and self.amount != self.our_amount

    @property
    def days_differ(self) -> bool:
        return self.days is not None and self.our_days is not None and self.days != self.our_days

    @property
    def minutes_differ(self) -> bool:
        return self.minutes is not None and self.minutes != self.line.minutes


def exports_of(
    lines: Sequence[Line], sources: Sequence[SourceFile], exported_on: date | None
) -> dict[str, Export]:
    """The day of each file of recordings. Without one given, the day on which most of its recordings would
    have been stored as long as they say; without such days, when the file was last changed."""
    modified = {source.name: source.modified_at for source in sources}
    counted: dict[str, Counter[date]] = {}
    for line in lines:
        days = counted.setdefault(line.recording.place.file, Counter())
        if 0 < (stored := line.recording.storage_days or 0) <= MOST_DAYS:
            days[line.created_on + timedelta(days=stored - 1)] += 1
    found = {}
    for file, days in counted.items():
        at = modified.get(file) or modified.get(file.partition("[")[0])
        if exported_on is not None:
            found[file] = Export(file, exported_on, GIVEN)
        elif days:
            most = max(days.values())
            found[file] = Export(file, max(day for day, count in days.items() if count == most), COUNTED)
        elif at is not None:
            found[file] = Export(file, at.date(), MODIFIED)
    return found


def compare(
    lines: Sequence[Line], exports: Mapping[str, Export], month_ends: Collection[date]
) -> list[Compared]:
    """Every recording for which Plivo gives a figure, in the order of the lines."""
    found = []
    for line in lines:
        recording, export = line.recording, exports.get(line.recording.place.file)
        amount, days = (recording.monthly_amount, recording.storage_days) if export else (None, None)
        if amount is None and days is None and recording.rounded_ms is None:
            continue
        found.append(
            Compared(
                line,
                export,
                None if amount is None else Fraction(amount),
                line.charge(export.month_end) if export else None,
                days,
                line.days(export.on) if export else None,
                None if recording.rounded_ms is None else Fraction(recording.rounded_ms, MS_PER_MINUTE),
                export is None or export.month_end in month_ends,
            )
        )
    return found
