"""The tables of a billing report: columns, and behind each figure the formula that sums up its charges."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from addin.billing.lines import AMD, DIALER, MANUAL, TABLES
from addin.billing.sorting import TEAM, TOTAL
from addin.billing.tables import Book, Row, Split, Table
from addin.reports.billing.report import BillingReport
from templates.billing.charges import MONTH, NAME, asked, currency_name, row_key, team_key
from templates.grid import AMOUNT, COUNT, DAY, TEXT, Column, Written
from templates.page import Page
from templates.reconciliation.formulas import Live, rounded
from templates.reconciliation.tables import places_of

R = TypeVar("R")
Formulas = Mapping[str, Callable[[R], str]]
"""By the header of a column."""

TABLE_NAMES = {MANUAL: "Manual_calls", DIALER: "Dialer_campaigns", AMD: "Machine_detection"}
SHORT = {MANUAL: "Manual + click-to-call", DIALER: "Dialer", AMD: "Machine detection"}
"""As the headers of columns name the tables."""
COST = "Cost"


@dataclass(frozen=True, slots=True)
class Ledger:
    """The formulas of one currency."""

    book: Book
    places: int
    """Decimals of the costs."""
    suffix: str = ""
    """Of the names of its tables, where there are several currencies."""

    def name(self, table: str) -> str:
        return f"{table}{self.suffix}"

    def cost(self, *pairs: tuple[str, str], more: str = "") -> str:
        where = asked(*pairs, ("Currency", currency_name(self.book.currency)))
        return rounded(f"SUMIFS({NAME}[Cost],{where}{more})", self.places) if where else ""

    def count(self, *pairs: tuple[str, str], more: str = "") -> str:
        where = asked(*pairs, ("Currency", currency_name(self.book.currency)))
        return f"COUNTIFS({where}{more})" if where else ""


def ledgers_of(report: BillingReport) -> list[Ledger]:
    """One for each currency."""
    places = places_of(line.cost for line in report.lines)
    several = len(report.books) > 1
    return [
        Ledger(book, places, _suffix(book.currency, index) if several else "")
        for index, book in enumerate(report.books, 1)
    ]


def _suffix(currency: str, index: int) -> str:
    return f"_{currency}" if re.fullmatch("[A-Za-z]{3}", currency) else f"_{index}"


def write_live(
    page: Page,
    live: Live,
    name: str,
    columns: Sequence[Column[R]],
    rows: Sequence[R],
    formulas: Formulas[R],
    *,
    total: str = TOTAL,
) -> tuple[int, Written]:
    """The table, with a formula behind each of its figures; gives its first row, too."""
    first = page.row + 1
    written = page.table(name, columns, rows, total=total)
    for index, column in enumerate(columns):
        formula = formulas.get(column.header)
        if formula is None:
            continue
        for row, item in enumerate(rows, first):
            value = column.of(item)
            assert value is None or isinstance(value, Decimal | int)
            live.write(page.sheet, row, index, formula(item), value, written.formats[index])
    return first, written


def columns_of(table: Table, book: Book) -> tuple[Column[Row], ...]:
    """As the source has them: label, team, total, then the countries."""
    return (
        Column(table.label, TEXT, lambda row: row.label),
        Column(TEAM, TEXT, lambda row: row.team),
        Column(TOTAL, AMOUNT, lambda row: row.total, adds=True, group=COST),
        *(
            Column(name, AMOUNT, _of_column(index), adds=True, group=COST)
            for index, name in enumerate(book.columns)
        ),
    )


def _of_column(index: int) -> Callable[[Row], Decimal]:
    return lambda row: row.by_column[index]


def table_formulas(table: Table, ledger: Ledger) -> Formulas[Row]:
    """Of the total, and of each country's column."""

    def of(*more: tuple[str, str]) -> Callable[[Row], str]:
        return lambda row: ledger.cost(
            ("Table", table.name), ("Counted in", row_key(table.name, row.label)), *more
        )

    return {TOTAL: of(), **{name: of(("Column", name)) for name in ledger.book.columns}}


def split_columns(
    label: Column[Split], *more: Column[Split], with_tables: bool = True
) -> tuple[Column[Split], ...]:
    """A sum of charges: what it is of, how many, the cost by table and in all."""
    return (
        label,
        *more,
        Column("Charges", COUNT, lambda split: split.charges, adds=True),
        *(
            Column(SHORT[name], AMOUNT, _of_table(index), adds=True, group=COST)
            for index, name in enumerate(TABLES)
            if with_tables
        ),
        Column(TOTAL, AMOUNT, lambda split: split.total, adds=True, group=COST),
    )


def _of_table(index: int) -> Callable[[Split], Decimal]:
    return lambda split: split.by_table[index]


TEAM_LABEL: Column[Split] = Column(TEAM, TEXT, lambda split: split.name)
COUNTRY_LABEL: Column[Split] = Column("Country", TEXT, lambda split: split.name)
COUNTRY_NAME: Column[Split] = Column("Name", TEXT, lambda split: split.more)
AGENT_LABEL: Column[Split] = Column("Agent", TEXT, lambda split: split.name)
AGENT_TEAM: Column[Split] = Column(TEAM, TEXT, lambda split: split.more)
MONTH_COLUMNS: tuple[Column[Split], ...] = (
    Column("Month", MONTH, lambda split: split.month),
    Column("First day", DAY, lambda split: split.first),
    Column("Last day", DAY, lambda split: split.last),
)


def split_formulas(ledger: Ledger, pairs: Callable[[Split], list[tuple[str, str]]]) -> Formulas[Split]:
    """`pairs` are the criteria of a row."""
    return _split_formulas(ledger, pairs, lambda split: "")


def month_formulas(ledger: Ledger) -> Formulas[Split]:
    def more(split: Split) -> str:
        assert split.month is not None
        return f",{NAME}[Trend month],DATE({split.month.year},{split.month.month},1)"

    return _split_formulas(ledger, lambda split: [], more)


def _split_formulas(
    ledger: Ledger, pairs: Callable[[Split], list[tuple[str, str]]], more: Callable[[Split], str]
) -> Formulas[Split]:
    def of(name: str) -> Callable[[Split], str]:
        return lambda split: ledger.cost(*pairs(split), ("Table", name), more=more(split))

    return {
        "Charges": lambda split: ledger.count(*pairs(split), more=more(split)),
        TOTAL: lambda split: ledger.cost(*pairs(split), more=more(split)),
        **{SHORT[name]: of(name) for name in TABLES},
    }


def by_team(split: Split) -> list[tuple[str, str]]:
    return [("Charged to", team_key(split.name))]


def by_country(split: Split) -> list[tuple[str, str]]:
    return [("Country", split.name), ("Outcome", "counted")]


def by_agent(split: Split) -> list[tuple[str, str]]:
    return [("Spent by", f"agent {split.name}")]


def widest(texts: Sequence[str], least: int, most: int) -> int:
    """The width of a column of so many texts."""
    return max(least, min(most, max(map(len, texts), default=0) + 3))


def labels_of(report: BillingReport) -> list[str]:
    return [row.label for book in report.books for table in book.tables for row in table.rows]


def teams_of(report: BillingReport) -> list[str]:
    return [row.team for book in report.books for table in book.tables for row in table.rows]
