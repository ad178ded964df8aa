"""A small month: a log of five calls, and a bill that does not agree with it."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

HEAD = ("sid", "from", "to", "status", "duration", "start_time", "price", "price_unit", "direction")


def row(sid: str, duration: int = 61, price: str = "-0.028", day: int = 10, **changes: str) -> list[Any]:
    """A call as Twilio's API names it."""
    cells = {
        "sid": sid,
        "from": "+15005550006",
        "to": f"+4477009001{sid[-2:].replace('A', '0')}",
        "status": "completed",
        "duration": duration,
        "start_time": f"2026-09-{day:02} 12:00:00",
        "price": price,
        "price_unit": "USD",
        "direction": "outbound-api",
    }
    return list({**cells, **changes}.values())


LOG = [row(f"CA{number}") for number in range(1, 6)]
BILL = [row("CA1", 200, "-0.056"), row("CA2", 200, "-0.056"), row("CA3"), row("CA4"), row("CA9")]
"""Other durations of CA1 and CA2, CA5 is missing, CA9 is not in the log."""


def write_csv(path: Path, rows: Sequence[Sequence[Any]], head: Sequence[str] = HEAD) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return path


def month_files(folder: Path, bill: Sequence[Sequence[Any]] = BILL) -> list[Any]:
    """The answers of a person who chooses both files and agrees to the month."""
    log = write_csv(folder / "log.csv", LOG)
    return [[log], [write_csv(folder / "bill.csv", bill)], True]
