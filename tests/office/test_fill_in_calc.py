"""Fill this workbook, clicked for real in a window: the program's own dialog for files, the copy opened."""

from __future__ import annotations

from pathlib import Path

from tests.hosts.filling.filled import opened as workbook_of
from tests.hosts.filling.templates import write_template
from tests.office.click import desk
from tests.office.extension import unpack
from tests.office.screen import within

LONGEST_S = 60


def test_a_template_is_filled_from_files_of_the_dialog(tmp_path: Path, examples: Path) -> None:
    template = write_template(tmp_path / "mine.xlsx")
    before = template.read_bytes()
    log = examples / "twilio" / "calls-script.csv"
    with desk(template, unpack(tmp_path / "extensions")) as shown:
        told = shown.office.profile / ".tollsheet" / "tollsheet.log"

        def has_window(beginning: str) -> bool:
            return any(title.startswith(beginning) for title in shown.screen.windows())

        shown.click("Fill this workbook")
        assert within(LONGEST_S, lambda: has_window("The call log, for the table Calls"))
        shown.screen.type(str(log))
        shown.screen.press("Return")
        assert within(LONGEST_S, lambda: has_window("The rate card, for the table Rates"))
        shown.screen.press("Escape")
        assert within(LONGEST_S, shown.has_message), "no question for the month"
        shown.screen.press("Return")
        assert within(LONGEST_S, lambda: "fill_workbook: Filled" in told.read_text("utf-8"))
        assert within(LONGEST_S, shown.has_message), "no message at the end"
        shown.screen.press("Return")
        assert within(LONGEST_S, lambda: not shown.has_message())
        assert has_window("mine 2026-09.xlsx"), "the copy is not open"
        said = told.read_text("utf-8")
    copy = tmp_path / "mine 2026-09.xlsx"
    rows = len(log.read_text("utf-8").splitlines()) - 1 - 1  # without its header, and a row that is said
    assert f"Filled: Calls with {rows:,} rows.\n" in said
    assert "Not in the copy: 1 row cannot be read, such as calls-script.csv:" in said
    assert f"The copy is {copy}, now open." in said
    assert workbook_of(copy.read_bytes())["Calls"].tables["Calls"].ref == f"A4:N{4 + rows + 1}"
    assert template.read_bytes() == before
