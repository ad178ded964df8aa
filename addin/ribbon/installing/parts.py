"""What of the Excel add-in is where on Windows: each part with its place, its version and what is wrong."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from addin.ribbon.excel_addin import NAME, XLWINGS
from addin.ribbon.installing.machine import Machine

OLDEST_PYTHON = (3, 11)
_OPTIONS = r"HKCU\Software\Microsoft\Office\16.0\Excel\Options"
_APP_PATHS = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
_BITS = {0x014C: 32, 0x8664: 64, 0xAA64: 64}


class State(IntEnum):
    """How a part stands; the worst of all is the exit code of `status`."""

    OK = 0
    TO_DO = 1
    CANNOT = 2


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the installation."""

    name: str
    place: str
    version: str = ""
    problem: str = ""
    remedy: str = ""
    state: State = State.OK


def requirements(machine: Machine) -> list[Part]:
    """What has to be there before the add-in can be installed."""
    return [_python(machine), _xlwings(machine), _dll(machine), _excel(machine), _built(machine)]


def start_folder(machine: Machine) -> Path | None:
    """The folder whose files Excel opens at its start: XLSTART, which is a trusted location.

    Where that does not exist, the start folder set in Excel's options serves if it exists. None where Windows
    names no folder for application data.
    """
    usual = usual_start_folder(machine)
    if usual is None or not usual.is_dir():
        return other_start_folder(machine) or usual
    return usual


def usual_start_folder(machine: Machine) -> Path | None:
    """XLSTART, be it there or not."""
    appdata = machine.environment.get("APPDATA")
    return Path(appdata) / "Microsoft" / "Excel" / "XLSTART" if appdata else None


def other_start_folder(machine: Machine) -> Path | None:
    """The start folder set in Excel's options, if it exists."""
    chosen = machine.registry(_OPTIONS, "AltStartup")
    return Path(chosen) if isinstance(chosen, str) and chosen and Path(chosen).is_dir() else None


def bits_of(program: Path) -> int | None:
    """32 or 64, from the header of a Windows program or DLL; None for anything else."""
    try:
        with program.open("rb") as file:
            head = file.read(4096)
        (offset,) = struct.unpack_from("<I", head, 0x3C)
        signature, machine = struct.unpack_from("<4sH", head, offset)
    except (OSError, struct.error):
        return None
    return _BITS.get(machine) if head[:2] == b"MZ" and signature == b"PE\0\0" else None


def excel_program(machine: Machine) -> Path | None:
    """EXCEL.EXE, as Windows knows it."""
    for root in ("HKCU", "HKLM"):
        value = machine.registry(f"{root}\\{_APP_PATHS}", "")
        if isinstance(value, str) and (path := Path(value.strip('"'))).is_file():
            return path
    return None


def dll_path(machine: Machine) -> Path | None:
    """The DLL that Excel loads, where xlwings' macros look: beside python.exe, or one folder up."""
    name = _dll_name(machine)
    folder = machine.interpreter.parent
    return next((path for path in (folder / name, folder.parent / name) if path.is_file()), None)


def _dll_name(machine: Machine) -> str:
    excel = excel_program(machine)
    bits = (bits_of(excel) if excel else None) or 64
    return f"xlwings{bits}-{XLWINGS}.dll"


def _python(machine: Machine) -> Part:
    version = ".".join(map(str, machine.python))
    bits = bits_of(machine.interpreter)
    shown = f"{version}, {bits}-bit" if bits else version
    problem = remedy = ""
    if machine.python < OLDEST_PYTHON:
        problem = "Python 3.11 or newer is needed"
        remedy = "Install it, and Tollsheet with it."
    elif any("windowsapps" in str(path).casefold() for path in (machine.interpreter, machine.base_prefix)):
        problem = "this Python is from the Microsoft Store, whose files Excel cannot see"
        remedy = "Install Python from python.org, and Tollsheet with it."
    return _part("Python", machine.interpreter, shown, problem, remedy, State.CANNOT)


def _xlwings(machine: Machine) -> Part:
    if machine.xlwings is None:
        return _part("xlwings", "", "", "it is not installed", 'Run: pip install "tollsheet[excel]"')
    problem = "" if machine.xlwings == XLWINGS else f"the add-in is made for {XLWINGS}"
    return _part(
        "xlwings", machine.packages, machine.xlwings, problem, f"Run: pip install xlwings=={XLWINGS}"
    )


def _dll(machine: Machine) -> Part:
    name, found = _dll_name(machine), dll_path(machine)
    bits = int(name[7:9])
    if found is None:
        folder = machine.interpreter.parent
        problem = f"{name} is neither in {folder} nor one folder up"
        remedy = (
            "Make a virtual environment and install Tollsheet there: py -m venv tollsheet, then "
            r'tollsheet\Scripts\pip install "tollsheet[excel]".'
        )
        return _part("xlwings DLL", "", "", problem, remedy)
    problem = "" if bits_of(found) == bits else f"it is damaged or not a {bits}-bit DLL"
    remedy = f"Run: pip install --force-reinstall xlwings=={XLWINGS}"
    return _part("xlwings DLL", found, f"{XLWINGS}, {bits}-bit", problem, remedy)


def _excel(machine: Machine) -> Part:
    """Its absence hinders nothing here: the add-in waits for it."""
    found = excel_program(machine)
    if found is None:
        remedy = "Install Excel for Windows (not needed: the tollsheet command, LibreOffice Calc)."
        return _part("Excel", "", "", "no Excel is registered on this computer", remedy)
    bits = bits_of(found)
    return Part("Excel", str(found), f"{bits}-bit" if bits else "")


def _built(machine: Machine) -> Part:
    found = machine.built_file(NAME)
    if found is None:
        remedy = "Install Tollsheet from its wheel, or run make addin in its source folder."
        return _part("Built add-in", "", "", f"{NAME} is not part of this installation", remedy)
    return Part("Built add-in", str(found), machine.tollsheet)


def _part(
    name: str, place: Path | str, version: str, problem: str, remedy: str, state: State = State.TO_DO
) -> Part:
    """A part, with remedy and state only where there is a problem."""
    if not problem:
        return Part(name, str(place), version)
    return Part(name, str(place), version, problem, remedy, state)
