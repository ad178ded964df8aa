"""What people paste into the billing report by mistake: it is right, or it is said beside the row."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from templates.blank.billing_report.build import build
from templates.blank.billing_report.words import NO_NUMBER, NO_SECONDS, TWIN, UNKNOWN, UNREADABLE
from templates.shared.tables import Row
from tests.templates.blank.planted import Opened, built_once
from tests.templates.blank.programs import in_ironcalc, stale, stored

ROW = 5
"""Of a dialer charge of 0.1470 USD and 372 s, within the period."""


def charge(number: int, **given: object) -> Row:
    fixed = {"Call id": f"x{number}", "Type": "manual", "Billed (UTC)": datetime(2026, 9, 3)}
    amount = {"Cost": Decimal("0.01"), "Currency": "USD", "Agent": "ann"}
    return {**fixed, **amount, **given}  # type: ignore[dict-item]


template = built_once(build)


def test_minutes_of_charges_without_a_duration_are_unknown(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    path.write_bytes(build((charge(1), charge(2, Agent="bob"), charge(3, Agent="bob", Seconds=60))))
    assert stale(path, in_ironcalc(path)) == []
    shown = stored(path)
    assert shown["Agents!G4"] == "Minutes (min)"
    assert {shown[f"Agents!B{row}"]: shown[f"Agents!G{row}"] for row in (6, 7)} == {"bob": 1, "ann": UNKNOWN}
    assert {shown[f"Agents!B{row}"]: shown[f"Agents!F{row}"] for row in (6, 7)} == {"bob": 1, "ann": 1}
    assert shown["Agents!G5"] == shown["Summary!C14"] == 1
    path.write_bytes(build((charge(1), charge(2, Agent="bob"))))
    assert stale(path, in_ironcalc(path)) == []
    assert stored(path)["Agents!G5"] == stored(path)["Summary!C14"] == UNKNOWN


def test_two_charges_of_one_id_and_type_both_count_and_are_named(tmp_path: Path) -> None:
    """As the command names them: a call may be charged twice, or one charge was corrected."""
    rows = (
        charge(1),
        charge(1, **{"Call id": " X1\u00a0", "Cost": Decimal("0.02")}),
        charge(1),
        charge(1, Type="amd", **{"Campaign ID": "c"}),
        charge(2),
    )
    path = tmp_path / "template.xlsx"
    path.write_bytes(build(rows))
    assert stale(path, in_ironcalc(path)) == []
    opened = Opened(path)
    said = [opened.value(opened.cell("Charges", "Remark", row)) for row in range(1, 6)]
    outcomes = [opened.value(opened.cell("Charges", "Outcome", row)) for row in range(1, 6)]
    assert [TWIN in str(one) for one in said] == [False, True, False, False, False]
    assert outcomes == ["counted", "counted", "copy", "counted", "counted"]
    assert opened.value("total_cost") == pytest.approx(0.05)
    assert opened.value("check_twins") is False


@pytest.mark.parametrize("header", ["Call id", "Type", "Agent", "Campaign ID", "Country", "Currency"])
def test_an_error_costs_its_row_and_no_other(header: str, opened: Opened) -> None:
    opened.type(opened.cell("Charges", header, ROW), "=1/0")
    assert opened.value(opened.cell("Charges", "Outcome", ROW)) == UNREADABLE
    assert opened.failing() == {"check_readable", "check_all"}
    assert opened.value("total_cost") == pytest.approx(0.2916 - 0.147)


def test_seconds_that_are_an_error_cost_the_minutes_alone(opened: Opened) -> None:
    opened.type(opened.cell("Charges", "Seconds", ROW), "=1/0")
    assert opened.value(opened.cell("Charges", "Remark", ROW)) == NO_SECONDS
    assert opened.value("Summary!C14") == pytest.approx((770 - 372) / 60)
    assert opened.failing() == {"check_seconds", "check_all"}


@pytest.mark.parametrize("cost", ["1000000000000000", "-1000000000", "=1/0"])
def test_a_cost_that_cannot_be_added_is_left_out(cost: str, opened: Opened) -> None:
    opened.type(opened.cell("Charges", "Cost", ROW), cost)
    assert opened.value(opened.cell("Charges", "Problem", ROW)) == NO_NUMBER
    assert opened.failing() == {"check_cost", "check_all"}
    assert opened.value("total_cost") == pytest.approx(0.2916 - 0.147)


@pytest.mark.parametrize("seconds", ["-5", "10000000", "0.0009"])
def test_seconds_that_cannot_be_are_in_no_minutes(seconds: str, opened: Opened) -> None:
    opened.type(opened.cell("Charges", "Seconds", ROW), seconds)
    assert opened.value(opened.cell("Charges", "Remark", ROW)) == NO_SECONDS
    assert opened.failing() == {"check_seconds", "check_all"}


def test_another_currency_is_not_added_to_what_is_left_out_for_another_reason(opened: Opened) -> None:
    assert (opened.value("Summary!A28"), opened.value("Summary!C28")) == ("billed before the period", 0.133)
    opened.type(opened.cell("Charges", "Currency", 1), "EUR")
    assert opened.value("Summary!B28") == 2
    assert opened.value("Summary!C28") == pytest.approx(0.105)


def test_more_names_than_a_page_prints_are_said(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    path.write_bytes(build([charge(number, Agent=f"agent {number}") for number in range(60)]))
    assert stale(path, in_ironcalc(path)) == []
    assert "of 60 rows" in stored(path)["Agents!A3"]
    assert "Campaigns!A3" not in stored(path)
