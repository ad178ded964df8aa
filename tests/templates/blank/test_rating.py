"""The template rating.xlsx: against `udfs` on random rows, and with faults planted as people plant them."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import udfs
from addin.records.formats import category_by
from templates.blank.rating import build, rates, reasons
from templates.blank.rating.examples import CALLS, RATES, example
from templates.blank.rating.values import Filled
from templates.shared import durations
from tests.templates.blank.planted import Opened
from tests.templates.blank.programs import in_ironcalc, in_office, stale, stored
from udfs.errors import CellError
from udfs.rating.rate_card import RateCard

_HEADS = ("prefix", "direction", "destination", "rate", "minimum", "increment", "connect_fee")
_HEADS += ("decimals", "rounding", "currency", "valid_from", "valid_until")
_AS_TYPED = {head.replace("_", " ").capitalize(): head for head in _HEADS}
_PREFIXES = (
    "",
    "1",
    "12",
    "121",
    "1212",
    "+1 212 555",
    "44",
    "4420",
    "442079",
    "49",
    "491",
    "7",
    "86",
    "999",
)


_ALONE = (durations.A_TIME, durations.NEGATIVE, durations.TOO_LONG, reasons.TOO_LARGE)
"""Why the template alone shows no cost."""


def random_rates(chance: random.Random, *, categories: bool = False) -> list[dict[str, Any]]:
    """A card of usable rows; prefixes may tie, be dated, be for one direction."""
    rows = []
    for number in range(18):
        minimum = chance.choice([None, 0, 1, 6, 20, 30, 60, Decimal("0.5")])
        increment = chance.choice([0, 1, 6, 7, 60, Decimal("0.1")])
        starts = chance.choice([None, None, date(2026, 9, chance.randint(1, 30))])
        rows.append(
            {
                "Prefix": chance.choice(_PREFIXES) or None,
                "Direction": chance.choice([None, "outbound", "inbound", "any", "Outbound-API"]),
                "Destination": chance.choice(
                    [None, "A*", "A?", "~A", "Ab", "ab", "=1+1", ">5", f"D{number}"]
                ),
                "Rate": Decimal(chance.randint(0, 10 ** chance.randint(1, 6))).scaleb(-chance.randint(0, 6)),
                "Minimum": minimum,
                "Increment": chance.choice([increment, None]) if minimum else increment,
                "Connect fee": chance.choice([None, 0, Decimal("0.005"), Decimal("0.123456")]),
                "Decimals": chance.choice([None, 0, 2, 3, 4, 5, 6]),
                "Rounding": chance.choice([None, "half-up", "Half-Down", " up", "down", "none"]),
                "Currency": chance.choice([None, "USD", "usd", "EUR"]),
                "Valid from": starts,
                "Valid until": starts
                and chance.choice([None, starts + timedelta(days=chance.randint(0, 20))]),
            }
        )
    return rows


def random_calls(chance: random.Random, count: int) -> list[dict[str, Any]]:
    """Calls as they come: with blanks, words and nonsense among them."""
    numbers = (
        "+12125550123",
        "1 (212) 555-0123",
        "+44 20 7946 0958",
        "4916",
        "+8613",
        "anonymous",
        "",
        "5,5",
    )
    numbers += ("client:alice", "0049301", "79", "#44 20", "+1/212/555-01.99", 12125550123)
    seconds = (
        0,
        1,
        6,
        29,
        30,
        31,
        59,
        60,
        61,
        121,
        3600,
        9_999_999,
        10_000_000,
        -3,
        Decimal("0.25"),
        None,
        "80",
    )
    return [
        {
            "Call id": chance.choice([f"CA{number}", f"CA{number}", f"CA{number}", "CA*", "CA?", None]),
            "Started (UTC)": chance.choice(
                [datetime(2026, 9, chance.randint(1, 30), chance.randint(0, 23), 59, 59)] * 9
                + [datetime(2026, 10, 1), datetime(2028, 2, 29, 12), "2026-09-01 10:00", None]
            ),
            "Direction": chance.choice(
                ["outbound-api", "inbound", "Outbound", "incoming", "outbound", "sideways"]
            ),
            "From": chance.choice(numbers) or None,
            "To": chance.choice(numbers) or None,
            "Status": chance.choice(
                ["completed"] * 8 + ["No Answer", "no_answer", "busy", "machine", "comp*", None]
            ),
            "Seconds": chance.choice(
                [*seconds, chance.randint(1, 7200), Decimal(chance.randint(1, 99999)) / 1000]
            ),
            "Currency": chance.choice([None, "USD", "eur"]),
        }
        for number in range(count)
    ]


def random_workbook(seed: int, count: int, *, categories: bool = False) -> Filled:
    chance = random.Random(seed)
    rates = random_rates(chance, categories=categories)
    return example(tuple(random_calls(chance, count)), tuple(rates), decimals=4)


def saved(filled: Filled, folder: Path) -> Path:
    path = folder / "rating.xlsx"
    path.write_bytes(build(filled))
    return path


@pytest.mark.parametrize("seed", range(2))
def test_programs_calculate_what_is_stored(seed: int, tmp_path: Path) -> None:
    path = saved(random_workbook(seed, 200, categories=True), tmp_path)
    assert stale(path, in_ironcalc(path)) == []
    assert stale(path, in_office(path)) == []


@pytest.mark.parametrize("seed", range(8))
def test_costs_are_those_of_the_cell_functions(seed: int) -> None:
    """Every cost is that of CARD_COST; where it is an error, there is none. The few that the template alone
    does not know are said to be so."""
    filled = random_workbook(seed, 300)
    rates = [{_AS_TYPED[head]: value for head, value in row.items()} for row in filled.rates_given]
    card = [[*_HEADS], *([row.get(head) for head in _HEADS] for row in rates)]
    priced = 0
    for call in filled.calls:
        started, seconds = call.get("Started (UTC)"), call.get("Seconds")
        if call["Charged"] != "yes":
            assert call["Cost"] == (0 if call["Charged"] == "no" else "#N/A")
            continue
        number = call["From"] if call["Way"] == "inbound" else call["To"]
        expected: object = "#N/A"
        if isinstance(started, datetime) and call["Way"] and isinstance(seconds, int | Decimal):
            try:
                asked = "" if number is None else number
                expected = udfs.CARD_COST(float(seconds), asked or "-", card, started, call["Way"])
            except CellError:
                pass
        if call["Cost"] == "#N/A" and expected != "#N/A":
            assert str(call["Problem"]) in _ALONE or str(call["Problem"]).endswith(reasons.NO_DIGITS)
            continue
        assert expected == (call["Cost"] if call["Cost"] == "#N/A" else float(call["Cost"])), call  # type: ignore[arg-type]
        priced += call["Cost"] != "#N/A"
    assert priced > 10


@pytest.mark.parametrize("seed", range(4))
def test_categories_are_kept_apart_as_by_the_rate_card(seed: int) -> None:
    """A call of an app is rated by the rows of calls-client, and by those that name no category."""
    chance = random.Random(seed)
    cells = [
        {"Prefix": prefix, "Direction": way, "Category": category, "Rate": Decimal(number) / 100}
        for number, (prefix, way, category) in enumerate(
            {
                (
                    chance.choice([None, "1", "1212", "44"]),
                    chance.choice([None, "outbound", "inbound"]),
                    chance.choice([None, "calls", "calls-client", "Calls"]),
                )
                for _ in range(14)
            },
            1,
        )
    ]
    heads = ["prefix", "direction", "category", "rate"]
    card = RateCard.from_rows([heads, *([row[head.capitalize()] for head in heads] for row in cells)])
    calls = random_calls(chance, 200)
    for call in calls[::3]:
        call["From"] = "client:ann"
    found = 0
    for call in example(tuple(calls), tuple(cells)).calls:
        started, to_number, from_number = call["Started (UTC)"], call["To"], call["From"]
        if call["Charged"] != "yes" or not isinstance(started, datetime) or call["Number"] == "#N/A":
            continue
        numbers = str(to_number or "").strip(), str(from_number or "").strip()
        try:
            row = card.find(*numbers, str(call["Way"]), category_by(*numbers), started.date())
        except CellError:
            assert call["Rate row"] == "#N/A"
            continue
        assert call["Rate row"] == row.row - 1
        found += 1
    assert found > 10


def test_the_dated_rate_changes_at_midnight_utc() -> None:
    costs = [call["Cost"] for call in example().calls]
    assert [float(cost) for cost in costs[3:6]] == [0.0158, 0.0172, 0]  # type: ignore[arg-type]
    assert float(costs[0]) == float(Decimal("0.0057"))  # type: ignore[arg-type]


FAULTS = {
    "check_ids": {"Calls!A6": None},
    "check_copies": {"Calls!A6": "CA0001"},
    "check_dates": {"Calls!B5": "2026-09-01 08:15:02"},
    "check_seconds": {"Calls!G5": "31 s"},
    "check_statuses": {"Calls!F5": "machine_answered"},
    "check_directions": {"Calls!C5": "sideways"},
    "check_costs": {"Calls!E5": "+81 3 5555 0100"},
    "check_rates": {"Rates!F5": None},
    "check_currencies": {
        "Rates!N5": None, "Rates!N6": None, "Rates!N7": None,
        "Calls!I5": "EUR", "Calls!I6": "CHF", "Calls!I7": "SEK", "Calls!I13": "NOK",
    },
    "check_currency_match": {"Calls!I5": "EUR"},
    "check_settings": {"How to use!B15": " "},
    "check_below_calls": {"Calls!C16": "outbound"},
    "check_below_rates": {"Rates!A13": "49"},
}  # fmt: skip
"""For each check what people do to a sheet that makes it fail."""


@pytest.mark.parametrize("check", FAULTS)
def test_a_planted_fault_fails_its_check(check: str, tmp_path: Path) -> None:
    path = saved(example(), tmp_path)
    values = changed(path, FAULTS[check])
    assert values[check] is False
    assert values["check_all"] is False
    assert "fail" in values["line"]


@pytest.mark.parametrize(
    "change",
    [
        {"Rates!F6": None},  # a blank rate
        {"Rates!F6": "0.0095"},  # text
        {"Rates!F6": Decimal("0.0000001")},  # more decimals than are exact
        {"Rates!L6": "up"},  # durations rounded
        {"Rates!M6": "answer"},
        {"Rates!C6": "calls "},
        {"Rates!A6": "client:ann", "Calls!E5": "client:ann"},
        {"Rates!A5": "1212"},  # a tie
        {"Rates!K6": "sometimes"},
        {"Rates!O6": "1 Sept"},
        {"Calls!G5": "31"},
        {"Calls!G5": 0.0003588},  # a spreadsheet time
        {"Calls!G5": None},
        {"Calls!B5": None},
        {"Calls!B5": 20_260_901},
        {"Calls!B5": 1_788_220_800},  # as computers count seconds
        {"Statuses!B6": "maybe"},
        {"Rates!J6": None, "How to use!B14": None},  # no decimals: they are not 0
        {"Rates!J6": None, "How to use!B14": "four"},
    ],
    ids=str,
)
def test_what_is_not_known_is_an_error_and_never_a_cost(change: dict[str, Any], tmp_path: Path) -> None:
    path = saved(example(), tmp_path)
    values = changed(path, change)
    assert values["Calls!U5"] == "#N/A"
    assert values["check_all"] is False
    assert stored(path)["Calls!U4"] == "Cost"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"Rates!F6": None}, "Row 6 of Rates: Rate is blank"),
        ({"Rates!F6": "0.0095"}, "Row 6 of Rates: Rate is no number"),
        ({"Rates!F6": -0.01}, "Row 6 of Rates: Rate is below 0"),
        ({"Rates!F6": 0.0000001}, "Row 6 of Rates: Rate has more than 6 decimals"),
        ({"Rates!G6": 0.0208333}, "Row 6 of Rates: Minimum is no number of seconds"),  # 0:30
        ({"Rates!P6": 20_260_930}, "Row 6 of Rates: Valid until is no date"),
        ({"Rates!A5": "1212"}, "Rows 5 and 6 of Rates cover it equally well"),
        ({"Calls!E5": None}, "To is blank"),
        ({"Calls!E5": "#12"}, "To is no telephone number"),
        ({"Calls!D11": "#12"}, "From is no telephone number"),
        ({"Calls!F5": None}, "Status is blank"),
        ({"Calls!B5": "2026-09-01"}, "Started (UTC) is text"),
        ({"Calls!G5": None}, "Seconds is blank"),
        ({"Calls!G5": "31"}, "Seconds is no number"),
        ({"Calls!G5": -1}, "Seconds is below 0"),
        ({"Calls!G5": 0.75}, "Seconds is below 1, as a time of day is"),  # 18:00
        ({"Calls!G5": 47 / 24 + 5 / 1440}, "Seconds has more than 3 decimals, as a time has"),  # 47:05
        ({"Calls!G5": 1e15}, "Seconds is more than 9,999,999"),
    ],
    ids=str,
)
def test_a_reason_says_what_is_wrong_and_where(change: dict[str, Any], reason: str, tmp_path: Path) -> None:
    values = changed(saved(example(), tmp_path), change)
    row = 11 if "Calls!D11" in change else 5
    assert values[f"Calls!X{row}"].startswith(reason)
    assert values["check_all"] is False
    if ": " in reason:
        assert reason.endswith(values["Rates!Q6"][: len(reason) - len("Row 6 of Rates: ")])


@pytest.mark.parametrize(("days", "is_rated"), [((0, 0), True), ((-1, -1), False), ((1, 1), False)])
def test_the_first_and_the_last_day_of_a_rate_are_in_force(
    days: tuple[int, int], is_rated: bool, tmp_path: Path
) -> None:
    """A row of the card from one day to another, which is that of the call, the one before, the one after."""
    opened = Opened(saved(example(), tmp_path))
    starts = int(opened.value("Calls!B5"))
    for header, shift in zip(("Valid from", "Valid until"), days, strict=True):
        opened.in_table("Rates", 6, header, str(starts + shift))
    assert (opened.value(opened.cell("Calls", "Rate row", 1)) == 2) is is_rated, "else a shorter prefix"


def test_a_row_that_was_inserted_without_formulas_is_seen(tmp_path: Path) -> None:
    """Programs that carry no formulas on leave the grey cells of such a row blank: it would rate no call."""
    opened = Opened(saved(example(), tmp_path))
    for figure in rates.FIGURES:
        opened.in_table("Rates", 9, figure.header, "")
    assert "check_formulas_rates" in opened.failing()


@pytest.mark.parametrize(("sheet", "header"), [("Calls", "From"), ("Rates", "Rate")])
def test_an_error_in_a_yellow_cell_is_named(sheet: str, header: str, tmp_path: Path) -> None:
    opened = Opened(saved(example(), tmp_path))
    opened.in_table(sheet, 6 if sheet == "Rates" else 5, header, "=1/0")
    assert "A yellow cell of this row is an error" in opened.value("Calls!X5")
    assert "check_costs" in opened.failing()


def test_the_faults_are_faults_of_a_file_that_passes(tmp_path: Path) -> None:
    values = changed(saved(example(), tmp_path), {})
    assert values["check_all"] is True
    assert values["line"] == "All checks pass"
    assert all(values[check] is True for check in (*FAULTS, "check_parts"))


def test_an_empty_template_says_what_is_missing(tmp_path: Path) -> None:
    """With one blank row left in each table; IronCalc knows neither MATCH nor COUNTIF over a single cell."""
    path = saved(example(({},), ({},)), tmp_path)
    assert stale(path, in_office(path)) == []
    assert stored(path)["How to use!A4"].endswith("checks fail: see the sheet Checks")


def test_the_rows_by_which_the_summary_finds_its_names_are_hidden() -> None:
    """They would print as figures without a head on its second page."""
    sheet = load_workbook(BytesIO(build()))["Summary"]
    assert (sheet["J5"].value, sheet.column_dimensions["J"].hidden) == ("First call", True)


def test_the_examples_are_of_reserved_numbers() -> None:
    numbers = {str(call[side]) for call in CALLS for side in ("From", "To")}
    assert all(" 555 01" in one or "+44 20 7946 0" in one or "+44 1632 960" in one for one in numbers)
    assert len(RATES) >= 5


def changed(path: Path, change: dict[str, Any]) -> dict[str, Any]:
    """What IronCalc makes of the file once people have typed these cells; the checks by their names."""
    values = in_ironcalc(path, change)
    names = load_workbook(path).defined_names
    cells = {name: str(names[name].attr_text).replace("$", "").replace("'", "") for name in names}
    checks = {name: values[cell] for name, cell in cells.items() if name.startswith("check")}
    return values | checks | {"line": values["How to use!A4"]}
