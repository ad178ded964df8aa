"""Numbers without + or 00: international as providers write them, or national ones, which have no country."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.test_billing_report import HEAD, tollsheet

INTERNATIONAL = ("442079460958", "14155550123", "3612345678", "4930231250", "6561234567")
US_NATIONAL = ("4155550123", "2125550123", "3105550123", "6175550123", "3612345678")
"""The last is a number of Corpus Christi, and with +36 one of Budapest."""
UK_NATIONAL = ("020 7946 0958", "07700 900123", "0121 496 0123")


def _report(
    folder: Path, numbers: tuple[str, ...], **files: tuple[str, ...]
) -> tuple[str, dict[str, Decimal]]:
    """What the command says of charges of 1, 2, 4 ..., and the cost by country."""
    rest, cost = {"charges": numbers, **files}, 1
    for name, each in rest.items():
        rows = []
        for number in each:
            rows.append(f"{name}{cost},manual,ann,,,{number},,,2026-06-10 12:00:00,{cost},USD")
            cost *= 2
        (folder / f"{name}.csv").write_text("\n".join([HEAD, *rows]) + "\n", "utf-8")
    out, told = folder / "out.xlsx", folder / "out.json"
    given = ("--charges", *(folder / f"{name}.csv" for name in rest), "-o", out, "--json", told)
    done = tollsheet(
        *given, "--month", "2026-06", "--everyone", "--country", "GB", "--country", "HU", "--force"
    )
    assert done.stderr == ""
    contract = json.loads(told.read_text("utf-8"))
    said = "\n".join((*contract["to_look_at"], "", *contract["facts"]))
    assert done.returncode == (1 if contract["to_look_at"] else 0)
    assert all(line in done.stdout for line in contract["to_look_at"])
    (book,) = contract["currencies"]
    return said, {one["country"]: Decimal(one["total"]) for one in book["countries"]}


def test_all_international_without_a_plus(tmp_path: Path) -> None:
    said, by_country = _report(tmp_path, INTERNATIONAL)
    assert by_country == {"GB": 1, "US": 2, "HU": 4, "DE": 8, "SG": 16}
    assert "seem to be national" not in said
    assert (
        "Written without + or 00, and read as international numbers: 5 charges, 31 USD, such as "
        "charges.csv:2: 442079460958 (GB)." in said
    )
    rows = load_workbook(tmp_path / "out.xlsx", read_only=True)["Assumptions"].values
    (rule,) = [str(row) for row in rows if "Country of a number" in row]
    assert "so it was for 5 charges (such as 442079460958: GB)" in rule


def test_all_national_of_the_united_states(tmp_path: Path) -> None:
    said, by_country = _report(tmp_path, US_NATIONAL)
    assert by_country == {"(none)": 31}, "one of them would be a number of Budapest"
    assert said.startswith(
        "Numbers that seem to be national ones, counted without a country: 5 charges, 31 USD. The first is "
        "charges.csv:2: 4155550123 has no + or 00, and is no valid international number without."
    )
    assert "read as international" not in said


def test_all_national_with_a_zero(tmp_path: Path) -> None:
    said, by_country = _report(tmp_path, UK_NATIONAL)
    assert by_country == {"(none)": 7}
    assert "3 charges, 7 USD. The first is charges.csv:2: 020 7946 0958 begins with one 0" in said
    assert "name the country in the charges" in said


def test_a_mixed_file_and_its_neighbour(tmp_path: Path) -> None:
    """A zero before national numbers speaks for the bare ones; each file is told by its own numbers."""
    mixed = ("+442079460958", "442079460958", "02079460958", "3105550123", "00442079460958", "112")
    said, by_country = _report(tmp_path, mixed, other=US_NATIONAL)
    costs = Counter({"GB": 1 + 2 + 16, "(none)": 4 + 8 + 32 + (1 << 6) * 31})
    assert by_country == costs
    assert "7 charges, 1,996 USD. The first is charges.csv:4: 02079460958 begins with one 0" in said
    assert "read as international numbers: 1 charge, 2 USD, such as charges.csv:3: 442079460958 (GB)." in said
    assert "No country: 1 charge, 32 USD, such as charges.csv:7" in said


@pytest.mark.parametrize("number", US_NATIONAL)
def test_one_number_alone(number: str, tmp_path: Path) -> None:
    """Without neighbours a valid number is believed, and said."""
    said, by_country = _report(tmp_path, (number,))
    expected = "HU" if number == "3612345678" else "(none)"
    assert by_country == {expected: 1}
    assert ("seem to be national" in said) == (expected == "(none)")
    assert ("read as international" in said) == (expected == "HU")
