"""What a section of the sheet of settings is."""

from __future__ import annotations

from dataclasses import dataclass

Row = tuple[str, str, str]
"""Label, default, help."""


@dataclass(frozen=True, slots=True)
class Section:
    """The settings of one part of the product."""

    title: str
    rows: tuple[Row, ...]
