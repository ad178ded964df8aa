"""What stands on a sheet of Calc beside its cells: comments, charts, pictures and shapes."""

from __future__ import annotations

from typing import Any

_OF_CALC = ("intern", "hidden")
"""The layers of what Calc itself draws: the boxes of comments, shown or not, and the detective's arrows."""


def comments_on(sheet: Any) -> list[tuple[int, int]]:
    """Row and column of each cell with a comment, from the top; `sheet` is the engine's own."""
    notes = sheet.api.Annotations
    places = [notes.getByIndex(index).Position for index in range(notes.Count)]
    return sorted((place.Row + 1, place.Column + 1) for place in places)


def drawings_on(sheet: Any) -> list[str]:
    """The name of each chart, picture and shape; blank where it has none."""
    page = sheet.api.DrawPage
    shapes = [page.getByIndex(index) for index in range(page.Count)]  # one that is let go may lose its name
    return [str(shape.Name) for shape in shapes if shape.LayerName not in _OF_CALC]
