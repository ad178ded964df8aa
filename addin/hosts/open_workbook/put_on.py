"""What a person has put on sheets of ours: cells beside ours, comments, charts, pictures and shapes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from string import digits
from typing import Any

from addin.hosts.open_workbook.marks import own_cells
from addin.hosts.program import Program
from addin.reconcile.wording import counted
from templates.look import is_chart_name

Column = tuple[str, str]
"""The name of a sheet, and the letters of a column on it."""


def put_on(
    book: Any, program: Program, role: str, sheets: Sequence[Any], told: Collection[Column] = ()
) -> Iterator[str]:
    """A sentence for each kind of thing on each of the sheets, which are of the role; of cells none where the
    first of them stands in a column that is `told` by its name."""
    ours: set[str] = set()
    own_of = own_cells(book, role) if sheets else {}
    for sheet in sheets:
        holds = f'The sheet "{sheet.name}" holds'
        cell = own_of.get(sheet.name)
        if cell and (sheet.name, cell.rstrip(digits)) not in told:
            yield f"{holds} cells of your own, such as {cell}."
        comments = program.comments_on(sheet)
        if comments:
            first = sheet.range(comments[0]).get_address(False, False)
            if len(comments) == 1:
                yield f"{holds} a comment, in {first}."
            else:
                yield f"{holds} {counted(len(comments), 'comment')}, the first in {first}."
        own = 0
        for name in program.drawings_on(sheet):
            if is_chart_name(name) and name not in ours:  # a copy of a chart of ours keeps its name
                ours.add(name)
            else:
                own += 1
        if own == 1:
            yield f"{holds} a chart or picture of your own."
        elif own:
            yield f"{holds} {counted(own, 'chart or picture', 'charts or pictures')} of your own."
