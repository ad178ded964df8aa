"""The order in which differences are listed: the largest amount first, of equal ones the first row."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from templates.shared.tables import here

_MILLIONTHS = 10**6


def weight(difference: str, cost: str) -> str:
    """A whole number, since programs compare numbers as they are written: more than 0 where a row is listed.

    >>> weight("A2", "B2")
    'IF(A2="",0,IFERROR(ROUND(ABS(N(B2))*1000000,0),0)+1)'
    """
    return f'IF({difference}="",0,IFERROR(ROUND(ABS(N({cost}))*{_MILLIONTHS},0),0)+1)'


def order_of(table: str) -> str:
    """The place of a row among the listed ones, from 1; 0 of the others."""
    mine, number = here(table, "Weight"), here(table, "No")
    larger = f'COUNTIFS({table}[Weight],">"&{mine})'
    before = f'COUNTIFS({table}[Weight],{mine},{table}[No],"<="&{number})'
    return f"IF({mine}=0,0,{larger}+{before})"


def weight_of(difference: str, cost: Fraction | None) -> int:
    """What the formula gives."""
    if not difference:
        return 0
    return int(abs(cost or Fraction(0)) * _MILLIONTHS + Fraction(1, 2)) + 1


def orders_of(weights: Sequence[int]) -> list[int]:
    """What the formula gives in each row.

    >>> orders_of([5, 0, 9, 5])
    [2, 0, 1, 3]
    """
    ranked = sorted((-one, number) for number, one in enumerate(weights) if one)
    places = {number: place for place, (_, number) in enumerate(ranked, 1)}
    return [places.get(number, 0) for number in range(len(weights))]
