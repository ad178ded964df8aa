"""Why minutes x rate on the total is not the total, with the period's own figures."""

from __future__ import annotations

from fractions import Fraction

from addin.investigation.on_total import OnTotal, RateSums
from addin.reconcile.measure import MS_PER_MINUTE, printed
from addin.reconcile.wording import amount
from addin.reports.investigation.data import RateRow
from addin.reports.reconciliation.rows import ROW_PLACES


def rate_row(sums: RateSums) -> RateRow:
    """Amounts that do not end are kept so far that their sums are what is printed of them."""
    return RateRow(
        sums.row,
        sums.prefix,
        printed(sums.rate),
        sums.calls,
        printed(Fraction(sums.talked_ms, MS_PER_MINUTE), ROW_PLACES),
        printed(sums.on_total, ROW_PLACES),
        printed(sums.steps, ROW_PLACES),
        printed(sums.fees, ROW_PLACES),
        printed(sums.rounding, ROW_PLACES),
        printed(sums.cost, ROW_PLACES),
        printed(sums.cost - sums.on_total, ROW_PLACES),
        sums.currency or None,
    )


def answer(found: OnTotal) -> tuple[str, ...]:
    """Why minutes x rate is not the total, currency by currency."""
    if not found.rates:
        return ("No call tells its rate: minutes x rate cannot be shown.",)
    said = []
    for currency in found.currencies:
        rates = [one for one in found.rates if one.currency == currency]
        total = sum((one.on_total for one in rates), Fraction(0))
        cost = sum((one.cost for one in rates), Fraction(0))
        steps, fees, rounding = (
            amount(sum(values, Fraction(0)), currency)
            for values in (
                [one.steps for one in rates],
                [one.fees for one in rates],
                [one.rounding for one in rates],
            )
        )
        said.append(
            f"Minutes talked x rate, rate by rate: {amount(total, currency)}. The sum of the calls, each "
            f"billed in its steps and rounded by itself: {amount(cost, currency)}. Of the difference of "
            f"{amount(cost - total, currency)}, {steps} comes from minimum and increment, {fees} from "
            f"connect fees, {rounding} from rounding each call."
        )
    return tuple(said)
