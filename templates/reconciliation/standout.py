"""The Summary's block "What stands out": facts, and what may explain them, a line each.

It takes the same rows whatever it says: people's own formulas lead to the cells below it.
"""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from addin.reports.reconciliation.data import ReconciliationReport
from templates import look as styles
from templates.look import Look
from templates.reconciliation.wording import calm_text
from templates.text import cell_text, text_lines

_LINE_POINTS = 13
_PADDING_POINTS = 6
_TALLEST_ROW = 400
"""Points; Excel allows 409."""


def groups_of(report: ReconciliationReport, notes: Sequence[str]) -> dict[str, list[str]]:
    """The sentences beside each label, one at least; `notes` on the workbook come first."""
    seen = [*notes, *report.facts]
    if not (seen or report.patterns):
        return {"Seen": ["Nothing that stands out."], "Explained by": [calm_text(report)]}
    return {
        "Seen": seen or ["Nothing else than the variance."],
        "Explained by": list(report.patterns) or ["No known pattern."],
    }


def write_standout(
    sheet: Worksheet,
    look: Look,
    report: ReconciliationReport,
    row: int,
    widths: tuple[int, ...],
    notes: Sequence[str],
) -> int:
    """Write the block across all columns, as high as its text; gives the first row below it.

    Each label has a row and one more for each currency, so that many sentences fit.
    """
    last = len(widths) - 1
    sheet.set_row(row, 18)
    sheet.merge_range(row, 0, row, last, "", look.head())
    sheet.write_string(row, 0, "What stands out", look.head())
    fill = {"bg_color": styles.PALE, "valign": "vcenter"}
    named = look.words(bold=True, font_color=styles.HEAD, **fill)
    words = look.words(text_wrap=True, **fill)
    rows = 1 + len(report.bridges)
    first = row + 1
    for label, sentences in groups_of(report, notes).items():
        text, lines = _fitting(sentences, sum(widths[1:]) - 3, rows)
        end = first + rows - 1
        sheet.merge_range(first, 0, end, 0, "", named)
        sheet.write_string(first, 0, label, named)
        sheet.merge_range(first, 1, end, last, "", words)
        sheet.write_string(first, 1, text, words)
        for one in range(first, end + 1):
            sheet.set_row(one, (lines * _LINE_POINTS + _PADDING_POINTS) / rows)
        first = end + 1
    return first


def _fitting(sentences: Sequence[str], width: float, rows: int) -> tuple[str, int]:
    """The sentences as one text and its lines; what does not fit is counted, and said to be elsewhere."""
    most = (_TALLEST_ROW * rows - _PADDING_POINTS) // _LINE_POINTS
    mark = "\N{BULLET} " if len(sentences) > 1 else ""
    texts = [mark + cell_text(sentence) for sentence in sentences]
    heights = [text_lines(text, width) for text in texts]
    shown = len(texts)
    if sum(heights) > most:
        while shown > 1 and sum(heights[:shown]) > most - 1:
            shown -= 1
        texts[shown:] = [
            f"\N{BULLET} {len(texts) - shown} more do not fit here: tollsheet reconcile says them."
        ]
        heights[shown:] = [1]
    return "\n".join(texts), min(sum(heights), most)
