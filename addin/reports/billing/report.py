"""A billing report, before any sheet exists: its tables, every charge, what was left out, what stands out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from addin.billing.billing import Billing
from addin.billing.lines import LEFT_OUT, Line
from addin.billing.tables import Book
from addin.records.call import SourceFile, Unreadable
from addin.reports.about import About, Input
from addin.reports.billing.assumptions import assumptions_of, choices_of
from addin.reports.billing.facts import facts_of
from addin.reports.billing.groups import costs_of, said
from addin.reports.billing.looked_at import MEANINGS, to_look_at

KIND = "Billing report"
NOT_AN_INVOICE = "This is not an invoice."


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
        to_look_at=tuple(to_look_at(billing, unreadable)),
        facts=tuple(facts_of(billing)),
    )


def _left_out(lines: Sequence[Line]) -> tuple[LeftOut, ...]:
    found = []
    for reason in LEFT_OUT:
        those = [line for line in lines if line.outcome == reason]
        if those:
            found.append(LeftOut(reason, MEANINGS[reason], len(those), costs_of(those)))
    return tuple(found)
