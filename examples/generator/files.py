"""What all providers' files have in common: formats by name, tables, and where a row stands."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from examples.generator.traffic import Call, Traffic


@dataclass(frozen=True, slots=True)
class Account:
    """Whose month it is."""

    sid: str
    first_day: date
    zone: str
    places: int
    currency: str


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file of call records. Calls come in order of their start."""

    suffix: str
    write: Callable[[Sequence[Call], Account], str]
    first_row: int = 2
    """What a person sees beside the first record: 2 under a header, 1 where records are counted."""
    tells_updates: bool = False
    """Whether an older copy of a record can be told from a newer one; without, it is not written."""
    tells_billed: bool = False
    tells_cost: bool = True
    newest_first: bool = False
    page: int = 0
    """Records in one file; 0 for all."""

    def files(self, stem: str, calls: Sequence[Call], account: Account) -> tuple[dict[str, bytes], list[str]]:
        """The files by name and the place, `file:row`, of each call."""
        order = list(reversed(calls)) if self.newest_first else list(calls)
        size = self.page or max(1, len(order))
        files, places = {}, []
        for start in range(0, max(1, len(order)), size):
            name = f"{stem}-page-{start // size}{self.suffix}" if self.page else f"{stem}{self.suffix}"
            chosen = order[start : start + size]
            text = self.write(chosen, account).encode("utf-8")
            files[name] = gzip.compress(text, mtime=0) if self.suffix.endswith(".gz") else text
            places += [f"{name}:{self.first_row + index}" for index in range(len(chosen))]
        return files, places[::-1] if self.newest_first else places


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider: its customers' traffic, the formats it writes, and what else lies beside the calls."""

    name: str
    traffic: Traffic
    formats: dict[str, Format]
    call_id: Callable[[int], str]
    log: str
    """The format of the log, and of the bill in `calls` mode, unless others are asked for."""
    billed: str
    without: frozenset[str] = frozenset()
    """Faults that its files cannot hold."""
    beside: Callable[[Account, int], tuple[dict[str, bytes], dict[str, Any]]] = field(
        default=lambda account, seed: ({}, {})
    )


def table(header: Sequence[str], rows: Iterable[Sequence[object]], delimiter: str = ",") -> str:
    """A CSV file."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def compact(record: Any) -> str:
    """One JSON value on one line."""
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def lines(records: Iterable[Any]) -> str:
    """JSON values with a line each, joined by commas: the inside of a list."""
    return ",\n".join(compact(record) for record in records)


def seconds(call: Call, when_unanswered: str = "0") -> str:
    """The duration as a row holds it."""
    if call.duration_text is not None:
        return call.duration_text
    return str(call.duration) if call.is_billed else when_unanswered
