"""Texts of a very long log are the same in a mapped file as in memory, and leave nothing behind."""

from __future__ import annotations

import tempfile
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.errors import TollsheetError
from addin.records.alike import kept_texts
from addin.records.alike.kept_texts import KeptTexts

PARTS = st.lists(st.lists(st.tuples(st.text(), st.text(), st.sampled_from(["", "+44"])), max_size=5))


def kept(parts: list[list[tuple[str, str, str]]]) -> list[pa.ChunkedArray]:
    with closing(KeptTexts()) as texts:
        for part in parts:
            columns = zip(*part, strict=True) if part else [[], [], []]
            texts.add([pa.array(["before", *column], pa.string())[1:] for column in columns])
        return texts.columns()


@pytest.mark.parametrize("most", [0, 40, 1 << 30])
@given(parts=PARTS)
def test_any_texts(most: int, parts: list[list[tuple[str, str, str]]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept_texts, "MOST_BYTES", most)
        found = kept(parts)
    rows = [row for part in parts for row in part]
    assert [column.to_pylist() for column in found] == [[row[each] for row in rows] for each in range(3)]
    assert all(column.num_chunks == len(parts) for column in found)


def test_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_texts, "MOST_BYTES", 0)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    ids, *_ = kept([[("C1", "", "")], [("C2", "", "")]])
    assert not list(tmp_path.iterdir())
    assert ids.to_pylist() == ["C1", "C2"]


def test_a_full_disk_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_texts, "MOST_BYTES", 0)
    full = Path("/dev/full").open("wb")  # noqa: SIM115
    monkeypatch.setattr(kept_texts, "TemporaryFile", lambda prefix: full)
    with pytest.raises(TollsheetError, match=r"temporary files.*No space left") as refused:
        kept([[("C" * 100_000, "", "")]])
    assert "TMPDIR" in refused.value.remedy
