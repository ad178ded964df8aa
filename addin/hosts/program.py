"""What the commands ask of the program around them beyond xlwings' public interface, and of the person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from addin.hosts.open_workbook.leading import Leading

TITLE = "Tollsheet"
_ROWS_AT_ONCE = 50_000
"""A program may refuse to hand over more."""

Rows = list[list[Any]]


@dataclass(frozen=True, slots=True)
class State:
    """What decides whether a workbook can be built into."""

    is_protected: bool
    """Its structure: no sheet can be added or deleted."""
    counts_otherwise: bool
    """Its days: from 1904 as those of an old Mac, or as Calc allows from 1 January 1900."""
    is_read_only: bool


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that stands in one cell, or as an array formula in one or several."""

    sheet: str
    row: int
    column: int
    text: str
    array: tuple[int, int] | None = None
    """The rows and columns of an array formula; None for any other."""


class ChartSource(Protocol):
    """Where a chart takes its figures from."""

    @property
    def place(self) -> str: ...

    @property
    def formulas(self) -> Sequence[str]:
        """Its cells as formulas name them, such as `=Summary!$A$2:$A$4`."""

    def leads_to(self, leading: Leading) -> bool: ...

    def restore(self) -> None:
        """Let the chart take them from cells of the same names again."""


class Program(Protocol):
    """A spreadsheet program with a person before it. A dialog that is cancelled gives None or nothing."""

    protect_sheet: str
    """The menu that protects a sheet, and takes the protection away again."""
    protect_structure: str
    """The same for the structure of a workbook."""

    def choose_files(self, title: str) -> list[Path]: ...

    def open_copy(self, path: Path) -> None:
        """Open a copy of a workbook as a new one, which has no file yet."""

    def tell(self, text: str, *, is_problem: bool = False) -> None: ...

    def ask(self, text: str, *, may_cancel: bool = False) -> bool | None:
        """Yes or no; where neither means that nothing is done, the person may cancel as well."""

    def ask_for_text(self, text: str, proposed: str) -> str | None: ...

    def state_of(self, book: Any) -> State: ...

    def as_file(self, book: Any, folder: Path) -> Path:
        """A workbook file of what is on the screen, saved or not: a copy in the folder, or the workbook's own
        file where it is the same. The open workbook stays as it is. Raises TollsheetError where its
        password would be lost."""
        ...

    def sheet_names(self, book: Any) -> list[str]:
        """Those of all sheets, also of such as have no cells."""

    def protected_sheets(self, sheets: Sequence[Any]) -> list[str]: ...

    def is_locked(self, cells: Any) -> bool:
        """Whether one of the cells could not be written to while its sheet is protected."""

    def formulas_on(self, sheet: Any, leading: Leading) -> list[Formula]:
        """The formulas of a sheet that lead somewhere, an array formula once."""

    def read_formula(self, cells: Any) -> str: ...

    def write_formula(self, cells: Any, text: str) -> None:
        """As a person enters it: where the program lets results spill, they do."""

    def charts_on(self, sheet: Any, leading: Leading) -> list[ChartSource]:
        """The charts on a sheet that show cells of others."""

    def unkept_on(self, sheet: Any, leading: Leading) -> list[str]:
        """What else on a sheet leads there and would be lost with it, such as `a pivot table`."""

    def comments_on(self, sheet: Any) -> list[tuple[int, int]]:
        """Row and column of each cell with a comment, from the top."""

    def drawings_on(self, sheet: Any) -> list[str]:
        """The name of each chart, picture and shape on a sheet; not of what the program draws itself."""

    def forget_undo(self, book: Any) -> None:
        """Let nothing be undone that was done until now: sheets that were put in the place of others come
        back in pieces only, and the formulas of the old ones then add up what stands on the new ones."""

    def values_of(self, cells: Any) -> Rows:
        """The values of a range, row by row: numbers with all their digits, days as datetimes, blanks as
        None, errors as text."""
        ...


def file_patterns() -> str:
    """What a dialog for files offers: exports, and mapping files that go with them."""
    from addin.records.mapping import ENDING
    from addin.records.source import ENDINGS

    return ";".join(f"*.{ending}" for ending in (*ENDINGS, ENDING))


def read(cells: Any) -> Rows:
    """The values of a range as xlwings has them."""
    values: Rows = cells.options(ndim=2, err_to_str=True, chunksize=_ROWS_AT_ONCE).value
    return values


def as_rows(formulas: Any) -> Any:
    """The formulas of a range as rows, whatever its shape was."""
    if not isinstance(formulas, list | tuple):
        return ((formulas,),)
    return formulas if formulas and isinstance(formulas[0], list | tuple) else (formulas,)
