"""The template of disputes: any disputes are calculated as the dispute report has them, faults are seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from addin.disputes.reasons import REASONS
from addin.disputes.records import ACCEPTED, OPEN, REJECTED, SETTLED, STATUSES, Dispute, Entered
from addin.disputes.totals import total_of
from templates.blank.dispute import build
from templates.blank.dispute.example import EXAMPLE, Rows, dispute
from tests.templates.blank.planted import Opened, built_once
from tests.templates.blank.programs import in_ironcalc, in_office, stale, stored
from tests.validator.validate import problems


def at_random(seed: int, count: int = 30) -> Rows:
    """Disputes with whatever people may enter, right or not."""
    random = Random(seed)
    as_of = date(2026, 10, 20)

    def one(number: int) -> Dispute:
        billed = Decimal(random.randrange(1, 100_000)) / 10 ** random.choice((2, 4, 5))
        expected = random.choice((Decimal(0), billed / 2, billed + 1))
        credited = random.choice((None, None, billed - expected, Decimal("0.01"), billed))
        entered = Entered(
            random.choice(STATUSES),
            random.choice((None, date(2026, 10, 1))),
            None if credited is None else abs(credited),
        )
        kind = random.choice([*REASONS, "Billed by mistake"])
        opened = as_of - timedelta(days=random.choice((-1, 0, 30, 31, 60, 61, 90, 91, 400)))
        sides = str(billed), str(expected)
        unit = random.choice(("USD", "EUR", "GBP"))
        return dispute(
            f"D*{number}?", opened, kind, sides, entered, opened, unit=unit, place=f"b.csv:{number}"
        )

    return Rows(as_of, tuple(map(one, range(count))), currency="EUR")


def built(rows: Rows, folder: Path) -> Path:
    path = folder / "disputes.xlsx"
    path.write_bytes(build(rows))
    return path


@pytest.mark.parametrize("seed", range(4))
def test_any_disputes(seed: int, tmp_path: Path) -> None:
    path = built(at_random(seed), tmp_path)
    assert stale(path, in_ironcalc(path)) == []


def test_in_libreoffice(tmp_path: Path) -> None:
    path = built(at_random(9, 60), tmp_path)
    assert stale(path, in_office(path)) == []
    assert problems(path) == []


@pytest.mark.parametrize(
    "rows",
    [
        replace(EXAMPLE, disputes=EXAMPLE.disputes[:3]),
        replace(EXAMPLE, currency="EUR"),
        replace(EXAMPLE, currency="GBP"),
        replace(EXAMPLE, account=""),
    ],
    ids=["nothing open", "nothing open in the currency", "a currency without disputes", "no account"],
)
def test_letters_of_all_kinds(rows: Rows, tmp_path: Path) -> None:
    path = built(rows, tmp_path)
    assert stale(path, in_ironcalc(path)) == []


def test_sums_are_those_of_the_dispute_report(tmp_path: Path) -> None:
    rows = at_random(1)
    shown = stored(built(rows, tmp_path))
    units = {shown[f"Summary!A{row}"]: row for row in range(8, 12) if shown.get(f"Summary!A{row}")}
    assert set(units) == {"USD", "EUR", "GBP"}
    for unit, row in units.items():
        total = total_of(one for one in rows.disputes if one.unit == unit)
        figures = (total.count, total.question, total.credited, total.outstanding, total.given_up)
        assert [shown[f"Summary!{column}{row}"] for column in "BCDEF"] == [float(one) for one in figures]


FAULTS = {
    "no billed amount": ("Billed", ""),
    "no expected amount": ("Expected", ""),
    "an amount as text": ("Billed", "'0.036 USD"),
    "an error": ("Expected", "=1/0"),
    "no currency": ("Unit", ""),
    "a status that nobody knows": ("Status", "maybe"),
    "a credit as text": ("Amount credited", "'half"),
    "a credit below 0": ("Amount credited", "-1"),
    "a credit beyond the dispute": ("Amount credited", "5"),
    "no opening day": ("Opened on", ""),
    "an opening day as text": ("Opened on", "'12 August"),
    "an opening day to come": ("Opened on", "47000"),
    "nothing in question": ("Expected", "1"),
    "no call": ("Call id", ""),
    "no day of the answer": ("Status date", ""),
}


template = built_once(lambda: build(EXAMPLE))


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_fails_its_check(fault: str, opened: Opened) -> None:
    header, text = FAULTS[fault]
    opened.type(opened.cell("Disputes", header, 1), text)
    assert opened.failing() >= {"check_disputes", "check_all"}
    assert opened.value("Letter!A1").startswith("Do not send: ")


def test_the_same_dispute_twice_and_rows_below_the_table(opened: Opened) -> None:
    for header in ("Call id", "Date", "Reason", "Unit"):
        opened.type(opened.cell("Disputes", header, 1), f"={opened.cell('Disputes', header, 4)}")
    assert "check_disputes" in opened.failing()
    opened.type(opened.cell("Disputes", "Billed", 11), "1")
    assert "check_below_disputes" in opened.failing()


@pytest.mark.parametrize(
    ("name", "text", "check"),
    [
        ("as_of", "'soon", "check_settings"),
        ("as_of", "20260930", "check_settings"),
        ("answer_days", "0.5", "check_settings"),
        ("provider", "", "check_settings"),
        ("currency", "GBP", "check_letter"),
    ],
)
def test_a_setting_that_cannot_be(name: str, text: str, check: str, opened: Opened) -> None:
    opened.type(opened.named(name), text)
    assert opened.failing() >= {check, "check_all"}


def test_the_letter_follows_what_is_entered(opened: Opened) -> None:
    def paragraphs() -> str:
        return " ".join(str(opened.value(f"Letter!A{row}") or "") for row in range(1, 36))

    assert "In question are 0.0620 USD for 5 charges." in paragraphs()
    assert "already accepted 1 charge " in paragraphs()
    opened.type(opened.cell("Disputes", "Status", 4), ACCEPTED)
    opened.type(opened.cell("Disputes", "Status date", 4), "46310")
    assert "In question are 0.0450 USD for 4 charges." in paragraphs()
    assert "already accepted 2 charges " in paragraphs()
    for row in range(5, 9):
        opened.type(opened.cell("Disputes", "Status", row), REJECTED)
    assert "Nothing is in dispute as of 2026-10-20: there is no letter to write." in paragraphs()
    opened.type(opened.named("as_of"), "46400")
    assert "as of 2027-01-13:" in paragraphs()


def test_ages_follow_the_day_that_is_set(opened: Opened) -> None:
    at = opened.cell("Disputes", "Age, days", 4)
    assert opened.value(at) == 15
    opened.type(opened.named("as_of"), "46400")
    assert opened.value(at) == 100
    assert opened.value(opened.cell("Disputes", "Age bucket", 4)) == "over 90 days"


def test_its_statuses_are_those_of_the_report() -> None:
    assert {one.status for one in EXAMPLE.disputes} == {OPEN, ACCEPTED, SETTLED, REJECTED}
