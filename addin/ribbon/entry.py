"""Where every button and menu entry arrives: `run("build_reconciliation")`."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import Any

import xlwings as xw

from addin.errors import TollsheetError
from addin.hosts.log import Log, log_path
from addin.hosts.open_workbook.place import path_of
from addin.hosts.program import Program
from addin.ribbon.commands import command
from addin.ribbon.desk import Cancelled, Desk

_RUNNING = threading.Lock()


def run(name: str, book: Any = None, program: Program | None = None) -> None:
    """Run a command of `addin.ribbon.surface` for the workbook that called, or the one that is active.

    It ends in a message, whatever happens: what was built; a problem and its remedy; or, where the fault is
    Tollsheet's, the log file with the details. A second click while one command runs does nothing but say so.
    """
    if not _RUNNING.acquire(blocking=False):
        _program(program, book).tell("Tollsheet is still at work: wait until it says what it built.")
        return
    try:
        _run(name, book, program)
    finally:
        _RUNNING.release()


def _run(name: str, book: Any, program: Program | None) -> None:
    around: Program | None = program
    log = Log(log_path())
    try:
        around = _program(program, book)
        book = book or _active_book()
        log.line(f"{name} in {path_of(book) or book.name}")
        desk = Desk(book, around)
        said = "\n".join([_command(name, desk), *desk.remarks])
        log.line(f"{name}: {said}")
        around.tell(said)
    except Cancelled:
        log.line(f"{name}: cancelled")
    except TollsheetError as error:
        log.line(f"{name}: {error}", error.__cause__)
        assert around is not None
        around.tell(f"{error.problem}.\n\n{error.remedy}".rstrip(), is_problem=True)
    except Exception as error:
        log.failure(name, error)
        if around is None:
            raise
        around.tell(
            "This is a fault of Tollsheet itself, not of your workbook.\n\n"
            f"Please report it with the log file {log.path}",
            is_problem=True,
        )


def _command(name: str, desk: Desk) -> str:
    app = desk.book.app
    try:
        return command(name)(desk)
    finally:
        with suppress(Exception):  # a program that was closed has no status bar any more
            app.status_bar = False


def _active_book() -> Any:
    """The workbook that called, else the active one."""
    with suppress(Exception):  # xlwings raises a bare one where no workbook called
        return xw.Book.caller()
    app = xw.apps.active
    if app is not None and len(app.books):
        with suppress(Exception):  # Excel with nothing but hidden workbooks has none that is active
            book = app.books.active
            if book.name:
                return book
    raise TollsheetError("No workbook is open", "Open the workbook to build in, or a new one.")


def _program(program: Program | None, book: Any) -> Program:
    if program is not None:
        return program
    app = book.app if book is not None else xw.apps.active
    assert app is not None, "a button was pressed in a program that xlwings does not see"
    if app.engine.name == "calc":
        from addin.hosts.calc.program import Calc

        return Calc(app.api)
    from addin.hosts.excel.program import Excel

    return Excel(app)
