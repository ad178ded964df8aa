"""Decimals and currency: the provider's decimals are taken as by every command, odd settings are named."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from addin.hosts.filling.decimals import with_decimals
from addin.hosts.filling.inputs import CALL_LOG, Inputs
from addin.hosts.filling.targets import Given
from addin.hosts.package import read_package
from addin.records.call import Records
from templates.inputs import BILLED, CALLS, RATES
from tests.hosts.filling.filled import calls, filled
from tests.hosts.filling.test_rows import rates
from tests.hosts.package.made import unzipped, zipped
from tests.templates.blank.planted import Opened

CARD = "The rate card names no decimals of a call's cost in "


def decimals(given: list[Given]) -> list[int | None]:
    [card] = [one for one in given if one.table is RATES]
    written = next(column for column in RATES.columns if column.header == "Decimals")
    return [written.of(row) for row in card.records]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("given", "places", "said"),
    [
        ([Given(CALLS, calls(2))], 5, "2 rows: 5 were entered, those of twilio."),
        (
            [Given(CALLS, [*calls(1), *calls(1, provider="plivo")])],
            5,
            "2 rows: 5 were entered, those of twilio and plivo.",
        ),
        (
            [Given(CALLS, calls(2, provider="ours")), Given(BILLED, calls(2))],
            5,
            "2 rows: 5 were entered, those of twilio.",
        ),
        (
            [Given(CALLS, [*calls(1), *calls(1, provider="voiso")])],
            None,
            "2 rows, and twilio and voiso have different ones: the setting of the workbook counts for all. "
            "Name them in the rate card.",
        ),
        (
            [Given(CALLS, calls(1, provider="voiso"))],
            None,
            "2 rows: the setting of the workbook counts there. Look whether it is the provider's.",
        ),
        ([], None, "2 rows: the setting of the workbook counts there. Look whether it is the provider's."),
    ],
)
def test_rows_without_decimals(given: list[Given], places: int | None, said: str) -> None:
    three = [replace(row, places_given=number == 2) for number, row in enumerate(rates(3))]
    found, told = with_decimals([*given, Given(RATES, three)])
    assert decimals(found) == [places, places, three[2].terms.places]
    assert told == CARD + said


def test_nothing_is_said_where_the_card_says_it() -> None:
    given = [Given(CALLS, calls(1)), Given(RATES, [replace(row, places_given=True) for row in rates(2)])]
    assert with_decimals(given) == (given, "")
    assert with_decimals(given[:1]) == (given[:1], "")


@pytest.mark.parametrize(
    ("name", "figure", "value"),
    [
        ("rating", "", 0.03915),
        ("reconciliation", "expected_cost", 0.0783),
        ("investigation", "total_our_cost", 0.0783),
    ],
)
def test_a_shipped_template_rounds_as_the_provider_does(
    name: str, figure: str, value: float, tmp_path: Path
) -> None:
    """Three minutes at 0.01305 are 0.03915, which four decimals make 0.0392."""
    (tmp_path / "rates.csv").write_text("prefix,currency,rate\n44,USD,0.01305\n1,USD,0.01\n", "utf-8")
    records = Records(calls=tuple(calls(2, duration_ms=180_000, status="completed", is_billed=True)))
    path = Path("templates") / f"{name}.xlsx"
    package = read_package(path)
    inputs = Inputs(package)
    inputs.add(CALL_LOG, records)
    inputs.add_rates(tmp_path / "rates.csv")
    said = inputs.fill("2026-09")
    assert f"{CARD}2 rows: 5 were entered, those of twilio." in said.remarks
    package.write(tmp_path / path.name)
    book = Opened(tmp_path / path.name)
    assert book.value(figure or book.cell("Calls", "Cost", 1)) == value


def with_setting(path: Path, value: object, place: str = "=Set!$B$2", *, name: str = "decimals") -> bytes:
    with Workbook(path / "mine.xlsx") as book:
        sheet, settings = book.add_worksheet("Calls"), book.add_worksheet("Set")
        sheet.add_table("A4:B6", {"name": "Calls", "columns": [{"header": "Call id"}, {"header": "Seconds"}]})
        settings.write("B2", value)
        book.define_name(name, place)
    return (path / "mine.xlsx").read_bytes()


@pytest.mark.parametrize(
    ("value", "provider", "is_said"),
    [
        (4, "twilio", True),
        (5, "twilio", False),
        (4, "voiso", False),
        ("4", "twilio", False),
        ("=2+2", "twilio", False),
        (None, "twilio", False),
    ],
)
def test_the_setting_of_a_template_is_compared(
    value: object, provider: str, is_said: bool, tmp_path: Path
) -> None:
    _, said = filled(with_setting(tmp_path, value), Given(CALLS, calls(1, provider=provider)))
    line = "Set!B2 rounds a call's cost to 4 decimals where the rate card names none, and twilio bills to 5."
    assert [one for one in said.remarks if "decimals" in one] == ([line] if is_said else [])


@pytest.mark.parametrize(
    ("header", "entered", "is_said"),
    [("Decimals", 5, False), (" DECIMALS", 5, False), ("Note", None, True)],
)
def test_the_column_of_a_rate_card_is_found_as_all_others_are(
    header: str, entered: int | None, is_said: bool, tmp_path: Path
) -> None:
    """A template without it rounds by its setting, whatever the rate card says."""
    with Workbook(tmp_path / "mine.xlsx") as book:
        sheet, settings = book.add_worksheet("Calls"), book.add_worksheet("Set")
        sheet.add_table("A4:B6", {"name": "Calls", "columns": [{"header": "Call id"}, {"header": "Seconds"}]})
        sheet.add_table("D4:E6", {"name": "Rates", "columns": [{"header": "Prefix"}, {"header": header}]})
        settings.write("B2", 4)
        book.define_name("decimals", "=Set!$B$2")
    (tmp_path / "rates.csv").write_text("prefix,currency,rate\n44,USD,0.01305\n", "utf-8")
    package = read_package(tmp_path / "mine.xlsx")
    inputs = Inputs(package)
    inputs.add(CALL_LOG, Records(calls=tuple(calls(1))))
    inputs.add_rates(tmp_path / "rates.csv")
    said = inputs.fill("").remarks
    package.write(tmp_path / "filled.xlsx")
    assert Opened(tmp_path / "filled.xlsx").value("Calls!E5") == entered
    assert any(line.startswith("Set!B2 rounds a call's cost to 4 decimals") for line in said) is is_said


@pytest.mark.parametrize(
    ("value", "met", "said"),
    [
        ("USD", ["EUR"], "Set!B2 says USD, and the records are in EUR: change it."),
        ("USD", ["EUR", "GBP"], "Set!B2 says USD, and the records are in EUR and GBP: change it."),
        (
            "USD",
            ["AUD", "CAD", "EUR", "GBP"],
            "Set!B2 says USD, and the records are in AUD, CAD, EUR and 1 other: change it.",
        ),
        ("usd ", ["USD", "EUR"], ""),
        ("USD", [""], ""),
        (4, ["EUR"], ""),
        (None, ["EUR"], ""),
    ],
)
def test_the_currency_of_a_template_is_compared(
    value: object, met: list[str], said: str, tmp_path: Path
) -> None:
    given = Given(CALLS, [one for currency in met for one in calls(1, currency=currency)])
    _, remarks = filled(with_setting(tmp_path, value, name="currency"), given)
    assert [line for line in remarks.remarks if "records are in" in line] == ([said] if said else [])


def test_a_name_of_several_cells_is_no_setting(tmp_path: Path) -> None:
    _, said = filled(with_setting(tmp_path, 4, "=Set!$B$2:$B$3"), Given(CALLS, calls(1)))
    assert not [line for line in said.remarks if "decimals" in line]


def test_a_name_of_one_sheet_is_no_setting(tmp_path: Path) -> None:
    _, said = filled(with_setting(tmp_path, 4, name="Set!decimals"), Given(CALLS, calls(1)))
    assert not [line for line in said.remarks if "decimals" in line]


def test_a_setting_is_read_whatever_its_name_and_its_text_are_written_as(tmp_path: Path) -> None:
    """Some programs write texts into the cells themselves."""
    parts = dict(unzipped(with_setting(tmp_path, "USD", name="CURRENCY")))
    part = "xl/worksheets/sheet2.xml"
    inline = rb'<c r="B2" t="inlineStr"><is><r><t>US</t></r><r><t>D</t></r></is></c>'
    parts[part], count = re.subn(rb'<c r="B2".*?</c>', inline, parts[part])
    assert count == 1
    _, said = filled(zipped(parts), Given(CALLS, calls(1, currency="EUR")))
    assert "Set!B2 says USD, and the records are in EUR: change it." in said.remarks
