"""What on a sheet leads to other sheets: formulas, charts, and what Calc cannot be told to follow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from addin.hosts.calc import bridge, formulas
from addin.hosts.calc.bridge import Uno
from addin.hosts.open_workbook.leading import Leading
from addin.hosts.program import Formula

_ANY_RESULT = 7
_CELL = r"\$?[A-Z]{1,3}\$?\d+"
_CELLS = re.compile(rf"\$?('(?:[^']|'')+'|[^.'$;:]+)\.({_CELL}(?::{_CELL})?)")
"""Cells as charts name them: `$'By day'.$A$5:$B$9`."""


def formulas_on(sheet: Any, leading: Leading) -> Iterator[Formula]:
    """The formulas that lead there; `sheet` is the engine's own."""
    parser, seen = formulas.parser_of(sheet.book), set()
    for area in sheet.api.queryFormulaCells(_ANY_RESULT).getRangeAddresses():
        cells = sheet.at(area.StartRow, area.StartColumn, area.EndRow, area.EndColumn)
        for row, line in enumerate(cells.cells.getFormulaArray(), cells.top):
            for column, text in enumerate(line, cells.left):
                if not leading.may_hold(text):  # a printed formula costs more than all the looking
                    continue
                cell = sheet.at(row, column, row, column)
                place, shape = (cell.row, cell.column), None
                if (array := cell.array_area) is not None:
                    place, shape = (array.row, array.column), array.shape
                    if place in seen:
                        continue
                    seen.add(place)
                    text = array.formula_array
                else:
                    text = formulas.read(parser, cell.cells.getCellByPosition(0, 0))
                if text in leading:
                    yield Formula(sheet.name, *place, text, shape)


@dataclass(slots=True)
class CalcChart:
    """A chart, and the texts by which its series and its axes name their cells."""

    context: Uno
    place: str
    chart: Uno
    cells: Sequence[str]
    series: list[tuple[Uno, list[Labelled]]]
    axes: list[tuple[Uno, Labelled]]

    @property
    def formulas(self) -> list[str]:
        return [f"={sheet}!{cells}" for text in self.cells for sheet, cells in _CELLS.findall(text)]

    def leads_to(self, leading: Leading) -> bool:
        return any(map(leading.may_hold, self.cells))

    def restore(self) -> None:
        for series, sources in self.series:
            series.setData(tuple(map(self._labelled, sources)))
        for axis, source in self.axes:
            scale = axis.getScaleData()
            scale.Categories = self._labelled(source)
            axis.setScaleData(scale)

    def _labelled(self, source: Labelled) -> Uno:
        values, label = source
        made = bridge.service(self.context, "com.sun.star.chart2.data.LabeledDataSequence")
        if values is not None:
            made.setValues(self._sequence(*values))
        if label is not None:
            made.setLabel(self._sequence(*label))
        return made

    def _sequence(self, cells: str, role: str) -> Uno:
        made = self.chart.getDataProvider().createDataSequenceByRangeRepresentation(cells)
        made.Role = role
        return made


Source = tuple[str, str] | None
"""The cells of a sequence and its role in the chart."""
Labelled = tuple[Source, Source]
"""Those of the values, and of the label that names them."""


def charts_on(context: Uno, sheet: Any, leading: Leading) -> Iterator[CalcChart]:
    """The charts that show cells from there."""
    charts = sheet.api.Charts
    for name in charts.ElementNames:
        chart = charts.getByName(name).EmbeddedObject
        cells = chart.getUsedRangeRepresentations()
        if chart.hasInternalDataProvider() or not any(map(leading.may_hold, cells)):
            continue
        systems = chart.getFirstDiagram().getCoordinateSystems()
        series = [
            (one, [*map(_labelled, one.getDataSequences())])
            for system in systems
            for kind in system.getChartTypes()
            for one in kind.getDataSeries()
        ]
        axes = [
            (axis, _labelled(categories))
            for system in systems
            for axis in _axes(system)
            if (categories := axis.getScaleData().Categories) is not None
        ]
        yield CalcChart(
            context, f'the chart "{name}" on the sheet "{sheet.name}"', chart, cells, series, axes
        )


def _labelled(part: Uno) -> Labelled:
    return _source(part.getValues()), _source(part.getLabel())


def _source(sequence: Uno) -> Source:
    return None if sequence is None else (sequence.getSourceRangeRepresentation(), sequence.Role)


def _axes(system: Uno) -> Iterator[Uno]:
    for dimension in range(system.getDimension()):
        for index in range(system.getMaximumAxisIndexByDimension(dimension) + 1):
            yield system.getAxisByDimension(dimension, index)


def unkept_on(sheet: Any, leading: Leading) -> Iterator[str]:
    """What leads there and would lose its cells."""
    for name in sheet.api.getDataPilotTables().ElementNames:
        place = sheet.api.getDataPilotTables().getByName(name).SourceRange.Sheet
        if sheet.book.sheets(place + 1).name.casefold() in leading.names:
            yield f'the pivot table "{name}"'
    for rule in sheet.api.ConditionalFormats.getConditionalFormats():
        if any(_has_place(text, leading) for text in _conditions(rule)):
            yield "a conditional format"
            break
    groups = sheet.api.getUniqueCellFormatRanges()
    for index in range(groups.Count):
        rule = groups.getByIndex(index).Validation
        if _has_place(rule.getFormula1(), leading) or _has_place(rule.getFormula2(), leading):
            yield "a validity rule"
            break


def _has_place(text: str, leading: Leading) -> bool:
    """Whether a condition in Calc's own grammar, such as `$'By day'.$A$1>2`, leads there."""
    folded = text.casefold()
    return any(f"{name}." in folded or f"{name}'." in folded for name in leading.names)


def _conditions(rule: Uno) -> Iterator[str]:
    for index in range(rule.getCount()):
        entry = rule.getByIndex(index)
        for part in ("Formula1", "Formula2"):
            if entry.PropertySetInfo.hasPropertyByName(part):
                yield entry.getPropertyValue(part)
