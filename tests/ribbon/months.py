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


CONSOLE = ("Call Sid", "From", "To", "Status", "Duration", "Start Time", "Price", "Price Unit", "Direction")
"""The same columns as Twilio's console names them; its times may carry no zone."""


def put(book: Any, name: str, rows: Sequence[Sequence[Any]], head: Sequence[str] = HEAD) -> Any:
    """Rows on a sheet of their own, as a person has pasted them: durations and prices are numbers."""
    sheet = book.sheets.add(name, after=book.sheets[-1])
    sheet.range((1, 1), (len(rows) + 1, 3)).number_format = "@"
    cells = [[*one[:4], float(one[4]), one[5], float(one[6]), *one[7:]] for one in rows]
    sheet["A1"].value = [[*head], *cells]
    return sheet


def set_settings(book: Any, **values: str) -> None:
    """Write beside labels of the settings' sheet: `Month`, `Time_zone` and so on, with `_` for a blank."""
    sheet = book.sheets["Tollsheet settings"]
    labels = sheet["A1:A99"].value
    for name, value in values.items():
        sheet.range((labels.index(name.replace("_", " ").replace("  ", ", ")) + 1, 2)).value = value
