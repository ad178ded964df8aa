"""Every cell function as a bare xlwings UDF, raw in and out: the chain without the add-in's own module."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import date
from typing import Any

import xlwings as xw

from udfs.cells import CELL_FUNCTIONS
from udfs.cells.registry import CellFunction
from udfs.errors import COM_INTEGER_OF_CODE, CellError, ErrorValue


def _sent(value: Any) -> Any:
    """Errors as Excel's numbers, days as serials: COM takes neither as they are."""
    if isinstance(value, ErrorValue):
        return COM_INTEGER_OF_CODE[value.code]
    return float(value.toordinal() - date(1899, 12, 30).toordinal()) if isinstance(value, date) else value


def _published(function: CellFunction) -> Callable[..., Any]:
    def udf(*arguments: Any) -> list[list[Any]]:
        try:
            result = function.call(*arguments)
        except CellError as error:
            result = error.value
        rows = result if isinstance(result, list) else [[result]]
        # Lists, never tuples: pywin32 takes a tuple for several results and hands on the first alone.
        return [[_sent(value) for value in (row if isinstance(row, list) else [row])] for row in rows]

    place = inspect.Parameter.POSITIONAL_OR_KEYWORD
    udf.__name__ = function.name
    udf.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter(name.name, place)
            if name.required
            else inspect.Parameter(name.name, place, default=name.default)
            for name in function.arguments
        ]
    )
    udf.__annotations__ = {}
    published: Callable[..., Any] = xw.func(udf)
    for argument in function.arguments:
        published = xw.arg(argument.name, "raw")(published)
    return xw.ret("raw")(published)  # type: ignore[no-any-return]


globals().update({name: _published(function) for name, function in CELL_FUNCTIONS.items()})
