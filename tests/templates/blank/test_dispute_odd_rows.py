"""What people paste into the disputes by mistake: the row says what is wrong, and no letter is to be sent."""

from __future__ import annotations

import pytest

from addin.disputes import checks
from templates.blank.dispute import build
from templates.blank.dispute.table import EARLY, LATE, NO_DATE, TWICE
from templates.shared.columns import AN_ERROR
from tests.templates.blank.planted import Opened, built_once

OPEN_ROW, SETTLED_ROW = 4, 2
_TOO_LARGE = "An amount of a billion or more cannot be added exactly"
_NO_CODE = "Unit is no currency of three letters, such as USD"
_BELOW = "Billed or expected is below 0"
_NOT_OPENED = "Opened on is missing or no date"


template = built_once(build)


@pytest.mark.parametrize(
    ("row", "header", "value", "said"),
    [
        (OPEN_ROW, "Expected", "-5", _BELOW),  # would claim 5 more than was billed
        (OPEN_ROW, "Billed", "1000000000000000", _TOO_LARGE),
        (SETTLED_ROW, "Amount credited", "1000000000000000", _TOO_LARGE),
        (SETTLED_ROW, "Amount credited", "5", checks.TOO_MUCH),
        (OPEN_ROW, "Unit", "'USD ", _NO_CODE),
        (OPEN_ROW, "Unit", "840", _NO_CODE),
        (OPEN_ROW, "Unit", "min", _NO_CODE),
        (OPEN_ROW, "Reason", "", "Reason is missing"),
        (OPEN_ROW, "Date", "'2 September", "Date is no date"),
        (OPEN_ROW, "Opened on", "20261005", _NOT_OPENED),
        (OPEN_ROW, "Opened on", "1.5", _NOT_OPENED),
        (SETTLED_ROW, "Status date", "'30 September", NO_DATE),
        (OPEN_ROW, "Status date", "'soon", NO_DATE),
        (SETTLED_ROW, "Status date", "46000", EARLY),
        (SETTLED_ROW, "Status date", "47000", LATE),
        (OPEN_ROW, "Place in the bill", "=1/0", AN_ERROR),
        (OPEN_ROW, "Call id", "=1/0", AN_ERROR),
        (OPEN_ROW, "Billed", "=1/0", AN_ERROR),
    ],
)
def test_the_row_says_what_is_wrong(row: int, header: str, value: str, said: str, opened: Opened) -> None:
    opened.type(opened.cell("Disputes", header, row), value)
    assert opened.value(opened.cell("Disputes", "To check", row)) == said
    assert "check_disputes" in opened.failing()
    number = opened.value("checks_failing")
    fails = "1 check fails" if number == 1 else f"{number:.0f} checks fail"
    assert opened.value("Letter!A1") == f"Do not send: {fails}. The sheet Checks says what to do."


@pytest.mark.parametrize("written", ["c-1003", "'C-1003 "])
def test_the_same_dispute_in_another_spelling(written: str, opened: Opened) -> None:
    for header in ("Date", "Reason"):
        opened.type(opened.cell("Disputes", header, 5), f"={opened.cell('Disputes', header, OPEN_ROW)}")
    opened.type(opened.cell("Disputes", "Call id", 5), written)
    assert opened.value(opened.cell("Disputes", "To check", 5)) == TWICE


def test_a_sign_that_stands_for_any_makes_no_two_disputes_one(opened: Opened) -> None:
    for header in ("Date", "Reason"):
        opened.type(opened.cell("Disputes", header, 5), f"={opened.cell('Disputes', header, OPEN_ROW)}")
    opened.type(opened.cell("Disputes", "Call id", 5), "C-*")
    assert opened.value(opened.cell("Disputes", "To check", 5)) == ""


def test_a_row_without_call_and_amounts_is_no_blank_one(opened: Opened) -> None:
    for header in ("Call id", "Reason", "Billed", "Expected"):
        opened.type(opened.cell("Disputes", header, SETTLED_ROW), "")
    assert opened.value(opened.cell("Disputes", "To check", SETTLED_ROW)) != ""
    assert "check_disputes" in opened.failing()


def test_a_row_that_lacks_formulas_fails_a_check(opened: Opened) -> None:
    opened.type(opened.cell("Disputes", "Unit order", OPEN_ROW), "")
    assert "check_formulas_disputes" in opened.failing()


@pytest.mark.parametrize("status", ["settled", "rejected", "open"])
@pytest.mark.parametrize(
    ("billed", "expected", "credited"),
    [("876543210.3", "0.2", "876543210.1"), ("0.0123456789", "0.0000000012", "0.0123456777")],
)
def test_what_is_credited_in_full_leaves_nothing_at_any_size(
    billed: str, expected: str, credited: str, status: str, opened: Opened
) -> None:
    """Beyond their 15th digit the differences of large amounts are noise."""
    typed = {"Billed": billed, "Expected": expected, "Amount credited": credited, "Status": status}
    for header, text in typed.items():
        opened.type(opened.cell("Disputes", header, SETTLED_ROW), text)
    shown = {
        header: opened.value(opened.cell("Disputes", header, SETTLED_ROW))
        for header in ("In question", "Outstanding", "Given up", "To check")
    }
    assert shown["In question"] == float(credited)
    assert (shown["Outstanding"], shown["Given up"]) == (0, 0)
    assert checks.TOO_MUCH not in shown["To check"]
