"""`make test-windows`: the real chain of Excel's functions on a Windows Python under wine.

It needs Debian's wine64 and gcc-mingw-w64-x86-64 (installed by apt where missing and permitted) and CPython
3.11. Everything is made below the folder given, and stays there for the next time.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from build import ROOT, build

HERE = Path(__file__).resolve().parent
PACKAGES = ("wine64", "gcc-mingw-w64-x86-64")
COMPILER = "x86_64-w64-mingw32-gcc"
LONGEST_S = 900


def main(folder: Path, *arguments: str) -> int:
    """Build, run, stop; the exit code is the chain's. The arguments are handed to it."""
    install_programs()
    home, prefix, work = folder / "python", folder / "prefix", folder / "work"
    work.mkdir(parents=True, exist_ok=True)
    build(home)
    stand_in(home / "Lib" / "site-packages" / "addin" / "ribbon" / "built")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PYTHON")},
        "WINEPREFIX": str(prefix),
        "WINEDEBUG": "-all",
        "WINEDLLOVERRIDES": "mscoree=;mshtml=",  # neither .NET nor a browser
    }
    wine = wine_program()
    try:
        # pipes: other standard streams stop a Windows Python under wine before it begins
        done = subprocess.run(
            [
                wine,
                home / "python.exe",
                HERE / "chain.py",
                "Z:" + str(work).replace("/", "\\"),
                *arguments,
            ],
            env=environment,
            input=b"",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=LONGEST_S,
            check=False,
        )
        code, told = done.returncode, done.stdout
    except subprocess.TimeoutExpired as error:
        code, told = 1, (error.stdout or b"") + b"\nIt took too long.\n"
    finally:
        subprocess.run([Path(wine).parent / "wineserver", "-k"], env=environment, check=False)
    print(told.decode("utf-8", "replace").replace("\r", ""))
    return code


def stand_in(built: Path) -> None:
    """A file in the add-in's place where `make addin` was not run: installing is tried with either."""
    built.mkdir(parents=True, exist_ok=True)
    if not (built / "tollsheet.xlam").exists():
        (built / "tollsheet.xlam").write_bytes(b"a stand-in for the add-in")


def wine_program() -> str | None:
    """64-bit wine, which Debian keeps outside the path."""
    places = (shutil.which("wine64"), "/usr/lib/wine/wine64")
    return next((place for place in places if place and Path(place).exists()), None)


def install_programs() -> None:
    """wine and the compiler, by apt where they are missing."""
    if wine_program() and shutil.which(COMPILER):
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.exit(f"Missing: wine or {COMPILER}. On Debian 12, as root: apt-get install {' '.join(PACKAGES)}")
    print(f"Installing {' and '.join(PACKAGES)} ...", flush=True)
    apt = ["apt-get", "-o", "DPkg::Lock::Timeout=500", "-qq"]
    subprocess.run([*apt, "update"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(
        [*apt, "install", "-y", "--no-install-recommends", *PACKAGES], check=True, stdout=subprocess.DEVNULL
    )


if __name__ == "__main__":
    sys.exit(main(ROOT / "out" / "windows", *sys.argv[1:]))
