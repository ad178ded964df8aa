"""The letter to the provider: what is disputed, where it stands, and what is asked for.

The sheet Letter and the text file are made of the same parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from addin.disputes.records import Dispute, DisputeReport
from addin.disputes.totals import reasons_of
from addin.disputes.wording import sums_text
from addin.reconcile.period import Month
from addin.reconcile.wording import counted, listed


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """What is disputed for one reason, in one unit."""

    reason: str
    count: int
    amount: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Letter:
    """Its parts, in their order."""

    subject: str
    opening: str
    lines: tuple[ReasonLine, ...]
    netted: str
    """What is taken off these amounts; empty where nothing is."""
    listed: tuple[Dispute, ...]
    """The largest disputes, those of a currency before those in minutes."""
    listing: str
    """What stands above them."""
    asked: tuple[str, ...]
    accepted: str
    """What the provider has agreed to and not paid yet; empty where there is nothing."""
    closing: str


def _claimed(disputes: Sequence[Dispute]) -> list[Dispute]:
    """What a letter is about: what is open, still found, and not credited. The accepted ones are a sentence
    of their own."""
    return [one for one in disputes if one.claimed > 0]


def letter_about(its: Sequence[Dispute], report: DisputeReport) -> Letter | None:
    disputes = _claimed(its)
    if not disputes:
        return None
    months = sorted({one.month for one in disputes})
    accounts = sorted({one.account for one in disputes if one.account})
    named = listed([Month.parse(month).name for month in months])
    of_account = ""
    if accounts:
        of_account = f", account{'s' if len(accounts) > 1 else ''} {listed(accounts)}"
    shown = _largest(disputes, report.letter_rows)
    return Letter(
        subject=f"Disputed charges for {named}{of_account}",
        opening=f"We have compared your bill for {named} with our own call records. The following charges "
        "are not supported by our records, and we dispute them.",
        lines=tuple(_lines(disputes)),
        netted=_netted(disputes),
        listed=tuple(shown),
        listing=_listing(len(shown), len(disputes)),
        asked=(
            "credit the disputed amount with your next bill, or send us, for each charge that you uphold, "
            "your own record of it and the rate that you applied;",
            f"answer in writing by {report.as_of + timedelta(days=report.answer_days)}, charge by charge;",
            "take no step to collect the disputed amount until then. What is not disputed is paid as agreed.",
        ),
        accepted=_accepted(its),
        closing="Times are in UTC. Our reference for each charge is the file and row in our records and in "
        "your bill, as given in the attached list.",
    )


def _lines(disputes: Sequence[Dispute]) -> Iterator[ReasonLine]:
    for unit in dict.fromkeys(one.unit for one in disputes):
        of_unit = [one for one in disputes if one.unit == unit]
        for reason in reasons_of(of_unit):
            its = [one for one in of_unit if one.reason == reason]
            yield ReasonLine(reason, len(its), sum((one.claimed for one in its), Decimal(0)), unit)


def totals_of(lines: Sequence[ReasonLine]) -> list[tuple[int, Decimal, str]]:
    """Count and sum of each unit."""
    return [
        (
            sum(line.count for line in lines if line.unit == unit),
            sum((line.amount for line in lines if line.unit == unit), Decimal(0)),
            unit,
        )
        for unit in dict.fromkeys(line.unit for line in lines)
    ]


def _largest(disputes: Sequence[Dispute], most: int) -> list[Dispute]:
    """Amounts of several currencies cannot be compared: each has its largest, in turn."""
    ranked: list[tuple[int, int, Dispute]] = []
    units = list(dict.fromkeys(one.unit for one in disputes))
    for number, unit in enumerate(units):
        of_unit = sorted(
            (one for one in disputes if one.unit == unit), key=lambda one: -one.claimed
        )  # stable: of equal amounts the first comes first
        ranked += [(rank, number, one) for rank, one in enumerate(of_unit)]
    chosen = sorted(ranked, key=lambda one: one[:2])[:most]
    return [one for _, _, one in sorted(chosen, key=lambda one: (one[1], one[0]))]


def _listing(shown: int, count: int) -> str:
    if shown == count:
        return "The disputed charges, the largest first:"
    return (
        f"The {shown} largest of {counted(count, 'disputed charge')}. All of them are in the list attached "
        "to this letter (sheet Disputes)."
    )


def _netted(disputes: Sequence[Dispute]) -> str:
    """What of these charges is credited already, entered or not; empty where nothing is."""
    its = [one for one in disputes if one.covered]
    if not its:
        return ""
    sums = sums_text(its, lambda one: one.covered)
    return (
        f"What you have credited so far is taken off the amounts above: {sums} for "
        f"{counted(len(its), 'charge')}."
    )


def _accepted(disputes: Sequence[Dispute]) -> str:
    """One sentence over all units; not of a credit that was found and has only to be entered."""
    its = [one for one in disputes if one.awaited]
    if not its:
        return ""
    sums = sums_text(its, lambda one: one.awaited)
    return (
        f"You have already accepted {counted(len(its), 'charge')} that we disputed before. The credit of "
        f"{sums} has not reached us: please tell us on which bill it will be."
    )


def nothing_to_write(report: DisputeReport) -> str:
    return f"Nothing is in dispute as of {report.as_of}: there is no letter to write."
