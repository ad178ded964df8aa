"""A dispute in the words of a letter: its amount, what it is about, and what proves it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from addin.disputes.records import BY_HAND, Dispute
from addin.reconcile.wording import listed


def amount_text(amount: Decimal, unit: str) -> str:
    """With two decimals at least, and all that there are.

    >>> amount_text(Decimal("1234.5"), "USD"), amount_text(Decimal("0.0084"), "EUR")
    ('1,234.50 USD', '0.0084 EUR')
    """
    whole, _, rest = f"{amount:,f}".partition(".")
    return f"{whole}.{rest.rstrip('0').ljust(2, '0')} {unit}"


def sums_text(disputes: Sequence[Dispute], of: Callable[[Dispute], Decimal]) -> str:
    """Unit by unit: units are never added."""
    return listed(
        [
            amount_text(sum((of(one) for one in disputes if one.unit == unit), Decimal(0)), unit)
            for unit in dict.fromkeys(one.unit for one in disputes)
        ]
    )


def about_of(one: Dispute) -> str:
    """What a charge is for, in a word: the call, or the category with its month, or the day, or what the
    person says who added it."""
    if one.call_id:
        return one.call_id
    if one.subject:
        return f"{one.subject}, {one.month}" if one.day is None else one.subject
    return one.reason if one.state == BY_HAND else "(a call without an id)"


def evidence(one: Dispute) -> str:
    """File and row on both sides; of what a person added, their note. And what is credited of it already."""
    parts: list[str] = []
    if one.state == BY_HAND:
        parts += filter(None, (" ".join(one.entered.note.split()),))
        parts += [f"your record {place_text(one.billed_place)}"] if one.billed_place else []
    else:
        parts += filter(None, (", ".join(_places(one)),))
    parts = parts or ["as in the attached list"]
    if one.covered:
        parts.append(f"credited {amount_text(one.covered, one.unit)}")
    return "; ".join(parts)


def _places(one: Dispute) -> Iterator[str]:
    if one.log_place:
        yield f"our record {place_text(one.log_place)}"
    elif one.kind == "missing-in-log":
        yield "no record of ours"
    elif one.kind in ("category", "day"):
        yield "the sum of our calls"
    if one.billed_place:
        yield f"your record {place_text(one.billed_place)}"


def place_text(place: str) -> str:
    """
    >>> place_text("calls.csv:12"), place_text("calls.xlsx, sheet Log:12"), place_text("the bill")
    ('calls.csv, row 12', 'calls.xlsx, sheet Log, row 12', 'the bill')
    """
    file, colon, row = place.rpartition(":")
    return f"{file}, row {row}" if colon and row.isdecimal() else place
