"""A mapping that is given for the log is used for a bill of the same layout."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.test_commands import tollsheet

MAPPING = """
currency = "USD"
[columns]
call_id = "Ref"
from = "Caller"
to = "Called"
start = "When"
duration = "Sec"
price = "Price"
"""
ROWS = "r1,+15005550006,+447700900123,2026-09-10 12:00:00,60,0.01\n"
HEADER = "Ref,Caller,Called,When,Sec,Price\n"


@pytest.fixture
def sides(tmp_path: Path) -> list[object]:
    for name in ("log", "bill"):
        (tmp_path / f"{name}.csv").write_text(HEADER + ROWS)
    (tmp_path / "layout.toml").write_text(MAPPING)
    given = ("--calls", tmp_path / "log.csv", "--billed", tmp_path / "bill.csv")
    return ["--month", "2026-09", *given, "--mapping", tmp_path / "layout.toml", "-o", tmp_path / "out.xlsx"]


@pytest.mark.parametrize("command", ["reconcile", "investigate"])
def test_the_bill_is_read_by_it_too_and_that_is_said(
    command: str, sides: list[object], tmp_path: Path
) -> None:
    done = tollsheet(command, *sides)
    assert (done.returncode, done.stderr) == (0, "")
    sheets = load_workbook(tmp_path / "out.xlsx").worksheets
    cells = [str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row]
    assert sum("read by the mapping that was given for the other side" in cell for cell in cells) == 1


def test_a_bill_that_it_does_not_fit(sides: list[object], tmp_path: Path) -> None:
    (tmp_path / "bill.csv").write_text((HEADER + ROWS).replace("Called", "Dialled"))
    done = tollsheet("reconcile", *sides)
    assert done.returncode == 2
    assert "bill.csv is in no known format" in done.stderr
    assert 'The mapping of the other side does not fit: bill.csv lacks the column "Called"' in done.stderr
    assert done.stderr.rstrip().endswith("Option: --billed-mapping.")


def test_a_format_that_is_known_comes_first(sides: list[object], tmp_path: Path) -> None:
    usage = "category,start_date,end_date,count,usage,usage_unit,price,price_unit"
    (tmp_path / "bill.csv").write_text(f"{usage}\ncalls,2026-09-01,2026-09-30,1,1,minutes,0.01,usd\n")
    done = tollsheet("reconcile", *sides, "--json", tmp_path / "out.json")
    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / "out.json").read_text("utf-8"))["providers"]["billed"] == "twilio"
