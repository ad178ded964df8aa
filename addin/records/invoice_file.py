"""Lines of an invoice that no usage record holds: a table with the columns name, amount, currency."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from addin.errors import TollsheetError
from addin.records.call import Place
from addin.records.excel_tables import sheet_rows
from addin.records.source import open_source
from addin.records.tables import Cell, csv_cells, fold
from addin.records.values import BadValue, currency_of, decimal_of, refuse_error, text_of

_MONEY = re.compile(r"(?P<amount>-?[\d.]+)(?:\s*(?P<currency>[A-Za-z]{3}))?", re.ASCII)
_COLUMNS = ("name", "amount", "currency")


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    """A line as the file has it."""

    place: Place
    name: str
    amount: Fraction
    currency: str


def money_of(text: str) -> tuple[Fraction, str]:
    """An amount with or without its currency.

    >>> money_of("1234.56"), money_of("-5 usd")
    ((Fraction(30864, 25), ''), (Fraction(-5, 1), 'USD'))
    """
    amount, currency = written_money(text)
    return Fraction(amount), currency


def written_money(text: str) -> tuple[Decimal, str]:
    """The same, with the decimals that were written.

    >>> written_money("0.0010 EUR")
    (Decimal('0.0010'), 'EUR')
    """
    found = _MONEY.fullmatch(text.strip())
    try:
        amount = decimal_of(found["amount"]) if found else None
    except BadValue:
        amount = None
    if found is None or amount is None:
        raise TollsheetError(
            f"{text.strip()[:40]!r} is not an amount",
            "Write it like 1234.56 or 1234.56 USD, with a point before the cents.",
        )
    return amount, (found["currency"] or "").upper()


def read_invoice_lines(path: Path) -> tuple[InvoiceRow, ...]:
    """Every row of the file; of a workbook its first sheet. Raises TollsheetError with file and row."""
    source = open_source(path, path.name)
    rows: list[Sequence[Cell]] = (
        [*sheet_rows(source)]
        if source.is_workbook
        else [list(map(text_of, row)) for row in csv_cells(source)]
    )
    heads = [fold(cell) if isinstance(cell, str) else "" for cell in rows[0]] if rows else []
    if missing := [name for name in _COLUMNS[:2] if name not in heads]:
        raise TollsheetError(
            f"{source.name} has no column {' and '.join(missing)}",
            "Its columns are name, amount and currency.",
        )
    places = {name: heads.index(name) for name in _COLUMNS if name in heads}
    found = []
    for number, row in enumerate(rows[1:], 2):
        if any(text_of(cell) for cell in row):
            found.append(_line(row, places, Place(source.name, number)))
    if not found:
        raise TollsheetError(f"{source.name} has column names but no lines", "Add a line, or leave it out.")
    return tuple(found)


def _line(row: Sequence[Cell], places: dict[str, int], place: Place) -> InvoiceRow:
    cells = {name: row[index] if index < len(row) else None for name, index in places.items()}
    name = text_of(cells["name"])
    try:
        amount = decimal_of(refuse_error(cells["amount"]))
        currency = currency_of(refuse_error(cells.get("currency")))
    except BadValue as error:
        raise TollsheetError(f"{place}: the amount {error}", "Write a plain number such as -12.34.") from None
    if not name or amount is None:
        raise TollsheetError(f"{place}: {'amount' if name else 'name'} is blank", "Fill it in.")
    return InvoiceRow(place, name, Fraction(amount), currency)
