"""Delivered workbooks as an analyst reads them: the rows, their types, the sums."""

from __future__ import annotations

import csv
import json
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from templates.report_names import total_name
from tests.workbook_lint.book import Book
from tests.workbook_lint.orders import NAMES
from tests.workbook_lint.readers import READERS, Frame

TABLES = {
    "Calls": (
        "connexcs",
        {
            "text": ("Call id", "Place", "From", "To", "Status", "Step", "Currency"),
            "number": (
                "Seconds",
                "Expected minutes",
                "Expected cost",
                "Rate per minute",
                "Minimum (s)",
                "Expected seconds",
            ),
            "date": ("Started (UTC)", "Compared day"),
        },
    ),
    "Billed": (
        "connexcs",
        {
            "text": ("Call id", "Place", "From", "To", "Status", "Step", "Counted", "Currency"),
            "number": ("Seconds", "Billed minutes", "Cost", "Billed seconds"),
            "date": ("Started (UTC)", "Compared day"),
        },
    ),
    "Findings": (
        "connexcs",
        {
            "text": (
                "Kind",
                "Call id",
                "What was found",
                "Currency",
                "Place in the log",
                "Place in the bill",
            ),
            "number": ("Variance calls", "Variance minutes", "Variance cost", "Expected cost", "Billed cost"),
            "date": ("Started (UTC)",),
        },
    ),
    "Rated": (
        "rated",
        {
            "text": ("Call id", "Place", "From", "To", "Status", "Step", "Currency"),
            "number": ("Seconds", "Billed minutes", "Rate per minute", "Cost"),
            "date": ("Started (UTC)",),
        },
    ),
    "Recordings": (
        "recordings",
        {
            "text": ("Recording id", "Place", "Call id", "Rate from"),
            "number": ("Seconds", "Minutes", "Rate", "Days 2026-09", "Charge 2026-09", "Total"),
            "date": ("Created (UTC)", "Deleted (UTC)", "Day 1", "Deleted on"),
        },
    ),
}
"""Each table, a workbook that has it, and what its columns hold."""


@cache
def frame(folder: Path, name: str, table: str, reader: str) -> Frame:
    return READERS[reader](folder / f"{name}.xlsx", table)


@cache
def figures(folder: Path, name: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((folder / f"{name}.json").read_text("utf-8"))
    return told


def total(values: list[float | None]) -> Decimal:
    """The sum of what a column holds, each as the decimal that it shows."""
    return sum((Decimal(repr(value)) for value in values if value is not None), Decimal(0))


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("table", TABLES)
def test_numbers_are_numbers_and_dates_dates(table: str, reader: str, delivered: Path) -> None:
    name, kinds = TABLES[table]
    read = frame(delivered, name, table, reader)
    wanted = {column: kind for kind, columns in kinds.items() for column in columns}
    assert {column: read.kinds.get(column) for column in wanted} == wanted


@pytest.mark.parametrize("reader", [name for name in READERS if name != "calamine"])
@pytest.mark.parametrize("table", TABLES)
def test_every_reader_sees_the_same(table: str, reader: str, delivered: Path) -> None:
    name, _ = TABLES[table]
    read, other = frame(delivered, name, table, reader), frame(delivered, name, table, "calamine")
    assert list(read.columns) == list(other.columns)
    assert [column for column in read.columns if read[column] != other[column]] == []


@pytest.mark.parametrize("reader", READERS)
def test_numbers_of_telephones_are_texts_with_their_plus(reader: str, delivered: Path) -> None:
    for table in ("Calls", "Billed", "Rated"):
        read = frame(delivered, TABLES[table][0], table, reader)
        numbers = [number for number in [*read["From"], *read["To"]] if number is not None]
        assert len(numbers) > 500
        assert {type(number) for number in numbers} == {str}
        assert sum(number.startswith("+") for number in numbers) > 500


@pytest.mark.parametrize("reader", READERS)
def test_calls_add_up_to_what_is_expected(reader: str, delivered: Path) -> None:
    told = figures(delivered, "connexcs")
    read = frame(delivered, "connexcs", "Calls", reader)
    assert len(read["Call id"]) == told["log"]["calls"]
    assert total(read["Seconds"]) == told["log"]["seconds"]
    costs = read.where("Expected cost", step="expected")
    assert len(costs) == told["expected"]["calls"]
    assert total(costs) == Decimal(told["expected"]["cost"])
    minutes = total(read.where("Expected seconds", step="expected")) / 60
    assert round(minutes, 10) == Decimal(told["expected"]["minutes"])
    assert min(read["Started (UTC)"]) < datetime(2026, 9, 1) < max(read["Started (UTC)"])


@pytest.mark.parametrize("reader", READERS)
def test_what_is_billed_adds_up(reader: str, delivered: Path) -> None:
    told = figures(delivered, "connexcs")["billed"]
    read = frame(delivered, "connexcs", "Billed", reader)
    assert total(read.where("Cost", counted="yes")) == Decimal(told["cost"])
    minutes = total(read.where("Billed seconds", counted="yes")) / 60
    assert round(minutes, 10) == Decimal(told["minutes"])
    assert (
        len([one for one in read.where("Billed seconds", counted="yes") if one is not None]) == told["calls"]
    )


@pytest.mark.parametrize("reader", READERS)
def test_usage_records_add_up(reader: str, delivered: Path) -> None:
    told = figures(delivered, "twilio")["billed"]
    read = frame(delivered, "twilio", "Billed", reader)
    sums = [total(read.where(column, in_total="yes")) for column in ("Calls", "Minutes", "Cost")]
    assert sums == [told["calls"], Decimal(told["minutes"]), Decimal(told["cost"])]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", ["connexcs", "plivo", "voiso", "generic", "twilio"])
def test_findings_are_those_of_the_report(name: str, reader: str, delivered: Path) -> None:
    told = figures(delivered, name)["findings"]
    read = frame(delivered, name, "Findings", reader)
    assert read["Kind"] == [finding["kind"] for finding in told]
    assert read["Call id"] == [finding["call_id"] or None for finding in told]
    for side, column in (
        ("expected", "Expected cost"),
        ("billed", "Billed cost"),
        ("variance", "Variance cost"),
    ):
        assert [None if cost is None else Decimal(repr(cost)) for cost in read[column]] == [
            None if finding[side]["cost"] is None else Decimal(finding[side]["cost"]) for finding in told
        ]


@pytest.mark.parametrize("reader", READERS)
def test_rated_calls_cost_what_the_csv_says(reader: str, delivered: Path) -> None:
    with (delivered / "rated.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [*csv.DictReader(file)]
    read = frame(delivered, "rated", "Rated", reader)
    assert read["Call id"] == [row["Call id"] for row in rows]
    for column in ("Cost", "Rate per minute", "Seconds", "Connect fee"):
        assert [None if one is None else Decimal(repr(one)) for one in read[column]] == [
            Decimal(row[column]) if row[column] else None for row in rows
        ]
    assert [str(one) for one in read["Started (UTC)"]] == [row["Started (UTC)"] for row in rows]


@pytest.mark.parametrize("reader", READERS)
def test_recordings_are_charged_as_the_statement_says(reader: str, delivered: Path) -> None:
    told = figures(delivered, "recordings")
    read = frame(delivered, "recordings", "Recordings", reader)
    assert read["Recording id"] == [one["recording_id"] for one in told["recordings"]]
    assert total(read["Total"]) == sum(Decimal(month["amount"]) for month in told["months"])
    for number, month in enumerate(told["months"]):
        charges = read[f"Charge {month['month']}"]
        assert total(charges) == Decimal(month["amount"])
        ends = [one["month_ends"][number] for one in told["recordings"]]
        assert [None if one is None else Decimal(repr(one)) for one in charges] == [
            None if end["charge"] is None else Decimal(end["charge"]) for end in ends
        ]


@pytest.mark.parametrize("name", NAMES)
def test_every_formula_has_its_value_beside_it(name: str, delivered: Path) -> None:
    """Blank only where the formula can come to an empty text."""
    stored = [one for one in Book(delivered / f"{name}.xlsx").formulas if one.cell]
    assert len(stored) > 5
    blank = [one for one in stored if one.cell and not one.cell.value and '""' not in one.text]
    assert [f"{one.part} {one.place}: {one.text}" for one in blank] == []


@pytest.mark.parametrize("name", ["connexcs", "generic", "plivo", "twilio"])
def test_the_named_figures_can_be_read_by_name(name: str, delivered: Path) -> None:
    told = figures(delivered, name)
    book = load_workbook(delivered / f"{name}.xlsx", data_only=True)
    cells = CalamineWorkbook.from_path(delivered / f"{name}.xlsx")
    for side in ("expected", "billed", "variance"):
        for figure in ("calls", "minutes", "cost"):
            sheet, address = (
                book.defined_names[total_name(side, figure)].attr_text.replace("'", "").split("!")
            )
            cell = book[sheet][address.replace("$", "")]
            assert Decimal(repr(cell.value)) == Decimal(str(told[side][figure]))
            rows = cells.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            assert rows[cell.row - 1][cell.column - 1] == cell.value
    assert book[sheet]["A1"].value is not None
