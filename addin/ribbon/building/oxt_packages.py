"""What the extension carries in `pythonpath/`: our packages, and the libraries that they need.

LibreOffice's own builds for Windows and macOS bring a bare Python, without even a time zone database. numpy
stays outside: it is compiled for one Python on one system, and everything runs without it.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path, PurePosixPath

import addin
import templates
import udfs
from addin.errors import TollsheetError

OWN = (udfs, addin, templates)
NOT_FOR_CALC = (
    "addin/cli",
    "addin/hosts/excel",
    "addin/hosts/mail",
    "addin/hosts/saved.py",
    "addin/hosts/schedule",
    "addin/reconcile/alike_",
    "addin/records/alike",
    "addin/reports/reconciliation/alike_",
    "addin/ribbon/building",
    "addin/ribbon/excel_addin.py",
    "addin/ribbon/installing",
    "addin/ribbon/surface.py",
)
"""What only the command line, Excel or the building of add-ins imports."""

LIBRARIES: dict[str, tuple[str, ...]] = {  # with the parts of each that stay outside
    "python-dateutil": ("dateutil/zoneinfo/dateutil-zoneinfo.tar.gz",),
    "tzdata": (),
    "openpyxl": (),
    "et_xmlfile": (),
    "XlsxWriter": (),
    "phonenumberslite": (),
    "xlwings": (
        "xlwings/pro",  # its other licence; and what only Excel, a web server or its command line needs:
        "xlwings/addin",
        "xlwings/cli.py",
        "xlwings/com_server.py",
        "xlwings/ext",
        "xlwings/html",
        "xlwings/js",
        "xlwings/reports.py",
        "xlwings/rest",
        "xlwings/server.py",
        "xlwings/_xlmac.py",
        "xlwings/_xlwindows.py",
    ),
}

COMPILED = {".so", ".pyd", ".dll", ".dylib"}
NOT_NEEDED = {".pyc", ".pyi", ".bas", ".xlsm", ".xlam", ".applescript", *COMPILED}
LICENCE_NAMES = ("licen", "copying", "notice", "authors")


def own_files() -> Iterator[tuple[str, bytes]]:
    """Our packages, by path; without what Calc has no use for."""
    for package in OWN:
        folder = Path(package.__path__[0])
        for path in sorted(folder.rglob("*")):
            inside = f"{folder.name}/{path.relative_to(folder).as_posix()}"
            if path.is_file() and "__pycache__" not in path.parts and not inside.startswith(NOT_FOR_CALC):
                yield inside, path.read_bytes()


def library_files(name: str) -> Iterator[tuple[str, bytes]]:
    """A library's pure Python, its data, its metadata and its licence."""
    found = installed(name)
    for file in sorted(found.files or (), key=str):
        path = PurePosixPath(file)
        if _is_carried(path, LIBRARIES[name]):
            yield str(path), Path(str(found.locate_file(file))).read_bytes()


def installed(name: str) -> Distribution:
    """A library as it is installed beside us."""
    try:
        return distribution(name)
    except PackageNotFoundError:
        remedy = f"Install it first: pip install {name}."
        raise TollsheetError(f"{name}, which the extension carries, is not installed", remedy) from None


def _is_carried(path: PurePosixPath, outside: tuple[str, ...]) -> bool:
    if path.is_absolute() or ".." in path.parts or "__pycache__" in path.parts:
        return False
    if any(path == PurePosixPath(part) or PurePosixPath(part) in path.parents for part in outside):
        return False
    if path.parts[0].endswith(".dist-info"):
        name = path.name.lower()
        is_licence = name.startswith(LICENCE_NAMES) and "pro" not in name
        return name == "metadata" or is_licence
    return path.suffix not in NOT_NEEDED
