"""Credits that arrive with a later bill are matched and proposed, never entered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from addin.disputes.checks import ENTER_CREDIT, to_check
from addin.disputes.records import (
    CREDIT,
    ELSEWHERE,
    BilledRecord,
    DisputeReport,
    Earlier,
    Entered,
    Reconciled,
    UsageCredit,
)
from tests.disputes.make import again, dispute, reconciled, run
from tests.reconcile.make import bill, call
from tests.templates.reports import report

SEPTEMBER = datetime(2026, 9, 10, 12, tzinfo=UTC)


def october(*records: BilledRecord) -> Reconciled:
    return Reconciled("october.xlsx", "2026-10", (), records)


def credit(amount: str, call_id: str = "C1", currency: str = "USD", row: int = 2) -> BilledRecord:
    return BilledRecord(f"october.csv:{row}", call_id, SEPTEMBER, -Decimal(amount), currency)


def test_a_credit_is_proposed_beside_the_dispute_of_its_call() -> None:
    made = run(october(credit("0.4")), earlier=(Earlier("d.xlsx", (dispute(),)),))
    (one,) = made.disputes
    assert (one.credit_found, one.credit_place) == (
        Decimal("0.4"),
        "0.4 USD on the bill of 2026-10, october.csv:2",
    )
    assert (one.status, one.entered.credited, one.outstanding) == ("open", None, Decimal(1))
    assert to_check(one) == ENTER_CREDIT
    assert made.not_disputed == ()


def test_a_credit_that_was_entered_is_not_proposed_again() -> None:
    entered = Entered("settled", credited=Decimal("0.4"))
    was = Earlier("d.xlsx", (dispute(entered=entered),), replaced=True)
    (one,) = run(october(credit("0.4")), earlier=(was,)).disputes
    assert to_check(one) == ""


def test_a_credit_fills_the_disputes_of_its_call_in_their_order() -> None:
    was = (dispute("0.3", kind="duration"), dispute("0.5"))
    made = run(october(credit("0.6"), credit("0.5", row=3)), earlier=(Earlier("d.xlsx", was),))
    assert [one.credit_found for one in made.disputes] == [Decimal("0.3"), Decimal("0.8")]
    assert sum(one.credit_found or 0 for one in made.disputes) == Decimal("1.1")
    assert made.disputes[1].credit_place == (
        "0.3 USD on the bill of 2026-10, october.csv:2; 0.5 USD on the bill of 2026-10, october.csv:3"
    )


@pytest.mark.parametrize(
    ("entered", "proposed"),
    [
        ((("settled", "0.3"), ("settled", "0.5")), ("0.3", "0.5")),
        ((("settled", "0.2"), ("settled", "0.6")), ("0.2", "0.6")),
        ((("settled", "0.3"), ("open", None)), ("0.3", "0.5")),
        ((("open", None), ("settled", "0.5")), ("0.3", "0.5")),
    ],
)
def test_a_credit_of_several_disputes_stays_where_it_was_entered(
    entered: tuple[tuple[str, str | None], ...], proposed: tuple[str, ...]
) -> None:
    """Else the last would ask for what stands beside the first."""
    kinds = zip(("duration", "rate"), ("0.3", "0.5"), entered, strict=True)
    was = [
        dispute(
            question, kind=kind, entered=Entered(status, credited=Decimal(credited) if credited else None)
        )
        for kind, question, (status, credited) in kinds
    ]
    made = run(october(credit("0.8")), earlier=(Earlier("d.xlsx", tuple(was), replaced=True),))
    assert tuple(str(one.credit_found) for one in made.disputes) == proposed
    asked = [to_check(one) == ENTER_CREDIT for one in made.disputes]
    assert asked == [status == "open" for status, _ in entered]


@pytest.mark.parametrize(
    "record",
    [credit("0.4", call_id="C2"), credit("0.4", call_id=""), credit("0.4", currency="EUR")],
)
def test_a_credit_of_no_dispute_is_listed(record: BilledRecord) -> None:
    made = run(october(record), earlier=(Earlier("d.xlsx", (dispute(),)),))
    assert made.disputes[0].credit_found is None
    (one,) = made.not_disputed
    assert (one.group, one.difference, one.billed_place) == (CREDIT, Decimal("-0.4"), "october.csv:2")


def test_a_dispute_of_the_same_month_takes_no_late_credit() -> None:
    was = Earlier("d.xlsx", (dispute(month="2026-10"),), replaced=True)
    made = run(october(credit("0.4")), earlier=(was,))
    assert made.disputes[0].credit_found is None
    assert [one.group for one in made.not_disputed] == [CREDIT]


def test_charges_of_other_months_are_counted_by_file_side_and_currency() -> None:
    records = [
        BilledRecord("october.csv:2", "A", SEPTEMBER, Decimal("0.1"), "USD"),
        BilledRecord("october.csv:3", "B", SEPTEMBER, Decimal("0.2"), "USD"),
        BilledRecord("october.csv:4", "C", datetime(2026, 11, 1, tzinfo=UTC), Decimal("0.4"), "USD"),
        BilledRecord("october.csv:5", "D", SEPTEMBER, Decimal("0.8"), "EUR"),
    ]
    made = run(october(*records))
    assert [(one.billed, one.unit, one.group) for one in made.not_disputed] == [
        (Decimal("0.3"), "USD", ELSEWHERE),
        (Decimal("0.4"), "USD", ELSEWHERE),
        (Decimal("0.8"), "EUR", ELSEWHERE),
    ]
    assert made.not_disputed[0].found.startswith("2 records of the bill start before 2026-10")


def test_a_credit_of_the_month_is_neither_disputed_nor_billed_too_little() -> None:
    """The call's net price is right; a credit of no call is listed as what it is."""
    log = [call("P1", 60, cost=Decimal("0.01"))]
    billed = [bill("P1", 60, cost=Decimal("0.03")), bill("P1", 60, cost=Decimal("-0.02"))]
    billed.append(bill("CR", 0, cost=Decimal("-0.5")))
    made = run(reconciled(report(log, billed)))
    assert made.disputes == ()
    ((group, amount, unit, call_id),) = [
        (one.group, one.difference, one.unit, one.call_id) for one in made.not_disputed if one.call_id
    ]
    assert (group, amount, unit, call_id) == (CREDIT, Decimal("-0.5"), "USD", "CR")


def rolled(made: DisputeReport, **entered: Entered) -> Earlier:
    """The sheet of a run as it is read back, with what people entered since."""
    return again(made, **entered)


def bill_of(month: str, *records: BilledRecord) -> Reconciled:
    files = frozenset(record.place.rpartition(":")[0] for record in records)
    return Reconciled(f"{month}.xlsx", month, (), records, bill_files=files)


def test_a_second_credit_of_the_same_amount_is_to_be_entered() -> None:
    first = run(bill_of("2026-10", credit("0.4")), earlier=(Earlier("d.xlsx", (dispute(),)),))
    entered = rolled(first, C1=Entered("accepted", credited=Decimal("0.4")))
    second = run(
        bill_of("2026-11", BilledRecord("november.csv:2", "C1", SEPTEMBER, Decimal("-0.4"), "USD")),
        earlier=(entered,),
    )
    (one,) = second.disputes
    assert one.credit_found == Decimal("0.8")
    assert one.credit_place == (
        "0.4 USD on the bill of 2026-10, october.csv:2; 0.4 USD on the bill of 2026-11, november.csv:2"
    )
    assert to_check(one) == ENTER_CREDIT
    assert (one.outstanding, one.awaited) == (Decimal("0.6"), Decimal("0.2"))
    assert "Credits of 0.40 USD were found on bills for 1 dispute" in " ".join(second.remarks)


def test_the_same_place_in_another_month_s_file_is_another_credit() -> None:
    """Bills are often called alike."""
    first = run(bill_of("2026-10", credit("0.4")), earlier=(Earlier("d.xlsx", (dispute(),)),))
    again_at = BilledRecord("october.csv:2", "C1", SEPTEMBER, Decimal("-0.4"), "USD")
    (one,) = run(bill_of("2026-11", again_at), earlier=(rolled(first),)).disputes
    assert one.credit_found == Decimal("0.8")


@pytest.mark.parametrize(
    ("records", "found_in_all"),
    [
        ((credit("0.4"),), "0.4"),
        ((credit("0.4", row=7),), "0.4"),  # its row has moved
        ((credit("0.4"), credit("0.4", row=3)), "0.8"),  # a second one
        ((credit("0.5"),), "0.5"),  # corrected
        ((BilledRecord("october-v2.csv:9", "C1", SEPTEMBER, Decimal("-0.4"), "USD"),), "0.4"),
        ((credit("0.1", call_id="OTHER"),), None),  # the bill has it no more
    ],
)
def test_a_bill_that_is_read_again_says_itself_what_it_credits(
    records: tuple[BilledRecord, ...], found_in_all: str | None
) -> None:
    first = run(bill_of("2026-10", credit("0.4")), earlier=(Earlier("d.xlsx", (dispute(),)),))
    (one,) = run(bill_of("2026-10", *records), earlier=(rolled(first),)).disputes
    assert one.credit_found == (None if found_in_all is None else Decimal(found_in_all))


def test_a_credit_stays_with_the_dispute_that_it_was_found_for() -> None:
    """Statuses entered in between do not move it."""
    was = (dispute("0.3", kind="duration"), dispute("0.5"))
    october_bill = bill_of("2026-10", credit("0.6"))
    first = run(october_bill, earlier=(Earlier("d.xlsx", was),))
    assert [one.credit_found for one in first.disputes] == [Decimal("0.3"), Decimal("0.3")]
    sheet = Earlier(
        "d.xlsx",
        tuple(
            replace(one, entered=Entered("settled", credited=credited))
            for one, credited in zip(first.disputes, (Decimal("0.1"), Decimal("0.5")), strict=True)
        ),
        replaced=True,
    )
    second = run(october_bill, earlier=(sheet,))
    assert [one.credit_found for one in second.disputes] == [Decimal("0.3"), Decimal("0.3")]
    assert [to_check(one) for one in second.disputes] == [ENTER_CREDIT, ""]


def test_negative_usage_is_listed_among_the_credits() -> None:
    usage = UsageCredit(
        "usage.csv:4", "calls", date(2026, 9, 3), date(2026, 9, 3), Decimal("-2.5"), "USD", "A"
    )
    (one,) = run(Reconciled("s.xlsx", "2026-09", (), usage_credits=(usage,))).not_disputed
    assert (one.group, one.kind, one.billed, one.unit) == (CREDIT, "usage credit", Decimal("-2.5"), "USD")
    assert (one.difference, one.billed_place, one.account) == (None, "usage.csv:4", "A")
    assert one.found == "The usage of calls from 2026-09-03 to 2026-09-03 is negative."


def test_a_month_that_is_reconciled_again_keeps_what_later_bills_credited() -> None:
    september = reconciled(report([call("A")], [bill("A", cost=Decimal("0.1"))]))
    first = run(september, bill_of("2026-10", credit("0.04", call_id="A")))
    assert [one.credit_found for one in first.disputes] == [Decimal("0.04")]
    (one,) = run(september, earlier=(again(first, replaced=True),)).disputes
    assert (one.credit_found, one.state) == (Decimal("0.04"), "found")


def test_a_credit_of_another_provider_is_not_the_dispute_s() -> None:
    """Two providers may count their calls from 1."""
    was = Earlier("d.xlsx", (dispute(provider="northline"),))
    made = run(replace(bill_of("2026-10", credit("0.4")), provider="southline"), earlier=(was,))
    assert made.disputes[0].credit_found is None
    assert [one.group for one in made.not_disputed] == [CREDIT]
    own = run(replace(bill_of("2026-10", credit("0.4")), provider="northline"), earlier=(was,))
    assert own.disputes[0].credit_found == Decimal("0.4")


def test_another_provider_s_bill_of_the_same_name_does_not_take_a_found_credit_away() -> None:
    """Bills are often called alike, and each provider's month may be run by itself."""
    was = Earlier("d.xlsx", (dispute(provider="northline"),))
    first = run(replace(bill_of("2026-10", credit("0.4")), provider="northline"), earlier=(was,))
    other = replace(bill_of("2026-10", credit("0.1", call_id="OTHER")), provider="southline")
    (one,) = run(other, earlier=(rolled(first),)).disputes
    assert (one.credit_found, one.claimed) == (Decimal("0.4"), Decimal("0.6"))
