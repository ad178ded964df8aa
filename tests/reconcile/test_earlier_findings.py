"""What becomes of an earlier month's findings: exact ids, exact amounts."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from addin.errors import TollsheetError
from addin.reconcile.gaps import shared_ids
from addin.reconcile.month_end.earlier_findings import EarlierFinding, Followed, follow, sentence_of
from addin.reconcile.period import Month
from tests.reconcile.make import bill, call, run

AUGUST = datetime(2026, 8, 31, 12, tzinfo=UTC)


BUSY = {"status": "busy", "is_billed": False, "cost": Decimal(0)}


def earlier(kind: str, call_id: str = "X", **changes: object) -> EarlierFinding:
    fields: dict[str, object] = {
        "month": Month(2026, 8),
        "kind": kind,
        "call_id": call_id,
        "expected": Fraction("0.028"),
        "billed": Fraction("0.05"),
        "currency": "USD",
        "note": "",
    }
    return EarlierFinding(**{**fields, **changes})  # type: ignore[arg-type]


def followed(
    finding: EarlierFinding, log: dict[str, object] | None, billed: dict[str, object] | None
) -> Followed:
    """What a month says of it whose files have the call X of August on a side, or not."""
    calls = [call("A", 60), *([call("X", 61, started_at=AUGUST, **log)] if log is not None else [])]
    records = [bill("A", 60), *([bill("X", 61, started_at=AUGUST, **billed)] if billed is not None else [])]
    return follow([finding], run(calls, records))[0]


@pytest.mark.parametrize(
    ("kind", "log", "billed", "state", "amount"),
    [
        ("missing-in-bill", None, {"cost": Decimal("0.028")}, "billed late", "0.028"),
        ("missing-in-bill", {}, None, "open", "0.022"),
        ("missing-in-log", {}, None, "found late", "0.028"),
        ("missing-in-log", None, {}, "open", "0.022"),
        ("price-pending", {"cost": Decimal("0.028")}, None, "priced late", "0.028"),
        ("price-pending", {"cost": None}, None, "open", "0.022"),
        ("price-pending", None, {"cost": Decimal("-0.022")}, "open", "0.022"),  # a credit is no price
        ("rate", None, {"cost": Decimal("0.03")}, "corrected", "0.03"),
        ("rate", None, {"cost": Decimal("-0.022")}, "credited", "-0.022"),
        ("rate", None, {"cost": Decimal("0.05")}, "open", "0.022"),
        ("status", {}, None, "open", "0.022"),
        ("unreadable", {}, None, "rated now", "0.028"),
        ("unknown-status", {"is_billed": None, "status": "odd"}, None, "open", "0.022"),
        ("missing-in-bill", None, {"cost": None}, "open", "0.022"),
        ("missing-in-bill", None, BUSY, "open", "0.022"),
        ("missing-in-log", None, {"cost": Decimal("-0.05")}, "credited", "-0.05"),
        ("missing-in-log", BUSY, None, "open", "0.022"),
        ("missing-in-log", {"currency": "EUR"}, None, "open", "0.022"),
        ("rate", None, {"cost": Decimal("0.03"), "currency": "EUR"}, "open", "0.022"),
        ("rate", None, {"cost": Decimal("0.05"), "currency": "EUR"}, "open", "0.022"),
    ],
)
def test_what_became_of_it(
    kind: str, log: dict[str, object] | None, billed: dict[str, object] | None, state: str, amount: str
) -> None:
    found = followed(earlier(kind), log, billed)
    assert (found.state, found.amount) == (state, Fraction(amount))
    assert bool(found.place) == (state != "open")


TAKEN_BACK = {"cost": Decimal("-0.022")}


@pytest.mark.parametrize(
    ("kind", "billed", "state", "text"),
    [
        ("missing-in-bill", "0", "open", "and does not charge it, here or then: still missing."),
        ("missing-in-log", "0.022", "credited", "The bill credits it."),
        ("status", "0.022", "credited", "The bill credits it."),
        ("status", "0", "open", "and had no amount for it then."),
        ("status", None, "open", "and had no amount for it then."),
        ("duration", "0.05", "credited", "The bill credits it."),
        ("rate", "0.05", "credited", "The bill credits it."),
        ("rate", None, "credited", "The bill credits it."),
        ("currency", "0", "credited", "The bill credits it."),
        ("duplicate", "0", "credited", "The bill credits it."),
        ("unreadable", "0.022", "credited", "The bill credits it."),
        ("unreadable", "0", "open", "and had no amount for it then."),
        ("unknown-status", "0.05", "open", "which is no answer to this finding."),
        ("no-rate", "0.05", "open", "which is no answer to this finding."),
        ("price-pending", None, "open", "which is no price of it."),
        ("credit", "-0.05", "open", "which is no answer to this finding."),
    ],
)
def test_a_credit_settles_what_was_charged_and_nothing_else(
    kind: str, billed: str | None, state: str, text: str
) -> None:
    was = earlier(kind, billed=None if billed is None else Fraction(billed))
    found = followed(was, None, TAKEN_BACK)
    assert found.state == state
    assert found.text.endswith(text)
    if state == "credited":
        assert found.amount == Fraction("-0.022")


def both_on_the_bill(finding: EarlierFinding, charge: str, credit: str) -> Followed:
    rows = [bill("X", 61, started_at=AUGUST, cost=Decimal(cost)) for cost in (charge, credit)]
    return follow([finding], run([call("A", 60)], [bill("A", 60), *rows]))[0]


def test_a_late_charge_is_billed_late_less_its_credit() -> None:
    found = both_on_the_bill(earlier("missing-in-bill", billed=Fraction(0)), "0.05", "-0.022")
    assert (found.state, found.amount) == ("billed late", Fraction("0.028"))
    assert found.text == "The bill has it now, less what it credits of it."


def test_a_late_charge_that_is_taken_back_whole_is_still_missing() -> None:
    found = both_on_the_bill(earlier("missing-in-bill", billed=Fraction(0)), "0.05", "-0.05")
    assert (found.state, found.amount) == ("open", Fraction("-0.028"))
    assert found.text == "The bill charges it now and takes all of it back: still nothing is charged."


@pytest.mark.parametrize(
    ("credit", "state", "amount", "text"),
    [
        ("-0.05", "credited", "-0.05", "The bill credits it."),
        ("-0.022", "found late", "0.028", "The log has it now. The bill credits 0.022 USD (bill.csv:"),
    ],
)
def test_a_call_that_the_log_has_found_and_the_bill_credits(
    credit: str, state: str, amount: str, text: str
) -> None:
    found = followed(earlier("missing-in-log", expected=Fraction(0)), {}, {"cost": Decimal(credit)})
    assert (found.state, found.amount) == (state, Fraction(amount))
    assert found.text.startswith(text)


def test_a_copy_is_not_settled_by_its_call_alone() -> None:
    found = followed(earlier("duplicate", billed=Fraction(0)), None, {})
    assert (found.state, found.text) == (
        "open", "The bill has the call again, and does not take a copy of it back.",
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["missing-in-log", "status", "duration", "rate", "currency", "duplicate"])
@pytest.mark.parametrize(
    ("charge", "credit", "state", "amount"),
    [
        ("0.028", "-0.05", "credited", "-0.022"),
        ("0.04", "-0.05", "credited in part", "-0.01"),
        ("0", "-0.022", "credited", "-0.022"),
    ],
)
def test_what_the_bill_takes_back_beside_a_charge_is_credited(
    kind: str, charge: str, credit: str, state: str, amount: str
) -> None:
    found = both_on_the_bill(earlier(kind), charge, credit)
    assert (found.state, found.amount) == (state, Fraction(amount))
    assert found.place.count("bill.csv") == 2


def test_what_is_taken_back_beside_a_charge_settles_one_finding() -> None:
    rows = [bill("X", 61, started_at=AUGUST, cost=Decimal(cost)) for cost in ("0.028", "-0.05")]
    findings = [earlier("duration", billed=Fraction("0.058")), earlier("rate")]
    found = follow(findings, run([call("A", 60)], [bill("A", 60), *rows]))
    assert [(one.state, one.amount) for one in found] == [
        ("open", Fraction("0.03")), ("credited", Fraction("-0.022")),
    ]  # fmt: skip
    assert found[0].text.endswith("that amount stands at another finding of it.")


def test_a_charge_again_that_is_not_taken_back_settles_no_call_that_the_log_lacks() -> None:
    found = both_on_the_bill(earlier("missing-in-log"), "0.05", "-0.022")
    assert (found.state, found.text) == (
        "open", "The bill charges this call again, and takes no more of it back than that.",
    )  # fmt: skip


def test_more_taken_back_than_charged_is_no_late_charge() -> None:
    found = both_on_the_bill(earlier("missing-in-bill", billed=Fraction(0)), "0.028", "-0.05")
    assert (found.state, found.text) == (
        "open", "The bill takes back more of this call than it charges: still missing.",
    )  # fmt: skip


def test_a_call_that_is_found_without_a_price_has_no_amount() -> None:
    found = followed(earlier("missing-in-log"), {"cost": None}, None)
    assert (found.state, found.amount) == ("found late", None)


@pytest.mark.parametrize("turned", [False, True])
def test_a_credit_settles_one_finding_the_nearest(turned: bool) -> None:
    """0.03 too much for the time, 0.022 for the rate, and no price in the log: 0.022 is credited once."""
    findings = [
        earlier("price-pending"),
        earlier("duration", billed=Fraction("0.058")),
        earlier("rate"),
    ]
    findings = findings[::-1] if turned else findings
    billed = [bill("A", 60), bill("X", 61, started_at=AUGUST, cost=Decimal("-0.022"))]
    found = follow(findings, run([call("A", 60)], billed))
    assert {(one.earlier.kind, one.state) for one in found} == {
        ("price-pending", "open"),
        ("duration", "open"),
        ("rate", "credited"),
    }
    assert sum(one.amount or 0 for one in found if one.state == "credited") == Fraction("-0.022")


def test_two_credits_of_a_call_settle_two_findings() -> None:
    findings = [earlier("duration", billed=Fraction("0.058")), earlier("rate")]
    costs = [Decimal("-0.022"), Decimal("-0.03")]
    billed = [bill("A", 60), *(bill("X", 61, started_at=AUGUST, cost=cost) for cost in costs)]
    found = follow(findings, run([call("A", 60)], billed))
    assert [(one.state, one.amount) for one in found] == [
        ("credited", Fraction("-0.03")),
        ("credited", Fraction("-0.022")),
    ]


def credits_of_x(finding: EarlierFinding, *costs: str) -> list[Followed]:
    rows = [bill("X", 61, started_at=AUGUST, cost=Decimal(cost)) for cost in costs]
    return follow([finding], run([call("A", 60)], [bill("A", 60), *rows]))


def test_less_than_what_was_too_much_is_credited_in_part_and_settles_nothing() -> None:
    found = credits_of_x(earlier("duration"), "-0.01")
    assert (found[0].state, found[0].amount) == ("credited in part", Fraction("-0.01"))
    assert found[0].text == (
        "The bill credits 0.01 USD of 0.022 USD too much: 0.012 USD is open by these files."
    )
    assert sentence_of(found) == (
        "Of 1 finding of 2026-08, 0 can be settled by these files, 1 is credited in part: "
        "see Month over month."
    )


def test_several_credits_of_one_finding_are_all_counted() -> None:
    (found,) = credits_of_x(earlier("duration"), "-0.01", "-0.008")
    assert (found.state, found.amount) == ("credited in part", Fraction("-0.018"))
    assert found.place.count("bill.csv") == 2
    (found,) = credits_of_x(earlier("duration"), "-0.01", "-0.012")
    assert (found.state, found.amount) == ("credited", Fraction("-0.022"))


def test_credits_of_one_call_are_no_several_calls_of_one_id() -> None:
    rows = [bill("X", 0, started_at=AUGUST, cost=Decimal(cost)) for cost in ("-0.01", "-0.008")]
    assert shared_ids(run([call("A", 60)], [bill("A", 60), *rows])) == []


def test_what_is_open_still_is_said() -> None:
    assert followed(earlier("missing-in-log"), BUSY, None).text == (
        'The log has it now as "busy", which is not rated.'
    )
    assert followed(earlier("rate"), None, {"currency": "EUR"}).text.startswith(
        "It is in EUR now, and was in USD: see bill.csv:"
    )


@pytest.mark.parametrize(
    ("expected", "billed", "log", "bill_now", "state"),
    [
        ("0.028", "0", {}, None, "open"),  # the bill waits, and the log's price is no news
        ("0.028", "0", {}, {}, "priced late"),
        ("0", "0.028", None, {}, "open"),  # the log waits
        ("0", "0.028", {}, {}, "priced late"),
        ("0", "0", {}, None, "priced late"),
        ("0.028", None, {}, None, "open"),  # a cost that is not known is null, and 0 in earlier versions
        ("0.028", None, {}, {}, "priced late"),
        (None, "0", None, {}, "open"),  # the bill charged 0, which is known
        (None, "0", {}, None, "priced late"),
        (None, None, {}, None, "priced late"),
        (None, None, None, {}, "priced late"),
    ],
)
def test_a_pending_price_is_settled_by_the_side_that_lacked_it(
    expected: str | None,
    billed: str | None,
    log: dict[str, object] | None,
    bill_now: dict[str, object] | None,
    state: str,
) -> None:
    costs = [None if cost is None else Fraction(cost) for cost in (expected, billed)]
    pending = earlier("price-pending", expected=costs[0], billed=costs[1])
    assert followed(pending, log, bill_now).state == state


def test_another_id_settles_nothing() -> None:
    assert followed(earlier("missing-in-bill", "Y"), {}, {}).state == "open"


def test_a_sum_cannot_be_followed() -> None:
    assert (
        followed(earlier("category", ""), {}, {}).text
        == "It is about no single call, and cannot be followed."
    )


def test_only_a_month_before_can_be_followed() -> None:
    with pytest.raises(TollsheetError, match="Give that of a month before"):
        followed(earlier("rate", month=Month(2026, 9)), None, None)
