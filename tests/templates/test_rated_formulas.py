"""A formula stands only where it gives the very figure that the report has found."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import copysign
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from templates.formulas import arithmetic
from templates.formulas.arithmetic import MODES
from templates.rated_formulas import Rated, RatedTable
from tests.office.harness import read_workbook
from udfs.rating.cost import Terms

TERMS = Terms(rate=Fraction(14, 1000), minimum_ms=60_000, increment_ms=60_000, places=4)
MINUTES, COST, TALKED = Decimal(2), Decimal("0.028"), Decimal("0.0142333333333333")
LONG_MS, DEAR = 9_999_999_000, 10_020


@pytest.mark.parametrize(
    ("one", "are_live"),
    [
        (Rated(61_000, TERMS, MINUTES, COST, TALKED), (True, True, True)),
        (Rated(61_000, TERMS, Decimal(3), COST, TALKED), (False, False, True)),  # the log's own time
        (Rated(61_000, TERMS, MINUTES, Decimal("0.03"), TALKED), (True, False, True)),  # its own price
        (Rated(61_000, TERMS, MINUTES, COST, Decimal("0.0142333334")), (True, True, False)),
        (Rated(61_000, TERMS, MINUTES, None, None), (True, False, False)),
        (Rated(61_000, TERMS, None, None, TALKED), (False, False, True)),
    ],
)
def test_what_the_log_says_otherwise_stays_a_value(one: Rated, are_live: tuple[bool, ...]) -> None:
    assert one.are_live == are_live


def test_beyond_what_formulas_are_exact_for_stands_a_value() -> None:
    terms = Terms(rate=Fraction(DEAR), minimum_ms=60_000, increment_ms=60_000, places=4)
    talked = Decimal(DEAR) * LONG_MS / 60_000
    assert Fraction(talked) == terms.unrounded(LONG_MS)
    assert not Rated(LONG_MS, terms, None, None, talked).are_live[2]


def test_the_assumptions_say_what_does_not_follow_a_changed_rate() -> None:
    table: RatedTable[Rated] = RatedTable("Calls", lambda row: row, "Billed seconds", "Minutes", "Cost")
    one = Rated(61_000, TERMS, MINUTES, COST, TALKED)
    assert "findings, rate checks, verdicts and sentences stay as they were" in table.live([one]).said.text
    values = Rated(61_000, TERMS, None, None, None)
    assert "If you change" not in table.live([values]).said.text


def test_no_mode_makes_minus_0(tmp_path: Path) -> None:
    """LibreOffice Calc has a 0 with a minus, and hands it on."""
    path = tmp_path / "zero.xlsx"
    with Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Zero")
        sheet.write_number("A1", 0)
        for row, mode in enumerate(MODES[:-1]):
            sheet.write_formula(row, 1, f"={arithmetic.rounded('A1', mode)}/10^4", None, 1)
    values = read_workbook(path)["Zero"].values
    assert {at: copysign(1, values[at]) for at in values if at != "A1"} == dict.fromkeys(
        ("B1", "B2", "B3", "B4"), 1.0
    )
