"""Workbooks of several sheets, and tables with titles above their header row."""

from __future__ import annotations

import io
import json
from typing import Any

import openpyxl
import pytest

from addin.records import read_mapping, read_records

from .conftest import Read, Refusal, Write
from .test_mapping import LEAST
from .test_tables import AT, COLUMNS, CSV, HEADER, workbook
from .test_twilio import CALL, USAGE


def calls(*ids: str) -> list[list[Any]]:
    return [COLUMNS, *([call_id, AT, "1", "15005550009", 80, "x"] for call_id in ids)]


def test_every_sheet_of_calls_is_read(read: Read) -> None:
    bad = ["a4", AT, "1", "2", "soon"]
    book = workbook(calls("a1", "a2"), [["Notes"], ["none"]], [[], *calls("a3"), bad])
    records = read("cdr.xlsx", book)
    assert [str(call.place) for call in records.calls] == [
        "cdr.xlsx[Sheet]:2",
        "cdr.xlsx[Sheet]:3",
        "cdr.xlsx[Sheet2]:3",
    ]
    assert [str(bad.place) for bad in records.unreadable] == ["cdr.xlsx[Sheet2]:4"]
    (source,) = records.sources
    assert (source.name, source.rows, source.format) == ("cdr.xlsx", 4, "ConnexCS CDR Excel")
    assert source.notes == ('read from sheets "Sheet", "Sheet2", not from sheet "Sheet1"',)


def test_one_sheet_needs_no_name(read: Read) -> None:
    records = read("cdr.xlsx", workbook(calls("a1"), calls()))
    assert [str(call.place) for call in records.calls] == ["cdr.xlsx:2"]
    assert records.sources[0].notes == ('read from sheet "Sheet", not from sheet "Sheet1"',)
    assert read("one.xlsx", workbook(calls("a1"))).sources[0].notes == ()


def test_sheets_of_several_formats(read: Read) -> None:
    log = [list(CALL)[:-1], [value for key, value in CALL.items() if key != "subresource_uris"]]
    records = read("month.xlsx", workbook(log, [list(USAGE), list(USAGE.values())]))
    assert (len(records.calls), len(records.usage)) == (1, 1)
    assert str(records.usage[0].place) == "month.xlsx[Sheet1]:2"
    assert records.sources[0].format == "Twilio call Excel, Twilio usage Excel"


def test_sheets_of_several_providers(refusal: Refusal, write: Write) -> None:
    book = workbook(calls("a1"), [list(USAGE), list(USAGE.values())])
    assert refusal("month.xlsx", book) == (
        "month.xlsx has sheets of connexcs and twilio. Name one provider, or save each sheet as a "
        "file of its own."
    )
    records = read_records([write("month.xlsx", book)], provider="twilio")
    assert (len(records.calls), len(records.usage)) == (0, 1)
    assert records.sources[0].notes == ('read from sheet "Sheet1", not from sheet "Sheet"',)


def test_what_is_noted_of_two_sheets_is_noted_once(read: Read) -> None:
    spoilt = [COLUMNS, ["a9", AT, "4.48E+11", "2", 80]]
    records = read("cdr.xlsx", workbook(spoilt, [COLUMNS, ["a8", AT, "4.48E+11", "2", 80]]))
    assert records.sources[0].notes[1:] == (
        "2 numbers were shortened by a spreadsheet, such as 4.48E+11: export again",
    )


def test_a_column_twice_is_named_with_its_sheet(refusal: Refusal) -> None:
    twice = [[*COLUMNS[:5], "duration"], ["a1", AT, "1", "2", 80, 80]]
    message = refusal("cdr.xlsx", workbook(calls("a1"), twice))
    assert message.startswith('cdr.xlsx[Sheet1] has the column "Duration" 2 times.')


TITLES = {
    "one": ("Call report\n", 2),
    "five": ('Call report;"September; 2026"\n\nAccount,AC01,,\n"a\nb"\nFrom|To\nx\n', 7),
    "blank": ("\n,,\nCall report\n\n", 5),
    "sep": ("sep=,\nCall report\n", 2),
}


@pytest.mark.parametrize("name", TITLES)
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_titles_above_the_header(read: Read, name: str, delimiter: str) -> None:
    titles, header_row = TITLES[name]
    if name == "sep":
        titles = titles.replace(",", delimiter)
    records = read("cdr.csv", titles + (CSV + CSV.splitlines()[1]).replace(",", delimiter))
    assert [call.place.row for call in records.calls] == [header_row + 1, header_row + 2]
    assert (records.unreadable, records.sources[0].rows) == ((), 2)
    assert records.sources[0].notes == (
        f"the header of cdr.csv is row {header_row}: what stands above it was left out",
    )


def test_titles_above_the_header_of_a_sheet(read: Read) -> None:
    titles = [["Call report"], [], ["for", "September", 2026, AT], [" "]]
    records = read("cdr.xlsx", workbook([*titles, *calls("a1")], calls("a2")))
    assert [str(call.place) for call in records.calls] == ["cdr.xlsx[Sheet]:6", "cdr.xlsx[Sheet1]:2"]
    assert records.sources[0].notes == (
        'read from sheets "Sheet", "Sheet1"',
        "the header of cdr.xlsx[Sheet] is row 5: what stands above it was left out",
    )


@pytest.mark.parametrize("titles", [9, 10])
def test_a_header_stands_in_the_first_ten_rows(write: Write, refusal: Refusal, titles: int) -> None:
    csv, book = "title\n" * titles + CSV, workbook([["title"]] * titles + calls("a1"))
    if titles < 10:
        assert read_records([write("cdr.csv", csv)]).calls[0].place.row == 11
        assert read_records([write("cdr.xlsx", book)]).calls[0].place.row == 11
    else:
        assert 'its columns are "title"' in refusal("cdr.csv", csv)
        assert 'its columns are "title"' in refusal("cdr.xlsx", book)
        blanks = refusal("cdr.csv", "title\n" + "\n" * titles + CSV)
        assert 'its columns are "title"' in blanks
        assert 'its columns are "title"' in refusal(
            "cdr.xlsx", workbook([["title"], *([[]] * titles), *calls("a1")])
        )
        assert read_records([write("cdr.csv", "\n" * 20 + CSV)]).calls[0].place.row == 22


def test_titles_above_a_mapped_table(write: Write) -> None:
    mapping = read_mapping(write("map.toml", LEAST))
    records = read_records(
        [write("calls.csv", "Report,of,calls\nA,B,When,Length\n1,2,2026-09-01,80\n")], mapping=mapping
    )
    assert [call.place.row for call in records.calls] == [3]


def test_what_a_titled_table_lacks_is_said_of_its_header(refusal: Refusal, write: Write) -> None:
    message = refusal("cdr.csv", "Call report\n" + CSV.replace("Duration", "Length"))
    assert 'as ConnexCS CDR CSV it lacks the column "Duration"' in message
    message = refusal("cdr.csv", "Call report\ncolour,shape\nred,round\n")
    assert 'its columns are "colour", "shape"' in message
    mapping = read_mapping(write("map.toml", LEAST))
    message = refusal("cdr.csv", "Report\nA,B,Wen,Length\n1,2,2026-09-01,80\n", mapping=mapping)
    assert message == 'cdr.csv lacks the column "When" of the mapping. Is "Wen" meant?'
    assert refusal("x.csv", 'a,b\n"c\n').startswith("x.csv is in no known format")


def test_a_sheet_of_blanks_is_none(read: Read, refusal: Refusal) -> None:
    assert "has no sheet with anything in it" in refusal("cdr.xlsx", workbook([[" "], [None, ""]]))
    (call,) = read("cdr.xlsx", workbook([[" "], *calls("a1"), ["", " "]])).calls
    assert call.place.row == 3
    (call,) = read("cdr.xlsx", workbook([*([[]] * 20), *calls("a1")])).calls
    assert call.place.row == 22


def test_a_rate_card_is_named(refusal: Refusal, write: Write) -> None:
    message = "rates.csv is a rate card, not a file of calls or usage. Give it as the rate card."
    mapping = read_mapping(write("map.toml", LEAST))
    for content in ("prefix,rate\n44,0.01\n", "Prices\nPrefix;Country;Rate\n44;UK;0.01\n"):
        assert refusal("rates.csv", content) == message
        assert refusal("rates.csv", content, mapping=mapping) == message
    log = "id,caller,callee,at,seconds,prefix,rate\n1,2,3,4,5,6,7\n"
    assert "is in no known format" in refusal("log.csv", log)
    assert "is in no known format" in refusal("log.json", json.dumps([{"prefix": "44", "price": 1}]))


def test_a_hidden_sheet_is_read_too(read: Read) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(calls("a1"), calls("a2"))))
    book.worksheets[1].sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    assert len(read("cdr.xlsx", file.getvalue()).calls) == 2


def test_the_header_is_the_first_row_that_is_recognised(read: Read) -> None:
    records = read("cdr.csv", CSV + HEADER + "\n")
    assert [call.place.row for call in records.calls] == [2]
    assert [bad.place.row for bad in records.unreadable] == [3]
