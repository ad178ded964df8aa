"""The Summary's block "What stands out": facts, then what may explain them, a line each."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from addin.reports.reconciliation import ReconciliationReport
from templates import look as styles
from templates.look import Look
from templates.reconciliation.wording import calm_text
from templates.text import cell_text, text_lines

_LINE_POINTS = 13
_PADDING_POINTS = 5
_TALLEST_ROW = 400


def lines_of(report: ReconciliationReport) -> list[tuple[str, str]]:
    """The label and the sentence of each row; one calm row where there is nothing to say."""
    if not (report.facts or report.patterns):
        return [("", calm_text(report))]
    groups = (("Seen", report.facts), ("Explained by", report.patterns))
    return [
        ("" if index else label, sentence)
        for label, sentences in groups
        for index, sentence in enumerate(sentences)
    ]


def write_standout(
    sheet: Worksheet, look: Look, report: ReconciliationReport, row: int, widths: tuple[int, ...]
) -> int:
    """Write the block across all columns, each row as high as its text; gives the first row below it."""
    last = len(widths) - 1
    sheet.set_row(row, 18)
    sheet.merge_range(row, 0, row, last, "", look.head())
    sheet.write_string(row, 0, "What stands out", look.head())
    lines = lines_of(report)
    for label, sentence in lines:
        row += 1
        text = cell_text(sentence)
        is_alone = not (report.facts or report.patterns)
        first = 0 if is_alone else 1
        fill = {"bg_color": styles.PALE, "valign": "vcenter"}
        words = look.words(text_wrap=True, **fill)
        if not is_alone:
            sheet.write_string(row, 0, label, look.words(bold=True, font_color=styles.HEAD, **fill))
        sheet.merge_range(row, first, row, last, "", words)
        sheet.write_string(row, first, text, words)
        height = text_lines(text, sum(widths[first:]) - 3) * _LINE_POINTS + _PADDING_POINTS
        sheet.set_row(row, min(height, _TALLEST_ROW))
    return row + 1
