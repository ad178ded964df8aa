"""Charges in groups, and such groups in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from addin.billing.billing import Billing
from addin.billing.lines import Line
from addin.billing.people import NOT_IN_ROSTER
from addin.billing.tables import added
from addin.reconcile.wording import amount, counted, listed

NAMED = 5
"""Of a group, before the others are counted."""


def said(costs: Sequence[tuple[str, Decimal]]) -> str:
    """Amounts by currency as text, empty where there are none."""
    return listed([amount(Fraction(cost), currency) for currency, cost in costs]) if costs else ""


def costs_of(lines: Iterable[Line]) -> tuple[tuple[str, Decimal], ...]:
    """By currency; nothing where no cost is known."""
    groups: dict[str, list[Decimal]] = {}
    for line in lines:
        if line.cost is not None:
            groups.setdefault(line.currency, []).append(line.cost)
    return tuple((currency, added(costs)) for currency, costs in sorted(groups.items()))


def charges_of(lines: Sequence[Line]) -> str:
    """`3 charges, 1.25 USD`."""
    cost = said(costs_of(lines))
    return counted(len(lines), "charge") + (f", {cost}" if cost else "")


def grouped(lines: Iterable[Line], key: Callable[[Line], str]) -> dict[str, list[Line]]:
    """Grouped, the largest groups first."""
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(key(line), []).append(line)
    return dict(sorted(groups.items(), key=lambda one: (-len(one[1]), one[0])))


def named(groups: dict[str, list[Line]], most: int = NAMED) -> str:
    """`FR (3 charges, 1 USD), DE (...) and 2 others`."""
    parts = [f"{name} ({charges_of(those)})" for name, those in groups.items()]
    more = [f"{len(parts) - most} others"] if len(parts) > most else []
    return listed(parts[:most] + more)


def has_roster(billing: Billing) -> bool:
    return any(one.status != NOT_IN_ROSTER for one in billing.people.persons.values())
