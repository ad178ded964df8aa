"""An earlier reconciliation as it was written, its workbook or its JSON: the findings that it left."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from addin.errors import TollsheetError
from addin.hosts.files import read_text
from addin.hosts.letters import column_letters
from addin.hosts.report_reading.sheets import UNCALCULATED, sheets_of, uncalculated
from addin.reconcile.month_end.earlier_findings import EarlierFinding
from addin.reconcile.period import Month
from addin.records.call import SourceFile
from addin.records.source import signed_file
from addin.reports.reconciliation.earlier import earlier_findings
from templates.grid import HEADER_ROW
from templates.reconciliation.findings import FINDINGS
from templates.reconciliation.tables import NO_CURRENCY
from templates.reconciliation.wording import month_of

_KIND, _ID, _NOTE, _CURRENCY = "Kind", "Call id", "What was found", "Currency"
_PLACES = "Place in the bill", "Place in the log"
_COSTS = "Expected cost", "Billed cost"
_IN_QUESTION = "Cost in question"


def earlier_report(path: Path) -> tuple[tuple[EarlierFinding, ...], tuple[SourceFile, ...]]:
    """Its findings, and the file as the sign-off lists it. Raises TollsheetError where it is no such file."""
    if not path.is_file():
        raise TollsheetError(f"The earlier reconciliation {path} is not there", "Check its path.")
    if path.suffix.lower() == ".xlsx":
        found = _of_workbook(path)
    else:
        found = earlier_findings(read_text(path), path.name)
    return found, (signed_file(path, "earlier reconciliation", len(found)),)


def _of_workbook(path: Path) -> tuple[EarlierFinding, ...]:
    """The sheet Findings; the month stands on top of the Summary."""
    sheets = dict(sheets_of(path))
    first = next(iter(sheets.values()))(1) if sheets else []
    month = month_of(str(first[0][0])) if first and first[0] else ""
    rows = sheets[FINDINGS](None) if FINDINGS in sheets else []
    heads = list(rows[HEADER_ROW]) if len(rows) > HEADER_ROW else []
    wanted = (_KIND, _ID, _NOTE, _CURRENCY, *_PLACES, *_COSTS)
    if not month or not set(wanted) <= set(heads):
        raise TollsheetError(
            f"{path.name} is no reconciliation as it was written: its Summary names no month, or its sheet "
            f"{FINDINGS} has other columns",
            "Give the workbook of the month before, with the Summary as its first sheet.",
        )
    at = {name: heads.index(name) for name in (*wanted, _IN_QUESTION) if name in heads}
    found = []
    for number, row in enumerate(rows[HEADER_ROW + 1 :], HEADER_ROW + 2):
        cells = {name: row[index] for name, index in at.items()}
        for name, value in cells.items():
            if value is UNCALCULATED:
                raise uncalculated(path.name, f"{FINDINGS}!{column_letters(at[name] + 1)}{number} ({name})")
        if cells[_KIND] and not (cells[_KIND] == "duplicate" and not cells[_PLACES[0]]):
            found.append(_finding(cells, Month.parse(month)))
    return tuple(found)


def _finding(cells: dict[str, Any], month: Month) -> EarlierFinding:
    currency = cells[_CURRENCY]
    return EarlierFinding(
        month,
        str(cells[_KIND]),
        str(cells[_ID] or ""),
        _amount(cells[_COSTS[0]]),
        _amount(cells[_COSTS[1]]),
        "" if currency in (None, NO_CURRENCY) else str(currency),
        str(cells[_NOTE] or ""),
        _amount(cells.get(_IN_QUESTION)),
    )


def _amount(value: Any) -> Fraction | None:
    """The digits that the cell shows."""
    if value is None or isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return Fraction(Decimal(repr(value)))
