"""Call logs read in columns say what they say row by row: examples, odd files, odd rows."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

import pytest

from addin.errors import TollsheetError
from addin.records import read_mapping, read_records
from addin.records.alike.calls import AlikeCalls

from .conftest import Both, read_both

ROOT = Path(__file__).parents[3]
EXAMPLES = sorted(
    path for path in (ROOT / "examples").rglob("*.csv") if path.name.startswith(("calls", "billed", "nine"))
)
HEADER = "Call Sid,From,To,Direction,Type,Status,Duration,Start Time,Price,Price Unit,Parent Call Sid,Note"
ROW = "CA1,+15005550006,+15005550009,Incoming,Phone,Completed,61,02:15:32 EDT 2026-10-01,-0.02,USD,,"
PLIVO = "call_uuid,from_number,to_number,initiation_time,answer_time,bill_duration,call_direction"


def with_cell(place: int, value: str) -> str:
    cells = ROW.split(",")
    cells[place] = value
    return ",".join(cells)


def console(*rows: str) -> str:
    """Odd rows among many that are alike."""
    plain = [ROW.replace("CA1", f"CA{number:03}").replace(":32 ", f":{number:02} ") for number in range(9)]
    return "\n".join([HEADER, *plain, *rows, *plain, ""])


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_examples(both: Both, path: Path) -> None:
    mapping = read_mapping(path.parent / "mapping.toml") if path.parent.name == "generic" else None
    records = both([path], mapping=mapping)
    assert isinstance(records.calls, AlikeCalls)
    assert len(records.calls.kinds) < len(records.calls)


ODD_ROWS = {
    "blank line": "",
    "blank cells": "," * 11,
    "blanks": "  ",
    "few cells": "CA1,+1",
    "many cells": f"{ROW},x",
    "many blank cells": f"{ROW},,,",
    "quotes": ROW.replace("CA1", '"CA,1"').replace("Phone", '"Ph""one"'),
    "quoted blank": ROW.replace("Phone", '""'),
    "line break": f'{ROW}"two\nlines"',
    "line breaks and few cells": f'CA1,"two\r\n\nlines"\n{ROW}"a\nb"',
    "quote within": f'{ROW}5" pipe',
    "quote behind": f'{ROW}"a"b',
    "blank before a quote": f'{ROW} "a"',
    "carriage return": f"{ROW}a\rb",
    "error as a number": with_cell(1, "#N/A"),
    "error as a status": with_cell(5, "Err:502"),
    "error as an id": with_cell(0, "#REF!"),
    "error as a start": with_cell(7, "#VALUE!"),
    "error as a parent": with_cell(10, "#NAME?"),
    "shortened number": with_cell(2, "4.48E+11"),
    "shortened id": with_cell(0, "1e+33"),
    "null id": with_cell(0, "null"),
    "null number": with_cell(1, "NULL"),
    "null parent": with_cell(10, "null"),
    "blank id": with_cell(0, ""),
    "parent": with_cell(10, "CA9"),
    "blanks around": with_cell(1, " +15005550006 "),
    "control signs": with_cell(0, "CA\x071"),
    "no sign of ASCII": with_cell(1, "Zo\u00eb\u00a0"),
    "client": with_cell(1, "client:ada"),
    "client by type": with_cell(4, "Client"),
    "client in capitals": with_cell(2, "CLIENT:x y"),
    "sip": with_cell(1, "sip:ada@example.com"),
    "unknown word": with_cell(3, "sideways"),
    "unknown status": with_cell(5, "pondering"),
    "no answer": with_cell(5, "No Answer").replace(",61,", ",,"),
    "no duration": with_cell(6, ""),
    "bad duration": with_cell(6, "1:99"),
    "bad price": with_cell(8, "$1"),
    "no start": with_cell(7, ""),
    "no start, not billed": with_cell(7, "").replace("Completed", "Failed"),
    "bare start": with_cell(7, "2026-10-01 02:15:32"),
    "other zone": with_cell(7, "02:15:32 CEST 2026-10-01"),
    "ambiguous zone": with_cell(7, "02:15:32 CST 2026-10-01"),
    "named zone": with_cell(7, "2026-10-01 02:15:32 Europe/Berlin"),
    "fraction": with_cell(7, "2026-10-01T02:15:32.125Z"),
    "long fraction": with_cell(7, "2026-10-01T02:15:32.123456789Z"),
    "minutes only": with_cell(7, "2026-10-01 02:15"),
    "day only": with_cell(7, "2026-10-01"),
    "mail": with_cell(7, '"Thu, 01 Oct 2026 02:15:32 +0000"'),
    "no time": with_cell(7, "yesterday"),
    "no minute": with_cell(7, "02:75:32 EDT 2026-10-01"),
    "sums": "Total,,,,,,1234,,-9.99,,,",
    "long start": with_cell(7, "2026-10-01 02:15:32" + " " * 80),
}

ROW_BY_ROW = {
    ODD_ROWS[name] for name in ("quote within", "quote behind", "blank before a quote", "carriage return")
}
"""With such a row the whole file is read row by row."""


@pytest.mark.parametrize("odd", ODD_ROWS.values(), ids=ODD_ROWS)
def test_odd_rows(both: Both, odd: str, tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_bytes(console(odd, ROW, odd).encode())
    records = both([path])
    assert len(records.calls) + len(records.unreadable) >= 19
    assert isinstance(records.calls, AlikeCalls) == (odd not in ROW_BY_ROW)
    both([path], time_zone="Europe/Berlin")


def test_odd_rows_together(both: Both, tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_bytes(console(*(row for row in ODD_ROWS.values() if row not in ROW_BY_ROW)).encode())
    records = both([path])
    assert isinstance(records.calls, AlikeCalls)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_ways_to_write_a_csv(both: Both, tmp_path: Path, end: str, sign: str) -> None:
    text = console(*map(ODD_ROWS.__getitem__, ("client", "few cells", "blank line", "no start")))
    path = tmp_path / "calls.csv"
    path.write_bytes(text.replace(",", sign).replace("\n", end).encode())
    assert isinstance(both([path]).calls, AlikeCalls) == (end != "\r")


CONTENTS = {
    "mark": b"\xef\xbb\xbf" + console(ROW).encode(),
    "Windows-1252": console(with_cell(4, "Zo\u00eb"), with_cell(1, "Zo\u00eb")).encode("cp1252"),
    "UTF-16": console(with_cell(4, "Zo\u00eb"), with_cell(1, "Zo\u00eb")).encode("utf-16"),
    "packed": gzip.compress(console(ODD_ROWS["few cells"]).encode(), mtime=0),
    "titles": b"Report,,\nfor September\n\n" + console(ODD_ROWS["few cells"]).encode(),
    "sep": b"sep=;\r\n" + console().replace(",", ";").encode(),
    "blanks before": b"\n,,,\n" + console().encode(),
    "no end": console(ROW).rstrip().encode(),
    "every value in quotes": "\n".join(
        ",".join(f'"{cell}"' for cell in line.split(",")) for line in console(ROW).splitlines()
    ).encode(),
    "a column without a name": console(ROW).replace("\n", ",\n").encode(),
    "rows are wider than the header": console(ROW).replace(",USD,,", ",USD,,,").encode(),
}


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_contents(both: Both, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "calls.csv"
    path.write_bytes(content)
    assert isinstance(both([path]).calls, AlikeCalls)


def test_line_breaks_in_every_row(both: Both, tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    rows = [ROW + '"' + "line\n" * (n % 9) + '"' for n in range(60)]
    path.write_text("\n".join([HEADER, *rows]))
    records = both([path])
    assert isinstance(records.calls, AlikeCalls)
    assert len(records.calls.kinds) == 1


def test_a_value_longer_than_any(small: None, tmp_path: Path) -> None:
    """The reader of single rows takes it for a quote that is never closed."""
    path = tmp_path / "calls.csv"
    path.write_text(console(ROW + '"' + "line\n" * 30_000 + '"'))
    with pytest.raises(TollsheetError, match=r"a quote opens that is never closed"):
        read_records([path])
    with (
        patch("addin.records.alike.csv.BLOCK", 1 << 20),
        pytest.raises(TollsheetError, match=r"a quote opens that is never closed"),
    ):
        read_records([path], alike=True)


def test_a_mark_of_utf_8_within_the_file(both: Both, tmp_path: Path) -> None:
    """Files that were put together have one; wherever a block begins, it belongs to a value."""
    path = tmp_path / "calls.csv"
    path.write_text(console("\n".join(["\ufeff" + ROW.lstrip("\n")] * 40)), "utf-8")
    assert sum(call.call_id.startswith("\ufeff") for call in both([path]).calls) == 40


def test_a_file_that_is_changed_meanwhile(small: None, tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_text(console())
    calls = read_records([path], alike=True).calls
    path.write_text(console(ROW))
    with pytest.raises(TollsheetError, match=r"calls.csv was changed while it was read. Run it again."):
        list(calls)


def test_a_quote_that_is_never_closed(small: None, tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_text(console(f'{ROW}"open'))
    with pytest.raises(TollsheetError) as plainly:
        read_records([path])
    with pytest.raises(TollsheetError, match=r"a quote opens that is never closed") as alike:
        read_records([path], alike=True)
    assert str(alike.value) == str(plainly.value)


def test_a_column_that_no_format_names_is_looked_at(both: Both, tmp_path: Path) -> None:
    """Twilio's script writes no Type; where one stands there, a call's category depends on it."""
    path = tmp_path / "calls.csv"
    names = "Account SID,Call SID,Parent Call SID,From,To,Status,Duration,Start Time,Type"
    rows = [
        f"AC1,CA{n},,+1,+2,completed,61,2026-09-01 00:00:0{n},{'Client' if n % 2 else ''}" for n in range(9)
    ]
    path.write_text("\n".join([names, *rows]))
    records = both([path])
    assert [call.category for call in records.calls] == (["calls", "calls-client"] * 5)[:9]
    assert isinstance(records.calls, AlikeCalls)
    assert len(records.calls.kinds) == 2


@pytest.mark.parametrize(
    "zone", ["UTC", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "+05:30"]
)
@pytest.mark.parametrize("form", ["%Y-%m-%d %H:%M:%S", "%d.%m.%Y %H:%M:%S", "%m/%d/%Y %I:%M:%S %p", ""])
def test_local_times(both: Both, tmp_path: Path, zone: str, form: str) -> None:
    """Every quarter of an hour of the days on which clocks change."""
    starts = [
        (year, month, day, hour, minute)
        for year, month, day in ((2026, 3, 8), (2026, 11, 1), (2026, 3, 29), (2026, 10, 25), (2026, 10, 4))
        for hour in range(24)
        for minute in (0, 15, 30, 45)
    ]
    lines = [f"a{number},1,2,{_written(start, form)},61" for number, start in enumerate([*starts, *starts])]
    path = tmp_path / "calls.csv"
    path.write_text("\n".join(["id,von,nach,Beginn,Dauer", *lines]))
    mapped = tmp_path / "mapping.toml"
    mapped.write_text(
        f'provider = "x"\ntime_zone = "{zone}"\n'
        + (f'time_format = "{form}"\n' if form else "")
        + '[columns]\ncall_id = "id"\nfrom = "von"\nto = "nach"\nstart = "Beginn"\nduration = "Dauer"\n'
    )
    records = both([path], mapping=read_mapping(mapped))
    assert isinstance(records.calls, AlikeCalls)
    if zone != "Australia/Lord_Howe":
        assert len(records.calls.kinds) < 20


def _written(start: Sequence[int], form: str) -> str:
    year, month, day, hour, minute = start
    if form.startswith("%d"):
        return f"{day:02}.{month:02}.{year} {hour:02}:{minute:02}:07"
    if form.startswith("%m"):
        half = "AM" if hour < 12 else "PM"
        return f"{month:02}/{day:02}/{year} {hour % 12 or 12:02}:{minute:02}:07 {half}"
    return f"{year}-{month:02}-{day:02} {hour:02}:{minute:02}:07"


@pytest.mark.parametrize(
    ("form", "starts"),
    [
        (
            "unix",
            ["1788220800", "1788220801.5", "0", "-1", "99999999999", "999999999999", "01788220800", "x"],
        ),
        ("unix-ms", ["1788220800123", "1788220800", "253402300800000", "99999999999999", "", "1e12"]),
        ("%H:%M:%S.%y %m-%d", ["10:00:01.26 09-01", "10:00:02.27 09-01", "10:00:03.26 09-01"]),
        ("%H:%S:%M %Y-%m-%d", ["10:01:02 2026-09-01", "10:02:01 2026-09-01", "11:30:15 2026-09-01"]),
        ("%H:%M:%y %S %m-%d", ["10:01:26 07 09-01", "10:02:27 08 09-01"]),
        (
            "%Y-%m-%d %H:%M:%S.%f",
            [
                "2026-09-01 10:00:01.25",
                "2026-09-01 10:00:02.999999",
                "2026-09-01 10:00:01.1",
                "2026-09-01 10:00:01.x5",
                "2026-09-01 10:00:01.2x",
            ],
        ),
        ("%Y%m%d%H%M%S", ["20260901100001", "20260901100002", "20261301100002"]),
    ],
)
def test_forms_of_times(both: Both, tmp_path: Path, form: str, starts: list[str]) -> None:
    path = tmp_path / "calls.csv"
    lines = [f"a{number},1,2,{start},61" for number, start in enumerate(starts * 3)]
    path.write_text("\n".join(["id,von,nach,Beginn,Dauer", *lines]))
    mapped = tmp_path / "mapping.toml"
    mapped.write_text(
        f'provider = "x"\ntime_format = "{form}"\n'
        '[columns]\ncall_id = "id"\nfrom = "von"\nto = "nach"\nstart = "Beginn"\nduration = "Dauer"\n'
    )
    assert isinstance(both([path], mapping=read_mapping(mapped)).calls, AlikeCalls)


def test_a_column_with_two_meanings(both: Both, tmp_path: Path) -> None:
    """What is each call's own may be alike, too: then rows are read one by one."""
    path, mapped = tmp_path / "calls.csv", tmp_path / "mapping.toml"
    path.write_text("\n".join(["id,von,nach,Beginn,Dauer", *(f"{n},+{n},2,2026-09-01,61" for n in range(9))]))
    mapped.write_text(
        'provider = "x"\n[columns]\ncall_id = "id"\nfrom = "von"\nto = "nach"\nstart = "Beginn"\n'
        'duration = "Dauer"\naccount = "von"\n'
    )
    records = both([path], mapping=read_mapping(mapped))
    assert [call.account for call in records.calls] == [f"+{n}" for n in range(9)]


def test_several_files_are_one(both: Both, tmp_path: Path) -> None:
    """In the order of the files, be they large, odd or of another kind."""
    paths = [tmp_path / name for name in ("a.csv", "b.json", "c.csv", "d.csv", "e.csv")]
    paths[0].write_text(console(ODD_ROWS["few cells"]))
    record = {"sid": "CA7", "from": "+1", "to": "+2", "status": "completed", "duration": "9"}
    paths[1].write_text(json.dumps([record | {"start_time": "2026-09-01T00:00:00Z", "price": None}]))
    paths[2].write_text(console(ODD_ROWS["quote within"]))
    times = "2026-09-01 10:00:0{},2026-09-01 10:00:05,8"
    paths[3].write_text("\n".join([PLIVO, *(f"u{n},+1,+2,{times.format(n)},inbound" for n in range(9))]))
    paths[4].write_text("\n".join([PLIVO, *(f"v{n},+1,+2,{times.format(n)},sideways" for n in range(9))]))
    records = both(paths)
    assert isinstance(records.calls, AlikeCalls)
    assert len(records.calls) == 18 + 1 + 19 + 9 + 9
    positions = [0, 3, 17, 18, 20, 40, 55]
    assert records.calls.read(positions) == [read_records(paths).calls[at] for at in positions]
    assert records.calls[-1] == read_records(paths).calls[-1]
    assert records.calls[10:20] == list(read_records(paths).calls[10:20])


def test_answer_times_decide(both: Both, tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    answers = [
        "2026-09-01 10:00:02",
        "",
        "null",
        f"2026-09-01{' ' * 60}10:00:02",
        "soon",
        "2026-09-01T10:00:02Z",
    ]
    rows = [f"u{n},+1,+2,2026-09-01 10:00:0{n % 10},{answers[n % 6]},8,inbound" for n in range(60)]
    path.write_text("\n".join([PLIVO, *rows]))
    assert {call.is_billed for call in both([path]).calls} == {True, False}


@pytest.mark.parametrize("starts", [("", "Z"), ("Z", ""), ("Z", "+00:00"), (" GMT", "")])
def test_that_times_are_bare_is_said_where_one_is(both: Both, tmp_path: Path, starts: list[str]) -> None:
    path = tmp_path / "calls.csv"
    rows = [with_cell(7, f"2026-09-01 10:00:0{n}{zone}") for zone in starts for n in range(9)]
    path.write_text("\n".join([HEADER, *rows]))
    notes = both([path]).sources[0].notes
    assert notes == (("times without a zone were read as UTC",) if "" in starts else ())


def test_ends_are_no_kinds(both: Both, tmp_path: Path) -> None:
    """The end is looked at where a call has no start: it must not part the others."""
    path = tmp_path / "calls.csv"
    rows = [with_cell(11, f"2026-09-01 10:00:{n}") for n in range(10, 50)]
    rows += [with_cell(7, "").replace("Completed", "Failed") + "2026-09-01 10:00:10"]
    path.write_text("\n".join([HEADER.replace("Note", "End Time"), *rows]))
    calls = both([path]).calls
    assert isinstance(calls, AlikeCalls)
    assert len(calls.kinds) == 2


def test_without_pyarrow(both: Both, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "calls.csv"
    path.write_text(console())
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert isinstance(both([path]).calls, tuple)


def test_small_files_and_files_without_calls_are_read_as_ever(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_text(console())
    assert isinstance(read_both([path]).calls, tuple)
    assert isinstance(read_both([ROOT / "examples/twilio/usage-monthly.csv"]).calls, tuple)
