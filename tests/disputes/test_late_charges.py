"""What a later bill charges for a call that its month lacked is said, and is no longer billed too little."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from addin.disputes.records import TOO_LITTLE, UNCLEAR, BilledRecord, NotDisputed, Reconciled
from tests.disputes.make import reconciled, run
from tests.reconcile.make import START, bill, call, card
from tests.templates.reports import report


def september() -> Reconciled:
    log = [call("LATE"), call("UNPRICED"), call("SAME")]
    billed = [bill("UNPRICED", cost=None), bill("SAME")]
    return replace(reconciled(report(log, billed, card())), provider="acme")


def rows(call_id: str, cost: str = "0.028", *, provider: str = "acme", at: datetime = START) -> NotDisputed:
    record = BilledRecord("october.csv:7", call_id, at, Decimal(cost), "USD")
    october = Reconciled("october.xlsx", "2026-10", (), (record,), provider=provider)
    (row,) = (one for one in run(september(), october).not_disputed if one.call_id == call_id)
    return row


@pytest.mark.parametrize("call_id", ["LATE", "UNPRICED"])
def test_a_call_that_a_later_bill_charges_is_to_be_cleared_up(call_id: str) -> None:
    row = rows(call_id)
    assert (row.group, row.difference) == (UNCLEAR, None), "no part of the net figure"
    assert row.why == (
        "The bill of 2026-10 charges 0.028 USD for it (october.csv:7): reconcile 2026-09 again, with that "
        "bill beside its own."
    )


def test_without_its_late_charge_a_call_is_billed_too_little() -> None:
    another = START + timedelta(days=40)
    assert {
        rows("LATE", provider="other").group,
        rows("LATE", at=another).group,
        rows("LATE", "0").group,
    } == {TOO_LITTLE}
    lacking = rows("LATE", "0")
    assert (lacking.why, lacking.difference) == ("The bill lacks this call.", Decimal("-0.028"))
