"""A row of the table as data: what is measured, against which peers and floors, and what it has to reach.

A benchmark module declares `TITLE`, `NOTE`, `LIBRARIES` and `ROWS`; nothing is measured, and nothing heavy
imported, before a row is asked for. So the document can be held against the rows without measuring.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

OURS = "tollsheet"
"""The way that is ours, in every row."""

Kind = Literal["ours", "peer", "floor"]
REACHED, NOT_REACHED, UNKNOWN = "reached", "not reached", ""


class NotHere(Exception):
    """A row cannot be measured on this machine; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What one way of doing the work took: a median, and where it was looked at, memory and exactness."""

    seconds: float
    peak_mb: float | None = None
    wrong: int | None = None
    """Results that differ from the exact ones."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way of doing a row's work, and the aim that it sets."""

    name: str
    kind: Kind
    times: float | None = None
    """Of a peer: how many times faster we have to be. Of a floor: how many times as long we may take."""
    within_s: float | None = None
    within_mb: float | None = None
    none_wrong: bool = False

    @property
    def aim(self) -> str:
        """The aim in words."""
        parts = []
        if self.times is not None:
            parts.append(f"at least {self.times:g} x" if self.kind == "peer" else f"at most {self.times:g} x")
        if self.within_s is not None:
            parts.append(f"at most {self.within_s:g} s")
        if self.within_mb is not None:
            parts.append(f"at most {self.within_mb:,.0f} MB")
        if self.none_wrong:
            parts.append("0 wrong")
        return ", ".join(parts)


def ours(*, within_s: float | None = None, within_mb: float | None = None, none_wrong: bool = False) -> Way:
    """What we do, with the aims that need no comparison."""
    return Way(OURS, "ours", None, within_s, within_mb, none_wrong)


def peer(name: str, at_least: float | None = None) -> Way:
    """Another way to the same result; we have to be this many times faster."""
    return Way(name, "peer", at_least)


def floor(name: str, at_most: float | None = None) -> Way:
    """What nobody can do without; we may take this many times as long."""
    return Way(name, "floor", at_most)


@dataclass(frozen=True, slots=True)
class Row:
    """One piece of work of one size, and how it is measured."""

    work: str
    size: str
    ways: tuple[Way, ...]
    measure: Callable[[], Mapping[str, Figure]] = field(compare=False)
    """The figure of each way by name. One that is missing was not measured, and is said to be so."""


@dataclass(frozen=True, slots=True)
class Line:
    """One way of a row as the table shows it."""

    way: Way
    figure: Figure | None
    ratio: float | None
    """Of a peer: how many times faster we are. Of a floor: how many times as long we take."""
    verdict: str


def lines_of(row: Row, figures: Mapping[str, Figure]) -> list[Line]:
    """The lines of a row, ours first; a figure that no way of the row names is a mistake."""
    strange = set(figures) - {way.name for way in row.ways}
    if strange:
        raise ValueError(f"{row.work}: no way is called {', '.join(sorted(strange))}")
    return [_line(way, figures.get(way.name), figures.get(OURS)) for way in row.ways]


def _line(way: Way, figure: Figure | None, our_figure: Figure | None) -> Line:
    if figure is None:
        return Line(way, None, None, UNKNOWN)
    ratio = None
    if way.kind != "ours" and our_figure is not None:
        one, other = figure.seconds, our_figure.seconds
        ratio = one / other if way.kind == "peer" else other / one
    return Line(way, figure, ratio, _verdict(way, figure, ratio))


def _verdict(way: Way, figure: Figure, ratio: float | None) -> str:
    """Whether every aim of a way is reached; what was not measured is not reached."""
    checks = []
    if way.times is not None:
        checks.append(
            ratio is not None and (ratio >= way.times if way.kind == "peer" else ratio <= way.times)
        )
    if way.within_s is not None:
        checks.append(figure.seconds <= way.within_s)
    if way.within_mb is not None:
        checks.append(figure.peak_mb is not None and figure.peak_mb <= way.within_mb)
    if way.none_wrong:
        checks.append(figure.wrong == 0)
    if not checks:
        return UNKNOWN
    return REACHED if all(checks) else NOT_REACHED
