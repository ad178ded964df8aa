"""Billed time and cost as text of formulas, over whatever holds duration and terms: a cell, a variable.

Spreadsheets calculate in binary floats, of which none may decide an amount. So every figure that is compared
or rounded here is a whole number: time in milliseconds, money in millionths. Whole numbers below 9 x 10^15
are exact, and so is the quotient of a cost at its half: `ROUND(139.5, 0)` is 140 in every program.
"""

from __future__ import annotations

LONGEST_S = 9_999_999
"""The longest duration, minimum and increment in seconds, 115 days."""
RATE_PLACES = 6
"""The decimals of a rate and a fee."""
COST_PLACES = 6
"""The most decimals of a cost."""
LARGEST = "1E+14"
"""The largest numerator: its quotients stand 10^-14 apart, where programs look at 15 digits.

In money: calls of whole billed seconds up to 1,666,666 of any currency, others up to 1,666."""

MODES = ("half-up", "half-down", "up", "down", "none")


def milliseconds(seconds: str) -> str:
    """Seconds as whole milliseconds, half up.

    >>> milliseconds("A2")
    'ROUND(A2*1000,0)'
    """
    return f"ROUND({seconds}*1000,0)"


def billed(talked: str, least: str, step: str) -> str:
    """Time billed of time talked: the minimum, then whole increments; all of the same unit and whole.

    >>> billed("A2", "60", "6")
    'IF(A2<=0,0,IF(A2<=60,60,IF(6=0,A2,60+CEILING(A2-60,6))))'
    """
    return (
        f"IF({talked}<=0,0,IF({talked}<={least},{least},"
        f"IF({step}=0,{talked},{least}+CEILING({talked}-{least},{step}))))"
    )


def sixtieths(rate: str, billed_s: str, fee: str) -> str:
    """Sixty times the cost, in millionths: rate per minute x billed seconds + 60 x fee.

    A whole number where the billed seconds are whole, else one of three decimals. Only the latter is rounded
    to three: a program that rounds by way of thousandths (IronCalc) alters whole numbers above 9 x 10^12.

    >>> sixtieths("B2", "C2", "0")
    'ROUND(ROUND(B2*1000000,0)*C2+60*ROUND(0*1000000,0),IF(C2=INT(C2),0,3))'
    """
    decimals = f"IF({billed_s}=INT({billed_s}),0,3)"
    return f"ROUND(ROUND({rate}*1000000,0)*{billed_s}+60*ROUND({fee}*1000000,0),{decimals})"


def numerator(sixtieths: str, billed_s: str) -> str:
    """What must not pass `LARGEST`: the sixtieths as a whole number.

    >>> numerator("N2", "C2")
    'N2*IF(C2=INT(C2),1,1000)'
    """
    return f"{sixtieths}*IF({billed_s}=INT({billed_s}),1,1000)"


def last_places(sixtieths: str, places: str) -> str:
    """The cost before rounding, in units of its last decimal place: 139.5 is 0.01395 at 4 places.

    >>> last_places("N2", "4")
    'N2/(60*10^(6-4))'
    """
    return f"{sixtieths}/(60*10^({RATE_PLACES}-{places}))"


def rounded(units: str, mode: str) -> str:
    """Units of the last place as a whole number, by a mode other than "none"; none is negative.

    Up is no ROUNDUP: LibreOffice Calc looks at 12 digits there and makes 12,207 of 12,207.0000000167. Both
    INT are taken from 0, since a minus alone makes -0 of 0 there.

    >>> [rounded("U2", mode) for mode in ("half-up", "half-down", "up", "down")]
    ['ROUND(U2,0)', '(0-INT(0.5-U2))', '(0-INT(0-U2))', 'ROUNDDOWN(U2,0)']
    """
    return {
        "half-up": f"ROUND({units},0)",
        "half-down": f"(0-INT(0.5-{units}))",
        "up": f"(0-INT(0-{units}))",
        "down": f"ROUNDDOWN({units},0)",
    }[mode]


def exact(sixtieths: str, billed_s: str) -> str:
    """The cost that is not rounded, by the mode "none": one division of whole numbers.

    >>> exact("N2", "C2")
    'IF(C2=INT(C2),N2/60000000,ROUND(N2*1000,0)/60000000000)'
    """
    parts_of_seconds = f"ROUND({sixtieths}*1000,0)/60000000000"
    return f"IF({billed_s}=INT({billed_s}),{sixtieths}/60000000,{parts_of_seconds})"
