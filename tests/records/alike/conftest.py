"""Every file is read in both ways, and both have to say the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from addin.records import read_records
from addin.records.alike.calls import AlikeCalls
from addin.records.call import Call, Records

Both = Callable[..., Records]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small files are read as large ones are, and in many blocks, some
    of whose texts are in a mapped file, behind a beginning from which the encoding is presumed."""
    monkeypatch.setattr("addin.records.one_file.LARGE_BYTES", 0)
    monkeypatch.setattr("addin.records.alike.csv.BLOCK", 700)
    monkeypatch.setattr("addin.records.looked_through.CHUNK", 600)
    monkeypatch.setattr("addin.records.alike.kept_texts.MOST_BYTES", 2000)


@pytest.fixture
def small_head(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a sheet, so that small ones have several blocks."""
    monkeypatch.setattr("addin.records.alike.sheet.HEAD", 1200)


@pytest.fixture
def both(small: None) -> Both:
    return read_both


def read_both(paths: list[Path], **settings: Any) -> Records:
    """The records read in columns, after they were found to be the ones that are read row by row."""
    plain, alike = read_records(paths, **settings), read_records(paths, alike=True, **settings)
    assert replace(alike, calls=()) == replace(plain, calls=())
    assert list(alike.calls) == list(plain.calls)
    assert list(map(repr, alike.calls)) == list(map(repr, plain.calls))  # 0.10 is not 0.1
    if isinstance(alike.calls, AlikeCalls):
        are_shown(alike.calls, plain.calls)
    return alike


def are_shown(alike: AlikeCalls, calls: Any) -> None:
    """A kind that stands for rows read at once says nothing of what is each row's own."""
    for position, call in enumerate(calls):
        shown = alike.shown(position)
        expected = call if shown.row_values else without_own(call)
        assert shown == expected
        assert repr(shown) == repr(expected)


def without_own(call: Call) -> Call:
    return replace(call, updated_at=None, parent_id="", row_values=())


def voiso_columns(starts: Sequence[Any]) -> dict[str, Any]:
    """200 calls, as Voiso names their columns."""
    return {
        "uuid": [f"u{n}" for n in range(200)],
        "timestamp": starts,
        "from": [15005550000 + n % 3 for n in range(200)],
        "to": ["+2"] * 200,
        "duration": [n % 5 for n in range(200)],
        "disposition": ["answered", "no answer"] * 100,
        "type": ["outbound", None] * 100,
        "agent": ["ada"] * 200,
    }
