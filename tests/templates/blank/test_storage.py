"""The template storage.xlsx: against `udfs` on random rows, and with faults planted as people plant them."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import udfs
from templates.blank.storage import build, example
from templates.blank.storage.recordings import MONTH_ENDS, charge_head
from templates.blank.storage.values import Stored
from tests.templates.blank.programs import in_ironcalc, in_office, stale, stored


def random_rows(seed: int, count: int) -> tuple[dict[str, Any], ...]:
    """Recordings as they come: at the edges of the 90 days, and with blanks and words among them."""
    chance = random.Random(seed)
    rows = []
    for number in range(count):
        edge = chance.choice([date(2023, 4, 30), date(2023, 6, 30), date(2024, 2, 29)]) - timedelta(
            days=chance.choice([0, 1, 88, 89, 90, 91, 120])
        )
        created = datetime(edge.year, edge.month, edge.day, chance.randint(0, 23), chance.randint(0, 59))
        deleted = created + timedelta(days=chance.randint(0, 400))
        end = datetime(2023, chance.choice([5, 7, 8]), 31, chance.randint(0, 23))
        rows.append(
            {
                "Recording id": chance.choice([f"R{number}", f"R{number}", "R?", None]),
                "Created (UTC)": chance.choice([created] * 9 + ["16 March", None]),
                "Deleted (UTC)": chance.choice([None, None, None, deleted, deleted, end, "no"]),
                "Seconds": chance.choice(
                    [
                        0,
                        1,
                        59,
                        60,
                        61,
                        Decimal("60.001"),
                        chance.randint(1, 20_000),
                        9_999_999,
                        None,
                        "50",
                        -1,
                    ]
                ),
                "Rate": chance.choice(
                    [Decimal("0.0004")] * 4 + [None, 0, Decimal("0.000001"), Decimal("1.234567"), "free"]
                ),
            }
        )
    return tuple(rows)


def saved(filled: Stored, folder: Path) -> Path:
    path = folder / "storage.xlsx"
    path.write_bytes(build(filled))
    return path


@pytest.mark.parametrize(("seed", "rate"), [(1, None), (2, Decimal("0.0005"))])
def test_programs_calculate_what_is_stored(seed: int, rate: Decimal | None, tmp_path: Path) -> None:
    path = saved(example(random_rows(seed, 200), rate=rate), tmp_path)
    assert stale(path, in_ironcalc(path)) == []
    assert stale(path, in_office(path)) == []


@pytest.mark.parametrize("seed", range(10))
def test_charges_are_those_of_the_cell_functions(seed: int) -> None:
    filled = example(random_rows(seed, 300))
    charged = 0
    for row in filled.rows:
        if isinstance(row["Per month end"], str) or isinstance(row["Total"], str):
            continue
        seconds, rate = float(row["Seconds"]), row["Rate"]  # type: ignore[arg-type]
        for number, end in enumerate(filled.ends, 1):
            shown = row[charge_head(number)]
            expected = udfs.STORAGE_CHARGE(
                seconds,
                float(rate) if isinstance(rate, int | Decimal) else 0,
                row["Created (UTC)"],
                end,
                row.get("Deleted (UTC)"),  # type: ignore[arg-type]
            )
            assert float(shown) == expected  # type: ignore[arg-type]
            charged += expected > 0
    assert charged > 200
    assert len(filled.ends) == MONTH_ENDS == 12


def test_the_published_example(tmp_path: Path) -> None:
    path = saved(example(example().given[:3]), tmp_path)
    values = stored(path)
    assert values["Schedule!H8"] == float(Fraction("0.0012"))
    assert [values[f"Recordings!{cell}"] for cell in ("O5", "O6", "O7")] == [46, 46, 46]
    assert stale(path, in_ironcalc(path)) == []


FAULTS = {
    "check_ids": {"Recordings!A6": None},
    "check_copies": {"Recordings!A6": "RECORDING 1"},
    "check_created": {"Recordings!B5": "16 March 2023"},
    "check_deleted": {"Recordings!C5": "yesterday"},
    "check_order": {"Recordings!C7": 44_000},
    "check_seconds": {"Recordings!D5": "50"},
    "check_rates": {"Recordings!E5": None},
    "check_month": {"How to use!B14": "soon"},
    "check_total": {"Recordings!E6": "free"},
    "check_rule": {"Recordings!S5": 1},
    "check_formulas_recordings": {"Recordings!S5": None},
    "check_below": {"Recordings!B13": 45_000},
}
"""For each check what people do to a sheet that makes it fail."""


@pytest.mark.parametrize(
    ("cell", "value", "check", "shown"),
    [
        ("D5", 0.25, "check_seconds", "J5"),  # 6:00:00 as a spreadsheet time
        ("D5", 0.75, "check_seconds", "J5"),  # 18:00:00
        ("B5", 20_230_316, "check_created", "H5"),
        ("B5", 1_678_959_000, "check_created", "H5"),  # as computers count seconds
        ("C5", 20_230_629, "check_deleted", "I5"),
    ],
)
def test_a_number_that_means_something_else_is_an_error(
    cell: str, value: float, check: str, shown: str, tmp_path: Path
) -> None:
    path = saved(example(), tmp_path)
    values = in_ironcalc(path, {f"Recordings!{cell}": value})
    at = str(load_workbook(path).defined_names[check].attr_text).replace("$", "").replace("'", "")
    assert values[at] is False
    assert values[f"Recordings!{shown}"] == "#N/A"


@pytest.mark.parametrize(
    ("cell", "value", "reason"),
    [
        ("B5", None, "Created (UTC) is blank"),
        ("B5", "16 March 2023", "Created (UTC) is text"),
        ("C5", 20_230_629, "Deleted (UTC) is no date"),
        ("C5", 44_000, "Deleted (UTC) lies before Created (UTC)"),
        ("D5", 0.75, "Seconds is below 1, as a time of day is"),
        ("D5", 80 / 86_400 + 1, "Seconds has more than 3 decimals"),
        ("D5", None, "Seconds is blank"),
        ("D5", 1e15, "Seconds is more than"),
        ("E5", None, "Rate is blank"),
        ("E5", "0.0004 USD", "Rate is no number"),
        ("E5", -1, "Rate is below 0"),
        ("E5", 0.00000049, "Rate has more than 6 decimals"),
    ],
)
def test_a_reason_says_what_is_wrong(cell: str, value: object, reason: str, tmp_path: Path) -> None:
    path = saved(example(), tmp_path)
    values = in_ironcalc(path, {f"Recordings!{cell}": value})
    names = load_workbook(path).defined_names
    check_all = str(names["check_all"].attr_text).replace("$", "").replace("'", "")
    assert values["Recordings!G5"].startswith(reason)
    assert values[check_all] is False


@pytest.mark.parametrize("check", FAULTS)
def test_a_planted_fault_fails_its_check(check: str, tmp_path: Path) -> None:
    path = saved(example(), tmp_path)
    names = load_workbook(path).defined_names
    assert names["month"].attr_text == "'How to use'!$B$14"
    values = in_ironcalc(path, FAULTS[check])
    cells = {name: str(names[name].attr_text).replace("$", "").replace("'", "") for name in names}
    assert values[cells[check]] is False
    assert values[cells["check_all"]] is False
    assert "fail" in values["How to use!A4"]
    fine = in_ironcalc(path)
    assert all(fine[cells[name]] is True for name in (*FAULTS, "check_all"))


@pytest.mark.parametrize("month", [45_031, "2023-04"])
def test_the_month_is_a_date_or_text(month: object, tmp_path: Path) -> None:
    """Files that fill a template write the month as text."""
    values = in_ironcalc(saved(example(), tmp_path), {"How to use!B14": month})
    assert values["Schedule!B6"] == 45_046
    assert values["Checks!B16"] is True


@pytest.mark.parametrize("month", [202_304, 4, "2023-13", "2023-00", None])
def test_what_is_no_month_is_not_taken_for_another(month: object, tmp_path: Path) -> None:
    path = saved(example(), tmp_path)
    check = str(load_workbook(path).defined_names["check_month"].attr_text).replace("$", "").replace("'", "")
    assert in_ironcalc(path, {"How to use!B14": month})[check] is False


def test_an_empty_template_is_no_sum_of_nothing(tmp_path: Path) -> None:
    """With one blank row left; IronCalc knows no COUNTIF over a single cell."""
    path = saved(example(({},)), tmp_path)
    assert stale(path, in_office(path)) == []
    assert stored(path)["How to use!A4"].endswith("checks fail: see the sheet Checks")
