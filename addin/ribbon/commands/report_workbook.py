"""Reports in a workbook of their own, in the folder of the person's: their names, and what stands in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from addin.errors import TollsheetError
from addin.hosts.open_workbook.place import path_of
from addin.hosts.report_reading.notes import OldSheet
from addin.hosts.report_reading.sheets import sheets_of
from addin.ribbon.desk import Desk


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """Those of one workbook and report: `NAME-reconciliation-2026-09.xlsx`, then the same with -2 and on."""

    folder: Path
    stem: str

    @classmethod
    def of(cls, desk: Desk, report: str) -> ReportFiles | None:
        """None for a workbook without a folder."""
        path = path_of(desk.book)
        return cls(path.parent, f"{path.stem}-{report}") if path else None

    def latest(self) -> Path | None:
        """The one with the highest number."""
        numbered = self._numbered()
        return numbered[max(numbered)] if numbered else None

    def next(self) -> Path:
        """A name with a higher number than any other has, so that it is the latest afterwards."""
        number = max(self._numbered(), default=0) + 1
        return self.folder / (f"{self.stem}-{number}.xlsx" if number > 1 else f"{self.stem}.xlsx")

    def _numbered(self) -> dict[int, Path]:
        pattern = re.compile(rf"{re.escape(self.stem)}(?:-(\d+))?\.xlsx", re.IGNORECASE)
        try:
            names = sorted(self.folder.iterdir())
        except OSError as error:
            raise TollsheetError(
                f"The folder {self.folder} cannot be looked through ({error.strerror or error})",
                "Save this workbook in a folder that you can read and write, then build again.",
            ) from None
        return {int(found[1] or 1): path for path in names if (found := pattern.fullmatch(path.name))}


def live_sheet(desk: Desk, sheet: Any) -> OldSheet:
    """A sheet of an open workbook."""
    return OldSheet(sheet.name, cache(partial(desk.values, sheet)))


def sheets_in(desk: Desk, path: Path) -> list[OldSheet]:
    """The sheets of a report workbook: as they are on the screen where it is open, else as it was saved."""
    for book in desk.book.app.books:
        if _is_at(book, path):
            return [live_sheet(desk, sheet) for sheet in book.sheets]
    return [OldSheet(name, cache(rows)) for name, rows in sheets_of(path)]


def _is_at(book: Any, path: Path) -> bool:
    at = path_of(book)
    try:
        return at is not None and at.samefile(path)
    except OSError:  # deleted meanwhile
        return False
