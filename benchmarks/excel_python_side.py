"""A formula over a full column on the Python side of Excel: `python benchmarks/excel_python_side.py`.

With what xlwings really hands over (a tuple of rows), through our UDF module, against the calculation alone
and against xlwings' default converters. What COM and Excel add on Windows is not in these figures
(docs/windows-chain.md).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from benchmarks.frame.document import Section, main
from benchmarks.frame.rows import OURS, Figure, Row, floor, ours, peer
from benchmarks.frame.timing import in_turn, peak_mb

ROWS = 1_048_576
CALLS = 40_000
SIZE = f"{ROWS:,} rows"
CALCULATION = "the calculation alone"
CONVERTERS = "xlwings' default converters"
AIM_S = 0.2

Rows = tuple[tuple[Any], ...]


@lru_cache(maxsize=1)
def udf_module() -> Any:
    """Our UDF module, marked by xlwings' own decorators; xlwings is changed for good in this process."""
    from tests.hosts.windows_side import server

    server()
    from addin.hosts.excel import udfs

    return udfs


def columns() -> tuple[Rows, Rows]:
    """Durations and rates as xlwings hands them over."""
    chance = random.Random(20260901)
    durations = tuple((float(chance.randrange(3600)),) for _ in range(ROWS))
    return durations, tuple((chance.choice([0.0085, 0.014, 0.0022, 0.0305]),) for _ in range(ROWS))


def array(rows: Rows) -> Any:
    """A column as the calculation alone takes it."""
    import numpy as np

    return np.fromiter((cell for (cell,) in rows), float, len(rows))


def through_converters(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function as xlwings calls it where nobody asks for raw values."""
    import numpy as np
    from xlwings import conversion

    def call(*rows: Rows) -> Any:
        read = [np.array(conversion.read(None, column, {"ndim": 1}), float) for column in rows]
        return conversion.write([[value] for value in function(*read).tolist()], None, {})

    return call


def _full(name: str, *rows: Rows) -> Mapping[str, Figure]:
    """One function of full columns of numbers."""
    import udfs

    ours_, alone = getattr(udf_module(), name), getattr(udfs, name)
    arrays = [array(column) for column in rows]
    converted = through_converters(alone)
    taken = in_turn(
        {
            OURS: lambda: ours_(*rows),
            CALCULATION: lambda: alone(*arrays),
            CONVERTERS: lambda: converted(*rows),
        },
        repeats={OURS: 3, CALCULATION: 3},
    )
    exact = alone(*arrays).tolist()
    return {
        OURS: Figure(taken[OURS], None, _wrong(ours_(*rows), exact)),
        CONVERTERS: Figure(taken[CONVERTERS], None, _wrong(converted(*rows), exact)),
        CALCULATION: Figure(taken[CALCULATION]),
    }


def _wrong(rows: Any, exact: list[float]) -> int:
    return sum(row[0] != value for row, value in zip(rows, exact, strict=True))


def full_costs() -> Mapping[str, Figure]:
    """CALL_COST(A:A, B:B), with the memory of a process that does nothing else."""
    figures = dict(_full("CALL_COST", *columns()))
    lines = ("from benchmarks import excel_python_side as side", "rows = side.columns()")
    ways = {
        OURS: "side.udf_module().CALL_COST(*rows)",
        CONVERTERS: "import udfs; side.udf_module(); side.through_converters(udfs.CALL_COST)(*rows)",
    }
    for name, way in ways.items():
        figure = figures[name]
        figures[name] = Figure(figure.seconds, peak_mb(*lines, way), figure.wrong)
    return figures


def _with_blanks(is_blank: Callable[[int], bool]) -> Mapping[str, Figure]:
    """BILLED_MINUTES of a column with blanks; the calculation alone has none."""
    from udfs import BILLED_MINUTES

    durations, _ = columns()
    mixed = tuple((None,) if is_blank(place) else row for place, row in enumerate(durations))
    numbers = array(tuple(row for row in mixed if row[0] is not None))
    udfs = udf_module()
    runs = {OURS: lambda: udfs.BILLED_MINUTES(mixed), CALCULATION: lambda: BILLED_MINUTES(numbers)}
    taken = in_turn(runs, repeats={OURS: 3, CALCULATION: 3})
    minutes = iter(BILLED_MINUTES(numbers).tolist())
    exact = [0.0 if row[0] is None else next(minutes) for row in mixed]
    found = _wrong([[value or 0.0] for (value,) in udfs.BILLED_MINUTES(mixed)], exact)
    return {OURS: Figure(taken[OURS], None, found), CALCULATION: Figure(taken[CALCULATION])}


_OURS = ours(within_s=AIM_S, none_wrong=True)

SECTION = Section(
    title="A full column in Excel, the Python side",
    note="What a formula such as `=CALL_COST(A:A, B:B)` takes from the rows that xlwings hands over to the "
    "rows that it takes back. xlwings' default converters are what a function gets where nobody asks for raw "
    "values. What COM and Excel add on Windows is not in it ([windows-chain.md](windows-chain.md)).",
    libraries=("numpy", "xlwings"),
    rows=(
        Row(
            "`BILLED_MINUTES(A:A)`",
            SIZE,
            (_OURS, peer(CONVERTERS, 15), floor(CALCULATION)),
            lambda: _full("BILLED_MINUTES", columns()[0]),
        ),
        Row("`CALL_COST(A:A, B:B)`", SIZE, (_OURS, peer(CONVERTERS, 15), floor(CALCULATION)), full_costs),
        Row(
            "`BILLED_MINUTES(A:A)`, then blanks",
            f"{CALLS:,} calls in {SIZE}",
            (_OURS, floor(CALCULATION)),
            lambda: _with_blanks(lambda place: place >= CALLS),
        ),
        Row(
            "`BILLED_MINUTES(A:A)`, every tenth a blank",
            SIZE,
            (_OURS, floor(CALCULATION)),
            lambda: _with_blanks(lambda place: place % 10 == 0),
        ),
    ),
)

if __name__ == "__main__":
    main(SECTION)
