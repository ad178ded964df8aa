"""Stored recordings of a Plivo account with planted faults, and what each month end should charge for them.

The sums are formed here by counting days one by one from the calendar, not by the product's rule.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from examples.generator.files import Account, lines, table
from examples.generator.money import decimal, plain
from examples.generator.traffic import next_month

RATE = 4
"""A minute a month, in ten thousandths."""
FREE_DAYS = 90
MONTHS = 3
PLAIN = 60
"""Recordings without any fault."""
EXAMPLE = ((50, None), (119, None), (150, date(2023, 6, 29)))
"""Plivo's published example: seconds, and the day of deletion."""
EXAMPLE_DAY, EXAMPLE_EXPORT = date(2023, 3, 16), date(2023, 6, 30)


@dataclass(frozen=True, slots=True)
class Stored:
    """One recording; what a fault changes is what the file says, not the truth."""

    id: str
    call_id: str
    created_at: datetime
    milliseconds: int
    deleted_on: date | None = None
    fault: str = ""
    said: dict[str, Any] = field(default_factory=dict)
    """Fields of the record that the fault has changed."""

    @property
    def minutes(self) -> int:
        whole, part = divmod(self.milliseconds, 60_000)
        return whole + bool(part)

    def days(self, on: date) -> int:
        """Counted one by one."""
        count, day = 0, self.created_at.date()
        while day <= on:
            count, day = count + 1, day + timedelta(days=1)
        return count

    def charge(self, on: date) -> int:
        """In ten thousandths."""
        is_stored = self.deleted_on is None or self.deleted_on > on
        return self.minutes * RATE if is_stored and self.days(on) > FREE_DAYS else 0


def storage(account: Account, seed: int) -> tuple[dict[str, bytes], dict[str, Any]]:
    """Recordings and deletions over three months, Plivo's example, and the truth about both."""
    rng = random.Random(f"plivo storage {seed} {account.first_day}")
    ends = _month_ends(account.first_day)
    stored = _stored(rng, ends)
    records = [_record(one, ends[-1]) for one in stored]
    places = {one.id: f"storage-recordings.json:{number}" for number, one in enumerate(stored, 1)}
    copy = next(one for one in stored if one.fault == "copy")
    other = next(one for one in stored if one.fault == "two records")
    records.append(_record(copy, ends[-1]))
    records.append(_record(replace(other, milliseconds=other.milliseconds + 600_000), ends[-1]))
    places[copy.id] = f"storage-recordings.json:{len(records) - 1}"
    places[other.id] = f"storage-recordings.json:{len(records)}"
    gone = [one for one in stored if one.deleted_on]
    unknown = str(UUID(int=rng.getrandbits(128), version=4))
    deletions = [[one.id, f"{one.deleted_on} 08:00:00+00:00"] for one in gone]
    deletions.append([unknown, f"{ends[-1]} 09:00:00+00:00"])
    read = [one for one in stored if not one.fault.startswith("unreadable")]
    example_files, example = _example()
    told = {
        "files": ["storage-recordings.json", "storage-deletions.csv"],
        "exported_on": str(ends[-1]),
        "recordings": len(read),
        "months": [_month(read, on) for on in ends],
        "ahead": [_month(read, on, if_kept_on=ends[-1]) for on in _ahead(ends[-1])],
        "planted": [
            {"fault": one.fault, "recording_id": one.id, "place": places[one.id]}
            for one in stored
            if one.fault
        ]
        + [
            {"fault": "unknown deletion", "recording_id": unknown}
            | {"place": f"storage-deletions.csv:{len(deletions) + 1}"}
        ],
        "example": example,
    }
    files = {
        "storage-recordings.json": _page(records),
        "storage-deletions.csv": table(["recording_id", "deleted_at"], deletions).encode(),
        **example_files,
    }
    return files, {"storage": told}


def _month_ends(first_day: date) -> list[date]:
    ends: list[date] = []
    day = first_day
    for _ in range(MONTHS):
        ends.insert(0, next_month(day) - timedelta(days=1))
        day = (day - timedelta(days=1)).replace(day=1)
    return ends


def _ahead(last: date) -> list[date]:
    ends, day = [], last + timedelta(days=1)
    for _ in range(MONTHS):
        ends.append(next_month(day) - timedelta(days=1))
        day = next_month(day)
    return ends


def _stored(rng: random.Random, ends: Sequence[date]) -> list[Stored]:
    last = ends[-1]

    def made(days: int, fault: str = "", **said: Any) -> Stored:
        """A recording that is stored for so many days on the last month end."""
        day = last - timedelta(days=days - 1)
        at = datetime.combine(day, time()) + timedelta(seconds=rng.randrange(86_400))
        ids = [str(UUID(int=rng.getrandbits(128), version=4)) for _ in range(2)]
        return Stored(ids[0], ids[1], at, rng.randrange(1_000, 900_000, 20), None, fault, said)

    stored = [made(rng.randrange(1, 360)) for _ in range(PLAIN)]
    stored += [made(rng.randrange(367, 700), "older than a year") for _ in range(3)]
    stored += [made(90, "day 90"), made(91, "day 91")]
    for fault, on in (
        ("deleted on the last day", ends[-2]),
        ("deleted before", ends[-2] - timedelta(days=1)),
        ("deleted before", ends[-1] - timedelta(days=12)),
    ):
        stored.append(replace(made(rng.randrange(150, 300), fault), deleted_on=on))
    for _ in range(2):
        one = made(rng.randrange(95, 300), "amount")
        wrong = float(decimal(one.charge(last) + rng.choice((RATE, 2 * RATE)), 4))
        stored.append(replace(one, said={"monthly_recording_storage_amount": wrong}))
    one = made(rng.randrange(95, 300), "days")
    stored.append(replace(one, said={"recording_storage_duration": one.days(last) + 7}))
    one = made(rng.randrange(95, 300), "minutes")
    stored.append(replace(one, said={"rounded_recording_duration": 60 * (one.minutes + 3)}))
    stored.append(made(rng.randrange(30, 80), "no rate", recording_storage_rate=None))
    stored.append(made(rng.randrange(95, 300), "unreadable: negative", recording_duration_ms="-5000.00000"))
    stored.append(made(rng.randrange(95, 300), "unreadable: blank", recording_duration_ms=None))
    stored.append(replace(made(rng.randrange(95, 300), "0 seconds"), milliseconds=0))
    stored += [made(rng.randrange(95, 300), "copy"), made(rng.randrange(95, 300), "two records")]
    rng.shuffle(stored)
    return stored


def _record(one: Stored, exported_on: date) -> dict[str, Any]:
    """As Plivo's API answers on a day that is a month end."""
    return {
        "add_time": f"{one.created_at:%Y-%m-%d %H:%M:%S}.000000+00:00",
        "call_uuid": one.call_id,
        "from_number": "+15005550006",
        "monthly_recording_storage_amount": float(decimal(one.charge(exported_on), 4)),
        "recording_duration_ms": f"{one.milliseconds}.00000",
        "recording_format": "mp3",
        "recording_id": one.id,
        "recording_storage_duration": one.days(exported_on),
        "recording_storage_rate": float(decimal(RATE, 4)),
        "recording_type": "call",
        "rounded_recording_duration": 60 * one.minutes,
        "to_number": "+493023125000",
        **one.said,
    }


def _month(stored: Sequence[Stored], on: date, if_kept_on: date | None = None) -> dict[str, Any]:
    held = [one for one in stored if one.deleted_on is None or one.deleted_on > (if_kept_on or on)]
    held = [one for one in held if one.created_at.date() <= on]
    due = [one for one in held if one.days(on) > FREE_DAYS]
    rated = [one for one in due if one.fault != "no rate"]
    return {
        "date": str(on),
        "held": len(held),
        "charged": len(due),
        "without_rate": len(due) - len(rated),
        "minutes": sum(one.minutes for one in due),
        "amount": plain(decimal(sum(one.charge(on) for one in rated), 4)),
    }


def _page(records: Sequence[dict[str, Any]]) -> bytes:
    count = len(records)
    meta = json.dumps({"limit": count, "next": None, "offset": 0, "previous": None, "total_count": count})
    return f'{{"meta":{meta},"objects":[\n{lines(records)}\n]}}\n'.encode()


def _example() -> tuple[dict[str, bytes], dict[str, Any]]:
    """Plivo's published example, as its API would have answered on June 30; of the third recording no more
    than what was known before."""
    records, deletions = [], []
    for number, (seconds, deleted_on) in enumerate(EXAMPLE, 1):
        at = datetime.combine(EXAMPLE_DAY, time(9, number))
        one = Stored(f"recording-{number}", f"call-{number}", at, seconds * 1000, deleted_on)
        record = _record(one, EXAMPLE_EXPORT)
        if deleted_on:
            record["monthly_recording_storage_amount"] = record["recording_storage_duration"] = None
            deletions.append([one.id, f"{deleted_on} 12:00:00+00:00"])
        records.append(record)
    files = {
        "storage-example.json": _page(records),
        "storage-example-deletions.csv": table(["recording_id", "deleted_at"], deletions).encode(),
    }
    return files, {"month": "2023-06", "charged": 2, "amount": "0.0012"}
