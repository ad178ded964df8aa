"""Lay out a Windows Python with Tollsheet and xlwings in a folder, from packages alone, for wine to run.

    python tests/windows/build.py out/windows

The official CPython 3.11 for Windows comes out of a package that carries it (panda3d), the standard library's
Python files from the CPython 3.11 that runs this, everything else from pip as `pip install tollsheet[excel]`
would bring it. The wheel of Tollsheet is built anew each time, the rest once.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

from addin.ribbon.excel_addin import XLWINGS

ROOT = Path(__file__).resolve().parents[2]
CARRIER = "panda3d==1.10.16"
# numpy 2.4 calls a function that wine 8 lacks; the markers for Windows are not read by pip on Linux.
PACKAGES = (f"xlwings=={XLWINGS}", "numpy==1.26.4", "pywin32==312", "tzdata")
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
FOR_WINDOWS = ("--platform", "win_amd64", "--python-version", "3.11", "--only-binary", ":all:")
BESIDE = {"python311.dll", "vcruntime140.dll", "vcruntime140_1.dll"}
NOT_NEEDED = ("site-packages", "lib-dynload", "test", "idlelib", "tkinter", "__pycache__", "config-*")


def build(home: Path) -> None:
    """Make `home` a Python for Windows, or bring Tollsheet in it up to date."""
    if sys.version_info[:2] != (3, 11):
        sys.exit(f"CPython 3.11 is needed for its standard library; this is {sys.version.split()[0]}.")
    site = home / "Lib" / "site-packages"
    if not (home / "complete").exists():
        shutil.rmtree(home, ignore_errors=True)
        site.mkdir(parents=True)
        _interpreter(home)
        shutil.copytree(
            sysconfig.get_path("stdlib"),
            home / "Lib",
            dirs_exist_ok=True,
            ignore=shutil.ignore_patterns(*NOT_NEEDED),
        )
        _tollsheet(home, *PACKAGES)
        _dll(home)
        for path in (site / "pywin32_system32").glob("*.dll"):
            shutil.copy(path, home)
        (home / "complete").touch()
    else:
        _tollsheet(home)


def _interpreter(home: Path) -> None:
    """python311.dll and its extension modules out of the carrier, and a python.exe that starts them."""
    folder = home / "downloads"
    subprocess.run([*PIP, "download", "--no-deps", *FOR_WINDOWS, "-d", folder, CARRIER], check=True)
    (home / "DLLs").mkdir()
    (carrier,) = folder.glob("panda3d-*.whl")
    with zipfile.ZipFile(carrier) as wheel:
        for name in wheel.namelist():
            folder_name, _, file = name.partition("/")
            if folder_name == "deploy_libs" and not file.startswith("api-ms-"):
                place = home if file.lower() in BESIDE else home / "DLLs"
                (place / file).write_bytes(wheel.read(name))
    shutil.rmtree(folder)
    compiler = ["x86_64-w64-mingw32-gcc", "-municode", "-O2"]
    source = Path(__file__).with_name("python_stub.c")
    subprocess.run([*compiler, "-o", home / "python.exe", source, home / "python311.dll"], check=True)


def _tollsheet(home: Path, *packages: str) -> None:
    """Our wheel, built now, and with `packages` all that it depends on."""
    wheels = home / "wheels"
    shutil.rmtree(wheels, ignore_errors=True)
    subprocess.run([*PIP, "wheel", "--no-deps", "-w", wheels, ROOT], check=True)
    (wheel,) = wheels.glob("tollsheet-*.whl")
    site = home / "Lib" / "site-packages"
    if packages:
        target = [*PIP, "install", "--upgrade", *FOR_WINDOWS, "--target", site]
        subprocess.run([*target, f"{wheel}[excel]", *packages], check=True)
    else:
        for folder in ("addin", "templates", "udfs"):
            shutil.rmtree(site / folder, ignore_errors=True)
        subprocess.run(
            [*PIP, "install", "--upgrade", "--no-deps", *FOR_WINDOWS, "--target", site, wheel], check=True
        )


def _dll(home: Path) -> None:
    """The wheel's data files, which pip puts beside python.exe on Windows."""
    folder = home / "downloads"
    wanted = f"xlwings=={XLWINGS}"
    subprocess.run([*PIP, "download", "--no-deps", *FOR_WINDOWS, "-d", folder, wanted], check=True)
    (wheel,) = folder.glob("xlwings-*.whl")
    with zipfile.ZipFile(wheel) as opened:
        for name in opened.namelist():
            if ".data/data/" in name and name.endswith(".dll"):
                (home / Path(name).name).write_bytes(opened.read(name))
    shutil.rmtree(folder)


if __name__ == "__main__":
    build(Path(sys.argv[1]).resolve())
