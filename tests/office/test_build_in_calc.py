"""Build reconciliation, clicked for real in a window, with the extension as it is installed."""

from __future__ import annotations

import csv
from pathlib import Path

import xlsxwriter

from tests.office.click import Desk, desk
from tests.office.extension import unpack
from tests.office.screen import SIZE, within

BUILD_S = 120
STATUS = (1100, SIZE[1] - 20, 170, 18)
"""Where the status bar shows the zoom, and nothing while it tells of progress."""


def write_month(path: Path, folder: Path) -> None:
    """A workbook with a call log and a bill, as they were exported."""
    with xlsxwriter.Workbook(path) as book:
        for name, file in (("Call log", "calls-console.csv"), ("Bill", "usage-monthly.csv")):
            sheet = book.add_worksheet(name)
            with (folder / file).open(encoding="utf-8-sig", newline="") as lines:
                for row, line in enumerate(csv.reader(lines)):
                    sheet.write_row(row, 0, line)


def shows_zoom(opened: Desk) -> bool:
    """A bar that is not painted yet, or tells of progress, has one colour there."""
    shown = opened.screen.pixels(*STATUS)[-3 * STATUS[2] * STATUS[3] :]
    return len({shown[at : at + 3] for at in range(0, len(shown), 3)}) > 1


def build(opened: Desk, log: Path) -> str:
    """Click, agree to the month that is proposed, and close the message; what the log file says of it."""
    before = log.read_text("utf-8") if log.exists() else ""
    assert within(20, lambda: shows_zoom(opened)), "the window has no status bar"
    foot = opened.screen.pixels(*STATUS)
    opened.click("Build reconciliation")
    assert within(BUILD_S, opened.has_message), "no question for the month"
    left, top, width, height = opened.screen.place_of("Tollsheet")
    assert abs(left + width // 2 - SIZE[0] // 2) < 60, "the question stands aside"
    assert abs(top + height // 2 - SIZE[1] // 2) < 60, "the question stands aside"
    assert within(20, lambda: not shows_zoom(opened)), "the status bar is silent"
    opened.screen.press("Return")
    assert within(BUILD_S, lambda: "build_reconciliation:" in log.read_text("utf-8")[len(before) :])
    assert within(BUILD_S, opened.has_message), "no message at the end"
    opened.screen.press("Return")
    assert within(20, lambda: not opened.has_message())
    assert within(20, lambda: opened.screen.pixels(*STATUS) == foot), "the status bar is not free again"
    return log.read_text("utf-8")[len(before) :]


def test_it_is_built_and_built_again_in_the_open_workbook(tmp_path: Path, examples: Path) -> None:
    workbook = tmp_path / "month.xlsx"
    write_month(workbook, examples / "twilio")
    with desk(workbook, unpack(tmp_path / "extensions")) as opened:
        log = opened.office.profile / ".tollsheet" / "tollsheet.log"
        first = build(opened, log)
        again = build(opened, log)
    sheets = (
        "Sheets: Summary, By category, By day, Calls, Billed, Findings, Considerations, Month over month, "
        "Invoice, Accrual, Assumptions, Sign-off."
    )
    for told in (first, again):
        assert "Billed minus expected: +1 call, +1 min, +0.1567 USD." in told
        assert "The amounts lack 1 call of the log without a price. 6 findings to look at." in told
        assert sheets in told
