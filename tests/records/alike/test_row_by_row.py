"""Logs of which columns would be but a burden are read row by row."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from addin.records import read_mapping, read_records
from addin.records.alike.calls import AlikeCalls
from tests.records.alike.conftest import Both
from tests.records.alike.test_same import HEADER, ROW


def test_few_rows_that_are_alike(both: Both, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Columns of single rows would take more memory than the rows."""
    monkeypatch.setattr("addin.records.alike.table.ENOUGH_TO_TELL", 20)
    path = tmp_path / "calls.csv"
    for longest, is_alike in ((60, False), (9, True)):
        rows = [ROW.replace(",61,", f",{1 + number % longest},") for number in range(60)]
        path.write_text("\n".join([HEADER, *rows]))
        assert isinstance(both([path]).calls, AlikeCalls) == is_alike


def test_calls_without_ids(both: Both, tmp_path: Path) -> None:
    """Any two of them may be one."""
    path = tmp_path / "calls.csv"
    path.write_text("a,b,Start,Duration\n" + "1,2,2026-09-01 00:00:00,61\n" * 40)
    mapped = tmp_path / "mapping.toml"
    mapped.write_text(
        'provider = "x"\n[columns]\nfrom = "a"\nto = "b"\nstart = "Start"\nduration = "Duration"\n'
    )
    assert not isinstance(both([path], mapping=read_mapping(mapped)).calls, AlikeCalls)


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("rows", [4, 200])
def test_short_logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packed: bool, rows: int) -> None:
    """A short one is read before what reads in columns is loaded. A packed one is long for its size."""
    monkeypatch.setattr("addin.records.one_file.LARGE_BYTES", 4000)
    path = tmp_path / "calls.csv"
    ids = [f"CA{number * 7919 % 10_007:04}" for number in range(rows)]
    content = "\n".join([HEADER, *(ROW.replace("CA1", one) for one in ids)]).encode()
    path.write_bytes(gzip.compress(content) if packed else content)
    assert path.stat().st_size < 4000 or not packed
    assert isinstance(read_records([path], alike=True).calls, AlikeCalls) == (rows == 200)
