"""The commands of menu and toolbar, dispatched in a real LibreOffice."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

from addin.ribbon.surface import ACTIONS, COMMANDS
from tests.office.click import desk, write_calls
from tests.office.extension import with_entry
from tests.office.harness import office
from tests.office.screen import within

ENTRY = '''
from addin.errors import TollsheetError
from addin.hosts.calc import engine


def run(name):
    """Writes its name under what stands in column A; two commands fail, each in its way."""
    if name == "configuration":
        raise TollsheetError("The sheet Settings is protected", "Unprotect it.")
    if name == "about":
        raise RuntimeError("a fault")
    manager = engine.CONTEXT.ServiceManager
    desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", engine.CONTEXT)
    sheet = desktop.getCurrentComponent().Sheets.getByIndex(0)
    row = next(row for row in range(100) if not sheet.getCellByPosition(0, row).getString())
    sheet.getCellByPosition(0, row).setString(name)
'''


def test_each_command_reaches_its_function_with_the_workbook(tmp_path: Path) -> None:
    workbook = tmp_path / "calls.xlsx"
    with xlsxwriter.Workbook(workbook) as book:
        book.add_worksheet("Calls").write_string("A1", "mine")
    urls = [f"org.tollsheet:{action.name}" for action in ACTIONS]
    with office(extensions=with_entry(tmp_path / "extensions", ENTRY)) as running:
        column = running.ask("dispatch_in_office.py", workbook, *urls, "org.tollsheet:no_such_command")
        (log,) = running.profile.rglob("tollsheet.log")
        told = log.read_text("utf-8")
    expected = [action.name for action in ACTIONS if action.name not in ("configuration", "about")]
    assert column == ["mine", *expected]
    assert "configuration: The sheet Settings is protected. Unprotect it." in told
    assert "about failed" in told
    assert "RuntimeError: a fault" in told
    assert told.count("Traceback") == 1


def test_the_toolbar_is_seen_and_its_buttons_can_be_clicked(tmp_path: Path) -> None:
    workbook = tmp_path / "calls.xlsx"
    write_calls(workbook)
    with desk(workbook, with_entry(tmp_path / "extensions", ENTRY)) as opened:
        assert list(opened.buttons) == [command.label for command in COMMANDS]
        assert len({across for across, _ in opened.buttons.values() if across > 0}) == len(COMMANDS)
        assert len({down for _, down in opened.buttons.values()}) == 1, "one is cut off"
        opened.click("Build reconciliation")
        assert within(20, lambda: opened.texts().get("A6") == "build_reconciliation")
        assert opened.texts()["D2"] == "0.017"
        opened.click("Configuration")
        assert within(20, opened.has_message)
        opened.screen.picture(tmp_path / "message.png")
        opened.screen.press("Return")
        assert within(20, lambda: not opened.has_message())
