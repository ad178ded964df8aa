"""What to look at in a billing report: it may lack an amount, or hold one that does not belong there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from addin.billing.billing import Billing
from addin.billing.lines import NOT_CHOSEN, PENDING, TO_LOOK_AT
from addin.billing.people import NOT_IN_ROSTER
from addin.reconcile.wording import counted, listed
from addin.records.call import Unreadable
from addin.reports.billing.groups import NAMED, charges_of, grouped, has_roster, named

MEANINGS = {
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


def to_look_at(billing: Billing, unreadable: Sequence[Unreadable]) -> Iterable[str]:
    lines = billing.lines
    if not any(line.is_counted for line in lines):
        yield "No charge was counted: check the period and who is chosen."
    for reason in TO_LOOK_AT:
        those = [line for line in lines if line.outcome == reason]
        if those:
            first = those[0]
            why = f" ({first.remark})" if first.remark and reason != PENDING else ""
            yield (
                f"{reason.capitalize()}: {charges_of(those)} left out, {MEANINGS[reason]}. "
                f"The first is {first.charge.place}{why}."
            )
    if unreadable:
        first_row = unreadable[0]
        rows = counted(len(unreadable), "row")
        yield f"{rows} could not be read; the first is {first_row.place}: {first_row.problem}."
    for team, names in billing.people.odd_teams.items():
        more = [f"{len(names) - NAMED} others"] if len(names) > NAMED else []
        yield (
            f'Teams are separated by ;: is "{team}" one team? The roster has it beside '
            f"{listed(names[:NAMED] + more)}."
        )
    strangers = [line for line in lines if line.outcome == NOT_CHOSEN and line.status == NOT_IN_ROSTER]
    if strangers and has_roster(billing):
        yield (
            f"Agents that the roster does not name, and who are not chosen: "
            f"{named(grouped(strangers, lambda line: line.agent))}. They may belong to a chosen team."
        )
    bare = [line for line in lines if line.is_counted and not line.currency]
    if bare and len(billing.books) > 1:
        yield f"No currency: {charges_of(bare)}, in tables of their own. The first is {bare[0].charge.place}."
    unknown = [line for line in lines if line.is_counted and line.charge.country and not line.country]
    if unknown:
        yield (
            f"Countries that are not known, counted as without one: "
            f"{named(grouped(unknown, lambda line: line.charge.country[:40]))}."
        )
    national = [line for line in lines if line.is_counted and line.is_national]
    if national:
        one = national[0]
        why = one.no_country.removeprefix("the number ")
        yield (
            f"Numbers that seem to be national ones, counted without a country: {charges_of(national)}. The "
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
            f"Billed before the call started: {charges_of(odd)}, counted all the same. The first is "
            f"{odd[0].charge.place}: is a time in another zone, or under the wrong column?"
        )
    twins = [line for line in lines if line.is_counted and line.twin]
    if twins:
        yield (
            f"{charges_of(twins)} of an id and type that another charge has, too, with another time, cost or "
            f"agent: each counts for itself. The first is {twins[0].charge.place} (as {twins[0].twin})."
        )
