"""One currency's bridge on the Summary: fifteen live rows and the waterfall under them."""

from __future__ import annotations

from dataclasses import dataclass

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from addin.reconcile.lines import BILLED, EXPECTED, MISSING_IN_BILL, ROUNDING, TALKED, UNEXPLAINED, UNRATED
from addin.reports.reconciliation.data import Bridge, Step
from templates import look as styles
from templates.cells import write_value
from templates.look import Look
from templates.reconciliation import waterfall
from templates.reconciliation.formulas import COST, MEASURES, Live, Totals
from templates.reconciliation.shown import Shown
from templates.reconciliation.tables import Tables
from templates.text import text_lines

WIDTHS = (19, 11, 18, 18, 10, 38, 35)
"""Step, calls, minutes, cost, owner, meaning, what to do: the columns of the whole sheet."""
HEADS = ("Step", "Calls", "Minutes", "Cost", "Owner", "Meaning", "What to do")
_CHART_ROWS = 22
_LINE_POINTS = 12.75
_CHART_WIDTH = 530
"""Pixels; two of them stand side by side under the table."""


@dataclass(frozen=True, slots=True)
class PlacedBridge:
    """A bridge and the (zero-based) row of its first step."""

    bridge: Bridge
    first_row: int
    shown: Shown

    @property
    def has_charts(self) -> bool:
        """Nothing but counts cannot be drawn."""
        return any(step.sum.minutes or step.sum.cost for step in self.bridge.steps)

    @property
    def end_row(self) -> int:
        """The first row below its steps, charts (or the rows for them) and a blank row."""
        return self.first_row + len(self.bridge.steps) + 1 + _CHART_ROWS

    def row(self, step: str) -> int:
        return self.first_row + [one.name for one in self.bridge.steps].index(step)

    def cell(self, step: str, measure: str) -> str:
        """The absolute address of one figure, e.g. `$B$21`."""
        return str(xl_rowcol_to_cell(self.row(step), 1 + MEASURES.index(measure), True, True))

    def cells(self, first: str, last: str, measure: str) -> str:
        column = 1 + MEASURES.index(measure)
        return str(xl_range(self.row(first), column, self.row(last), column))


def write_bridge(sheet: Worksheet, look: Look, tables: Tables, live: Live, placed: PlacedBridge) -> None:
    """Write the table from two rows above the first step, and the charts under it."""
    bridge, first = placed.bridge, placed.first_row
    several = len(tables.report.bridges) > 1
    currency = f" in {bridge.currency}" if bridge.currency else " without a currency" if several else ""
    sheet.set_row(first - 2, 24)
    heading = f"Bridge{currency}: from the time talked to the bill"
    sheet.write_string(first - 2, 0, heading, look.heading())
    for column, head in enumerate(HEADS):
        sheet.write_string(first - 1, column, head, look.head(right=column in (1, 2, 3)))
    totals = Totals(tables, bridge.currency)
    for step in bridge.steps:
        _write_step(sheet, look, totals, live, placed, step)
    if placed.has_charts:
        value_column = 1 + MEASURES.index(waterfall.measure_of(bridge))
        waterfall.write_figures(sheet, look, bridge, first, value_column)
        _insert_charts(sheet, look, placed)
    else:
        for row in range(placed.end_row - _CHART_ROWS, placed.end_row):
            sheet.set_row(row, None, None, {"hidden": True})


def _write_step(
    sheet: Worksheet, look: Look, totals: Totals, live: Live, placed: PlacedBridge, step: Step
) -> None:
    row, is_total = placed.row(step.name), step.name in waterfall.TOTALS
    base = (
        look.format(top=1, bottom=1, bold=True, bg_color=styles.PALE, align="left", indent=1)
        if is_total
        else look.words()
    )
    sheet.write_string(row, 0, step.name, base)
    for index, measure in enumerate(MEASURES):
        cells = {name: placed.cell(name, measure) for name in (EXPECTED, BILLED)}
        above = placed.cells(TALKED, UNRATED, measure)
        formula = totals.step(step.name, measure, f"$A{row + 1}", above, cells)
        value = getattr(step.sum, measure)
        live.write(sheet, row, 1 + index, formula, value, _figure_format(look, placed.shown, index, is_total))
    text = (
        look.format(top=1, bottom=1, bg_color=styles.PALE, text_wrap=True, align="left", indent=1)
        if is_total
        else look.words(text_wrap=True)
    )
    for column, words in enumerate((step.owner, step.meaning, step.action), 4):
        write_value(sheet, row, column, words, text)
    lines = max(text_lines(step.meaning, WIDTHS[5] - 2), text_lines(step.action, WIDTHS[6] - 2))
    sheet.set_row(row, lines * _LINE_POINTS + 3)


def _figure_format(look: Look, shown: Shown, index: int, is_total: bool) -> Format:
    if is_total:
        properties = {"top": 1, "bottom": 1, "bold": True, "bg_color": styles.PALE}
        return look.format(num_format=shown.formats()[index], align="right", **properties)
    return look.figure(shown.formats(is_signed=True)[index])


def _insert_charts(sheet: Worksheet, look: Look, placed: PlacedBridge) -> None:
    bridge, row = placed.bridge, placed.first_row + 15
    measure = waterfall.measure_of(bridge)
    unit = (bridge.currency or "cost") if measure == COST else "minutes"
    halves = (
        (f"From talked to expected, {unit}", TALKED, EXPECTED),
        (f"From expected to billed, {unit}", EXPECTED, BILLED),
    )
    for index, (title, first, last) in enumerate(halves):
        rows = (placed.row(first), placed.row(last))
        offset = rows[0] - placed.first_row
        chart = waterfall.chart(sheet, look, bridge, title, rows, offset)
        chart.set_size({"width": _CHART_WIDTH, "height": (_CHART_ROWS - 1) * 20})
        place = {"description": title, "x_offset": index * (_CHART_WIDTH + 16), "y_offset": 8}
        sheet.insert_chart(row, 0, chart, place)


def explained_cells(placed: PlacedBridge, measure: str) -> str:
    """The steps between the two totals."""
    return placed.cells(MISSING_IN_BILL, UNEXPLAINED, measure)


def counted_cells(placed: PlacedBridge, measure: str) -> str:
    """The steps before `expected`."""
    return placed.cells(TALKED, ROUNDING, measure)
