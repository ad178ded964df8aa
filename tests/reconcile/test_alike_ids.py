"""Texts that stand in several rows are found exactly, whatever their lengths and however they are cut."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.reconcile import alike_ids


def columns(texts: list[str], cuts: list[int]) -> pa.ChunkedArray:
    edges = [0, *sorted(cut % (len(texts) + 1) for cut in cuts), len(texts)]
    chunks = [pa.array(["before", *texts[a:b]], pa.string())[1:] for a, b in pairwise(edges)]
    return pa.chunked_array(chunks, pa.string())


def by_counting(texts: list[str]) -> list[int]:
    counts = Counter(texts)
    return [row for row, text in enumerate(texts) if counts[text] > 1]


TEXTS = st.lists(
    st.one_of(st.text(max_size=20), st.sampled_from(["", "a", "aa", "CA" * 17, "CA" * 16 + "CB", "é"]))
)


@given(TEXTS, st.lists(st.integers(0, 50), max_size=3))
def test_any_texts(texts: list[str], cuts: list[int]) -> None:
    assert alike_ids.repeated(columns(texts, cuts)).tolist() == by_counting(texts)


def test_texts_of_one_number_are_still_two_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alike_ids, "_numbers", lambda chunk: np.zeros(len(chunk), np.uint64))
    texts = ["one", "two", "three", "two"]
    assert alike_ids.repeated(columns(texts, [2])).tolist() == [1, 3]


def test_numbers_of_many_ids_differ() -> None:
    ids = [f"CA{number:032x}" for number in range(200_000)] + ["CA" + "0" * 32]
    assert alike_ids.repeated(columns(ids, [77_777])).tolist() == [0, 200_000]


@given(TEXTS, TEXTS, st.lists(st.integers(0, 50), max_size=3))
def test_any_texts_of_two_columns(ours: list[str], theirs: list[str], cuts: list[int]) -> None:
    once = [[row for row, text in enumerate(texts) if texts.count(text) == 1] for texts in (ours, theirs)]
    rows = {theirs[row]: row for row in once[1]}
    expected = [(row, rows[ours[row]]) for row in once[0] if ours[row] in rows]
    found = alike_ids.paired(
        columns(ours, cuts), columns(theirs, cuts[::-1]), *(np.array(one, np.int64) for one in once)
    )
    assert [*zip(*(one.tolist() for one in found), strict=True)] == expected


def test_two_columns_of_one_number_are_not_taken_for_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alike_ids, "_numbers", lambda chunk: np.zeros(len(chunk), np.uint64))
    row = np.zeros(1, np.int64)
    for other, pairs in (("one", 1), ("two", 0)):
        found = alike_ids.paired(columns(["one"], []), columns([other], []), row, row)
        assert [len(rows) for rows in found] == [pairs, pairs]
