"""Columns of text as bytes: which of them the reader of single cells would give as they are written."""

from __future__ import annotations

import string
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from addin.records.formats import CLIENT_CALLS, category_by
from addin.records.values import BadValue, is_shortened, refuse_error, text_of

_NULL_LENGTH = len("null")
_ZERO, _PLUS, _A = b"0+a"
_DIGITS, _LETTERS = len(string.digits), len(string.ascii_lowercase)
_CASE = ord("a") - ord("A")
"""The bit that makes a letter small."""
_AT_ONCE = 1 << 18
"""Signs that stay near the processor."""


WORDS = (string.ascii_letters + string.digits + "-_.@/=~*()").encode()
"""No sign of a blank, an error, a shortened number: such a text is itself, unless it is `null`."""
NUMBERS = (string.digits + "+-.*()").encode()
"""Nor is there one where no letter is."""


def bytes_of(column: Any) -> tuple[NDArray[np.uint8], NDArray[np.int32]]:
    """All bytes of an arrow array of strings, and where each text ends: one more than there are, from the
    beginning of the first."""
    _, ends, data = column.buffers()
    if not len(column):
        return np.zeros(0, np.uint8), np.zeros(1, np.int32)
    all_ends = np.frombuffer(ends, np.int32)[column.offset : column.offset + len(column) + 1]
    return np.frombuffer(data, np.uint8) if data else np.zeros(0, np.uint8), all_ends


def are_one(column: Any) -> bool:
    """Whether all texts of an arrow array are the same one: each byte is the one that a text's length before
    it is."""
    data, ends = bytes_of(column)
    sizes = np.diff(ends)
    if not len(sizes) or (sizes != sizes[0]).any():
        return False
    signs, length = data[ends[0] : ends[-1]], int(sizes[0])
    return not length or bool((signs[length:] == signs[:-length]).all())


def words_of(texts: NDArray[np.uint8]) -> Iterator[NDArray[np.uint64]]:
    """Texts of one length, as a matrix: the letters of each, eight by eight and the last eight. A short text
    ends in zeros."""
    count, length = texts.shape
    if length < 8:
        texts = np.pad(texts, ((0, 0), (0, 8 - length)))
        length = 8
    texts = np.ascontiguousarray(texts)
    for start in (*range(0, length - 8, 8), length - 8):
        yield np.ndarray(count, np.uint64, texts, start, (length,))


def dictionary(texts: NDArray[np.uint8]) -> tuple[NDArray[np.int32], list[bytes]]:
    """Of texts of one length, as a matrix: the place of each among the different ones, and those. Of texts
    that follow each other and are equal the first is looked at: a log is in some order, as a rule."""
    import pyarrow as pa

    count, length = texts.shape
    if length == 0:
        return np.zeros(count, np.int32), [b""]
    begins = np.zeros(count, np.bool_)
    begins[:1] = True
    for word in words_of(texts):
        begins[1:] |= word[1:] != word[:-1]
    begun = texts.take(np.flatnonzero(begins), axis=0)
    encoded = pa.FixedSizeBinaryArray.from_buffers(
        pa.binary(length), len(begun), [None, pa.py_buffer(begun)]
    ).dictionary_encode()
    codes = encoded.indices.to_numpy().take(np.cumsum(begins, dtype=np.int32) - 1)
    return codes, encoded.dictionary.to_pylist()


def plain(column: Any, simple: bytes) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which texts would be read as they are written, by signs that make nothing else of a text, and the
    others by the reader of single cells; and which of them name a client."""
    is_plain, is_client = np.ones(len(column), np.bool_), np.zeros(len(column), np.bool_)
    data, ends = bytes_of(column)
    signs = data[ends[0] : ends[-1]]
    rows = np.zeros(0, np.int64)
    if not _are_common(signs, simple) and signs.tobytes().translate(None, simple):
        is_odd = np.ones(256, np.bool_)
        is_odd[list(simple)] = False
        odd_signs = np.flatnonzero(is_odd[signs]) + ends[0]
        rows = np.unique(np.searchsorted(ends, odd_signs, "right") - 1)
    if simple == WORDS:
        rows = np.union1d(rows, np.flatnonzero(np.diff(ends) == _NULL_LENGTH))
    if len(rows):
        odd = column.take(rows).dictionary_encode()
        different = odd.dictionary.to_pylist()
        codes = odd.indices.to_numpy()
        is_plain[rows] = np.array([_is_plain(text) for text in different])[codes]
        is_client[rows] = np.array([category_by(text) == CLIENT_CALLS for text in different])[codes]
    return is_plain, is_client


def _are_common(signs: NDArray[np.uint8], simple: bytes) -> bool:
    """Whether all are of the signs that ids or numbers are of, as a rule: these are told sooner, and without
    Python's lock."""
    for start in range(0, len(signs), _AT_ONCE):
        piece = signs[start : start + _AT_ONCE]
        other = (piece | _CASE) - _A < _LETTERS if simple == WORDS else piece == _PLUS
        if not (other | (piece - _ZERO < _DIGITS)).all():
            return False
    return True


def _is_plain(text: str) -> bool:
    try:
        return bool(text_of(refuse_error(text)) == text) and not is_shortened(text)
    except BadValue:
        return False
