"""JSON files as tables: pages (`{"calls": [...]}`), several of them one after the other, bare lists, a single
record, one record a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import Any

from addin.errors import TollsheetError
from addin.records.source import NoRecords, Source
from addin.records.tables import BadRow, Row, Table, fold

PAGE_KEYS = ("calls", "usage_records", "recordings", "objects")
"""Where the providers keep the records of a page."""


def _number(written: str) -> Decimal | str:
    """The exact number; one that no Decimal can hold stays text, to make its own row unreadable."""
    try:
        return Decimal(written)
    except InvalidOperation:
        return written


GOES_ON = "its last page names a next one: see that all pages are given"

RECORDS_LOOKED_AT = 1000
"""To know the fields of a file: a record that has no price yet may lack the field."""

_DECODER = json.JSONDecoder(parse_float=_number, parse_constant=str, strict=False)
_BLANK = re.compile(r"\s*")
_ELLIPSIS = re.compile(r"(?:^|[,{}\[\]])\s*(\. ?\. ?\.|\u2026)", re.MULTILINE)
_NO_RECORD = BadRow("is no JSON object")


def json_tables(source: Source) -> Sequence[Table]:
    """The one table of a JSON file. Raises TollsheetError where the JSON is broken or holds no record."""
    source.refuse_presumed()
    with source.open_text() as file:
        first = next(line for line in file if line.strip())
    if _is_record(_parsed(first)):
        return (_table(source, "JSON lines"),)
    with source.open_text() as file:
        text = file.read()
    try:
        pages = list(_values(text))
        records = [record for page in pages for record in _records(page)]
    except (ValueError, RecursionError) as error:
        if _is_mostly_lines(text):
            return (_table(source, "JSON lines"),)
        raise _broken(source, text, error) from None
    headers = _fields_of(records)
    if not headers:
        raise NoRecords(source.name, f"{source.name} holds no records")
    notes = (GOES_ON,) if _goes_on(pages[-1]) else ()
    return (Table("JSON", headers, lambda: enumerate(map(_by_field, records), start=1), notes=notes),)


def _goes_on(page: Any) -> bool:
    """Whether a page says that there is a next one, as Twilio and Plivo write it."""
    if not isinstance(page, dict):
        return False
    meta = page.get("meta")
    return bool(page.get("next_page_uri") or (isinstance(meta, dict) and meta.get("next")))


def _table(source: Source, kind: str) -> Table:
    headers = _fields_of(record for _, record in _lines(source))
    return Table(kind, headers, lambda: ((number, _by_field(row)) for number, row in _lines(source)))


def _fields_of(records: Iterable[Any]) -> tuple[str, ...]:
    """Every field of the first records, each once, unless a single record has it twice."""
    names: dict[str, list[str]] = {}
    for record in islice((record for record in records if isinstance(record, dict)), RECORDS_LOOKED_AT):
        own: dict[str, list[str]] = {}
        for name in record:
            own.setdefault(fold(name), []).append(name)
        for folded, written in own.items():
            if len(written) > len(names.get(folded, ())):
                names[folded] = written
    return tuple(name for written in names.values() for name in written)


def _lines(source: Source) -> Iterator[tuple[int, Any]]:
    """Each line's record with the number of the line."""
    with source.open_text() as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                value = _parsed(line)
                yield number, BadRow("is no JSON: the line is cut or damaged") if value is None else value


def _parsed(text: str) -> Any:
    """The JSON value of a text, or None where it is none."""
    try:
        value, end = _DECODER.raw_decode(text, _BLANK.match(text).end())  # type: ignore[union-attr]
    except (ValueError, RecursionError):
        return None
    return None if text[end:].strip() else value


def _values(text: str) -> Iterator[Any]:
    """The JSON values that follow each other in a text, with nothing but blanks between them."""
    position = 0
    while (position := _BLANK.match(text, position).end()) < len(text):  # type: ignore[union-attr]
        value, position = _DECODER.raw_decode(text, position)
        yield value


def _records(value: Any) -> list[Any]:
    """The records of one JSON value: of a list, of a page, or the value itself."""
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        key = _page_key(value)
        return [value] if key is None else list(value[key])
    return [value]


def _page_key(value: dict[str, Any]) -> str | None:
    """The field of a page that holds its records: a known one, else the one list of objects in it."""
    for key in PAGE_KEYS:
        if isinstance(value.get(key), list):
            return key
    lists = [key for key, held in value.items() if isinstance(held, list) and held]
    full = [key for key in lists if all(isinstance(record, dict) for record in value[key])]
    return full[0] if len(full) == 1 else None


def _is_record(value: Any) -> bool:
    return isinstance(value, dict) and _page_key(value) is None


def _by_field(record: Any) -> Row | BadRow:
    if isinstance(record, dict):
        return {fold(field): value for field, value in record.items()}
    return record if isinstance(record, BadRow) else _NO_RECORD


def _is_mostly_lines(text: str) -> bool:
    """Whether single damaged lines stand among records, one a line."""
    lines = [line for line in text.splitlines() if line.strip()]
    whole = sum(_is_record(_parsed(line)) for line in lines)
    return len(lines) > 1 and whole * 2 >= len(lines)


def _broken(source: Source, text: str, error: Exception) -> TollsheetError:
    remedy = "Export it again."
    if not isinstance(error, json.JSONDecodeError):
        return TollsheetError(f"{source.name} is no JSON that can be read: {error}", remedy)
    found = text[error.pos :].lstrip().split("\n")[0].strip()[:24]
    if not found or error.msg.startswith("Unterminated string"):
        where = f"in the middle{', in a text that begins' if found else ','} at line {error.lineno}"
        return TollsheetError(f"{source.name} ends {where}: the file was cut", remedy)
    wanted = error.msg.replace("Expecting", "expected").rstrip(": ")
    problem = f"{source.name} is no JSON: line {error.lineno}, column {error.colno} has {found!r} ({wanted})"
    if ellipsis := _ELLIPSIS.search(text):
        line = text.count("\n", 0, ellipsis.start(1)) + 1
        return TollsheetError(
            f"{problem}; the file was cut: dots stand for its records at line {line}", remedy
        )
    return TollsheetError(problem, remedy)
