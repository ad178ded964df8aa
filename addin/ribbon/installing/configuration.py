"""The file in which xlwings' macros look for settings: lines of `"NAME","value"` in the user's folder."""

from __future__ import annotations

import csv
from pathlib import Path

from addin.errors import TollsheetError
from addin.hosts.files import Writer, write_atomically
from addin.ribbon.excel_addin import PROJECT, SETTINGS
from addin.ribbon.installing.machine import Machine

Settings = dict[str, str]


def configuration_path(machine: Machine) -> Path:
    """Named after the VBA project, as xlwings' macros have it."""
    return machine.home / f".{PROJECT}" / f"{PROJECT}.conf"


def wanted_settings(machine: Machine) -> Settings:
    """What the add-in needs. PYTHONPATH puts this installation before the current folder."""
    return {
        "INTERPRETER_WIN": str(machine.interpreter),
        "PYTHONPATH": str(machine.packages),
        **SETTINGS,
    }


def read_settings(path: Path, encoding: str) -> Settings:
    """The settings in a file, names in capitals; none where there is no file."""
    try:
        text = path.read_text(encoding, errors="replace")
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise TollsheetError(
            f"{path} cannot be read: {error.strerror}", "Make it readable or delete it."
        ) from error
    rows = (row for row in csv.reader(text.splitlines(), skipinitialspace=True) if len(row) == 2)
    return {name.strip().upper(): value for name, value in rows}


def write_settings(path: Path, settings: Settings, encoding: str) -> None:
    """Write a file that the macros can read: in the code page of Windows, or not at all."""
    lines = [f'"{name}","{value}"' for name, value in settings.items()]
    try:
        content = ("\r\n".join(lines) + "\r\n").encode(encoding)
    except UnicodeEncodeError as error:
        strange = error.object[error.start : error.end]
        raise TollsheetError(
            f'"{strange}" in the path of this Python cannot be written in the code page of Windows',
            r"Install Tollsheet in a folder with a plain name, such as C:\tollsheet.",
        ) from error
    write_own(path, lambda target: target.write_bytes(content))


def write_own(path: Path, writer: Writer) -> None:
    """Write a file of this command's own, whose place nobody chooses."""
    try:
        write_atomically(path, True, writer)
    except TollsheetError as error:
        raise TollsheetError(
            error.problem, f"Close what has it open, or ask IT for the right to write to {path.parent}."
        ) from error
