"""How long the figures of a large month take: `python benchmarks/large_logs.py`.

A generated log (`large/month.py`) with its usage records and rate card, by the command itself, against the
same work by hand with other libraries (`large/`), each a process of its own.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.frame.document import Section, main
from benchmarks.frame.inputs import folder
from benchmarks.frame.rows import OURS, Figure, NotHere, Row, floor, ours, peer
from benchmarks.frame.timing import fresh

HERE = Path(__file__).resolve().parent
COMMAND = str(Path(sys.executable).with_name("tollsheet"))
DIFFERENT = 1
"""The exit code where there are differences: the bill lacks a call."""
MOST_CALLS = 10_000_000
SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
BY_SQL, BY_FRAME = "DuckDB, the query by hand", "polars, the query by hand"
READ = "reading the log's bytes"
LOG = (
    "A log as a script exports it, 184 bytes a call, with a rate card, against usage records by day. *Wrong* "
    "counts daily figures and totals that are not those with which the month was made."
)
LACKS = {"calls": Decimal(1), "minutes": Decimal(1), "cost": Decimal("0.0085")}
"""What the bill lacks of the 14th."""


def month(calls: int) -> list[str]:
    """Log, usage records and rate card, written where they are missing."""
    try:
        from benchmarks.large.month import write_month
    except ImportError as error:
        raise NotHere(f"{error.name} is missing") from None
    return [str(path) for path in write_month(folder(), calls)]


def reconcile(files: list[str], out: Path, *options: str) -> list[str]:
    """The command over a month's files."""
    log, usage, rates = files
    given = ("--month", "2026-09", "--calls", log, "--billed", usage, "--rates", rates)
    return [COMMAND, "reconcile", *given, "-o", str(out), "--force", *options]


def by_hand(script: str, files: list[str], out: Path) -> list[str]:
    return [sys.executable, str(HERE / "large" / f"{script}.py"), *files, str(out)]


def wrong(files: list[str], out: Path, *options: str, usage: str = "") -> int:
    """How many daily figures and totals are not those with which the month was made, as `usage` says them:
    by default the bill."""
    made = out.with_suffix(".json")
    done = subprocess.run(
        reconcile(files, out, "--json", str(made), *options), capture_output=True, check=False
    )
    if done.returncode != DIFFERENT:
        raise RuntimeError(done.stderr.decode())
    found = json.loads(made.read_text("utf-8"))
    totals = dict.fromkeys(LACKS, Decimal(0))
    count = 0
    with Path(usage or files[1]).open(newline="") as file:
        for day, row in zip(found["days"], csv.DictReader(file), strict=True):
            billed = {"calls": row["count"], "minutes": row["usage"], "cost": row["price"]}
            for name, lacks in LACKS.items():
                expected = Decimal(billed[name]) + (lacks if row["start_date"].endswith("-14") else 0)
                totals[name] += expected
                count += Decimal(str(day["expected"][name])) != expected
    return count + sum(Decimal(str(found["expected"][name])) != total for name, total in totals.items())


def figures_only(calls: int) -> Mapping[str, Figure]:
    """From the CSV to summary, days, bridge and findings, without a row for each call."""
    files = month(calls)
    read = "import sys; file = open(sys.argv[1], 'rb')\nwhile file.read(1 << 20): pass"
    with TemporaryDirectory(prefix="tollsheet-bench-") as place:
        out = Path(place) / "ours.xlsx"
        errors = wrong(files, out, "--no-calls")
        commands = {
            OURS: reconcile(files, out, "--no-calls"),
            BY_SQL: by_hand("duckdb_month", files, Path(place) / "duckdb.json"),
            BY_FRAME: by_hand("polars_month", files, Path(place) / "polars.json"),
            READ: [sys.executable, "-c", read, files[0]],
        }
        figures = fresh(commands, codes=(0, DIFFERENT), cleared=[out])
        one = figures[OURS]
        return {**figures, OURS: Figure(one.seconds, one.peak_mb, errors)}


def by_size() -> Mapping[str, Figure]:
    """The largest month, and what it would take if every call took as long as in a smaller one."""
    with TemporaryDirectory(prefix="tollsheet-bench-") as place:
        out = Path(place) / "ours.xlsx"
        commands = {str(size): reconcile(month(size), out, "--no-calls") for size in SIZES}
        taken = fresh(commands, codes=(DIFFERENT,), cleared=[out])
    smallest, largest = SIZES[0], SIZES[-1]
    start = taken[str(smallest)].seconds
    found = {OURS: taken[str(largest)]}
    for size in SIZES[1:-1]:
        each = (taken[str(size)].seconds - start) / (size - smallest)
        found[pace_of(size)] = Figure(start + each * (largest - smallest))
    return found


def pace_of(size: int) -> str:
    return f"at the pace of {size:,} calls"


SECTION = Section(
    title="Large months",
    note=f"{LOG} Without a row for each call (`--no-calls`) there are summary, days, bridge, findings and a "
    "check of every price; the queries by hand give steps, days and copies. Cost against size: what the "
    "largest month would take at the pace of smaller ones, that of the smallest taken for the start.",
    libraries=("numpy", "pyarrow", "polars", "duckdb"),
    rows=(
        Row(
            "`tollsheet reconcile --no-calls`, CSV to figures",
            f"{MOST_CALLS:,} calls",
            (ours(within_mb=4096, none_wrong=True), peer(BY_SQL, 0.5), peer(BY_FRAME, 0.5), floor(READ)),
            partial(figures_only, MOST_CALLS),
        ),
        Row(
            "cost against size",
            f"{SIZES[-1]:,} calls",
            (ours(), *(floor(pace_of(size), 1.2) for size in SIZES[1:-1])),
            by_size,
        ),
    ),
)

if __name__ == "__main__":
    main(SECTION)
