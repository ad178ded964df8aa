"""The public cases of tests/cases as formulas over cells that hold their figures."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from tests.office.harness import cell_name

CASES = Path(__file__).parents[1] / "cases"
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Placed:
    """An array formula, and the rows that it must give."""

    formula: str
    rows: list[list[Any]]


@dataclass(slots=True)
class Table:
    """One table of cases: its figures, a formula a case in the column `result`, perhaps one for all."""

    name: str
    result: int
    inputs: list[tuple[int, int, Any]] = field(default_factory=list)
    formulas: list[tuple[int, str]] = field(default_factory=list)
    expected: list[Any] = field(default_factory=list)
    array: Placed | None = None

    def add(self, formula: str, figures: Iterable[Any], expected: Any, times: str = "") -> None:
        """One more case. A figure that is blank is left out: a blank cell by itself would arrive as 0."""
        row = len(self.expected)
        references = []
        for column, figure in enumerate(figures):
            references.append("" if figure in ("", None) else cell_name(column, row))
            if references[-1]:
                self.inputs.append((row, column, figure))
        self.formulas.append((row, f"{formula}({','.join(references).rstrip(',')}){times}"))
        self.expected.append(expected)


def rows(name: str, fits: Callable[[Row], bool] = lambda row: True) -> list[Row]:
    """The rows of a table of cases."""
    with (CASES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if fits(row)]


def tables() -> list[Table]:
    """All of them, but for cases of rules that no cell function has."""
    return [_rating(), _quirks(), _amounts(), _durations(), _storage(), _storage_days(), _months()]


def _call(row: Row) -> list[Any]:
    return [
        float(row["duration_s"]),
        float(Fraction(row["rate"]) * 60 / Fraction(row["rate_unit_s"])),
        float(row["minimum_s"]),
        float(row["increment_s"]),
        float(row["connect_fee"]),
        float(row["decimals"]) if row["decimals"] else None,
        row["rounding"],
    ]


def _rating() -> Table:
    """Each case by itself, and all of them in one formula: there blanks in the ranges are blanks."""
    table = Table("Rating", 8)
    for row in rows("rating_cases"):
        table.add("CALL_COST", _call(row), float(row["expected_cost"]))
    last = len(table.expected)
    ranges = ",".join(f"{cell_name(column, 0)}:{cell_name(column, last - 1)}" for column in range(7))
    table.array = Placed(f"CALL_COST({ranges})", [[expected] for expected in table.expected])
    return table


def _quirks() -> Table:
    table = Table("Quirks", 8)
    for row in rows("rating_quirks", lambda row: "then" not in row["rate"]):
        table.add("CALL_COST", _call(row), float(row["exact_value"]))
    return table


def _amounts() -> Table:
    """An amount is rounded as the cost of a minute at that rate."""
    table = Table("Amounts", 8)
    for row in rows("amount_rounding", lambda row: "-" not in row["value"] + row["decimals"]):
        figures = [60, float(row["value"]), 60, 60, 0, int(row["decimals"]), row["mode"]]
        table.add("CALL_COST", figures, float(row["expected"]))
    return table


def _durations() -> Table:
    table = Table("Durations", 4)
    for row in rows("duration_rounding"):
        if match := re.fullmatch(r"up to (\d+)", row["mode"]):
            expected = float(Fraction(row["expected"]))
            table.add("BILLED_MINUTES", [float(row["seconds"]), 0, int(match[1])], expected, times="*60")
    return table


def _storage() -> Table:
    table = Table("Storage", 7)
    for row in rows("storage_cases"):
        figures = [float(row["recording_s"]), float(row["rate_per_min_month"])]
        figures += [row["created"], row["month_end"], row["deleted"], int(row["free_days"])]
        table.add("STORAGE_CHARGE", figures, float(row["expected_charge"]))
    return table


def _storage_days() -> Table:
    table = Table("Days", 3)
    for row in rows("storage_cases"):
        table.add("STORAGE_DAYS", [row["created"], row["month_end"]], float(row["expected_day_number"]))
    return table


def _months() -> Table:
    table = Table("Months", 6)
    for row in rows("month_cases"):
        expected = float((date.fromisoformat(row["expected_month"]) - date(1899, 12, 30)).days)
        written = row["input"].split(" / ")[0]
        if match := re.fullmatch(r"start (.*), billed (.*)", written):
            table.add("MONTH_ATTRIBUTE", [match[1], "", row["rule"], match[2]], expected)
        elif match := re.fullmatch(r"(.*) (\w+/\w+)", written):
            table.add("MONTH_ATTRIBUTE", [match[1], match[2]], expected)
        else:
            stamp: Any = float(written) if re.fullmatch(r"[\d.]+", written) else written
            table.add("MONTH_ATTRIBUTE", [stamp], expected)
    return table
