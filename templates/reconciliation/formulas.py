"""The live formulas of the totals: sums over the tables Calls and Billed, as text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from addin.reconcile.lines import (
    CREDIT,
    DUPLICATES,
    DURATION,
    EXPECTED,
    MISSING_IN_BILL,
    MISSING_IN_LOG,
    NOT_BILLED,
    OUTSIDE,
    RATE,
    ROUNDING,
    STATUS,
    TALKED,
    UNEXPLAINED,
    UNKNOWN_STATUS,
    UNRATED,
)
from addin.reconcile.measure import PRINTED_PLACES
from templates.reconciliation.tables import NO_CURRENCY, YES, Tables

CALLS, MINUTES, COST = "calls", "minutes", "cost"
MEASURES = (CALLS, MINUTES, COST)

_REMOVED = (DUPLICATES, OUTSIDE, NOT_BILLED, UNKNOWN_STATUS, UNRATED)
LONGEST_CRITERION = 200
_PLAIN_TEXT = re.compile(r"[\w .-]+")


@dataclass(frozen=True, slots=True)
class Live:
    """Writes a formula with its printed value; the value alone where a table it needs is not there."""

    absent: frozenset[str]

    def write(
        self,
        sheet: Worksheet,
        row: int,
        column: int,
        formula: str,
        value: Decimal | int | None,
        cell_format: Format,
    ) -> None:
        """`value` None (not known) is a blank cell, never 0."""
        if value is None:
            sheet.write_blank(row, column, None, cell_format)
        elif not formula or any(f"{name}[" in formula for name in self.absent):
            sheet.write_number(row, column, float(value), cell_format)
        else:
            sheet.write_formula(row, column, f"={formula}", cell_format, float(value))


def rounded(formula: str, places: int = PRINTED_PLACES) -> str:
    """The formula as it is printed."""
    return f"ROUND({formula},{places})"


def minutes_of(seconds: str) -> str:
    """The minutes of a sum of seconds, which are whole milliseconds.

    >>> minutes_of("SUM(A1:A9)")
    'ROUND(SUM(A1:A9),3)/60'
    """
    return f"{rounded(seconds, 3)}/60"


def seconds_talked(table: str, where: str) -> str:
    """Of the rows that fit. #N/A where one holds neither a number nor nothing: a sum would pass text by, as
    if nobody had talked. (LibreOffice Calc counts numbers, too, for "?*".)

    >>> seconds_talked("Calls", 'Calls[Step],"a"').partition("<")[0]
    'IF(COUNTIFS(Calls[Step],"a",Calls[Seconds],">=0")+COUNTIFS(Calls[Step],"a",Calls[Seconds],"")'
    """
    column = f"{table}[Seconds]"
    readable = f'COUNTIFS({where},{column},">=0")+COUNTIFS({where},{column},"")'
    return f"IF({readable}<COUNTIFS({where}),NA(),SUMIFS({column},{where}))"


def criterion(text: str) -> str:
    """Text as a criterion of SUMIFS that finds exactly this text.

    >>> criterion("USD"), criterion(">5*")
    ('"USD"', '"=>5~*"')
    """
    escaped = "".join(f"~{letter}" if letter in "~*?" else letter for letter in text)
    if escaped.startswith(("=", "<", ">")):
        escaped = f"={escaped}"
    return '"' + escaped.replace('"', '""') + '"'


def criterion_of(cell: str, text: str) -> str:
    """The cell as a criterion for the text that stands in it, or the text itself where its signs would be
    read as operators or wildcards; empty where the text is too long to be asked for."""
    if len(text) > LONGEST_CRITERION:
        return ""
    return cell if _PLAIN_TEXT.fullmatch(text) else criterion(text)


def total(measure: str, table: str, where: str) -> str:
    """One figure of the rows of Calls or Billed that meet the criteria; minutes and cost unrounded."""
    if measure == CALLS:
        its = ',Billed[Billed seconds],">=0"' if table == "Billed" else ""  # of a credit it is blank
        return f"COUNTIFS({where}{its})"
    if table == "Calls":
        seconds, cost = "Calls[Expected seconds]", "Calls[Expected cost]"
    else:
        seconds, cost = "Billed[Billed seconds]", "Billed[Cost]"
    return f"SUMIFS({cost},{where})" if measure == COST else minutes_of(f"SUMIFS({seconds},{where})")


def usage_total(measure: str, table: str, where: str) -> str:
    """The same of usage records, which are sums themselves."""
    return f"SUMIFS({table}[{measure.capitalize()}],{where})"


@dataclass(frozen=True, slots=True)
class Totals:
    """The formulas of one currency. `name_cell` holds the step's own name; no leading `=`."""

    tables: Tables
    currency: str | None

    @property
    def _currency(self) -> str:
        return criterion(self.currency or NO_CURRENCY)

    def _where(self, table: str, *more: str) -> str:
        return ",".join((f"{table}[Currency],{self._currency}", *more))

    def step(self, step: str, measure: str, name_cell: str, above: str, cells: dict[str, str]) -> str:
        """The formula of a step of the bridge, empty where the step is 0 by its nature.

        `above` is the range of the steps before `rounding`; `cells` names the cell of each total.
        """
        if step == ROUNDING:
            return rounded(f"{cells[EXPECTED]}-SUM({above})")
        if step == UNEXPLAINED:
            return self._printed(f"{cells['billed']}-{self._by_call(measure, cells)}", measure)
        if step == TALKED or step in _REMOVED:
            figure = self._talked(measure, step, name_cell)
            return figure if measure == CALLS else rounded(figure)
        if step in (EXPECTED, MISSING_IN_BILL):
            column = "Step" if step == EXPECTED else "Outcome"
            figure = total(measure, "Calls", self._where("Calls", f"Calls[{column}],{name_cell}"))
            if step == MISSING_IN_BILL:
                figure = f"-{figure}" if self.tables.by_call else ""
        elif step == "billed":
            figure = self.billed(measure)
        else:
            figure = self._difference(step, measure, name_cell) if self.tables.by_call else ""
        return self._printed(figure, measure) if figure else ""

    def _printed(self, figure: str, measure: str) -> str:
        """Sums of costs to the places that costs have, which is as exact as they are."""
        if measure == CALLS:
            return figure
        return rounded(figure, self.tables.cost_places) if measure == COST else rounded(figure)

    def billed(self, measure: str) -> str:
        """The billed total: the usage records' where there are any, else the call records'."""
        if self.tables.has_usage_total or not self.tables.by_call:
            table = self.tables.usage_name
            return usage_total(measure, table, self._where(table, f'{table}[In total],"{YES}"'))
        return self._counted(measure)

    def of_unit(self, side: str, measure: str, unit: str, by: str) -> str:
        """Expected or billed of a category (`by` "category") or day; `unit` is the criterion or its cell."""
        if side == EXPECTED:
            figure = total(measure, "Calls", self._where("Calls", f"Calls[Compared {by}],{unit}"))
        elif self.tables.by_call:
            column = "Category" if by == "category" else "Compared day"
            where = self._where("Billed", f"Billed[{column}],{unit}", f'Billed[Counted],"{YES}"')
            figure = total(measure, "Billed", where)
        else:
            name = self.tables.usage_name
            if by == "category":
                more = (f"{name}[Compared as],{unit}", f'{name}[In total],"{YES}"')
            else:
                more = (f"{name}[First day],{unit}", f'{name}[In days],"{YES}"')
            figure = usage_total(measure, name, self._where(name, *more))
        return self._printed(figure, measure)

    def variance(self, measure: str, billed: str, expected: str) -> str:
        """Billed minus expected, from their cells."""
        return self._printed(f"{billed}-{expected}", measure)

    def _counted(self, measure: str, *more: str) -> str:
        return total(measure, "Billed", self._where("Billed", f'Billed[Counted],"{YES}"', *more))

    def _by_call(self, measure: str, cells: dict[str, str]) -> str:
        """What `unexplained` is measured from: the sum of the bill's own calls, without credits that are of
        none, or what is expected."""
        if not self.tables.by_call:
            return cells[EXPECTED]
        return self._counted(measure, f'Billed[Step],"<>{CREDIT}"')

    def _talked(self, measure: str, step: str, name_cell: str) -> str:
        """Before any rule."""
        more = () if step == TALKED else (f"Calls[Step],{name_cell}",)
        where = self._where("Calls", *more)
        if measure == CALLS:
            figure = f"COUNTIFS({where})"
        elif measure == MINUTES:
            figure = minutes_of(seconds_talked("Calls", where))
        else:
            figure = f"SUMIFS(Calls[Talked cost],{where})"
        return figure if step == TALKED else f"-{figure}"

    def _difference(self, step: str, measure: str, name_cell: str) -> str:
        """The steps from expected to billed, where the bill is call records."""
        own = total(measure, "Billed", self._where("Billed", f"Billed[Step],{name_cell}"))
        where = self._where("Billed")
        if step == MISSING_IN_LOG:
            return own
        if step == STATUS:
            ours = total(measure, "Calls", self._where("Calls", f"Calls[Outcome],{name_cell}"))
            return f"{own}-{ours}"
        if step == DURATION:
            return {
                CALLS: "",
                MINUTES: minutes_of(f"SUMIFS(Billed[Duration seconds],{where})"),
                COST: f"SUMIFS(Billed[Duration cost],{where})",
            }[measure]
        assert step == RATE
        return f"{own}+SUMIFS(Billed[Rate cost],{where})" if measure == COST else own
