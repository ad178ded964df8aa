"""Which format a table is in, and what to say of one that is in none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import chain

from addin.errors import TollsheetError, in_quotes
from addin.records.formats import Format
from addin.records.tables import Table, fold
from addin.records.values import text_of
from udfs.rating import rate_card_rows


@dataclass(frozen=True, slots=True)
class Choice:
    """The formats that a file may be in."""

    formats: tuple[Format, ...]
    mapped: Format | None
    """The one among them that a mapping file describes."""
    every: tuple[Format, ...]
    """All that are built in, to name what is not among the choice."""


class RateCardGiven(TollsheetError):
    """A file of calls or usage was asked for."""


class NotRecognised(TollsheetError):
    """A file that is in none of the formats to choose from."""


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


def find_tables(
    name: str, tables: Sequence[Table], choice: Choice
) -> tuple[list[tuple[Table, Format]], list[str]]:
    """Every table (in a workbook: sheet) that can be imported with its format, and the sheets that cannot.

    The header is the first row that a format recognises; titles may stand above it.
    """
    found: list[tuple[Table, Format]] = []
    left = []
    for table in tables:
        readable = recognised(table, choice)
        if readable is None:
            left.append(table.sheet)
        else:
            found.append(readable)
    if not found:
        raise _not_found(name, [each for table in tables for each in (table, *table.lower())], choice)
    if len(found) > 1:
        full = [one for one in found if next(one[0].rows(), None) is not None] or found[:1]
        left += [table.sheet for table, _ in found if all(table is not one[0] for one in full)]
        found = full
    providers = dict.fromkeys(one.provider for _, one in found)
    if len(providers) > 1:
        raise TollsheetError(
            f"{name} has sheets of {' and '.join(providers)}",
            "Name one provider, or save each sheet as a file of its own.",
            "--provider",
        )
    return found, left


def recognised(table: Table, choice: Choice) -> tuple[Table, Format] | None:
    """The table below its titles, with the format of its columns; None where none can be read."""
    mapped = choice.formats[:1] if choice.mapped in choice.formats else ()
    for candidate in chain((table,), table.lower()):
        found = recognise(mapped, candidate) or recognise(choice.formats, candidate)
        if found is not None:
            return (candidate, found) if found.read is not None else None
    return None


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
                    f"Name no provider, or {found.provider}.",
                    "--provider",
                )
    if name.casefold().endswith((".xlsx", ".xlsm")) and tables[0].kind != "Excel":
        return TollsheetError(
            f"{name} is no workbook, whatever its name says: it holds text", "Save it as a workbook again."
        )
    if any(is_rate_card(table) for table in tables):
        return RateCardGiven(
            f"{name} is a rate card, not a file of calls or usage", "Give it as the rate card.", "--rates"
        )
    if choice.mapped is not None:
        return _not_mapped(name, tables, choice.mapped)
    nearest = [(gap, table) for table in tables if (gap := closest(choice.formats, table)) is not None]
    if not nearest:
        seen = in_quotes(_widest(tables).headers[:6])
        return NotRecognised(
            f"{name} is in no known format: its columns are {seen}",
            "Describe its columns in a mapping file.",
            "--mapping",
        )
    (one, missing), table = min(nearest, key=lambda entry: len(entry[0][1]))
    return NotRecognised(
        f"{name} is in no known format; as {one.name} {table.kind} it lacks {the_columns(missing)}",
        "Export it with them, or describe its columns in a mapping file.",
        "--mapping",
    )


def is_rate_card(table: Table) -> bool:
    """A table of prefixes and rates, most of whose columns a rate card has."""
    headers = {fold(header) for header in table.headers}
    known = headers & {fold(column) for column in rate_card_rows.COLUMNS}
    return known.issuperset(rate_card_rows.REQUIRED) and len(known) * 2 > len(headers)


def _widest(tables: Sequence[Table]) -> Table:
    """The one that looks most like columns: titles stand in one cell."""
    return max(tables, key=lambda table: sum(bool(header.strip()) for header in table.headers))


def _not_mapped(name: str, tables: Sequence[Table], mapped: Format) -> TollsheetError:
    gaps = [(mapped.missing_in(fold(header) for header in table.headers), table) for table in tables]
    missing, table = min(gaps, key=lambda gap: len(gap[0]))
    if len(missing) == len(mapped.required):
        table = _widest(tables)
    close = get_close_matches(fold(missing[0]), [fold(header) for header in table.headers], 1)
    meant = next((header for header in table.headers if [fold(header)] == close), "")
    return TollsheetError(
        f"{name} lacks {the_columns(missing)} of the mapping",
        f'Is "{meant}" meant?' if meant else f"It has {', '.join(table.headers[:12])}.",
    )


def the_columns(names: Sequence[str]) -> str:
    """
    >>> the_columns(["Duration"]), the_columns(["From", "To"])
    ('the column "Duration"', 'the columns "From", "To"')
    """
    return f"the column{'s' if len(names) > 1 else ''} {in_quotes(names)}"
