"""Calls, minutes and cost of both sides on the sheet Path: a figure that no call has is unknown.

The figures that other formulas ask stand in hidden columns, as numbers.
"""

from __future__ import annotations

from fractions import Fraction

from templates.blank.investigation.columns import UNKNOWN
from templates.blank.investigation.sheet import (
    COUNT,
    COUNT_CHANGE,
    MINUTES,
    MINUTES_CHANGE,
    MONEY,
    MONEY_CHANGE,
    Sheet,
)
from templates.blank.investigation.sums import Known
from templates.blank.investigation.values import Sums
from templates.shared.serials import rounded


def write_sides(
    page: Sheet, where: tuple[str, str], sides: tuple[Sums, Sums], known: Known, name: str
) -> None:
    """`where` are the criteria of both sides. The names begin with `name`: total_our_cost, and
    total_our_cost_said for what is shown of it."""
    ours, theirs = where
    counts = f"COUNTIFS({ours})", f"COUNTIFS({theirs})"
    minutes = (
        f"ROUND(SUMIFS(Calls[Expected seconds],{ours}),3)/60",
        f"ROUND(SUMIFS(Billed[Charged seconds],{theirs}),3)/60",
    )
    costs = f"ROUND(SUMIFS(Calls[Expected cost],{ours}),10)", f"ROUND(SUMIFS(Billed[Charge],{theirs}),10)"
    our_known = f'COUNTIFS({ours},Calls[Cost],">=0")'
    timed, priced = (
        f'COUNTIFS({theirs},Billed[Charged seconds],">=0")',
        f'COUNTIFS({theirs},Billed[Priced],"yes")',
    )
    one, other = sides
    calls = one.calls, other.calls
    figures = (
        ("Connected calls", "calls", counts, (COUNT, COUNT_CHANGE), counts, calls, calls),
        ("Billed minutes (min)", "minutes", minutes, (MINUTES, MINUTES_CHANGE), (our_known, timed),
         (one.minutes, other.minutes), (known.ours, known.their_time)),
        ("Cost", "cost", costs, (MONEY, MONEY_CHANGE), (our_known, priced), (one.cost, other.cost),
         (known.ours, known.their_cost)),
    )  # fmt: skip
    for label, key, formulas, (plain, change), founds, values, counted in figures:
        r = page.row + 1
        page.label(label)
        is_said = []
        for at, side in enumerate(("our", "their")):
            number_at = page.hidden(at, formulas[at], values[at], f"{name}_{side}_{key}")
            unknown = f"({counts[at]}>0)*({founds[at]}=0)"
            is_known = not sides[at].calls or counted[at] > 0
            is_said.append(is_known)
            said = values[at] if is_known else UNKNOWN
            page.put(
                1 + at, f'IF({unknown},"{UNKNOWN}",{number_at})', said, plain, f"{name}_{side}_{key}_said"
            )
        difference = rounded(Fraction(values[1]) - values[0], 10)
        difference_at = page.hidden(2, f"ROUND(H{r}-G{r},10)", difference, f"{name}_{key}")
        formula = f'IF(COUNT(B{r}:C{r})=2,{difference_at},"{UNKNOWN}")'
        page.put(3, formula, difference if all(is_said) else UNKNOWN, change, f"{name}_{key}_said")
        page.row += 1
    for label, founds, counted in (
        ("    of these: a cost not known", (our_known, priced), (known.ours, known.their_cost)),
        ("    of these: a time not known", (our_known, timed), (known.ours, known.their_time)),
    ):
        page.label(label)
        for at in (0, 1):
            page.put(1 + at, f"{counts[at]}-{founds[at]}", sides[at].calls - counted[at], COUNT)
        page.sheet.write_blank(page.row, 3, None, page.look.body())
        page.row += 1
