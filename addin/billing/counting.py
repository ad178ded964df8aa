"""Every charge through the same gates: counted in a table, or left out for the first reason that applies."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from addin.billing.choices import Choices
from addin.billing.countries import BARE, chosen_code, code_of
from addin.billing.lines import (
    AFTER,
    BEFORE,
    BY_FILE,
    BY_NUMBER,
    COPY,
    COUNTED,
    DIALER,
    NO_AGENT,
    NO_CAMPAIGN,
    NO_MOMENT,
    NOBODY,
    NOT_BILLED,
    NOT_CHOSEN,
    OTHER,
    OTHER_KIND,
    PENDING,
    TABLE_OF,
    UNKNOWN_KIND,
    UNKNOWN_STATUS,
    UNRATED,
    Line,
)
from addin.billing.numbers import Numbering
from addin.billing.people import People, folded
from addin.billing.period import Period
from addin.errors import TollsheetError
from addin.records.call import Charge
from addin.records.tables import fold

_OTHER_KINDS = frozenset(("inbound", "queuecallback"))
"""Voiso's other types of calls, of which the report has no table."""
_NAMED = 3


def lines_of(charges: Sequence[Charge], call_records: Sequence[Line] = ()) -> list[Line]:
    """A line for each charge and call record, copies told. A call may have several charges: the same id is
    the same charge only where type, time and cost agree, too."""
    lines = [Line(charge) for charge in charges]
    first: dict[Hashable, Line] = {}
    by_id: dict[Hashable, Line] = {}
    for line in lines:
        charge = line.charge
        kept = first.setdefault(_same(charge), line)
        if kept is not line:
            line.outcome, line.remark = COPY, f"the same charge as {kept.charge.place}"
        elif charge.call_id:
            other = by_id.setdefault(_id(charge), line)
            if other is not line:
                line.twin = str(other.charge.place)
                line.remark = f"same id and type as {line.twin}, but another charge: each counts for itself"
    in_table = {_id_in_table(line.charge): line for line in reversed(lines) if line.outcome != COPY}
    for line in call_records:
        charged = in_table.get(_id_in_table(line.charge)) if line.charge.call_id else None
        if charged is not None:
            line.outcome, line.remark = COPY, f"charged in {charged.charge.place}"
        lines.append(line)
    return lines


def _id(charge: Charge) -> Hashable:
    return charge.call_id, charge.kind or fold(charge.kind_written)


def _id_in_table(charge: Charge) -> Hashable:
    """Call records write manual and click-to-call calls in one word."""
    return charge.call_id, TABLE_OF.get(charge.kind) or fold(charge.kind_written)


def _same(charge: Charge) -> Hashable:
    """What two rows of one charge agree on; without an id, the whole row."""
    if not charge.call_id:
        return charge.row_values or charge.place
    names = map(folded, (charge.agent, charge.campaign_id))
    times = charge.started_at, charge.billed_at
    return (*names, _id(charge), *times, charge.cost, charge.currency)


def count(lines: Sequence[Line], people: People, choices: Choices, period: Period) -> None:
    """Give each line its outcome, table, row and column. Raises TollsheetError where a choice cannot be met,
    and for a file that nowhere says when a charge was billed."""
    chosen = people.chosen(choices)
    countries = frozenset(map(chosen_code, choices.countries))
    numbering = Numbering.of(line.charge for line in lines)
    for line in lines:
        _describe(line, people, choices.billed_at_end)
        _locate(line, numbering)
        if line.billed_at is not None:
            line.billed_on = period.day_of(line.billed_at)
    _refuse_files_without_moments(lines)
    by_period = _campaign_agents(lines, period.days.holds)
    by_month = _campaign_agents(lines, lambda day: (day.year, day.month))
    for line in lines:
        if line.outcome in (COPY, NOT_BILLED):
            line.outcome = _outside(line, period) or line.outcome
            continue
        reason, remark = _reason(line, people, chosen, choices, period, by_period)
        line.in_trend = line.billed_on is not None and _is_in_trend(
            line, chosen, choices, by_month, (line.billed_on.year, line.billed_on.month)
        )
        line.outcome = reason
        line.remark = "; ".join(filter(None, (remark or "", line.remark)))
        if line.is_counted:
            line.row = (line.charge.campaign_id or NO_CAMPAIGN) if line.table == DIALER else line.agent
            line.row = line.row or NOBODY
            line.column = (line.country if line.country in countries else OTHER) if countries else ""


def _describe(line: Line, people: People, by_end: bool) -> None:
    """What is known of the charge itself, whatever becomes of it."""
    charge = line.charge
    line.table = TABLE_OF.get(charge.kind, "")
    if charge.agent:
        person = people.get(charge.agent)
        line.agent, line.team, line.status = person.name, person.team, person.status
    line.billed_at = charge.billed_at
    if charge.billed_at is None and by_end:
        line.billed_at = _ended_at(charge)
        line.by_end = line.billed_at is not None


def _locate(line: Line, numbering: Numbering) -> None:
    """The country: the file's own, else by the number."""
    charge = line.charge
    found = numbering.country(charge)
    if charge.country:
        line.country, line.country_by = code_of(charge.country), BY_FILE
        if not line.country:
            line.no_country = f'the file\'s country "{charge.country[:40]}" is not known'
        elif found.code and line.country not in (found.code, *found.also):
            line.number_in = found.code
            line.remark = "; ".join(filter(None, (line.remark, f"the number is one of {found.code}")))
    else:
        line.country, line.may_be_in = found.code, found.also
        line.country_by = BY_NUMBER if found.code else ""
        line.no_country = f"the number {found.why_not}" if found.why_not else ""
        line.is_bare = found.written == BARE
        line.is_national = found.is_national


def _ended_at(charge: Charge) -> datetime | None:
    if charge.started_at is None or charge.duration_ms is None:
        return None
    return charge.started_at + timedelta(milliseconds=charge.duration_ms)


def _refuse_files_without_moments(lines: Iterable[Line]) -> None:
    files: dict[str, bool] = {}
    for line in lines:
        if line.outcome not in (COPY, NOT_BILLED) and line.table:
            file = line.charge.place.file
            files[file] = files.get(file, False) or line.billed_at is not None
    without = [file for file, has_moments in files.items() if not has_moments]
    if without:
        raise TollsheetError(
            f"{without[0]} does not say when calls were billed (billed_at), and the report goes by that",
            "Export it with that column; or choose that start + duration stands in for it (both are needed).",
            "--billed-at-end",
        )


def _campaign_agents(
    lines: Iterable[Line], key: Callable[[date], Hashable]
) -> dict[Hashable, dict[str, str]]:
    """The agents with a charge of each campaign, within what `key` tells apart: folded -> name. Calls that
    name no campaign are not one."""
    agents: dict[Hashable, dict[str, str]] = {}
    for line in lines:
        campaign = folded(line.charge.campaign_id)
        if line.table == DIALER and line.agent and campaign and line.billed_on and line.outcome == COUNTED:
            at = agents.setdefault((key(line.billed_on), campaign), {})
            at[folded(line.agent)] = line.agent
    return agents


def _reason(
    line: Line,
    people: People,
    chosen: frozenset[str],
    choices: Choices,
    period: Period,
    campaigns: dict[Hashable, dict[str, str]],
) -> tuple[str, str]:
    """The first reason to leave the charge out, or `counted`; and what there is to say of it. What an agent
    has who is not chosen can lack in no figure of the report, be its type or moment known or not; unless it
    may be a campaign's, since then it decides on the campaign's calls that no agent took."""
    kind = line.charge.kind_written
    if outside := _outside(line, period):
        return outside, "" if line.table else _said_kind(kind)
    if not line.table and fold(kind) in _OTHER_KINDS:
        return OTHER_KIND, _said_kind(kind)
    may_be_a_campaigns = line.charge.campaign_id and line.table in ("", DIALER)
    if line.agent and not choices.everyone and folded(line.agent) not in chosen and not may_be_a_campaigns:
        return NOT_CHOSEN, "" if line.table else _said_kind(kind)
    if not line.table:
        return UNKNOWN_KIND, _said_kind(kind)
    if line.billed_on is None:
        missing = "no billed_at, start or duration" if choices.billed_at_end else "billed_at is blank"
        return NO_MOMENT, missing
    agents = campaigns.get((True, folded(line.charge.campaign_id)), {})
    out = _not_chosen(line, chosen, choices, agents)
    if out is not None:
        return out
    return _without_cost(line) or (COUNTED, "")


def _said_kind(kind: str) -> str:
    return f"type {kind}" if kind else "no type"


def _outside(line: Line, period: Period) -> str:
    """Empty where the charge was billed in the period, or nobody knows when."""
    if line.billed_on is None or period.days.holds(line.billed_on):
        return ""
    return BEFORE if line.billed_on < period.days.first_day else AFTER


def _not_chosen(
    line: Line, chosen: frozenset[str], choices: Choices, agents: dict[str, str]
) -> tuple[str, str] | None:
    """A dialer call that no agent took belongs to a campaign all of whose agents are chosen."""
    if choices.everyone:
        return None
    if line.agent:
        return None if folded(line.agent) in chosen else (NOT_CHOSEN, "")
    if line.table != DIALER:
        return NO_AGENT, ""
    if not line.charge.campaign_id:
        return NO_AGENT, "and no campaign"
    others = [name for key, name in agents.items() if key not in chosen]
    if agents and not others:
        return None
    if not agents:
        return NO_AGENT, "no agent of the campaign has a charge in the period"
    more = f" and {len(others) - _NAMED} others" if len(others) > _NAMED else ""
    return NO_AGENT, f"the campaign is shared with agents not chosen: {', '.join(others[:_NAMED])}{more}"


def _without_cost(line: Line) -> tuple[str, str] | None:
    if line.outcome in (UNKNOWN_STATUS, UNRATED):
        return line.outcome, ""
    return (PENDING, "cost is blank") if line.cost is None else None


def _is_in_trend(
    line: Line,
    chosen: frozenset[str],
    choices: Choices,
    campaigns: dict[Hashable, dict[str, str]],
    month: tuple[int, int],
) -> bool:
    """Whether it would be counted in a report of its own month."""
    if not line.table or _without_cost(line) is not None:
        return False
    agents = campaigns.get((month, folded(line.charge.campaign_id)), {})
    return _not_chosen(line, chosen, choices, agents) is None


def spell_alike(lines: Iterable[Line]) -> None:
    """Give each campaign id as it is first spelled: spreadsheets do not tell case apart."""
    names: dict[str, str] = {}
    for line in lines:
        written = line.charge.campaign_id
        name = names.setdefault(folded(written), written)
        if name != written:
            line.charge = replace(line.charge, campaign_id=name)
