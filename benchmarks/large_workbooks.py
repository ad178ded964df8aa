"""How long a large month takes as a workbook: `python benchmarks/large_workbooks.py`.

As in `large_logs.py`, against the same workbook by hand with other libraries (`large/`), which takes minutes.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from benchmarks.frame.document import Section, main
from benchmarks.frame.rows import OURS, Figure, Row, floor, ours, peer
from benchmarks.frame.timing import fresh
from benchmarks.large_logs import DIFFERENT, LOG, by_hand, month, reconcile, wrong

CALLS = 1_000_000
CALLS_OF_PEERS = 300_000
"""A run of a peer over a million takes some minutes, and six are needed."""
PANDAS, POLARS = "pandas and openpyxl", "polars and XlsxWriter"
SCRIPTS = {PANDAS: "pandas_workbook", POLARS: "polars_workbook"}
READ_AND_DEFLATE = "reading the log's bytes, deflating the sheet's XML once with isal"


def workbook(calls: int, peers: Mapping[str, str]) -> Mapping[str, Figure]:
    """From the CSV to the finished workbook; `peers` are the scripts of others that do the same."""
    files = month(calls)
    with TemporaryDirectory(prefix="tollsheet-bench-") as place:
        out = Path(place) / "ours.xlsx"
        errors = wrong(files, out)
        sheet = Path(place) / "calls.xml"
        with ZipFile(out) as parts, sheet.open("wb") as target:
            largest = max(parts.infolist(), key=lambda part: part.file_size)
            copyfileobj(parts.open(largest), target)
        commands = {
            OURS: reconcile(files, out),
            **{name: by_hand(one, files, Path(place) / f"{one}.xlsx") for name, one in peers.items()},
            READ_AND_DEFLATE: by_hand("floor", [files[0], str(sheet)], Path(place) / "floor"),
        }
        figures = fresh(commands, codes=(0, DIFFERENT), cleared=[out])
        one = figures[OURS]
        return {**figures, OURS: Figure(one.seconds, one.peak_mb, errors)}


WORK = "`tollsheet reconcile`, CSV to workbook"
_OURS = ours(within_mb=1500, none_wrong=True)

SECTION = Section(
    title="Large months as workbooks",
    note=f"{LOG} The workbook has every call with some 28 columns, live totals, a chart and names; the peers "
    "write 22 columns, in floats. Against the floor it is the million that counts; peers, of which a run "
    "over a million takes minutes, are compared at 300,000, where a call costs us more: each kind of call is "
    "read and rated once, however many there are of it.",
    libraries=("numpy", "pyarrow", "isal", "pandas", "openpyxl", "polars", "XlsxWriter"),
    rows=(
        Row(
            WORK,
            f"{CALLS_OF_PEERS:,} calls",
            (_OURS, peer(PANDAS, 15), peer(POLARS), floor(READ_AND_DEFLATE)),
            partial(workbook, CALLS_OF_PEERS, SCRIPTS),
        ),
        Row(
            WORK,
            f"{CALLS:,} calls",
            (_OURS, floor(READ_AND_DEFLATE, 4)),
            partial(workbook, CALLS, {}),
        ),
    ),
)

if __name__ == "__main__":
    main(SECTION)
