"""Pictures of LibreOffice Calc with the extension, after true clicks on its toolbar.

    python tests/office/calc_pictures.py FOLDER

writes FOLDER/calc-toolbar.png (a command that cannot run, and says why), FOLDER/calc-templates.png (the menu
of templates) and FOLDER/calc-reconciliation.png (Build reconciliation on the example month).
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.office.click import desk, write_calls
from tests.office.extension import unpack
from tests.office.screen import SIZE, within
from tests.office.test_build_in_calc import write_month

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "twilio"
BUILD_S = 120
SETTLED_S = 1.0
MENU_HEIGHT = 240
"""Of the screen, down to below the open menu."""


def toolbar(place: Path, picture: Path) -> None:
    """Formulas, and a button that is pressed where there is no room for what it writes."""
    write_calls(place / "calls.xlsx")
    with desk(place / "calls.xlsx", unpack(place / "extensions")) as opened:
        opened.click("Insert examples")
        assert within(30, opened.has_message), "no message"
        time.sleep(SETTLED_S)
        opened.screen.picture(picture)


def templates(place: Path, picture: Path) -> None:
    """The menu that a button drops down."""
    write_calls(place / "calls.xlsx")
    with desk(place / "calls.xlsx", unpack(place / "extensions")) as opened:
        opened.click("New from template")
        time.sleep(SETTLED_S)
        opened.screen.picture(picture)
        top = ["-crop", f"{SIZE[0]}x{MENU_HEIGHT}+0+0", "+repage", "-strip"]
        subprocess.run(["convert", str(picture), *top, str(picture)], check=True)


def reconciliation(place: Path, picture: Path) -> None:
    """The report in the open workbook, and what the command says at its end."""
    write_month(place / "month.xlsx", EXAMPLE)
    with desk(place / "month.xlsx", unpack(place / "extensions")) as opened:
        opened.click("Build reconciliation")
        assert within(BUILD_S, opened.has_message), "no question for the month"
        opened.screen.press("Return")
        assert within(20, lambda: not opened.has_message()), "the question stays"
        assert within(BUILD_S, opened.has_message), "no message at the end"
        time.sleep(SETTLED_S)
        opened.screen.picture(picture)


def main() -> None:
    """The command line."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    pictures = {
        "calc-toolbar": toolbar,
        "calc-templates": templates,
        "calc-reconciliation": reconciliation,
    }
    for name, take in pictures.items():
        with tempfile.TemporaryDirectory(prefix="tollsheet-picture-") as place:
            take(Path(place), folder / f"{name}.png")
        print(folder / f"{name}.png")


if __name__ == "__main__":
    main()
