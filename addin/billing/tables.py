"""What the lines come to: the three tables, by team, by country and by month, each currency for itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, localcontext
from typing import Any

from addin.billing.countries import name_of
from addin.billing.lines import DIALER, NOBODY, OTHER, TABLES, Line
from addin.billing.people import NO_TEAM, NOT_IN_ROSTER, TEAMS_APART, folded
from addin.billing.period import Period
from addin.billing.sorting import TEAM, TOTAL, Order, label_of, orders_for, text_key

UNKNOWN_TEAM = f"({NOT_IN_ROSTER})"
NO_COUNTRY = "(none)"
MOST_MONTHS = 12
_DIGITS = 60
"""More than exact sums can need."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of one of the three tables; `by_column` as `Book.columns`."""

    label: str
    team: str
    charges: int
    total: Decimal
    by_column: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One of the three tables."""

    name: str
    rows: tuple[Row, ...]
    orders: tuple[Order, ...]

    @property
    def label(self) -> str:
        return label_of(self.name)

    @property
    def total(self) -> Decimal:
        return added(row.total for row in self.rows)

    @property
    def charges(self) -> int:
        return sum(row.charges for row in self.rows)


@dataclass(frozen=True, slots=True)
class Split:
    """A sum of the same charges by table: of a team, a country or a month."""

    name: str
    charges: int
    by_table: tuple[Decimal, ...]
    more: str = ""
    """Of a country its English name, of an agent the teams."""
    month: date | None = None
    first: date | None = None
    """Of a month: the first and the last day with a charge."""
    last: date | None = None

    @property
    def total(self) -> Decimal:
        return added(self.by_table)


@dataclass(frozen=True, slots=True)
class Book:
    """All tables of one currency."""

    currency: str
    columns: tuple[str, ...]
    """Chosen countries with billed calls, then `Other`; empty where none are chosen."""
    tables: tuple[Table, ...]
    teams: tuple[Split, ...]
    countries: tuple[Split, ...]
    agents: tuple[Split, ...]
    months: tuple[Split, ...] = field(default=())

    @property
    def total(self) -> Decimal:
        return added(table.total for table in self.tables)

    @property
    def charges(self) -> int:
        return sum(table.charges for table in self.tables)


def added(costs: Iterable[Decimal]) -> Decimal:
    """The exact sum.

    >>> str(added([Decimal("0.1"), Decimal("0.20"), Decimal("1E+2")]))
    '100.3'
    """
    with localcontext(prec=_DIGITS):
        total = sum(costs, Decimal(0))
        return Decimal(0) if not total else Decimal(f"{total.normalize():f}")


def team_of(line: Line) -> str:
    """To whom a charge is allotted: all teams of its agent together."""
    if not line.agent:
        return NOBODY
    if line.status == NOT_IN_ROSTER:
        return UNKNOWN_TEAM
    return line.team or NO_TEAM


def books_of(
    lines: Sequence[Line], countries: Sequence[str], orders: Sequence[Order], period: Period
) -> list[Book]:
    """A book for each currency with counted charges, that of most charges first."""
    counted = [line for line in lines if line.is_counted]
    charges = Counter(line.currency for line in counted)
    names = sorted(charges, key=lambda name: (-charges[name], not name, name))
    return [
        book_of(
            name,
            [line for line in counted if line.currency == name],
            [line for line in lines if line.in_trend and line.currency == name],
            countries,
            orders,
            period,
        )
        for name in names
    ]


def book_of(
    currency: str,
    lines: Sequence[Line],
    trend: Sequence[Line],
    countries: Sequence[str],
    orders: Sequence[Order],
    period: Period,
) -> Book:
    met = {line.column for line in lines}
    teams = {line.agent or NOBODY: team_of(line) for line in lines}
    columns = (*(code for code in countries if code in met), OTHER) if countries else ()
    return Book(
        currency=currency,
        columns=columns,
        tables=tuple(_table(name, lines, columns, orders) for name in TABLES),
        teams=_splits(lines, team_of),
        countries=_splits(lines, lambda line: line.country or NO_COUNTRY, name_of),
        agents=_splits(lines, lambda line: line.agent or NOBODY, teams.get),
        months=_months(trend, period),
    )


def _table(name: str, lines: Sequence[Line], columns: Sequence[str], orders: Sequence[Order]) -> Table:
    rows: dict[str, list[Line]] = {}
    for line in lines:
        if line.table == name:
            rows.setdefault(folded(line.row), []).append(line)
    made = [_row(those, columns) for those in rows.values()]
    made.sort(key=lambda row: text_key(row.label))
    fitting = orders_for(name, orders)
    for order in reversed(fitting):
        made.sort(key=_key(order, columns), reverse=order.falls)
    return Table(name, tuple(made), tuple(fitting))


def _row(lines: Sequence[Line], columns: Sequence[str]) -> Row:
    if lines[0].table == DIALER:
        teams = {team for line in lines if line.team for team in line.team.split(TEAMS_APART)}
        team = TEAMS_APART.join(sorted(teams, key=folded))
    else:
        team = lines[0].team
    by_column = tuple(_cost(line for line in lines if line.column == column) for column in columns)
    return Row(lines[0].row, team, len(lines), _cost(lines), by_column)


def _key(order: Order, columns: Sequence[str]) -> Callable[[Row], Any]:
    if order.column == TOTAL:
        return lambda row: row.total
    if order.column == TEAM:
        return lambda row: text_key(row.team)
    if order.column in columns:
        index = columns.index(order.column)
        return lambda row: row.by_column[index]
    if order.column in (label_of(DIALER), label_of(TABLES[0])):
        return lambda row: text_key(row.label)
    return lambda row: 0  # a chosen country without billed calls has no column


def _splits(
    lines: Sequence[Line],
    name_of_line: Callable[[Line], str],
    more: Callable[[str], str | None] | None = None,
) -> tuple[Split, ...]:
    """The dearest first."""
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(name_of_line(line), []).append(line)
    made = [
        Split(name, len(those), _by_table(those), (more(name) or "") if more and name != NO_COUNTRY else "")
        for name, those in groups.items()
    ]
    return tuple(sorted(made, key=lambda one: (-one.total, folded(one.name))))


def _months(lines: Sequence[Line], period: Period) -> tuple[Split, ...]:
    """The months up to the one in which the period ends, at most twelve."""
    groups: dict[date, list[Line]] = {}
    for line in lines:
        assert line.billed_on is not None
        month = line.billed_on.replace(day=1)
        if month <= period.days.last_day:
            groups.setdefault(month, []).append(line)
    made = []
    for month, those in sorted(groups.items())[-MOST_MONTHS:]:
        days = [line.billed_on for line in those if line.billed_on]
        name = f"{month:%Y-%m}"
        made.append(Split(name, len(those), _by_table(those), month=month, first=min(days), last=max(days)))
    return tuple(made)


def _by_table(lines: Sequence[Line]) -> tuple[Decimal, ...]:
    return tuple(_cost(line for line in lines if line.table == name) for name in TABLES)


def _cost(lines: Iterable[Line]) -> Decimal:
    return added(line.cost for line in lines if line.cost is not None)
