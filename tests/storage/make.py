"""Recordings and statements made in a line each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from addin.reconcile.period import Month
from addin.records.call import Deletion, Place, Recording, Records, SourceFile
from addin.reports.storage.report import StorageReport, report_of
from addin.storage.question import Question, months_between
from addin.storage.statement import Statement, state

FILE = "recordings.json"


def recording(
    number: int = 1,
    created: str = "2023-03-16",
    seconds: float = 60,
    rate: str | None = "0.0004",
    deleted: str | None = None,
    **more: Any,
) -> Recording:
    """A recording at noon (UTC) of a day; `number` is its row and its id."""
    return Recording(
        **{
            "place": Place(FILE, number),
            "provider": "plivo",
            "recording_id": f"r{number}",
            "call_id": f"c{number}",
            "created_at": noon(created),
            "duration_ms": round(seconds * 1000),
            "rate": None if rate is None else Decimal(rate),
            "deleted_at": None if deleted is None else noon(deleted),
        }
        | more
    )


def noon(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(hours=12)


def deletion(recording_id: str, day: str, row: int = 2) -> Deletion:
    return Deletion(Place("deletions.csv", row), recording_id, noon(day))


def records(*recordings: Recording, deletions: Sequence[Deletion] = (), **more: Any) -> Records:
    files = dict.fromkeys(one.place.file for one in recordings)
    sources = tuple(SourceFile(name, "plivo", "Plivo recording JSON", "0" * 64, 1, 1) for name in files)
    return Records(recordings=tuple(recordings), deletions=tuple(deletions), sources=sources, **more)


def question(first: str = "2023-06", last: str = "", **more: Any) -> Question:
    months = months_between(Month.parse(first), Month.parse(last or first))
    return Question(**{"months": months, "as_of": months[-1].last_day} | more)


def statement(
    *recordings: Recording,
    deletions: Sequence[Deletion] = (),
    first: str = "2023-06",
    last: str = "",
    **more: Any,
) -> Statement:
    return state(records(*recordings, deletions=deletions), question(first, last, **more))


def report(*recordings: Recording, deletions: Sequence[Deletion] = (), **more: Any) -> StorageReport:
    held = records(*recordings, deletions=deletions)
    return report_of(state(held, question(**more)), held.sources)


def kinds(made: Statement) -> list[tuple[str, str]]:
    """Kind and recording of each finding."""
    return [(one.kind, one.recording_id) for one in made.findings]


def amounts(made: Statement) -> list[Fraction]:
    return [month.amount for month in made.months]


def day(text: str) -> date:
    return date.fromisoformat(text)
