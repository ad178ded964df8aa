"""The sheet Charges: every charge, with the place, table, row and column it was counted in, or why not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from addin.billing.lines import DIALER, NOBODY, Line
from addin.billing.tables import NO_COUNTRY, team_of
from addin.reconcile.measure import printed, printed_minutes, printed_seconds
from addin.reports.reconciliation.rows import ROW_PLACES
from templates.grid import AMOUNT, DAY, INSTANT, NOTE, PLAIN, SECONDS, SHORT_TEXT, TEXT, Column, Kind
from templates.rated_formulas import Rated, RatedTable
from templates.reconciliation.formulas import criterion
from templates.reconciliation.tables import NO_CURRENCY
from udfs.rating.cost import Terms

NAME = "Charges"
MONTH = Kind("yyyy-mm", widest=9)
_LONGEST_KEY = 200
"""Characters of a key that a formula can ask for."""


def row_key(table: str, label: str) -> str:
    """What `Counted in` holds: a word before the name, so that no program takes 0042 for a number.

    >>> row_key(DIALER, "0042"), row_key("", "ann")
    ('campaign 0042', 'agent ann')
    """
    return f"{'campaign' if table == DIALER else 'agent'} {label}"


def team_key(team: str) -> str:
    return f"team {team}"


def asked(*pairs: tuple[str, str]) -> str:
    """The criteria of SUMIFS over Charges, by column; empty where a text is too long to be asked for."""
    if any(len(text) > _LONGEST_KEY for _, text in pairs):
        return ""
    return ",".join(f"{NAME}[{column}],{criterion(text)}" for column, text in pairs)


def currency_name(currency: str) -> str:
    return currency or NO_CURRENCY


def _month(line: Line) -> date | None:
    return line.billed_on.replace(day=1) if line.in_trend and line.billed_on else None


def charge_columns(zone: str, lines: Sequence[Line]) -> tuple[Column[Line], ...]:
    """`zone` is that of the report, in which the days are. Calls that a card rates show their terms."""
    return (
        Column("Place", TEXT, lambda line: str(line.charge.place)),
        Column("Call id", SHORT_TEXT, lambda line: line.charge.call_id),
        Column("Type", SHORT_TEXT, lambda line: line.charge.kind_written),
        Column("Outcome", SHORT_TEXT, lambda line: line.outcome),
        Column("Cost", AMOUNT, lambda line: line.cost),
        Column("Currency", TEXT, lambda line: currency_name(line.currency)),
        Column("Agent", SHORT_TEXT, lambda line: line.agent),
        Column("Team", SHORT_TEXT, lambda line: line.team),
        Column("Campaign ID", SHORT_TEXT, lambda line: line.charge.campaign_id),
        Column("From", SHORT_TEXT, lambda line: line.charge.from_number),
        Column("To", SHORT_TEXT, lambda line: line.charge.to_number),
        Column("Country", TEXT, lambda line: line.country or NO_COUNTRY),
        Column("Country by", TEXT, lambda line: line.country_by),
        Column("Started (UTC)", INSTANT, lambda line: line.charge.started_at),
        Column("Billed (UTC)", INSTANT, lambda line: line.billed_at),
        Column(f"Billed on ({zone})", DAY, lambda line: line.billed_on),
        Column("Table", TEXT, lambda line: line.table),
        Column("Counted in", TEXT, lambda line: row_key(line.table, line.row) if line.is_counted else ""),
        Column("Column", TEXT, lambda line: line.column),
        Column("Charged to", TEXT, lambda line: team_key(team_of(line)) if line.is_counted else ""),
        Column("Spent by", TEXT, lambda line: f"agent {line.agent or NOBODY}" if line.is_counted else ""),
        Column("Trend month", MONTH, _month),
        Column("Remark", NOTE, _remark),
        *(TERMS if any(line.terms for line in lines) else ()),
    )


def _billed_ms(line: Line) -> int | None:
    if line.terms is None or line.cost is None or line.charge.duration_ms is None:
        return None
    return line.terms.billed_ms(line.charge.duration_ms)


def _term(of: Callable[[Terms], Fraction]) -> Callable[[Line], Decimal | None]:
    return lambda line: printed(of(line.terms), ROW_PLACES) if line.terms else None


def _seconds(ms: int | None) -> Decimal | None:
    return None if ms is None else printed_seconds(ms)


TERMS: tuple[Column[Line], ...] = (
    Column("Seconds", SECONDS, lambda line: _seconds(line.charge.duration_ms)),
    Column("Billed seconds", SECONDS, lambda line: _seconds(_billed_ms(line))),
    Column("Rate per minute", PLAIN, _term(lambda terms: terms.rate)),
    Column("Minimum (s)", PLAIN, lambda line: _seconds(line.terms.minimum_ms) if line.terms else None),
    Column("Increment (s)", PLAIN, lambda line: _seconds(line.terms.increment_ms) if line.terms else None),
    Column("Connect fee", PLAIN, _term(lambda terms: terms.connect_fee)),
    Column("Decimal places", PLAIN, lambda line: line.terms.places if line.terms else None),
    Column("Rounding", TEXT, lambda line: line.terms.rounding if line.terms else ""),
)
"""What a call record was rated by, as the sheets of rated calls show it."""


def _rated(line: Line) -> Rated | None:
    billed_ms = _billed_ms(line)
    if billed_ms is None or line.terms is None or line.charge.duration_ms is None:
        return None
    return Rated(line.charge.duration_ms, line.terms, printed_minutes(billed_ms), line.cost)


RATED = RatedTable(NAME, _rated, "Billed seconds", "", "Cost")


def _remark(line: Line) -> str:
    said = [line.remark, line.no_country]
    if line.by_end:
        said.append("billed at start + duration")
    return "; ".join(filter(None, said))


def absent(lines: Sequence[Line], rows: int) -> frozenset[str]:
    """The table, where a sheet of so many rows cannot hold it: figures over it are values then."""
    return frozenset((NAME,)) if len(lines) > rows else frozenset()
