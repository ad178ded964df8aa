"""What stands for each account on both sides of a month, and what of it no amount holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from addin.reconcile.bill_lines import BillLines
from addin.reconcile.bridge import usage_currency, usage_of
from addin.reconcile.lines import (
    EXPECTED,
    MATCHED,
    MISSING_IN_BILL,
    UNKNOWN_STATUS,
    UNRATED,
    LogLine,
    UsageLine,
    expected_of,
)
from addin.reconcile.log_lines import LogLines
from addin.reconcile.measure import Measure
from addin.reconcile.month_end.reach import BEYOND, UNTOLD, WITHIN, Reach
from addin.reconcile.period import midnight
from addin.reconcile.unbilled_accounts import named_otherwise

if TYPE_CHECKING:
    from addin.reconcile.reconciliation import Reconciliation


@dataclass(slots=True)
class Side:
    """The sums of one account and currency. `expected` and `billed` are None where a side has none of it;
    the others are parts of what is expected."""

    expected: Measure | None = None
    billed: Measure | None = None
    beyond: Measure = field(default_factory=Measure)
    """Beyond where the bill reaches, and not on it."""
    untold: Measure = field(default_factory=Measure)
    """Where the bills of some accounts reach and of others do not: the log names no account."""
    missing: Measure = field(default_factory=Measure)
    """Where the bill reaches, and not among its call records."""
    uncharged: Measure = field(default_factory=Measure)
    """On the bill as not billed."""
    otherwise: Measure = field(default_factory=Measure)
    """Charged by the bill in another currency."""
    charged: Measure = field(default_factory=Measure)
    """Charged by call records of the bill, of whatever account."""
    pending: Measure = field(default_factory=Measure)
    """On the bill without a price yet, as expected: part of `charged`."""
    billed_in: list[str] = field(default_factory=list)
    """The other currencies in which the bill charges this account."""
    last_at: datetime | None = None
    """The start of the last call record."""
    stops_short: bool = False
    """Whether a category of the usage records lacks days of the month."""
    unrated: int = 0
    """Calls of the log whose cost is not known: no rate, an unknown status, a pending price."""
    unrated_beyond: int = 0
    """Those of them beyond where the bill reaches."""
    log_names_none: bool = False
    """Whether calls of the log name no account, so that what is expected of this one is not known."""
    beside_accounts: bool = False
    """Whether it is those calls."""

    @property
    def has_to_be_said(self) -> bool:
        """Of calls without an account beside bills that name theirs: whether no other line says them."""
        parts = (self.beyond, self.untold, self.missing, self.uncharged, self.otherwise)
        return any(part.calls for part in parts) or bool(self.unrated_beyond)


def sides_of(result: Reconciliation, currency: str, only: str) -> dict[str, Side]:
    """The accounts of one currency in their order. A blank account is `only`.

    A bill without accounts, or without prices, beside a log that names them otherwise is one line for all.
    Calls that name no account of the bill beside one that does have a line of their own, as far as something
    of them is accrued or has to be said.
    """
    bill = _bill_of(result, currency)
    log = result.log.of_currency(currency)
    apart = named_otherwise(result)

    def named(account: str) -> str:
        return "" if apart and account in apart.ours else account or only

    ours = {named(line.call.account) for line, _ in log.counted() if line.step == EXPECTED}
    theirs = {account or only for account in bill.accounts}
    unnamed = "" in ours and bool(theirs - {""})
    if ("" in theirs and ours - {""}) or (unnamed and not result.billed_has_prices):
        return _sums(result, currency, bill, log, lambda _: "")
    sides = _sums(result, currency, bill, log, named)
    if not unnamed:
        return {
            account: sides[account]
            for account in sorted(sides)
            if account in ours | theirs or sides[account].unrated
        }
    for account in theirs:
        sides[account].expected, sides[account].log_names_none = None, True
    sides[""].beside_accounts = True
    if "" not in theirs and not sides[""].has_to_be_said:
        del sides[""]
    return dict(sorted(sides.items()))


@dataclass(frozen=True, slots=True)
class _Bill:
    """The records of one currency that make the billed total, of one kind."""

    usage: list[UsageLine]
    records: BillLines

    @property
    def accounts(self) -> list[str]:
        named = [line.record.account for line in self.usage]
        return [*dict.fromkeys([*named, *(line.call.account for line, _ in self.records.counted())])]


def _bill_of(result: Reconciliation, currency: str) -> _Bill:
    """Usage records where there are any, as in the bridge."""
    usage = [line for line in result.usage if line.in_total]
    if usage:
        its = [line for line in usage if usage_currency(line, result.currencies) == currency]
        return _Bill(its, BillLines())
    return _Bill([], result.bill.of_currency(currency).select(lambda line: line.counts))


def _sums(
    result: Reconciliation,
    currency: str,
    bill: _Bill,
    log: LogLines,
    named: Callable[[str], str],
) -> dict[str, Side]:
    """`named` says under which name an account stands."""
    sides: dict[str, Side] = defaultdict(Side)
    reach, by_call = Reach(), not any(line.in_total for line in result.usage)
    for used in bill.usage:
        account = named(used.record.account)
        reach.add_usage(account, used)
        sides[account].billed = (sides[account].billed or Measure()) + usage_of(used)
    reach.add_records(bill.records, named)
    for account, value in bill.records.totals(lambda line: named(line.call.account)).items():
        sides[account].billed = value
    for account in reach.accounts:
        sides[account].last_at = reach.last_at.get(account)
        sides[account].stops_short = reach.stops_short(account, result.question.month)
    if by_call:
        _add_calls(sides, log, reach, named)
    else:
        for (day, key), value in log.by_day(_key_of, _counted).items():
            account = named(key.account)
            _add(sides[account], key, value, reach.of(account, midnight(day), key.unit))
    for other in result.currencies:
        if other and other != currency:
            for account in set(map(named, _bill_of(result, other).accounts)) & sides.keys():
                sides[account].billed_in.append(other)
    return dict(sides)


class _Key(NamedTuple):
    """What decides where a call stands in the books, beside its day."""

    account: str
    unit: str
    is_expected: bool
    is_unrated: bool


def _key_of(line: LogLine) -> _Key:
    is_unrated = line.step in (UNRATED, UNKNOWN_STATUS) or line.lacks_price
    return _Key(line.call.account, line.unit, line.step == EXPECTED, is_unrated)


def _counted(line: LogLine) -> Measure:
    """What is expected of it, and one call where nothing is."""
    return expected_of(line) if line.step == EXPECTED else Measure(1)


def _add(side: Side, key: _Key, value: Measure, where: str) -> None:
    """What calls add to a side by where they stand, whatever their records say."""
    if key.is_unrated:
        side.unrated += value.calls
        side.unrated_beyond += value.calls if where != WITHIN else 0
    if key.is_expected:
        side.expected = (side.expected or Measure()) + value
        if where == BEYOND:
            side.beyond += value
        elif where == UNTOLD:
            side.untold += value


def _add_calls(sides: dict[str, Side], log: LogLines, reach: Reach, named: Callable[[str], str]) -> None:
    """Calls beside call records. One whose record is on the bill is not beyond it, whenever it starts."""

    def key(line: LogLine) -> tuple[_Key, str, bool]:
        return _key_of(line), line.outcome, line.bill is not None and line.bill.lacks_price

    for line, _ in log.counted():
        sides[named(line.call.account)]  # an account of which nothing is expected has its line, too
    with_record = log.select(lambda line: line.bill is not None)
    for (its, outcome, is_pending), value in with_record.totals(key, _counted).items():
        side = sides[named(its.account)]
        _add(side, its, value, WITHIN)
        if its.is_expected and outcome == MATCHED:
            side.charged += value
            if is_pending:
                side.pending += value
        elif its.is_expected and outcome == MISSING_IN_BILL:
            side.otherwise += value
        elif its.is_expected:
            side.uncharged += value
    for line in log.select(lambda line: line.bill is None and _is_in_the_books(line)):
        account = named(line.call.account)
        where = reach.of(account, line.call.started_at, line.unit)
        _add(sides[account], _key_of(line), _counted(line), where)
        if line.step == EXPECTED and where == WITHIN:
            sides[account].missing += expected_of(line)


def _is_in_the_books(line: LogLine) -> bool:
    key = _key_of(line)
    return key.is_expected or key.is_unrated
