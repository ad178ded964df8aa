"""Files of every kind: packing, encodings, delimiters, quotes, sheets, and what is said of them."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import zipfile
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from addin.errors import TollsheetError
from addin.records import read_records
from addin.records.call import Records

from .conftest import Read, Write

HEADER = "Call ID,Call Time,Source Number,Destination,Duration,Release Reason"
ROW = "a1,2026-09-01 00:00:00,15005550006,15005550009,80,Zo\u00eb"
CSV = f"{HEADER}\n{ROW}\n"


def is_read(records: Records) -> None:
    (call,) = records.calls
    assert (call.call_id, call.to_number, call.duration_ms) == ("a1", "15005550009", 80_000)
    assert call.started_at == datetime(2026, 9, 1, tzinfo=UTC)
    assert records.unreadable == ()


@pytest.mark.parametrize(
    ("content", "notes"),
    [
        (CSV.encode(), ()),
        (CSV.encode("utf-8-sig"), ()),
        (CSV.encode("utf-16"), ()),
        (b"\xfe\xff" + CSV.encode("utf-16-be"), ()),
        (CSV.encode("cp1252"), ("read as Windows-1252, because it is not UTF-8",)),
        (gzip.compress(CSV.encode(), mtime=0), ()),
        (CSV.replace("\n", "\r\n").encode(), ()),
        (CSV.replace("\n", "\r").encode(), ()),
        (CSV.rstrip().encode(), ()),
        (b"\n,,,\n" + CSV.encode(), ()),
        (CSV.replace(",", ";").encode(), ()),
        (CSV.replace(",", "\t").encode(), ()),
        (CSV.replace(",", "|").encode(), ()),
        (b"sep=;\r\n" + CSV.replace(",", ";").encode(), ()),
        (CSV.replace("Call ID", " CALL_id ").replace("Source Number", "source-number").encode(), ()),
        (CSV.replace("\n", ",,\n").encode(), ()),
    ],
)
def test_ways_to_write_a_csv(read: Read, content: bytes, notes: tuple[str, ...]) -> None:
    records = read("cdr.csv", content)
    is_read(records)
    assert records.sources[0].notes == notes


def test_a_row_is_what_a_spreadsheet_shows(read: Read) -> None:
    content = (
        f'sep=,\n{HEADER}\n\n"a1",2026-09-01 00:00:00,1,2,80,"two\nlines"\na2,2026-09-01 00:00:00,1,2,80,x\n'
    )
    assert [call.place.row for call in read("cdr.csv", content).calls] == [3, 4]


@pytest.mark.parametrize(("before", "row"), [("", 2), ("\n,,,\n", 4), ("sep=,\n\n", 3)])
def test_blank_rows_count(read: Read, before: str, row: int) -> None:
    assert [call.place.row for call in read("cdr.csv", before + CSV).calls] == [row]


def test_the_sep_line_decides(read: Read) -> None:
    content = CSV.replace(",", "|").replace(
        "Release Reason", "Reason, as it was, or was not, said, or not, if any"
    )
    is_read(read("cdr.csv", f"sep=|\n{content}"))


def test_a_byte_that_no_encoding_knows_is_seen(read: Read) -> None:
    (call,) = read("cdr.csv", CSV.encode("cp1252").replace(b"15005550006", b"1500\x81")).calls
    assert call.from_number == "1500\ufffd"


def test_a_sheet_may_state_a_wrong_size(read: Read) -> None:
    file = io.BytesIO()
    whole = zipfile.ZipFile(io.BytesIO(workbook([COLUMNS, ["a1", AT, "1", "15005550009", 80]])))
    with zipfile.ZipFile(file, "w") as archive:
        for name in whole.namelist():
            archive.writestr(name, whole.read(name).replace(b'ref="A1:F2"', b'ref="A1"'))
    assert b'ref="A1"' in zipfile.ZipFile(file).read("xl/worksheets/sheet1.xml")
    is_read(read("cdr.xlsx", file.getvalue()))


def test_rows_that_do_not_fit_are_told_by_number(read: Read) -> None:
    content = f'{CSV}a2,2026-09-01 00:00:00,1,2\n{ROW},extra\n"a"3,2026-09-01 00:00:00,1,2,80,x\n{ROW}\n'
    records = read("cdr.csv", content)
    assert [call.place.row for call in records.calls] == [2, 6]
    assert {bad.place.row: bad.problem.split("(")[0] for bad in records.unreadable} == {
        3: "has 4 values under 6 columns",
        4: "has 7 values under 6 columns",
        5: "its quotes do not match ",
    }
    assert records.sources[0].rows == 5


def test_control_characters_are_gone_and_formulas_are_text(read: Read) -> None:
    content = CSV.replace("15005550006", "\x1b[0m=1+1\x00\x85").replace("15005550009", "+1500\x07")
    (call,) = read("cdr.csv", content).calls
    assert (call.from_number, call.to_number) == ("[0m=1+1", "+1500")


def test_what_a_source_says(write: Write) -> None:
    path = write("cdr.csv.gz", gzip.compress(CSV.encode(), mtime=0))
    os.utime(path, (1_788_220_800, 1_788_220_800))
    (source,) = read_records([path]).sources
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (source.name, source.size_bytes, source.rows) == ("cdr.csv.gz", path.stat().st_size, 1)
    assert source.modified_at == datetime(2026, 9, 1, tzinfo=UTC)


def test_names_are_longer_where_files_share_one(write: Write) -> None:
    names = "a/x/cdr.csv", "b/x/cdr.csv", "b/other.csv"
    paths = [write(name, CSV + "\n" * at) for at, name in enumerate(names)]
    places = [call.place.file for call in read_records(paths).calls]
    assert places == ["a/x/cdr.csv", "b/x/cdr.csv", "other.csv"]


def test_one_file_under_two_names_is_refused(write: Write) -> None:
    paths = [write(name, CSV) for name in ("bill.csv", "copy of bill.csv")]
    with pytest.raises(
        TollsheetError, match=r"^copy of bill\.csv is the same file as bill\.csv: its records"
    ):
        read_records(paths)


def test_progress(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, int, float]] = []
    paths = [write(name, CSV + f"{ROW}\n" * 4000) for name in ("cdr.csv", "packed.csv.gz")]
    paths[1].write_bytes(gzip.compress(paths[1].read_bytes()))
    monkeypatch.setattr("addin.records.one_file.PROGRESS_STEP", 1000)
    read_records(paths, on_progress=lambda *step: seen.append(step))
    for name, its in groupby(seen, key=lambda step: step[0]):
        rows, shares = zip(*(step[1:] for step in its), strict=True)
        assert rows == (1000, 2000, 3000, 4000, 4001), name
        assert list(shares) == sorted(shares)
        assert shares[-1] == 1
        assert 0.1 < shares[0] < 0.6 or name.endswith("gz")


def workbook(*sheets: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


COLUMNS = HEADER.split(",")
AT = datetime(2026, 9, 1)


def test_a_workbook(read: Read) -> None:
    cover = [["Call report"], ["for September"]]
    rows = [
        [],
        COLUMNS,
        ["a1", AT, 15005550006.0, 15005550009, 80, "x"],
        [],
        ["a2", "2026-09-01 00:00:00", "15005550006", "15005550009", time(0, 1, 20)],
        ["a3", AT, 15005550006, 15005550009, timedelta(hours=25), "x"],
        ["a4", AT, 15005550006, 15005550009, 0.000926, "x"],
        ["a5", AT, "#N/A", 15005550009, "#VALUE!", "x"],
    ]
    records = read("cdr.xlsx", workbook([], cover, rows))
    assert [call.call_id for call in records.calls] == ["a1", "a2", "a3"]
    assert [call.duration_ms for call in records.calls] == [80_000, 80_000, 90_000_000]
    assert {call.from_number for call in records.calls} == {"15005550006"}
    assert {call.to_number for call in records.calls} == {"15005550009"}
    assert {call.started_at for call in records.calls} == {AT.replace(tzinfo=UTC)}
    assert [call.place.row for call in records.calls] == [3, 5, 6]
    assert {bad.place.row: bad.problem for bad in records.unreadable} == {
        7: '"Duration" is 0.000926, a spreadsheet time (a part of a day): format the column as h:mm:ss '
        "or as seconds",
        8: '"Duration" is #VALUE!: the cell is an error, correct the cell it comes from',
    }
    assert records.sources[0].format == "ConnexCS CDR Excel"
    assert records.sources[0].notes == ('read from sheet "Sheet2", not from sheet "Sheet1"',)


def test_amounts_of_a_workbook_are_the_decimals_it_shows(read: Read) -> None:
    row = ["a1", AT, "1", "2", 80, 0.1 + 0.2]
    (call,) = read("cdr.xlsx", workbook([[*COLUMNS[:5], "Charge"], row])).calls
    assert call.cost == Decimal("0.3")


def test_a_workbook_keeps_fifteen_digits(read: Read) -> None:
    long = 1234567890123456789.0
    records = read("cdr.xlsx", workbook([COLUMNS, ["a1", AT, long, "2", 80], [long, AT, "1", "2", 80]]))
    assert records.sources[0].notes == (
        "a number cell keeps 15 digits: longer telephone numbers have lost the rest",
    )
    assert len(records.calls) == 1
    (bad,) = records.unreadable
    assert bad.problem.startswith('"Call ID" is 1234567890123460000: a spreadsheet has shortened this id')


def test_a_packed_workbook(read: Read) -> None:
    is_read(read("cdr.xlsx.gz", gzip.compress(workbook([COLUMNS, ["a1", AT, "1", "15005550009", 80]]))))


def test_inputs_are_not_touched(write: Write) -> None:
    path: Path = write("cdr.csv", CSV)
    before = path.stat().st_mtime_ns, path.read_bytes()
    read_records([path])
    assert (path.stat().st_mtime_ns, path.read_bytes()) == before
    assert list(path.parent.iterdir()) == [path]
