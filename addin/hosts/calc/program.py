"""LibreOffice's own dialogs, and the states of a spreadsheet that xlwings has no word for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from addin.errors import TollsheetError
from addin.hosts.calc import bridge, dependents, drawings
from addin.hosts.calc.bridge import Uno
from addin.hosts.calc.message_box import ask_for_text, show
from addin.hosts.open_workbook.leading import Leading
from addin.hosts.program import TITLE, ChartSource, Formula, Rows, State, file_patterns, read

_FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".xlsm": "Calc MS Excel 2007 VBA XML"}
_DAY_ZERO = (1899, 12, 30)


class Calc:
    """The dialogs of one running LibreOffice."""

    protect_sheet = "Tools > Protect Sheet"
    protect_structure = "Tools > Protect Spreadsheet Structure"

    def __init__(self, context: Uno) -> None:
        self.context = context

    def choose_files(self, title: str) -> list[Path]:
        picker = bridge.service(self.context, "com.sun.star.ui.dialogs.FilePicker")
        picker.setTitle(title)
        picker.setMultiSelectionMode(True)
        picker.appendFilter("Exports", file_patterns())
        picker.appendFilter("All files", "*.*")
        if not picker.execute():
            return []
        return [Path(bridge.path_of(url)) for url in picker.getSelectedFiles()]

    def open_copy(self, path: Path) -> None:
        desktop = bridge.service(self.context, "com.sun.star.frame.Desktop")
        arguments = bridge.properties(AsTemplate=True)
        desktop.loadComponentFromURL(bridge.url_of(str(path)), "_blank", 0, arguments)

    def tell(self, text: str, *, is_problem: bool = False) -> None:
        show(self.context, text, TITLE, is_bad=is_problem)

    def ask(self, text: str, *, may_cancel: bool = False) -> bool | None:
        buttons = "yes_no_cancel" if may_cancel else "yes_no"
        return {"yes": True, "no": False}.get(show(self.context, text, TITLE, buttons))

    def ask_for_text(self, text: str, proposed: str) -> str | None:
        return ask_for_text(self.context, text, TITLE, proposed)

    def state_of(self, book: Any) -> State:
        doc = book.api
        zero = doc.NullDate
        is_other = (zero.Year, zero.Month, zero.Day) != _DAY_ZERO
        return State(bool(doc.isProtected()), is_other, bool(doc.isReadonly()))

    def as_file(self, book: Any, folder: Path) -> Path:
        doc, path = book.api, Path(book.fullname)
        ending = path.suffix.lower()
        if ending in _FILTERS and not doc.isModified():
            return path  # as Excel may have written it: what Calc does not know would be lost in a copy
        if any(one.Name == "EncryptionData" for one in doc.getArgs()):
            raise TollsheetError(
                f"{book.name} has a password, which a copy would not have",
                "Save it without one, then try again.",
            )
        copy = folder / f"copy{ending if ending in _FILTERS else '.xlsx'}"
        filter_name = _FILTERS[copy.suffix]
        doc.storeToURL(bridge.url_of(str(copy)), bridge.properties(FilterName=filter_name))
        return copy

    def sheet_names(self, book: Any) -> list[str]:
        return [sheet.name for sheet in book.sheets]

    def protected_sheets(self, sheets: Sequence[Any]) -> list[str]:
        return [sheet.name for sheet in sheets if sheet.api.isProtected()]

    def is_locked(self, cells: Any) -> bool:
        # where locked and unlocked cells mix, Calc gives None
        return bool(cells.sheet.api.isProtected()) and cells.api.CellProtection.IsLocked is not False

    def formulas_on(self, sheet: Any, leading: Leading) -> list[Formula]:
        return list(dependents.formulas_on(sheet.impl, leading))

    def read_formula(self, cells: Any) -> str:
        return str(cells.formula)

    def write_formula(self, cells: Any, text: str) -> None:
        cells.formula = text

    def charts_on(self, sheet: Any, leading: Leading) -> list[ChartSource]:
        return list(dependents.charts_on(self.context, sheet.impl, leading))

    def unkept_on(self, sheet: Any, leading: Leading) -> list[str]:
        return list(dependents.unkept_on(sheet.impl, leading))

    def comments_on(self, sheet: Any) -> list[tuple[int, int]]:
        return drawings.comments_on(sheet.impl)

    def drawings_on(self, sheet: Any) -> list[str]:
        return drawings.drawings_on(sheet.impl)

    def forget_undo(self, book: Any) -> None:
        book.api.getUndoManager().clear()

    def values_of(self, cells: Any) -> Rows:
        return read(cells)
