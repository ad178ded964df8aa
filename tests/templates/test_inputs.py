"""The input tables of templates: their headers, and what records put under them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from addin.records.call import Call, Charge, Place, Recording, UsageRecord, User
from templates.cells import Value
from templates.grid import Column
from templates.inputs import (
    BILLED,
    CALLS,
    CHARGES,
    INPUT_TABLES,
    RATES,
    RECORDINGS,
    ROSTER,
    USAGE,
    InputTable,
)
from udfs.rating.rate_card import RateCard
from udfs.rating.rate_card_rows import COLUMNS, column_of

AT = datetime(2026, 9, 1, 8, 30, tzinfo=UTC)
PLACE = Place("calls.csv", 2)
CALL = Call(
    place=PLACE,
    provider="twilio",
    call_id="CA1",
    from_number="+15005550006",
    to_number="+442079460000",
    direction="outbound",
    category="calls",
    status="completed",
    is_billed=True,
    started_at=AT,
    duration_ms=9_100,
    billed_ms=60_000,
    cost=Decimal("0.014"),
    currency="USD",
)


def values(table: InputTable, record: object) -> dict[str, Value]:
    return {column.header: column.of(record) for column in table.columns}


def test_a_call() -> None:
    shared = {"Call id": "CA1", "Started (UTC)": AT, "Direction": "outbound", "From": "+15005550006"}
    shared |= {"To": "+442079460000", "Status": "completed", "Seconds": Decimal("9.1")}
    ends = {"Currency": "USD", "Place": "calls.csv:2"}
    assert values(CALLS, CALL) == {**shared, "Log price": Decimal("0.014"), **ends}
    assert values(BILLED, CALL) == {**shared, "Billed minutes": 1, "Cost": Decimal("0.014"), **ends}


def test_what_is_not_known_is_blank() -> None:
    usage = UsageRecord(
        PLACE,
        "twilio",
        "sms",
        date(2026, 9, 1),
        date(2026, 9, 30),
        3,
        Decimal(5),
        None,
        "USD",
        unit="segments",
    )
    assert values(USAGE, usage)["Minutes"] is None
    assert values(USAGE, usage)["Cost"] is None
    recording = Recording(PLACE, "plivo", "R1", "", AT, 61_000)
    assert values(RECORDINGS, recording)["Rate"] is None
    assert values(RECORDINGS, recording)["Seconds"] == 61


def test_a_row_of_the_rate_card() -> None:
    header = ["prefix", "rate", "minimum", "increment", "connect_fee", "rounding", "valid_from"]
    card = RateCard.from_rows([header, ["+44", "0.0099", 30, 6, "0.001", "full up", "2026-09-01"]])
    written = values(RATES, card.rows[0])
    assert written["Prefix"] == "44"
    assert written["Rate"] == Decimal("0.0099")
    assert (written["Minimum"], written["Increment"], written["Connect fee"]) == (30, 6, Decimal("0.001"))
    assert (written["Decimals"], written["Rounding"]) == (None, "up")
    assert (written["Valid from"], written["Valid until"]) == (date(2026, 9, 1), None)
    assert {column_of(head) for head in written} == {*COLUMNS}, "each is a column of a rate card"


def test_charges_and_users() -> None:
    charge = Charge(PLACE, "voiso", "1", "manual", "Outbound", "ann", "", "", "", "", None, AT, None)
    assert values(CHARGES, charge)["Type"] == "manual"
    unknown = Charge(PLACE, "voiso", "1", "", "odd", "ann", "", "", "", "", None, AT, None)
    assert values(CHARGES, unknown)["Type"] == "odd"
    user = values(ROSTER, User(PLACE, "ann", ("Sales", "Support"), False))
    assert user == {"Agent": "ann", "Team": "Sales; Support", "Active": "no", "Place": "calls.csv:2"}


@pytest.mark.parametrize("table", INPUT_TABLES, ids=lambda table: table.name)
def test_columns_are_inputs_with_names_of_their_own(table: InputTable) -> None:
    headers: list[str] = [column.header for column in table.columns]
    assert len({header.casefold() for header in headers}) == len(headers)
    columns: tuple[Column, ...] = table.columns
    assert all(column.kind.is_input for column in columns)
