"""What people paste into the investigation by mistake: the right cause is named, and unknown is never 0."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from templates.blank.investigation import examples
from templates.blank.investigation.bill_figures import BAD_COST, BAD_MINUTES, BAD_SECONDS
from templates.blank.investigation.build import build
from templates.blank.investigation.columns import (
    COUNTED,
    NO_COST,
    NO_TIME,
    NOT_CHARGED,
    PRICE,
    SAME,
    UNKNOWN,
    UNREADABLE,
)
from templates.blank.investigation.copies import COPY, OTHER_COPY
from templates.blank.investigation.values import COST_UNKNOWN, Settings
from templates.inputs import BILLED
from templates.shared.tables import Row
from tests.templates.blank.planted import Opened, built_once
from tests.templates.blank.programs import in_ironcalc, in_office, stale, stored

ROW = 7
"""Of a call of 600 s: 10 min, 0.1580 by our terms, 0.1720 on the bill."""


template = built_once(build)


def billed_without(*headers: str) -> tuple[Row, ...]:
    return tuple({**row, **dict.fromkeys(headers)} for row in examples.BILLED)


@pytest.mark.parametrize("seconds", ["'10 min", "=1/0", "", "0.0069", "-5"])
def test_seconds_of_ours_that_cannot_be_read_are_no_matter_of_rates(seconds: str, opened: Opened) -> None:
    opened.type(opened.cell("Calls", "Seconds", ROW), seconds)
    opened.in_setting("call_chosen", "CA0007")
    assert opened.value(opened.cell("Calls", "Cause", ROW)) == NO_COST
    assert opened.value("our_formula").startswith("no cost: ")
    assert "what it should cost" in opened.value("says")
    assert (opened.value("check_costs"), opened.value("check_log_rates")) == (False, True)
    shown = {opened.value(f"Path!A{row}"): opened.value(f"Path!B{row}") for row in range(50, 72)}
    assert (shown["Seconds billed"], shown["Cost"]) == (UNKNOWN, UNKNOWN)
    assert "of which a side's cost or time is not known" in opened.value("conclusion")


@pytest.mark.parametrize("headers", [("Seconds", "Billed minutes"), ("Cost",), ("Seconds",)])
def test_what_no_record_says_is_unknown(headers: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    path.write_bytes(build(billed=billed_without(*headers)))
    assert stale(path, in_ironcalc(path)) == []
    assert stale(path, in_office(path)) == []
    opened = Opened(path)
    shown = {name: opened.value(f"total_their_{name}_said") for name in ("minutes", "cost")}
    assert (shown["minutes"] == UNKNOWN) == ("Billed minutes" in headers)
    assert opened.value("check_bill_times") is ("Billed minutes" not in headers)
    assert (shown["cost"] == UNKNOWN) == (headers == ("Cost",))
    assert opened.value("talked_match") == (UNKNOWN if "Seconds" in headers else "yes")
    kind = "rating issue" if headers == ("Seconds",) else COST_UNKNOWN
    assert opened.value("issue_said") == kind
    assert f"{kind}: " in opened.value("conclusion")
    assert (UNKNOWN in stored(path)["Text to send!A6"]) == (headers != ("Seconds",))


@pytest.mark.parametrize(
    ("minutes", "is_read"),
    [
        ("10", True),
        ("0.00694444444444444", False),  # 0:10:00, which is a time of day of 10 minutes
        ("0.416666666666667", False),  # 10:00, meant as minutes and seconds
        ("'10,0", False),
        ("-1", False),
        ("=1/0", False),
    ],
)
def test_times_for_billed_minutes_are_not_read(minutes: str, is_read: bool, opened: Opened) -> None:
    opened.type(opened.cell("Billed", "Billed minutes", ROW), minutes)
    assert opened.value(opened.cell("Billed", "Charged seconds", ROW)) == (600 if is_read else "")
    assert opened.value(opened.cell("Billed", "Problem", ROW)) == ("" if is_read else BAD_MINUTES)
    assert opened.value("check_bill_figures") is is_read
    assert opened.value(opened.cell("Calls", "Cause", ROW)) == (PRICE if is_read else NO_TIME)


@pytest.mark.parametrize(
    ("talked", "minutes", "is_read"),
    [(31, "0.6", True), (None, "0.6", True), (9, "0.15", True), (None, "0.15", False), (120, "0.15", False)],
)
def test_a_part_of_a_minute_is_read_where_it_can_be_told_from_a_time(
    talked: int | None, minutes: str, is_read: bool, tmp_path: Path
) -> None:
    record: Row = {
        "Call id": "X1",
        "Started (UTC)": datetime(2026, 9, 4, 8),
        "Status": "completed",
        "Seconds": talked,
        "Billed minutes": Decimal(minutes),
        "Cost": Decimal("0.01"),
        "Currency": "USD",
    }
    path = tmp_path / "template.xlsx"
    path.write_bytes(build(billed=(record, *examples.BILLED), settings=Settings(date(2026, 9, 1))))
    assert stale(path, in_ironcalc(path)) == []
    opened = Opened(path)
    assert opened.value(opened.cell("Billed", "Problem", 1)) == ("" if is_read else BAD_MINUTES)
    assert opened.value("check_bill_figures") is is_read


@pytest.mark.parametrize(
    ("header", "value", "said"),
    [
        ("Seconds", "'10:00", BAD_SECONDS),
        ("Seconds", "0.0069", BAD_SECONDS),
        ("Cost", "'0.172", BAD_COST),
        ("Cost", "=1/0", BAD_COST),
        ("Cost", "1000000000000000", BAD_COST),
        ("Call id", "=1/0", UNREADABLE),
        ("Currency", "=1/0", UNREADABLE),
    ],
)
def test_what_is_wrong_with_a_record_stands_beside_it(
    header: str, value: str, said: str, opened: Opened
) -> None:
    opened.type(opened.cell("Billed", header, ROW), value)
    assert opened.value(opened.cell("Billed", "Problem", ROW)) == said
    assert opened.value("check_all") is False
    assert opened.value("path_hour") == 14


def test_the_time_that_the_bill_leaves_out_is_no_difference(opened: Opened) -> None:
    for header in ("Seconds", "Billed minutes"):
        opened.type(opened.cell("Billed", header, 4), "")
    assert opened.value(opened.cell("Calls", "Cause", 4)) == SAME
    assert opened.value(opened.cell("Calls", "Time apart (s)", 4)) == 0


def test_a_call_that_was_not_answered_and_costs_something_is_in_the_bill_s_total(opened: Opened) -> None:
    """That it is charged is what the investigation is to find."""
    total, rest = opened.value("total_their_cost"), opened.value(opened.cell("Billed", "Step", 1))
    opened.type(opened.cell("Billed", "Status", 1), "no-answer")
    assert opened.value(opened.cell("Billed", "Charged", 1)) == "no"
    assert opened.value(opened.cell("Billed", "Step", 1)) == rest == COUNTED
    assert opened.value("total_their_cost") == total
    opened.type(opened.cell("Billed", "Cost", 1), "0")
    assert opened.value(opened.cell("Billed", "Step", 1)) == NOT_CHARGED


@pytest.mark.parametrize(
    ("table", "header", "value"),
    [
        ("Calls", "Status", "in-progress"),  # exported before it ended, and again
        ("Calls", "Seconds", "0"),
        ("Calls", "Started (UTC)", "2026-08-02"),  # ids that a switch counts anew
        ("Billed", "Cost", "0.5"),
        ("Billed", "Billed minutes", "9"),
        ("Billed", "Started (UTC)", "2026-08-02"),
    ],
)
def test_rows_of_one_id_that_differ_are_no_copies(
    table: str, header: str, value: str, tmp_path: Path
) -> None:
    """Which of them holds only a person knows: the first may be of before the call ended."""
    calls, billed = ((*rows, rows[0]) for rows in (examples.CALLS, examples.BILLED))
    path = tmp_path / "template.xlsx"
    path.write_bytes(build(examples.example(calls), billed, Settings(date(2026, 9, 1))))
    assert stale(path, in_ironcalc(path)) == []
    opened = Opened(path)
    step = opened.cell(table, "Step", len(calls if table == "Calls" else billed))
    assert (opened.value(step), opened.value("check_copies")) == (COPY, True)
    opened.type(opened.cell(table, header, 1), value)
    assert (opened.value(step), opened.value("check_copies")) == (OTHER_COPY, False)


def test_a_call_of_the_last_moment_of_an_hour_is_of_that_hour(tmp_path: Path) -> None:
    """To the millisecond, as exports have it, and not of the midnight after it."""
    rows = {}
    for name, table in (("calls", examples.CALLS), ("billed", examples.BILLED)):
        rows[name] = [dict(row) for row in table]
        rows[name][ROW - 1]["Started (UTC)"] = datetime(2026, 9, 15, 23, 59, 59, 999_000)
        rows[name][0]["Started (UTC)"] = datetime(2026, 9, 2, 13, 59, 59, 999_000)
    path = tmp_path / "template.xlsx"
    path.write_bytes(
        build(examples.example(tuple(rows["calls"])), rows["billed"], Settings(date(2026, 9, 1)))
    )
    assert "started 2026-09-15 23:59:59 UTC" in str(stored(path)["Text to send!A11"])
    assert stale(path, in_office(path)) == stale(path, in_ironcalc(path)) == []
    opened = Opened(path)
    assert [opened.value(opened.cell("Calls", "Hour", row)) for row in (1, ROW)] == [13, 23]


@pytest.mark.parametrize("header", ["Cost", "Billed minutes", "Seconds"])
def test_a_record_that_says_one_thing_alone_is_no_blank_row(header: str, opened: Opened) -> None:
    last = len(examples.BILLED)
    for one in BILLED.columns:
        opened.type(opened.cell("Billed", one.header, last), "")
    assert opened.value("check_bill_rows") is True
    opened.type(opened.cell("Billed", header, last), "2")
    assert opened.value("check_bill_rows") is False
