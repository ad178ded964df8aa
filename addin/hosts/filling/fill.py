"""A template that people have made their own is filled: only what depends on its rows changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from addin.errors import TollsheetError, in_quotes
from addin.hosts.collector import resting_collector
from addin.hosts.filling.charts import CHART_TYPES, follow_chart
from addin.hosts.filling.columns import NewColumn, NewColumns
from addin.hosts.filling.date_styles import date_styles
from addin.hosts.filling.drawings import SHAPES_OF_CHART, follow_shapes_of_chart, move_drawing
from addin.hosts.filling.following import Follower
from addin.hosts.filling.growth import Growth, Moves
from addin.hosts.filling.month import with_month
from addin.hosts.filling.names import follow_names, follow_table, growing_words, month_cell
from addin.hosts.filling.notes import move_comments, move_old_drawing
from addin.hosts.filling.pivots import TO_PIVOT, move_output, outputs, renew_caches
from addin.hosts.filling.saying import Remarks
from addin.hosts.filling.settings import odd_settings
from addin.hosts.filling.shared import Shared
from addin.hosts.filling.sheet_data import NewRows
from addin.hosts.filling.sheet_extensions import SheetExtensions
from addin.hosts.filling.sheet_formulas import SheetFormulas
from addin.hosts.filling.sheet_frame import SheetFrame
from addin.hosts.filling.sheet_xml import SheetXml
from addin.hosts.filling.targets import Given, Target, all_tables, growth_of, targets
from addin.hosts.filling.texts import blank_texts, texts_in
from addin.hosts.filling.unmoved import check_links
from addin.hosts.filling.views import TO_VIEWS, follow_views
from addin.hosts.package import Package, Sheet, Workbook
from addin.hosts.package.vocabulary import MAIN, OFFICE
from templates.inputs import DAY, INSTANT

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_WORKSHEET, _CHART_SHEET = f"{_SHEET}.worksheet+xml", f"{_SHEET}.chartsheet+xml"
_CACHE = f"{_SHEET}.pivotCacheDefinition+xml"
_COMMENTS = f"{OFFICE}/comments"
_THREADS = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
_CONTROL = f"{OFFICE}/ctrlProp"
_REFUSED = {
    "_xmlsignatures/": ("is signed, and a signature holds for the file as it is", "Remove the signature."),
    "xl/revisions/": ("is shared with a history of its changes", "Stop sharing it in Excel."),
}


@dataclass(frozen=True, slots=True)
class Filled:
    """What came of it."""

    rows: Mapping[str, int]
    """The records in each table that was filled."""
    remarks: Sequence[str]
    """What a person should know: what the template has no column for, and what could not be carried over."""


class _Filling:
    """One template on its way."""

    def __init__(self, package: Package, given: Sequence[Given], month: str) -> None:
        self.package = package
        self.workbook = Workbook(package)
        self.remarks = Remarks()
        self.month = month
        _refuse(package)
        self.tables = all_tables(self.workbook)
        self.targets = targets(package, self.tables, given)
        self.sheets = self.workbook.sheets()
        self.xml = {sheet.name: self._opened(sheet) for sheet in self.sheets if self._is_worksheet(sheet)}
        self.growths = [
            (one, growth_of(one, self.tables, self.xml[one.found.sheet.name])) for one in self.targets
        ]
        by_sheet: dict[str, list[Growth]] = {}
        for target, growth in self.growths:
            by_sheet.setdefault(target.found.sheet.name, []).append(growth)
        self.follower = Follower(Moves(by_sheet), tuple(sheet.name for sheet in self.sheets))
        self.growing = growing_words(self.workbook, self.follower)
        self.dates = date_styles(package)
        properties = package.find(package.document, "workbookPr", namespace=MAIN)
        self.is_1904 = any(one.attributes.get("date1904") in ("1", "true") for one in properties)

    def run(self) -> Filled:
        for target in self.targets:
            self._say_what_is_lacking(target)
        for line in odd_settings(self.workbook, self.xml, self.targets):
            self.remarks.add(line)
        former = {place for one in self.targets for place in self._texts_of(one)}
        if self.month:
            self._set_month()
        for sheet in self.sheets:
            if sheet.name in self.xml:
                self._sheet(sheet, self.xml[sheet.name])
            self._around(sheet)
        for xml in self.xml.values():
            former.difference_update(texts_in(xml.rows))
        blank_texts(self.package, former)
        for found in self.tables:
            follow_table(self.package, found, self.follower)
        types = {part: self.package.content_type(part) for part in self.package.parts}
        for part, kind in types.items():
            if kind in CHART_TYPES:
                follow_chart(self.package, part, self.follower)
            elif kind == SHAPES_OF_CHART:
                follow_shapes_of_chart(self.package, part, self.follower)
        renew_caches(self.package, [part for part, kind in types.items() if kind == _CACHE], self.follower)
        follow_names(self.package, self.follower, self.remarks)
        self.workbook.calculate_on_opening()
        rows = {one.given.table.name: len(one.given.records) for one in self.targets}
        return Filled(rows, tuple(self.remarks.lines))

    def _sheet(self, sheet: Sheet, xml: SheetXml) -> None:
        shared = Shared(xml.scanner, xml.rows)
        here = [(one, growth) for one, growth in self.growths if one.found.sheet == sheet]
        new = [
            NewRows(
                xml.scanner,
                growth,
                self._columns(one, growth, xml, shared),
                one.given.records,
                self.follower.moves.shift(sheet.name, growth),
                self.is_1904,
            )
            for one, growth in sorted(here, key=lambda one: -one[1].data.top)
        ]
        formulas = SheetFormulas(
            self.package.name,
            sheet.name,
            xml.scanner,
            shared,
            self.follower,
            outputs(self.package, sheet),
            self.remarks,
            self.growing,
        )
        xml.rows = formulas.rewritten(xml.rows)
        for one in new:
            xml.rows = one.into(xml.rows)
        frame = SheetFrame(self.package, sheet, xml.frame, self.follower, self.remarks)
        frame.rewrite(next((row.number for row in reversed(xml.rows) if row.cells), 1))
        SheetExtensions(frame).rewrite()
        self.package.put(sheet.part, xml.result())

    def _texts_of(self, target: Target) -> Iterator[int]:
        """The places of the texts in its former rows."""
        data = target.found.data
        rows = self.xml[target.found.sheet.name].rows
        return texts_in(row for row in rows if data.top <= row.number <= data.bottom)

    def _columns(self, target: Target, growth: Growth, xml: SheetXml, shared: Shared) -> Sequence[NewColumn]:
        columns = NewColumns(self.package, target, growth, xml, shared, self.follower, self.remarks).made()
        for ours, header, column in zip(target.columns, target.found.table.columns, columns, strict=True):
            if ours and ours.kind in (DAY, INSTANT) and column.of and column.style not in self.dates:
                self.remarks.add(
                    f"{target.found.table.name}[{header}] holds dates, and its first row is not formatted as "
                    "one: they are shown as numbers."
                )
        return columns

    def _around(self, sheet: Sheet) -> None:
        """What other parts say of a sheet."""
        package, follower = self.package, self.follower
        for one in package.relationships(sheet.part):
            if one.type == f"{OFFICE}/drawing":
                move_drawing(package, one.part, sheet.name, follower, self.remarks)
            elif one.type == TO_PIVOT:
                move_output(package, one.part, sheet.name, follower)
            elif one.type == TO_VIEWS:
                follow_views(package, one.part, sheet.name, follower)
            elif one.type in (_COMMENTS, _THREADS) and follower.moves.change(sheet.name):
                move_comments(package, one.part, sheet.name, follower)
        for one in package.relationships(sheet.part):
            if one.type == f"{OFFICE}/vmlDrawing":
                move_old_drawing(package, one.part, sheet.name, follower)
            elif one.type == _CONTROL:
                with package.edit(one.part) as xml:
                    check_links(xml, f"{package.name}: sheet {sheet.name}", sheet.name, follower)

    def _set_month(self) -> None:
        found = month_cell(self.workbook)
        if found is None:
            self.remarks.add("The template has no cell named month: the month was not written.")
            return
        name, row, column = found
        sheet = next((one for one in self.xml if one.casefold() == name.casefold()), None)
        if sheet is None or any(one.data.holds(row, column) for one in self.follower.moves.on(name)):
            raise TollsheetError(
                f'{self.package.name}: the name "month" leads to no cell that can hold it',
                "Let it name a cell outside the tables.",
            )
        xml = self.xml[sheet]
        place = (row, column)
        xml.rows = with_month(xml.scanner, xml.rows, place, self.month, self.dates, is_1904=self.is_1904)

    def _say_what_is_lacking(self, target: Target) -> None:
        records = target.given.records
        left = [one for one in target.lacking if any(one.of(each) not in (None, "") for each in records)]
        if left:
            self.remarks.add(
                f"{target.found.table.name} has no column {in_quotes(one.header for one in left)}: what the "
                "files say of that is left out."
            )

    def _is_worksheet(self, sheet: Sheet) -> bool:
        kind = self.package.content_type(sheet.part)
        if kind in (_WORKSHEET, _CHART_SHEET):
            return kind == _WORKSHEET
        raise TollsheetError(
            f'{self.package.name}: "{sheet.name}" is a macro sheet or a dialog of an old Excel',
            "Take it out, and save the workbook.",
        )

    def _opened(self, sheet: Sheet) -> SheetXml:
        return SheetXml.of(self.package.content(sheet.part), f"{self.package.name}: sheet {sheet.name}")


def fill(package: Package, given: Sequence[Given], month: str = "") -> Filled:
    """Fill the tables of a template, and set its month (YYYY-MM). The package is changed, not written.

    Raises TollsheetError where the template cannot be filled without damage; the package is of no use then.
    """
    with resting_collector():
        return _Filling(package, given, month).run()


def _refuse(package: Package) -> None:
    for part in package.parts:
        for folder, (problem, remedy) in _REFUSED.items():
            if part.startswith(folder):
                raise TollsheetError(
                    f"{package.name} {problem}", f"{remedy} Then save it under another name."
                )
