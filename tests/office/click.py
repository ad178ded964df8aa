"""One true click on a button of the toolbar, and a picture of what is seen afterwards.

    python tests/office/click.py PICTURE [BUTTON]

opens a workbook of calls and formulas in LibreOffice on a screen of its own, clicks BUTTON (`Function help`),
waits for a message or for a change of the window, and takes the picture.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from addin.ribbon.surface import TAB
from tests.office.extension import unpack
from tests.office.harness import Office, office
from tests.office.screen import Screen, screen, within

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


def main() -> None:
    """The command line."""
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    button = sys.argv[2] if len(sys.argv) == 3 else "Function help"
    with tempfile.TemporaryDirectory(prefix="tollsheet-click-") as place:
        workbook = Path(place) / "calls.xlsx"
        write_calls(workbook)
        with desk(workbook, unpack(Path(place) / "extensions")) as opened:
            before = opened.screen.windows()
            opened.click(button)
            within(30, lambda: opened.has_message() or opened.screen.windows() != before)
            time.sleep(SETTLED_S)
            opened.screen.picture(Path(sys.argv[1]))


if __name__ == "__main__":
    main()
