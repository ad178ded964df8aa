"""What stands out, in sentences; first of all what an export of Plivo's cannot hold though it is charged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from addin.reconcile.wording import amount, counted
from addin.storage import findings as kinds
from addin.storage.lines import Line
from addin.storage.months import MonthEnd, without_rate
from addin.storage.question import year_before
from addin.storage.statement import Statement
from udfs.rating.storage import FREE_DAYS


def notes_of(statement: Statement) -> list[str]:
    """The sentences for the Summary."""
    return [
        *_copies_of_the_invoice(statement),
        *_beyond_a_year(statement),
        *_deleted_since(statement),
        *_not_yet_over(statement),
        *_checks(statement),
        *_ahead(statement),
    ]


def _copies_of_the_invoice(statement: Statement) -> Iterator[str]:
    for month in statement.months:
        if month.invoice is not None and month.invoice_agrees and month.difference:
            yield (
                f"{month.month}: the invoice agrees to its {month.invoice_places} decimals; exactly it is "
                f"{amount(month.difference, statement.currency)} off{without_rate(month.unrated)}."
            )


def _exported_on(statement: Statement) -> date | None:
    return max((export.on for export in statement.exports), default=None)


def _beyond_a_year(statement: Statement) -> Iterator[str]:
    """An export of a year lacks what is older, and what is older is charged all the same."""
    on = _exported_on(statement) or statement.question.as_of
    since, oldest = year_before(on), min(line.created_on for line in statement.lines)
    if oldest >= since:
        yield (
            f"The oldest recording is of {oldest}. Plivo's console exports recordings of one year at most: "
            f"any from before {since} that are still stored are charged every month end, and missing here."
        )
        return
    old = [line for line in statement.lines if line.created_on < since]
    for month in statement.months[-1:]:
        charged, sum_, unrated = _charged(old, month)
        yield (
            f"Older than the year before {on} that Plivo's console exports: "
            f"{counted(len(old), 'recording')}, of which {charged:,} charged in {month.month}, "
            f"{amount(sum_, statement.currency)}{without_rate(unrated)}. "
            "An export of one year would lack them."
        )


def _charged(lines: list[Line], month: MonthEnd) -> tuple[int, Fraction, int]:
    """How many are charged, what is known of that, and how many have no rate."""
    charges = [line.charge(month.on) for line in lines if line.is_charged(month.on)]
    known = [charge for charge in charges if charge is not None]
    return len(charges), sum(known, Fraction(0)), len(charges) - len(known)


def _deleted_since(statement: Statement) -> Iterator[str]:
    on = _exported_on(statement)
    if on is None or statement.has_deletions:
        return
    over = [month for month in statement.months if month.on < on]
    if over:
        yield (
            f"No deletion is known, and the recordings were exported on {on}: what was deleted between "
            f"{over[0].on} and then is in no export, though it was charged before. Give the deletions "
            "together with the recordings, or an export of each month end."
        )


def _not_yet_over(statement: Statement) -> Iterator[str]:
    on = _exported_on(statement)
    ahead = [month for month in statement.months if on is not None and month.on > on]
    if ahead:
        yield (
            f"The recordings were exported on {on}, before {ahead[0].on}: deletions since are not known, "
            f"so that from {ahead[0].month} on the amount is the most that can be charged"
            f"{without_rate(max(month.unrated for month in ahead))}."
        )


def _checks(statement: Statement) -> Iterator[str]:
    checks = [finding for finding in statement.findings if finding.kind == kinds.CHECK]
    if checks:
        known = [finding.amount for finding in checks if finding.amount is not None]
        stake = amount(sum(known, Fraction(0)), statement.currency)
        yield (
            f"{counted(len(checks), 'recording')} deleted on the day of the charge: not charged here, "
            f"{stake} if Plivo does{without_rate(len(checks) - len(known))}."
        )


def _ahead(statement: Statement) -> Iterator[str]:
    ahead = statement.forecast
    first = ahead.months[0]
    yield (
        f"If nothing is deleted, {first.on} will charge {counted(first.charged, 'recording')}, "
        f"{amount(first.amount, statement.currency)}{without_rate(first.unrated)}."
    )
    for saving in ahead.savings:
        if saving.all and saving.next is not None and saving.days >= FREE_DAYS:
            yield (
                f"Deleting the {counted(saving.recordings, 'recording')} stored for more than {saving.days} "
                f"days on {ahead.as_of} would save {amount(saving.next, statement.currency)} then, "
                f"and {amount(saving.all, statement.currency)} at {counted(len(ahead.months), 'month end')}."
            )
            return
