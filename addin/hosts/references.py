"""What a person's own cells and names say of sheets that are about to be replaced.

A program turns a reference to a deleted sheet into #REF!, even where one of the same name follows: what stood
there before is written again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from addin.hosts.marks import is_mark, quoted


@dataclass(slots=True)
class References:
    """Formulas and names that lead to certain sheets."""

    cells: list[tuple[str, int, int, str]] = field(default_factory=list)
    names: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def to(cls, book: Any, sheets: Sequence[Any]) -> References:
        """Collect them, before the sheets are deleted."""
        found = cls()
        if not sheets:
            return found
        own = {sheet.name for sheet in sheets}
        needles = [f"{name}!" for name in own] + [f"{quoted(name)}!" for name in own]
        needles += [f"{table.name}[" for sheet in sheets for table in sheet.tables]
        for sheet in book.sheets:
            if sheet.name not in own:
                used = sheet.used_range
                for row, line in enumerate(_rows(used.formula2), used.row):
                    for column, text in enumerate(line, used.column):
                        if isinstance(text, str) and text.startswith("=") and any(n in text for n in needles):
                            found.cells.append((sheet.name, row, column, text))
        for name in book.names:
            leads = name.refers_to or ""
            if "!" not in name.name and not is_mark(name.name) and any(n in leads for n in needles):
                found.names.append((name.name, leads))
        return found

    def restore(self, book: Any) -> None:
        """Write them again, but for names that the new sheets have brought along."""
        for sheet, row, column, text in self.cells:
            cell = book.sheets[sheet].range((row, column))
            if cell.formula2 != text:
                cell.formula2 = text
        for name, leads in self.names:
            if "#REF!" in (book.names[name].refers_to or "#REF!"):
                book.names[name].refers_to = leads


def _rows(formulas: Any) -> Any:
    """As rows, whatever the shape of the range was."""
    if isinstance(formulas, str):
        return ((formulas,),)
    return formulas if formulas and isinstance(formulas[0], list | tuple) else (formulas,)
