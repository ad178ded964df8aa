"""Settings of a template that were chosen for other records: what does not fit the new ones is said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from addin.hosts.filling.decimals import expected_decimals
from addin.hosts.filling.names import named_cell
from addin.hosts.filling.saying import cell_place
from addin.hosts.filling.sheet_rows import Cell, attributes
from addin.hosts.filling.sheet_xml import SheetXml
from addin.hosts.filling.targets import Target
from addin.hosts.filling.texts import text_at
from addin.hosts.package import Workbook
from addin.reconcile.wording import counted, listed
from templates.inputs import DECIMALS, RATES

_DECIMALS_CELL, _CURRENCY_CELL = "decimals", "currency"
_VALUE = re.compile(r"<(?:[\w.-]+:)?v\b[^>]*>([^<]*)<")
_MOST = 3


def odd_settings(
    workbook: Workbook, sheets: Mapping[str, SheetXml], filled: Sequence[Target]
) -> Iterator[str]:
    """What a person should know; `filled` are the tables that are filled."""
    given = [one.given for one in filled]
    typed = _Typed(workbook, sheets)
    place, decimals = typed.at(_DECIMALS_CELL)
    expected = expected_decimals(given)
    has_own = any(  # of the card, or those entered into it
        column is not None and column.header == DECIMALS
        for one in filled
        if one.given.table is RATES
        for column in one.columns
    )
    if expected and not has_own and isinstance(decimals, Decimal) and decimals != expected[0]:
        yield (
            f"{place} rounds a call's cost to {decimals} decimals where the rate card names none, and "
            f"{expected[1]} bills to {expected[0]}."
        )
    place, currency = typed.at(_CURRENCY_CELL)
    records = (record for one in given for record in one.records)
    met = sorted({found for record in records if (found := getattr(record, "currency", ""))})
    if isinstance(currency, str) and met and currency.strip().upper() not in met:
        more = [counted(len(met) - _MOST, "other")] if len(met) > _MOST else []
        said = currency.strip()[:20]
        yield f"{place} says {said}, and the records are in {listed(met[:_MOST] + more)}: change it."


class _Typed:
    """What was typed into the named cells of a workbook."""

    def __init__(self, workbook: Workbook, sheets: Mapping[str, SheetXml]) -> None:
        self._workbook = workbook
        self._sheets = {name.casefold(): xml for name, xml in sheets.items()}

    def at(self, name: str) -> tuple[str, Decimal | str | None]:
        """The place of the one cell of a name, and the number or text in it; None for all else."""
        found = named_cell(self._workbook, name)
        if found is None or found[0].casefold() not in self._sheets:
            return "", None
        sheet, row, column = found
        xml = self._sheets[sheet.casefold()]
        cell = xml.cell(row, column)
        if cell is None or xml.scanner.formula(cell):
            return "", None
        return cell_place(sheet, row, column), self._value(cell)

    def _value(self, cell: Cell) -> Decimal | str | None:
        kind = attributes(cell.tag).get("t", "n")
        if kind == "inlineStr":
            return re.sub(r"<[^>]*>", "", cell.inner)
        value = _VALUE.search(cell.inner)
        if value is None:
            return None
        if kind == "s":
            return text_at(self._workbook.package, int(value[1]))
        return Decimal(value[1]) if kind == "n" else None
