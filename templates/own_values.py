"""The values of a column that are each row's own, as the insides of its cells: a block of rows at a time.

Blocks make what a cell may hold as it stands. Every odd text or day is made alone, as in other tables.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from addin.records import since_1970
from addin.reports.alike_rows import OwnValues, values_of
from templates.cells import OLDEST
from templates.text import LONGEST_TEXT, cell_text, text_width

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]

Texts = Any
"""A pyarrow Array of strings."""

BLOCK = 1 << 13
"""Rows that are made at once: some megabytes of XML."""

_DAY_OF_1970 = 25_568
"""By XlsxWriter's count from 1899-12-31, before it adds the day that spreadsheets give to February 1900; what
is earlier is text."""
_LEAST = 1 << 15
"""From here, in 1989, to twice as many days a double counts days in steps of 2^-37."""
_STEP_BITS = 37
_DECIMALS = 11
"""Of such a number, where it is written with 16 digits."""
_INSTANT_WIDTH, _DAY_WIDTH = len("2026-09-30 23:59:59"), len("2026-09-30")
_LAST_ASCII = 0x7F
_LOOKS_ESCAPED = re.compile("_x[0-9a-fA-F]{4}_")


@dataclass(frozen=True, slots=True)
class Inside:
    """What a cell of a column is after its name, blank and around a text or a number."""

    blank: str
    text: tuple[str, str]
    number: tuple[str, str]
    shared: Mapping[str, int]
    """The texts that are shared by all sheets, and their numbers."""


def insides_of(values: OwnValues, is_blank: Flags, inside: Inside) -> tuple[Any, ...]:
    """The insides of the cells of a block, as texts that are to be joined row by row: the same one for all
    rows, or a pyarrow Array."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    if is_text(values):
        texts = as_array(values)
        odd, (before, after) = odd_texts(texts), inside.text
    else:
        values = np.where(is_blank, 0, values)
        numbers = numbers_of_days(values)
        odd, (before, after) = _are_odd(numbers), inside.number
        texts = _number_texts(np.where(odd, float(_LEAST), numbers), is_whole=values.dtype.itemsize == 4)
    odd &= ~is_blank
    if not (odd.any() or is_blank.any()):
        return before, texts, after
    made = pc.binary_join_element_wise(before, texts, after, "")
    if is_blank.any():
        made = pc.if_else(pa.array(is_blank), inside.blank, made)
    if odd.any():
        at = np.flatnonzero(odd)
        if is_text(values):
            own = [text_inside(one, inside) for one in _taken(texts, at)]
        else:
            own = [_day_inside(*one, inside) for one in zip(values_of(values[at]), numbers[at], strict=True)]
        made = pc.replace_with_mask(made, pa.array(odd), pa.array(own, pa.string()))
    return (made,)


def width_of(values: OwnValues, is_blank: Callable[[slice], Flags], most: int) -> int:
    """The characters that the column needs; those beyond `most` may not be counted."""
    from addin.records.alike.threads import at_once, blocks

    if not is_text(values):
        whole = _INSTANT_WIDTH if values.dtype.itemsize == 8 else _DAY_WIDTH
        return whole if any(not is_blank(block).all() for block in blocks(len(values))) else 0

    def its(block: slice) -> int:
        return _text_width(as_array(values[block]), ~is_blank(block))

    width = its(slice(BLOCK))
    return width if width >= most else max([width, *at_once(its, blocks(len(values)))])


def is_text(values: OwnValues) -> bool:
    return not hasattr(values, "dtype")


def as_array(values: OwnValues) -> Texts:
    """A block of texts, whatever their kind, as one array."""
    import pyarrow as pa

    return pa.concat_arrays(values.cast(pa.string()).chunks or [pa.array([], pa.string())])


def odd_texts(texts: Texts) -> Flags:
    """Which texts are not simply their bytes in a cell."""
    signs, ends, sizes = _bytes_of(texts)
    odd: Flags = (sizes == 0) | (sizes > LONGEST_TEXT)
    if not len(signs):
        return odd
    last = ends[sizes > 0] - 1
    first = last - sizes[sizes > 0] + 1
    for at in (first, last):
        odd[sizes > 0] |= (signs[at] == ord(" ")) | (signs[at] > _LAST_ASCII)
    wrong = (signs < ord(" ")) | (signs == _LAST_ASCII)
    for sign in b"&<>":
        wrong |= signs == sign
    wrong[:-1] |= (signs[:-1] == ord("_")) & (signs[1:] == ord("x"))
    if signs.max() > _LAST_ASCII:
        wrong[:-1] |= (signs[:-1] == 0xC2) & (signs[1:] < 0xA0)  # U+0080 to U+009F
        wrong[:-2] |= (signs[:-2] == 0xEF) & (signs[1:-1] == 0xBF) & (signs[2:] > 0xBD)  # U+FFFE, U+FFFF
    return odd | _having(wrong, ends)


def _bytes_of(texts: Texts) -> tuple[NDArray[np.uint8], NDArray[np.int32], NDArray[np.int32]]:
    """The bytes of all texts, where each ends in them, and how many each has."""
    import numpy as np

    _, offsets, data = texts.buffers()
    starts = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    signs = np.frombuffer(data or b"", np.uint8)[starts[0] : starts[-1]]
    return signs, starts[1:] - starts[0], np.diff(starts)


def _having(wrong: Flags, ends: NDArray[np.int32]) -> Flags:
    """Which texts have a wrong byte."""
    import numpy as np

    found = np.zeros(len(ends), bool)
    if wrong.any():
        found[np.searchsorted(ends, np.flatnonzero(wrong), side="right")] = True
    return found


def looking_escaped(values: OwnValues, is_blank: Callable[[slice], Flags]) -> list[str]:
    """The texts with what reads as a control character of XlsxWriter's making, once for each row that shows
    one: what stands for them is read back by some programs only where it is shared."""
    import numpy as np
    import pyarrow.compute as pc

    from addin.records.alike.threads import at_once, blocks

    def its(block: slice) -> list[str]:
        texts = as_array(values[block])
        may = pc.match_substring(texts, "_x").to_numpy(zero_copy_only=False)
        if not may.any():
            return []
        return [*filter(_LOOKS_ESCAPED.search, _taken(texts, np.flatnonzero(may & ~is_blank(block))))]

    return [*chain.from_iterable(at_once(its, blocks(len(values))))] if is_text(values) else []


def text_inside(text: str, inside: Inside) -> str:
    """Of any text: as XlsxWriter writes it, but that nothing in it is ever markup."""
    if not text:
        return inside.blank
    if text in inside.shared:
        before, after = inside.number
        return f'{before.removesuffix("><v>")} t="s"><v>{inside.shared[text]}{after}'
    text = cell_text(text)
    before, after = inside.text
    if text[0].isspace() or text[-1].isspace():
        before = before.removesuffix("<t>") + '<t xml:space="preserve">'
    return f"{before}{escape(text)}{after}"


def _taken(texts: Texts, at: NDArray[np.intp]) -> list[str]:
    import pyarrow as pa

    found: list[str] = texts.take(pa.array(at)).to_pylist()
    return found


def _text_width(texts: Texts, shown: Flags) -> int:
    import numpy as np
    import pyarrow.compute as pc

    signs, ends, sizes = _bytes_of(texts)
    odd = _having((signs < ord(" ")) | (signs >= _LAST_ASCII), ends) | (sizes > LONGEST_TEXT)
    upper, lower = (pc.equal(change(texts), texts) for change in (pc.ascii_upper, pc.ascii_lower))
    wide = pc.and_not(upper, lower).to_numpy(zero_copy_only=False)
    width = int(np.where(wide, sizes * 5 // 4, sizes).max(initial=0, where=shown & ~odd))
    for text in _taken(texts, np.flatnonzero(odd & shown)):
        lines = cell_text(text).split("\n")
        width = max(width, *map(text_width, lines))
    return width


def numbers_of_days(values: OwnValues) -> NDArray[np.float64]:
    """By the very steps of XlsxWriter, so that they are the same to the last bit."""
    import numpy as np

    if values.dtype.itemsize == 4:
        whole = values + np.float64(_DAY_OF_1970)
    else:
        days, rest = np.divmod(values, since_1970.DAY_US)
        seconds, micros = np.divmod(rest, 1_000_000)
        whole = (days + _DAY_OF_1970) + (seconds + micros / 1e6) / 86_400
    numbers: NDArray[np.float64] = whole + 1
    return numbers


def _are_odd(numbers: NDArray[np.float64]) -> Flags:
    return (numbers < _LEAST) | (numbers >= 2 * _LEAST)


def _number_texts(numbers: NDArray[np.float64], *, is_whole: bool) -> Texts:
    """As `%.16G` writes them, in whole numbers: the steps of the double times 10^11 / 2^37, which is 5^11 /
    2^26, half to even."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    days = numbers.astype(np.int64)
    if is_whole:
        return pa.array(days).cast(pa.string())
    product = ((numbers - days) * (1 << _STEP_BITS)).astype(np.int64) * 5**_DECIMALS
    bits = _STEP_BITS - _DECIMALS
    decimals, rest, half = product >> bits, product & ((1 << bits) - 1), 1 << bits - 1
    decimals += (rest > half) | ((rest == half) & (decimals & 1 == 1))
    digits = pa.array(days * 10**_DECIMALS + decimals).cast(pa.string())
    whole, places = pc.utf8_slice_codeunits(digits, 0, 5), pc.utf8_slice_codeunits(digits, 5)
    return pc.ascii_rtrim(pc.binary_join_element_wise(whole, pc.ascii_rtrim(places, "0"), "."), ".")


def _day_inside(day: date, number: float, inside: Inside) -> str:
    """Of one day or instant; those before March 1900 are text, as in every table."""
    plain = day.replace(tzinfo=None) if isinstance(day, datetime) else day
    if (plain.date() if isinstance(plain, datetime) else plain) < OLDEST:
        return text_inside(str(plain), inside)
    before, after = inside.number
    return f"{before}{number:.16G}{after}"
