"""What a rate card asks of telephone numbers, of many at once.

Of a number a card looks at the longest prefix that is in the card (shorter ones are the beginnings of that
one) and at whether its digits are lost; of a call without a direction also at whether both numbers are one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from udfs.cell_values import is_shortened
from udfs.rating.rate_card import normal_number

Codes = NDArray[np.int64]
Texts = Any
"""A pyarrow Array of strings."""


def prefix_of(numbers: Texts, prefixes: Sequence[str]) -> Codes:
    """The longest of these prefixes that each number begins with, by its place among them; -1 for none. Of a
    number that has lost its digits it is told apart: as the called one it has no rate, as the calling one it
    may have that of its beginning."""
    if not prefixes:
        return np.full(len(numbers), -1, np.int64)
    at = {prefix: place for place, prefix in enumerate(prefixes)}
    digits = pc.ascii_ltrim(numbers, characters="+")
    longest = max(map(len, prefixes))
    begun = pc.binary_slice(digits.cast(pa.binary()), 0, longest).dictionary_encode()
    found: Codes = _longest(begun.dictionary, at)[begun.indices.to_numpy()]
    is_plain = pc.ascii_is_decimal(digits).to_numpy(zero_copy_only=False)
    if not is_plain.all():
        other = np.flatnonzero(~is_plain)
        encoded = numbers.take(pa.array(other)).dictionary_encode()
        lengths = sorted({len(prefix) for prefix in prefixes}, reverse=True)
        places: list[int] = []
        for written in encoded.dictionary.to_pylist():
            number = normal_number(written)
            begins = (number[:length] for length in lengths if length <= len(number))
            place = next((at[one] for one in begins if one in at), -1)
            places.append(place + len(prefixes) + 1 if is_shortened(written) else place)
        found[other] = np.array(places, np.int64)[encoded.indices.to_numpy(zero_copy_only=False)]
    return found


def _longest(beginnings: Any, at: Mapping[str, int]) -> Codes:
    """The place of the longest prefix of each of these bytes."""
    found = np.full(len(beginnings), at.get("", -1), np.int64)
    for length in sorted({*map(len, at)} - {0}):
        its = [prefix for prefix in at if len(prefix) == length]
        value_set = pa.array([prefix.encode() for prefix in its], pa.binary())
        place = pc.index_in(pc.binary_slice(beginnings, 0, length), value_set=value_set)
        met = np.flatnonzero(pc.is_valid(place).to_numpy(zero_copy_only=False))
        matched = place.drop_null().to_numpy(zero_copy_only=False)
        found[met] = np.array([at[prefix] for prefix in its], np.int64)[matched]
    return found


def is_one_number(called: Texts, calling: Texts) -> Codes:
    """1 where a call is between one number and itself, however each is written."""
    digits = [pc.ascii_ltrim(numbers, characters="+") for numbers in (called, calling)]
    same = pc.equal(*digits).to_numpy(zero_copy_only=False)
    is_plain = pc.and_(*map(pc.ascii_is_decimal, digits)).to_numpy(zero_copy_only=False)
    other = np.flatnonzero(~is_plain)
    written = (numbers.take(pa.array(other)).to_pylist() for numbers in (called, calling))
    same[other] = [normal_number(one) == normal_number(two) for one, two in zip(*written, strict=True)]
    return np.asarray(same, np.int64)
