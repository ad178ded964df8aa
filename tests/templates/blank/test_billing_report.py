"""The template of a billing report: as its programs calculate it, and beside the report of the add-in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest

from addin.billing.billing import Billing, bill
from addin.billing.choices import Choices
from addin.billing.lines import AMD, DIALER, MANUAL
from addin.billing.people import folded
from addin.records import read_records
from addin.records.call import Charge, User
from templates.blank.billing_report import examples as shipped
from templates.blank.billing_report.build import build
from templates.blank.billing_report.model import Model, minutes, total
from templates.blank.billing_report.rows import Settings
from templates.blank.billing_report.workings import BLOCKS
from templates.inputs import CHARGES, ROSTER
from templates.shared.tables import Row
from tests.billing.make import charge, user
from tests.templates.blank.planted import Opened, without_values
from tests.templates.blank.programs import in_ironcalc, in_office, stale, stored
from tests.validator.validate import problems

JUNE = Settings(date(2026, 6, 1), "USD", ("US", "gb"))
ODD = (
    "=cmd()",
    "0042",
    "a*b",
    "a?b",
    "axb",
    "~x",
    "+1",
    "2026-06",
    "TRUE",
    ">5",
    'say "x"',
    "Ünal",
    "^0",
    "ANN ",
)
"""Names that programs read as formulas, numbers, dates, wildcards or operators; and one in another case."""


def rows_of(charges: Sequence[Charge]) -> list[Row]:
    return [{column.header: _given(column.of(one)) for column in CHARGES.columns} for one in charges]


def roster_of(users: Sequence[User]) -> list[Row]:
    return [{column.header: _given(column.of(one)) for column in ROSTER.columns} for one in users]


def _given(value: Any) -> Any:
    return None if value == "" else value


def some(seed: int, count: int) -> tuple[list[Charge], list[User]]:
    """Charges of all kinds, within and around a month, some of them copies."""
    random = Random(seed)
    names = ["ann", "Bob", "cy", *ODD]
    users = [
        user(name, *random.choice([("Sales",), ("Support", "Sales"), ()]))
        for name in ["ann", "Bob", *ODD[:9]]
    ]
    charges: list[Charge] = []
    for _ in range(count):
        kind = random.choice(["manual", "click_to_call", "dialer", "dialer", "amd", "inbound", "other word"])
        day = random.choice(
            ["2026-05-31 23:59:59", "2026-06-01 00:00", "2026-06-30 23:59:59", "2026-07-01 00:00"]
        )
        moment = random.choice([day, f"2026-06-{random.randint(1, 30):02} {random.randint(0, 23):02}:15"])
        charges.append(
            charge(
                random.choice(
                    [f"{random.randint(-9, 99999)}e-6", "0.1", f"{random.randint(0, 10**6)}e-4", None]
                ),
                random.choice([*names, ""]),
                kind=kind if kind in ("manual", "click_to_call", "dialer", "amd") else "",
                kind_written=kind,
                billed=random.choice([moment] * 9 + [None]),
                campaign_id=random.choice(["7", "8", "a*", ""]) if kind in ("dialer", "amd") else "",
                country=random.choice(["US", "GB", "gb", "IE", ""]),
                duration_ms=random.choice([None, random.randint(0, 10**6)]),
                currency=random.choice(["USD"] * 9 + ["EUR"]),
            )
        )
        if random.random() < 0.1:
            charges.append(replace(random.choice(charges)))
    return charges, users


def build_file(folder: Path, charges: Sequence[Row], roster: Sequence[Row], settings: Settings) -> Path:
    path = folder / "template.xlsx"
    path.write_bytes(build(charges, roster, settings))
    return path


def test_random_charges_are_what_programs_calculate(tmp_path: Path) -> None:
    charges, users = some(5, 150)
    path = build_file(tmp_path, rows_of(charges), roster_of(users), JUNE)
    assert stale(path, in_ironcalc(path)) == []
    assert stale(path, in_office(path)) == []
    assert problems(path) == []


def test_a_long_file_without_values_is_calculated(examples: Path, tmp_path: Path) -> None:
    """LibreOffice takes long chains of formulas for circles, where columns ask those on their right."""
    records = read_records([examples / "billing" / name for name in ("charges.csv", "roster.csv")])
    september = replace(JUNE, month=date(2026, 9, 1))
    path = build_file(tmp_path, rows_of(records.charges), roster_of(records.roster), september)
    without_values(path, tmp_path / "bare.xlsx")
    assert stored(tmp_path / "bare.xlsx").keys() < stored(path).keys()
    assert stale(path, in_office(tmp_path / "bare.xlsx")) == []


def test_no_charges_are_no_error(tmp_path: Path) -> None:
    """One blank row, in LibreOffice: a table of one row is too small for IronCalc's COUNTIFS."""
    path = build_file(tmp_path, [], [], replace(JUNE, countries=()))
    assert stale(path, in_office(path)) == []
    assert stored(path)["How to use!A4"] == "All checks pass"


def test_other_days_than_those_of_a_month(tmp_path: Path) -> None:
    charges, users = some(7, 40)
    days = replace(JUNE, from_day=date(2026, 6, 10), to_day=date(2026, 7, 1))
    path = build_file(tmp_path, rows_of(charges), roster_of(users), days)
    assert stale(path, in_office(path)) == []
    assert "2026-06-10 to 2026-07-01" in stored(path)["Summary!A3"]


@pytest.mark.parametrize("seed", range(20))
def test_it_says_what_the_report_says(seed: int) -> None:
    """The same charges, everyone chosen: the tables, teams, countries and months are the same."""
    charges, users = some(seed, 120)
    charges = [one for one in charges if one.currency == "USD"]
    model = Model(rows_of(charges), roster_of(users), JUNE)
    report = report_on(charges, users)
    book = report.books[0]
    for table, name in ((MANUAL, MANUAL), (DIALER, DIALER), (AMD, AMD)):
        ours = names_of(model, table)
        theirs = next(one for one in book.tables if one.name == name)
        assert ours == {folded(row.label): (row.charges, row.total) for row in theirs.rows}
    assert names_of(model, "Team") == {folded(one.name): (one.charges, one.total) for one in book.teams}
    assert total(model.counted) == Fraction(book.total)
    for split in book.months:
        its = [one for one in model.charges if one.month == split.month]
        assert (len(its), total(its)) == (split.charges, Fraction(split.total))
    assert [one.outcome for one in model.charges] == [line.outcome for line in report.lines]


def report_on(charges: Sequence[Charge], users: Sequence[User]) -> Billing:
    choices = Choices(first_day="2026-06-01", last_day="2026-06-30", everyone=True, countries=("US", "GB"))
    return bill(charges, users, choices)


def names_of(model: Model, block: str) -> dict[str, tuple[int, Decimal]]:
    """By the name as it is compared: how many charges, what they cost."""
    found = {}
    for name in BLOCKS[block].found(model):
        its = model.of(BLOCKS[block].name, name.key)
        label = name.first.team if block == "Team" else name.first.row
        found[folded(label)] = (len(its), Decimal(name.cost.numerator) / Decimal(name.cost.denominator))
    return found


def test_the_shipped_rows_are_what_the_report_says() -> None:
    """Countries, which the report tells by number where the charges do not say them, included."""
    path_rows = [dict(row) for row in shipped.CHARGES]
    model = Model(path_rows, shipped.ROSTER, shipped.SETTINGS)
    assert total(model.counted) == Fraction("0.2916")
    assert minutes(model.counted) == Fraction(770, 60)
    assert [one.outcome for one in model.charges if one.outcome != "counted"] == [
        "billed before the period", "billed before the period", "copy", "billed after the period",
        "in none of the tables",
    ]  # fmt: skip


FAULTS = {
    "check_cost": ("Charges", 7, "Cost", "0,05"),
    "check_pending": ("Charges", 7, "Cost", ""),
    "check_seconds": ("Charges", 7, "Seconds", "1:05 min"),
    "check_types": ("Charges", 7, "Type", "telex"),
    "check_billed": ("Charges", 7, "Billed (UTC)", "September 2"),
    "check_currency": ("Charges", 7, "Currency", "EUR"),
    "check_agents": ("Charges", 7, "Agent", "zoe"),
    "check_ids": ("Charges", 7, "Call id", ""),
    "check_twins": ("Charges", 10, "Call id", "c-005"),
    "check_readable": ("Charges", 7, "Agent", "=1/0"),
    "check_formulas_charges": ("Charges", 7, "Copy key", ""),
    "check_formulas_roster": ("Roster", 6, "Teams", ""),
    "check_roster": ("Roster", 7, "Agent", "BOB"),
    "check_table": ("Charges", 30, "Call id", "pasted below"),
    "check_period": ("How to use", 0, "month", "2026-09-15"),
    "check_chosen": ("How to use", 0, "country_2", "us"),
}


@pytest.mark.parametrize(
    ("check", "header", "value"),
    [
        ("check_seconds", "Seconds", "0.0009"),  # 0:01:20 as a spreadsheet time
        ("check_billed", "Billed (UTC)", "20260902"),
        ("check_billed", "Billed (UTC)", "1788220800"),  # as computers count seconds
    ],
)
def test_a_number_that_means_something_else_fails_its_check(
    check: str, header: str, value: str, tmp_path: Path
) -> None:
    opened = Opened(build_file(tmp_path, shipped.CHARGES, shipped.ROSTER, shipped.SETTINGS))
    opened.in_table("Charges", 7, header, value)
    assert opened.value(check) is False
    assert "fail" in opened.value("How to use!A4")


def test_days_of_another_century_are_none(tmp_path: Path) -> None:
    """202621 and 202622, typed for days of 2026, are days of the year 2454."""
    opened = Opened(build_file(tmp_path, shipped.CHARGES, shipped.ROSTER, shipped.SETTINGS))
    opened.in_setting("from_day", "202621")
    opened.in_setting("to_day", "202622")
    assert opened.value("check_period") is False


@pytest.mark.parametrize("check", FAULTS)
def test_a_planted_fault_fails_its_check(check: str, tmp_path: Path) -> None:
    path = build_file(tmp_path, shipped.CHARGES, shipped.ROSTER, shipped.SETTINGS)
    opened = Opened(path)
    sheet, row, header, value = FAULTS[check]
    assert opened.value(check) is True
    if row:
        opened.in_table(sheet, row, header, value)
    else:
        opened.in_setting(header, value)
    assert opened.value(check) is False
    assert "fail" in opened.value("How to use!A4")
