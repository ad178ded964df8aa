"""Charts and pivot tables in Excel that lead to certain sheets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from addin.hosts.excel.reading import items
from addin.hosts.open_workbook.leading import Leading


@dataclass(frozen=True, slots=True)
class ExcelSeries:
    """One series of a chart: its formula names its cells."""

    place: str
    series: Any
    text: str

    @property
    def formulas(self) -> list[str]:
        return [self.text]

    def leads_to(self, leading: Leading) -> bool:
        return self.text in leading

    def restore(self) -> None:
        if self.series.Formula != self.text:
            self.series.Formula = self.text


def charts_on(sheet: Any, leading: Leading) -> Iterator[ExcelSeries]:
    """The series of charts on a sheet that show cells from there."""
    for chart in sheet.charts:
        for series, text in _series_of(chart):
            if text in leading:
                yield ExcelSeries(f'the chart "{chart.name}" on the sheet "{sheet.name}"', series, text)


def pivots_on(sheet: Any, leading: Leading) -> Iterator[str]:
    """The pivot tables on a sheet that are fed from there."""
    for one in items(sheet.api.PivotTables()):
        if leading.may_hold(_source_of(one)):
            yield f'the pivot table "{one.Name}"'


def _series_of(chart: Any) -> Iterator[tuple[Any, str]]:
    for one in chart.series:
        try:
            yield one.api, str(one.api.Formula)
        except Exception:  # pywin32's own: the series of a pivot chart or a map has no formula
            continue


def _source_of(pivot: Any) -> str:
    try:
        return str(pivot.SourceData)
    except Exception:  # pywin32's own: one that is fed from outside has no cells
        return ""
