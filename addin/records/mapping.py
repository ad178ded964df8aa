"""The mapping file: how a person tells the columns of a format that is not built in, in TOML.

    provider = "sinch"               # its name in the report
    time_zone = "Europe/Stockholm"   # of times that name no zone
    currency = "EUR"

    [columns]
    call_id = "CallId"
    from = "From"
    to = "To"
    start = "CallTime"
    duration = "Duration"
    status = "Result"
    price = "Amount"

    [status]
    billed = ["ANSWERED"]
    not_billed = ["NOANSWER", "FAILED"]

Every key is checked, and a wrong one is answered with the closest right one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from addin.errors import TollsheetError
from addin.records.tables import fold
from addin.records.values import DURATION_UNITS, BadValue, category_of, currency_of
from udfs.errors import CellError
from udfs.rating.attribution import zone

ENDING = "toml"
COLUMNS = {
    "calls": (
        "call_id", "from", "to", "start", "start_time", "duration", "status", "direction", "category",
        "billed_duration", "price", "rate", "currency", "account", "parent", "updated",
    ),
    "usage": (
        "start", "end", "calls", "minutes", "price", "currency", "category", "account", "unit", "as_of",
    ),
    "recordings": (
        "recording_id", "call_id", "created", "duration", "deleted", "rate", "amount", "stored_days",
        "billed_duration", "currency",
    ),
    "charges": (
        "call_id", "type", "agent", "campaign_id", "from", "to", "country", "started_at", "billed_at",
        "duration", "cost", "currency",
    ),
    "roster": ("agent", "teams", "active"),
}  # fmt: skip
"""What the columns of a mapping may be, by what the file holds."""
REQUIRED = {
    "calls": ("from", "to", "start", "duration"),
    "usage": ("start", "calls", "minutes"),
    "recordings": ("recording_id", "created", "duration"),
    "charges": ("call_id", "type", "agent", "to", "cost"),
    "roster": ("agent", "teams"),
}

TEXTS = ("provider", "holds", "time_zone", "time_format", "currency", "category", "duration", "charges")
CLOCK = "h:mm:ss"
CHOICES = {
    "holds": tuple(COLUMNS),
    "duration": (*DURATION_UNITS, CLOCK),
    "charges": ("positive", "negative"),
}
DIRECTIONS = ("inbound", "outbound")
CHARGED = ("manual", "click_to_call", "dialer", "amd")
"""What a charge may be for: a call that an agent dialled or clicked, one of a campaign, or answering machine
detection."""
WORD_TABLES = {
    "status": ("billed", "not_billed"),
    "direction": DIRECTIONS,
    "type": CHARGED,
    "active": ("yes", "no"),
}


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """A mapping file, checked."""

    columns: Mapping[str, str]
    """Our name -> the file's."""
    provider: str = "generic"
    holds: str = "calls"
    time_zone: str = ""
    time_format: str = ""
    currency: str = ""
    category: str = ""
    """Folded; empty where the numbers decide."""
    duration: str = "seconds"
    charges: str = "positive"
    decimal_comma: bool = False
    status: Mapping[str, bool] = field(default_factory=dict)
    """Folded status -> whether such calls are billed."""
    direction: Mapping[str, str] = field(default_factory=dict)
    """Folded word -> `inbound` or `outbound`."""
    type: Mapping[str, str] = field(default_factory=dict)
    """Folded word -> one of `CHARGED`."""
    active: Mapping[str, bool] = field(default_factory=dict)
    """Folded word -> whether a user it stands beside is active."""
    every_direction: str = ""
    """Of calls whose direction no column names."""


def read_mapping(path: Path) -> ColumnMapping:
    """Read a mapping file. Raises TollsheetError with what is wrong in it."""
    try:
        content = path.read_text("utf-8-sig")
    except OSError as error:
        raise TollsheetError(
            f"Mapping {path.name} cannot be read: {error.strerror}", f"Check the path: {path}"
        ) from None
    except UnicodeDecodeError:
        raise TollsheetError(f"Mapping {path.name} is not UTF-8", "Save it as UTF-8.") from None
    try:
        return _Checker(path.name).mapping(tomllib.loads(content))
    except tomllib.TOMLDecodeError as error:
        raise TollsheetError(f"Mapping {path.name} is no TOML: {error}", "Correct that line.") from None


class _Checker:
    """Turns the tables of a TOML file into a mapping, or says what is wrong."""

    def __init__(self, name: str) -> None:
        self.name = name

    def mapping(self, given: dict[str, Any]) -> ColumnMapping:
        self._known(given, (*TEXTS, "decimal_comma", "columns", *WORD_TABLES), "key")
        texts = {key: self._text(key, given[key]) for key in TEXTS if key in given}
        for key, choices in CHOICES.items():
            if key in texts and texts[key] not in choices:
                raise self._wrong(f'{key} = "{texts[key]}"', f"It may be {', '.join(choices)}.")
        try:
            if "time_zone" in texts:
                zone(texts["time_zone"])
            texts["currency"] = currency_of(texts.get("currency"))
        except CellError as error:
            raise self._wrong(error.problem, error.remedy) from None
        except BadValue as error:
            raise self._wrong(f"currency {error}", "") from None
        texts["provider"] = texts.get("provider", "generic").strip().casefold()
        if not isinstance(comma := given.get("decimal_comma", False), bool):
            raise self._wrong("decimal_comma is neither true nor false", "Write it without quotes.")
        if "category" in texts:
            texts["category"] = category_of(texts["category"])
        if isinstance(given.get("direction"), str):
            texts["every_direction"] = self._direction(given.pop("direction"))
        words = {key: self._words(key, given.get(key, {})) for key in WORD_TABLES}
        return ColumnMapping(
            columns=self._columns(given.get("columns"), texts.get("holds", "calls")),
            decimal_comma=comma,
            status={word: key == "billed" for word, key in words["status"].items()},
            direction=words["direction"],
            type=words["type"],
            active={word: key == "yes" for word, key in words["active"].items()},
            **texts,
        )

    def _direction(self, written: str) -> str:
        direction = written.strip().casefold()
        if direction not in DIRECTIONS:
            remedy = f"It may be {', '.join(DIRECTIONS)}, or a table [direction] of words for them."
            raise self._wrong(f'direction = "{written}"', remedy)
        return direction

    def _columns(self, given: Any, holds: str) -> dict[str, str]:
        if not isinstance(given, dict):
            raise self._wrong("there is no table [columns]", f"Name at least {', '.join(REQUIRED[holds])}.")
        self._known(given, COLUMNS[holds], "column")
        if missing := [key for key in REQUIRED[holds] if key not in given]:
            raise self._wrong(f"[columns] lacks {', '.join(missing)}", "Say which columns these are.")
        return {key: self._text(f"columns.{key}", value) for key, value in given.items()}

    def _words(self, table: str, given: Any) -> dict[str, str]:
        """Folded word -> the key it is listed under."""
        if not isinstance(given, dict):
            raise self._wrong(f"{table} is no table", f"Begin it with [{table}].")
        self._known(given, WORD_TABLES[table], f"key of [{table}]")
        words: dict[str, str] = {}
        for key, listed in given.items():
            if not isinstance(listed, list):
                raise self._wrong(f"{table}.{key} is no list", f'Write {key} = ["one", "other"].')
            for word in listed:
                folded = fold(self._text(f"{table}.{key}", word))
                if words.setdefault(folded, key) != key:
                    raise self._wrong(f'"{word}" is listed twice in [{table}]', "Keep one.")
        return words

    def _known(self, given: dict[str, Any], known: Collection[str], what: str) -> None:
        for key in given:
            if key not in known:
                close = get_close_matches(key, known, 1)
                remedy = f'Is "{close[0]}" meant?' if close else f"Known are {', '.join(known)}."
                raise self._wrong(f'the {what} "{key}" is unknown', remedy)

    def _text(self, key: str, value: Any) -> str:
        if not isinstance(value, str) or not value.strip():
            raise self._wrong(f"{key} is no text", f'Write it in quotes: {key} = "...".')
        return value

    def _wrong(self, problem: str, remedy: str) -> TollsheetError:
        return TollsheetError(f"Mapping {self.name}: {problem}", remedy)
