"""The rows as text: one section a benchmark module, and the document that holds them all."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from benchmarks.frame.machine import machine
from benchmarks.frame.rows import NOT_REACHED, REACHED, Figure, Line, NotHere, Row, lines_of

HEAD = """\
# How fast it is

`make bench` measures all of this and writes this page; `make bench ONLY=columns` measures one part again
and leaves the others as they were. Each part is a file in `benchmarks/`: `python benchmarks/columns.py`
prints its rows and writes nothing.

What is compared runs in turn, so that a busy moment falls on all of it alike: in one process, where the
processor's seconds are counted, or, where start-up, several cores or memory count, in processes of their own,
by the clock. One round is not counted; each figure is the median of at least five. Peak memory is the most
that a process of its own held. *Wrong* counts results that differ from exact arithmetic. A **peer** is
another way to the same result, a **floor** is work that cannot be avoided. The seconds belong to the machine
named beside them; what carries over to another one is the ratio.
"""
COLUMNS = ("work", "way", "seconds", "Tollsheet against it", "wrong", "peak memory", "aim", "")
_SHOWN = {REACHED: REACHED, NOT_REACHED: f"**{NOT_REACHED}**"}


@dataclass(frozen=True, slots=True)
class Section:
    """What a benchmark module declares: the part of the document that it fills."""

    title: str
    note: str
    """What the figures mean, as paragraphs of Markdown."""
    libraries: tuple[str, ...]
    """Packages whose versions are named beside the figures."""
    rows: tuple[Row, ...]


def main(section: Section) -> None:
    """Measure a module's rows and print its part of the document."""
    measured = []
    for row in section.rows:
        print(f"{row.work}, {row.size} ...", file=sys.stderr, flush=True)
        try:
            measured.append((row, row.measure(), ""))
        except NotHere as error:
            measured.append((row, {}, str(error)))
    print(text_of(section, measured, datetime.now(UTC), machine(section.libraries)), end="")


def text_of(
    section: Section, measured: Iterable[tuple[Row, Mapping[str, Figure], str]], at: datetime, where: str
) -> str:
    """One part of the document; each row with its figures, or why it has none."""
    table = [_cells(COLUMNS), _cells(["---"] * len(COLUMNS))]
    for row, figures, missing in measured:
        work = f"{row.work}; {row.size}"
        if missing:
            table.append(_cells([work, f"not measured here: {missing}", *[""] * 6]))
        else:
            lines = lines_of(row, figures)
            table += [_line(work if line is lines[0] else "", line) for line in lines]
    date = f"{at.day} {at:%B %Y}"
    return "\n".join([f"## {section.title}", "", section.note, "", f"{date}, {where}:", "", *table, ""])


def _line(work: str, line: Line) -> str:
    figure, way = line.figure, line.way
    if figure is None:
        return _cells([work, _way(line), "not measured", "", "", "", way.aim, ""])
    against = ""
    if line.ratio is not None:
        against = f"{ratio_text(line.ratio)} x as {'fast' if way.kind == 'peer' else 'long'}"
    wrong = "" if figure.wrong is None else f"{figure.wrong:,}"
    peak = "" if figure.peak_mb is None else f"{figure.peak_mb:,.0f} MB"
    shown = [seconds_text(figure.seconds), against, wrong, peak, way.aim, _SHOWN.get(line.verdict, "")]
    return _cells([work, _way(line), *shown])


def _way(line: Line) -> str:
    return "**Tollsheet**" if line.way.kind == "ours" else f"{line.way.kind}: {line.way.name}"


def _cells(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def seconds_text(seconds: float) -> str:
    """Three digits that mean something, without exponents.

    >>> seconds_text(1234.5), seconds_text(12.345), seconds_text(0.0051234)
    ('1,234', '12.3', '0.00512')
    """
    if seconds >= 100:
        return f"{seconds:,.0f}"
    places = 2
    while seconds < 10 ** (2 - places) and places < 9:
        places += 1
    return f"{seconds:.{places - (1 if seconds >= 10 else 0)}f}"


def ratio_text(ratio: float) -> str:
    """A ratio as the table shows it.

    >>> ratio_text(145.2), ratio_text(4.66), ratio_text(0.853)
    ('145', '4.7', '0.85')
    """
    return f"{ratio:,.0f}" if ratio >= 20 else f"{ratio:.1f}" if ratio >= 1 else f"{ratio:.2f}"


def sections_in(document: str) -> dict[str, str]:
    """The parts of a document by their titles."""
    pieces = re.split(r"^(?=## )", document, flags=re.MULTILINE)[1:]
    return {piece.partition("\n")[0].removeprefix("## "): piece.rstrip() + "\n" for piece in pieces}


def joined(parts: Mapping[str, str], titles: Sequence[str]) -> str:
    """The document of the parts that there are, in this order; parts of other titles are left out."""
    shown = [parts[title] for title in titles if title in parts]
    reached = sum(part.count(f"| {REACHED} |") for part in shown)
    missed = sum(part.count(_SHOWN[NOT_REACHED]) for part in shown)
    counted = f"Aims reached: {reached}. Not reached: {missed}, each marked **{NOT_REACHED}**.\n"
    return "\n".join([HEAD, counted, *shown])
