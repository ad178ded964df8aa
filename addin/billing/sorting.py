"""In which order the rows of a table stand: by any of its columns, as a person asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from addin.billing.countries import code_of
from addin.billing.lines import DIALER, OTHER, SHORT_NAMES, TABLES
from addin.errors import TollsheetError
from addin.records.tables import fold

AGENT, CAMPAIGN, TEAM, TOTAL = "Agent", "Campaign ID", "Team", "Total"


def label_of(table: str) -> str:
    """The header of a table's first column.

    >>> label_of(DIALER)
    'Campaign ID'
    """
    return CAMPAIGN if table == DIALER else AGENT


@dataclass(frozen=True, slots=True)
class Order:
    """One column to sort by. Without a table it holds for each that has the column."""

    column: str
    falls: bool = False
    table: str = ""

    def __str__(self) -> str:
        return f"{self.column}, {'falling' if self.falls else 'rising'}"


BY_TOTAL = Order(TOTAL, falls=True)


def parse_order(written: str, countries: Sequence[str]) -> Order:
    """An order as it is written; `countries` are the codes that are chosen. Raises TollsheetError.

    >>> str(parse_order("-Total", ())), parse_order("dialer:campaign id", ()).table
    ('Total, falling', 'Dialer campaigns')
    """
    name, colon, rest = written.partition(":")
    table = ""
    if colon:
        table = SHORT_NAMES.get(name.strip().casefold(), "")
        if not table:
            raise TollsheetError(
                f'"{written}" names no table to sort',
                f"Before the colon stands one of {', '.join(SHORT_NAMES)}.",
                "--sort",
            )
    text = (rest if colon else written).strip()
    falls = text.startswith("-")
    text = text.removeprefix("-").strip()
    columns = _columns(table, countries)
    known = {fold(column): column for column in columns}
    column = known.get(fold(text)) or (code_of(text) if code_of(text) in countries else "")
    if not column:
        close = get_close_matches(fold(text), known, 1)
        remedy = f'Is "{known[close[0]]}" meant?' if close else f"There are {', '.join(columns)}."
        raise TollsheetError(f'"{written}": no table has a column "{text}" to sort by', remedy, "--sort")
    return Order(column, falls, table)


def _columns(table: str, countries: Sequence[str]) -> list[str]:
    labels = [label_of(one) for one in ((table,) if table else TABLES)]
    return list(dict.fromkeys((*labels, TEAM, TOTAL, *countries, *([OTHER] if countries else []))))


def orders_for(table: str, orders: Sequence[Order]) -> list[Order]:
    """Those that hold for a table, the first one deciding; by its total where none does."""
    label = label_of(table)
    fitting = [
        one
        for one in orders
        if one.table in ("", table) and (one.column not in (AGENT, CAMPAIGN) or one.column == label)
    ]
    return fitting or [BY_TOTAL]


def text_key(text: str) -> tuple[int, int, str]:
    """Numbers by their size, before text: campaign 9 stands before campaign 10."""
    is_number = text.isascii() and text.isdigit()
    return (0, int(text), text) if is_number else (1, 0, text.casefold())
