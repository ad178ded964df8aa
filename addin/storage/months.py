"""The month ends: what was held, charged, deleted, and the line that the invoice should show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from addin.reconcile.measure import printed
from addin.reconcile.period import Month
from addin.reconcile.wording import counted
from addin.storage.lines import Line

FEWEST_PLACES = 2
"""Of an invoice: one of 12 is one of 12.00."""


@dataclass(frozen=True, slots=True)
class MonthEnd:
    """One line of the schedule. `amount` is the invoice line: of all recordings whose rate is known."""

    month: Month
    held: int
    charged: int
    deleted: int
    """On any day of the month but the last."""
    deleted_on_last_day: int
    minutes: int
    """Of the recordings charged."""
    unrated: int
    """Recordings charged for which no rate is known: they are not in the amount."""
    amount: Fraction
    invoice: Decimal | None = None

    @property
    def on(self) -> date:
        return self.month.last_day

    @property
    def difference(self) -> Fraction | None:
        """Invoice minus ours, exact."""
        return None if self.invoice is None else Fraction(self.invoice) - self.amount

    @property
    def invoice_places(self) -> int:
        exponent = 0 if self.invoice is None else self.invoice.as_tuple().exponent
        return max(FEWEST_PLACES, -exponent if isinstance(exponent, int) else 0)

    @property
    def invoice_agrees(self) -> bool:
        """Whether ours, rounded to the places that the invoice shows, is the invoice's."""
        if self.invoice is None:
            return True
        return printed(self.amount, self.invoice_places) == self.invoice


def month_end(month: Month, lines: Iterable[Line], invoice: Decimal | None = None) -> MonthEnd:
    """The line of one month."""
    held = charged = deleted = on_last_day = minutes = unrated = 0
    amount = Fraction(0)
    on = month.last_day
    for line in lines:
        if line.deleted_on is not None and month.first_day <= line.deleted_on <= on:
            deleted += line.deleted_on < on
            on_last_day += line.deleted_on == on
        if line.days(on) is None:
            continue
        held += 1
        if line.is_charged(on):
            charged += 1
            minutes += line.minutes
            charge = line.charge(on)
            unrated += charge is None
            amount += charge or 0
    return MonthEnd(month, held, charged, deleted, on_last_day, minutes, unrated, amount, invoice)


def without_rate(unrated: int) -> str:
    """What stands behind an amount: the recordings it lacks, empty where it lacks none."""
    return f", without {counted(unrated, 'recording')} whose rate is not known" if unrated else ""
