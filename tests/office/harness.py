"""Workbooks opened, recalculated and printed by a real headless LibreOffice.

Every run has a throwaway profile, a pipe and a process group of its own, and is always stopped. The
system's Python (`python3-uno`) speaks to LibreOffice, so that the virtual environment may hold any other.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OFFICE_PYTHON = "/usr/bin/python3"
HERE = Path(__file__).resolve().parent
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
    """One sheet, by cell name, without blanks: `loaded` as the file says, `values` recalculated."""

    loaded: Cells
    values: Cells
    formulas: dict[str, str]


class OfficeFailed(RuntimeError):
    """LibreOffice is missing, did not start, or could not do it; the message holds what it said."""


def recalculate(path: Path, *, timeout_s: float = 180) -> dict[str, Cells]:
    """The values of every filled cell after a hard recalculation: sheet -> cell name -> value.

    Numbers, dates (as serials) and truth values are floats, texts are str, errors are OfficeError.
    """
    return {name: sheet.values for name, sheet in read_workbook(path, timeout_s=timeout_s).items()}


def read_workbook(path: Path, *, timeout_s: float = 180) -> dict[str, Sheet]:
    """Every sheet as loaded and as recalculated, with its formulas."""
    answer = _ask("read_in_office.py", path, timeout_s=timeout_s)
    return {
        name: Sheet(_cells(answer["loaded"][name]), _cells(snapshot), _formulas(snapshot))
        for name, snapshot in answer["calculated"].items()
    }


def print_sheets(path: Path, folder: Path, *, timeout_s: float = 180) -> dict[str, Path]:
    """Print each visible sheet into a PDF of its own in `folder`, as its print set-up says: sheet -> PDF."""
    folder.mkdir(parents=True, exist_ok=True)
    names = _ask("print_in_office.py", path, str(folder.resolve()), timeout_s=timeout_s)
    return {name: folder / f"{number}.pdf" for number, name in enumerate(names, 1)}


def _ask(script: str, path: Path, *arguments: str, timeout_s: float) -> Any:
    """Run a script of this folder beside a fresh soffice; what it prints, read as JSON."""
    command = [OFFICE_PYTHON, str(HERE / script)]
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    with soffice() as pipe:
        try:
            done = subprocess.run(
                [*command, pipe, str(path.resolve(strict=True)), *arguments],
                capture_output=True,
                text=True,
                timeout=timeout_s,
                env=environment | {"PYTHONDONTWRITEBYTECODE": "1"},
            )
        except subprocess.TimeoutExpired as error:
            raise OfficeFailed(f"{path.name}: LibreOffice took more than {timeout_s:g} s") from error
    if done.returncode != 0:
        stopped = f"the script stopped with {done.returncode}"
        raise OfficeFailed(f"{path.name}: {done.stderr.strip() or stopped}")
    return json.loads(done.stdout)


@contextmanager
def soffice(*arguments: str, environment: dict[str, str] | None = None) -> Iterator[str]:
    """A running soffice, by the name of its pipe. Stopped, with all its children, at the end."""
    program = shutil.which("soffice")
    if program is None:
        raise OfficeFailed("LibreOffice is missing: `make office` installs it, or says why it cannot")
    pipe = f"tollsheet-{uuid.uuid4().hex}"
    with tempfile.TemporaryDirectory(prefix="tollsheet-office-", ignore_cleanup_errors=True) as profile:
        process = subprocess.Popen(
            [
                program,
                f"-env:UserInstallation={Path(profile).as_uri()}",
                f"--accept=pipe,name={pipe};urp",
                "--headless",
                "--invisible",
                "--norestore",
                "--nologo",
                "--nodefault",
                "--nofirststartwizard",
                *arguments,
            ],
            env=os.environ | (environment or {}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            yield pipe
        finally:
            _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the whole group: soffice is a script that starts oosplash that starts soffice.bin."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


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
