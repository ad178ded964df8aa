"""A sheet copied into another workbook, with everything that LibreOffice leaves behind when it copies one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from addin.hosts.calc.bridge import Uno
from addin.hosts.calc.tables import free_name, moved

_OWN_TO_A_STYLE = frozenset(("Name", "DisplayName", "UserDefinedAttributes", "FollowStyle"))
_ANY_RESULT, _FORMULA = 7, 16
_FIELD = "com.sun.star.text.TextField."
_FIELDS = ("PageNumber", "PageCount", "SheetName")
_HEADER_PARTS = ("LeftText", "CenterText", "RightText")


def copy_sheet(sheet: Any, book: Any, place: int) -> None:
    """Copy the sheet to a place of the book: cells, formats, charts and rules go by themselves.

    Its tables get a free name as in Excel, and its page is set again. Formulas are blank until whoever copies
    writes them again. Frozen panes are not copied: they belong to a window, not to the sheet.
    """
    source, target = sheet.book.doc, book.doc
    before = set(target.DatabaseRanges.ElementNames)
    formulas = _taken_out(sheet.api)
    try:
        place = target.Sheets.importSheet(source, sheet.name, place)
    finally:
        for cell, tokens in formulas:
            cell.setTokens(tokens)
    copied = target.Sheets.getByIndex(place)
    for name in set(target.DatabaseRanges.ElementNames) - before:
        target.DatabaseRanges.removeByName(name)  # those of other sheets, which its formulas name
    for table in sheet.tables:
        name = free_name(target.DatabaseRanges, table.name)
        target.DatabaseRanges.addNewByName(name, moved(table.api.DataArea, place))
        made = target.DatabaseRanges.getByName(name)
        made.ContainsHeader, made.AutoFilter = table.api.ContainsHeader, table.api.AutoFilter
    _copy_page(sheet, source, target, copied)


def _taken_out(sheet: Uno) -> list[tuple[Uno, Any]]:
    """The formulas of a sheet, which are blank then: LibreOffice would bring their tables along,
    on sheets that the other workbook may not have."""
    cells = sheet.queryFormulaCells(_ANY_RESULT)
    taken = []
    for area in cells.getRangeAddresses():
        for row in range(area.StartRow, area.EndRow + 1):
            for column in range(area.StartColumn, area.EndColumn + 1):
                cell = sheet.getCellByPosition(column, row)
                taken.append((cell, cell.getTokens()))
    cells.clearContents(_FORMULA)
    return taken


def _copy_page(sheet: Any, source: Uno, target: Uno, copied: Uno) -> None:
    pages = target.StyleFamilies.getByName("PageStyles")
    page = source.StyleFamilies.getByName("PageStyles").getByName(sheet.api.PageStyle)
    name, number = sheet.api.PageStyle, 1
    while pages.hasByName(name):
        number += 1
        name = f"{sheet.api.PageStyle}_{number}"
    pages.insertByName(name, target.createInstance("com.sun.star.style.PageStyle"))
    made = pages.getByName(name)
    for one in page.PropertySetInfo.Properties:
        if one.Name in _OWN_TO_A_STYLE or one.Name.endswith("Content"):
            continue
        with suppress(Exception):  # a few are read-only or exclude each other, and say so only then
            made.setPropertyValue(one.Name, page.getPropertyValue(one.Name))
    for side in ("RightPageHeaderContent", "RightPageFooterContent"):
        content, theirs = made.getPropertyValue(side), page.getPropertyValue(side)
        if content is not None and theirs is not None:
            for part in _HEADER_PARTS:
                _copy_text(getattr(theirs, part), getattr(content, part), target)
            made.setPropertyValue(side, content)
    copied.PageStyle = name
    copied.setPrintAreas(())
    if sheet.api.PrintTitleRows:
        copied.setTitleRows(sheet.api.TitleRows)
        copied.setPrintTitleRows(True)
    if sheet.api.PrintTitleColumns:
        copied.setTitleColumns(sheet.api.TitleColumns)
        copied.setPrintTitleColumns(True)


def _copy_text(source: Uno, text: Uno, target: Uno) -> None:
    """A line of a header with its fields, such as the page's number."""
    text.setString("")
    cursor = text.createTextCursor()
    for paragraph in _parts(source):
        for portion in _parts(paragraph):
            cursor.gotoEnd(False)
            if portion.TextPortionType == "TextField":
                field = portion.TextField
                kind = next((one for one in _FIELDS if field.supportsService(_FIELD + one)), None)
                if kind is not None:
                    text.insertTextContent(cursor, target.createInstance(_FIELD + kind), False)
            else:
                text.insertString(cursor, portion.getString(), False)
            cursor.gotoEnd(False)
    cursor.gotoStart(True)
    cursor.CharHeight = source.createTextCursor().CharHeight


def _parts(text: Uno) -> Iterator[Uno]:
    parts = text.createEnumeration()
    while parts.hasMoreElements():
        yield parts.nextElement()
