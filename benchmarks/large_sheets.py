"""How long a large log takes that is a workbook: `python benchmarks/large_sheets.py`."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from benchmarks.frame.document import Section, main
from benchmarks.frame.rows import OURS, Figure, NotHere, Row, floor, ours, peer
from benchmarks.frame.timing import fresh
from benchmarks.large_logs import month

CALLS = 300_000
BY_CELLS, INFLATE = "openpyxl reading all rows", "inflating the bytes"


def from_sheet(calls: int) -> Mapping[str, Figure]:
    """From the log as a workbook to the calls."""
    log = Path(month(calls)[0])
    try:
        from benchmarks.large.month_sheet import write_sheet
    except ImportError as error:
        raise NotHere(f"{error.name} is missing") from None
    sheet = str(write_sheet(log))
    read = "import sys; from pathlib import Path; from addin.records import read_records\n"
    lines = {
        OURS: read + "read_records([Path(sys.argv[1])], alike=True)",
        BY_CELLS: "import sys; from openpyxl import load_workbook\n"
        "sheet = load_workbook(sys.argv[1], read_only=True, data_only=True).worksheets[0]\n"
        "for row in sheet.iter_rows(values_only=True): pass",
        INFLATE: "import sys; from zipfile import ZipFile\n"
        "with ZipFile(sys.argv[1]) as book:\n"
        "    for name in book.namelist(): book.read(name)",
    }
    figures = fresh({name: [sys.executable, "-c", code, sheet] for name, code in lines.items()})
    one = figures[OURS]
    return {**figures, OURS: Figure(one.seconds, one.peak_mb, differences(log, Path(sheet)))}


def differences(log: Path, sheet: Path) -> int:
    """How many calls the workbook gives that are not those of the log, and the other way round."""
    from addin.records import read_records

    def calls(path: Path) -> list[tuple[object, ...]]:
        return [
            (one.call_id, one.from_number, one.to_number, one.started_at, one.duration_ms, one.cost)
            for one in read_records([path], alike=True).calls
        ]

    written, read = calls(log), calls(sheet)
    differ = sum(ours != theirs for ours, theirs in zip(read, written, strict=False))
    return differ + abs(len(read) - len(written))


SECTION = Section(
    title="Large logs as workbooks",
    note="The same log as a sheet, with times and numbers as such and a table of texts. What is timed is its "
    "reading, in a process of its own. *Wrong* counts calls that are not those of the CSV.",
    libraries=("numpy", "pyarrow", "isal", "openpyxl"),
    rows=(
        Row(
            "a call log as .xlsx, read",
            f"{CALLS:,} calls",
            (ours(within_mb=1500, none_wrong=True), peer(BY_CELLS, 8), floor(INFLATE)),
            partial(from_sheet, CALLS),
        ),
    ),
)

if __name__ == "__main__":
    main(SECTION)
