"""The template of an investigation: as programs calculate it, and beside the walk of the add-in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest

from addin.investigation import walk as walks
from addin.investigation.pairs import CallPair
from addin.investigation.walk import Walk
from addin.reconcile.reconciliation import Question, reconcile
from addin.records.call import Call, Records
from templates.blank.investigation import examples
from templates.blank.investigation.build import build
from templates.blank.investigation.columns import DURATION, MISSING, NOTHING, RATING
from templates.blank.investigation.said import the_call
from templates.blank.investigation.values import Model, Settings
from templates.blank.rating.values import Filled
from templates.inputs import BILLED, CALLS
from templates.shared.serials import serial
from templates.shared.tables import Row
from tests.investigation.months import walked
from tests.reconcile.make import MONTH, START, bill, call, card
from tests.templates.blank.planted import Opened, built_once
from tests.templates.blank.programs import in_ironcalc, in_office, stale, stored
from tests.validator.validate import problems
from udfs.rating.cost import Terms

SETTINGS = Settings(date(2026, 9, 1))
RATES: tuple[Row, ...] = (
    {
        "Prefix": "44",
        "Rate": Decimal("0.014"),
        "Minimum": 60,
        "Increment": 60,
        "Decimals": 4,
        "Currency": "USD",
    },
    {
        "Prefix": "1",
        "Rate": Decimal("0.00955"),
        "Minimum": 30,
        "Increment": 6,
        "Decimals": 4,
        "Currency": "USD",
        "Connect fee": Decimal("0.001"),
    },
)
CARD = card(
    {"prefix": "44", "rate": "0.014", "minimum": 60, "increment": 60, "decimals": 4, "currency": "USD"},
    {
        "prefix": "1",
        "rate": "0.00955",
        "minimum": 30,
        "increment": 6,
        "decimals": 4,
        "currency": "USD",
        "connect_fee": "0.001",
    },
)
KINDS = {
    walks.NOTHING: NOTHING,
    walks.MISSING: MISSING,
    walks.STATUS: MISSING,
    walks.DURATION: DURATION,
    walks.RATING: RATING,
    walks.PENDING: RATING,
}


def some(seed: int, count: int = 60) -> tuple[list[Call], list[Call]]:
    """A log and a bill of a few days, with faults of one or two kinds in the bill."""
    random = Random(seed)
    faults = random.sample(["missing", "extra", "longer", "rate", "copy", "status", "pending", "early"], 2)
    log, billed = [], []
    for number in range(count):
        started = START.replace(day=1) + timedelta(
            days=random.randint(0, 3), seconds=random.randint(0, 46_000)
        )
        seconds = random.choice([0, 1, 9.1, 29, 30, 31, 59, 60, 61, 125.5, 600, random.randint(1, 4000)])
        to = random.choice(["+447700900123", "+12025550147"])
        terms = terms_of(to)
        ms = round(seconds * 1000)
        log.append(call(f"C{number}", seconds, started_at=started, to_number=to, cost=None))
        record = bill(
            f"C{number}",
            seconds,
            started_at=started,
            to_number=to,
            billed_ms=terms.billed_ms(ms),
            cost=decimal(terms.cost(ms)),
        )
        hit = random.random() < 0.15
        if hit and "missing" in faults:
            continue
        if hit and "longer" in faults:
            longer = terms.billed_ms(ms) + random.choice([6_000, 60_000])
            record = replace(record, billed_ms=longer, cost=decimal(terms.cost_of_billed(longer)))
        elif hit and "rate" in faults:
            cost = decimal(terms.cost(ms))  # a negative one would be a credit
            record = replace(record, cost=cost + random.choice([Decimal("0.001"), -cost / 2]))
        elif hit and "status" in faults:
            log[-1] = replace(log[-1], status="busy", is_billed=False)
        elif hit and "pending" in faults:
            record = replace(record, cost=None)
        elif hit and "early" in faults:
            record = replace(record, started_at=started - timedelta(seconds=3))
        billed.append(record)
        if hit and "copy" in faults:
            billed.append(replace(record))
        if hit and "extra" in faults:
            billed.append(replace(record, call_id=f"X{number}"))
    return log, billed


def terms_of(to: str) -> Terms:
    return next(one.terms for one in CARD.rows if to.removeprefix("+").startswith(one.prefix))


def decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def rows_of(table: Any, records: Sequence[Call]) -> list[Row]:
    def given(value: Any) -> Any:
        return value.replace(tzinfo=None) if isinstance(value, datetime) else None if value == "" else value

    return [{column.header: given(column.of(one)) for column in table.columns} for one in records]


def model_of(log: Sequence[Call], billed: Sequence[Call], settings: Settings = SETTINGS) -> Model:
    return Model(filled_of(log), rows_of(BILLED, billed), settings)


def filled_of(log: Sequence[Call]) -> Filled:
    return examples.example(tuple(rows_of(CALLS, log)), RATES)


def walk_of(log: Sequence[Call], billed: Sequence[Call]) -> Walk:
    result = reconcile(Records(calls=tuple(log)), Records(calls=tuple(billed)), Question(MONTH), CARD)
    (path,) = walked(result).walks
    return path


@pytest.mark.parametrize("seed", range(60))
def test_it_leads_where_the_add_in_leads(seed: int) -> None:
    """The same day, kind, hour, call, and parts of the difference."""
    log, billed = some(seed)
    model, path = model_of(log, billed), walk_of(log, billed)
    assert model.issue == KINDS[path.kind]
    assert model.ours().cost == sum((sides.ours.cost for sides in path.days.values()), Fraction(0))
    assert model.theirs().cost == sum((sides.theirs.cost for sides in path.days.values()), Fraction(0))
    if path.isolated is None:
        return
    assert model.day == path.isolated.day
    assert model.measure == path.isolated.measure or path.isolated.measure.startswith(
        "the differences of single"
    )
    for kind, own in ((walks.MISSING, MISSING), (walks.DURATION, DURATION), (walks.RATING, RATING)):
        count, part = path.part(kind)
        assert model.part(own) == (count, part.cost)
    if path.hour is not None:
        assert model.hour == path.hour
    ours, theirs = the_call(model)
    assert path.call is not None
    found = ours or theirs
    assert found is not None
    assert found["Call id"] in ties(path)


def ties(path: Walk) -> set[str]:
    """The calls with the largest difference; which of equal ones comes first is a matter of rows."""

    def size(pair: CallPair) -> tuple[object, ...]:
        measure = walks.PARTS[MISSING_LIKE.get(path.kind, path.kind)](pair)
        return abs(measure.cost), abs(measure.minutes), path.hour in (None, pair.started_at.hour)

    return {pair.call.call_id for pair in path.largest if size(pair) == size(path.largest[0])}


MISSING_LIKE = {walks.STATUS: walks.MISSING, walks.PENDING: walks.RATING}


def test_the_random_months_end_at_every_kind() -> None:
    assert {model_of(*some(seed)).issue for seed in range(60)} >= {MISSING, DURATION, RATING}


@pytest.mark.parametrize("seed", [3, 8])
def test_programs_calculate_what_is_stored(seed: int, tmp_path: Path) -> None:
    log, billed = some(seed, 40)
    path = tmp_path / "template.xlsx"
    path.write_bytes(build(filled_of(log), rows_of(BILLED, billed), SETTINGS))
    assert stale(path, in_ironcalc(path)) == []
    assert stale(path, in_office(path)) == []
    assert problems(path) == []


def test_what_people_choose_is_followed(opened: Opened) -> None:
    """Another day, hour and call than the largest."""
    assert (opened.value("path_day"), opened.value("path_hour")) == (serial(date(2026, 9, 15)), 14)
    assert opened.value("Path!B50") != ""
    opened.in_setting("day_chosen", "2026-09-21")
    assert opened.value("path_day") == serial(date(2026, 9, 21))
    assert (opened.value("issue"), opened.value("path_hour")) == (MISSING, 12)
    assert opened.value("record_row") == len(examples.BILLED)
    opened.in_setting("call_chosen", "CA0006")
    assert (opened.value("call_row"), opened.value("record_row")) == (6, 6)
    assert "95 s talked, 96 s billed (30/6)" in opened.value("our_formula")
    opened.type(opened.cell("Calls", "Rounding", 6), "none")
    assert opened.value("our_formula").endswith(" USD, not rounded")
    opened.in_setting("call_chosen", "CA000?")
    assert opened.value("check_call") is False
    opened.type(opened.cell("Calls", "Call id", 6), "'4711")
    opened.in_setting("call_chosen", "4711")
    assert opened.value("call_row") == 6
    opened.in_setting("day_chosen", "46286.5")
    assert opened.value("path_day") == serial(date(2026, 9, 21))
    assert opened.value("issue") == MISSING
    opened.in_setting("call_chosen", "nobody")
    assert opened.value("check_call") is False


template = built_once(build)


FAULTS = {
    "check_month": ("", 0, "month", "2026-09-15"),
    "check_bill_figures": ("Billed", 6, "Cost", "0,05"),
    "check_prices": ("Billed", 6, "Cost", ""),
    "check_bill_rows": ("Billed", 6, "Started (UTC)", "September 2"),
    "check_bill_ids": ("Billed", 6, "Call id", ""),
    "check_costs": ("Rates", 5, "Rate", ""),
    "check_rates": ("Rates", 5, "Rate", "cheap"),
    "check_log_rates": ("Rates", 5, "Prefix", "999"),
    "check_log_rows": ("Calls", 6, "Call id", "=1/0"),
    "check_formulas_calls": ("Calls", 6, "Key", ""),
    "check_formulas_billed": ("Billed", 6, "Listed", ""),
    "check_seconds": ("Calls", 6, "Seconds", "31 s"),
    "check_statuses": ("Calls", 6, "Status", "telex"),
    "check_log_currency": ("Rates", 5, "Currency", "EUR"),
    "check_path": ("", 0, "hour_chosen", "25"),
    "check_balance": ("", 0, "balance_top_ups", "100 USD"),
    "check_settings": ("", 0, "tolerance_amount", "0,5"),
    "check_both_sides": ("", 0, "month", "2026-08-01"),
    "check_below_billed": ("Billed", 40, "Call id", "pasted below"),
}


@pytest.mark.parametrize(
    ("sheet", "header", "value", "check"),
    [
        ("Billed", "Seconds", "0.0009", "check_bill_figures"),  # 0:01:20 as a spreadsheet time
        ("Billed", "Billed minutes", "0.0009", "check_bill_figures"),
        ("Billed", "Started (UTC)", "20260902", "check_bill_rows"),
        ("Calls", "Started (UTC)", "20260902", "check_dates"),
        ("Calls", "Started (UTC)", "1788220800", "check_dates"),  # as computers count seconds
    ],
)
def test_a_number_that_means_something_else_fails_its_check(
    sheet: str, header: str, value: str, check: str, opened: Opened
) -> None:
    opened.in_table(sheet, 6, header, value)
    assert opened.value(check) is False
    assert "fail" in opened.value("How to use!A4")
    failing = opened.value("checks_failing")
    said = f"Look before you send this: {failing:.0f} check{'s fail' if failing > 1 else ' fails'}."
    assert opened.value("Text to send!A3") == said


@pytest.mark.parametrize(
    ("name", "text", "check"),
    [
        ("decimals", "", "check_settings"),
        ("threshold", "", "check_settings"),
        ("tolerance_minutes", "few", "check_settings"),
        ("month", "202621", "check_month"),  # a first of a month, of the year 2454
        ("balance_closing", "34,6", "check_balance"),
        ("balance_buffer", "10 USD", "check_balance"),
    ],
)
def test_a_setting_that_cannot_be(name: str, text: str, check: str, opened: Opened) -> None:
    opened.in_setting(name, text)
    assert opened.value(check) is False


@pytest.mark.parametrize("check", FAULTS)
def test_a_planted_fault_fails_its_check(check: str, opened: Opened) -> None:
    sheet, row, header, value = FAULTS[check]
    assert (opened.value(check), opened.value("Text to send!A3")) == (True, "")
    if row:
        opened.in_table(sheet, row, header, value)
    else:
        opened.in_setting(header, value)
    assert opened.value(check) is False
    assert "fail" in opened.value("How to use!A4")
    failing = opened.value("checks_failing")
    said = f"Look before you send this: {failing:.0f} check{'s fail' if failing > 1 else ' fails'}."
    assert opened.value("Text to send!A3") == said


def test_the_published_example_of_rounding_stands_there(opened: Opened) -> None:
    """100 calls of 9.1 s at 0.005: 0.08 call by call, 0.0758 on the total."""
    assert (opened.value("try_by_call"), opened.value("try_on_total")) == (0.08, 0.0758)
    opened.in_setting("try_seconds", "10")
    assert (opened.value("try_by_call"), opened.value("try_on_total")) == (0.08, 0.0833)


def test_a_balance_that_lacks_a_cent_is_a_mismatch(opened: Opened) -> None:
    assert opened.value("balance_result") == "no balance given"
    for name, value in (("opening", "25"), ("top_ups", "10"), ("closing", "34.6389")):
        opened.in_setting(f"balance_{name}", value)
    assert opened.value("balance_result") == "agrees"
    opened.in_setting("balance_closing", "34.63")
    assert (opened.value("balance_result"), opened.value("balance_difference")) == ("mismatch", -0.0089)
    assert opened.value("Text to send!A16") == "Balance: mismatch, difference -0.0089 USD"
    opened.in_setting("balance_buffer", "0.01")
    assert opened.value("balance_result") == "explained by the buffer"


def test_a_balance_is_stored_as_it_is_calculated(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    amounts = {"opening": "25", "top_ups": "10", "storage": "0.5", "closing": "34.1", "buffer": "0.01"}
    settings = replace(SETTINGS, **{name: Decimal(amount) for name, amount in amounts.items()})
    path.write_bytes(build(settings=settings))
    assert stale(path, in_ironcalc(path)) == []
    assert stored(path)["Balance!B16"] == "mismatch"


def test_nothing_that_differs_is_no_path(tmp_path: Path) -> None:
    log, _ = some(1, 20)
    priced = [replace(one, cost=decimal(terms_of(one.to_number).cost(one.duration_ms))) for one in log]
    path = tmp_path / "template.xlsx"
    path.write_bytes(build(filled_of(log), rows_of(BILLED, priced), SETTINGS))
    assert stale(path, in_office(path)) == []
    assert stored(path)["Path!A3"] == "Nothing differs beyond the tolerance."
