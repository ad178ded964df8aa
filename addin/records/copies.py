"""Whether the rows of a table stand in another one already, however each writes its numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b

from addin.records.tables import BadRow, Cell, Row, Table, fold
from addin.records.values import text_of

_DECIMALS = re.compile(r"-?\d+\.\d+", re.ASCII)


def is_copied(table: Table, there: Table) -> bool:
    """Whether every row of a table, and there is one, stands in the other as many times."""
    if _names(table) != _names(there):
        return False
    rows = Counter(_digests(table))
    return bool(rows) and rows <= Counter(_digests(there))


def _names(table: Table) -> set[str]:
    return {fold(header) for header in table.headers} - {""}


def _digests(table: Table) -> Iterator[bytes]:
    for _, row in table.rows():
        if not isinstance(row, BadRow) and (cells := _cells(row)):
            yield blake2b(repr(cells).encode("utf-8", "replace"), digest_size=16).digest()


def _cells(row: Row) -> list[tuple[str, str]]:
    """What a row holds, in whatever order its columns stand."""
    return sorted((name, text) for name, cell in row.items() if name and (text := _written(cell)))


def _written(cell: Cell) -> str:
    """A cell's text, the same whether a program has made a number of it or not.

    >>> _written("0.0280"), _written(0.028), _written("0085"), _written("5.0")
    ('0.028', '0.028', '0085', '5')
    """
    text = text_of(cell)
    return text.rstrip("0").rstrip(".") if _DECIMALS.fullmatch(text) else text
