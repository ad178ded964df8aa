"""Workbooks opened, recalculated and printed by a real headless LibreOffice.

Every LibreOffice has a throwaway profile, a pipe and a process group of its own, and is always stopped: by
the process that started it, or when that is gone. The system's Python (`python3-uno`) speaks to LibreOffice,
so that the virtual environment may hold any other.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

OFFICE_PYTHON = "/usr/bin/python3"
HERE = Path(__file__).resolve().parent
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
ERROR_TEXTS = {
    502: "#VALUE!",
    503: "#NUM!",
    519: "#VALUE!",
    521: "#NULL!",
    524: "#REF!",
    525: "#NAME?",
    532: "#DIV/0!",
    32767: "#N/A",
}


@dataclass(frozen=True, slots=True)
class OfficeError:
    """What an error cell holds: LibreOffice's own number, and the text that Excel shows for it."""

    number: int
    text: str

    def __str__(self) -> str:
        return self.text


Value = float | str | OfficeError
Cells = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, by cell name, without blanks: `loaded` as the file says (a formula's blank result is ""),
    `values` recalculated."""

    loaded: Cells
    values: Cells
    formulas: dict[str, str]


class OfficeFailed(RuntimeError):
    """LibreOffice is missing, did not start, or could not do it; the message holds what it said."""


@dataclass(frozen=True, slots=True)
class Office:
    """A running LibreOffice that several questions are asked of: a start costs more than most of them."""

    pipe: str
    profile: Path
    process: subprocess.Popen[bytes]

    def read_workbook(self, path: Path, *, timeout_s: float = 180) -> dict[str, Sheet]:
        """Every sheet as loaded and as recalculated, with its formulas."""
        return _sheets(_run("read_in_office.py", self.pipe, path, timeout_s=timeout_s), _blank_results(path))

    def save_recalculated(self, path: Path, *targets: Path, timeout_s: float = 180) -> None:
        """Open, recalculate and save as .xlsx or .ods, as the names of the targets say."""
        _run("save_in_office.py", self.pipe, path, *map(str, targets), timeout_s=timeout_s)

    def ask(self, script: str, path: Path, *arguments: str, timeout_s: float = 180) -> Any:
        """Run another script of this folder with a workbook; what it prints, read as JSON."""
        return _run(script, self.pipe, path, *arguments, timeout_s=timeout_s)


def recalculate(path: Path, *, timeout_s: float = 180) -> dict[str, Cells]:
    """The values of every filled cell after a hard recalculation: sheet -> cell name -> value.

    Numbers, dates (as serials) and truth values are floats, texts are str, errors are OfficeError.
    """
    return {name: sheet.values for name, sheet in read_workbook(path, timeout_s=timeout_s).items()}


def read_workbook(path: Path, *, timeout_s: float = 180) -> dict[str, Sheet]:
    """Every sheet as loaded and as recalculated, with its formulas."""
    with _kept_office(path) as running:
        return running.read_workbook(path, timeout_s=timeout_s)


def print_sheets(path: Path, folder: Path, *, timeout_s: float = 180) -> dict[str, Path]:
    """Print each visible sheet into a PDF of its own in `folder`, as its print set-up says: sheet -> PDF."""
    folder.mkdir(parents=True, exist_ok=True)
    with _kept_office(path) as running:
        names = running.ask("print_in_office.py", path, str(folder.resolve()), timeout_s=timeout_s)
    return {name: folder / f"{number}.pdf" for number, name in enumerate(names, 1)}


_kept = ExitStack()
_running: list[Office] = []
"""The one that `_kept` stops."""
_asked: list[str] = []
"""The workbook that it was asked about last."""


@contextmanager
def _kept_office(path: Path) -> Iterator[Office]:
    """One for all questions of this process that need nothing set up: its start takes longer than most of
    them. After a failure the next question is asked of a new one."""
    if not _running:
        _running.append(_kept.enter_context(office()))
    try:
        if _running[0].process.poll() is not None:
            raise OfficeFailed(f"LibreOffice died after it was asked about {', '.join(_asked)}")
        _asked[:] = [path.name]
        yield _running[0]
    except BaseException:
        end_kept()
        raise


@atexit.register
def end_kept() -> None:
    """Stop the one that is kept."""
    _running.clear()
    _kept.close()


def _run(script: str, pipe: str, path: Path, *arguments: str, timeout_s: float) -> Any:
    """Run a script of this folder beside a running soffice; what it prints, read as JSON."""
    command = [OFFICE_PYTHON, str(HERE / script), pipe, str(path.resolve(strict=True)), *arguments]
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=timeout_s,
            env=_environment() | {"PYTHONDONTWRITEBYTECODE": "1"},
        )
    except subprocess.TimeoutExpired as error:
        raise OfficeFailed(f"{path.name}: LibreOffice took more than {timeout_s:g} s") from error
    if done.returncode != 0:
        told = done.stderr.strip() or f"{script} stopped with exit code {done.returncode}"
        raise OfficeFailed(f"{path.name}: {told}")
    return json.loads(done.stdout)


def _environment() -> dict[str, str]:
    """Ours, without what would steer LibreOffice's Python."""
    return {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}


@contextmanager
def soffice(*, extensions: Path | None = None, environment: dict[str, str] | None = None) -> Iterator[str]:
    """A running soffice, by the name of its pipe. Stopped, with all its children, at the end."""
    with office(extensions=extensions, environment=environment) as running:
        yield running.pipe


@contextmanager
def office(
    *,
    extensions: Path | None = None,
    python_path: Path | None = None,
    display: str | None = None,
    environment: dict[str, str] | None = None,
) -> Iterator[Office]:
    """A running LibreOffice. Stopped, with all its children, at the end. Its profile is its home folder too.

    `extensions` is a folder of unpacked extensions, `python_path` a folder that its Python finds modules in;
    with a `display` its windows are shown there, without one it has none.
    """
    program = shutil.which("soffice")
    if program is None:
        raise OfficeFailed("LibreOffice is missing: `make office` installs it, or says why it cannot")
    pipe = f"tollsheet-{uuid.uuid4().hex}"
    with tempfile.TemporaryDirectory(prefix="tollsheet-office-", ignore_cleanup_errors=True) as profile:
        bundled = [] if extensions is None else [f"-env:BUNDLED_EXTENSIONS={extensions.resolve().as_uri()}"]
        found = {} if python_path is None else {"PYTHONPATH": str(python_path.resolve())}
        shown = {} if display is None else {"DISPLAY": display}
        process = subprocess.Popen(
            [
                program,
                f"-env:UserInstallation={Path(profile).as_uri()}",
                *bundled,
                f"--accept=pipe,name={pipe};urp",
                *(["--headless", "--invisible"] if display is None else []),
                "--norestore",
                "--nologo",
                "--nodefault",
                "--nofirststartwizard",
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=_environment()
            | {"PYTHONDONTWRITEBYTECODE": "1", "HOME": profile}
            | found
            | shown
            | (environment or {}),
        )
        guard = _guard(process)
        try:
            yield Office(pipe, Path(profile), process)
        finally:
            guard.communicate()
            process.wait()


def _guard(process: subprocess.Popen[bytes]) -> subprocess.Popen[bytes]:
    """What ends the whole group (soffice is a script that starts oosplash that starts soffice.bin) once
    nobody holds the other end of its input: at the end, and where the process that asks is killed."""
    command = ["sh", "-c", 'cat >/dev/null; kill -9 "-$0" 2>/dev/null', str(process.pid)]
    nowhere = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True, **nowhere)


def cell_name(column: int, row: int) -> str:
    """The name of a cell from its zero-based position.

    >>> cell_name(0, 0), cell_name(27, 9)
    ('A1', 'AB10')
    """
    letters = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return f"{letters}{row + 1}"


def _sheets(answer: dict, blanks: dict[str, list[str]]) -> dict[str, Sheet]:
    return {
        name: Sheet(
            _cells(answer["loaded"][name]) | dict.fromkeys(blanks.get(name, ()), ""),
            _cells(snapshot),
            _formulas(snapshot),
        )
        for name, snapshot in answer["calculated"].items()
    }


def _blank_results(path: Path) -> dict[str, list[str]]:
    """The cells of each sheet whose formula has a blank result in the file: LibreOffice calculates these
    when it loads them, so that a blank that becomes 0 would pass for what the file says."""
    if path.suffix != ".xlsx":
        return {}
    found: dict[str, list[str]] = {}
    with ZipFile(path) as parts:
        book = ElementTree.fromstring(parts.read("xl/workbook.xml"))
        links = ElementTree.fromstring(parts.read("xl/_rels/workbook.xml.rels"))
        targets = {link.get("Id"): link.get("Target", "").removeprefix("/xl/") for link in links}
        for sheet in book.iter(f"{_MAIN}sheet"):
            part = f"xl/{targets[sheet.get(_LINK)]}"
            cells = ElementTree.fromstring(parts.read(part)).iter(f"{_MAIN}c")
            found[sheet.get("name", "")] = [cell.get("r", "") for cell in cells if _is_blank(cell)]
    return found


def _is_blank(cell: ElementTree.Element) -> bool:
    value = cell.find(f"{_MAIN}v")
    return cell.find(f"{_MAIN}f") is not None and value is not None and not value.text


def _cells(snapshot: dict) -> Cells:
    values = snapshot["values"]
    cells: Cells = {cell_name(*at): values[at[1]][at[0]] for at in _positions(snapshot["filled"])}
    for column, row, number, text in snapshot["errors"]:
        cells[cell_name(column, row)] = OfficeError(number, ERROR_TEXTS.get(number, text))
    return cells


def _formulas(snapshot: dict) -> dict[str, str]:
    texts = snapshot["formulas"]
    return {cell_name(*at): texts[at[1]][at[0]] for at in _positions(snapshot["formula_spans"])}


def _positions(spans: list[list[int]]) -> Iterator[tuple[int, int]]:
    for left, top, right, bottom in spans:
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                yield column, row
