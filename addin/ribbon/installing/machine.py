"""What installing needs to know of the computer, gathered in one place so that tests can make one up."""

from __future__ import annotations

import locale
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import addin

RegistryValue = str | int | None


@dataclass(frozen=True, slots=True)
class Machine:
    """One person's account on one computer."""

    system: str
    """Windows, Darwin or Linux."""
    environment: Mapping[str, str]
    interpreter: Path
    base_prefix: Path
    """Of the Python that a virtual environment was made from."""
    python: tuple[int, int, int]
    packages: Path
    """The folder that holds this package."""
    tollsheet: str
    xlwings: str | None
    built: tuple[Path, ...]
    """Folders that may hold the built add-ins, the better first."""
    ansi: str
    """The encoding in which Excel's macros read text files."""
    is_root: bool
    registry: Callable[[str, str], RegistryValue]
    """The value of a registry key; None where there is none. `HKCU` and `HKLM` begin a key."""
    is_running: Callable[[str], bool]
    run: Callable[[Sequence[str | Path]], tuple[int, str]]
    """Run a program: its exit code, and all it said."""
    find_program: Callable[[str], str | None]

    @property
    def home(self) -> Path:
        return Path(self.environment.get("USERPROFILE") or self.environment.get("HOME") or Path.home())

    def built_file(self, name: str) -> Path | None:
        """A built add-in, from the installed package or from `make addin`."""
        return next((folder / name for folder in self.built if (folder / name).is_file()), None)


def this_machine() -> Machine:
    """The computer and the account this runs on."""
    packages = Path(addin.__file__).resolve().parents[1]
    return Machine(
        system=platform.system(),
        environment=os.environ,
        interpreter=Path(sys.executable),
        base_prefix=Path(sys.base_prefix),
        python=sys.version_info[:3],
        packages=packages,
        tollsheet=_version("tollsheet") or "not installed",
        xlwings=_version("xlwings"),
        built=(packages / "addin" / "ribbon" / "built", packages / "dist"),
        ansi="mbcs" if sys.platform == "win32" else locale.getpreferredencoding(False),
        is_root=hasattr(os, "geteuid") and os.geteuid() == 0,
        registry=read_registry,
        is_running=_is_running,
        run=_run,
        find_program=shutil.which,
    )


def read_registry(key: str, name: str) -> RegistryValue:
    """One value of the Windows registry, environment variables filled in; None where there is none."""
    if sys.platform == "win32":
        import winreg

        root, _, path = key.partition("\\")
        roots = {"HKCU": winreg.HKEY_CURRENT_USER, "HKLM": winreg.HKEY_LOCAL_MACHINE}
        try:
            with winreg.OpenKey(roots[root], path) as opened:
                value, kind = winreg.QueryValueEx(opened, name)
        except OSError:
            return None
        if kind == winreg.REG_EXPAND_SZ:
            return winreg.ExpandEnvironmentStrings(value)
        return value if isinstance(value, str | int) else None
    return None


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _is_running(program: str) -> bool:
    """Whether Windows lists a running program of this name."""
    if platform.system() != "Windows":
        return False
    code, listed = _run(["tasklist", "/FI", f"IMAGENAME eq {program}", "/NH", "/FO", "CSV"])
    return code == 0 and program.casefold() in listed.casefold()


def _run(command: Sequence[str | Path]) -> tuple[int, str]:
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=300,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return 1, str(error)
    return done.returncode, done.stdout.decode("utf-8", "replace").strip()
