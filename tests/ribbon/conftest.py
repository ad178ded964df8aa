"""One headless LibreOffice for each module of tests, as xlwings' engine."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from addin.hosts.calc import bridge
from addin.hosts.calc.engine import add_engine
from addin.hosts.calc.program import Calc
from tests.office.harness import soffice
from tests.ribbon.main_thread import run
from tests.ribbon.months import month_files
from tests.ribbon.scripted import Person

SYSTEM_PACKAGES = "/usr/lib/python3/dist-packages"
"""Where python3-uno stands; a virtual environment of the same Python may use it."""


def _import_uno() -> None:
    sys.path.append(SYSTEM_PACKAGES)
    try:
        import uno  # noqa: F401
        import unohelper  # noqa: F401
    except ImportError as error:
        version = ".".join(map(str, sys.version_info[:2]))
        raise RuntimeError(
            f"python3-uno is missing, or is not for Python {version}: `make office` installs it"
        ) from error
    finally:
        sys.path.remove(SYSTEM_PACKAGES)


@pytest.fixture(scope="module")
def app() -> Iterator[xw.App]:
    """The running program."""
    _import_uno()
    engines, active = list(xw.engines.engines), xw.engines.active
    with soffice() as pipe:
        yield add_engine(bridge.connect(pipe))
    xw.engines.engines[:], xw.engines.active = engines, active


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log file is the test's own."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))


@pytest.fixture
def person(app: xw.App) -> Person:
    return Person(Calc(app.api))


def stored_report(app: xw.App, path: Path, answers: list[Any]) -> Path:
    """A workbook with the report of these answers: to open it takes a tenth of building it. Built once."""
    if path.exists():
        return path
    person = Person(Calc(app.api))
    person.answers = answers
    book = app.books.add()
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "LOCALAPPDATA"):
            patch.setenv(name, str(path.parent))
        run("build_reconciliation", book, person)
    assert person.problems == []
    book.api.storeToURL(path.as_uri(), bridge.properties(FilterName="calc8"))
    book.close()
    return path


@pytest.fixture(scope="module")
def report_file(app: xw.App, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the small month, for every module."""
    folder = tmp_path_factory.getbasetemp()
    return stored_report(app, folder / "small month.ods", month_files(folder))


@pytest.fixture
def built(app: xw.App, book: Any, report_file: Path) -> Any:
    """The same, opened; it may be changed. It is closed with all the others."""
    return app.books.open(str(report_file))


@pytest.fixture
def book(app: xw.App) -> Iterator[Any]:
    """A new workbook in a window, as a person has it; all are closed afterwards."""
    yield app.books.add()
    for one in list(app.books):
        one.close()
