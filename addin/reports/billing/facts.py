"""What stands out in a billing report though nothing is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from addin.billing.billing import Billing
from addin.billing.lines import (
    AFTER,
    COPY,
    DIALER,
    NOBODY,
    NOT_CHOSEN,
    OTHER,
    Line,
)
from addin.billing.people import NOT_IN_ROSTER
from addin.billing.tables import Book
from addin.reconcile.wording import amount, listed
from addin.reports.billing.groups import NAMED, charges_of, grouped, has_roster, named

_MOST_AGENTS = 20


def facts_of(billing: Billing) -> Iterable[str]:
    lines = [line for line in billing.lines if line.is_counted]
    yield from _dearest(billing.books)
    period = billing.period
    early = [
        line for line in lines if (at := line.charge.started_at) and period.day_of(at) < period.days.first_day
    ]
    if early:
        yield f"Started before the period but billed in it, and so counted: {charges_of(early)}."
    late = [
        line
        for line in billing.lines
        if line.outcome == AFTER and line.in_trend and (at := line.charge.started_at) and period.holds(at)
    ]
    if late:
        yield f"Started in the period but billed after it, and so not counted: {charges_of(late)}."
    others = [line for line in billing.lines if line.outcome == NOT_CHOSEN and line.status != NOT_IN_ROSTER]
    if others:
        yield f"Left out, as not chosen: {named(grouped(others, lambda line: line.agent), _MOST_AGENTS)}."
    yield from _of_countries(billing, lines)
    credits = [line for line in lines if line.cost is not None and line.cost < 0]
    if credits:
        yield f"Credits (negative costs) are in the totals: {charges_of(credits)}."
    copies = [line for line in billing.lines if line.outcome == COPY]
    if copies:
        first = copies[0].charge.place
        yield f"Copies were counted once; left out {charges_of(copies)}. The first is {first}."
    strangers = [line for line in lines if line.status == NOT_IN_ROSTER]
    if not has_roster(billing):
        yield "No roster was given, so that no teams are known."
    elif strangers:
        yield (
            f"Counted though the roster does not name them: "
            f"{named(grouped(strangers, lambda line: line.agent))}."
        )
    nobody = [line for line in lines if line.table == DIALER and not line.agent]
    if nobody:
        yield f"Dialer calls that no agent took are in their campaigns: {charges_of(nobody)}."
    met = {line.agent for line in lines}
    idle = [one.name for key, one in billing.people.persons.items() if key in billing.chosen]
    idle = sorted((name for name in idle if name not in met), key=str.casefold)
    if idle:
        more = [f"{len(idle) - NAMED} others"] if len(idle) > NAMED else []
        yield f"Chosen, without a charge that counts in the period: {listed(idle[:NAMED] + more)}."


def _dearest(books: Sequence[Book]) -> Iterable[str]:
    for book in books:
        agents = [(one.name, one.total) for one in book.agents if one.name != NOBODY]
        dialer = [row for table in book.tables if table.name == DIALER for row in table.rows]
        campaigns = [(row.label, row.total) for row in dialer]
        parts = []
        for thing, found, where in (("agent", agents, " in all"), ("campaign", campaigns, "")):
            if found:
                name, total = max(found, key=lambda one: one[1])
                parts.append(f"the {thing} {name} with {amount(Fraction(total), book.currency)}{where}")
        if parts:
            yield f"Most expensive: {listed(parts)}."


def _of_countries(billing: Billing, lines: Sequence[Line]) -> Iterable[str]:
    bare = [line for line in lines if line.is_bare and line.country]
    if bare:
        one = bare[0]
        yield (
            f"Written without + or 00, and read as international numbers: {charges_of(bare)}, such as "
            f"{one.charge.place}: {one.charge.to_number} ({one.country})."
        )
    without = [line for line in lines if not line.country and not line.is_national]
    if without:
        reasons = grouped(without, lambda line: line.no_country)
        first = without[0].charge.place
        yield f"No country: {charges_of(without)}, such as {first} ({next(iter(reasons))})."
    if not billing.countries:
        return
    others = [line for line in lines if line.column == OTHER and line.country]
    if others:
        yield (
            f"In {OTHER} as their country is not chosen: {named(grouped(others, lambda line: line.country))}."
        )
    met = {line.country for line in lines}
    unmet = [code for code in billing.countries if code not in met]
    if unmet:
        yield f"Chosen, but without billed calls, so that there is no column: {listed(unmet)}."
    odd = [line for line in lines if line.number_in]
    if odd:
        yield f"The file's country is not that of the number, and counts: {charges_of(odd)}."
