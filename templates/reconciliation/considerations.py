"""The sheet Considerations: what each rule of comparing a log with billed usage comes to in this month."""

from __future__ import annotations

from datetime import date, timedelta
from typing import cast

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from addin.reconcile.lines import EXPECTED, NOT_BILLED, OUTSIDE
from addin.reconcile.month_end.considerations import (
    BILLING_TIME,
    BOUNDARY,
    PER_CALL,
    UNBILLED,
    VOICE_AND_CLIENT,
    ZONE,
)
from addin.reconcile.usage import CLIENT
from addin.reports.reconciliation.data import ReconciliationReport
from addin.reports.reconciliation.month_end import ConsiderationRow
from templates.grid import (
    COUNT,
    COUNT_VARIANCE,
    FIRST_ROW,
    HEADER_ROW,
    MINUTES,
    MINUTES_VARIANCE,
    TEXT,
    Column,
    Kind,
    write_table,
)
from templates.look import Look, set_title, set_up_page
from templates.reconciliation.formulas import (
    CALLS,
    COST,
    MEASURES,
    Live,
    criterion,
    minutes_of,
    rounded,
    seconds_talked,
    total,
)
from templates.reconciliation.shown import RULE
from templates.reconciliation.tables import (
    ENDED,
    IF_COST,
    IF_SECONDS,
    LOG_CLOCK,
    NO_CURRENCY,
    Tables,
    call_columns,
)

CONSIDERATIONS = "Considerations"
_COST = Kind(decimals=RULE)
_COST_EFFECT = Kind(decimals=RULE, is_signed=True)
_SAID, _DO = Kind(widest=52, wraps=True), Kind(widest=34, wraps=True)
_EFFECT, _WITHOUT = 2, 7
"""The first columns of the effects, and of the totals without them."""

_ROWS = {
    PER_CALL: "Calls, Step expected",
    VOICE_AND_CLIENT: "Calls, Step expected, Category calls-client",
    BILLING_TIME: "Calls, by Ended UTC",
    ZONE: "Calls, by Log clock",
    UNBILLED: "Calls, Step not billed",
    BOUNDARY: "Calls, Step expected, by Started (UTC)",
}


def write_considerations(sheet: Worksheet, look: Look, tables: Tables, live: Live) -> None:
    """One row a rule and currency, its figures live over Calls."""
    report = tables.report
    set_up_page(sheet, report.month)
    note = "Effect: the expected total with the rule taken into account, less the total without it."
    set_title(sheet, look, CONSIDERATIONS, note)
    expected = {bridge.currency: bridge.step(EXPECTED).sum for bridge in report.bridges}

    def without(measure: str) -> Column[ConsiderationRow]:
        def of(row: ConsiderationRow) -> object:
            whole, effect = getattr(expected[row.currency], measure), getattr(row, measure)
            return None if whole is None or effect is None else whole - effect

        kind = dict(zip(MEASURES, (COUNT, MINUTES, _COST), strict=True))[measure]
        return Column(f"{measure.capitalize()} without it", kind, cast("object", of), group=measure)  # type: ignore[arg-type]

    columns: tuple[Column[ConsiderationRow], ...] = (
        Column("Consideration", TEXT, lambda row: row.name, narrowest=18),
        Column("Currency", TEXT, lambda row: row.currency or NO_CURRENCY),
        Column("Effect calls", COUNT_VARIANCE, lambda row: row.calls),
        Column("Effect minutes", MINUTES_VARIANCE, lambda row: row.minutes, group="minutes"),
        Column("Effect cost", _COST_EFFECT, lambda row: row.cost, group="cost"),
        Column("In this month", _SAID, lambda row: row.text, narrowest=50),
        Column("What to do", _DO, lambda row: row.action, narrowest=32),
        *map(without, MEASURES),
        Column("Its rows", _DO, lambda row: _ROWS[row.name], narrowest=26),
    )
    rows = report.considerations
    formats = write_table(sheet, look, CONSIDERATIONS, columns, rows).formats
    sheet.freeze_panes(FIRST_ROW, 1)
    sheet.repeat_rows(HEADER_ROW)
    formulas = _Formulas(tables)
    for number, row in enumerate(rows, FIRST_ROW):
        for index, measure in enumerate(MEASURES):
            effect = _EFFECT + index
            live.write(
                sheet, number, effect, formulas.effect(row, measure), getattr(row, measure), formats[effect]
            )
            cell, column = xl_rowcol_to_cell(number, effect), _WITHOUT + index
            whole = total(measure, "Calls", formulas.where(row, EXPECTED))
            left = f"{whole}-{cell}"
            left = left if measure == CALLS else rounded(left)
            live.write(sheet, number, column, left, columns[column].of(row), formats[column])  # type: ignore[arg-type]


class _Formulas:
    """The effects as sums over the table Calls; no leading `=`, empty where there is nothing to sum."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._report: ReconciliationReport = tables.report
        self._headers = {column.header for column in call_columns(tables.report)}
        self._first = _day(self._report.first_day)
        self._last = _day(self._report.last_day)
        self._after = _day(self._report.last_day + timedelta(days=1))

    def where(self, row: ConsiderationRow, step: str, *more: str) -> str:
        currency = f"Calls[Currency],{criterion(row.currency or NO_CURRENCY)}"
        return ",".join((currency, f"Calls[Step],{criterion(step)}", *more))

    def effect(self, row: ConsiderationRow, measure: str) -> str:
        parts = {
            PER_CALL: self._rounding,
            VOICE_AND_CLIENT: self._client,
            BILLING_TIME: self._billing_time,
            ZONE: self._zone,
            UNBILLED: self._unbilled,
            BOUNDARY: self._boundary,
        }[row.name](row, measure)
        if not parts:
            return ""
        return parts if measure == CALLS else rounded(parts)

    def _rounding(self, row: ConsiderationRow, measure: str) -> str:
        where = self.where(row, EXPECTED)
        if measure == CALLS:
            return ""
        cost, minutes = f"SUMIFS(Calls[Talked cost],{where})", minutes_of(seconds_talked("Calls", where))
        return f"{total(measure, 'Calls', where)}-{cost if measure == COST else minutes}"

    def _client(self, row: ConsiderationRow, measure: str) -> str:
        return self._expected(row, measure, f"Calls[Category],{criterion(CLIENT)}")

    def _boundary(self, row: ConsiderationRow, measure: str) -> str:
        return self._expected(row, measure, f'Calls[[Started (UTC)]],">"&{self._last}')

    def _billing_time(self, row: ConsiderationRow, measure: str) -> str:
        if ENDED not in self._headers:
            return ""
        ours = self._expected(row, measure, f'Calls[{ENDED}],">="&{self._after}')
        theirs = self._if_counted(
            row,
            measure,
            f'Calls[[Started (UTC)]],"<"&{self._first}',
            f'Calls[{ENDED}],">="&{self._first}',
            f'Calls[{ENDED}],"<"&{self._after}',
        )
        return f"{ours}{theirs}"

    def _zone(self, row: ConsiderationRow, measure: str) -> str:
        if LOG_CLOCK not in self._headers:
            return ""
        clock = f"Calls[{LOG_CLOCK}]"
        before = self._expected(row, measure, f'{clock},"<"&{self._first}')
        after = self._expected(row, measure, f'{clock},">="&{self._after}')
        inside = (f'{clock},">="&{self._first}', f'{clock},"<"&{self._after}')
        return f"{before}+{after}{self._if_counted(row, measure, *inside)}"

    def _unbilled(self, row: ConsiderationRow, measure: str) -> str:
        where = self.where(row, NOT_BILLED)
        if measure == CALLS:
            return f"-COUNTIFS({where})"
        if measure == COST:
            return f"-SUMIFS(Calls[Talked cost],{where})"
        return f"-{minutes_of(seconds_talked('Calls', where))}"

    def _expected(self, row: ConsiderationRow, measure: str, *more: str) -> str:
        return total(measure, "Calls", self.where(row, EXPECTED, *more))

    def _if_counted(self, row: ConsiderationRow, measure: str, *more: str) -> str:
        """What billed rows outside the month would add, to be taken off; nothing where there are none."""
        if IF_SECONDS not in self._headers:
            return ""
        where = self.where(row, OUTSIDE, *more, f'Calls[{IF_SECONDS}],">=0"')
        if measure == CALLS:
            return f"-COUNTIFS({where})"
        if measure == COST:
            return f"-SUMIFS(Calls[{IF_COST}],{where})"
        return f"-{minutes_of(f'SUMIFS(Calls[{IF_SECONDS}],{where})')}"


def _day(day: date) -> str:
    return f"DATE({day.year},{day.month},{day.day})"
