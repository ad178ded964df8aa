"""Formats that a mapping file describes, and mapping files that are wrong."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from addin.errors import TollsheetError
from addin.records import read_mapping, read_records

from .conftest import Write
from .test_tables import workbook

MAPPING = """\
provider = "Acme"
time_zone = "Europe/Berlin"
time_format = "%d.%m.%Y %H:%M:%S"
currency = "eur"
charges = "negative"
duration = "milliseconds"
decimal_comma = true

[columns]
call_id = "CallId"
from = "From"
to = "To"
start = "CallTime"
duration = "Duration"
status = "Result"
direction = "Way"
price = "Amount"

[status]
billed = ["Talked"]
not_billed = ["NOT REACHED"]

[direction]
inbound = ["in"]
outbound = ["out"]
"""
CSV = """\
CallId;From;To;CallTime;Duration;Result;Way;Amount
g1;+15005550006;+15005550009;01.09.2026 00:30:00;80000,5;talked;out;-0,017
g2;+15005550006;+15005550009;01.09.2026 00:40:00;0;Not reached;in;0
g3;+15005550006;+15005550009;01.09.2026 00:40:00;1;busy;;0
g4;+15005550006;+15005550009;01.09.2026 00:40:00;1;sleeping;;0
g5;+15005550006;+15005550009;2026-09-01 00:40:00;1;busy;;0
g6;+15005550006;+15005550009;01.09.2026 00:40:00;1;busy;;0.5
"""
LEAST = '[columns]\nfrom = "A"\nto = "B"\nstart = "When"\nduration = "Length"\n'


def refused(write: Write, toml: str) -> str:
    with pytest.raises(TollsheetError) as caught:
        read_mapping(write("map.toml", toml))
    return str(caught.value)


def test_calls(write: Write) -> None:
    mapping = read_mapping(write("map.toml", "\ufeff" + MAPPING))
    records = read_records([write("calls.csv", CSV)], mapping=mapping, time_zone="Asia/Tokyo")
    first, *others = records.calls
    assert first.started_at == datetime(2026, 8, 31, 22, 30, tzinfo=UTC)
    assert (first.duration_ms, first.cost, first.currency) == (80_001, Decimal("0.017"), "EUR")
    assert (first.direction, others[0].direction, others[1].direction) == ("outbound", "inbound", "")
    assert [call.is_billed for call in records.calls] == [True, False, False, None]
    assert {bad.call_id: bad.problem for bad in records.unreadable} == {
        "g5": "\"CallTime\" is '2026-09-01 00:40:00', not a time written as %d.%m.%Y %H:%M:%S",
        "g6": "\"Amount\" is '0.5', not a number with a decimal comma: its point may be a decimal one, or "
        "stand between thousands",
    }
    (source,) = records.sources
    assert (source.provider, source.format, source.notes) == ("acme", "mapped calls CSV", ())
    assert read_records([write("calls.csv", CSV)], mapping=mapping, provider="acme").calls == records.calls


def test_the_least_mapping_bills_what_lasted(write: Write) -> None:
    mapping = read_mapping(write("map.toml", LEAST))
    book = workbook([["When", "Length", "B", "A"], [datetime(2026, 9, 1), 80, 15005550009, 15005550006]])
    lines = [{"A": "1", "B": "2", "When": "2026-09-01T00:00:00Z", "Length": length} for length in (80, 0)]
    records = read_records(
        [write("calls.xlsx", book), write("calls.json", json.dumps({"cdrs": lines}))], mapping=mapping
    )
    assert [call.is_billed for call in records.calls] == [True, True, False]
    assert [call.status for call in records.calls] == ["answered", "answered", "not answered"]
    assert (records.calls[0].to_number, records.calls[0].category) == ("15005550009", "calls")
    assert records.sources[0].notes == ("times without a zone were read as UTC",)


def test_usage(write: Write) -> None:
    toml = """\
holds = "usage"
category = "calls-inbound"
time_format = "%d.%m.%Y"
[columns]
start = "Day"
calls = "Number"
minutes = "Minutes"
price = "Sum"
"""
    content = "Day,Number,Minutes,Sum\n01.09.2026,3,4.5,0.02\n02.09.2026,,4.5,0.02\n2026-09-03,1,1,1\n"
    records = read_records([write("sums.csv", content)], mapping=read_mapping(write("map.toml", toml)))
    (day,) = records.usage
    assert (day.start_on, day.end_on, day.category) == (date(2026, 9, 1), date(2026, 9, 1), "calls-inbound")
    assert (day.calls, day.minutes, day.cost, day.provider) == (3, Decimal("4.5"), Decimal("0.02"), "generic")
    assert [bad.problem for bad in records.unreadable] == [
        '"Number" is blank',
        "\"Day\" is '2026-09-03', not a day (%d.%m.%Y)",
    ]


def test_the_categories_of_sums_are_folded(write: Write) -> None:
    toml = 'holds = "usage"\n[columns]\nstart = "Day"\ncalls = "N"\nminutes = "M"\ncategory = "Kind"\n'
    content = "Day,N,M,Kind\n2026-09-01,3,4,Calls_Inbound\n2026-09-01,3,4, calls  inbound\n2026-09-01,3,4,\n"
    paths = [write("sums.csv", content)]
    for constant, last in {"": "calls", 'category = "Calls Outbound"\n': "calls-outbound"}.items():
        records = read_records(paths, mapping=read_mapping(write("map.toml", constant + toml)))
        assert [usage.category for usage in records.usage] == ["calls-inbound", "calls-inbound", last]


PBX = """\
A,B,When,Length,Kind,Way
client:Ann,15005550009,2026-09-01,80,,
15005550006,Client:bob,2026-09-01,80,,inbound
client:Ann,15005550009,2026-09-01,80,Calls SIP,sideways
15005550006,15005550009,2026-09-01,80,,
"""


@pytest.mark.parametrize(
    ("settings", "columns", "categories"),
    [
        ("", "", ["calls-client", "calls-client", "calls-client", "calls"]),
        ('provider = "twilio"\n', "", ["calls-client", "calls-client", "calls-client", "calls"]),
        ('category = "Calls_SIP"\n', "", ["calls-sip"] * 4),
        ("", 'category = "Kind"\n', ["calls-client", "calls-client", "calls-sip", "calls"]),
        ('category = "calls"\n', 'category = "Kind"\n', ["calls", "calls", "calls-sip", "calls"]),
    ],
)
def test_clients_are_kept_apart_unless_told(
    write: Write, settings: str, columns: str, categories: list[str]
) -> None:
    mapping = read_mapping(write("map.toml", settings + LEAST + columns))
    records = read_records([write("calls.csv", PBX)], mapping=mapping)
    assert [call.category for call in records.calls] == categories


def test_one_direction_for_all_calls(write: Write) -> None:
    paths = [write("calls.csv", PBX)]
    for columns, directions in {
        "": ["outbound"] * 4,
        'direction = "Way"\n': ["outbound", "inbound", "", "outbound"],
    }.items():
        mapping = read_mapping(write("map.toml", 'direction = "Outbound"\n' + LEAST + columns))
        records = read_records(paths, mapping=mapping)
        assert [call.direction for call in records.calls] == directions


def test_other_files_beside_it_are_read_by_their_own_format(write: Write) -> None:
    usage = {
        "category": "calls",
        "start_date": "2026-09-01",
        "end_date": "2026-09-30",
        "count": 1,
        "usage": 1,
    }
    paths = [write("calls.csv", CSV), write("usage.json", json.dumps(usage))]
    records = read_records(paths, mapping=read_mapping(write("map.toml", MAPPING)))
    assert records.providers == ("acme", "twilio")


def test_a_file_without_a_mapped_column(write: Write) -> None:
    mapping = read_mapping(write("map.toml", MAPPING))
    with pytest.raises(TollsheetError) as caught:
        read_records([write("calls.csv", CSV.replace("CallTime", "Call_Times"))], mapping=mapping)
    assert str(caught.value) == (
        'calls.csv lacks the column "CallTime" of the mapping. Is "Call_Times" meant?'
    )
    with pytest.raises(
        TollsheetError, match=re.escape('lacks the columns "From", "To" of the mapping. It has ')
    ):
        read_records([write("calls.csv", CSV.replace("From", "x").replace("To;", "y;"))], mapping=mapping)


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        (
            "provider = ",
            "Mapping map.toml is no TOML: Invalid value (at end of document). Correct that line.",
        ),
        ('timezone = "UTC"', 'Mapping map.toml: the key "timezone" is unknown. Is "time_zone" meant?'),
        ("zzz = 1", 'Mapping map.toml: the key "zzz" is unknown. Known are provider, holds,'),
        ("provider = 7", 'Mapping map.toml: provider is no text. Write it in quotes: provider = "...".'),
        (
            'holds = "sms"',
            'Mapping map.toml: holds = "sms". It may be calls, usage, recordings, charges, roster.',
        ),
        (
            'duration = "hours"',
            'Mapping map.toml: duration = "hours". It may be seconds, milliseconds, minutes, h:',
        ),
        ('charges = "-"', 'Mapping map.toml: charges = "-". It may be positive, negative.'),
        ('time_zone = "Mars"', 'Mapping map.toml: time zone "Mars" is unknown. '),
        ('currency = "$"', "Mapping map.toml: currency is '$', not a currency such as USD."),
        ("decimal_comma = 1", "Mapping map.toml: decimal_comma is neither true nor false. "),
        ("", "Mapping map.toml: there is no table [columns]. Name at least from, to, start, duration."),
        ("columns = 1", "Mapping map.toml: there is no table [columns]. "),
        ('[columns]\nform = "A"', 'Mapping map.toml: the column "form" is unknown. Is "from" meant?'),
        ('[columns]\nfrom = "A"\nto = "B"', "Mapping map.toml: [columns] lacks start, duration. "),
        (
            LEAST + "price = []",
            "Mapping map.toml: columns.price is no text. Write it in quotes: columns.price = ",
        ),
        (
            'direction = "upwards"\n' + LEAST,
            'Mapping map.toml: direction = "upwards". It may be inbound, outbound, or a table [direction] of',
        ),
        ("direction = 1\n" + LEAST, "Mapping map.toml: direction is no table. "),
        ('status = "x"\n' + LEAST, "Mapping map.toml: status is no table. Begin it with [status]."),
        (LEAST + '[status]\nbilled = "x"', "Mapping map.toml: status.billed is no list. "),
        (LEAST + '[status]\npaid = ["x"]', 'Mapping map.toml: the key of [status] "paid" is unknown. '),
        (
            LEAST + '[status]\nbilled = ["No Answer"]\nnot_billed = ["no-answer"]',
            'Mapping map.toml: "no-answer" is listed twice in [status]. Keep one.',
        ),
    ],
)
def test_a_mapping_that_is_wrong(write: Write, toml: str, message: str) -> None:
    assert refused(write, toml).startswith(message)


def test_a_mapping_that_cannot_be_read(tmp_path: Path, write: Write) -> None:
    with pytest.raises(TollsheetError, match=r"Mapping no.toml cannot be read: .* Check the path: .*no.toml"):
        read_mapping(tmp_path / "no.toml")
    with pytest.raises(TollsheetError, match=r"Mapping map.toml is not UTF-8. Save it as UTF-8."):
        read_mapping(write("map.toml", b"provider = '\xff'"))


def test_the_mapping_of_the_documents_is_read(root: Path, write: Write) -> None:
    text = (root / "docs" / "formats.md").read_text("utf-8")
    (toml,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    (table,) = re.findall(r"```csv\n(.*?)```", text, re.DOTALL)
    records = read_records([write("calls.csv", table)], mapping=read_mapping(write("map.toml", toml)))
    assert records.unreadable == ()
    assert [call.is_billed for call in records.calls] == [True, False]
    assert [call.cost for call in records.calls] == [Decimal("0.0170"), Decimal(0)]


def test_a_direction_that_is_not_known_is_said(write: Write) -> None:
    """`out` is no known word: without a table [direction] the call has none, which nobody would see."""
    rows = "A,B,When,Length,Way\n1,2,2026-09-01 10:00:00,5,out\n1,2,2026-09-01 11:00:00,5,inbound\n"
    note = (
        '1 direction is neither inbound nor outbound, such as "out": read as not said. The table [direction] '
        "of a mapping says what such words mean"
    )
    for table, said in (("", [note]), ('[direction]\noutbound = ["out"]\n', [])):
        mapping = read_mapping(write("map.toml", LEAST + 'direction = "Way"\n' + table))
        notes = read_records([write("calls.csv", rows)], mapping=mapping).sources[0].notes
        assert [one for one in notes if "direction" in one] == said
