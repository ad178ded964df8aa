"""The figures of the steps of the bridge: as formulas over the tables, and what they give."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from addin.reconcile.lines import (
    BILLED,
    CREDIT,
    DURATION,
    EXPECTED,
    MISSING_IN_BILL,
    MISSING_IN_LOG,
    RATE,
    REMOVED,
    ROUNDING,
    STATUS,
    STEPS,
    TALKED,
    UNEXPLAINED,
)
from addin.reconcile.measure import Measure, printed
from templates.blank.reconciliation.filled import Filled
from templates.reconciliation.formulas import MEASURES, minutes_of, rounded
from templates.shared.tables import Row

SUMMARY = "Summary"
FIRST = 18
"""The row of the sheet Summary (zero-based) with the first step."""
Figures = dict[str, dict[str, Decimal | int]]

CALLS, MINUTES, COST = MEASURES
_CURRENCY = {name: f"{name}[Counted in],currency" for name in ("Calls", "Billed", "Usage")}


def total(measure: str, table: str, *where: str) -> str:
    """One figure of the rows of a table, in the currency of the settings."""
    asked = ",".join((_CURRENCY[table], *where))
    if table == "Usage":
        return f"SUMIFS(Usage[{measure.capitalize()}],{asked})"
    if measure == CALLS:
        return f"COUNTIFS({asked})" if table == "Calls" else f"COUNTIFS({asked},Billed[Credit],0)"
    seconds = "Calls[Expected seconds]" if table == "Calls" else "Billed[Billed seconds]"
    cost = "Calls[Expected cost]" if table == "Calls" else "Billed[Cost]"
    return f"SUMIFS({cost},{asked})" if measure == COST else minutes_of(f"SUMIFS({seconds},{asked})")


COUNTED = 'Billed[Counted],"yes"'
IN_TOTAL = 'Usage[In total],"yes"'


def billed(measure: str) -> str:
    """The bill's total: the provider's own sums where there are any, else its records."""
    return f"IF(records_usage>0,{total(measure, 'Usage', IN_TOTAL)},{total(measure, 'Billed', COUNTED)})"


def _talked(measure: str, step: str) -> str:
    """Before any rule; every row that can be read has one of these steps."""
    where = f'{_CURRENCY["Calls"]},Calls[Step],"{step}"'
    if measure == CALLS:
        return f"COUNTIFS({where})"
    if measure == MINUTES:
        return minutes_of(f"SUMIFS(Calls[Seconds],{where})")
    return f"SUMIFS(Calls[Talked cost],{where})"


def formula(step: str, measure: str) -> str:
    """The figure of a step, in the cell below those of the steps before it."""
    column = "BCD"[MEASURES.index(measure)]

    def cell(name: str) -> str:
        return f"{column}{FIRST + 1 + STEPS.index(name)}"

    def difference(name: str) -> str:
        return total(measure, "Billed", f'Billed[Step],"{name}"')

    if step == TALKED:
        text = "+".join(_talked(measure, name) for name in (*REMOVED, EXPECTED))
    elif step in REMOVED:
        text = f"-{_talked(measure, step)}"
    elif step == ROUNDING:
        text = f"{cell(EXPECTED)}-SUM({cell(TALKED)}:{cell(REMOVED[-1])})"
    elif step == EXPECTED:
        text = total(measure, "Calls", f'Calls[Step],"{EXPECTED}"')
    elif step == MISSING_IN_BILL:
        text = f"-{total(measure, 'Calls', f'Calls[Outcome],{chr(34)}{step}{chr(34)}')}"
    elif step == MISSING_IN_LOG:
        text = difference(step)
    elif step == STATUS:
        ours = total(measure, "Calls", f'Calls[Outcome],"{STATUS}"')
        text = f"{difference(STATUS)}-{ours}"
    elif step == DURATION:
        text = {
            CALLS: "0",
            MINUTES: minutes_of(f"SUMIFS(Billed[Duration seconds],{_CURRENCY['Billed']})"),
            COST: f"SUMIFS(Billed[Duration cost],{_CURRENCY['Billed']})",
        }[measure]
    elif step == RATE:
        more = f"+SUMIFS(Billed[Rate cost],{_CURRENCY['Billed']})" if measure == COST else ""
        text = f"{difference(RATE)}{more}"
    elif step == UNEXPLAINED:
        credits = total(measure, "Billed", f'Billed[Step],"{CREDIT}"')
        by_call = f"{total(measure, 'Billed', COUNTED)}-{credits}"
        text = f"{cell(BILLED)}-IF(records_billed>0,{by_call},{cell(EXPECTED)})"
    else:
        text = billed(measure)
    return text if measure == CALLS else rounded(text)


def figures(filled: Filled) -> Figures:
    """What the formulas give, by measure and step: each rounded by itself, `rounding` and `unexplained` from
    rounded totals."""
    settled = filled.settled
    steps = settled.result.bridges[settled.rows.currency]
    found: Figures = {}
    for measure in MEASURES:
        exact = {name: Fraction(getattr(one, measure)) for name, one in steps.items()}
        shown: dict[str, Decimal | int] = {name: printed(value) for name, value in exact.items()}
        shown[ROUNDING] = shown[EXPECTED] - sum(shown[name] for name in (TALKED, *REMOVED))
        by_call = exact[BILLED] - exact[UNEXPLAINED]
        shown[UNEXPLAINED] = printed(Fraction(shown[BILLED]) - by_call)
        found[measure] = shown
    its = [row for row in filled.billed if row.get("Counted in") == settled.rows.currency]
    no_rate = sum((one.cost or Fraction(0) for one in settled.bill if one.step == RATE), Fraction(0))
    found[COST][DURATION] = printed(_sum(its, "Duration cost"))
    found[COST][RATE] = printed(no_rate + _sum(its, "Rate cost"))
    return found


def _sum(rows: Sequence[Row], header: str) -> Fraction:
    """The parts of differences are rounded call by call."""
    return sum((Fraction(row[header]) for row in rows if row.get(header)), Fraction(0))  # type: ignore[arg-type]


def figure_of(amount: Measure, measure: str) -> Decimal | int:
    """What a formula gives for it."""
    if measure == CALLS:
        return amount.calls
    return printed(amount.minutes if measure == MINUTES else amount.cost)
