"""What is asked of Excel beyond xlwings' public interface. No Excel runs here: stand-ins take its place.

They answer as Excel's documentation and xlwings' source say: a property that Excel lacks raises when it is
read, and is tried for ever when it is set.
"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from addin.errors import reason
from addin.hosts.excel.program import Excel
from addin.hosts.open_workbook.leading import Leading
from addin.hosts.program import Formula

LEADING = Leading(["Summary"], ["Calls"])


class Unknown(Exception):
    """pywin32's com_error for a name that Excel does not know."""


class Cell:
    """One cell, or a block of them, of an Excel that may or may not have Formula2."""

    def __init__(self, sheet: Sheet, row: int, column: int, **api: Any) -> None:
        self.sheet, self.row, self.column = sheet, row, column
        self.api = SimpleNamespace(**api)
        self.written: list[tuple[str, str]] = []

    @property
    def has_array(self) -> bool:
        return hasattr(self.api, "CurrentArray")

    @property
    def formula(self) -> Any:
        return self.sheet.text(self)

    @formula.setter
    def formula(self, value: str) -> None:
        self.written.append(("formula", value))

    @property
    def formula2(self) -> Any:
        if not self.sheet.is_new:
            raise Unknown("Formula2")
        return self.sheet.text(self)

    @formula2.setter
    def formula2(self, value: str) -> None:
        assert self.sheet.is_new, "xlwings would try for ever"
        self.written.append(("formula2", value))


class Sheet:
    """A sheet of these formulas, from A1 on."""

    name = "Mine"

    def __init__(self, formulas: tuple[tuple[Any, ...], ...], *, is_new: bool) -> None:
        self.formulas, self.is_new = formulas, is_new
        self.used_range = Cell(self, 1, 1)
        alone = {"HasSpill": False} if is_new else {}
        self.cells = {
            (row, column): Cell(self, row, column, **alone)
            for row, line in enumerate(formulas, 1)
            for column, _ in enumerate(line, 1)
        }

    def range(self, place: tuple[int, int]) -> Cell:
        return self.cells[place]

    def text(self, cell: Cell) -> Any:
        if cell is self.used_range:
            return self.formulas
        return self.formulas[cell.row - 1][cell.column - 1]


@pytest.mark.parametrize(("is_new", "written"), [(True, "formula2"), (False, "formula")])
def test_formulas_are_written_by_what_this_excel_has(is_new: bool, written: str) -> None:
    sheet = Sheet((("=Summary!A1", ""),), is_new=is_new)
    excel, cell = Excel(None), sheet.range((1, 2))
    for _ in range(2):
        excel.write_formula(cell, "=BILLED_MINUTES(80)")
    assert cell.written == [(written, "=BILLED_MINUTES(80)")] * 2
    assert excel.read_formula(sheet.range((1, 1))) == "=Summary!A1"


@pytest.mark.parametrize("is_new", [True, False])
def test_an_array_formula_is_found_once_and_whole(is_new: bool) -> None:
    array = "=Calls!B2:B3*Summary!A1"
    sheet = Sheet(((array, "=Summary!A1"), (array, "Summary!A1"), ("=B1", 7.0)), is_new=is_new)
    whole = SimpleNamespace(Row=1, Column=1, Rows=SimpleNamespace(Count=2), Columns=SimpleNamespace(Count=1))
    for row in (1, 2):
        sheet.range((row, 1)).api.CurrentArray = whole
    assert Excel(None).formulas_on(sheet, LEADING) == [
        Formula("Mine", 1, 1, array, (2, 1)),
        Formula("Mine", 1, 2, "=Summary!A1"),
    ]


def test_what_spills_is_one_formula_of_its_first_cell() -> None:
    spilled = "=Summary!A1:A2"
    sheet = Sheet(((spilled,), (spilled,)), is_new=True)
    for row in (1, 2):
        api = sheet.range((row, 1)).api
        api.HasSpill, api.SpillParent = True, SimpleNamespace(Row=1, Column=1)
    assert Excel(None).formulas_on(sheet, LEADING) == [Formula("Mine", 1, 1, spilled)]


def test_a_sheet_of_one_cell() -> None:
    sheet = Sheet((("=SUM(Calls[Cost])",),), is_new=True)
    sheet.text = lambda cell: "=SUM(Calls[Cost])"  # type: ignore[method-assign]
    assert Excel(None).formulas_on(sheet, LEADING) == [Formula("Mine", 1, 1, "=SUM(Calls[Cost])")]


@pytest.mark.parametrize(
    ("protected", "locked", "refused"),
    [(True, True, True), (True, None, True), (True, False, False), (False, True, False)],
)
def test_locked_cells_count_on_a_protected_sheet(protected: bool, locked: bool | None, refused: bool) -> None:
    sheet = SimpleNamespace(api=SimpleNamespace(ProtectContents=protected))
    cells = SimpleNamespace(sheet=sheet, api=SimpleNamespace(Locked=locked))
    assert Excel(None).is_locked(cells) is refused


def test_the_series_of_a_chart_are_led_back() -> None:
    text = "=SERIES(Summary!$B$1,Summary!$A$2:$A$3,Summary!$B$2:$B$3,1)"
    ours, other = SimpleNamespace(Formula=text), SimpleNamespace(Formula="=SERIES(,,Mine!$A$1:$A$2,1)")
    chart = SimpleNamespace(
        name="Chart 1",
        series=[SimpleNamespace(api=ours), SimpleNamespace(api=other), SimpleNamespace(api=object())],
    )
    (found,) = Excel(None).charts_on(SimpleNamespace(name="Mine", charts=[chart]), LEADING)
    assert found.place == 'the chart "Chart 1" on the sheet "Mine"'
    ours.Formula = text.replace("Summary", "'Summary (old)'")
    found.restore()
    assert ours.Formula == text


def test_pivot_tables_are_named() -> None:
    pivots = [
        SimpleNamespace(Name="Ours", SourceData="Summary!R1C1:R5C3"),
        SimpleNamespace(Name="Table's", SourceData="Calls"),
        SimpleNamespace(Name="Other", SourceData="Mine!R1C1:R5C3"),
        SimpleNamespace(Name="From outside"),
    ]
    tables = SimpleNamespace(Count=len(pivots), Item=lambda number: pivots[number - 1])
    sheet = SimpleNamespace(api=SimpleNamespace(PivotTables=lambda: tables))
    assert Excel(None).unkept_on(sheet, LEADING) == ['the pivot table "Ours"', 'the pivot table "Table\'s"']


def test_names_of_chart_sheets_are_taken_too() -> None:
    sheets = [SimpleNamespace(Name="Mine"), SimpleNamespace(Name="Summary")]
    api = SimpleNamespace(Sheets=SimpleNamespace(Count=2, Item=lambda number: sheets[number - 1]))
    assert Excel(None).sheet_names(SimpleNamespace(api=api, sheets=[])) == ["Mine", "Summary"]


def test_what_excel_says_of_a_failure_is_said_in_its_words() -> None:
    class ComError(Exception):
        """pywin32's com_error."""

        excepinfo = (0, "Microsoft Excel", "That name is already taken.", "xlmain11.chm", 0, -2146827284)

    assert reason(ComError(-2147352567, "Exception occurred.", ComError.excepinfo, None)) == (
        "That name is already taken."
    )


def items(*things: Any) -> Any:
    """A collection as Excel has it, counted from 1."""
    return SimpleNamespace(Count=len(things), Item=lambda number: things[number - 1])


def commented(row: int, column: int) -> Any:
    return SimpleNamespace(Parent=SimpleNamespace(Row=row, Column=column))


def test_comments_are_found_in_the_order_of_the_sheet() -> None:
    api = SimpleNamespace(Comments=items(commented(9, 2), commented(6, 6)))
    assert Excel(None).comments_on(SimpleNamespace(api=api)) == [(6, 6), (9, 2)]


def test_a_thread_of_comments_is_one_even_where_excel_lists_it_among_the_notes() -> None:
    api = SimpleNamespace(
        Comments=items(commented(9, 2), commented(6, 6)),
        CommentsThreaded=items(commented(6, 6), commented(7, 1)),
    )
    assert Excel(None).comments_on(SimpleNamespace(api=api)) == [(6, 6), (7, 1), (9, 2)]


class Button:
    """What a filter or a validation list opens with: Excel lists it as a drop-down that has no cell."""

    Name, Type, FormControlType = "Drop Down 3", 8, 2

    @property
    def TopLeftCell(self) -> Any:
        raise Unknown("TopLeftCell")


def test_drawings_are_charts_pictures_and_shapes_but_not_what_excel_draws() -> None:
    own = SimpleNamespace(
        Name="Drop Down 4", Type=8, FormControlType=2, TopLeftCell=SimpleNamespace(Address="$B$2")
    )
    shapes = items(
        SimpleNamespace(Name="Tollsheet chart 1", Type=3),
        SimpleNamespace(Name="Comment 2", Type=4),
        Button(),
        own,
        SimpleNamespace(Name="Button 5", Type=8, FormControlType=0),
        SimpleNamespace(Name="Picture 6", Type=13),
    )
    found = Excel(None).drawings_on(SimpleNamespace(api=SimpleNamespace(Shapes=shapes)))
    assert found == ["Tollsheet chart 1", "Drop Down 4", "Button 5", "Picture 6"]


@pytest.mark.parametrize(
    ("may_cancel", "buttons", "pressed", "answer"),
    [
        (False, "yes_no", "yes", True),
        (False, "yes_no", "no", False),
        (True, "yes_no_cancel", "no", False),
        (True, "yes_no_cancel", "cancel", None),
    ],
)
def test_a_box_has_a_third_button_only_for_a_third_outcome(
    may_cancel: bool, buttons: str, pressed: str, answer: bool | None
) -> None:
    shown = []

    def alert(text: str, title: str, buttons: str) -> str:
        shown.append(buttons)
        return pressed

    assert Excel(SimpleNamespace(alert=alert)).ask("Sure?", may_cancel=may_cancel) is answer
    assert shown == [buttons]


def test_remedies_name_the_menus_of_excel() -> None:
    excel = Excel(None)
    assert (excel.protect_sheet, excel.protect_structure) == (
        "Review > Protect Sheet",
        "Review > Protect Workbook",
    )


def test_a_copy_of_what_is_on_the_screen_is_saved_by_excel(tmp_path: Path) -> None:
    """SaveCopyAs writes the format of the workbook, whatever name it is given."""
    saved: list[str] = []
    book = SimpleNamespace(name="March.v2.XLSM", api=SimpleNamespace(SaveCopyAs=saved.append))
    assert Excel(None).as_file(book, tmp_path) == tmp_path / "copy.XLSM"
    assert saved == [str(tmp_path / "copy.XLSM")]
