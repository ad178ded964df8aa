"""A sheet copied into another workbook, with everything that LibreOffice leaves behind when it copies one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from addin.hosts.calc import bridge
from addin.hosts.calc.bridge import Uno
from addin.hosts.calc.tables import free_name, moved
from addin.hosts.own_cells import is_over_own_cells

_OWN_TO_A_STYLE = frozenset(("Name", "DisplayName", "UserDefinedAttributes", "FollowStyle"))
_SCALINGS = frozenset(("PageScale", "ScaleToPages", "ScaleToPagesX", "ScaleToPagesY"))
"""How small a page is printed. Whichever is set puts the others back, even one that is 0 and says nothing."""
_RULE_STYLE = "Tollsheet"
_OF_CELL = ("CharFontName", "CharHeight", "VertJustify")
_ANY_RESULT, _FORMULA = 7, 16
_FROZEN = 2
_FIELD = "com.sun.star.text.TextField."
_FIELDS = ("PageNumber", "PageCount", "SheetName")
_HEADER_PARTS = ("LeftText", "CenterText", "RightText")


@dataclass(frozen=True, slots=True)
class _Table:
    """A table, to be added again."""

    name: str
    area: Uno
    has_header: bool
    has_filter: bool
    has_totals: bool

    @classmethod
    def all_of(cls, ranges: Uno) -> list[_Table]:
        found = []
        for name in ranges.ElementNames:
            one = ranges.getByName(name)
            found.append(cls(name, one.DataArea, one.ContainsHeader, one.AutoFilter, one.TotalsRow))
        return found

    def add(self, ranges: Uno, name: str, area: Uno) -> None:
        ranges.addNewByName(name, area)
        made = ranges.getByName(name)
        made.ContainsHeader, made.AutoFilter = self.has_header, self.has_filter
        made.TotalsRow = self.has_totals  # or sums over its columns would count it too


def copy_sheet(sheet: Any, book: Any, place: int) -> None:
    """Copy the sheet to a place of the book: cells, formats, charts and rules go by themselves.

    Its tables get a free name as in Excel; its page is set and its panes are frozen again. Formulas that lead
    to tables, names or other sheets are blank until whoever copies writes them again.

    For LibreOffice's main thread alone, where menu and toolbar run their commands: `importSheet` does not
    wait until that thread has finished painting, and from any other both would draw at once and crash
    LibreOffice (25.2).
    """
    source, target = sheet.book.doc, book.doc
    formulas = _taken_out(sheet.api)
    tables = _Table.all_of(source.DatabaseRanges)
    own = [table for table in tables if table.area.Sheet == sheet.index - 1]
    # LibreOffice knows a table by a number. It would bring tables along with those of their own workbook, and
    # formulas over a table that has the same number in this one would be over them from then on.
    for table in tables:
        source.DatabaseRanges.removeByName(table.name)
    try:
        place = target.Sheets.importSheet(source, sheet.name, place)
    finally:
        for table in tables:
            table.add(source.DatabaseRanges, table.name, table.area)
        for cells, texts in formulas:
            cells.setFormulaArray(texts)
    copied = target.Sheets.getByIndex(place)
    for table in own:
        name = free_name(target.DatabaseRanges, table.name)
        table.add(target.DatabaseRanges, name, moved(table.area, place))
    _copy_rule_styles(copied, source, target)
    _copy_page(sheet, source, target, copied)
    _copy_view(sheet, book, copied)


def _taken_out(sheet: Uno) -> list[tuple[Uno, Any]]:
    """The formulas of a sheet that lead beyond its cells, which are blank then: LibreOffice would bring their
    tables along, on sheets that the other workbook may not have."""
    taken = []
    for place in sheet.queryFormulaCells(_ANY_RESULT).getRangeAddresses():
        left, right, bottom = place.StartColumn, place.EndColumn, place.EndRow
        area = sheet.getCellRangeByPosition(left, place.StartRow, right, bottom)
        texts = area.getFormulaArray()
        for row, line in enumerate(texts, place.StartRow):
            for column, text in enumerate(line, left):
                if not is_over_own_cells(text):
                    cell = sheet.getCellRangeByPosition(column, row, column, row)
                    taken.append((cell, ((text,),)))
    for cell, _ in taken:
        cell.clearContents(_FORMULA)
    return taken


def _copy_rule_styles(copied: Uno, source: Uno, target: Uno) -> None:
    """The look of conditional formats. LibreOffice finds it by a name that the other workbook may use for
    another, and mixes it with that workbook's default: font and place are taken from the cells instead."""
    theirs, ours = (doc.StyleFamilies.getByName("CellStyles") for doc in (source, target))
    for cell, rule in _rules(copied):
        if not theirs.hasByName(rule.StyleName):
            continue
        style = theirs.getByName(rule.StyleName)
        look = {
            one.Name: style.getPropertyValue(one.Name)
            for one in style.PropertySetInfo.Properties
            if one.Name not in _OWN_TO_A_STYLE and style.getPropertyState(one.Name).value == "DIRECT_VALUE"
        }
        look |= {of_cell: cell.getPropertyValue(of_cell) for of_cell in _OF_CELL}
        # by its look: every report counts its own from 1, and one must not give another its colours
        name = f"{_RULE_STYLE} {sha256(repr(sorted(look.items())).encode()).hexdigest()[:12]}"
        if not ours.hasByName(name):
            ours.insertByName(name, target.createInstance("com.sun.star.style.CellStyle"))
        for own, value in look.items():
            ours.getByName(name).setPropertyValue(own, value)
        rule.StyleName = name


def _rules(sheet: Uno) -> list[tuple[Uno, Uno]]:
    """The entries of the conditional formats that show a style, each with its first cell."""
    return [
        (sheet.getCellByPosition(place.StartColumn, place.StartRow), entry)
        for rule in sheet.ConditionalFormats.getConditionalFormats()
        for place in rule.Range.getRangeAddresses()[:1]
        for entry in map(rule.getByIndex, range(rule.getCount()))
        if entry.PropertySetInfo.hasPropertyByName("StyleName")
    ]


def _copy_page(sheet: Any, source: Uno, target: Uno, copied: Uno) -> None:
    pages = target.StyleFamilies.getByName("PageStyles")
    page = source.StyleFamilies.getByName("PageStyles").getByName(sheet.api.PageStyle)
    name, number = sheet.api.PageStyle, 1
    while pages.hasByName(name):
        number += 1
        name = f"{sheet.api.PageStyle}_{number}"
    pages.insertByName(name, target.createInstance("com.sun.star.style.PageStyle"))
    made = pages.getByName(name)
    names = tuple(
        one.Name
        for one in page.PropertySetInfo.Properties
        if one.Name not in _OWN_TO_A_STYLE and not one.Name.endswith("Content")
    )
    values = zip(names, page.getPropertyValues(names), made.getPropertyValues(names), strict=True)
    for one, wanted, present in values:
        # each that is set has every sheet laid out again
        if wanted == present or (one in _SCALINGS and not wanted):
            continue
        with suppress(Exception):  # a few are read-only or exclude each other, and say so only then
            made.setPropertyValue(one, wanted)
    for side in ("RightPageHeaderContent", "RightPageFooterContent"):
        content, theirs = made.getPropertyValue(side), page.getPropertyValue(side)
        if content is not None and theirs is not None:
            for part in _HEADER_PARTS:
                _copy_text(getattr(theirs, part), getattr(content, part), target)
            made.setPropertyValue(side, content)
    copied.PageStyle = name
    if sheet.api.PrintTitleRows:
        copied.setTitleRows(sheet.api.TitleRows)
        copied.setPrintTitleRows(True)
    if sheet.api.PrintTitleColumns:
        copied.setTitleColumns(sheet.api.TitleColumns)
        copied.setPrintTitleColumns(True)


def _copy_view(sheet: Any, book: Any, copied: Uno) -> None:
    """What belongs to a window and not to the sheet: frozen panes, hidden gridlines."""
    views, controller = sheet.book.doc.getViewData(), book.doc.CurrentController
    if controller is None or views is None or not views.Count:
        return
    sheets = {one.Name: one.Value for one in views.getByIndex(0)}["Tables"]
    if not sheets.hasByName(sheet.name):
        return
    view = {one.Name: one.Value for one in sheets.getByName(sheet.name)}
    column, row = (  # counted in columns and rows where panes are frozen, whatever the name says
        view[f"{side}SplitPositionTwips"] if view.get(f"{side}SplitMode") == _FROZEN else 0
        for side in ("Horizontal", "Vertical")
    )
    before = controller.ActiveSheet
    controller.setActiveSheet(copied)
    if column or row:
        controller.freezeAtPosition(column, row)
    if not view.get("ShowGrid", True):  # only the menu's command is about one sheet; a new one has its grid
        dispatcher = bridge.service(book.app.context, "com.sun.star.frame.DispatchHelper")
        dispatcher.executeDispatch(controller.Frame, ".uno:ToggleSheetGrid", "", 0, ())
    controller.setActiveSheet(before)


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
