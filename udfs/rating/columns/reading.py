"""Reading columns of durations and rates: floats become the whole numbers that they show, exactly.

A duration in float seconds becomes whole milliseconds `ms = rint(1000 s)`. Where that lies within 0.49 of
1000 s, and s is at most 10^9, it is what the scalar rule gets: reading s at 15 digits moves it by at most
0.005 ms, and the product by less than 0.0002 ms.

A rate r becomes `R = rint(r x 10^s)`. If R < 10^15 and R / 10^s gives r again, then r is the double nearest
to a decimal of at most 15 digits, and that decimal is what it shows at 15 digits: R / 10^s is the rate,
exactly.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from udfs.cell_values import number
from udfs.errors import CellError
from udfs.rating.columns.arrays import INT32, Flags, Floats, Integers, Scratch, either

LONGEST_S = 1e9
WIDEST_RATE = 10**15


def read_ms(seconds: Floats, room_ms: int, scratch: Scratch) -> tuple[Integers, Flags | None]:
    """Whole milliseconds, and flags where the scalar gate has to decide.

    They are narrow where they fit with this much room, the most that will be added to them.
    """
    exact, rounded = scratch.floats(len(seconds))
    np.multiply(seconds, 1000.0, out=exact)
    np.rint(exact, out=rounded)
    exact -= rounded
    bad: Flags | None = None
    low, high = seconds.min(initial=1.0), seconds.max(initial=1.0)
    if not (low >= 0.5 and high <= LONGEST_S):
        only_zeros = low == 0 and np.count_nonzero(seconds < 0.5) == np.count_nonzero(seconds == 0)
        if not (only_zeros and high <= LONGEST_S):
            bad = ~((seconds >= 0.5) & (seconds <= LONGEST_S)) & (seconds != 0)
    if not (exact.max(initial=0.0) < 0.49 and exact.min(initial=0.0) > -0.49):
        bad = either(bad, ~(np.abs(exact) < 0.49))
    if bad is not None:
        rounded[bad] = 0
    narrow = bool(low >= 0 and high * 1000 + room_ms < INT32)
    return scratch.whole(rounded, 0, narrow=narrow), bad


def read_rates(rates: Floats, scales: Sequence[int], scratch: Scratch) -> tuple[int, Integers, Flags | None]:
    """The first scale that holds all rates (its place), the whole numbers there, flags where none does."""
    best, fewest, bad = 0, len(rates) + 1, np.zeros(0, np.bool_)
    units, shown = scratch.floats(len(rates))
    low, high = rates.min(initial=0.0), rates.max(initial=0.0)
    for place, digits in enumerate(scales):
        scale = float(10**digits)
        np.multiply(rates, scale, out=units)
        np.rint(units, out=units)
        np.true_divide(units, scale, out=shown)
        good = shown == rates
        if not (low >= 0 and high * scale < WIDEST_RATE):
            good &= (rates >= 0) & (units < WIDEST_RATE)
        if good.all():
            return place, scratch.whole(units, 1, narrow=bool(high * scale < INT32)), None
        missed = len(rates) - int(np.count_nonzero(good))
        if missed < fewest:
            best, fewest, bad = place, missed, ~good
    np.rint(rates * float(10 ** scales[best]), out=units)
    units[bad] = 0
    whole = scratch.whole(units, 1, narrow=False)
    noisy, where = np.unique(rates[bad], return_inverse=True)
    read = np.array([_units(rate, scales[best]) for rate in noisy.tolist()], np.int64)[where]
    whole[bad] = np.maximum(read, 0)
    bad[bad] = read < 0
    return best, whole, bad


def _units(rate: float, scale: int) -> int:
    """A rate with noise behind its 15 digits as a whole number at a scale, -1 where it is none."""
    try:
        exact = number(rate, "rate") * 10**scale
    except CellError:
        return -1
    return exact.numerator if exact.denominator == 1 and 0 <= exact < WIDEST_RATE else -1
