"""Logs of which columns would be but a burden are read row by row."""

from __future__ import annotations

from pathlib import Path

import pytest

from addin.records import read_mapping
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
