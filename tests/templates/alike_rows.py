"""Rows of every kind of value, plain and as rows of which some are alike, and workbooks of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pyarrow as pa
from hypothesis import strategies as st

from addin.hosts.new_workbook import open_workbook
from addin.reports.alike_rows import AlikeRows
from templates.grid import AMOUNT, COUNT, DAY, INPUT, INSTANT, SECONDS, TEXT, Column, write_table
from templates.look import Look

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Row:
    id: str = ""
    started_at: datetime | None = None
    day: date | None = None
    status: str = ""
    seconds: Decimal | None = None
    cost: Decimal | None = None
    number: int | None = None
    fixed: date | None = None
    note: str | None = ""


COLUMNS: tuple[Column[Row], ...] = (
    Column("Id", TEXT, lambda row: row.id, own="id"),
    Column("Started", INSTANT, lambda row: row.started_at, own="started_at"),
    Column("Status", TEXT, lambda row: row.status),
    Column("Seconds", SECONDS, lambda row: row.seconds),
    Column("Cost", AMOUNT, lambda row: row.cost, adds=True),
    Column("Number", COUNT, lambda row: row.number, adds=True),
    Column("Fixed", DAY, lambda row: row.fixed),
    Column("Day", DAY, lambda row: row.day, own="day"),
    Column("Note", INPUT, lambda row: row.note),
)
OWN = ("id", "started_at", "day")


def alike_of(rows: Sequence[Row]) -> AlikeRows[Row]:
    """The same rows, each kind once; blanks stay blank whatever the columns hold."""
    kinds: dict[Row, int] = {}
    code = []
    for row in rows:
        kind = replace(row, id="", **{name: None for name in OWN[1:] if getattr(row, name) is None})
        kind = replace(kind, started_at=kind.started_at and EPOCH, day=kind.day and EPOCH.date())
        code.append(kinds.setdefault(kind, len(kinds)))
    own = {
        "id": pa.chunked_array([[row.id for row in part] for part in (rows[:3], rows[3:])], pa.string()),
        "started_at": np.array(
            [((row.started_at or EPOCH) - EPOCH) // timedelta(microseconds=1) for row in rows], np.int64
        ),
        "day": np.array([((row.day or EPOCH.date()) - EPOCH.date()).days for row in rows], np.int32),
    }
    unused = Row(status="never shown, and wider than any other text", cost=Decimal("0.123456789"))
    return AlikeRows((*kinds, unused), np.array(code, np.int32), own)


def write(path: Path, rows: Sequence[Row], total: str = "") -> None:
    with open_workbook(path) as made:
        made.set_properties({"created": datetime(2026, 9, 30)})
        look = Look(made)
        sheet, other = made.add_worksheet("Long"), made.add_worksheet("Other")
        sheet.write_string(0, 0, "title")
        written = write_table(sheet, look, "Long", COLUMNS, rows, total=total)
        sheet.freeze_panes(4, 1)
        sheet.write_string(written.last_row + 16, 3, "below")
        write_table(other, look, "Other", COLUMNS[:2], [Row("a")])


def parts(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


SIGNS = st.one_of(
    st.characters(exclude_categories=("Cs",)),
    st.sampled_from("&<>\"'_x =+-@\t\r\n\x0b\x00 \xa0A😀\x7f\x85\x9f\ufffe\uffffé\u2003"),
)
ODD = st.one_of(
    st.text(SIGNS, max_size=12),
    st.sampled_from(
        [
            "=1+1",
            " leading",
            "trailing ",
            "_x001B_",
            "<r>&</r>",
            "a" * 40_000,
            "é" * 20_000,
            "😀" * 16_384,
            "A" * 30,
            "a\nb",
        ]
    ),
)
INSTANTS = st.one_of(
    st.datetimes(datetime(1899, 1, 1), datetime(2150, 1, 1)),
    st.datetimes(datetime(2026, 9, 1), datetime(2026, 10, 1)),
)
KINDS = st.builds(
    Row,
    started_at=st.sampled_from([None, EPOCH]),
    day=st.sampled_from([None, EPOCH.date()]),
    status=ODD,
    seconds=st.none() | st.decimals("0", "10000", places=3),
    cost=st.none() | st.decimals("-1", "1000", places=6),
    number=st.none() | st.integers(-(10**9), 10**9),
    fixed=st.none() | st.dates(date(1899, 1, 1), date(2100, 1, 1)),
    note=st.none() | ODD,
)


@st.composite
def tables(draw: st.DrawFn) -> list[Row]:
    kinds = draw(st.lists(KINDS, min_size=1, max_size=4))
    rows = []
    for kind in draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=15)):
        started = draw(INSTANTS).replace(tzinfo=UTC) if kind.started_at else None
        day = draw(st.dates(date(1899, 1, 1), date(2150, 1, 1))) if kind.day else None
        rows.append(replace(kind, id=draw(ODD), started_at=started, day=day))
    return rows


_SHORT = (
    "|=1+1|+1|@a|007|1e5|+447700900123| | leading|trailing |\xa0leading|trailing\u2003|_x001B_|a_x00e9_b|_x"
    "|<b>|a&b|a>b|a\tb|a\nb|a\r\nb|a\x00b|a\x0bb|a\x1fb|a\x7fb|a\x80b|a\x9fb|a\xa0b|a\ufffeb|a\uffffb|a\ufffdb|'|\""
    "|aéb|é|aÉB|AÉB|a😀b|😀"
)
UNUSUAL = [
    *_SHORT.split("|"),
    *("a" * 32_767, "a" * 32_768, "é" * 20_000, "😀" * 16_383, "😀" * 16_384, "A" * 30),
]
"""Texts, each in a row of its own."""

MANY = [
    Row(f"CA{at:032X}", EPOCH + timedelta(days=20_000, seconds=at), None, "completed") for at in range(40)
]
