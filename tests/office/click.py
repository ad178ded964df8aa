"""A workbook on a screen, and true clicks on the buttons of the toolbar."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

from addin.ribbon.surface import TAB
from tests.office.harness import Office, office
from tests.office.screen import Screen, screen

TOOLBAR = "org.tollsheet.toolbar"
SETTLED_S = 1.0


@dataclass(frozen=True, slots=True)
class Desk:
    """A workbook on a screen, and where the toolbar's buttons are."""

    screen: Screen
    office: Office
    workbook: Path
    buttons: dict[str, list[int]]

    def click(self, button: str) -> None:
        """Click a button of the toolbar."""
        self.screen.click(*self.buttons[button])

    def has_message(self) -> bool:
        """Whether a message box is open."""
        return TAB in self.screen.windows()

    def texts(self) -> dict[str, str]:
        """What the cells of the first sheet show. Not while a message box is open."""
        found: dict[str, str] = self.office.ask("show_in_office.py", self.workbook, timeout_s=30)
        return found


@contextmanager
def desk(workbook: Path, extensions: Path) -> Iterator[Desk]:
    """The workbook, opened in a LibreOffice whose windows are really drawn."""
    with screen() as shown, office(extensions=extensions, display=shown.display) as running:
        buttons = running.ask("show_in_office.py", workbook, TOOLBAR, timeout_s=60)
        time.sleep(SETTLED_S)
        yield Desk(shown, running, workbook, buttons)


def write_calls(path: Path) -> None:
    """Calls with formulas of ours."""
    calls = [(80, 0.0085), (31, 0.0085), (9.1, 0.005), (924, 0.0085)]
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Calls")
        sheet.set_column("A:D", 16)
        sheet.write_row("A1", ["duration", "rate", "billed minutes", "cost"])
        for row, (duration, rate) in enumerate(calls, 1):
            sheet.write_row(row, 0, [duration, rate])
            sheet.write_formula(row, 2, f"=BILLED_MINUTES(A{row + 1})", None, 0)
            sheet.write_formula(row, 3, f"=CALL_COST(A{row + 1},B{row + 1})", None, 0)
