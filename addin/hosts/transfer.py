"""Sheets of a workbook that was just made, moved into the one that a person has open.

The program copies each sheet whole (formats, rules, charts, print set-up); what a copy cannot keep is written
again: formulas and names that lead from sheet to sheet, and the names of tables. Nothing of the person's is
touched: where a name is taken, ours gives way.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from addin.errors import TollsheetError
from addin.hosts.made_formulas import formulas_of, renamed
from addin.hosts.marks import is_mark, mark, quoted, unmark
from addin.hosts.references import References

_OURS = "Tollsheet"


@dataclass(slots=True)
class Transfer:
    """One move: from the file at `path` into `book`, in the place of `old` sheets of the same role."""

    book: Any
    path: Path
    role: str
    old: Sequence[Any] = ()
    sheets: dict[str, str] = field(default_factory=dict)
    """The name of each sheet in the file: its name in the workbook."""
    tables: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def run(self) -> list[Any]:
        """Move the sheets; gives them in their order. Until all are there, a failure leaves the workbook as
        it was."""
        app = self.book.app
        with app.properties(screen_updating=False, display_alerts=False):
            made = app.books.open(str(self.path), read_only=True)
            try:
                self._choose_names(made)
                originals = list(made.sheets)
                file_names = [sheet.name for sheet in originals]
                formulas = formulas_of(self.path, file_names)
                own_tables = [_tables_by_place(sheet) for sheet in originals]
                references = References.to(self.book, self.old)
                copies = self._copy(originals)
            finally:
                made.close()
            unmark(self.book, self.role, self.old)
            for sheet in self.old:
                sheet.delete()
            for sheet, name, tables in zip(copies, file_names, own_tables, strict=True):
                sheet.name = self.sheets[name]
                for table in sheet.tables:
                    table.name = self.tables[tables[table.range.address]]
            self._write_formulas(dict(zip(file_names, copies, strict=True)), formulas)
            self._write_names(copies)
            references.restore(self.book)
            copies[0].activate()
        app.calculate()
        return copies

    def _choose_names(self, made: Any) -> None:
        """Where a name is taken by the person, ours gets another."""
        old = {sheet.name for sheet in self.old}
        own = [sheet for sheet in self.book.sheets if sheet.name not in old]
        sheets = {sheet.name.casefold() for sheet in own}
        tables = {table.name.casefold() for sheet in own for table in sheet.tables}
        names = {
            name.name.casefold()
            for name in self.book.names
            if "!" not in name.name and not is_mark(name.name) and not _leads_to(name.refers_to, old)
        }
        for sheet in made.sheets:
            self.sheets[sheet.name] = _free(sheet.name, sheets, f"{{}} ({_OURS}{{}})")
            for table in sheet.tables:
                self.tables[table.name] = _free(table.name, tables | names, f"{_OURS}_{{}}{{}}")
        for name in made.names:
            if "!" not in name.name and not name.name.startswith("_"):
                self.names[_free(name.name, names | tables, f"{_OURS}_{{}}{{}}".lower())] = name.refers_to

    def _copy(self, originals: Sequence[Any]) -> list[Any]:
        copies: list[Any] = []
        try:
            for sheet in originals:
                copies.append(sheet.copy(after=self.book.sheets[-1]))
        except Exception as error:
            for copy in copies:
                with suppress(Exception):
                    copy.delete()
            raise TollsheetError(
                f"{self.book.name} does not take new sheets ({error})",
                "Nothing was changed. Save it, close other workbooks, and try again.",
            ) from error
        return copies

    def _write_formulas(self, copies: dict[str, Any], formulas: dict[str, list[Any]]) -> None:
        sheets = {quoted(old): quoted(new) for old, new in self.sheets.items()}
        sheets |= {old: quoted(new) for old, new in self.sheets.items()}
        for name, runs in formulas.items():
            for row, column, texts in runs:
                written = [[renamed(text, self.tables, sheets) for text in texts]]
                copies[name].range((row, column), (row, column + len(texts) - 1)).formula = written

    def _write_names(self, copies: Sequence[Any]) -> None:
        places = {quoted(old): quoted(new) for old, new in self.sheets.items()}
        places |= {old: quoted(new) for old, new in self.sheets.items()}
        for name, refers_to in self.names.items():
            self.book.names.add(name, renamed(refers_to, {}, places))
        for sheet in copies:
            mark(self.book, self.role, sheet)


def _tables_by_place(sheet: Any) -> dict[str, str]:
    return {table.range.address: table.name for table in sheet.tables}


def _leads_to(refers_to: str | None, sheets: set[str]) -> bool:
    text = refers_to or ""
    return "#REF!" in text or any(text.startswith((f"={name}!", f"={quoted(name)}!")) for name in sheets)


def _free(name: str, taken: set[str], other: str) -> str:
    """The name, or where it is taken another by the pattern `other`.

    >>> _free("Calls", {"calls", "calls (tollsheet)"}, "{} (Tollsheet{})")
    'Calls (Tollsheet2)'
    """
    candidate, number = name, 1
    while candidate.casefold() in taken:
        candidate = other.format(name, number if number > 1 else "")
        number += 1
    return candidate
