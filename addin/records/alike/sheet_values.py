"""Where the values of cells are in the XML of a block of rows that fits its pattern (`sheet_form.py`)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from addin.records.alike.given import NotPlain

Places = NDArray[np.int64]
"""In the text, or among rows."""

_BEFORE_A = np.uint8(ord("A") - 1)
_ROW, _CELL = len('<row r="'), len('<c r="')
_SPACE = len('<t xml:space="preserve">') - len("<t>")
_EIGHT = np.dtype("<u8")
"""Eight bytes as a number, the first one the least."""


@dataclass(frozen=True, slots=True)
class RowsAt:
    """Where the rows of a block are."""

    numbers: Places
    starts: Places


@dataclass(frozen=True, slots=True)
class ValuesAt:
    """Where the values of cells are: of each its row's place among the rows, the number of its column, its
    text, and whether that is a number in the table of texts."""

    rows: Places
    columns: NDArray[np.uint8]
    starts: Places
    ends: Places
    is_shared: NDArray[np.bool_]
    error_rows: Places
    error_columns: NDArray[np.uint8]
    """Where there are errors, or TRUE and FALSE."""


def found_in(text: bytes) -> tuple[RowsAt, ValuesAt]:
    """Of a block that fits. Raises NotPlain where its rows do not ascend, or a cell names another row."""
    signs = np.frombuffer(text + bytes(32), np.uint8)
    words = np.ndarray(len(signs) - 7, _EIGHT, signs, 0, (1,))
    tags = np.flatnonzero(signs == ord("<"))
    kinds = signs[tags + 1]
    is_row, is_cell = kinds == ord("r"), kinds == ord("c")
    rows, of_row = tags[is_row], (np.cumsum(is_row) - 1)[is_cell]
    numbers, lengths = _numbers(signs, rows)
    columns, digits = _columns(signs, tags[is_cell])
    masks = (np.uint64(1) << (np.arange(8, dtype=np.uint64) * 8 + 7)) * 2 - 1  # of digits and a quote
    mask = masks[lengths]
    written = words[rows + _ROW] & mask
    if ((words[digits] ^ written[of_row]) & mask[of_row]).any():
        raise NotPlain
    whose = np.cumsum(is_cell) - 1
    is_value = kinds == ord("v")
    begun = np.flatnonzero(is_value | (kinds == ord("f")))
    wrong = np.unique(whose[begun[np.isin(_before(words, tags[begun]), _ERRORS)]])
    at = np.flatnonzero(is_value | (kinds == ord("t")))
    is_shared = _before(words, tags[at]) == _SHARED
    starts, ends = tags[at] + len("<v>"), tags[at + 1]
    marked = np.flatnonzero(signs[starts - 1] != ord(">"))
    starts[marked] += _SPACE  # `<t xml:space="preserve">`, or `<t/>`, which is empty
    starts = np.minimum(starts, ends)
    its = whose[at]
    values = ValuesAt(of_row[its], columns[its], starts, ends, is_shared, of_row[wrong], columns[wrong])
    return RowsAt(numbers, rows), values


def _numbers(signs: NDArray[np.uint8], rows: Places) -> tuple[Places, Places]:
    """The numbers of rows that begin there, and how many digits each has."""
    named = np.lib.stride_tricks.sliding_window_view(signs, 8)[rows + _ROW]
    lengths = (named == ord('"')).argmax(axis=1)
    numbers = np.zeros(len(rows), np.int64)
    for place in range(7):
        more = place < lengths
        numbers = np.where(more, numbers * 10 + named[:, place] - ord("0"), numbers)
    if (lengths == 0).any() or (np.diff(numbers) <= 0).any():
        raise NotPlain
    return numbers, lengths


def _columns(signs: NDArray[np.uint8], cells: Places) -> tuple[NDArray[np.uint8], Places]:
    """The numbers of the columns of cells that begin there, of one letter or two; and where the numbers of
    their rows begin."""
    digits = cells + _CELL + 1
    columns, second = signs[cells + _CELL] - _BEFORE_A, signs[digits]
    two = np.flatnonzero(second >= ord("A"))
    columns[two] = columns[two] * 26 + second[two] - _BEFORE_A
    digits[two] += 1
    return columns, digits


def _before(words: NDArray[np.uint64], places: Places) -> NDArray[np.uint64]:
    """The seven bytes before each place."""
    return words[places - 8] >> np.uint64(8)


def _mark(kind: str) -> int:
    """What stands before the value of a cell of this type, or before its formula."""
    return int.from_bytes(f' t="{kind}">'.encode(), "little")


_SHARED, _ERRORS = _mark("s"), [_mark("e"), _mark("b")]
