"""Rate cards from files, and what is said of bad ones."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from addin.errors import TollsheetError
from addin.records import read_rate_card

from .conftest import Write
from .test_tables import workbook

CSV = """\
prefix,direction,destination,rate,minimum,increment,decimals,valid_from
44,outbound,UK,0.0125,30,6,5,2026-09-01

+1 500,,US,0.01,,,,
,,rest,1,,,,
"""


def test_csv(write: Write) -> None:
    card = read_rate_card(write("rates.csv", CSV))
    uk, us, rest = card.rows
    assert [row.row for row in card.rows] == [2, 4, 5]
    assert [row.prefix for row in card.rows] == ["44", "1500", ""]
    assert (uk.terms.rate, uk.terms.minimum_ms, uk.terms.increment_ms) == (Fraction(1, 80), 30_000, 6_000)
    assert (uk.valid_from, uk.places_given) == (date(2026, 9, 1), True)
    assert (us.terms.places, us.places_given, rest.terms.rate) == (4, False, 1)
    assert card.find("+15005550009") is us


def test_workbook(write: Write) -> None:
    rows = [
        ["Prefix", "Rate", "Valid From"],
        [44.0, 0.0125, datetime(2026, 9, 1)],
        [],
        ["client:", 0.004, None],
    ]
    uk, client = read_rate_card(write("rates.xlsx", workbook([], rows))).rows
    assert (uk.prefix, uk.terms.rate, uk.valid_from) == ("44", Fraction(1, 80), date(2026, 9, 1))
    assert (client.prefix, client.row) == ("client:", 4)


@pytest.mark.parametrize("titles", [["Prices"], ["Prices", "", "September,2026"]])
def test_titles_above_the_header(write: Write, titles: list[str]) -> None:
    card = read_rate_card(write("rates.csv", "\n".join([*titles, CSV])))
    assert [row.row - len(titles) for row in card.rows] == [2, 4, 5]
    with pytest.raises(TollsheetError, match=f"rates.csv row {len(titles) + 2}, column rate"):
        read_rate_card(write("rates.csv", "\n".join([*titles, "prefix,rate\n44,x"])))
    sheet = [["Prices"], [], ["Prefix", "Rate"], [44, 0.01]]
    assert [row.row for row in read_rate_card(write("rates.xlsx", workbook(sheet))).rows] == [4]


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        ("prefix,price\n44,1\n", ["rates.csv", "rate"]),
        ("prefix,rate\n44,$0.05\n", ["rates.csv row 2", "column rate", "$0.05", "Write it as 0.05."]),
        ("prefix;rate\n44;0,0085\n", ["rates.csv row 2", '"0,0085"', "Write it as 0.0085."]),
        ("prefix;rate\n44;12,5\n", ["Write it as 12.5."]),
        ("prefix,rate\n44,1e-05\n", ["Write it as 0.00001."]),
        ("prefix,rate\n44,.05\n", ["Write it as 0.05."]),
        ("prefix,rate\n44,USD 0.0085\n", ["Write it as 0.0085."]),
        ("prefix,rate\n44,0.0085 \u20ac\n", ["Write it as 0.0085."]),
        ('prefix,rate\n44,"1,250"\n', ["Write it as a plain number, such as 0.0085."]),
        ("prefix,rate\n44,1e99999999\n", ["Write it as a plain number, such as 0.0085."]),
        (
            "prefix,rate,minimum\n44,0.1,30/6\n",
            ["column minimum", "Write 30 under minimum and 6 under increment."],
        ),
        ("prefix,rate,minimum\n44,0.1,0.0005\n", ["column minimum", "Write it in seconds, such as 60."]),
        ("prefix,rate,valid_from,valid_until\n44,1,2026-09-02,2026-09-01\n", ["before valid_from"]),
        ("prefix,rate\n44,0.1\n45,\n", ["rates.csv row 3", "column rate"]),
        ("prefix,rate\n44,-0.1\n", ["rates.csv row 2", "column rate", "negative"]),
        ("prefix,rate,minimum\n44,0.1,soon\n", ["rates.csv row 2", "column minimum"]),
        ("prefix,rate,Rate\n44,0.1,0.2\n", ["rates.csv", '"rate" twice']),
        ("prefix,rate,valid_from\n44,0.1,09/01/2026\n", ["rates.csv row 2", "column valid_from"]),
        ("prefix,rate\n", ["rates.csv has column names but no rates"]),
        ('prefix,rate\n"4"4,0.1\n', ["rates.csv, row 2: its quotes do not match"]),
        ("", ["rates.csv is empty"]),
        (b"PK\x03\x04 no workbook", ["rates.csv is no .xlsx workbook"]),
    ],
)
def test_bad_cards(write: Write, content: str | bytes, parts: list[str]) -> None:
    with pytest.raises(TollsheetError) as caught:
        read_rate_card(write("rates.csv", content))
    assert [part for part in parts if part not in str(caught.value)] == []
    assert "VALUE()" not in str(caught.value)
    assert "TO_SECONDS" not in str(caught.value)


def test_a_card_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(TollsheetError, match=r"rates.csv is not there"):
        read_rate_card(tmp_path / "rates.csv")


def test_a_file_of_calls_is_said_to_be_one(write: Write) -> None:
    header = "Call Sid,From,To,Status,Duration,Start Time\n"
    with pytest.raises(TollsheetError, match=r"calls.csv is a Twilio console export, not a rate card"):
        read_rate_card(write("calls.csv", header))
    with pytest.raises(TollsheetError, match=r"usage.csv is a Twilio usage export, not a rate card"):
        read_rate_card(write("usage.csv", "category,start_date,end_date,count,usage,usage_unit,price\n"))


def test_so_are_the_examples(examples: Path) -> None:
    for name, told in (
        ("twilio/calls-script.csv", "a Twilio script export"),
        ("twilio/calls-bulk.jsonl.gz", "a Twilio"),
        ("twilio/usage-daily.json", "a Twilio usage export"),
        ("voiso/calls-json.json", "a Voiso"),
    ):
        with pytest.raises(TollsheetError, match=rf"{Path(name).name} is {told}.* not a rate card"):
            read_rate_card(examples / name)


def test_json_of_another_kind_is_no_card(write: Write) -> None:
    with pytest.raises(TollsheetError, match=r"rates.json is neither CSV nor .xlsx, not a rate card"):
        read_rate_card(write("rates.json", '[{"prefix": "44", "rate": "0.1"}]'))


def test_a_card_that_lacks_its_rates_is_a_card(write: Write) -> None:
    with pytest.raises(TollsheetError, match="has no column rate"):
        read_rate_card(write("rates.csv", "prefix,minimum,increment\n44,60,60\n"))
