"""The hash of a file is that of the bytes that were read, whenever it is asked for."""

from __future__ import annotations

import gzip
import hashlib
import os

import pytest

from addin.errors import TollsheetError
from addin.records import read_records
from addin.records.hashing import Hashing

from .conftest import Write
from .test_tables import CSV


@pytest.mark.parametrize("content", [CSV.encode(), gzip.compress(CSV.encode(), mtime=0)])
@pytest.mark.parametrize("alike", [False, True])
def test_of_the_bytes_on_disk(
    write: Write, content: bytes, alike: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("addin.records.one_file.LARGE_BYTES", 0)
    (source,) = read_records([write("calls.csv", content)], alike=alike).sources
    assert source.sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("is_hashed", [False, True])
def test_a_file_that_is_changed_later(write: Write, is_hashed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before it is hashed, the hash would sign other bytes than those that were read."""
    path = write("calls.csv", CSV)
    with monkeypatch.context() as patch:
        patch.setattr(Hashing, "begin", lambda hashing: None)  # the processors are busy
        (source,) = read_records([path]).sources
    before = source.sha256 if is_hashed else ""
    at = path.stat().st_mtime_ns + 1_000_000_000
    path.write_text(CSV.replace("80", "81"))
    os.utime(path, ns=(at, at))
    if is_hashed:
        assert source.sha256 == before
        return
    with pytest.raises(TollsheetError, match=r"calls.csv was changed while it was read. Run it again."):
        _ = source.sha256


def test_files_are_the_same_by_their_bytes(write: Write) -> None:
    """Of one length, and under other names."""
    one, same, other = (write(name, CSV) for name in ("1.csv", "2.csv", "3.csv"))
    other.write_text(CSV.replace("80", "81"))
    assert len(read_records([one, other]).calls) == 2
    with pytest.raises(TollsheetError, match=r"2.csv is the same file as 1.csv"):
        read_records([one, same])
