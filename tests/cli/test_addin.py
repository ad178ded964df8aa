"""`tollsheet addin` as a person types it, on a system without Excel."""

from __future__ import annotations

import subprocess
import sys

import pytest


def tollsheet(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "addin.cli", "addin", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_help_names_the_three_commands() -> None:
    told = tollsheet("--help")
    assert told.returncode == 0
    assert all(f"\n  {name} " in told.stdout for name in ("install", "status", "uninstall"))


def test_help_writes_paths_of_windows_as_they_are() -> None:
    """A backslash and a letter can be one sign in a text of Python."""
    assert r".tollsheet\tollsheet.conf" in tollsheet("install", "--help").stdout


@pytest.mark.parametrize("command", ["install", "uninstall"])
def test_without_excel_a_command_says_what_else_there_is(command: str) -> None:
    done = tollsheet(command)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Error: There is no Excel on this system. Use LibreOffice Calc")


def test_status_is_a_table_with_the_remedy_below() -> None:
    done = tollsheet("status")
    assert (done.returncode, done.stderr) == (2, "")
    assert done.stdout.split()[:4] == ["part", "version", "state", "where"]
    assert "\nExcel add-in: There is no Excel on this system.\n  Use LibreOffice Calc" in done.stdout
    assert "\x1b" not in done.stdout
