"""Billed time and cost of a call in plain functions, which Excel since 2010, phones, Calc and others know.

They read the columns that a person sees beside them, and are equal to `udfs` to the last decimal: durations
up to 115 days, rates and fees of at most 6 decimals, costs of at most 6 places. Outside of that, and where a
figure is blank or text, the cell shows #N/A, never a wrong figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from templates.formulas import arithmetic
from templates.formulas.arithmetic import COST_PLACES, LARGEST, LONGEST_S, MODES, RATE_PLACES
from udfs.rating.cost import MS_PER_MINUTE, Terms


@dataclass(frozen=True, slots=True)
class Cells:
    """Where the figures of a call stand, as its formulas name them."""

    seconds: str
    minimum: str
    increment: str
    billed_s: str
    rate: str
    connect_fee: str
    places: str
    rounding: str


def billed_seconds(cells: Cells) -> str:
    """Seconds billed of seconds talked.

    >>> at = Cells("A2", "B2", "C2", "D2", "E2", "F2", "G2", "H2")
    >>> billed_seconds(at).partition("NA(),")[2].partition("NA(),")[2]
    'IF(A2<=0,0,IF(A2<=B2,B2,IF(C2=0,A2,ROUND(B2+CEILING(ROUND((A2-B2)*1000,0),ROUND(C2*1000,0))/1000,3))))))'
    """
    talked, least, step = cells.seconds, cells.minimum, cells.increment
    outside = [f"({one}<0)+({one}>{LONGEST_S})+(ROUND({one},3)<>{one})" for one in (talked, least, step)]
    after = f"ROUND(({talked}-{least})*1000,0)"
    stepped = f"ROUND({least}+CEILING({after},ROUND({step}*1000,0))/1000,3)"
    billed = f"IF({talked}<=0,0,IF({talked}<={least},{least},IF({step}=0,{talked},{stepped})))"
    return _guarded((talked, least, step), "+".join(outside), billed)


def billed_minutes(billed_s: str) -> str:
    """Minutes of billed seconds, as one division of whole numbers.

    >>> billed_minutes("D2")
    'ROUND(D2*1000,0)/60000'
    """
    return f"{arithmetic.milliseconds(billed_s)}/{MS_PER_MINUTE}"


def units(cells: Cells) -> str:
    """The cost before rounding, in units of its last decimal place; 0 where no time is billed.

    With the mode "none" it is the cost itself.
    """
    sixtieths = arithmetic.sixtieths(cells.rate, cells.billed_s, cells.connect_fee)
    exact, in_places = arithmetic.exact(sixtieths, cells.billed_s), _last_places(sixtieths, cells)
    figure = f'IF({cells.billed_s}=0,0,IF({cells.rounding}="none",{exact},{in_places}))'
    return _guarded(_priced(cells), _outside(cells, sixtieths), figure)


def cost_of_units(cells: Cells, units: str) -> str:
    """The cost by the mode beside it, of the cell that holds its units; #N/A for an unknown mode."""
    chosen = "NA()"
    for mode in reversed(MODES):
        figure = units if mode == "none" else f"{arithmetic.rounded(units, mode)}/10^{cells.places}"
        chosen = f'IF({cells.rounding}="{mode}",{figure},{chosen})'
    return chosen


def cost(cells: Cells, mode: str) -> str:
    """The cost in one formula, by one mode; #N/A where another stands beside it."""
    sixtieths = arithmetic.sixtieths(cells.rate, cells.billed_s, cells.connect_fee)
    if mode == "none":
        figure = arithmetic.exact(sixtieths, cells.billed_s)
    else:
        figure = f"{arithmetic.rounded(_last_places(sixtieths, cells), mode)}/10^{cells.places}"
    outside = f'{_outside(cells, sixtieths)}+({cells.rounding}<>"{mode}")'
    return _guarded(_priced(cells), outside, f"IF({cells.billed_s}=0,0,{figure})")


def talked_cost(cells: Cells) -> str:
    """Seconds talked at the rate, before any rule, as one division of whole numbers.

    >>> talked_cost(Cells("A2", "B2", "C2", "D2", "E2", "F2", "G2", "H2")).rpartition("NA(),")[2]
    'ROUND(E2*1000000,0)*ROUND(A2*1000,0)/60000000000))'
    """
    rate_by_ms = f"ROUND({cells.rate}*1000000,0)*{arithmetic.milliseconds(cells.seconds)}"
    ends = (cells.seconds, 3), (cells.rate, RATE_PLACES)
    outside = [f"({one}<0)+(ROUND({one},{most})<>{one})" for one, most in ends]
    outside += [f"({cells.seconds}>{LONGEST_S})", f"({rate_by_ms}>{LARGEST})"]
    return _guarded((cells.seconds, cells.rate), "+".join(outside), f"{rate_by_ms}/60000000000")


def month(instant: str) -> str:
    """The first day of the month of an instant in UTC.

    >>> month("A2")
    'EOMONTH(A2,-1)+1'
    """
    return f"EOMONTH({instant},-1)+1"


def has_time(terms: Terms, duration_ms: int) -> bool:
    """Whether `billed_seconds` gives the billed time by these terms."""
    if terms.duration_rounding != "none" or terms.anchor != "minimum":
        return False
    return max(duration_ms, terms.minimum_ms, terms.increment_ms) <= LONGEST_S * 1000


def has_cost(terms: Terms, duration_ms: int) -> bool:
    """Whether `cost` gives the cost by these terms."""
    if not (has_time(terms, duration_ms) and 0 <= terms.places <= COST_PLACES):
        return False
    if any(not _ends(one) for one in (terms.rate, terms.connect_fee)):
        return False
    billed_ms = terms.billed_ms(duration_ms)
    sixtieths = (terms.rate * billed_ms / 1000 + 60 * terms.connect_fee) * 10**RATE_PLACES
    largest = Fraction(LARGEST) / (1000 if billed_ms % 1000 else 1)
    return bool(sixtieths <= largest)


def has_talked_cost(terms: Terms, duration_ms: int) -> bool:
    """Whether `talked_cost` gives the cost of the time talked."""
    if not (0 <= duration_ms <= LONGEST_S * 1000 and terms.rate >= 0 and _ends(terms.rate)):
        return False
    return bool(terms.rate * 10**RATE_PLACES * duration_ms <= Fraction(LARGEST))


def _guarded(numbers: tuple[str, ...], outside: str, then: str) -> str:
    return f"IF(COUNT({','.join(numbers)})<{len(numbers)},NA(),IF({outside}>0,NA(),{then}))"


def _priced(cells: Cells) -> tuple[str, ...]:
    return cells.billed_s, cells.rate, cells.connect_fee, cells.places


def _outside(cells: Cells, sixtieths: str) -> str:
    ends = (cells.billed_s, 3), (cells.rate, RATE_PLACES), (cells.connect_fee, RATE_PLACES)
    figures = [f"({one}<0)+(ROUND({one},{most})<>{one})" for one, most in ends]
    places = f"({cells.places}<0)+({cells.places}>{COST_PLACES})+({cells.places}<>INT({cells.places}))"
    return "+".join([*figures, places, f"({arithmetic.numerator(sixtieths, cells.billed_s)}>{LARGEST})"])


def _last_places(sixtieths: str, cells: Cells) -> str:
    return arithmetic.last_places(sixtieths, cells.places)


def _ends(value: Fraction) -> bool:
    """Whether a price has no more decimals than formulas are exact for."""
    return bool(10**RATE_PLACES % value.denominator == 0)
