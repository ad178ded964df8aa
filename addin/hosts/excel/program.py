"""Excel's own dialogs, and the states of a workbook that xlwings has no word for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from addin.hosts.excel import dependents, drawings
from addin.hosts.excel.formulas import Formulas
from addin.hosts.excel.reading import items, values_of
from addin.hosts.open_workbook.leading import Leading
from addin.hosts.program import TITLE, ChartSource, Formula, Rows, State, file_patterns

_TEXT = 2
"""The kind of answer that Excel's InputBox gives."""
_ANSWERS = {"yes": True, "no": False}


class Excel:
    """The dialogs of one running Excel; `app` is xlwings' application."""

    protect_sheet = "Review > Protect Sheet"
    protect_structure = "Review > Protect Workbook"

    def __init__(self, app: Any) -> None:
        self.app = app
        self._formulas = Formulas()

    def choose_files(self, title: str) -> list[Path]:
        patterns = file_patterns()
        filters = f"Exports ({patterns}),{patterns},All files (*.*),*.*"
        chosen = self.app.api.GetOpenFilename(FileFilter=filters, Title=title, MultiSelect=True)
        return [Path(str(name)) for name in chosen] if isinstance(chosen, tuple | list) else []

    def open_copy(self, path: Path) -> None:
        self.app.api.Workbooks.Add(Template=str(path))

    def tell(self, text: str, *, is_problem: bool = False) -> None:
        self.app.alert(text, TITLE, "ok", "critical" if is_problem else "info")

    def ask(self, text: str, *, may_cancel: bool = False) -> bool | None:
        return _ANSWERS.get(self.app.alert(text, TITLE, "yes_no_cancel" if may_cancel else "yes_no"))

    def ask_for_text(self, text: str, proposed: str) -> str | None:
        answer = self.app.api.InputBox(Prompt=text, Title=TITLE, Default=proposed, Type=_TEXT)
        return None if answer is False else str(answer)

    def state_of(self, book: Any) -> State:
        api = book.api
        return State(bool(api.ProtectStructure), bool(api.Date1904), bool(api.ReadOnly))

    def as_file(self, book: Any, folder: Path) -> Path:
        copy = folder / f"copy{Path(book.name).suffix}"
        book.api.SaveCopyAs(str(copy))
        return copy

    def sheet_names(self, book: Any) -> list[str]:
        # xlwings knows worksheets only: a chart sheet has a name, too
        return [str(sheet.Name) for sheet in items(book.api.Sheets)]

    def protected_sheets(self, sheets: Sequence[Any]) -> list[str]:
        return [sheet.name for sheet in sheets if sheet.api.ProtectContents]

    def comments_on(self, sheet: Any) -> list[tuple[int, int]]:
        return drawings.comments_on(sheet)

    def drawings_on(self, sheet: Any) -> list[str]:
        return drawings.drawings_on(sheet)

    def forget_undo(self, book: Any) -> None:
        """Excel does so itself, with whatever another program changes."""

    def values_of(self, cells: Any) -> Rows:
        return values_of(cells)

    def is_locked(self, cells: Any) -> bool:
        # where locked and unlocked cells mix, Excel gives None
        return bool(cells.sheet.api.ProtectContents) and cells.api.Locked is not False

    def formulas_on(self, sheet: Any, leading: Leading) -> list[Formula]:
        return list(self._formulas.on(sheet, leading))

    def read_formula(self, cells: Any) -> str:
        return self._formulas.read(cells)

    def write_formula(self, cells: Any, text: str) -> None:
        self._formulas.write(cells, text)

    def charts_on(self, sheet: Any, leading: Leading) -> list[ChartSource]:
        return list(dependents.charts_on(sheet, leading))

    def unkept_on(self, sheet: Any, leading: Leading) -> list[str]:
        return list(dependents.pivots_on(sheet, leading))
