"""New from template, clicked for real in a window: the menu of its button, and each template in it."""

from __future__ import annotations

from pathlib import Path

from addin.ribbon.surface import COMMANDS
from tests.office.click import desk, write_calls
from tests.office.extension import unpack
from tests.office.screen import within

LONGEST_S = 60


def test_each_item_of_the_button_s_menu_opens_its_template(tmp_path: Path) -> None:
    write_calls(tmp_path / "calls.xlsx")
    (menu,) = (command for command in COMMANDS if command.items)
    with desk(tmp_path / "calls.xlsx", unpack(tmp_path / "extensions")) as shown:
        told = shown.office.profile / ".tollsheet" / "tollsheet.log"
        for number, item in enumerate(menu.items, 1):
            across, down = shown.buttons[menu.label]
            below = (across, down + 20, 60, 60)
            before = shown.screen.pixels(*below)
            shown.click(menu.label)
            assert within(20, lambda here=below, was=before: shown.screen.pixels(*here) != was), "no menu"
            for _ in range(number):
                shown.screen.press("Down")
            shown.screen.press("Return")
            said = f'{item.name}: A new workbook was opened from the template "{item.label}".'
            assert within(LONGEST_S, lambda said=said: told.exists() and said in told.read_text("utf-8"))
            assert within(20, shown.has_message), "no message at the end"
            shown.screen.press("Return")
            assert within(20, lambda: not shown.has_message())
            title = f"Untitled {number}"
            assert any(one.startswith(title) for one in shown.screen.windows()), f"no window {title}"
