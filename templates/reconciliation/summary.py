"""The sheet Summary: the verdict, what stands out, the totals, the bridges, the checks."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from addin.reconcile.lines import BILLED, EXPECTED
from addin.reports.reconciliation.data import ReconciliationReport
from templates import look as styles
from templates.look import Look, set_up_page
from templates.reconciliation import waterfall
from templates.reconciliation.bridge_table import WIDTHS, PlacedBridge, write_bridge
from templates.reconciliation.checks import write_checks
from templates.reconciliation.formulas import MEASURES, Live, Totals
from templates.reconciliation.records import absent_note
from templates.reconciliation.shown import Shown, shown_of
from templates.reconciliation.standout import write_standout
from templates.reconciliation.tables import NO_CURRENCY, Tables
from templates.reconciliation.wording import basis_of, difference, sentence_of, title_of
from templates.report_names import suffixes, total_name
from templates.text import cell_text, text_lines

_LAST = len(WIDTHS) - 1
_VERDICT_ROW = 3
_SCALE = 60
"""Percent at which the columns fill an A4 page; for several currencies, each with a page of its own."""
_VERDICTS = {
    "balanced": (styles.GOOD, styles.GOOD_PALE),
    "within tolerance": (styles.FAIR, styles.FAIR_PALE),
    "out of balance": (styles.BAD, styles.BAD_PALE),
}


def write_summary(
    sheet: Worksheet, look: Look, tables: Tables, live: Live, besides: Sequence[tuple[int, str]]
) -> None:
    """`besides` are the counts of records that are on no sheet, with the CSV that holds them.

    Nothing but the number of currencies decides in which row something stands.
    """
    report = tables.report
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_column(_LAST + 1, _LAST + 1, 3)
    sheet.set_column(waterfall.FIRST_COLUMN, waterfall.LAST_COLUMN, 14, None, {"level": 1, "hidden": True})
    sheet.set_column(waterfall.LAST_COLUMN + 1, waterfall.LAST_COLUMN + 1, None, None, {"collapsed": True})
    shown = shown_of(report.bridges)
    _write_head(sheet, look, report, shown)
    notes = [*dict.fromkeys(absent_note(report, count, name) for count, name in besides)]
    totals_row = write_standout(sheet, look, report, _VERDICT_ROW + 2, WIDTHS, notes) + 1
    sheet.set_row(totals_row - 1, 8)
    row = totals_row + 1 + 3 * len(report.bridges)
    placed, breaks = [], []
    for index, bridge in enumerate(report.bridges):
        placed.append(PlacedBridge(bridge, row + 2, shown))
        breaks += [row] if index else []
        row = placed[-1].end_row + 1
    _write_totals(sheet, look, tables, placed, totals_row)
    for one in placed:
        write_bridge(sheet, look, tables, live, one)
    write_checks(sheet, look, tables, placed, row)
    set_up_page(sheet, report.month, portrait=True)
    if len(placed) == 1:
        sheet.fit_to_pages(1, 1)
    else:
        # page breaks are ignored where a sheet is fitted to pages
        sheet.set_print_scale(_SCALE)
        sheet.set_h_pagebreaks(breaks)
    sheet.activate()
    sheet.set_first_sheet()


def _write_head(sheet: Worksheet, look: Look, report: ReconciliationReport, shown: Shown) -> None:
    """Title, note, verdict: the word in its colour, and the sentence beside it."""
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, title_of(report.month), look.title())
    note = f"Variance is billed minus expected. Month and days in UTC. {shown.note}".strip()
    sheet.write_string(1, 0, note, look.note())
    sheet.set_row(2, 6)
    is_plain = report.headline == report.verdict
    colour, pale = _VERDICTS[report.verdict if is_plain else "within tolerance"]
    word = look.format(
        bold=True, font_size=13, font_color=styles.WHITE, bg_color=colour, align="center", valign="vcenter"
    )
    said = look.format(font_size=11, bg_color=pale, valign="vcenter", text_wrap=True, indent=1)
    sheet.merge_range(_VERDICT_ROW, 0, _VERDICT_ROW, 1, "", word)
    sheet.write_string(_VERDICT_ROW, 0, report.headline.upper(), word)
    sentence = sentence_of(report)
    sheet.merge_range(_VERDICT_ROW, 2, _VERDICT_ROW, _LAST, "", said)
    sheet.write_string(_VERDICT_ROW, 2, sentence, said)
    sheet.set_row(_VERDICT_ROW, max(32, 15 * text_lines(sentence, sum(WIDTHS[2:]) - 12) + 6))
    sheet.set_row(_VERDICT_ROW + 1, 8)


def _write_totals(
    sheet: Worksheet,
    look: Look,
    tables: Tables,
    placed: Sequence[PlacedBridge],
    head_row: int,
) -> None:
    """Expected, billed, variance of each currency; beside them what is compared, and how."""
    for column, head in enumerate(("Total", "Calls", "Minutes", "Cost", "Currency")):
        sheet.write_string(head_row, column, head, look.head(right=column in (1, 2, 3)))
    sheet.merge_range(head_row, 5, head_row, _LAST, "", look.head())
    sheet.write_string(head_row, 5, "What is compared", look.head())
    sheet.set_row(head_row, 18)
    first, count = head_row + 1, 3 * len(placed)
    ends = suffixes([one.bridge.currency for one in placed])
    for index, one in enumerate(placed):
        _write_three(sheet, look, tables, one, first + 3 * index, ends[index])
    for row in range(first, first + count):
        sheet.set_row(row, 18)
    words = look.words(text_wrap=True)
    for row, text in enumerate(basis_of(tables.report), first):
        sheet.merge_range(row, 5, row, _LAST, "", words)
        sheet.write_string(row, 5, cell_text(text), words)
        sheet.set_row(row, max(18, 13 * text_lines(text, WIDTHS[5] + WIDTHS[6] - 3) + 5))
    alarm = {"type": "cell", "criteria": "!=", "value": 0, "format": look.alarm()}
    for row in range(first + 2, first + count, 3):
        sheet.conditional_format(row, 1, row, 3, alarm)


def _write_three(
    sheet: Worksheet, look: Look, tables: Tables, placed: PlacedBridge, row: int, suffix: str
) -> None:
    """`suffix` tells the names of several currencies apart."""
    bridge, live = placed.bridge, Live(frozenset())
    sums = {
        EXPECTED: bridge.step(EXPECTED).sum,
        BILLED: bridge.step(BILLED).sum,
        "variance": difference(bridge),
    }
    for offset, (name, values) in enumerate(sums.items()):
        bold = name == "variance"
        sheet.write_string(row + offset, 0, name.capitalize(), look.words(bold=bold))
        currency = bridge.currency or (NO_CURRENCY if suffix else "")
        sheet.write_string(row + offset, 4, currency, look.words(bold=bold))
        for index, measure in enumerate(MEASURES):
            if name == "variance":
                cells = (placed.cell(BILLED, measure), placed.cell(EXPECTED, measure))
                formula = Totals(tables, bridge.currency).variance(measure, *cells)
            else:
                formula = placed.cell(name, measure)
            cell_format = look.figure(placed.shown.formats(is_signed=bold)[index], bold=bold)
            live.write(sheet, row + offset, 1 + index, formula, getattr(values, measure), cell_format)
            cell = f"='{sheet.name}'!${'BCD'[index]}${row + offset + 1}"
            look.workbook.define_name(f"{total_name(name, measure)}{suffix}", cell)
