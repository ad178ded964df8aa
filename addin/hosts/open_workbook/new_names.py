"""What the sheets, tables and names of a file are called in the workbook that they move into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from addin.hosts.open_workbook.leading import Leading
from addin.hosts.open_workbook.made_formulas import renamed
from addin.hosts.open_workbook.marks import is_mark, quoted

OURS = "Tollsheet"
ASIDE = " (old)"
"""After the name of a sheet that is to go; it stays where it cannot be deleted."""
_LONGEST_NAME = 31
"""Of a sheet, in Excel."""


@dataclass(slots=True)
class NewNames:
    """Where a name is taken by the person, ours is another."""

    sheets: dict[str, str] = field(default_factory=dict)
    """The name of each sheet in the file: its name in the workbook."""
    tables: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    """A defined name in the workbook: what it refers to in the file."""
    lost: Leading = field(default_factory=lambda: Leading((), ()))
    """Old sheets and tables that the new ones do not have again."""

    @classmethod
    def chosen(
        cls,
        book: Any,
        made: Any,
        old_sheets: Sequence[Any],
        sheet_names: Sequence[str],
        called: Mapping[str, str],
        report: str,
    ) -> NewNames:
        """`sheet_names` are all that are taken, those of chart sheets too; `called` is what the old sheets
        that are replaced are called: a person may rename them. `report` tells a sheet apart from another of
        its name."""
        chosen = cls()
        old = {sheet.name for sheet in old_sheets}
        own = [sheet for sheet in book.sheets if sheet.name not in old]
        sheets = {name.casefold() for name in sheet_names if name not in old}
        tables = {table.name.casefold() for sheet in own for table in sheet.tables}
        leading = Leading(old, ())
        names = {
            name.name.casefold()
            for name in book.names
            if "!" not in name.name and not is_mark(name.name) and not _is_free(name.refers_to, leading)
        }
        other = f"{{:.{_LONGEST_NAME - len(report) - 4}}} ({report}{{}})"
        for sheet in made.sheets:
            name = called.get(sheet.name, "")
            if name not in old or name in chosen.sheets.values() or ASIDE in name:
                name = free_name(sheet.name, sheets, other)
            chosen.sheets[sheet.name] = name
            sheets.add(name.casefold())
            for table in sheet.tables:
                chosen.tables[table.name] = free_name(table.name, tables | names, f"{OURS}_{{}}{{}}")
        for name in made.names:
            if "!" not in name.name and not name.name.startswith("_"):
                ours = free_name(name.name, names | tables, f"{OURS}_{{}}{{}}".lower())
                chosen.names[ours] = name.refers_to
        old_tables = {table.name for sheet in old_sheets for table in sheet.tables}
        chosen.lost = Leading(old - {*chosen.sheets.values()}, old_tables - {*chosen.tables.values()})
        return chosen

    def in_formula(self, formula: str) -> str:
        """A formula of the file as it is in the workbook."""
        places = {quoted(old): quoted(new) for old, new in self.sheets.items()}
        places |= {old: quoted(new) for old, new in self.sheets.items()}
        return renamed(formula, self.tables, places)


def free_name(name: str, taken: set[str], other: str) -> str:
    """The name, or where it is taken another by the pattern `other`.

    >>> free_name("Calls", {"calls", "calls (tollsheet)"}, "{} (Tollsheet{})")
    'Calls (Tollsheet2)'
    """
    candidate, number = name, 1
    while candidate.casefold() in taken:
        candidate = other.format(name, number if number > 1 else "")
        number += 1
    return candidate


def _is_free(refers_to: str | None, old: Leading) -> bool:
    """Whether a name leads to nothing but old sheets, so that ours may take it."""
    text = refers_to or ""
    return "#REF!" in text or text in old
