"""Files that cannot be read at all: each message says what, where, and what to do."""

from __future__ import annotations

import gzip
import io
import json
import random
import zipfile
from pathlib import Path

import pytest

from addin.errors import TollsheetError
from addin.records import read_records

from .conftest import Read, Refusal, Write
from .test_tables import COLUMNS, CSV, HEADER, workbook

AGAIN = "Export it again."


def zipped(name: str, content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), content)  # without the clock: test names hold these bytes
    return file.getvalue()


def test_a_text_named_as_a_workbook_is_said_to_be_none(read: Read) -> None:
    with pytest.raises(TollsheetError, match=r"month.xlsx is no workbook, whatever its name says"):
        read("month.xlsx", "hello world\nthis is no workbook\n")


def test_missing_and_folder(tmp_path: Path) -> None:
    with pytest.raises(TollsheetError, match=r"nowhere.csv is not there. Check the path: .*nowhere.csv"):
        read_records([tmp_path / "nowhere.csv"])
    with pytest.raises(TollsheetError, match=r"is a folder. Name the files in it."):
        read_records([tmp_path])


def test_twice(write: Write) -> None:
    path = write("cdr.csv", CSV)
    with pytest.raises(TollsheetError, match=r"cdr.csv is given twice. Name each file once."):
        read_records([path, path.parent / "." / path.name])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", f"x is empty (0 bytes). {AGAIN}"),
        (gzip.compress(b"", mtime=0), f"x is a packed empty file. {AGAIN}"),
        (b" \n\n \n", f"x holds nothing but blanks. {AGAIN}"),
        ("\x0b,\x0b\n", f"x has no header row. {AGAIN}"),
        (",,,\n;\n", f"x has no header row. {AGAIN}"),
        (HEADER + "\n", "x has column names but no records. Export it again, for a month that has some."),
        ('{"calls": []}', "x holds no records. Export it again, for a month that has some."),
        ("[]", "x holds no records. Export it again, for a month that has some."),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "x is an old Excel workbook (.xls) or one with a password. "),
        (
            b"\x89PNG\r\n" + b"\0\1" * 600,
            "x is neither text nor .xlsx. Export it as CSV (UTF-8), JSON or .xlsx.",
        ),
        (CSV.encode("utf-16")[:-1], f"x is cut in the middle of its UTF-16 text. {AGAIN}"),
        (workbook([COLUMNS])[:-40], "x is no .xlsx workbook that can be read (File is not a zip file). "),
        (
            zipped("calls.csv", b"a,b"),
            "x is a zip of calls.csv, no .xlsx workbook. Unpack it and name the files in it.",
        ),
        (gzip.compress(zipped("calls.csv", b"a,b"), mtime=0), "x is a zip of calls.csv, no .xlsx workbook. "),
        (zipped("xl/workbook.bin", b"x"), "x is a binary workbook (.xlsb). Save it as .xlsx."),
        (zipped("word/document.xml", b"x"), "x is a zip of word/document.xml, no .xlsx workbook. "),
        (
            zipped("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
            "x is an OpenDocument spreadsheet (.ods). Save it as .xlsx or CSV.",
        ),
        (b"%PDF-1.7\n%\xe2\xe3", "x is a PDF. Export it as CSV or .xlsx."),
        (gzip.compress(b"%PDF-1.7\n", mtime=0), "x is a PDF. "),
        (workbook([], []), f"x has no sheet with anything in it. {AGAIN}"),
        (workbook([COLUMNS]), "x has column names but no records. "),
        (CSV + 'a2,"2026', "x, row 3: a quote opens that is never closed, so all that follows is lost. "),
        (CSV + '"' + "a" * 200_000, "x, row 3: a quote opens that is never closed, "),
        ('"Call ID"x,b\n1,2\n', "x, row 1: its quotes do not match ("),
        (
            CSV.replace("Release Reason", "duration"),
            'x has the column "Duration" 2 times. Remove or rename all but the right one.',
        ),
    ],
)
def test_refused(refusal: Refusal, content: str | bytes, message: str) -> None:
    assert refusal("x", content).startswith(message)


def test_a_truncated_gzip_gives_no_record(refusal: Refusal) -> None:
    noise = random.Random(1)
    rows = "".join(f"a{noise.random()},2026-09-01 00:00:00,1,2,80,\n" for _ in range(20_000))
    packed = gzip.compress((CSV + rows).encode())
    for content in (
        packed[: len(packed) // 2],
        packed[:-4],
        packed[:-200] + b"\0" * 200,
        packed[:15],
        packed[:12] + b"\xff" * 99 + packed[111:],
    ):
        message = refusal("cdr.csv.gz", content)
        assert message.startswith("cdr.csv.gz is a gzip file that is cut or damaged (")
        assert message.endswith("Download it again; nothing was read.")
    packed = gzip.compress(workbook([COLUMNS] * 50))
    assert "cut or damaged" in refusal("cdr.xlsx.gz", packed[:-10])


def test_a_workbook_damaged_inside(refusal: Refusal) -> None:
    file = io.BytesIO()
    whole = zipfile.ZipFile(io.BytesIO(workbook([COLUMNS, ["a1", "2026-09-01", "1", "2", 80]])))
    with zipfile.ZipFile(file, "w") as archive:
        for name in whole.namelist():
            content = whole.read(name)
            archive.writestr(name, content[: len(content) // 2] if "sheet1" in name else content)
    assert "x is no .xlsx workbook that can be read (" in refusal("x", file.getvalue())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            '{\n "calls": [\n  {"sid": "CA1"}, ...\n ]\n}',
            "calls.json is no JSON: line 3, column 19 has '...' (expected value); the file was cut: dots "
            f"stand for its records at line 3. {AGAIN}",
        ),
        (
            '{\n "usage_records": [\n  {"count": "0"}\n  . . .\n ]\n}',
            "calls.json is no JSON: line 4, column 3 has '. . .' (expected ',' delimiter); the file was "
            f"cut: dots stand for its records at line 4. {AGAIN}",
        ),
        (
            '{\n "uri": "/x"\n "calls": [\n  {"sid": "dots ... here"}\n ]\n}',
            f"calls.json is no JSON: line 3, column 2 has '\"calls\": [' (expected ',' delimiter). {AGAIN}",
        ),
        (
            '{\n "calls": [\n  {"sid": "CA1"},\n',
            f"calls.json ends in the middle, at line 4: the file was cut. {AGAIN}",
        ),
        (
            '{"calls": [{"sid": "CA',
            f"calls.json ends in the middle, in a text that begins at line 1: the file was cut. {AGAIN}",
        ),
        ("[" * 100_000, "calls.json is no JSON that can be read: "),
        ("{" + '"a": ' + "9" * 5000 + "}", "calls.json is no JSON that can be read: "),
        ("[1, 2, 3]", "calls.json holds no records."),
    ],
)
def test_json_that_does_not_parse(refusal: Refusal, content: str, message: str) -> None:
    assert refusal("calls.json", content).startswith(message)


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (
            "Call Sid,From,To,Status,Type,Start Time",
            'x.csv is in no known format; as Twilio console CSV it lacks the column "Duration". Export it '
            "with them, or describe its columns in a mapping file.",
        ),
        (
            "Call UUID,To number,Initiation time,Call rate",
            'x.csv is in no known format; as Plivo call CSV it lacks the columns "from_number", '
            '"bill_duration or Call duration".',
        ),
        (
            "date,colour",
            'x.csv is in no known format: its columns are "date", "colour". Describe its columns',
        ),
    ],
)
def test_missing_columns_are_named(refusal: Refusal, header: str, message: str) -> None:
    assert refusal("x.csv", header + "\n" + "1," * header.count(",") + "1\n").startswith(message)


def test_a_file_that_is_refused_need_not_stop_the_others(write: Write) -> None:
    cut = CSV + 'a2,"2026'
    paths = [
        write("one.csv", CSV),
        write("cut.csv", cut),
        write("no.pdf", b"%PDF"),
        write("two.csv", f"{CSV}\n"),
    ]
    refused: list[tuple[str, str]] = []
    records = read_records(paths, on_refusal=lambda name, error: refused.append((name, str(error))))
    assert [call.place.file for call in records.calls] == ["one.csv", "two.csv"]
    assert [source.name for source in records.sources] == ["one.csv", "two.csv"]
    assert [name for name, _ in refused] == ["cut.csv", "no.pdf"]
    assert refused[1][1] == "no.pdf is a PDF. Export it as CSV or .xlsx."
    with pytest.raises(TollsheetError, match="is given twice"):
        read_records(paths[:1] * 2, on_refusal=lambda name, error: None)


def test_provider(refusal: Refusal, write: Write) -> None:
    assert refusal("cdr.csv", CSV, provider="acme") == (
        'Provider "acme" is unknown. Known are twilio, plivo, connexcs, voiso; describe others in a '
        "mapping file."
    )
    assert refusal("cdr.csv", CSV, provider="Twilio") == (
        "cdr.csv is a ConnexCS CDR CSV, not of provider twilio. Name no provider, or connexcs."
    )
    assert len(read_records([write("cdr.csv", CSV)], provider="ConnexCS").calls) == 1


def test_recordings_of_twilio_are_named_and_refused(refusal: Refusal) -> None:
    recording = {"sid": "RE1", "call_sid": "CA1", "channels": 2, "date_created": "x", "duration": "53"}
    message = refusal("r.json", json.dumps({"recordings": [recording]}))
    assert message.startswith(
        "r.json is a Twilio recording JSON, which is not imported. Recordings are no calls"
    )


def test_time_zone(refusal: Refusal) -> None:
    assert refusal("cdr.csv", CSV, time_zone="Mars/Base") == (
        'Time zone "Mars/Base" is unknown. Use a name like America/New_York or an offset like +05:30.'
    )
