"""The plain formulas of rated calls against `udfs`: the sheet as shipped, calculated by other programs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest
from openpyxl import load_workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from addin.hosts.new_workbook import open_workbook
from addin.hosts.report_files.rated_calls import write_rated_calls
from addin.reconcile.lines import EXPECTED
from addin.reconcile.measure import printed
from addin.reports.reconciliation.data import CallRow
from templates.formulas import per_call
from templates.formulas.arithmetic import COST_PLACES, LARGEST, MODES, RATE_PLACES
from templates.formulas.per_call import Cells
from templates.rated_formulas import LIVE_CALLS
from tests.engines.calculated import Cell, by_formulon, by_ironcalc
from tests.office.harness import recalculate
from udfs import BILLED_MINUTES, CALL_COST
from udfs.errors import CellError
from udfs.rating.cost import Terms

COUNT = LIVE_CALLS
LIVE = ("Billed minutes", "Cost", "Billed seconds")


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[CallRow], list[dict[str, Any]]]:
    """Ten thousand rated calls as `tollsheet rate` writes them, and the cells that hold formulas."""
    random = Random(20261126)
    rows = [_row(random, index) for index in range(COUNT)]
    path = tmp_path_factory.mktemp("shipped") / "rated.xlsx"
    write_rated_calls(rows, path)
    formulas, values = (load_workbook(path, data_only=only)["Rated calls"] for only in (False, True))
    heads = {cell.value: cell.column for cell in formulas[4]}
    found = []
    for number in range(5, 5 + COUNT):
        for head in LIVE:
            cell = formulas.cell(number, heads[head])
            if isinstance(cell.value, str):
                stored = values.cell(number, heads[head]).value
                found.append({"head": head, "row": number - 5, "name": cell.coordinate, "stored": stored})
    return path, rows, found


def test_all_but_a_few_are_formulas(shipped: tuple[Path, list[CallRow], list[dict[str, Any]]]) -> None:
    _, rows, found = shipped
    assert len(rows) == COUNT
    assert len(found) > 0.9 * 3 * COUNT
    without = {index for index, row in enumerate(rows) if row.rate and row.rate * 10**6 % 1}
    assert without
    assert not [one for one in found if one["head"] == "Cost" and one["row"] in without]


@pytest.mark.parametrize("engine", [by_ironcalc, by_formulon])
def test_they_give_what_is_stored_and_what_the_functions_give(
    shipped: tuple[Path, list[CallRow], list[dict[str, Any]]], engine: Any
) -> None:
    path, rows, found = shipped
    _compare(rows, found, engine(path))


def test_libreoffice_gives_the_same(shipped: tuple[Path, list[CallRow], list[dict[str, Any]]]) -> None:
    path, rows, found = shipped
    sheet = recalculate(path)["Rated calls"]
    _compare(rows, found, lambda _, name: sheet.get(name))  # type: ignore[arg-type, return-value]


def _compare(rows: Sequence[CallRow], found: Sequence[dict[str, Any]], cell: Cell) -> None:
    differing = []
    for one in found:
        row, value = rows[one["row"]], cell("Rated calls", one["name"])
        assert row.minimum is not None
        assert row.increment is not None
        blocks = float(row.minimum), float(row.increment)
        if one["head"] == "Cost":
            assert row.rate is not None
            assert row.connect_fee is not None
            fee = float(row.connect_fee)
            expected = CALL_COST(float(row.seconds), float(row.rate), *blocks, fee, row.places, row.rounding)
        else:
            minutes = BILLED_MINUTES(float(row.seconds), *blocks)
            expected = round(minutes, 10) if one["head"] == "Billed minutes" else round(minutes * 60, 3)
        if not value == one["stored"] == expected:
            differing.append((one, value, expected))
    assert differing == []


def test_changed_terms_change_the_figure_and_what_is_odd_shows(tmp_path: Path) -> None:
    """Whatever a person puts into the columns: the function's figure, or an error, never another figure."""
    random, path = Random(7), tmp_path / "odd.xlsx"
    given = [_odd(random) for _ in range(4_000)]
    with open_workbook(path) as workbook:
        sheet = workbook.add_worksheet("Odd")
        for row, values in enumerate(given):
            for column, value in enumerate(values):
                if isinstance(value, str):
                    sheet.write_string(row, column, value)
                elif value is not None:
                    sheet.write_number(row, column, value)
            names = [xl_rowcol_to_cell(row, column) for column in range(10)]
            cells = Cells(*names[:3], names[7], *names[3:7])
            sheet.write_formula(row, 7, f"={per_call.billed_seconds(cells)}")
            sheet.write_formula(row, 8, f"={per_call.units(cells)}")
            sheet.write_formula(row, 9, f"={per_call.cost_of_units(cells, names[8])}")
            sheet.write_formula(row, 10, f"={per_call.cost(cells, 'half-up')}")
            sheet.write_formula(row, 11, f"={per_call.billed_minutes(names[7])}")
            sheet.write_formula(row, 12, f"={per_call.talked_cost(cells)}")
    cell, office, answered = by_ironcalc(path), recalculate(path)["Odd"], 0
    for number, values in enumerate(given, 1):
        seconds, minimum, increment, rate, fee, places, mode = values
        minutes = _answer(BILLED_MINUTES, *values[:3])
        cost = _answer(CALL_COST, seconds, rate, minimum, increment, fee, places, mode)
        if None in values or minutes is None:
            cost = None
        got = [cell("Odd", f"{column}{number}") for column in "LJKM"]
        assert [str(office[f"{column}{number}"]) for column in "LJKM"] == [str(one) for one in got], values
        answered += not isinstance(got[1], str)
        wanted = minutes, cost, cost if mode == "half-up" else None, _talked(seconds, rate)
        for value, want in zip(got, wanted, strict=True):
            assert str(value).startswith("#") or value == want, (values, got, minutes, cost)
    assert answered > 1_500


def test_billed_seconds_that_were_typed_cost_nothing_that_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "typed.xlsx"
    with open_workbook(path) as workbook:
        sheet = workbook.add_worksheet("Typed")
        for row, billed_s in enumerate((-60, 0.0004, "60", None, 60)):
            sheet.write_row(row, 0, [30, 60, 60, billed_s, 0.01, 0, 4, "half-up"])
            cells = Cells(*(xl_rowcol_to_cell(row, column) for column in range(8)))
            sheet.write_formula(row, 8, f"={per_call.cost(cells, 'half-up')}")
            sheet.write_formula(row, 9, f"={per_call.units(cells)}")
    cell = by_ironcalc(path)
    got = [[cell("Typed", f"{letter}{number}") for number in range(1, 6)] for letter in "IJ"]
    assert got == [[*["#N/A"] * 4, 0.01], [*["#N/A"] * 4, 100]]


def test_the_largest_costs_are_exact(tmp_path: Path) -> None:
    """Close to the most that the domain allows, and beside the halves and wholes that rounding turns on."""
    random, path = Random(12), tmp_path / "largest.xlsx"
    given = [_large(random) for _ in range(900)]
    with open_workbook(path) as workbook:
        sheet = workbook.add_worksheet("Large")
        for row, values in enumerate(given):
            for column, value in enumerate(values):
                sheet.write(row, column, value)
            names = [xl_rowcol_to_cell(row, column) for column in range(8)]
            sheet.write_formula(
                row, 7, f"={per_call.billed_seconds(Cells(*names[:3], names[7], *names[3:7]))}"
            )
            formula = per_call.cost(Cells(*names[:3], names[7], *names[3:7]), values[6])
            sheet.write_formula(row, 8, f"={formula}")
            arguments = ",".join(names[at] for at in (0, 3, 1, 2, 4, 5, 6))
            sheet.write_formula(row, 9, f"=CALL_COST({arguments})")
            talked = per_call.talked_cost(Cells(*names[:3], names[7], *names[3:7]))
            sheet.write_formula(row, 10, f"={talked}")
    office, talked_within = recalculate(path)["Large"], 0
    for engine in (by_ironcalc, by_formulon, None):
        cell = engine(path) if engine else None
        for number, (seconds, minimum, increment, rate, *others) in enumerate(given, 1):
            want = CALL_COST(seconds, rate, minimum, increment, *others)
            got = [cell("Large", f"{letter}{number}") for letter in "IJ"] if cell else [office[f"I{number}"]]
            assert {*got} == {want}, (engine, given[number - 1])
            talked = cell("Large", f"K{number}") if cell else office[f"K{number}"]
            within = Fraction(str(rate)) * Fraction(str(seconds)) * 10**9 <= Fraction(LARGEST)
            assert talked == _talked(seconds, rate) if within else str(talked) == "#N/A", given[number - 1]
            talked_within += within
    assert talked_within > 900


def _talked(seconds: Any, rate: Any) -> float | None:
    """Rate x seconds / 60 of the decimals that cells show."""
    if any(isinstance(one, bool) or not isinstance(one, int | float) for one in (seconds, rate)):
        return None
    return float(Fraction(str(rate)) * Fraction(str(seconds)) / 60)


def _large(random: Random) -> tuple[Any, ...]:
    """A call whose cost is a half or a whole of its last place, or close to one."""
    places = random.randint(0, COST_PLACES)
    largest, seconds = random.choice(
        ((10**14, random.randint(1, 9_999_999)), (10**11, random.randint(1, 9_999) + 0.001))
    )
    half = 30 * 10 ** (RATE_PLACES - places)
    sixtieths = min(largest, random.randint(largest // 10, largest) // half * half)
    rate = int((sixtieths - 60) / seconds)
    fee = max(0, round((sixtieths - rate * seconds) / 60) - random.choice((0, 1)))
    increment = random.choice((0, 1)) if seconds == int(seconds) else 0
    return seconds, 0, increment, rate / 1e6, fee / 1e6, places, random.choice(MODES)


def _answer(function: Any, *arguments: Any) -> Any:
    try:
        return function(*arguments)
    except CellError:
        return None


def _odd(random: Random) -> tuple[Any, ...]:
    seconds = random.choice((random.randint(0, 4_000), round(random.uniform(0.5, 900), 3), 0, 10_000_000))
    blocks = (random.choice((60, 30, 0, 1.5)), random.choice((60, 6, 1, 0, 0.1)))
    price = round(random.random() / 10, random.choice((2, 4, 6, 6, 7)))
    made = [
        seconds,
        *blocks,
        price,
        random.choice((0, 0, 0.01, 1)),
        random.choice((4, 5, 2, 0, 6)),
        random.choice(MODES),
    ]
    if random.random() < 0.3:
        made[random.randrange(7)] = random.choice((None, "x", -1, 0.0001, 1e9, 2.5))
    return tuple(made)


def _row(random: Random, index: int) -> CallRow:
    terms = Terms(
        rate=Fraction(random.randint(0, 60_000), 10 ** random.choice((4, 5, 6, 6, 7))),
        minimum_ms=random.choice((60_000, 30_000, 6_000, 1_000, 0, 1_500)),
        increment_ms=random.choice((60_000, 6_000, 1_000, 0, 100)),
        connect_fee=Fraction(random.choice((0, 0, 0, 5, 1_000)), 1_000),
        places=random.choice((4, 4, 5, 2, 6, 0)),
        rounding=random.choice(MODES[:-1]),
    )
    talked_ms = random.choice((random.randint(0, 4_000) * 1000, random.randint(500, 999_999), 0))
    minutes = Fraction(terms.billed_ms(talked_ms), 60_000)
    return CallRow(
        **dict.fromkeys(("call_id", "direction", "category", "outcome", "remark", "compared_category"), ""),
        **dict.fromkeys(("talked_cost", "rate_row", "billed_place")),
        place=f"calls.csv:{index + 2}",
        started_at=datetime(2026, 9, 1, tzinfo=UTC) + timedelta(minutes=index),
        from_number="+12125550100",
        to_number="+442079460958",
        status="completed",
        seconds=printed(Fraction(talked_ms, 1000)),
        step=EXPECTED,
        rate=_decimal(terms.rate),
        minimum=printed(Fraction(terms.minimum_ms, 1000)),
        increment=printed(Fraction(terms.increment_ms, 1000)),
        connect_fee=_decimal(terms.connect_fee),
        places=terms.places,
        rounding=terms.rounding,
        expected_minutes=printed(minutes),
        expected_cost=_decimal(terms.cost(talked_ms)),
        currency="USD",
    )


def _decimal(value: Fraction) -> Decimal:
    return printed(value, 16)
