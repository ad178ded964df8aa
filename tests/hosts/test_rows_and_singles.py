"""A column answers for each row what the row alone is answered: reading rows ahead rests on it."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from addin.hosts.excel import udfs
from addin.hosts.excel.com_columns import FEWEST_FOR_ARRAYS
from udfs.cells import CELL_FUNCTIONS
from udfs.errors import COM_INTEGER_OF_CODE

MISSING = -2147352572
NA, DIV0 = COM_INTEGER_OF_CODE["#N/A"], COM_INTEGER_OF_CODE["#DIV/0!"]
ODD: list[Any] = [None, None, "", "busy", "80", "0", NA, DIV0, True, False, -1.0, 0.0, 0.3, 1e300, float(NA)]
DURATIONS = [80.0, 61.0, 59.9995, 0.1 + 0.2 + 60, 3600.0, "0:01:20", "1:20", 1e15]
RATES = [0.0085, 0.014, 0.1 + 0.2, 0.3, 0.0, 1e-300]
DAYS = [45001.0, 45382.99999, 45383.0, 61.0, 60.0, 2958466.0, "2024-03-31 20:00", "2024-03-31T23:59:59-05:00"]
DAYS += ["13:15:00 AEDT 2021-03-09", "2024-03-31 20:00 CST", "31/03/2024", "2024-03", 45360.0625]
ZONES = ["America/New_York", "europe/london", "+05:30", "Nowhere/Here"]
CARD = (("prefix", "rate", "minimum", "increment"), ("44", 0.0099, 30.0, 6.0), ("447", 0.0235, None, None))
NUMBERS = ["+44 20 7946 0958", "447700900123", 447700900123.0, "+33 1", "client:anna"]
POOLS: dict[str, list[Any]] = {
    "duration": DURATIONS,
    "time": [80 / 86400, 0.5, 1.0, 2.0, "1:02:03.5", "01:20"],
    "rate": RATES,
    "minimum": [60.0, 30.0, 0.0, 0.5],
    "increment": [6.0, 60.0, 0.0],
    "connect_fee": [0.005, 0.0],
    "decimals": [4.0, 0.0, 21.0, 2.5],
    "rounding": ["up", "half-down", "none", "sideways"],
    "number": NUMBERS,
    "rate_card": [CARD],
    "on": DAYS,
    "direction": ["inbound", "outbound", "up"],
    "created": DAYS,
    "month": DAYS,
    "deleted": DAYS,
    "free_days": [90.0, 0.0, 2.5],
    "start": DAYS,
    "time_zone": ZONES,
    "basis": ["start", "billed", "end"],
    "billed": DAYS,
    "as_text": [True, False],
    "status": ["completed", "Completed", "No Answer", "perhaps"],
    "timestamp": DAYS,
}


def asked(name: str, chance: Random, height: int) -> list[Any]:
    """The arguments of one call: some columns of anything, some constants, some left out."""
    arguments: list[Any] = []
    for place, argument in enumerate(CELL_FUNCTIONS[name].arguments):
        usual = POOLS[argument.name]
        pool = usual if chance.random() < 0.3 else usual + ODD
        if argument.is_table:
            arguments.append(CARD)
        elif place == 0 or chance.random() < 0.4:
            arguments.append(tuple((chance.choice(pool),) for _ in range(height)))
        else:
            arguments.append(MISSING if chance.random() < 0.5 else chance.choice(usual))
    return arguments


@pytest.mark.parametrize("height", [2, 16, FEWEST_FOR_ARRAYS, 256])
@pytest.mark.parametrize("name", CELL_FUNCTIONS)
def test_rows_are_answered_as_alone(name: str, height: int) -> None:
    chance = Random(f"{name} {height}")
    function = getattr(udfs, name)
    tables = [argument.is_table for argument in CELL_FUNCTIONS[name].arguments]
    for _ in range(4000 // height):
        arguments = asked(name, chance, height)
        found = function(*arguments)
        assert len(found) == height, arguments
        for row in range(height):
            alone = [
                cells[row][0] if isinstance(cells, tuple) and not is_table else cells
                for cells, is_table in zip(arguments, tables, strict=True)
            ]
            ((expected,),) = function(*alone)
            (value,) = found[row]
            assert (type(value), value) == (type(expected), expected), (alone, arguments)


@pytest.mark.parametrize("name", CELL_FUNCTIONS)
@pytest.mark.parametrize("cell", [None, NA, "busy", True])
def test_a_column_of_nothing_else_is_answered_as_one_cell(name: str, cell: Any) -> None:
    arguments = [CARD if argument.is_table else cell for argument in CELL_FUNCTIONS[name].arguments]
    function = getattr(udfs, name)
    ((expected,),) = function(*arguments)
    for height in (2, FEWEST_FOR_ARRAYS, 1024):
        columns = [cells if cells is CARD else ((cells,),) * height for cells in arguments]
        assert list(map(tuple, function(*columns))) == [(expected,)] * height
