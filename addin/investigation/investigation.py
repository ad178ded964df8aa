"""An investigation: a reconciliation walked down to the cause of its difference, currency by currency."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from addin.investigation.balance import MISMATCH, OPEN, Balance, Ledger
from addin.investigation.explained import Candidates, candidates_of
from addin.investigation.export import Exports
from addin.investigation.ledger import check
from addin.investigation.on_total import OnTotal, on_total
from addin.investigation.pairs import CallPair, pairs_of
from addin.investigation.questions import THRESHOLD
from addin.investigation.walk import Walk, walk
from addin.reconcile.reconciliation import CALLS, Reconciliation
from addin.reconcile.verdict import OUT


@dataclass(slots=True)
class Investigation:
    """The whole answer, before it is printed."""

    result: Reconciliation
    threshold: Fraction
    pairs: list[CallPair]
    """Every connected call; none where the bill is usage records."""
    walks: list[Walk]
    on_total: OnTotal
    exports: Exports
    candidates: dict[str, list[Candidates]] = field(default_factory=dict)
    """By currency."""
    balances: list[Balance] = field(default_factory=list)

    @property
    def differs(self) -> bool:
        """Whether there is something to look at: a difference, or what was left unread or unrated."""
        return (
            self.result.verdict == OUT
            or any(path.differs for path in self.walks)
            or any(balance.result in (MISMATCH, OPEN) for balance in self.balances)
        )


def investigate(
    result: Reconciliation,
    exports: Exports,
    threshold: Fraction = THRESHOLD,
    ledger: Ledger | None = None,
) -> Investigation:
    """Walk the tree for every currency; matching, expectation and comparison are the reconciliation's."""
    pairs = pairs_of(result) if result.mode == CALLS else []
    walks = [walk(result, pairs, currency, threshold) for currency in result.currencies]
    return Investigation(
        result,
        threshold,
        pairs,
        walks,
        on_total(result),
        exports,
        {path.currency: candidates_of(result, path) for path in walks},
        check(result, pairs, ledger) if ledger else [],
    )
