"""The Excel add-in on Windows: install, uninstall, and how it stands."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from addin.errors import TollsheetError
from addin.hosts.files import write_atomically
from addin.ribbon.excel_addin import NAME
from addin.ribbon.installing.configuration import (
    configuration_path,
    read_settings,
    wanted_settings,
    write_settings,
)
from addin.ribbon.installing.machine import Machine
from addin.ribbon.installing.parts import Part, requirements
from addin.ribbon.installing.policies import policies
from addin.ribbon.installing.record import Record, read_record, record_path, sha256, write_record
from addin.ribbon.installing.status import ON_LINUX, ON_MAC, other_addins, target_of

EXCEL = "EXCEL.EXE"


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, line by line, and what the person does next."""

    lines: tuple[str, ...]
    next: tuple[str, ...] = ()


def install(machine: Machine, *, force: bool = False) -> Done:
    """Put the add-in into Excel's start folder and write its configuration; again is harmless.

    Raises TollsheetError before anything is written where something is missing, and where a tollsheet.xlam
    stands there that was not installed by this command (unless `force`).
    """
    _only_on_windows(machine)
    parts = requirements(machine)
    _raise_for([part for part in parts if part.state and part.name != "Excel"])
    target, record = target_of(machine), read_record(machine)
    built = machine.built_file(NAME)
    assert built is not None  # one of the requirements
    if target.exists() and not force and sha256(target) != sha256(built) and not record.wrote(target):
        raise TollsheetError(
            f"{target} was not put there by this command, or was changed since",
            "Run again with --force to replace it, or move it away first.",
        )
    lines = ["Checked: " + "; ".join(f"{part.name} {part.version}" for part in parts if part.version) + "."]
    lines += _make_folders(machine, record, target.parent)
    hashes = [sha256(path) for path in (target, built) if path.exists()]
    record.files[str(target)] = sorted(set(hashes))
    lines += _write_configuration(machine, record)  # keeps the record too, before the add-in is copied
    if target.exists() and sha256(target) == sha256(built):
        lines.append(f"Up to date: {target}")
    else:
        _copy(built, target)
        lines.append(f"Copied: {target}")
    lines += _remove_elsewhere(record, target)
    lines.append(f"Noted for uninstalling: {record_path(machine)}")
    record.files = {str(target): [sha256(built)]}
    write_record(machine, record)
    return Done(tuple(lines), _next_steps(machine, parts))


def uninstall(machine: Machine) -> Done:
    """Remove what `install` wrote, and nothing else; what was changed since stays and is named."""
    _only_on_windows(machine)
    record = read_record(machine)
    if record.is_empty:
        return Done(("Nothing was installed by this command; nothing was removed.",))
    lines: list[str] = []
    for name in list(record.files):
        path = Path(name)
        if record.wrote(path):
            _remove(path)
            lines.append(f"Removed: {path}")
        elif path.exists():
            lines.append(f"Left: {path} was changed since; delete it yourself if you do not need it.")
        else:
            lines.append(f"Gone already: {path}")
        del record.files[name]
    lines += _remove_settings(machine, record)
    for name in record.folders:
        with suppress(OSError):  # something else is in it
            Path(name).rmdir()
            lines.append(f"Removed the empty folder: {name}")
    write_record(machine, Record())
    lines.append(f"Removed: {record_path(machine)}")
    return Done(tuple(lines), _excel_is_open(machine, "it keeps the add-in until it is closed"))


def _only_on_windows(machine: Machine) -> None:
    if machine.system != "Windows":
        raise TollsheetError(*(ON_MAC if machine.system == "Darwin" else ON_LINUX))


def _raise_for(missing: list[Part]) -> None:
    if missing:
        told = " ".join(f"{part.name}: {part.problem}. {part.remedy}" for part in missing)
        raise TollsheetError("Nothing was installed", told)


def _remove_elsewhere(record: Record, target: Path) -> list[str]:
    """What an earlier installation put into another start folder: Excel would load both."""
    lines = []
    for path in map(Path, record.files):
        if path != target and record.wrote(path):
            _remove(path)
            lines.append(f"Removed: {path} (Excel would load the add-in twice)")
    return lines


def _make_folders(machine: Machine, record: Record, start: Path) -> list[str]:
    lines = []
    for folder in (start, record_path(machine).parent):
        missing = [path for path in (folder, *folder.parents) if not path.exists()]
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise TollsheetError(
                f"The folder {folder} cannot be made: {error.strerror}",
                "Start Excel once, so that it makes its folders, or ask IT for the right to write there.",
            ) from error
        if folder == start and missing:
            record.folders += [str(path) for path in missing]
            lines.append(f"Made the folder: {folder}")
    return lines


def _write_configuration(machine: Machine, record: Record) -> list[str]:
    path, wanted = configuration_path(machine), wanted_settings(machine)
    found = read_settings(path, machine.ansi)
    record.settings = wanted
    write_record(machine, record)
    if all(found.get(name) == value for name, value in wanted.items()):
        return [f"Up to date: {path}"]
    write_settings(path, {**found, **wanted}, machine.ansi)
    return [f"Written: {path} (Python: {machine.interpreter})"]


def _remove_settings(machine: Machine, record: Record) -> list[str]:
    path = configuration_path(machine)
    found = read_settings(path, machine.ansi)
    kept = {name: value for name, value in found.items() if record.settings.get(name) != value}
    if not found:
        return []
    if kept:
        write_settings(path, kept, machine.ansi)
        return [f"Left: {path} with what is not Tollsheet's own: {', '.join(kept)}"]
    _remove(path)
    return [f"Removed: {path}"]


def _copy(built: Path, target: Path) -> None:
    try:
        write_atomically(target, True, lambda half: shutil.copyfile(built, half))
    except TollsheetError as error:
        ask = TollsheetError(error.problem, f"Ask IT for the right to write to {target.parent}.")
        raise _in_use(target, error.__cause__) or ask from error.__cause__


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        ask = TollsheetError(f"{path} cannot be removed: {error.strerror}", "Ask IT to remove it.")
        raise _in_use(path, error) or ask from error


def _in_use(path: Path, cause: BaseException | None) -> TollsheetError | None:
    """Windows refuses to replace or remove an open file, in the words of a missing right."""
    if isinstance(cause, PermissionError) and path.exists():
        return TollsheetError(
            f"{path} is in use, most likely by Excel",
            "Save your work, close every Excel window and run this again. If that does not help, ask IT for "
            "the right to write there.",
        )
    return None


def _next_steps(machine: Machine, parts: list[Part]) -> tuple[str, ...]:
    steps = _excel_is_open(machine, "the add-in is loaded at its next start")
    excel = next(part for part in parts if part.name == "Excel")
    if excel.problem:
        steps += (f"Note: {excel.problem}. {excel.remedy}",)
    hindering = [*policies(machine), *other_addins(machine)]
    steps += tuple(f"Note: {part.problem}. {part.remedy}" for part in hindering if part.problem)
    return (*steps, 'Start Excel: it shows the tab "Tollsheet", and =BILLED_MINUTES(80) is 2.')


def _excel_is_open(machine: Machine, why: str) -> tuple[str, ...]:
    if not machine.is_running(EXCEL):
        return ()
    return (f"Excel is open: {why}. Save your work and close every Excel window.",)
