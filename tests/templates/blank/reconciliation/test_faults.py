"""What is wrong in a row, a table or a setting fails a check, and is nowhere read as 0."""

from __future__ import annotations

import pytest

from templates.blank.reconciliation import billed, build, calls, card, usage
from templates.inputs import BILLED, CALLS
from templates.shared.tables import Field, Figure
from tests.templates.blank.planted import Opened, built_once

FAULTS = {
    "seconds as text": ("Calls", "Seconds", 1, "'47 s", "check_calls"),
    "no seconds of a charged call": ("Calls", "Seconds", 1, "", "check_calls"),
    "seconds below 0": ("Calls", "Seconds", 1, "-1", "check_calls"),
    "a time of day for seconds": ("Calls", "Seconds", 1, "0.0009", "check_calls"),
    "a time of noon or later for seconds": ("Calls", "Seconds", 1, "0.75", "check_calls"),
    "a time of minutes for seconds": ("Calls", "Seconds", 1, "1.96180555555556", "check_calls"),
    "seconds without end": ("Calls", "Seconds", 1, "1000000000000000", "check_calls"),
    "a time for seconds of the bill": ("Billed", "Seconds", 1, "0.75", "check_billed"),
    "a time for minutes": ("Billed", "Billed minutes", 2, "0.129166666666667", "check_billed"),
    "a time of noon for minutes": ("Billed", "Billed minutes", 7, "0.5", "check_billed"),
    "minutes without end": ("Billed", "Billed minutes", 1, "1000000000000000", "check_billed"),
    "minutes below 0": ("Billed", "Billed minutes", 1, "-1", "check_billed"),
    "usage minutes as a time": ("Usage", "Minutes", 1, "1.06527777777778", "check_usage"),
    "usage minutes below 0": ("Usage", "Minutes", 1, "-1", "check_usage"),
    "a start as text": ("Calls", "Started (UTC)", 1, "'2026-09-01T08:12:05Z", "check_calls"),
    "a start as a number": ("Calls", "Started (UTC)", 1, "20260901", "check_calls"),
    "a start of the bill as a number": ("Billed", "Started (UTC)", 1, "1788220800", "check_billed"),
    "an error in a cell": ("Calls", "Seconds", 1, "=1/0", "check_calls"),
    "a status that nobody knows": ("Calls", "Status", 1, "answered_by_VM", "check_calls"),
    "no id": ("Calls", "Call id", 1, "", "check_calls"),
    "an id that lost its digits": ("Calls", "Call id", 1, "1234567890123456", "check_calls"),
    "ids that differ in capitals": ("Calls", "Call id", 2, "c-1001", "check_calls"),
    "an id of two calls": ("Calls", "Call id", 2, "C-1001", "check_calls"),
    "another currency": ("Calls", "Currency", 5, "EUR", "check_calls"),
    "a number without a rate": ("Calls", "To", 1, "'+81 3 0000 0000", "check_calls"),
    "a number that is none": ("Calls", "To", 1, "'+44x20", "check_calls"),
    "a direction that is none": ("Calls", "Direction", 1, "sideways", "check_calls"),
    "a price in a missed call": ("Calls", "Log price", 5, "0.5", "check_calls"),
    "a call below the table": ("Calls", "Call id", 14, "C-9", "check_below_calls"),
    "no price on the bill": ("Billed", "Cost", 1, "", "check_billed"),
    "a price as text": ("Billed", "Cost", 1, "'0.0096 USD", "check_billed"),
    "minutes as text": ("Billed", "Billed minutes", 1, "'1 min", "check_billed"),
    "a status of the bill that nobody knows": ("Billed", "Status", 10, "?", "check_billed"),
    "a bill in another currency": ("Billed", "Currency", 1, "EUR", "check_billed"),
    "a record below the table": ("Billed", "Cost", 14, "1", "check_below_billed"),
    "usage without a price": ("Usage", "Cost", 1, "", "check_usage"),
    "usage of two months": ("Usage", "Last day", 1, "46300", "check_usage"),
    "usage as text": ("Usage", "Minutes", 1, "'25.6 min", "check_usage"),
    "no rate": ("Rates", "Rate", 3, "", "check_rates"),
    "a rate as text": ("Rates", "Rate", 3, "'0.012/min", "check_rates"),
    "two rates at once": ("Rates", "Prefix", 4, "'44", "check_calls"),
    "durations that are rounded": ("Rates", "Duration rounding", 3, "up", "check_rates"),
}


REASONS = {
    "Started (UTC) is blank": ("Calls", "Started (UTC)", 1, ""),
    "Started (UTC) is text": ("Calls", "Started (UTC)", 1, "'2026-09-01T08:12:05Z"),
    "Started (UTC) is no date": ("Billed", "Started (UTC)", 1, "20260901"),
    "Seconds is blank": ("Calls", "Seconds", 1, ""),
    "Seconds is no number": ("Calls", "Seconds", 1, "'47"),
    "Seconds is below 0": ("Billed", "Seconds", 1, "-1"),
    "Seconds is below 1, as a time of day is": ("Calls", "Seconds", 1, "0.75"),
    "Seconds has more than 3 decimals, as a time has": ("Billed", "Seconds", 1, "1.96180555555556"),
    "Seconds is more than 9,999,999": ("Calls", "Seconds", 1, "1000000000000000"),
    "Billed minutes is a time of day": ("Billed", "Billed minutes", 2, "0.129166666666667"),
    "Billed minutes is more than 166,666": ("Billed", "Billed minutes", 1, "1000000000000000"),
    "Billed minutes is text": ("Billed", "Billed minutes", 1, "'1 min"),
    "Billed minutes is below 0": ("Billed", "Billed minutes", 1, "-1"),
    "Cost is text": ("Billed", "Cost", 1, "'0.0096 USD"),
    "Minutes is a time of day": ("Usage", "Minutes", 1, "1.06527777777778"),
    "First day lies after Last day": ("Usage", "First day", 1, "46296"),
    "A yellow cell of this row is an error": ("Calls", "From", 1, "=1/0"),
    "Cannot be read": ("Calls", "Seconds", 1, "=1/0"),
}


template = built_once(build)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_fails_its_check(fault: str, opened: Opened) -> None:
    table, header, row, text, check = FAULTS[fault]
    opened.type(opened.cell(table, header, row), text)
    assert opened.failing() >= {check, "check_all"}
    assert opened.value("Summary!B5") == "to check"
    assert "fail" in opened.value("How to use!A4")


@pytest.mark.parametrize("reason", REASONS)
def test_a_reason_says_what_is_wrong(reason: str, opened: Opened) -> None:
    table, header, row, text = REASONS[reason]
    opened.type(opened.cell(table, header, row), text)
    assert opened.value(opened.cell(table, "To check", row)).startswith(reason)


@pytest.mark.parametrize(
    ("row", "header", "text", "reason"),
    [
        (3, "Rate", "", "Row 7 of Rates: Rate is blank"),
        (3, "Rate", "-1", "Row 7 of Rates: Rate is below 0"),
        (4, "Prefix", "'44", "Rows 7 and 8 of Rates cover it equally well"),
    ],
)
def test_a_row_of_the_rate_card_is_named(
    row: int, header: str, text: str, reason: str, opened: Opened
) -> None:
    opened.type(opened.cell("Rates", header, row), text)
    assert opened.value(opened.cell("Calls", "To check", 1)).startswith(reason)


@pytest.mark.parametrize(
    ("table", "fields"),
    [
        ("Calls", calls.fields()),
        ("Billed", billed.fields()),
        ("Usage", usage.fields()),
        ("Rates", [*card.FIELDS]),
    ],
)
def test_a_row_that_was_inserted_without_formulas_is_seen(
    table: str, fields: list[Field], opened: Opened
) -> None:
    figures = [field.header for field in fields if isinstance(field, Figure)]
    opened.type(opened.cell(table, figures[-1], 3), "")
    assert f"check_formulas_{table.casefold()}" in opened.failing()


def test_nothing_fails_as_it_is_shipped(opened: Opened) -> None:
    assert opened.failing() == set()


@pytest.mark.parametrize(
    ("name", "text", "check"),
    [
        ("month", "46270", "check_settings"),
        ("month", "46327", "check_both_sides"),
        ("currency", "", "check_settings"),
        ("tolerance_amount", "-1", "check_settings"),
        ("decimals", "7", "check_settings"),
    ],
)
def test_a_setting_that_cannot_be(name: str, text: str, check: str, opened: Opened) -> None:
    opened.type(opened.named(name), text)
    assert opened.failing() >= {check, "check_all"}


def test_a_formula_that_was_typed_over_is_seen(opened: Opened) -> None:
    opened.type(opened.cell("Calls", "Expected cost", 1), "0")
    opened.type("Summary!D27", "0")
    assert "check_bridge" in opened.failing()


def test_a_call_without_a_price_is_never_shown_as_free(opened: Opened) -> None:
    """It is listed, with a blank price."""
    opened.type(opened.cell("Billed", "Cost", 11), "")
    opened.type(opened.cell("Billed", "Status", 12), "completed")
    opened.type(opened.cell("Billed", "Cost", 12), "")
    listed = {
        opened.value(f"Differences!C{row}"): opened.value(f"Differences!I{row}") for row in range(5, 13)
    }
    assert listed["C-2001"] in ("", None)


@pytest.mark.parametrize(("table", "row"), [("Billed", 1), ("Usage", 2)])
def test_the_summary_says_that_a_cost_lacks_what_has_no_price(table: str, row: int, opened: Opened) -> None:
    assert opened.value("Summary!E14") in ("", None)
    opened.type(opened.cell(table, "Cost", row), "")
    assert opened.value("Summary!E14") == "Without records that have no price yet: see their column To check."
    opened.type(opened.cell(table, "Currency", row), "EUR")
    assert opened.value("Summary!E14") in ("", None), "the totals are of one currency"


def test_a_difference_of_another_currency_says_which(opened: Opened) -> None:
    """The lists hold all currencies, the largest number first."""
    opened.type(opened.cell("Billed", "Cost", 12), "500")
    opened.type(opened.cell("Billed", "Currency", 12), "EUR")
    assert [opened.value(f"Differences!{column}4") for column in "IL"] == ["Billed cost", "Currency"]
    assert [opened.value(f"Differences!{column}5") for column in "CIL"] == ["C-2001", 500, "EUR"]
    assert opened.value("Differences!L6") == "USD"


def test_the_verdict_follows_the_tolerance(opened: Opened) -> None:
    assert opened.value("Summary!B5") == "out of balance"
    opened.type(opened.named("tolerance_minutes"), "100")
    opened.type(opened.named("tolerance_amount"), "1")
    assert opened.value("Summary!B5") == "within tolerance"


def test_usage_that_another_category_holds_in_part_is_said(opened: Opened) -> None:
    """Whether its days are in both or in one of them nobody can say: the command refuses such files."""
    opened.type(opened.cell("Usage", "Category", 2), "calls-outbound-mobile")
    assert opened.value(opened.cell("Usage", "To check", 2)) == ""
    opened.type(opened.cell("Usage", "Last day", 1), "2026-09-20")
    said = opened.value(opened.cell("Usage", "To check", 2))
    assert said == "calls-outbound, which contains it, has only some of its days"
    assert "check_usage" in opened.failing()


@pytest.mark.parametrize(
    ("table", "header", "text"),
    [
        ("Billed", "Cost", "-0.05"),
        ("Billed", "Billed minutes", "2"),
        ("Billed", "To", "'+44 20 7946 0011"),
        ("Calls", "Log price", "0.5"),
        ("Calls", "Seconds", "60"),
    ],
)
def test_a_row_that_says_one_thing_alone_is_no_blank_row(
    table: str, header: str, text: str, opened: Opened
) -> None:
    """Such as a fee or a credit without a call, at the end of a bill."""
    for one in (BILLED if table == "Billed" else CALLS).columns:
        opened.type(opened.cell(table, one.header, 13), "")
    said, check = opened.cell(table, "To check", 13), f"check_{table.casefold()}"
    assert (opened.value(said), opened.value(check)) == ("", True)
    opened.type(opened.cell(table, header, 13), text)
    assert opened.value(said).startswith("Started (UTC) is blank")
    assert opened.value(check) is False
