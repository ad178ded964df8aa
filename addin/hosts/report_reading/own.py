"""What a person has put into a report beside what belongs to it: a new one in its place would not have it."""

from __future__ import annotations

from collections.abc import Iterable


def own_in(
    name: str, what: str, columns: Iterable[str], sheets: Iterable[str], cells: Iterable[str] = ()
) -> str:
    """The problem with a person's own columns, sheets and texts in cells in the `what` called `name`; empty
    without any.

    >>> own_in("may.xlsx", "dispute workbook", ["Mine"], [])
    'may.xlsx holds the column "Mine", which a new dispute workbook would not have'
    """
    own = [f'the column "{column}"' if column else "a column without a name" for column in columns]
    own += [f'the sheet "{sheet}"' for sheet in sheets]
    own += [f"text of your own in the cell {cell}" for cell in cells]
    return f"{name} holds {own[0]}, which a new {what} would not have" if own else ""
