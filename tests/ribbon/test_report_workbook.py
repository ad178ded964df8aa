"""A report that gets a workbook of its own: the next one carries on what people wrote in it."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from addin.ribbon.commands import placing
from addin.ribbon.commands.report_workbook import ReportFiles
from tests.ribbon.main_thread import run
from tests.ribbon.months import month_files
from tests.ribbon.scripted import Person
from tests.ribbon.test_bad_input import state
from tests.ribbon.test_notes import note_cells

FEW_ROWS = 3


@pytest.fixture
def saved(book: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A workbook with a folder, in which a report of ten rows is too large to live."""
    book.save(str(tmp_path / "mine.ods"))
    monkeypatch.setattr(placing, "LIVE_ROWS", FEW_ROWS)
    return book


def build(book: Any, person: Person, folder: Path) -> None:
    person.answers = month_files(folder)
    run("build_reconciliation", book, person)


def test_what_people_wrote_goes_from_report_to_report(
    saved: Any, person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(saved)
    first, second = (tmp_path / f"mine-reconciliation-2026-09{end}.xlsx" for end in ("", "-2"))
    build(saved, person, tmp_path)
    assert person.problems == []
    assert f"more than {FEW_ROWS} rows: it is a workbook of its own, {first}" in person.told[-1]
    report = saved.app.books[first.name]
    note_cells(report, "CA1").value = ["disputed", "Ada", "as it is on the screen"]
    report.sheets["Sign-off"]["B5"].value = "=Grace"
    bytes_before = first.read_bytes()

    build(saved, person, tmp_path)
    assert person.problems == []
    assert "1 note kept beside their findings." in person.told[-1]
    assert "Names on the sign-off were kept" in person.told[-1]
    assert f"What was written in {first.name} was taken over" in person.told[-1]
    assert first.read_bytes() == bytes_before
    report = saved.app.books[second.name]
    assert note_cells(report, "CA1").value == ["disputed", "Ada", "as it is on the screen"]
    assert report.sheets["Sign-off"]["B5"].value == "=Grace"
    assert state(saved) == before, "the person's workbook has no sheet more"
    note_cells(report, "CA2")[2].value = "as it was saved"
    report.save(str(second))
    report.close()

    monkeypatch.setattr(placing, "LIVE_ROWS", 100_000)
    build(saved, person, tmp_path)
    assert person.problems == []
    assert f"What was written in {second.name} was taken over" in person.told[-1]
    assert note_cells(saved, "CA1").value == ["disputed", "Ada", "as it is on the screen"]
    assert note_cells(saved, "CA2").value == [None, None, "as it was saved"]
    assert saved.sheets["Sign-off"]["B5"].value == "=Grace"
    assert "Earlier notes" not in [sheet.name for sheet in saved.sheets]


def test_an_earlier_report_that_cannot_be_read_is_said(saved: Any, person: Person, tmp_path: Path) -> None:
    broken = tmp_path / "mine-reconciliation-2026-09-7.xlsx"
    broken.write_bytes(b"PK\x03\x04 cut")
    before, files = state(saved), sorted(tmp_path.iterdir())
    build(saved, person, tmp_path)
    assert f"The earlier report {broken} cannot be read" in person.problems[0]
    assert "notes in it would be left behind" in person.problems[0]
    left = {path.name for path in tmp_path.iterdir()} - {path.name for path in files}
    assert left == {"log.csv", "bill.csv", ".tollsheet"} - {path.name for path in files}
    assert state(saved) == before


def test_a_folder_that_cannot_be_written_to_is_said(
    saved: Any, person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Made up, since tests may run as root, who can write everywhere."""
    make = os.open

    def refuse(path: Any, *options: Any, **more: Any) -> int:
        if Path(path).parent == tmp_path:
            raise PermissionError(errno.EACCES, "Permission denied")
        return make(path, *options, **more)

    monkeypatch.setattr("addin.hosts.half_made.os.open", refuse)
    before = state(saved)
    build(saved, person, tmp_path)
    path = tmp_path / "mine-reconciliation-2026-09.xlsx"
    assert person.problems == [
        f"{path} cannot be written: Permission denied.\n\n"
        "Save this workbook in a folder that you can write to, then build again."
    ]
    assert (path.exists(), state(saved)) == (False, before)


def test_a_workbook_without_a_folder_is_said(
    book: Any, person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(placing, "LIVE_ROWS", FEW_ROWS)
    build(book, person, tmp_path)
    assert person.problems == [
        "This workbook has no folder yet.\n\nSave it on this computer, then build again."
    ]


def test_the_latest_has_the_highest_number(tmp_path: Path) -> None:
    files = ReportFiles(tmp_path, "a+b-reconciliation-2026-09")
    assert (files.latest(), files.next().name) == (None, "a+b-reconciliation-2026-09.xlsx")
    for end in ("", "-2", "-10", "-x", "-3.bak"):
        (tmp_path / f"a+b-reconciliation-2026-09{end}.xlsx").touch()
    (tmp_path / "a+b-reconciliation-2026-08-77.xlsx").touch()
    (tmp_path / "~$a+b-reconciliation-2026-09-99.xlsx").touch()
    latest = files.latest()
    assert latest is not None
    assert latest.name == "a+b-reconciliation-2026-09-10.xlsx"
    assert files.next().name == "a+b-reconciliation-2026-09-11.xlsx"
