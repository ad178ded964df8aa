"""Every check of every template can fail: for each of them a fault is planted that a person may plant, too.

Most stand beside the tests of their template, the others here; a check without any fails the first test.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from templates.blank.billing_report.build import build as billing_report
from templates.blank.investigation import examples
from templates.blank.investigation.build import build as investigation
from templates.blank.investigation.listed import MOST
from templates.shared.tables import Row
from tests.templates.blank import (
    test_billing_report,
    test_investigation_template,
    test_rating,
    test_storage,
)
from tests.templates.blank.planted import Opened
from tests.templates.blank.reconciliation import test_faults

TEMPLATES = Path(__file__).parents[3] / "templates"
BESIDE: Mapping[str, set[str]] = {
    "rating": {*test_rating.FAULTS},
    "storage": {*test_storage.FAULTS},
    "billing-report": {*test_billing_report.FAULTS},
    "investigation": {*test_investigation_template.FAULTS},
    "reconciliation": {fault[-1] for fault in test_faults.FAULTS.values()},
    "dispute": set(),
}
"""The checks whose faults stand beside the other tests of their template."""

Fault = tuple[str, str] | tuple[str, str, int, str]
"""A named cell or one such as Summary!B9, or a column and a row of a table; and what is typed there."""
FAULTS: dict[str, Fault] = {
    "rating check_formulas_calls": ("Calls", "Units", 3, ""),
    "rating check_formulas_rates": ("Rates", "Rank back", 3, ""),
    "rating check_status_words": ("Statuses", "Charged", 1, "perhaps"),
    "rating check_parts": ("Summary!B8", "8"),
    "billing-report check_type_words": ("Types", "Table", 1, "perhaps"),
    "billing-report check_results": ("Agents!H6", "0.04"),
    "billing-report check_countries": ("By country!I6", "0.2"),
    "billing-report check_teams": ("By team!I6", "0.2"),
    "billing-report check_total": ("Summary!D11", "0.08"),
    "billing-report check_roster_table": ("Roster", "Agent", 30, "zoe"),
    "investigation check_ids": ("Calls", "Call id", 2, ""),
    "investigation check_dates": ("Calls", "Started (UTC)", 2, "'2 September"),
    "investigation check_status_words": ("Statuses", "Charged", 1, "perhaps"),
    "investigation check_directions": ("Calls", "Direction", 2, "sideways"),
    "investigation check_below_calls": ("Calls", "Call id", 60, "pasted below"),
    "investigation check_below_rates": ("Rates", "Prefix", 30, "49"),
    "investigation check_formulas_rates": ("Rates", "Rank back", 2, ""),
    "investigation check_bill_times": ("Billed", "Billed minutes", 2, "'90 s"),
    "investigation check_copies": ("Calls", "Call id", 2, "CA0001"),
    "investigation check_days_calls": ("Days!B6", "9"),
    "investigation check_days_ours": ("Calls", "Day", 2, "46000"),
    "investigation check_days_theirs": ("Billed", "Day", 2, "46000"),
    "investigation check_parts": ("part_cost_2", "0"),
    "investigation check_minutes_x_rate": ("Calls", "Fee paid", 2, "5"),
    "investigation check_call": ("call_chosen", "nobody"),
    "reconciliation check_below_rates": ("Rates", "Prefix", 30, "49"),
    "reconciliation check_below_usage": ("Usage", "Category", 30, "calls"),
    "reconciliation check_formulas_calls": ("Calls", "Weight", 3, ""),
    "reconciliation check_formulas_billed": ("Billed", "Weight", 3, ""),
    "reconciliation check_formulas_usage": ("Usage", "Holder", 2, ""),
    "reconciliation check_formulas_rates": ("Rates", "Rank back", 3, ""),
    "reconciliation check_amounts": ("Calls", "Expected cost", 1, "'0.0096 USD"),
    "reconciliation check_bridge": ("Summary!D27", "0.5"),
    "reconciliation check_calls_counted": ("Calls", "Started (UTC)", 1, "'1 September"),
    "reconciliation check_billed_counted": ("Billed", "Started (UTC)", 1, "'1 September"),
    "reconciliation check_days": ("By day!B5", "7"),
    "reconciliation check_categories": ("Billed", "Direction", 1, "sideways"),
    "reconciliation check_settings": ("tolerance_amount", "few"),
    "reconciliation check_both_sides": ("month", "2026-12-01"),
    "dispute check_disputes": ("Disputes", "Reason", 1, ""),
    "dispute check_amounts": ("Disputes", "In question", 1, "'0.5 USD"),
    "dispute check_formulas_disputes": ("Disputes", "In question", 1, ""),
    "dispute check_below_disputes": ("Disputes", "Call id", 60, "pasted below"),
    "dispute check_counted": ("Disputes", "Unit", 1, ""),
    "dispute check_sums": ("Disputes", "State", 1, "'lost"),
    "dispute check_settings": ("answer_days", "soon"),
    "dispute check_letter": ("currency", "GBP"),
}


def many_campaigns() -> bytes:
    """More than the sheet Campaigns has rows for."""
    fixed: Row = {"Type": "dialer", "Billed (UTC)": datetime(2026, 9, 3), "Cost": 1, "Currency": "USD"}
    charges = [
        {**fixed, "Call id": f"x{one}", "Agent": "ann", "Campaign ID": f"c{one}"} for one in range(201)
    ]
    return billing_report(charges)


def many_calls_of_an_hour() -> bytes:
    """More than the sheet Calls of the hour has rows for, all of them unknown to the log."""
    extra = [{**examples.BILLED[0], "Call id": f"x{one}"} for one in range(MOST + 1)]
    return investigation(billed=(*examples.BILLED, *extra))


LONG: Mapping[str, Callable[[], bytes]] = {
    "billing-report check_lists": many_campaigns,
    "investigation check_listed": many_calls_of_an_hour,
}
"""Faults of many rows."""


def shipped(template: str) -> Path:
    return TEMPLATES / f"{template}.xlsx"


@pytest.mark.parametrize("template", BESIDE)
def test_each_check_has_a_planted_fault(template: str) -> None:
    names = {name for name in load_workbook(shipped(template)).defined_names if name.startswith("check_")}
    here = {name.split()[1] for name in (*FAULTS, *LONG) if name.split()[0] == template}
    assert names - BESIDE[template] - here == {"check_all"}
    assert here - names == set()


def test_there_is_no_other_template() -> None:
    assert {path.stem for path in TEMPLATES.glob("*.xlsx")} == {*BESIDE}


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_fails_its_check(name: str) -> None:
    template, check = name.split()
    opened = Opened(shipped(template))
    assert opened.value(check) is True
    *where, text = FAULTS[name]
    if len(where) == 1:
        opened.type(where[0] if "!" in where[0] else opened.named(where[0]), text)
    else:
        opened.type(opened.cell(*where), text)
    assert opened.failing() >= {check, "check_all"}


@pytest.mark.parametrize("name", LONG)
def test_more_rows_than_a_sheet_holds_fail_its_check(name: str, tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    path.write_bytes(LONG[name]())
    assert Opened(path).failing() >= {name.split()[1], "check_all"}
