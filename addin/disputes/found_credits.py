"""Credits that were found on bills: what each comes to and where it stands, as a cell says it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

_ONE = re.compile(r"(\d+(?:\.\d+)?) (.+?) on the bill of (\d{4}-\d\d), (.+)", re.DOTALL)
_BETWEEN = re.compile(r"; (?=\d+(?:\.\d+)? .+? on the bill of \d{4}-\d\d, )")


@dataclass(frozen=True, slots=True)
class FoundCredit:
    """A record of a bill that credits a call, or the part of it that is for one dispute."""

    amount: Decimal
    month: str
    """Of the bill, `YYYY-MM`; empty where a workbook of an earlier version does not say it."""
    place: str


def credits_text(credits: Sequence[FoundCredit], unit: str) -> str:
    """
    >>> credits_text([FoundCredit(Decimal("0.40"), "2026-10", "october.csv:2")], "USD")
    '0.4 USD on the bill of 2026-10, october.csv:2'
    """
    return "; ".join(
        f"{one.amount.normalize():f} {unit} on the bill of {one.month}, {one.place}"
        if one.month
        else one.place
        for one in credits
    )


def credits_from(text: str, found: Decimal | None) -> tuple[FoundCredit, ...]:
    """What such a text says. One that a person has written anew, or an earlier version, is one credit of all
    that was found.

    >>> text = "0.4 USD on the bill of 2026-10, a;b.csv:2; 0.3 USD on the bill of 2026-11, november.csv:9"
    >>> [(str(one.amount), one.month, one.place) for one in credits_from(text, Decimal("0.7"))]
    [('0.4', '2026-10', 'a;b.csv:2'), ('0.3', '2026-11', 'november.csv:9')]
    >>> credits_from("october.csv:2", Decimal(1)), credits_from("", None)
    ((FoundCredit(amount=Decimal('1'), month='', place='october.csv:2'),), ())
    """
    if not found:
        return ()
    parts = [_ONE.fullmatch(part) for part in _BETWEEN.split(text)]
    try:
        credits = tuple(FoundCredit(Decimal(part[1]), part[3], part[4]) for part in parts if part)
    except InvalidOperation:
        credits = ()
    if len(credits) == len(parts) and sum(one.amount for one in credits) == found:
        return credits
    return (FoundCredit(found, "", text),)
