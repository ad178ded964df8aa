"""A report of two or three sheets, small enough to be moved many times, and all that a workbook shows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from addin.hosts.calc import bridge
from addin.hosts.calc.program import Calc
from addin.hosts.open_workbook.marks import REPORT, marked
from addin.hosts.open_workbook.transfer import Transfer
from tests.ribbon.main_thread import on_main_thread
from tests.ribbon.test_build import cells

COSTS = (1.0, 2.0, 4.0)


def write_report(path: Path, costs: Sequence[float] = COSTS, *, extra: str = "", total: str = "A2") -> Path:
    """A summary with a name and a formula over the table of the second sheet."""
    with xlsxwriter.Workbook(path) as book:
        summary, calls = book.add_worksheet("Summary"), book.add_worksheet("Calls")
        summary.hide_gridlines(2)
        summary.write_row("A1", ["cost", "first", "last"])
        summary.write_formula(total, "=SUM(Calls[Cost])", None, sum(costs))
        summary.write_formula("B2", "=Calls!B2", None, costs[0])
        book.define_name("total", f"=Summary!$A${total[1:]}")
        calls.add_table(
            0,
            0,
            len(costs),
            1,
            {
                "name": "Calls",
                "columns": [{"header": "Call"}, {"header": "Cost"}],
                "data": [[f"c{number}", cost] for number, cost in enumerate(costs)],
            },
        )
        if extra:
            book.add_worksheet(extra).write_row("A1", [1, 2])
    return path


def add_own(book: Any) -> Any:
    """What a person may build on a report: cells, an array formula, a name and a chart."""
    own = book.sheets.add("Mine")
    own["A1"].formula = "=Summary!A2*2"
    own["A2"].formula = "=SUM(Calls[Cost])"
    own["A3"].formula = "=total"
    own["A4"].formula = "=SUM(Summary:Calls!B2)"
    own["C1:C3"].formula_array = "=Calls!B2:B4*10"
    book.names.add("mine", "=Calls!$B$3")
    own["A5"].formula = "=mine"
    own.api.NamedRanges.addNewByName("local", "$Calls.$B$4", bridge.cell_address(0, 0, 0), 0)
    own["A6"].formula = "=local"
    place = bridge.struct("awt.Rectangle", 9000, 500, 8000, 6000)
    source = book.sheets["Calls"]["A1:B4"].api.getRangeAddress()
    own.api.Charts.addNewByName("costs", place, (source,), True, True)
    return own


def shown_by_chart(own: Any) -> list[tuple[str, tuple[Any, ...]]]:
    """The cells that the chart names for its categories and its series, and what they hold."""
    chart = own.api.Charts.getByName("costs").EmbeddedObject
    system = chart.getFirstDiagram().getCoordinateSystems()[0]
    sequences = [system.getAxisByDimension(0, 0).getScaleData().Categories]
    for series in system.getChartTypes()[0].getDataSeries():
        sequences += series.getDataSequences()
    values = [part.getValues() for part in sequences]
    return [(one.getSourceRangeRepresentation(), one.getData()) for one in values]


def state(book: Any) -> dict[str, Any]:
    """All that a person would miss: sheets, values, formulas, tables, names, charts."""
    book.app.calculate()
    found: dict[str, Any] = {"names": sorted((name.name, name.refers_to) for name in book.names)}
    for index, sheet in enumerate(book.sheets):
        found[sheet.name] = (
            index,
            cells(sheet),
            sheet.used_range.formula,
            sorted((table.name, table.range.address) for table in sheet.tables),
            [
                sheet.api.Charts.getByName(name).EmbeddedObject.getUsedRangeRepresentations()
                for name in sheet.api.Charts.ElementNames
            ],
        )
    pages = book.api.StyleFamilies.getByName("PageStyles").ElementNames
    return found | {"pages": sorted(pages), "tables": sorted(book.api.DatabaseRanges.ElementNames)}


def move(book: Any, program: Calc, path: Path) -> Transfer:
    """Into the workbook, in the place of an earlier report, on LibreOffice's main thread."""
    transfer = Transfer(book, program, path, REPORT, marked(book, REPORT))

    def run() -> None:
        transfer.run()

    on_main_thread(program.context, run)
    return transfer
