"""What a billing report rests on: the provider's rules, and choices that no source decides."""

from __future__ import annotations

from addin.billing.billing import Billing
from addin.billing.countries import metadata_version
from addin.billing.lines import BY_FILE, BY_NUMBER, OTHER
from addin.billing.sorting import BY_TOTAL, Order, parse_order
from addin.reconcile.wording import counted, listed
from addin.reports.about import Assumption

_VOISO = "Voiso: Billing report"
_OURS = "assumption: no source says it"
_RUN = "as asked for this run"
_PLANS = "libphonenumber (numbering plans)"


def choices_of(billing: Billing) -> tuple[tuple[str, str], ...]:
    """What was chosen, as the sheet About lists it."""
    choices = billing.choices
    orders = [parse_order(one, billing.countries) for one in choices.sort]
    chosen = (
        ("Everyone", "yes" if choices.everyone else ""),
        ("Teams", "; ".join(choices.teams)),
        ("Active users", "; ".join(choices.users)),
        ("Deactivated users", "; ".join(choices.deactivated_users)),
        ("Countries", "; ".join(billing.countries) or "none: no columns by country"),
        (
            "Sorted by",
            "; ".join(f"{one.table}: {one}" if one.table else str(one) for one in orders or [BY_TOTAL]),
        ),
        ("Moment", "billed_at, else start + duration" if choices.billed_at_end else "billed_at"),
        ("Voicemail billed", choices.voicemail),
    )
    return tuple((label, value) for label, value in chosen if value)


def _order(order: Order) -> str:
    return f"{order.table}: {order}" if order.table else str(order)


def assumptions_of(billing: Billing) -> tuple[Assumption, ...]:
    """The list for the sheet Assumptions, the same order for every report."""
    return (*_time(billing), *_people(), *_countries(billing), *_costs(billing))


def _time(billing: Billing) -> list[Assumption]:
    period, choices, days = billing.period, billing.choices, billing.period.days
    by_end = sum(line.by_end for line in billing.lines if line.is_counted)
    moment = "Charges are grouped by the moment they are billed, not by the time the call started."
    source = _VOISO
    if choices.billed_at_end:
        moment += (
            " Where a file does not give that moment, start + duration stands for it: so it was for "
            f"{counted(by_end, 'charge')} of those counted."
        )
        source = f"{_VOISO}; {_RUN}"
    return [
        Assumption("Not an invoice", "This report is not an invoice: it sums up charges.", _VOISO),
        Assumption("Moment", moment, source),
        Assumption(
            "Period",
            f"{days.first_day} to {days.last_day}, both days included, by the clocks of {period.zone_name}.",
            _RUN,
        ),
        Assumption(
            "Time zone",
            f"Times that carry no zone are read as {choices.time_zone or 'UTC'}. A zone written with a time "
            "wins.",
            _RUN,
        ),
        Assumption(
            "Trend",
            "Months of the charges that were given, at most twelve, each counted as in a report of its own "
            "for "
            "the same users. A month that is not covered from its first to its last day shows less.",
            _OURS,
        ),
    ]


def _people() -> list[Assumption]:
    return [
        Assumption(
            "Users",
            "The report is about the union of the teams, active users and deactivated users that are chosen. "
            "A team brings all users that the roster has in it, deactivated ones too. Everyone includes "
            "agents "
            "that the roster does not name and charges without an agent. A charge of an agent who is not "
            "chosen is left out for that, also where its type or its moment is not known, unless it names a "
            "campaign: it can lack in no figure here. Otherwise an unknown type is something to look at.",
            _OURS,
        ),
        Assumption(
            "Several teams",
            "An agent of several teams is one row that names them all, counted once. By team, each "
            "combination "
            "of teams is a row of its own: nothing is split or doubled.",
            f"{_VOISO} (the row); {_OURS} (by team)",
        ),
        Assumption(
            "Dialer campaigns",
            "A campaign's row holds the calls of the chosen agents, and its teams are theirs. Calls that no "
            "agent took count if every agent with a charge of the campaign in the period is chosen, so that "
            "reports on different teams never count one twice.",
            _OURS,
        ),
        Assumption(
            "Names",
            "Names of agents, teams and campaigns that differ in capitals or blanks alone are the same.",
            _OURS,
        ),
    ]


def _countries(billing: Billing) -> list[Assumption]:
    lines = [line for line in billing.lines if line.is_counted]
    by_file = sum(bool(line.country) and line.country_by == BY_FILE for line in lines)
    by_number = sum(line.country_by == BY_NUMBER for line in lines)
    without = sum(not line.country for line in lines)
    shared = [line for line in lines if line.may_be_in]
    told = (
        "Where the file names the country, that counts; else the number that was called. Of the charges "
        f"counted: by the file {by_file:,}, by the number {by_number:,}, no country {without:,}."
    )
    bare = [line for line in lines if line.is_bare and line.country]
    national = sum(line.is_national for line in lines)
    example = f" (such as {bare[0].charge.to_number}: {bare[0].country})" if bare else ""
    rule = (
        "Numbers are read as international ones, also without + or 00, as providers write them, if they are "
        "then valid: so it was for "
        f"{counted(len(bare), 'charge')}{example}. Where most of such numbers of a file are not valid, they "
        "are national ones and none of the file is given a country; neither is a number that begins with "
        f"one 0. {counted(national, 'charge')} had such a number. Short codes and codes of no country (+800, "
        "+870) have none either. Shared codes such as +1 and +44 are told apart by the digits that follow. "
        f"Numbering plans of version {metadata_version()}."
    )
    if shared:
        taken = listed(sorted({line.country for line in shared}))
        rule += (
            f" The plan cannot tell {counted(len(shared), 'charge')} apart, such as toll-free numbers of +1: "
            f"the main country of the code was taken ({taken})."
        )
    other = (
        f'"{OTHER}" holds calls to countries that are not chosen and calls without a country. The source '
        "says "
        '"calls that cannot be assigned to a specific country": read so, rows add up to their Total. A '
        "chosen "
        "country has a column where it has billed calls in any of the three tables."
    )
    return [
        Assumption("Country", told, _OURS),
        Assumption("Country of a number", rule, _PLANS),
        Assumption("Columns by country", other, f"{_VOISO}; {_OURS}"),
    ]


def _costs(billing: Billing) -> list[Assumption]:
    made = [
        Assumption(
            "Cost",
            "Costs are added exactly as the charges have them. A blank cost is pending and left out, never "
            "0; a "
            "negative one is a credit and counts.",
            _OURS,
        ),
        Assumption(
            "Copies",
            "Charges of the same id, type, agent, times and cost are one, and count once. A call and its "
            "answering machine detection may share an id: both count. Others of one id count, and are named.",
            _OURS,
        ),
        Assumption("Currencies", "Each currency has tables of its own; currencies are never added.", _OURS),
    ]
    if any(line.is_call_record for line in billing.lines):
        made.append(
            Assumption(
                "Rated calls",
                "Voiso's call records carry no cost: the rate card puts one to each, rounded once per call. "
                "Outbound calls count as manual; inbound calls and call backs are in none of the tables. A "
                "call "
                "that the charges hold, too, counts there alone.",
                _OURS,
            )
        )
    return made
