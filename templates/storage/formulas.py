"""The rule in the functions of a spreadsheet: what each month end is, from the columns that a person sees."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from addin.reconcile.measure import PRINTED_PLACES
from addin.reports.about import Assumption
from addin.reports.storage.report import StorageReport
from templates.decimals import decimals_of
from templates.grid import column_reference
from templates.storage.columns import (
    DAY_1,
    DELETED_ON,
    MINUTES,
    RATE,
    RECORDINGS,
    charge_head,
    days_head,
)
from udfs.rating.storage import FREE_DAYS

LIVE_CELLS = 60_000
"""Formulas of the sheet Recordings; beyond, values are written: programs would take minutes to open it."""

_STAYS = (
    "If you change one of them, charges and totals follow; findings, the comparison with Plivo, the verdict "
    "and sentences stay as they were. Make the statement anew for these."
)


def is_live(report: StorageReport) -> bool:
    return len(report.rows) * (2 * len(report.month_ends) + 2) <= LIVE_CELLS


def said(report: StorageReport) -> Assumption:
    """Which figures of the recordings are formulas, for the sheet Assumptions."""
    what = "Minutes, days and charges of each recording"
    if is_live(report):
        text = f"{what} are formulas over its day 1, deletion, seconds and rate. {_STAYS}"
    else:
        text = f"{what} are values: formulas are written for up to {LIVE_CELLS:,} cells."
    return Assumption("Formulas", text, "choice of this report")


def places(report: StorageReport) -> int:
    """The decimals that charges can have: those of the rates, also of rates changed in the workbook."""
    has = (decimals_of(row.rate) for row in report.rows if row.rate is not None)
    return min(15, max(PRINTED_PLACES, *has, 0))


def day(on: date) -> str:
    """A day as a formula writes it; a month end from any day of its month."""
    return f"DATE({on.year},{on.month},{on.day})"


def _month_end(on: date) -> str:
    return f"EOMONTH(DATE({on.year},{on.month},1),0)"


def _here(header: str) -> str:
    return f"{RECORDINGS}[[#This Row],[{column_reference(header)}]]"


def _all(header: str) -> str:
    return f"{RECORDINGS}[{column_reference(header)}]"


def minutes() -> str:
    return f"ROUNDUP({_here('Seconds')}/60,0)"


def days_on(on: date, *, is_month_end: bool = True) -> str:
    """Days stored; blank before the day of recording and from the day of deletion on."""
    end, first, deleted = _month_end(on) if is_month_end else day(on), _here(DAY_1), _here(DELETED_ON)
    return f'IF(OR({first}>{end},AND({deleted}>0,{deleted}<={end})),"",{end}-{first}+1)'


def charge(on: date, decimals: int) -> str:
    """Whole minutes x rate after the free days; blank where no rate is known, which is not 0, but for no
    minute."""
    is_unknown = f'AND({_here(RATE)}="",{_here(MINUTES)}>0)'
    charged = f'IF({is_unknown},"",ROUND({_here(MINUTES)}*{_here(RATE)},{decimals}))'
    return f"IF(N({_here(days_head(on))})>{FREE_DAYS},{charged},0)"


def total(ends: Sequence[date], decimals: int) -> str:
    """The sum of all month ends; blank where one of them is, and an error where one is an error, which COUNT
    alone would pass over."""
    cells = ",".join(_here(charge_head(on)) for on in ends)
    return f'IF(COUNT({cells})+0*SUM({cells})<{len(ends)},"",ROUND(SUM({cells}),{decimals}))'


def held(on: date) -> str:
    return f"COUNT({_all(days_head(on))})"


def charged(on: date) -> str:
    return f'COUNTIFS({_all(days_head(on))},">{FREE_DAYS}")'


def unrated(on: date) -> str:
    due = f'{_all(days_head(on))},">{FREE_DAYS}",{_all(MINUTES)},">0"'
    return f'COUNTIFS({due})-COUNTIFS({due},{_all(RATE)},">=0")'


def deleted(first: date, last: date) -> str:
    """Those deleted from one day to another, both included."""
    return f'COUNTIFS({_all(DELETED_ON)},">="&{day(first)},{_all(DELETED_ON)},"<="&{day(last)})'


def charged_minutes(on: date) -> str:
    return f'SUMIFS({_all(MINUTES)},{_all(days_head(on))},">{FREE_DAYS}")'


def amount(on: date, decimals: int) -> str:
    return f"ROUND(SUM({_all(charge_head(on))}),{decimals})"


def kept(as_of: date, on: date, *, charged_only: bool = True, older_than: int | None = None) -> str:
    """The recordings held on a day that are still there on a later one, as factors of a product."""
    here, there = day(as_of), day(on)
    factors = [
        f"({_all(DAY_1)}<={here})",
        f'((({_all(DELETED_ON)}="")+({_all(DELETED_ON)}>{there}))>0)',
    ]
    if charged_only:
        factors.append(f"({there}-{_all(DAY_1)}+1>{FREE_DAYS})")
    if older_than is not None:
        factors.append(f"({here}-{_all(DAY_1)}+1>{older_than})")
    return "*".join(factors)


def counted(factors: str) -> str:
    return f"SUMPRODUCT({factors}*1)"


def minutes_of(factors: str) -> str:
    return f"SUMPRODUCT({factors}*{_all(MINUTES)})"


def amount_of(factors: Sequence[str], decimals: int) -> str:
    """The charges of the recordings that each product keeps, added; those whose rate is not known add
    nothing."""
    sums = "+".join(f"SUMPRODUCT({one}*{_all(MINUTES)}*{_all(RATE)})" for one in factors)
    return f"ROUND({sums},{decimals})"


def saved(factors: Sequence[str], decimals: int) -> str:
    """The same, blank where a rate is not known."""
    unknown = "+".join(map(unrated_of, factors))
    return f'IF({unknown}>0,"",{amount_of(factors, decimals)})'


def unrated_of(factors: str) -> str:
    return f'SUMPRODUCT({factors}*({_all(RATE)}="")*({_all(MINUTES)}>0))'
