"""`tollsheet addin` on this Windows: install, update while a program holds the add-in, status, uninstall.

A copy of python.exe named EXCEL.EXE stands for Excel: registered as Excel is, and holding the file open.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import winreg
from pathlib import Path

from addin.ribbon.installing.configuration import configuration_path, read_settings
from addin.ribbon.installing.machine import this_machine

APP_PATHS = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
PIPE = subprocess.PIPE


def installing(folder: Path) -> str:
    """Install, update in the face of an open file, look; it stays for the parts that follow."""
    excel = _register_excel()
    _tollsheet(folder, 0, "install", "--force")
    built, target = _built(), _target()
    assert target.read_bytes() == built.read_bytes()
    assert read_settings(configuration_path(this_machine()), "mbcs")["INTERPRETER_WIN"] == sys.executable
    first = built.read_bytes()
    code = f"held = open({str(target)!r}, 'rb'); print('held', flush=True); input()"
    holder = subprocess.Popen([excel, "-c", code], stdin=PIPE, stdout=PIPE)
    try:
        assert holder.stdout is not None
        holder.stdout.readline()
        built.write_bytes(first + b"\0")  # another build
        for command in ("install", "uninstall"):
            assert "close every Excel window" in _tollsheet(folder, 2, command)
        assert target.read_bytes() == first
    finally:
        built.write_bytes(first)
        holder.communicate(b"\n")
    _tollsheet(folder, 0, "install")
    return "installed, an update refused while the file was open, then:\n" + _tollsheet(folder, 0, "status")


def uninstalling(folder: Path) -> str:
    """Nothing of ours stays, and status says what is missing."""
    told = _tollsheet(folder, 0, "uninstall")
    assert not _target().exists()
    assert not configuration_path(this_machine()).parent.exists()
    _tollsheet(folder, 1, "status")
    return "nothing is left:\n" + told


def _register_excel() -> Path:
    excel = Path(sys.executable).with_name("EXCEL.EXE")
    shutil.copy(sys.executable, excel)
    with winreg.CreateKey(winreg.HKEY_CURRENT_USER, APP_PATHS) as key:
        winreg.SetValueEx(key, "", 0, winreg.REG_SZ, str(excel))
    return excel


def _built() -> Path:
    return this_machine().packages / "addin" / "ribbon" / "built" / "tollsheet.xlam"


def _target() -> Path:
    return Path(os.environ["APPDATA"]) / "Microsoft" / "Excel" / "XLSTART" / "tollsheet.xlam"


def _tollsheet(folder: Path, expected: int, *arguments: str) -> str:
    command = [sys.executable, "-m", "addin.cli", "addin", *arguments]
    done = subprocess.run(command, cwd=folder, stdin=PIPE, stdout=PIPE, stderr=subprocess.STDOUT, check=False)
    told = done.stdout.decode("utf-8", "replace").replace("\r", "")
    assert done.returncode == expected, f"{arguments}: {done.returncode}\n{told}"
    return told
