"""A file is written whole or not at all, and never over anything by accident."""

from __future__ import annotations

import errno
import os
import re
import stat
import subprocess
import sys
from pathlib import Path
from tempfile import gettempdir

import pytest

from addin.errors import TollsheetError
from addin.hosts.files import all_or_none, check_target, write_atomically, write_text


def test_text_is_written(tmp_path: Path) -> None:
    write_text("é\n", tmp_path / "a.json", force=False)
    assert (tmp_path / "a.json").read_bytes() == "é\n".encode()
    assert os.listdir(tmp_path) == ["a.json"]


def test_what_exists_is_kept_without_force(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("old")
    with pytest.raises(TollsheetError, match="exists already"):
        write_text("new", path, force=False)
    assert path.read_text() == "old"
    write_text("new", path, force=True)
    assert path.read_text() == "new"
    assert os.listdir(tmp_path) == ["a.json"]


def test_what_appears_meanwhile_is_kept_too(tmp_path: Path) -> None:
    path = tmp_path / "a.json"

    def writer(half: Path) -> None:
        half.write_text("new")
        path.write_text("someone else's")

    with pytest.raises(TollsheetError, match="exists already"):
        write_atomically(path, False, writer)
    assert path.read_text() == "someone else's"
    assert os.listdir(tmp_path) == ["a.json"]


@pytest.mark.parametrize("stop", [ValueError, KeyboardInterrupt, MemoryError])
@pytest.mark.parametrize("force", [False, True])
def test_nothing_half_written_remains(stop: type[BaseException], force: bool, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    if force:
        path.write_text("old")

    def writer(half: Path) -> None:
        half.write_text("half")
        raise stop

    with pytest.raises(stop):
        write_atomically(path, force, writer)
    assert os.listdir(tmp_path) == (["a.xlsx"] if force else [])
    assert not force or path.read_text() == "old"


def test_a_full_disk_is_bad_luck_with_a_name(tmp_path: Path) -> None:
    def writer(half: Path) -> None:
        half.write_text("half")
        raise OSError(28, "No space left on device")

    with pytest.raises(TollsheetError, match="No space left"):
        write_atomically(tmp_path / "a.xlsx", False, writer)
    assert os.listdir(tmp_path) == []


def test_a_workbook_on_a_full_disk(tmp_path: Path) -> None:
    """XlsxWriter wraps the system's error in one of its own. A limit on files' sizes stands for the disk."""
    script = (
        "import resource, sys; from pathlib import Path\n"
        "from addin.errors import TollsheetError\n"
        "from addin.hosts.report_files.writing import write_report\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))\n"
        "try: write_report(Path(sys.argv[1]), lambda book, _: book.add_worksheet())\n"
        "except TollsheetError as error: print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "a.xlsx")], capture_output=True, text=True, check=True
    )
    assert "a.xlsx cannot be written: File too large" in done.stdout
    assert os.listdir(tmp_path) == []


def test_a_full_disk_says_where_room_is_needed(tmp_path: Path) -> None:
    def writer(_: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(TollsheetError, match=re.escape(f"Make room there and in {gettempdir()}")):
        write_atomically(tmp_path / "a.xlsx", False, writer)


def test_an_input_is_never_written_over(tmp_path: Path) -> None:
    log = tmp_path / "calls.csv"
    log.write_text("id\n")
    (tmp_path / "folder").mkdir()
    (tmp_path / "link.csv").symlink_to(log)
    os.link(log, tmp_path / "same.csv")
    for name in ("calls.csv", "folder/../calls.csv", "link.csv", "same.csv"):
        with pytest.raises(TollsheetError, match="is an input"):
            write_text("x", tmp_path / name, force=True, inputs=[log])
    assert log.read_text() == "id\n"


def test_where_nothing_can_be_written(tmp_path: Path) -> None:
    with pytest.raises(TollsheetError, match="is a folder"):
        check_target(tmp_path, force=True)
    with pytest.raises(TollsheetError, match="does not exist"):
        check_target(tmp_path / "none" / "a.xlsx", force=False)
    with pytest.raises(TollsheetError, match="cannot be written"):
        write_text("x", Path("/proc/a.json"), force=False)


def test_a_folder_without_the_right_to_write_is_known_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A superuser has the right everywhere: that it is missing is made up."""
    monkeypatch.setattr("addin.hosts.files.os.access", lambda path, _: path != tmp_path)
    with pytest.raises(TollsheetError, match=r"a.json cannot be written: its folder is protected. Choose"):
        check_target(tmp_path / "a.json", force=False)


@pytest.mark.parametrize("problem", [PermissionError(13, "Permission denied"), OSError(30, "Read-only")])
def test_a_folder_that_cannot_be_written(
    problem: OSError, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A superuser may write anywhere: the refusal is made up."""

    def refuse(*_: object) -> None:
        raise problem

    monkeypatch.setattr("addin.hosts.half_made.os.open", refuse)
    with pytest.raises(TollsheetError, match=str(problem.strerror)):
        write_text("x", tmp_path / "a.json", force=False)


def test_the_file_can_be_read_by_whom_other_files_can(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    write_text("x", tmp_path / "a.json", force=False)
    modes = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("plain", "a.json")]
    assert modes[0] == modes[1]


def test_files_that_are_written_together_are_all_there_or_none(tmp_path: Path) -> None:
    (tmp_path / "b.json").write_text("old")

    def interrupted() -> None:
        with all_or_none():
            write_text("new", tmp_path / "a.xlsx", force=False)
            write_text("new", tmp_path / "b.json", force=True)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert os.listdir(tmp_path) == ["b.json"]
    assert (tmp_path / "b.json").read_text() == "old"
    with all_or_none():
        write_text("new", tmp_path / "b.json", force=True)
        with all_or_none():
            write_text("new", tmp_path / "a.xlsx", force=False)
        assert not (tmp_path / "a.xlsx").exists()
    assert sorted(os.listdir(tmp_path)) == ["a.xlsx", "b.json"]
    assert (tmp_path / "b.json").read_text() == "new"


def test_a_workbook_that_cannot_get_its_name_keeps_the_others_from_theirs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a system that does not replace what a program has open."""
    whole = Path.replace

    def replace(half: Path, path: Path) -> Path:
        if path.suffix == ".xlsx":
            raise PermissionError(13, "Permission denied")
        return whole(half, path)

    (tmp_path / "a.xlsx").write_text("open")
    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(TollsheetError, match=r"a.xlsx cannot be written: Permission denied"):
        two(tmp_path, force=True)
    assert os.listdir(tmp_path) == ["a.xlsx"]


@pytest.mark.parametrize("stop", [PermissionError(13, "Permission denied"), KeyboardInterrupt()])
def test_what_stops_the_last_name_takes_the_others_back(
    stop: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = os.link

    def link(half: Path, path: Path) -> None:
        if path.suffix == ".json":
            raise stop
        whole(half, path)

    monkeypatch.setattr(os, "link", link)
    monkeypatch.setattr(Path, "replace", lambda half, path: link(half, path))  # a system without links
    for force in (False, True):
        with pytest.raises((TollsheetError, KeyboardInterrupt)):
            two(tmp_path, force=force)
        assert os.listdir(tmp_path) == []


def test_what_appears_in_the_way_of_the_last_is_found_before_the_first_has_its_name(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_text("old")

    def written() -> None:
        with all_or_none():
            write_text("new", tmp_path / "a.xlsx", force=True)
            write_text("new", tmp_path / "b.json", force=False)
            (tmp_path / "b.json").write_text("theirs")

    with pytest.raises(TollsheetError, match=r"b.json exists already"):
        written()
    assert [(tmp_path / name).read_text() for name in ("a.xlsx", "b.json")] == ["old", "theirs"]


def test_one_name_is_not_for_two_of_them(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path)

    def twice() -> None:
        with all_or_none():
            write_text("1", tmp_path / "a.csv", force=True)
            write_text("2", tmp_path / "link" / "a.csv", force=True)

    with pytest.raises(TollsheetError, match="is named for two outputs"):
        twice()
    assert os.listdir(tmp_path) == ["link"]


def two(folder: Path, *, force: bool) -> None:
    with all_or_none():
        write_text("new", folder / "b.json", force=force)
        write_text("new", folder / "a.xlsx", force=force)
