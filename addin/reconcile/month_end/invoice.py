"""From the expected calls to the total of the invoice, line by line; what is left is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

from addin.errors import TollsheetError
from addin.reconcile.bridge import usage_currency
from addin.reconcile.duplicates import OLDER
from addin.reconcile.lines import (
    BILLED,
    DUPLICATES,
    DURATION,
    EXPECTED,
    MISSING_IN_BILL,
    MISSING_IN_LOG,
    OUTSIDE,
    RATE,
    STATUS,
    UNEXPLAINED,
    price_of,
)
from addin.reconcile.month_end.other_usage import OtherUsage
from addin.reconcile.wording import amount, counted, lacking, listed

if TYPE_CHECKING:
    from addin.reconcile.reconciliation import Reconciliation

VARIANCE_STEPS = (MISSING_IN_BILL, MISSING_IN_LOG, STATUS, DURATION, RATE, UNEXPLAINED)

EXPECTED_CALLS, BILLED_CALLS = "expected calls", "billed calls"
USAGE, ALL_USAGE, PROVIDER_TOTAL = "other usage", "usage in all", "the provider's own total"
OTHER_MONTHS, COPIES = "records of other months on this bill", "copies on the bill"
BEYOND_BILL = "expected beyond the bill"
GIVEN, SUM, TOTAL, REST = "given", "sum of the lines", "invoice total", "not explained"


@dataclass(frozen=True, slots=True)
class GivenLine:
    """A line of the invoice that no usage record holds: a tax, a credit (negative), a fee."""

    name: str
    amount: Fraction
    currency: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Invoice:
    """What a person says of the invoice. A currency may be left out where the month has one."""

    total: Fraction | None = None
    currency: str = ""
    lines: tuple[GivenLine, ...] = ()
    account: str = ""
    """For the books, where the records name none."""

    @property
    def is_given(self) -> bool:
        return self.total is not None or bool(self.lines)


@dataclass(frozen=True, slots=True)
class TieLine:
    """One line. `adds` says that the sum of the lines holds it; `step` names a step of the bridge."""

    kind: str
    name: str
    cost: Fraction | None
    adds: bool
    note: str = ""
    account: str = ""
    step: str = ""
    unpriced: int = 0
    """Records of it without a price: `cost` lacks them."""


@dataclass(slots=True)
class Tie:
    """The lines of one currency. `rest` is the invoice total less the sum; None where no total is given."""

    currency: str
    written: str
    """The currency as the records name it: blank where only the invoice does."""
    lines: list[TieLine] = field(default_factory=list)
    total: Fraction | None = None
    provider_rest: Fraction | None = None
    """The provider's own total of usage less the usage in all, where both are known."""

    @property
    def sum(self) -> Fraction:
        return sum((line.cost or Fraction(0) for line in self.lines if line.adds), Fraction(0))

    @property
    def rest(self) -> Fraction | None:
        return None if self.total is None else self.total - self.sum

    @property
    def equals(self) -> str:
        """What on the bill beside the month's calls the rest is the amount of; empty where there is none."""
        beside = [line for line in self.lines if line.kind in (OTHER_MONTHS, COPIES) and line.cost]
        for count in range(1, len(beside) + 1):
            for chosen in combinations(beside, count) if self.rest else ():
                if sum((line.cost or Fraction(0) for line in chosen), Fraction(0)) == self.rest:
                    return f"equal to the {listed([line.name for line in chosen])}"
        return ""


def ties_of(
    result: Reconciliation,
    invoice: Invoice,
    others: Sequence[OtherUsage],
    totals: dict[tuple[str, str], Fraction],
) -> list[Tie]:
    """One tie a currency; none where neither an invoice nor other usage is there.

    `totals` are the provider's own totals of usage by account and currency.
    """
    if not (invoice.is_given or others):
        return []
    currencies = list(dict.fromkeys([*result.currencies, *(one.currency for one in others)]))
    named = {line.currency for line in invoice.lines} | (
        {invoice.currency} if invoice.total is not None else set()
    )
    if "" in named and len(currencies) > 1:
        bare = ["its total"] if invoice.total is not None and not invoice.currency else []
        bare += [line.name for line in invoice.lines if not line.currency]
        raise TollsheetError(
            f"The month is in several currencies ({', '.join(one or 'none' for one in currencies)}), and the "
            f"invoice does not name that of {listed(bare)}",
            'Write it behind the amount, such as "1234.56 USD".',
        )
    if currencies == [""] and len(named - {""}) == 1:
        currencies = [*(named - {""})]
        result_currency = {currencies[0]: ""}
    else:
        currencies += sorted(named - {""} - set(currencies))
        result_currency = {}
    return [
        _tie(result, invoice, others, totals, currency, result_currency.get(currency, currency))
        for currency in currencies
    ]


def _tie(
    result: Reconciliation,
    invoice: Invoice,
    others: Sequence[OtherUsage],
    totals: dict[tuple[str, str], Fraction],
    currency: str,
    written: str,
) -> Tie:
    tie = Tie(currency, written)
    base = _add_calls(tie, result, written)
    its = [one for one in others if one.currency == written]
    for one in its:
        tie.lines.append(
            TieLine(
                USAGE,
                one.category,
                one.cost,
                one.is_added,
                _parts(one.why_not, one.remark),
                one.account,
                unpriced=one.unpriced,
            )
        )
    used = base + sum((one.cost or Fraction(0) for one in its if one.is_added), Fraction(0))
    if its:
        tie.lines.append(TieLine(ALL_USAGE, ALL_USAGE, used, False, "calls and other usage"))
    own = {account: total for (account, money), total in totals.items() if money == written}
    if own:
        whole = sum(own.values(), Fraction(0))
        is_of_all = _accounts(result, its, written) <= own.keys()
        tie.provider_rest = whole - used if result.billed_has_prices and is_of_all else None
        note = "totalprice; agrees with the usage in all"
        if tie.provider_rest is None:
            note = "totalprice; of some accounts only" if not is_of_all else "totalprice"
        if tie.provider_rest:
            note = f"totalprice; {amount(tie.provider_rest, currency)} of it is not in these records"
            if unpriced := sum(line.unpriced for line in tie.lines):
                note += f", of which {counted(unpriced, 'record has', 'records have')} no price"
        tie.lines.append(TieLine(PROVIDER_TOTAL, PROVIDER_TOTAL, whole, False, note))
    for given in invoice.lines:
        if given.currency in ("", currency):
            tie.lines.append(TieLine(GIVEN, given.name, given.amount, True, given.place or "as given"))
    if invoice.total is not None and invoice.currency in ("", currency):
        tie.total = invoice.total
    _add_left_out(tie, result, written)
    return tie


def _add_left_out(tie: Tie, result: Reconciliation, written: str) -> None:
    """What stands on the bill and is not of the month's calls: records of other months, and copies.

    An export may reach beyond the invoice, and no record says whether it does. So they are never in the sum,
    whatever the amounts: that the rest equals them is said beside it, and is for a person to judge.
    """
    if not result.billed_has_prices or any(line.in_total for line in result.usage):
        return
    its = result.bill.of_currency(written)
    sides = {
        OTHER_MONTHS: its.select(lambda line: line.step == OUTSIDE),
        COPIES: its.select(lambda line: line.step == DUPLICATES and not line.copy.startswith(OLDER)),
    }
    for kind, lines in sides.items():
        whole = lines.total(price_of)
        if whole.cost or whole.unpriced:
            note = _parts("see the sheet Billed", lacking(whole).strip(), "never in the sum")
            tie.lines.append(TieLine(kind, kind, whole.cost, False, note))


def _parts(*parts: str) -> str:
    return "; ".join(filter(None, parts))


def _accounts(result: Reconciliation, others: Sequence[OtherUsage], written: str) -> set[str]:
    """The accounts whose usage stands in the lines."""
    named = {
        line.record.account
        for line in result.usage
        if line.in_total and usage_currency(line, result.currencies) == written
    }
    return named | {one.account for one in others}


def _add_calls(tie: Tie, result: Reconciliation, written: str) -> Fraction:
    """Expected calls, the steps to the billed ones, and those; gives what counts of them."""
    steps = result.bridges.get(written)
    if steps is None:
        return Fraction(0)
    expected = steps[EXPECTED].cost if result.cost_basis is not None else None
    billed = steps[BILLED].cost if result.billed_has_prices else None
    note = f"by the {result.cost_basis}" if result.cost_basis else "no prices in the log and no rate card"
    lacks = lacking(steps[EXPECTED]).strip() if result.cost_basis else ""
    stand = billed is None and expected is not None
    note = _parts(note, lacks, "they stand for the billed ones, since the bill has no prices" * stand)
    tie.lines.append(
        TieLine(EXPECTED_CALLS, EXPECTED_CALLS, expected, expected is not None, note, step=EXPECTED)
    )
    if expected is not None and billed is not None:
        for step in VARIANCE_STEPS:
            if steps[step].cost:
                tie.lines.append(TieLine("variance", step, steps[step].cost, True, "see Findings", step=step))
    if billed is None:
        return expected or Fraction(0)
    tie.lines.append(
        TieLine(
            BILLED_CALLS,
            BILLED_CALLS,
            billed,
            expected is None,
            _parts("call minutes, client calls too", lacking(steps[BILLED]).strip()),
            step=BILLED,
            unpriced=steps[BILLED].unpriced,
        )
    )
    return billed


def sentences_of(ties: Sequence[Tie]) -> list[str]:
    """What stands out: a rest, and usage that the provider counts and the records do not hold."""
    found = []
    for tie in ties:
        if tie.rest and tie.total is not None:
            of_it = f", {tie.equals}" if tie.equals else ""
            unpriced = sum(line.unpriced for line in tie.lines if line.kind in (USAGE, BILLED_CALLS))
            lack = f" Its lines lack {counted(unpriced, 'record')} without a price." if unpriced else ""
            found.append(
                f"Invoice: {amount(tie.rest, tie.currency)} of {amount(tie.total, tie.currency)} "
                f"is not explained{of_it}: see Invoice.{lack}"
            )
        if tie.provider_rest:
            found.append(
                f"The provider's total of usage (totalprice) has {amount(tie.provider_rest, tie.currency)} "
                "that the usage records do not hold: see Invoice."
            )
    return found
