"""Where things lie that float over a sheet: pictures, charts, shapes, notes, controls."""

from __future__ import annotations

from addin.hosts.filling.areas import Area
from addin.hosts.filling.growth import Moves


def moved_by(moves: Moves, sheet: str, area: Area) -> int:
    """By how many rows a thing over these cells moves. One that begins above the end of a table's data stays
    where it is, and as large as it is: a chart beside a table does not grow with it."""
    down = 0
    for growth in moves.on(sheet):
        is_below = area.top > growth.data.bottom
        data = growth.data
        if is_below and (growth.moves_sheet or (area.left <= data.right and area.right >= data.left)):
            down += growth.by
    return down
