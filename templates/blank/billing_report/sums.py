"""Sums of charges that meet criteria, as formulas: cost, minutes, and how many lack a duration."""

from __future__ import annotations

from templates.blank.billing_report.words import UNKNOWN

MINUTES_FORMAT = "#,##0.00##"
_TALKED = "Charges[Talked (s)]"


def cost_of(where: str) -> str:
    """
    >>> cost_of("Charges[Row key],A6")
    'ROUND(SUMIFS(Charges[Cost],Charges[Row key],A6),10)'
    """
    return f"ROUND(SUMIFS(Charges[Cost],{where}),10)"


def minutes_of(where: str) -> str:
    """Of those that have a duration; where none of them has, the word for it: it is not 0."""
    none = f'(COUNTIFS({where})>0)*(COUNTIFS({where},{_TALKED},">=0")=0)'
    return f'IF({none},"{UNKNOWN}",ROUND(SUMIFS({_TALKED},{where}),3)/60)'


def lacking_of(where: str) -> str:
    """How many have no duration: the minutes lack it."""
    return f'COUNTIFS({where})-COUNTIFS({where},{_TALKED},">=0")'
