"""The tables of a template that are to be filled: where they are, their columns, and what is around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from addin.errors import TollsheetError, in_quotes
from addin.hosts.filling.areas import ROWS, Area
from addin.hosts.filling.growth import Growth
from addin.hosts.filling.sheet_xml import SheetXml
from addin.hosts.package import Package, Sheet, Table, Workbook
from addin.hosts.package.vocabulary import MAIN
from templates.grid import Column
from templates.inputs import InputTable


@dataclass(frozen=True, slots=True)
class Given:
    """Records for an input table."""

    table: InputTable[Any]
    records: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Found:
    """A table of the template."""

    sheet: Sheet
    table: Table
    area: Area

    @property
    def data(self) -> Area:
        """Its rows between header and totals."""
        return Area(
            self.area.top + 1, self.area.left, self.area.bottom - self.table.totals_rows, self.area.right
        )


@dataclass(frozen=True, slots=True)
class Target:
    """A table that is to be filled."""

    found: Found
    given: Given
    columns: tuple[Column[Any] | None, ...]
    """Ours, in the order of the template's columns; None for those of its owner."""

    @property
    def lacking(self) -> tuple[Column[Any], ...]:
        """Our columns that the template does not have."""
        table = self.given.table
        return tuple(one for one in (*table.columns, *table.also) if one not in self.columns)


def all_tables(workbook: Workbook) -> list[Found]:
    """Every table of the workbook."""
    return [
        Found(sheet, table, Area.of(table.ref))
        for sheet in workbook.sheets()
        for table in workbook.tables(sheet)
    ]


def targets(package: Package, tables: Sequence[Found], given: Sequence[Given]) -> list[Target]:
    """A target for each input. Raises TollsheetError where the template has no table for one, or one that
    cannot be filled."""
    by_name = {one.table.name.casefold(): one for one in tables}
    lacking = [one.table for one in given if one.table.name.casefold() not in by_name]
    if lacking:
        names = [one.table.name for one in tables]
        raise TollsheetError(
            f"{package.name} has no table {in_quotes(one.name for one in lacking)} for "
            f"{' and '.join(one.holds for one in lacking)}",
            f"Its tables are {in_quotes(names)}. Give a table that name, or leave this input out."
            if names
            else "It has no tables at all: start from a template of Tollsheet.",
        )
    return [_target(package, by_name[one.table.name.casefold()], one) for one in given]


def _target(package: Package, found: Found, given: Given) -> Target:
    table, where = found.table, f'{package.name}: the table "{found.table.name}"'
    if table.header_rows != 1:
        raise TollsheetError(f"{where} has no header row", "Show its header row, and save the workbook.")
    if found.data.bottom < found.data.top or found.area.right - found.area.left + 1 != len(table.columns):
        raise TollsheetError(f"{where} is damaged", "Open the workbook in Excel and save it again.")
    [element] = package.find(table.part, "table", namespace=MAIN)
    if element.attributes.get("tableType", "worksheet") != "worksheet":
        raise TollsheetError(
            f"{where} is filled from a query", "Unlink it in Excel, or fill a table without a query."
        )
    criteria = ("filters", "customFilters", "top10", "dynamicFilter", "colorFilter", "iconFilter")
    if package.find(table.part, *criteria, namespace=MAIN):
        raise TollsheetError(
            f"{where} is filtered, and new rows would be shown against its filter",
            "Clear the filter, and save the workbook.",
        )
    known = {folded(column.header): column for column in (*given.table.columns, *given.table.also)}
    columns = tuple(known.get(folded(header)) for header in table.columns)
    if not any(columns):
        raise TollsheetError(
            f"{where} has none of the columns of {given.table.holds}",
            f"They are {in_quotes(column.header for column in given.table.columns)}.",
        )
    return Target(found, given, columns)


def growth_of(target: Target, tables: Sequence[Found], xml: SheetXml) -> Growth:
    """How far the table grows, and whether what is below moves. Raises TollsheetError where there is no room,
    or where the sheet would be torn."""
    found, rows = target.found, max(1, len(target.given.records))
    merged = [Area.of(one.attributes["ref"]) for one in xml.frame.find("mergeCell")]
    others = [one.area for one in tables if one.sheet == found.sheet and one.table.part != found.table.part]
    where = f'{xml.where}, table "{found.table.name}"'
    if any(one.meets(found.area) for one in merged):
        raise TollsheetError(f"{where}: there are merged cells in it", "Unmerge them.")
    below = Area(found.area.bottom + 1, found.area.left, ROWS, found.area.right)
    content = _content_below(xml, below)
    content += [one.bottom for one in (*merged, *others) if one.meets(below)]
    growth = Growth(found.table.name, found.data, found.area.bottom, rows, bool(content))
    last = max([*content, found.area.bottom]) + growth.by
    if last > ROWS:
        raise TollsheetError(
            f"{where}: {rows:,} rows do not fit: they need row {last:,}, and a sheet has {ROWS:,}",
            "Fill the template with a shorter period, or with part of the files.",
        )
    if growth.moves_sheet and growth.by:
        _check_beside(where, found, others, xml)
    return growth


def _content_below(xml: SheetXml, below: Area) -> list[int]:
    """The last row with something in these columns, if there is one."""
    for row in reversed(xml.rows):
        if row.number < below.top:
            break
        if any(cell.has_content and below.holds(cell.row, cell.column) for cell in xml.scanner.cells(row)):
            return [row.number]
    return []


def _check_beside(where: str, found: Found, others: Sequence[Area], xml: SheetXml) -> None:
    """Whole rows are going to move: nothing may stand beside the table that they tear."""
    remedy = (
        "Move what is below the table to another sheet, or what is beside it. Then it can grow without "
        "moving anything."
    )
    beside = Area(found.area.top, 1, found.area.bottom, 16_384)
    if any(one.meets(beside) for one in others):
        raise TollsheetError(f"{where}: another table stands beside it, and there are cells below it", remedy)
    for row in xml.rows:
        if not found.area.top <= row.number <= found.area.bottom:
            continue
        left, _, right = xml.scanner.split(row, found.area.left, found.area.right)
        if not left and not right:
            continue
        for cell in xml.scanner.cells(row):
            if cell.has_content and not found.area.left <= cell.column <= found.area.right:
                address = Area(cell.row, cell.column, cell.row, cell.column)
                raise TollsheetError(
                    f"{where}: {address} stands beside it, and there are cells below it", remedy
                )


def folded(header: str) -> str:
    """A header as it is compared.

    >>> folded(" Call\\nID ")
    'call id'
    """
    return " ".join(header.split()).casefold()
