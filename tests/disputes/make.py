"""Months to dispute, from records made up in a test."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from addin.disputes.found_credits import FoundCredit
from addin.disputes.records import Dispute, DisputeReport, Earlier, Entered, Reconciled
from addin.disputes.report import Choices, disputes_of
from addin.reports.reconciliation.data import ReconciliationReport
from tests.reconcile.make import bill, call, card
from tests.templates.reports import report

AS_OF = date(2026, 10, 5)


def month() -> ReconciliationReport:
    """One call of every kind that can be disputed, and of some that cannot."""
    later, earlier = datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 8, 31, 12, tzinfo=UTC)
    log = [
        call("SAME", 61),
        call("LONG", 59),
        call("DEAR", 59),
        call("BUSY", 0, status="busy", is_billed=False, cost=None),
        call("MISSING", 200, to_number="+447700900001"),
        call("TWICE", 61),
        call("SLOW-CHEAP", 119),
        call("OURS", 61),
        call("OURS", 61),
        call("LATER", 30, started_at=later, to_number="+447700900003"),
    ]
    billed = [
        bill("SAME", 61),
        bill("LONG", 61, cost=Decimal("0.028")),
        bill("DEAR", 59, cost=Decimal("0.02")),
        bill("BUSY", 30, cost=Decimal("0.014")),
        bill("EXTRA", 15.5, to_number="+447700900002"),
        bill("TWICE", 61, row_values=("one",)),
        bill("TWICE", 61, row_values=("one",)),
        bill("SLOW-CHEAP", 125, cost=Decimal("0.035")),
        bill("OURS", 61),
        bill("LATER", 30, to_number="+447700900003"),
        bill("BEFORE", 30, started_at=earlier),
    ]
    return report(log, billed, card())


def reconciled(made: ReconciliationReport, name: str = "september.xlsx") -> Reconciled:
    """As its workbook is read back."""
    by_call = bool(made.billed_calls)
    return Reconciled(name, made.month, made.findings, by_call=by_call)


def run(
    *months: Reconciled,
    earlier: tuple[Earlier, ...] = (),
    as_of: date = AS_OF,
    buckets: tuple[int, ...] = (30, 60, 90),
) -> DisputeReport:
    return disputes_of(months, earlier, Choices(as_of, buckets))


def again(made: DisputeReport, *, replaced: bool = False, **entered: Entered) -> Earlier:
    """The dispute sheet of a run, with what people entered beside the disputes of these call ids."""
    disputes = tuple(
        replace(one, entered=entered.get(one.call_id.replace("-", "_"), one.entered)) for one in made.disputes
    )
    return Earlier("disputes.xlsx", disputes, replaced=replaced)


def by_call(made: DisputeReport) -> dict[str, Dispute]:
    return {one.call_id or one.subject: one for one in made.disputes}


def found(amount: str, place: str = "october.csv:2", month: str = "2026-10") -> FoundCredit:
    """A credit of a later bill."""
    return FoundCredit(Decimal(amount), month, place)


def dispute(question: str = "1", unit: str = "USD", **changes: object) -> Dispute:
    """An open dispute of September 2026."""
    one = Dispute(
        month="2026-09",
        kind="rate",
        reason="Billed above the agreed rate",
        question=Decimal(question),
        unit=unit,
        opened_on=AS_OF,
        call_id="C1",
    )
    return replace(one, **changes)  # type: ignore[arg-type]
