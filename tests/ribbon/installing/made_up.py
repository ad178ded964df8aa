"""A Windows account that is not there: real files under one folder, everything else as the test says."""

from __future__ import annotations

import struct
from dataclasses import replace
from pathlib import Path
from typing import Any

from addin.ribbon.excel_addin import NAME
from addin.ribbon.installing.machine import Machine, RegistryValue

EXCEL_KEY = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
OPTIONS = r"HKCU\Software\Microsoft\Office\16.0\Excel\Options"
POLICY = r"HKCU\Software\Policies\Microsoft\Office\16.0"
DEFENDER = r"HKLM\Software\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR"


def program(path: Path, bits: int = 64) -> Path:
    """A file whose header says that it is a Windows program."""
    path.parent.mkdir(parents=True, exist_ok=True)
    machine = {32: 0x014C, 64: 0x8664}[bits]
    path.write_bytes(
        b"MZ" + bytes(0x3A) + struct.pack("<I", 0x80) + bytes(0x40) + b"PE\0\0" + struct.pack("<H", machine)
    )
    return path


def windows(folder: Path, **changes: Any) -> Machine:
    """A computer with Excel, Python 3.11 in a virtual environment, xlwings and the built add-in."""
    home = folder / "Users" / "ann"
    (home / "AppData" / "Roaming" / "Microsoft" / "Excel" / "XLSTART").mkdir(parents=True, exist_ok=True)
    environment = folder / "tollsheet"
    interpreter = program(environment / "Scripts" / "python.exe")
    program(environment / "xlwings64-0.37.8.dll")
    program(environment / "xlwings32-0.37.8.dll", 32)
    packages = environment / "Lib" / "site-packages"
    built = packages / "addin" / "ribbon" / "built"
    built.mkdir(parents=True, exist_ok=True)
    if not (built / NAME).exists():
        (built / NAME).write_bytes(b"the add-in of this version")
    excel = program(folder / "Office16" / "EXCEL.EXE")
    registry: dict[tuple[str, str], RegistryValue] = {(EXCEL_KEY, ""): str(excel)}
    registry.update(changes.pop("registry", {}))
    machine = Machine(
        system="Windows",
        environment={"USERPROFILE": str(home), "APPDATA": str(home / "AppData" / "Roaming")},
        interpreter=interpreter,
        base_prefix=folder / "Python311",
        python=(3, 11, 9),
        packages=packages,
        tollsheet="0.1.0",
        xlwings="0.37.8",
        built=(built, folder / "dist"),
        ansi="cp1252",
        is_root=False,
        registry=lambda key, name: registry.get((key, name)),
        is_running=lambda name: False,
        run=lambda command: (1, "nothing runs here"),
        find_program=lambda name: None,
    )
    return replace(machine, **changes)


def xlstart(machine: Machine) -> Path:
    return Path(machine.environment["APPDATA"]) / "Microsoft" / "Excel" / "XLSTART"


def files_below(folder: Path) -> dict[str, bytes]:
    """Every file and its content: what a command must not change."""
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
