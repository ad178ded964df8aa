"""How long a large month takes call by call: `python benchmarks/call_records.py`.

As in `large_logs.py`, against the provider's own records of the calls in place of sums.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.frame.document import Section, main
from benchmarks.frame.inputs import folder
from benchmarks.frame.rows import OURS, Figure, Row, floor, ours, peer
from benchmarks.frame.timing import fresh
from benchmarks.large_logs import BY_FRAME, DIFFERENT, by_hand, month, reconcile, wrong

CALLS = 1_000_000
READ = "reading the bytes of both"


def by_call(calls: int, peers: Mapping[str, str], *options: str) -> Mapping[str, Figure]:
    """From both CSV files to what is written; `peers` are the scripts of others that do the same."""
    log, usage, rates = month(calls)
    from benchmarks.large.month import write_records

    files = [log, str(write_records(folder(), calls)), rates]
    read = (
        "import sys\nfor one in sys.argv[1:]:\n    file = open(one, 'rb')\n    while file.read(1 << 20): pass"
    )
    with TemporaryDirectory(prefix="tollsheet-bench-") as place:
        out = Path(place) / "ours.xlsx"
        errors = wrong(files, out, *options, usage=usage)
        commands = {
            OURS: reconcile(files, out, *options),
            **{name: by_hand(one, files, Path(place) / f"{one}.json") for name, one in peers.items()},
            READ: [sys.executable, "-c", read, *files[:2]],
        }
        figures = fresh(commands, codes=(0, DIFFERENT), cleared=[out])
        one = figures[OURS]
        return {**figures, OURS: Figure(one.seconds, one.peak_mb, errors)}


_OURS = ours(within_mb=1500, none_wrong=True)

SECTION = Section(
    title="Large months call by call",
    note="The log of the large months against the provider's own records of the same calls, of which one is "
    "missing. *Wrong* counts daily figures and totals that are not those with which the month was made. The "
    "query by hand matches by id alone, and gives the sums of each day and the calls that differ. The "
    "workbook has a row for every call of both sides.",
    libraries=("numpy", "pyarrow", "isal", "polars"),
    rows=(
        Row(
            "`tollsheet reconcile --no-calls`, two CSV files to figures",
            f"{CALLS:,} calls",
            (_OURS, peer(BY_FRAME), floor(READ)),
            partial(by_call, CALLS, {BY_FRAME: "polars_records"}, "--no-calls"),
        ),
        Row(
            "`tollsheet reconcile`, two CSV files to workbook",
            f"{CALLS:,} calls",
            (_OURS, floor(READ)),
            partial(by_call, CALLS, {}),
        ),
    ),
)

if __name__ == "__main__":
    main(SECTION)
