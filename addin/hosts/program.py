"""What the commands ask of the program around them beyond xlwings' public interface, and of the person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from addin.records.mapping import ENDING as MAPPING
from addin.records.source import ENDINGS

TITLE = "Tollsheet"
FILES = ";".join(f"*.{ending}" for ending in (*ENDINGS, MAPPING))
"""What a dialog for files offers: exports, and mapping files that go with them."""
_ROWS_AT_ONCE = 50_000
"""A program may refuse to hand over more."""

Rows = list[list[Any]]


@dataclass(frozen=True, slots=True)
class State:
    """What decides whether a workbook can be built into."""

    is_protected: bool
    """Its structure: no sheet can be added or deleted."""
    counts_from_1904: bool
    is_read_only: bool


class Program(Protocol):
    """A spreadsheet program with a person before it. A dialog that is cancelled gives None or nothing."""

    def choose_files(self, title: str) -> list[Path]: ...

    def tell(self, text: str, *, is_problem: bool = False) -> None: ...

    def ask(self, text: str) -> bool | None: ...

    def ask_for_text(self, text: str, proposed: str) -> str | None: ...

    def state_of(self, book: Any) -> State: ...

    def protected_sheets(self, sheets: Sequence[Any]) -> list[str]: ...

    def values_of(self, cells: Any) -> Rows:
        """The values of a range, row by row: numbers with all their digits, days as datetimes, blanks as
        None, errors as text."""
        ...


def read(cells: Any) -> Rows:
    """The values of a range as xlwings has them."""
    values: Rows = cells.options(ndim=2, err_to_str=True, chunksize=_ROWS_AT_ONCE).value
    return values
