"""The page of the cell functions, made from the list: `python -m udfs.reference > docs/functions.md`."""

from __future__ import annotations

import sys

from udfs.cells import CELL_FUNCTIONS
from udfs.cells.registry import CellFunction

INTRODUCTION = """\
# The functions

Each takes single cells, ranges and whole columns; a range in gives a range out. An error in an argument comes
out again. In a range, only the element concerned becomes an error; its neighbours are computed.

| a cell shows | it means |
|---|---|
| `#VALUE!` | the wrong kind of value: text where a number belongs, even `"80"`; an unknown word |
| `#NUM!` | a number that cannot be: negative, out of range, or a spreadsheet time where seconds belong |
| `#N/A` | something is missing: a blank rate, an unknown status, a call that no row of the rate card covers |

Blank cells: an optional argument takes its default, a blank duration is 0 seconds (unanswered calls are
exported so), any other is `#N/A`. Amounts are exact: a cell counts as the decimal it shows at 15 digits.

Workbooks that count their days from 1904, as those of an old Mac: Calc computes their dates right. In Excel a
function that is given a date there, or a range of such a workbook beside a date, is `#NUM!`: its number means
another day. Import the export into a workbook that counts from 1900, as new ones do.
"""


def markdown() -> str:
    """The page as text."""
    names = "".join(
        f"- [`{function.name}`](#{function.name.lower()}): {function.description}\n"
        for function in CELL_FUNCTIONS.values()
    )
    return "\n".join([INTRODUCTION, names, *map(_chapter, CELL_FUNCTIONS.values())])


def _chapter(function: CellFunction) -> str:
    arguments = "".join(
        f"| `{argument.name}` | {'yes' if argument.required else 'no'} | {argument.help} |\n"
        for argument in function.arguments
    )
    parts = [
        f"## {function.name}\n\n`{function.signature}`\n\n{function.sections['']}\n",
        f"| argument | required | meaning |\n|---|---|---|\n{arguments}",
        f"**Errors.** {_line(function, 'Errors')}\n\n**Source.** {_line(function, 'Source')}\n",
        f"In a spreadsheet:\n\n```text\n{function.sections['Excel'].strip()}\n```\n",
        f"In Python:\n\n```python\n{function.sections['Examples'].strip()}\n```\n",
    ]
    return "\n".join(parts)


def _line(function: CellFunction, heading: str) -> str:
    return " ".join(function.sections[heading].split())


if __name__ == "__main__":
    sys.stdout.write(markdown())
