"""Excel's own dialogs, and the states of a workbook that xlwings has no word for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from addin.hosts.leading import Leading
from addin.hosts.program import FILES, TITLE, ChartSource, Formula, Rows, State, read
from udfs.errors import CODE_OF_COM_INTEGER

_FILES = f"Exports ({FILES}),{FILES},All files (*.*),*.*"
_TEXT = 2
"""The kind of answer that Excel's InputBox gives."""
_ANSWERS = {"yes": True, "no": False}


class Excel:
    """The dialogs of one running Excel; `app` is xlwings' application."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self._has_formula2: bool | None = None

    def choose_files(self, title: str) -> list[Path]:
        chosen = self.app.api.GetOpenFilename(FileFilter=_FILES, Title=title, MultiSelect=True)
        return [Path(str(name)) for name in chosen] if isinstance(chosen, tuple | list) else []

    def tell(self, text: str, *, is_problem: bool = False) -> None:
        self.app.alert(text, TITLE, "ok", "critical" if is_problem else "info")

    def ask(self, text: str) -> bool | None:
        return _ANSWERS.get(self.app.alert(text, TITLE, "yes_no_cancel"))

    def ask_for_text(self, text: str, proposed: str) -> str | None:
        answer = self.app.api.InputBox(Prompt=text, Title=TITLE, Default=proposed, Type=_TEXT)
        return None if answer is False else str(answer)

    def state_of(self, book: Any) -> State:
        api = book.api
        return State(bool(api.ProtectStructure), bool(api.Date1904), bool(api.ReadOnly))

    def protected_sheets(self, sheets: Sequence[Any]) -> list[str]:
        return [sheet.name for sheet in sheets if sheet.api.ProtectContents]

    def values_of(self, cells: Any) -> Rows:
        """Excel hands a cell in a currency format over as currency, which has four decimals: a rate of
        0.00855 arrives as 0.0086. `Value2` knows no currency, but no days either: it is asked for those
        cells alone.
        """
        values = read(cells)
        for column in range(len(values[0])):
            if any(isinstance(row[column], Decimal) for row in values):
                whole = _column(cells.columns[column].api.Value2)
                for row, number in zip(values, whole, strict=True):
                    if isinstance(row[column], Decimal):
                        row[column] = number
        return [[_no_integer(value) for value in row] for row in values]

    def is_locked(self, cells: Any) -> bool:
        # where locked and unlocked cells mix, Excel gives None
        return bool(cells.sheet.api.ProtectContents) and cells.api.Locked is not False

    def formulas_on(self, sheet: Any, leading: Leading) -> list[Formula]:
        return list(self._formulas_on(sheet, leading))

    def _formulas_on(self, sheet: Any, leading: Leading) -> Iterator[Formula]:
        used, seen = sheet.used_range, set()
        texts = used.formula2 if self._knows_formula2(used) else used.formula
        for row, line in enumerate(_rows(texts), used.row):
            for column, text in enumerate(line, used.column):
                if not (isinstance(text, str) and text.startswith("=") and text in leading):
                    continue
                cell = sheet.range((row, column))
                place, shape = (row, column), None
                if self._is_spilled(cell):
                    parent = cell.api.SpillParent
                    place = (int(parent.Row), int(parent.Column))
                elif cell.has_array:
                    array = cell.api.CurrentArray
                    place = (int(array.Row), int(array.Column))
                    shape = (int(array.Rows.Count), int(array.Columns.Count))
                if place not in seen:
                    seen.add(place)
                    yield Formula(sheet.name, *place, text, shape)

    def read_formula(self, cells: Any) -> str:
        return str(cells.formula2 if self._knows_formula2(cells) else cells.formula)

    def write_formula(self, cells: Any, text: str) -> None:
        if self._knows_formula2(cells):
            cells.formula2 = text  # `formula` would put an @ before functions of an add-in
        else:
            cells.formula = text

    def _knows_formula2(self, cells: Any) -> bool:
        """Whether this Excel has `Range.Formula2`: 2021, 365 and later.

        Only reading tells: where Excel has no such property, xlwings tries for ever to set it.
        """
        if self._has_formula2 is None:
            try:
                _ = cells.sheet.range((1, 1)).formula2
            except Exception:  # pywin32's own, which is there on Windows alone
                self._has_formula2 = False
            else:
                self._has_formula2 = True
        return self._has_formula2

    def _is_spilled(self, cell: Any) -> bool:
        return self._knows_formula2(cell) and bool(cell.api.HasSpill)

    def charts_on(self, sheet: Any, leading: Leading) -> list[ChartSource]:
        return [
            ExcelSeries(f'the chart "{chart.name}" on the sheet "{sheet.name}"', series, text)
            for chart in sheet.charts
            for series, text in _series_of(chart)
            if text in leading
        ]

    def unkept_on(self, sheet: Any, leading: Leading) -> list[str]:
        pivots = sheet.api.PivotTables()
        found = (pivots.Item(number) for number in range(1, int(pivots.Count) + 1))
        return [f'the pivot table "{one.Name}"' for one in found if leading.may_hold(_source_of(one))]


@dataclass(frozen=True, slots=True)
class ExcelSeries:
    """One series of a chart: its formula names its cells."""

    place: str
    series: Any
    text: str

    def leads_to(self, leading: Leading) -> bool:
        return self.text in leading

    def restore(self) -> None:
        if self.series.Formula != self.text:
            self.series.Formula = self.text


def _series_of(chart: Any) -> Iterator[tuple[Any, str]]:
    for one in chart.series:
        try:
            yield one.api, str(one.api.Formula)
        except Exception:  # pywin32's own: the series of a pivot chart or a map has no formula
            continue


def _source_of(pivot: Any) -> str:
    try:
        return str(pivot.SourceData)
    except Exception:  # pywin32's own: one that is fed from outside has no cells
        return ""


def _rows(formulas: Any) -> Any:
    """As rows, whatever the shape of the range was."""
    if not isinstance(formulas, list | tuple):
        return ((formulas,),)
    return formulas if formulas and isinstance(formulas[0], list | tuple) else (formulas,)


def _column(values: Any) -> list[Any]:
    """What Excel gives for a column; of a single cell it is no tuple."""
    return [row[0] for row in values] if isinstance(values, tuple) else [values]


def _no_integer(value: Any) -> Any:
    """An integer is an error that xlwings has no text for, such as #SPILL!: Excel's numbers are floats."""
    if isinstance(value, int) and not isinstance(value, bool):
        return CODE_OF_COM_INTEGER.get(value, "#VALUE!")
    return value
