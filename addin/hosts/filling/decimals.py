"""The decimals of a call's cost, which a rate card seldom names: then they are the provider's own.

A template has a setting for rate rows that name none. The provider of the records is known here, and a wrong
setting would make every cost a little wrong, with all checks passing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from addin.hosts.filling.targets import Given
from addin.reconcile.expectation import PLACES, places_of
from addin.reconcile.wording import counted
from templates.inputs import BILLED, CALLS, RATES, USAGE
from udfs.rating.rate_card import RateRow


def with_decimals(given: Sequence[Given]) -> tuple[list[Given], str]:
    """The same, with decimals in every row of the rate card where the provider tells them; and what a person
    should know of it, if there is something."""
    rates = next((one for one in given if one.table is RATES), None)
    rows: list[RateRow] = [] if rates is None else [*rates.records]
    unsaid = sum(not row.places_given for row in rows)
    if not unsaid:
        return [*given], ""
    card = f"The rate card names no decimals of a call's cost in {counted(unsaid, 'row')}"
    providers = _providers(given)
    if not providers or not {*providers} & PLACES.keys():
        return [*given], (
            f"{card}: the setting of the workbook counts there. Look whether it is the provider's."
        )
    places = {places_of(provider) for provider in providers}
    if len(places) > 1:
        return [*given], (
            f"{card}, and {' and '.join(providers)} have different ones: the setting of the workbook counts "
            "for all. Name them in the rate card."
        )
    [number] = places
    rows = [
        row if row.places_given else replace(row, terms=replace(row.terms, places=number), places_given=True)
        for row in rows
    ]
    filled = [replace(one, records=rows) if one is rates else one for one in given]
    return filled, f"{card}: {number} were entered, those of {' and '.join(providers)}."


def expected_decimals(given: Sequence[Given]) -> tuple[int, str] | None:
    """The decimals of the one provider of the calls, where they are known, and that provider."""
    providers = _providers(given)
    return (PLACES[providers[0]], providers[0]) if len(providers) == 1 and providers[0] in PLACES else None


def _providers(given: Sequence[Given]) -> list[str]:
    """Who bills the calls: the one provider of the bill, else those of the call log."""
    found: dict[bool, list[str]] = {True: [], False: []}
    for one in given:
        if one.table in (CALLS, BILLED, USAGE):
            found[one.table is not CALLS] += dict.fromkeys(record.provider for record in one.records)
    billing = [*dict.fromkeys(found[True])]
    return billing if len(billing) == 1 else [*dict.fromkeys(found[False] or billing)]
