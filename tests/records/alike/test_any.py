"""Files of any rows: what is read in columns is what is read row by row."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from addin.errors import TollsheetError
from addin.records import read_records

from .conftest import read_both

ODD = st.sampled_from(
    [
        "", " ", "null", "NULL", "#N/A", "#REF!", "Err:502", "4.48E+11", "1e+5", "\x07", "a\x00",
        "a b", " x ", "#",
        "client:ada", "Client:x", "Zo\u00eb", "\u00a0", "0", "-1", "0.5", "1:20", "0.0001", "x,y", "x;y",
        "two\nlines", "a\r\nb", 'say "hi"', "Total", "\ufeff", "\u2028", "\x85", "nan", "1" * 30,
    ]
)  # fmt: skip
IDS = st.one_of(st.integers(0, 30).map("CA{:04}".format), ODD)
NUMBERS = st.one_of(st.integers(0, 30).map("+1500555{:04}".format), ODD)
STARTS = st.one_of(
    st.builds(
        "{1:02}:{2:02}:{3:02} {4} 2026-{0}".format,
        st.sampled_from(["09-01", "10-25", "11-01", "02-30"]),
        st.integers(0, 24),
        st.integers(0, 60),
        st.integers(0, 60),
        st.sampled_from(["EDT", "EST", "UTC", "CST", "Europe/Berlin", "+05:30", "-0330"]),
    ),
    st.builds(
        "2026-{0}{5}{1:02}:{2:02}:{3:02}{4}".format,
        st.sampled_from(["09-01", "10-25", "11-01", "04-05"]),
        st.integers(0, 24),
        st.integers(0, 60),
        st.integers(0, 60),
        st.sampled_from(["", "Z", "+00:00", ".5", ".123456Z", ".1234567", " CET", " (x)"]),
        st.sampled_from([" ", "T", "  "]),
    ),
    ODD,
)
ROWS = st.tuples(
    IDS,
    NUMBERS,
    NUMBERS,
    st.one_of(st.sampled_from(["Incoming", "Outgoing API", "sideways"]), ODD),
    st.one_of(st.sampled_from(["Phone", "Client"]), ODD),
    st.one_of(st.sampled_from(["Completed", "No Answer", "Busy", "pondering"]), ODD),
    st.one_of(st.sampled_from(["61", "0", "", "1:01"]), ODD),
    STARTS,
    st.one_of(st.sampled_from(["-0.02", ""]), ODD),
    st.one_of(st.sampled_from(["USD", ""]), ODD),
    st.one_of(STARTS, st.just("")),
    st.one_of(IDS, st.just("")),
    ODD,
)
HEADER = (
    "Call Sid", "From", "To", "Direction", "Type", "Status", "Duration", "Start Time", "Price", "Price Unit",
    "Date Updated", "Parent Call Sid", "Note",
)  # fmt: skip
RAW = st.sampled_from(["", ",,", "   ", "a,b", '"', 'x"y', '"a"b', ",,,,,,,,,,,,,,", "\r"])
"""Lines that are in the file as they are."""


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """A console's log in some way of writing it."""
    sign, end = draw(st.sampled_from(",;\t|")), draw(st.sampled_from(["\n", "\r\n"]))
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    lines = []
    kinds = draw(st.lists(ROWS, min_size=1, max_size=6))
    rows = draw(st.lists(st.one_of(st.sampled_from(kinds), ROWS), max_size=12))
    for row in [HEADER, *rows, *rows, *kinds]:
        text = io.StringIO()
        csv.writer(text, delimiter=sign, quoting=quoting, lineterminator="").writerow(row)
        lines.append(text.getvalue())
    if draw(st.booleans()):
        lines.insert(draw(st.integers(1, len(lines))), draw(RAW))
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
    written = end.join(lines) + draw(st.sampled_from(["", end]))
    return written.encode(encoding, "replace")


@settings(max_examples=250, deadline=None)
@given(files(), st.sampled_from([None, "Europe/Berlin", "Australia/Lord_Howe"]), st.sampled_from([500, 2000]))
def test_any_file(content: bytes, time_zone: str | None, block: int) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        patch("addin.records.one_file.LARGE_BYTES", 0),
        patch("addin.records.alike.csv.BLOCK", block),
        patch("addin.records.looked_through.CHUNK", 300),
    ):
        path = Path(folder) / "calls.csv"
        path.write_bytes(content)
        refused = []
        for alike in (False, True):
            try:
                read_records([path], time_zone=time_zone, alike=alike)
            except TollsheetError as error:
                refused.append(str(error))
        if refused:
            assert len(refused) == 2
            assert refused[0] == refused[1]
        else:
            read_both([path], time_zone=time_zone)
