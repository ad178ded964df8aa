"""Which format a table is in, and what to say of one that is in none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from addin.errors import TollsheetError
from addin.records.formats import Format
from addin.records.source import Source
from addin.records.tables import Table, fold, tables_of
from addin.records.values import text_of


@dataclass(frozen=True, slots=True)
class Choice:
    """The formats that a file may be in."""

    formats: tuple[Format, ...]
    mapped: Format | None
    """The one among them that a mapping file describes."""
    every: tuple[Format, ...]
    """All that are built in, to name what is not among the choice."""


def recognise(formats: Iterable[Format], table: Table) -> Format | None:
    """The format whose columns are all there; of several the one that asks for most."""
    headers = {fold(header) for header in table.headers}
    fitting = [one for one in formats if not one.missing_in(headers)]
    return max(
        fitting,
        key=lambda one: (one.read is not None, len(one.required), len(headers & one.columns())),
        default=None,
    )


def closest(formats: Iterable[Format], table: Table) -> tuple[Format, list[str]] | None:
    """The format that lacks least, by the share of its columns, and what it lacks; None if all lack all."""
    headers = [fold(header) for header in table.headers]
    gaps = [(one, one.missing_in(headers)) for one in formats if one.read is not None]
    best = min(gaps, key=lambda gap: len(gap[1]) / len(gap[0].required), default=None)
    return best if best is not None and len(best[1]) < len(best[0].required) else None


def headers_of(table: Table, used: frozenset[str], name: str) -> dict[str, str]:
    """Folded column name -> as written. A column that is used must not stand there twice."""
    counted = Counter(folded for header in table.headers if (folded := fold(header)))
    for header in table.headers:
        if counted[fold(header)] > 1 and fold(header) in used:
            raise TollsheetError(
                f'{name} has the column "{header.strip()}" {counted[fold(header)]} times',
                "Remove or rename all but the right one.",
            )
    return {fold(header): text_of(header) for header in table.headers if fold(header)}


def find_table(source: Source, choice: Choice) -> tuple[Table, Format, bool]:
    """The first table (in a workbook: sheet) that can be imported, its format, whether there are others."""
    tables = tables_of(source)
    for candidates in (choice.formats[:1] if choice.mapped in choice.formats else (), choice.formats):
        for table in tables:
            found = recognise(candidates, table)
            if found is not None and found.read is not None:
                return table, found, len(tables) > 1
    raise _not_found(source.name, tables, choice)


def _not_found(name: str, tables: Sequence[Table], choice: Choice) -> TollsheetError:
    for formats in (choice.formats, choice.every):
        for table in tables:
            found = recognise(formats, table)
            if found is not None and found.read is None:
                return TollsheetError(
                    f"{name} is a {found.name} {table.kind}, which is not imported", found.why_not
                )
            if found is not None:
                return TollsheetError(
                    f"{name} is a {found.name} {table.kind}, not of provider {choice.formats[0].provider}",
                    f"Leave out --provider, or say --provider {found.provider}.",
                )
    if choice.mapped is not None:
        return _not_mapped(name, tables[0], choice.mapped)
    nearest = [(gap, table) for table in tables if (gap := closest(choice.formats, table)) is not None]
    if not nearest:
        seen = ", ".join(f'"{header}"' for header in tables[0].headers[:6])
        return TollsheetError(
            f"{name} is in no known format: its columns are {seen}",
            "Describe its columns in a mapping file (--mapping).",
        )
    (one, missing), table = min(nearest, key=lambda entry: len(entry[0][1]))
    return TollsheetError(
        f"{name} is in no known format; as {one.name} {table.kind} it lacks {_columns(missing)}",
        "Export it with them, or describe its columns in a mapping file (--mapping).",
    )


def _not_mapped(name: str, table: Table, mapped: Format) -> TollsheetError:
    missing = mapped.missing_in(fold(header) for header in table.headers)
    close = get_close_matches(fold(missing[0]), [fold(header) for header in table.headers], 1)
    meant = next((header for header in table.headers if [fold(header)] == close), "")
    return TollsheetError(
        f"{name} lacks {_columns(missing)} of the mapping",
        f'Is "{meant}" meant?' if meant else f"It has {', '.join(table.headers[:12])}.",
    )


def _columns(names: Sequence[str]) -> str:
    listed = ", ".join(f'"{name}"' for name in names)
    return f"the column {listed}" if len(names) == 1 else f"the columns {listed}"
