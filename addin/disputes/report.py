"""From reconciliations and earlier dispute sheets to the report of one run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from addin.disputes.addressed import letters_of
from addin.disputes.assumptions import assumptions_of
from addin.disputes.checks import is_credit_to_enter
from addin.disputes.credits import of_usage, others_outside, with_credits
from addin.disputes.earlier import with_earlier
from addin.disputes.late_charges import with_late_charges
from addin.disputes.reasons import LEFT_OUT, sorted_out
from addin.disputes.records import Dispute, DisputeReport, Earlier, NotDisputed, Reconciled
from addin.disputes.wording import sums_text
from addin.errors import TollsheetError
from addin.reconcile.wording import counted
from addin.reports.about import About, Input
from addin.reports.reconciliation.data import FindingRow

BUCKETS = (30, 60, 90)
MOST_DAYS = 3650
MOST_ANSWER_DAYS = 365
KEPT_FROM = "Entries kept from"
KEPT_NONE = "no earlier dispute sheet"
"""The choice that names the earlier sheets."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What is chosen for a run. `as_of` is the day on which ages are counted, and disputes are opened."""

    as_of: date
    buckets: tuple[int, ...] = BUCKETS
    letter_rows: int = 20
    answer_days: int = 14
    """The letter asks for an answer within so many."""


def disputes_of(
    reconciled: Sequence[Reconciled],
    earlier: Sequence[Earlier],
    choices: Choices,
    inputs: Sequence[Input] = (),
) -> DisputeReport:
    """The disputes of the months given, those that are left from before, and what is not disputed.

    Raises TollsheetError where ageing boundaries are no rising days, or the day lies before a dispute was
    opened.
    """
    check_buckets(choices.buckets)
    months = tuple(sorted({one.month for one in reconciled}))
    found: list[Dispute] = []
    others: list[NotDisputed] = []
    by_whom: dict[tuple[object, ...], Reconciled] = {}
    for one in reconciled:
        its: list[NotDisputed] = []
        for row in sorted_out(one, choices.as_of):
            if isinstance(row, Dispute):
                found.append(row)
                _refuse_twice(row, one, by_whom)
            else:
                its.append(row)
        others += [*with_late_charges(its, one, reconciled), *others_outside(one), *of_usage(one)]
    kept = with_earlier(found, [(one.month, one.provider) for one in reconciled], earlier)
    disputes, credits = with_credits(kept.disputes, reconciled)
    _refuse_later(disputes, choices.as_of)
    parties: dict[str, dict[str, str]] = {}
    for sheet in reversed(earlier):
        for name, said in sheet.parties.items():
            parties.setdefault(name, {}).update({label: text for label, text in said.items() if text})
    report = DisputeReport(
        about=About(
            kind="Dispute sheet",
            period=", ".join(months),
            time_zone="UTC",
            ends_on=choices.as_of,
            assumptions=assumptions_of(choices.buckets),
            inputs=tuple(inputs),
            choices=_chosen(choices, earlier),
        ),
        as_of=choices.as_of,
        buckets=choices.buckets,
        months=months,
        disputes=tuple(disputes),
        not_disputed=(*others, *credits),
        parties=parties,
        remarks=(
            *_without_account(reconciled),
            *_without_rest(reconciled),
            *_may_be_ours(reconciled, found),
            *kept.remarks,
            *_to_enter(disputes),
        ),
        letter_rows=choices.letter_rows,
        answer_days=choices.answer_days,
    )
    return replace(report, remarks=(*report.remarks, *_letters(report)))


def _letters(report: DisputeReport) -> list[str]:
    """Where there are several, whom each is for."""
    letters = [one.name or "charges without a provider" for one in letters_of(report) if one.letter]
    if len(letters) < 2:
        return []
    named = "; ".join(f"{number}. {name}" for number, name in enumerate(letters, 1))
    return [f"{counted(len(letters), 'letter')}, one for each provider, account and currency: {named}."]


def check_buckets(buckets: Sequence[int]) -> None:
    """Raise TollsheetError unless they are days that rise."""
    rising = all(one < other for one, other in pairwise(buckets))
    if not buckets or buckets[0] < 0 or buckets[-1] > MOST_DAYS or not rising:
        shown = ", ".join(map(str, buckets)) or "nothing"
        raise TollsheetError(
            f"The ageing boundaries {shown} cannot be used",
            f"Write whole days that rise, such as 30, 60, 90 (up to {MOST_DAYS}).",
        )


def _refuse_twice(row: Dispute, one: Reconciled, by_whom: dict[tuple[object, ...], Reconciled]) -> None:
    """Two reconciliations of the same records would ask for everything twice. Sums that name no account may
    be those of two."""
    if row.call_id or row.account:
        about = row.call_id or row.subject
        key = (row.month, row.account, row.kind, about, row.day, row.from_number, row.to_number)
        other = by_whom.setdefault(key, one)
        if other is not one:
            raise TollsheetError(
                f"Both {other.name} and {one.name} dispute {about} of {row.month} ({row.reason})",
                "Give one reconciliation for each month and account.",
            )


def _chosen(choices: Choices, earlier: Sequence[Earlier]) -> tuple[tuple[str, str], ...]:
    kept = [sheet.name for sheet in earlier]
    return (
        ("As of", str(choices.as_of)),
        ("Ageing boundaries, days", ", ".join(map(str, choices.buckets))),
        ("Disputes listed in the letter", f"the {choices.letter_rows} largest"),
        ("Days to answer", str(choices.answer_days)),
        (KEPT_FROM, "; ".join(kept) or KEPT_NONE),
    )


def _refuse_later(disputes: Sequence[Dispute], as_of: date) -> None:
    later = next((one for one in disputes if one.opened_on > as_of), None)
    if later is not None:
        what = later.call_id or later.subject or later.reason
        raise TollsheetError(
            f"The dispute of {later.month}, {what}, was opened on {later.opened_on}, after the as-of day "
            f"{as_of}",
            "Choose a later as-of day, or correct Opened on in the earlier dispute sheet.",
        )


def _to_enter(disputes: Sequence[Dispute]) -> list[str]:
    """Credits that were found and not entered: no letter asks for money that has come."""
    its = [one for one in disputes if is_credit_to_enter(one) and one.is_unfinished]
    if not its:
        return []
    sums = sums_text(its, lambda one: one.covered - one.credited)
    return [
        f"Credits of {sums} were found on bills for {counted(len(its), 'dispute')} and are not "
        "entered yet (Credit found): the letter does not ask for them. Enter them as Amount credited, and "
        "set the status."
    ]


def _without_account(reconciled: Sequence[Reconciled]) -> list[str]:
    several = Counter(one.month for one in reconciled)
    found = []
    for one in reconciled:
        blank = sum(not row.account for row in one.findings)
        if blank and (several[one.month] > 1 or not one.says_rest):
            found.append(f"{one.name} names no account for {counted(blank, 'finding')}: it is left blank.")
    return found


def _may_be_ours(reconciled: Sequence[Reconciled], found: Sequence[Dispute]) -> list[str]:
    """A sum that is disputed may be high because a call of ours was left out."""
    remarks = []
    for one in reconciled:
        left_out = sum(row.kind in LEFT_OUT and _is_ours(row) for row in one.findings)
        if left_out and any(row.subject and row.month == one.month for row in found):
            remarks.append(
                f"{one.name}: {counted(left_out, 'row')} of our own log could not be used, which may explain "
                "what is disputed by category or day. Clear them up before you send the letter."
            )
    return remarks


def _is_ours(row: FindingRow) -> bool:
    """A row of our log that adds nothing to what is expected."""
    return bool(row.log_place) and not row.sums.expected.cost


def _without_rest(reconciled: Sequence[Reconciled]) -> list[str]:
    return [
        f"{one.name} is of an earlier version, which does not say what of a category or a copy is in "
        "question: build the reconciliation again to dispute these."
        for one in reconciled
        if not one.says_rest
    ]
