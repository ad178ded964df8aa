"""What an installation wrote, kept beside the configuration: uninstalling removes that and no more."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from addin.errors import TollsheetError
from addin.ribbon.installing.configuration import configuration_path, write_own
from addin.ribbon.installing.machine import Machine

NAME = "installed.json"


@dataclass(slots=True)
class Record:
    """Files by path with the hashes they may have (two while one replaces the other), settings, folders."""

    files: dict[str, list[str]] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    folders: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.files or self.settings)

    def wrote(self, path: Path) -> bool:
        """Whether the file is there as an installation left it."""
        return path.is_file() and sha256(path) in self.files.get(str(path), [])


def record_path(machine: Machine) -> Path:
    return configuration_path(machine).with_name(NAME)


def read_record(machine: Machine) -> Record:
    """What was installed; an empty record where nothing was."""
    path = record_path(machine)
    try:
        kept = json.loads(path.read_text("utf-8"))
        return Record(dict(kept["files"]), dict(kept["settings"]), list(kept["folders"]))
    except FileNotFoundError:
        return Record()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TollsheetError(
            f"{path} cannot be read, so it is not known what was installed",
            "Delete it, then run: tollsheet addin install --force",
        ) from error


def write_record(machine: Machine, record: Record) -> None:
    """Keep it; an empty one is removed, and its folder with it where nothing else is there."""
    path = record_path(machine)
    if record.is_empty:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise TollsheetError(f"{path} cannot be removed: {error.strerror}", "Delete it.") from error
        with suppress(OSError):
            path.parent.rmdir()
        return
    kept = {"files": record.files, "settings": record.settings, "folders": record.folders}
    text = json.dumps(kept, indent=2) + "\n"
    write_own(path, lambda target: target.write_text(text, "utf-8", newline="\n"))


def sha256(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise TollsheetError(
            f"{path} cannot be read: {error.strerror}", "Close Excel, or ask IT for the right to read it."
        ) from error
