"""A billing report, before any sheet exists: its tables, every charge, what was left out, what stands out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from addin.billing.billing import Billing
from addin.billing.lines import (
    AFTER,
    COPY,
    DIALER,
    LEFT_OUT,
    NOBODY,
    NOT_CHOSEN,
    OTHER,
    PENDING,
    TO_LOOK_AT,
    Line,
)
from addin.billing.people import NOT_IN_ROSTER
from addin.billing.tables import Book, added
from addin.reconcile.wording import amount, counted, listed
from addin.records.call import SourceFile, Unreadable
from addin.reports.about import About, Input
from addin.reports.billing.assumptions import assumptions_of, choices_of

KIND = "Billing report"
NOT_AN_INVOICE = "This is not an invoice."
_NAMED, _NAMED_AGENTS = 5, 20
_MEANINGS = {
    "copy": "the same charge again: it counts once",
    "call not billed": "call records of calls that nobody answered",
    "in none of the tables": "inbound calls and call backs, of which this report has no table",
    "unknown type": "neither manual, click_to_call, dialer nor amd",
    "moment of billing not known": "it cannot be said to which period they belong",
    "billed before the period": "they belong to an earlier report",
    "billed after the period": "they belong to a later report",
    "agent not chosen": "the report is about others",
    "no agent": "they belong to no user that is chosen",
    "unknown status": "nobody has said whether such calls are billed",
    "no rate": "no row of the rate card covers them",
    "pending": "the cost is blank, which is not 0",
}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The charges that left for one reason; `costs` by currency."""

    reason: str
    meaning: str
    charges: int
    costs: tuple[tuple[str, Decimal], ...]

    @property
    def cost(self) -> str:
        return said(self.costs)


@dataclass(frozen=True, slots=True)
class BillingReport:
    """All that is printed."""

    about: About
    books: tuple[Book, ...]
    lines: tuple[Line, ...]
    left_out: tuple[LeftOut, ...]
    to_look_at: tuple[str, ...]
    """For which the report may lack an amount, or hold one that does not belong there."""
    facts: tuple[str, ...]

    @property
    def is_fine(self) -> bool:
        return not self.to_look_at

    @property
    def total(self) -> str:
        """`12.5 USD and 3 EUR`: currencies are never added."""
        return said([(book.currency, book.total) for book in self.books])

    @property
    def charges(self) -> int:
        return sum(book.charges for book in self.books)


def said(costs: Sequence[tuple[str, Decimal]]) -> str:
    """Amounts by currency as text, empty where there are none."""
    return listed([amount(Fraction(cost), currency) for currency, cost in costs]) if costs else ""


def side_of(source: SourceFile) -> str:
    """What a file is for a billing report, by its format."""
    sides = {"charges": "Charges", "roster": "Roster"}
    return next((side for word, side in sides.items() if word in source.format), "Call records")


def billing_report_of(
    billing: Billing, inputs: Sequence[Input], unreadable: Sequence[Unreadable] = ()
) -> BillingReport:
    """The report on a result, its inputs, and the rows of them that could not be read."""
    return BillingReport(
        about=About(
            KIND,
            billing.period.name,
            billing.period.zone_name,
            billing.period.days.last_day,
            assumptions_of(billing),
            tuple(inputs),
            choices_of(billing),
        ),
        books=billing.books,
        lines=billing.lines,
        left_out=_left_out(billing.lines),
        to_look_at=tuple(_to_look_at(billing, unreadable)),
        facts=tuple(_facts(billing)),
    )


def _left_out(lines: Sequence[Line]) -> tuple[LeftOut, ...]:
    found = []
    for reason in LEFT_OUT:
        those = [line for line in lines if line.outcome == reason]
        if those:
            found.append(LeftOut(reason, _MEANINGS[reason], len(those), _costs(those)))
    return tuple(found)


def _costs(lines: Iterable[Line]) -> tuple[tuple[str, Decimal], ...]:
    """By currency; nothing where no cost is known."""
    groups: dict[str, list[Decimal]] = {}
    for line in lines:
        if line.cost is not None:
            groups.setdefault(line.currency, []).append(line.cost)
    return tuple((currency, added(costs)) for currency, costs in sorted(groups.items()))


def _charges(lines: Sequence[Line]) -> str:
    """`3 charges, 1.25 USD`."""
    cost = said(_costs(lines))
    return counted(len(lines), "charge") + (f", {cost}" if cost else "")


def _by(lines: Iterable[Line], key: Callable[[Line], str]) -> dict[str, list[Line]]:
    """Grouped, the largest groups first."""
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(key(line), []).append(line)
    return dict(sorted(groups.items(), key=lambda one: (-len(one[1]), one[0])))


def _named(groups: dict[str, list[Line]], most: int = _NAMED) -> str:
    """`FR (3 charges, 1 USD), DE (...) and 2 others`."""
    parts = [f"{name} ({_charges(those)})" for name, those in groups.items()]
    more = [f"{len(parts) - most} others"] if len(parts) > most else []
    return listed(parts[:most] + more)


def _to_look_at(billing: Billing, unreadable: Sequence[Unreadable]) -> Iterable[str]:
    lines = billing.lines
    if not any(line.is_counted for line in lines):
        yield "No charge was counted: check the period and who is chosen."
    for reason in TO_LOOK_AT:
        those = [line for line in lines if line.outcome == reason]
        if those:
            first = those[0]
            why = f" ({first.remark})" if first.remark and reason != PENDING else ""
            yield (
                f"{reason.capitalize()}: {_charges(those)} left out, {_MEANINGS[reason]}. "
                f"The first is {first.charge.place}{why}."
            )
    if unreadable:
        first_row = unreadable[0]
        rows = counted(len(unreadable), "row")
        yield f"{rows} could not be read; the first is {first_row.place}: {first_row.problem}."
    for team, names in billing.people.odd_teams.items():
        more = [f"{len(names) - _NAMED} others"] if len(names) > _NAMED else []
        yield (
            f'Teams are separated by ;: is "{team}" one team? The roster has it beside '
            f"{listed(names[:_NAMED] + more)}."
        )
    strangers = [line for line in lines if line.outcome == NOT_CHOSEN and line.status == NOT_IN_ROSTER]
    if strangers and _has_roster(billing):
        yield (
            f"Agents that the roster does not name, and who are not chosen: "
            f"{_named(_by(strangers, lambda line: line.agent))}. They may belong to a chosen team."
        )
    bare = [line for line in lines if line.is_counted and not line.currency]
    if bare and len(billing.books) > 1:
        yield f"No currency: {_charges(bare)}, in tables of their own. The first is {bare[0].charge.place}."
    unknown = [line for line in lines if line.is_counted and line.charge.country and not line.country]
    if unknown:
        yield (
            f"Countries that are not known, counted as without one: "
            f"{_named(_by(unknown, lambda line: line.charge.country[:40]))}."
        )
    national = [line for line in lines if line.is_counted and line.is_national]
    if national:
        one = national[0]
        why = one.no_country.removeprefix("the number ")
        yield (
            f"Numbers that seem to be national ones, counted without a country: {_charges(national)}. The "
            f"first is {one.charge.place}: {one.charge.to_number[:40]} {why}. "
            "Write such numbers with + and the code of the country, or name the country in the charges."
        )
    odd = [
        line
        for line in lines
        if line.is_counted and (start := line.charge.started_at) and line.billed_at and line.billed_at < start
    ]
    if odd:
        yield (
            f"Billed before the call started: {_charges(odd)}, counted all the same. The first is "
            f"{odd[0].charge.place}: is a time in another zone, or under the wrong column?"
        )
    twins = [line for line in lines if line.is_counted and line.twin]
    if twins:
        yield (
            f"{_charges(twins)} of an id and type that another charge has, too, with another time, cost or "
            f"agent: each counts for itself. The first is {twins[0].charge.place} (as {twins[0].twin})."
        )


def _has_roster(billing: Billing) -> bool:
    return any(one.status != NOT_IN_ROSTER for one in billing.people.persons.values())


def _facts(billing: Billing) -> Iterable[str]:
    lines = [line for line in billing.lines if line.is_counted]
    yield from _dearest(billing.books)
    period = billing.period
    early = [
        line for line in lines if (at := line.charge.started_at) and period.day_of(at) < period.days.first_day
    ]
    if early:
        yield f"Started before the period but billed in it, and so counted: {_charges(early)}."
    late = [
        line
        for line in billing.lines
        if line.outcome == AFTER and line.in_trend and (at := line.charge.started_at) and period.holds(at)
    ]
    if late:
        yield f"Started in the period but billed after it, and so not counted: {_charges(late)}."
    others = [line for line in billing.lines if line.outcome == NOT_CHOSEN and line.status != NOT_IN_ROSTER]
    if others:
        yield f"Left out, as not chosen: {_named(_by(others, lambda line: line.agent), _NAMED_AGENTS)}."
    yield from _of_countries(billing, lines)
    credits = [line for line in lines if line.cost is not None and line.cost < 0]
    if credits:
        yield f"Credits (negative costs) are in the totals: {_charges(credits)}."
    copies = [line for line in billing.lines if line.outcome == COPY]
    if copies:
        yield f"Copies were counted once; left out {_charges(copies)}. The first is {copies[0].charge.place}."
    strangers = [line for line in lines if line.status == NOT_IN_ROSTER]
    if not _has_roster(billing):
        yield "No roster was given, so that no teams are known."
    elif strangers:
        yield (
            f"Counted though the roster does not name them: "
            f"{_named(_by(strangers, lambda line: line.agent))}."
        )
    nobody = [line for line in lines if line.table == DIALER and not line.agent]
    if nobody:
        yield f"Dialer calls that no agent took are in their campaigns: {_charges(nobody)}."
    met = {line.agent for line in lines}
    idle = [one.name for key, one in billing.people.persons.items() if key in billing.chosen]
    idle = sorted((name for name in idle if name not in met), key=str.casefold)
    if idle:
        more = [f"{len(idle) - _NAMED} others"] if len(idle) > _NAMED else []
        yield f"Chosen, without a charge that counts in the period: {listed(idle[:_NAMED] + more)}."


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
            f"Written without + or 00, and read as international numbers: {_charges(bare)}, such as "
            f"{one.charge.place}: {one.charge.to_number} ({one.country})."
        )
    without = [line for line in lines if not line.country and not line.is_national]
    if without:
        reasons = _by(without, lambda line: line.no_country)
        first = without[0].charge.place
        yield f"No country: {_charges(without)}, such as {first} ({next(iter(reasons))})."
    if not billing.countries:
        return
    others = [line for line in lines if line.column == OTHER and line.country]
    if others:
        yield (
            f"In {OTHER} as their country is not chosen: {_named(_by(others, lambda line: line.country))}."
        )
    met = {line.country for line in lines}
    unmet = [code for code in billing.countries if code not in met]
    if unmet:
        yield f"Chosen, but without billed calls, so that there is no column: {listed(unmet)}."
    odd = [line for line in lines if line.number_in]
    if odd:
        yield f"The file's country is not that of the number, and counts: {_charges(odd)}."
