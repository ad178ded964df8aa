"""One rule over scalars, ranges and arrays: the broadcast shape out, errors and blanks dealt with on the way.

An error in any argument comes out, the first argument's first. A blank becomes the argument's default, or
#N/A where there is none. Whatever a rule fails with leaves as an error of `udfs.errors`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from udfs.cell_values import Cell, error_in, is_blank, plain
from udfs.errors import CellError, ErrorHandedIn, NotAvailable, NotUsable, OutOfRange

REQUIRED: Any = object()
"""Stands for the default of an argument that has none."""

FEWEST_FOR_COLUMNS = 64
"""From this many elements on, a list is worth an array."""

Column = Any
"""The elements of an argument in order (a list or a flat array), or one cell that stands for all."""
Redo = Callable[[int], Any]
Fast = Callable[[list[Column], int, Redo], Any]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule for one element, and what its arguments are."""

    body: Callable[..., Any]
    names: tuple[str, ...]
    defaults: tuple[Any, ...]
    tables: dict[int, Callable[[Cell], Any]]
    """Arguments that are ranges as a whole, by place, and how they are read."""
    fast: Fast | None = None
    """The same rule over columns; it may decline by giving None."""


@dataclass(frozen=True, slots=True)
class Range:
    """A range of cells: its elements row by row, and its shape."""

    cells: Sequence[Cell]
    shape: tuple[int, ...]
    is_array: bool


def evaluate(rule: Rule, cells: Sequence[Cell]) -> Any:
    """The rule for scalars, or for every element of the ranges among the arguments."""
    read = [
        _table(cell, rule.tables[place]) if place in rule.tables else as_range(cell)
        for place, cell in enumerate(cells)
    ]
    ranges = [cell for cell in read if isinstance(cell, Range)]
    if not ranges:
        return one(rule, read)
    shape = _broadcast([found.shape for found in ranges])
    size = _product(shape)
    columns = [_column(cell, shape, size) if isinstance(cell, Range) else cell for cell in read]
    spread = [isinstance(cell, Range) and cell.shape != () and _product(cell.shape) != 1 for cell in read]

    def redo(place: int) -> Any:
        element = [column[place] if wide else column for column, wide in zip(columns, spread, strict=True)]
        try:
            return one(rule, element)
        except CellError as error:
            return error.value

    is_array = any(found.is_array for found in ranges)
    if rule.fast is not None and any(spread) and (is_array or size >= FEWEST_FOR_COLUMNS):
        found = _fast(rule.fast, columns, spread, size, redo)
        if found is not None:
            return found.reshape(shape) if is_array else _rows(found.tolist(), shape)
    values = [redo(place) for place in range(size)]
    if is_array:
        from udfs.rating.columns import as_array

        return as_array(values, shape)
    return _rows(values, shape)


def _fast(fast: Fast, columns: list[Column], spread: list[bool], size: int, redo: Redo) -> Any:
    """The columns' rule, where numpy is installed and nothing but elements needs the scalar one."""
    try:
        import udfs.rating.columns  # noqa: F401
    except ImportError:
        return None
    marked = [
        column if wide else Constant(plain(column)) for column, wide in zip(columns, spread, strict=True)
    ]
    try:
        return fast(marked, size, redo)
    except (CellError, ValueError, TypeError, ArithmeticError):
        return None  # a constant argument is bad or absurd: the scalar rule says so, element by element


@dataclass(frozen=True, slots=True)
class Constant:
    """An argument of a columns' rule that is the same for all elements."""

    cell: Cell


def one(rule: Rule, cells: Sequence[Cell]) -> Any:
    """The rule for one element, or an error of `udfs.errors`."""
    try:
        return rule.body(*_ready(rule, cells))
    except CellError:
        raise
    except (OverflowError, MemoryError) as error:
        raise OutOfRange("the numbers are too large", "check the arguments") from error
    except Exception as error:
        raise NotUsable(f"the arguments cannot be used ({error})", "check the arguments") from error


def _ready(rule: Rule, cells: Sequence[Cell]) -> list[Cell]:
    """The cells of one element as the body takes them: no error among them, no blank that stands for more."""
    values = [plain(cell) for cell in cells]
    for value in values:
        if isinstance(value, CellError):
            raise value
        if (error := error_in(value)) is not None:
            raise ErrorHandedIn(error.code, error.problem or "an argument is an error", error.remedy)
    for place, value in enumerate(values):
        if is_blank(value):
            values[place] = rule.defaults[place]
            if values[place] is REQUIRED:
                raise NotAvailable(f"{rule.names[place]} is blank", "fill it in")
    return values


def as_range(cell: Cell) -> Cell | Range:
    """A list, a list of rows or an array as a Range; anything else as it is."""
    if hasattr(cell, "to_numpy"):
        cell = cell.to_numpy()
    if getattr(cell, "ndim", 0) and hasattr(cell, "ravel"):
        if cell.dtype.kind == "f" and cell.dtype.itemsize < 8:
            cell = cell.astype("U").astype("f8")  # by the digits it shows: float32(0.1) is 0.1
        return Range(cell.ravel(), tuple(cell.shape), True)
    if not isinstance(cell, list | tuple):
        return cell
    kinds = set(map(type, cell))
    if not any(issubclass(kind, list | tuple) for kind in kinds):
        return Range(cell, (len(cell),), False)
    if not all(issubclass(kind, list | tuple) for kind in kinds) or len(set(map(len, cell))) > 1:
        raise NotUsable("the rows of a range differ in length", "select a rectangle")
    return Range(list(chain.from_iterable(cell)), (len(cell), len(cell[0])), False)


def _table(cell: Cell, read: Callable[[Cell], Any]) -> Any:
    """An argument that is a range as a whole, read once; what fails in it fails for every element."""
    if is_blank(plain(cell)) or error_in(plain(cell)):
        return cell
    try:
        return read(cell)
    except CellError as error:
        return error


def _broadcast(shapes: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    """The shape that all fit into, sides of length 1 stretched."""
    depth = max(map(len, shapes))
    padded = [(1,) * (depth - len(shape)) + shape for shape in shapes]
    out = []
    for sides in zip(*padded, strict=True):
        lengths = set(sides) - {1}
        if len(lengths) > 1:
            both = " and ".join("x".join(map(str, shape)) for shape in dict.fromkeys(shapes))
            raise NotUsable(f"ranges of different size: {both}", "select the same rows in each")
        out.append(lengths.pop() if lengths else 1)
    return tuple(out)


def _column(found: Range, shape: tuple[int, ...], size: int) -> Column:
    """The elements of a range, repeated into a shape; a range of one cell is that cell."""
    if _product(found.shape) == 1:
        return found.cells[0]
    if _product(found.shape) == size:
        return found.cells
    places = [0]
    for side, stretched in zip((1,) * (len(shape) - len(found.shape)) + found.shape, shape, strict=True):
        places = [place * side + (step if side > 1 else 0) for place in places for step in range(stretched)]
    return [found.cells[place] for place in places]


def _rows(values: list[Any], shape: tuple[int, ...]) -> list[Any]:
    """A flat list, or a list of rows."""
    if len(shape) == 1:
        return values
    width = _product(shape[1:])
    return [_rows(values[row * width : (row + 1) * width], shape[1:]) for row in range(shape[0])]


def _product(shape: tuple[int, ...]) -> int:
    product = 1
    for side in shape:
        product *= side
    return product
