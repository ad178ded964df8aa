"""Up to where the bill of each account reaches: beyond it, what is expected is not billed yet.

Call records reach to the start of the last one that counts, usage records to the days that they cover. An
account of which nothing is billed reaches nowhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from addin.reconcile.bill_lines import BillLines
from addin.reconcile.lines import UsageLine
from addin.reconcile.period import Period

WITHIN, BEYOND, UNTOLD = "within", "beyond", "untold"


@dataclass(slots=True)
class Reach:
    """The bill of one currency. The accounts are as the caller names them."""

    last_at: dict[str, datetime] = field(default_factory=dict)
    """Of call records, by account. A credit is no call: it may be dated by the day on which it was given."""
    days: dict[tuple[str, str], set[date]] = field(default_factory=lambda: defaultdict(set))
    """Of usage records, by account and category."""
    accounts: set[str] = field(default_factory=set)
    """Those with something billed."""

    def add_records(self, lines: BillLines, named: Callable[[str], str]) -> None:
        """`named` says under which name an account stands."""
        self.accounts.update(named(line.call.account) for line, _ in lines.counted())
        charges = lines.select(lambda line: not line.is_credit)
        self.last_at |= charges.latest(lambda line: named(line.call.account))

    def add_usage(self, account: str, line: UsageLine) -> None:
        self.accounts.add(account)
        self.days[account, line.unit] |= line.record.days

    def stops_short(self, account: str, month: Period) -> bool:
        """Whether a category of the account lacks days of the month."""
        whole = set(month.days())
        return any(not whole <= days for (name, _), days in self.days.items() if name == account)

    def of(self, account: str, started_at: datetime, unit: str) -> str:
        """Where an expected call stands: within the bill of its account, or beyond it. One without an account
        beside several bills is beyond where all of them end before it, and untold where some do. Of usage
        records only the day decides."""
        asked = {account} & self.accounts if account else self.accounts
        answers = {self._holds(one, started_at, unit) for one in asked}
        if len(answers) > 1:
            return UNTOLD
        return WITHIN if True in answers else BEYOND

    def _holds(self, account: str, started_at: datetime, unit: str) -> bool:
        if not self.days:
            last_at = self.last_at.get(account)
            return last_at is not None and started_at <= last_at
        own = {name: days for (who, name), days in self.days.items() if who == account}
        covered = own[unit] if unit in own else set().union(*own.values())
        return started_at.date() in covered
