"""THE UDF module of Excel: every function on the list, as xlwings' server calls it on Windows.

It is imported anywhere: elsewhere xlwings' decorators hand the functions on as they are. Arguments and
results travel raw: xlwings' converters would cost hundreds of times the calculation, and read an error cell
as a blank. What raw values are, and how errors leave, is said in `com_values`.

Results of single cells are remembered, for the functions are pure: a filled-down month repeats its durations
and rates. At most `MOST_REMEMBERED` results are kept, the least used go first; a call with a range is not.
"""

from __future__ import annotations

import inspect
import marshal
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import xlwings

from addin.hosts.excel.com_columns import over_ranges
from addin.hosts.excel.com_values import VALUE_ERROR, ComRows, ComValue, cell_of, com_value
from udfs.cells import CELL_FUNCTIONS
from udfs.cells.registry import Argument, CellFunction
from udfs.cells.terms import card_of
from udfs.errors import CellError
from udfs.rating.rate_card import RateCard

MOST_REMEMBERED = 65_536
"""Results of single cells, over all functions: some 20 MB."""

LONGEST_REMEMBERED = 200
"""Of texts: timestamps, numbers and statuses are shorter, and nothing else is worth keeping."""


def udf(function: CellFunction) -> Callable[..., ComRows]:
    """A function of the list as xlwings takes it: raw arguments in, rows out, never an exception."""
    tables = frozenset(place for place, argument in enumerate(function.arguments) if argument.is_table)

    def answer(*values: Any) -> ComRows:
        cells = [cell_of(value) for value in values]
        for place in tables & set(range(len(cells))):
            cells[place] = _read_once(cells[place])
        try:
            if any(isinstance(cell, tuple | list) for cell in cells):
                return over_ranges(function.call, cells, tables)
            if any(isinstance(cell, str) and len(cell) > LONGEST_REMEMBERED for cell in cells):
                return ((_of_single_cells.__wrapped__(function.name, *cells),),)
            return ((_of_single_cells(function.name, *cells),),)
        except CellError as error:
            return ((com_value(error),),)
        except Exception:  # a text in its place would be skipped by SUM: an amount too few
            return ((VALUE_ERROR,),)

    answer.__name__ = answer.__qualname__ = function.name
    answer.__doc__ = function.description
    answer.__annotations__ = {}  # xlwings would take them for converters
    vars(answer)["__signature__"] = inspect.Signature([_parameter(one) for one in function.arguments])
    for argument in function.arguments:
        answer = xlwings.arg(argument.name, "raw", doc=argument.help)(answer)
    marked: Callable[..., ComRows] = xlwings.func(xlwings.ret("raw")(answer))
    return marked


@lru_cache(maxsize=MOST_REMEMBERED, typed=True)
def _of_single_cells(name: str, *cells: Any) -> ComValue:
    try:
        return com_value(CELL_FUNCTIONS[name].call(*cells))
    except CellError as error:
        return com_value(error)


def _read_once(cell: Any) -> Any:
    """A rate card that was handed over before as the object it was read into; anything else as it is.

    Every cell of a filled-down column hands the whole card over again. Cards are told apart by their bytes,
    which keep TRUE and 1 apart.
    """
    try:
        return _card(marshal.dumps(cell, 2)) if isinstance(cell, tuple | list) else cell
    except (CellError, ValueError):  # no card, or dates in it: the function itself says so or reads it
        return cell


@lru_cache(maxsize=16)
def _card(content: bytes) -> RateCard:
    return card_of(marshal.loads(content))


def _parameter(argument: Argument) -> inspect.Parameter:
    """Left out it is a blank, and the function knows what that stands for."""
    default = inspect.Parameter.empty if argument.required else None
    return inspect.Parameter(argument.name, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=default)


globals().update({function.name: udf(function) for function in CELL_FUNCTIONS.values()})
