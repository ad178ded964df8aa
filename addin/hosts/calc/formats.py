"""How cells look: number format, font, colour, size, alignment."""

from __future__ import annotations

from typing import Any

from xlwings import base_classes

from addin.hosts.calc import bridge
from addin.hosts.calc.bridge import Uno

_MM_100_A_POINT = 2540 / 72
_MM_100_A_CHARACTER = 185.2
"""A column of one character of the default font, padding apart, as Excel counts widths."""
_PADDING_MM_100 = 132
_SIDES = {"left": "LEFT", "center": "CENTER", "right": "RIGHT", "justify": "BLOCK", "general": "STANDARD"}
_HEIGHTS = {"top": 1, "center": 2, "bottom": 3}
_TRANSPARENT = -1


class Formats:
    """The part of a range that is about its look."""

    cells: Uno
    sheet: Any

    @property
    def number_format(self) -> str | None:
        """As Excel writes it; None where the cells differ."""
        key = self.cells.NumberFormat
        if key is None:
            return None
        code = str(self.sheet.book.doc.NumberFormats.getByKey(key).FormatString)
        return "General" if code == "Standard" else code

    @number_format.setter
    def number_format(self, value: str) -> None:
        formats, english = self.sheet.book.doc.NumberFormats, bridge.struct("lang.Locale", "en", "US", "")
        key = formats.queryKey(value, english, False)
        self.cells.NumberFormat = key if key != -1 else formats.addNew(value, english)

    @property
    def color(self) -> tuple[int, int, int] | None:
        return rgb_of(self.cells.CellBackColor)

    @color.setter
    def color(self, value: Any) -> None:
        self.cells.CellBackColor = _TRANSPARENT if value is None else number_of(value)

    @property
    def font(self) -> Font:
        return Font(self.cells)

    @property
    def wrap_text(self) -> bool | None:
        wrapped = self.cells.IsTextWrapped
        return None if wrapped is None else bool(wrapped)

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self.cells.IsTextWrapped = value

    @property
    def horizontal_alignment(self) -> str | None:
        side = self.cells.HoriJustify
        return None if side is None else next(name for name, uno in _SIDES.items() if uno == side.value)

    @horizontal_alignment.setter
    def horizontal_alignment(self, value: str) -> None:
        self.cells.HoriJustify = bridge.enum("table.CellHoriJustify", _SIDES[value])

    @property
    def vertical_alignment(self) -> str | None:
        return next((name for name, number in _HEIGHTS.items() if number == self.cells.VertJustify), None)

    @vertical_alignment.setter
    def vertical_alignment(self, value: str) -> None:
        self.cells.VertJustify = _HEIGHTS[value]

    @property
    def column_width(self) -> float | None:
        width = self.cells.Columns.Width
        return None if width is None else max(0.0, round((width - _PADDING_MM_100) / _MM_100_A_CHARACTER, 2))

    @column_width.setter
    def column_width(self, value: float) -> None:
        self.cells.Columns.Width = round(value * _MM_100_A_CHARACTER + _PADDING_MM_100)

    @property
    def row_height(self) -> float | None:
        height = self.cells.Rows.Height
        return None if height is None else round(height / _MM_100_A_POINT, 2)

    @row_height.setter
    def row_height(self, value: float) -> None:
        self.cells.Rows.Height = round(value * _MM_100_A_POINT)

    def autofit(self, axis: str | None = None) -> None:
        if axis in (None, "c", "columns"):
            self.cells.Columns.OptimalWidth = True
        if axis in (None, "r", "rows"):
            self.cells.Rows.OptimalHeight = True


class Font(base_classes.Font):
    """The font of a range."""

    def __init__(self, cells: Uno) -> None:
        self.cells = cells

    @property
    def api(self) -> Uno:
        return self.cells

    @property
    def bold(self) -> bool:
        return float(self.cells.CharWeight) > 100

    @bold.setter
    def bold(self, value: bool) -> None:
        self.cells.CharWeight = 150.0 if value else 100.0

    @property
    def italic(self) -> bool:
        return str(self.cells.CharPosture.value) == "ITALIC"

    @italic.setter
    def italic(self, value: bool) -> None:
        self.cells.CharPosture = bridge.enum("awt.FontSlant", "ITALIC" if value else "NONE")

    @property
    def size(self) -> float:
        return float(self.cells.CharHeight)

    @size.setter
    def size(self, value: float) -> None:
        self.cells.CharHeight = float(value)

    @property
    def name(self) -> str:
        return str(self.cells.CharFontName)

    @name.setter
    def name(self, value: str) -> None:
        self.cells.CharFontName = value

    @property
    def color(self) -> tuple[int, int, int] | None:
        return rgb_of(self.cells.CharColor)

    @color.setter
    def color(self, value: Any) -> None:
        self.cells.CharColor = number_of(value)


def rgb_of(number: int | None) -> tuple[int, int, int] | None:
    """Red, green, blue; None for no colour."""
    if number is None or number == _TRANSPARENT:
        return None
    return number >> 16 & 255, number >> 8 & 255, number & 255


def number_of(colour: Any) -> int:
    """A colour as LibreOffice counts it, from `#RRGGBB` or red, green, blue."""
    if isinstance(colour, str):
        return int(colour.lstrip("#"), 16)
    red, green, blue = colour
    return int(red) << 16 | int(green) << 8 | int(blue)
