"""The sheet Summary: the verdict, expected against billed, the bridge from the time talked to the bill."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from addin.reconcile.lines import (
    BILLED,
    DUPLICATES,
    EXPECTED,
    MISSING_IN_BILL,
    STEPS,
    TALKED,
    UNEXPLAINED,
)
from addin.reports.reconciliation.steps import STEP_TEXTS
from templates import look as styles
from templates.blank.reconciliation.calls import beyond_tolerance
from templates.blank.reconciliation.common import NOT_PRICED
from templates.blank.reconciliation.filled import Filled
from templates.blank.reconciliation.steps import FIRST, SUMMARY, Figures, figures, formula
from templates.reconciliation.bridge_table import HEADS
from templates.reconciliation.formulas import MEASURES
from templates.report_names import total_name
from templates.shared.book import Book
from templates.shared.checks import write_line
from templates.shared.tables import write_shown
from templates.text import text_lines

TO_CHECK = "to check"
_NOTE = "All times are UTC. Minutes and cost are shown rounded: the cells hold up to ten decimals."
_BY_CALL = "Compared call by call, with the provider's call records."
_UNPRICED = "Without records that have no price yet: see their column To check."
_BY_TOTALS = "Compared by totals, with usage records alone: the whole difference is unexplained."
WIDTHS = (27, 10, 15, 16, 11, 38, 36)
TOTALS = (TALKED, EXPECTED, BILLED)
_FORMATS = (styles.COUNT, "#,##0.00##", "#,##0.00####")
_VERDICT, _COUNTS, _SIDES, _BRIDGE = 4, 6, 11, FIRST - 2
"""The first rows of the parts (zero-based)."""
_CHART_ROWS = 18


def write_summary(book: Book, filled: Filled, failing: int) -> None:
    """The verdict, the totals, the bridge and its chart; `failing` is the number of checks that fail."""
    settled = filled.settled
    sheet = book.result_sheet(SUMMARY, WIDTHS, _NOTE, portrait=True)
    sheet.fit_to_pages(1, 1)
    write_line(book, sheet, 2, 0, failing)
    _write_verdict(book, sheet, filled, failing)
    _write_counts(book, sheet, filled)
    shown = figures(filled)
    _write_sides(book, sheet, shown, settled.rows.currency)
    _write_unpriced(book, sheet, filled)
    _write_bridge(book, sheet, shown)
    _insert_chart(book, sheet)


def _write_verdict(book: Book, sheet: Worksheet, filled: Filled, failing: int) -> None:
    """As the reconciliation says it, and not before the checks pass."""
    look = book.look
    calls, minutes, cost = (f"variance_{measure}" for measure in MEASURES)
    is_any = f"OR({calls}<>0,{minutes}<>0,{cost}<>0)"
    beyond = (
        f"OR(calls_beyond>0,AND(records_billed>0,days_beyond>0),AND(records_billed=0,categories_beyond>0),"
        f"{beyond_tolerance(minutes, cost, is_any)})"
    )
    other = "".join(
        f'+COUNTIFS(Billed[{column}],"{sign}0")'
        for column in ("Minutes too many", "Cost too much")
        for sign in "<>"
    )
    within = f'IF(OR({is_any},0{other}>0),"within tolerance","balanced")'
    text = f'IF(checks_failing>0,"{TO_CHECK}",IF({beyond},"out of balance",{within}))'
    shown = look.format(bold=True, font_size=13, font_color=styles.HEAD, valign="vcenter")
    sheet.set_row(_VERDICT, 22)
    sheet.write_string(_VERDICT, 0, "Verdict", look.format(bold=True, indent=1, valign="vcenter"))
    verdict = TO_CHECK if failing else filled.settled.result.verdict
    write_shown(sheet, _VERDICT, 1, text, shown, verdict)


def _write_counts(book: Book, sheet: Worksheet, filled: Filled) -> None:
    look, settled = book.look, filled.settled
    found = [row["Difference"] for row in (*filled.calls, *filled.billed) if row.get("Difference")]
    copies = sum(row.get("Difference") == DUPLICATES for row in filled.billed)
    counts = (
        ("Records on the bill", "records_billed", 'COUNTIFS(Billed[Base],"?*")', len(settled.rows.billed)),
        (
            "Usage records counted",
            "records_usage",
            'COUNTIFS(Usage[In total],"yes")',
            sum(line.in_total for line in settled.result.usage),
        ),
        (
            "Differences listed",
            "differences_found",
            'COUNTIFS(Calls[Difference],"?*")+COUNTIFS(Billed[Difference],"?*")',
            len(found),
        ),
        (
            "Of these, beyond the tolerance",
            "calls_beyond",
            f'differences_found-COUNTIFS(Billed[Difference],"{DUPLICATES}")',
            len(found) - copies,
        ),
    )
    for row, (label, name, text, value) in enumerate(counts, _COUNTS):
        sheet.write_string(row, 0, label, look.words())
        write_shown(sheet, row, 1, text, look.figure(styles.COUNT), value)
        book.define(name, SUMMARY, row, 1)
    mode = f'IF(records_billed>0,"{_BY_CALL}","{_BY_TOTALS}")'
    said = _BY_CALL if settled.by_call else _BY_TOTALS
    write_shown(sheet, _COUNTS, 2, mode, look.format(font_color=styles.MUTED, indent=1), said)


def _write_sides(book: Book, sheet: Worksheet, shown: Figures, currency: str) -> None:
    look = book.look
    heads = ("Side", "Calls", "Minutes", "Cost")
    for index, head in enumerate(heads):
        sheet.write_string(_SIDES, index, head, look.head(right=index > 0))
    write_shown(sheet, _SIDES, 4, "currency", look.format(font_color=styles.MUTED, indent=1), currency)
    for row, name in enumerate((EXPECTED, BILLED, "variance"), _SIDES + 1):
        bold = name == "variance"
        sheet.write_string(row, 0, name.capitalize(), look.words(bold=bold))
        for index, measure in enumerate(MEASURES):
            column = "BCD"[index]
            if bold:
                text = f"ROUND({column}{row}-{column}{row - 1},10)"
                value = shown[measure][BILLED] - shown[measure][EXPECTED]
            else:
                text = f"{column}{FIRST + 1 + STEPS.index(name)}"
                value = shown[measure][name]
            figure = look.figure(styles.signed(_FORMATS[index]) if bold else _FORMATS[index], bold=bold)
            write_shown(sheet, row, 1 + index, text, figure, value)
            book.define(total_name(name, measure), SUMMARY, row, 1 + index)
    alarm = {"type": "cell", "criteria": "!=", "value": 0, "format": look.alarm()}
    sheet.conditional_format(_SIDES + 3, 1, _SIDES + 3, 3, alarm)


def _write_unpriced(book: Book, sheet: Worksheet, filled: Filled) -> None:
    """Beside the cost that lacks them: a sum of no price at all would look like 0."""
    asked = (("Billed", filled.billed), ("Usage", filled.usage))
    found = (f'COUNTIFS({table}[To check],"{NOT_PRICED}",{table}[Counted in],currency)' for table, _ in asked)
    text = f'IF({"+".join(found)}>0,"{_UNPRICED}","")'
    is_any = any(row.get("To check") == NOT_PRICED for _, rows in asked for row in rows)
    shape = book.look.format(font_color=styles.BAD, indent=1)
    write_shown(sheet, _SIDES + 2, 4, text, shape, _UNPRICED if is_any else "")


def _write_bridge(book: Book, sheet: Worksheet, shown: Figures) -> None:
    look = book.look
    sheet.set_row(_BRIDGE, 24)
    sheet.write_string(_BRIDGE, 0, "Bridge: from the time talked to the bill", look.heading())
    for index, head in enumerate(HEADS):
        sheet.write_string(_BRIDGE + 1, index, head, look.head(right=index in (1, 2, 3)))
    for row, step in enumerate(STEPS, FIRST):
        is_total, text = step in TOTALS, STEP_TEXTS[step]
        fill = {"bold": True, "bg_color": styles.PALE} if is_total else {}
        sheet.write_string(row, 0, step, look.words(**fill))
        for index, measure in enumerate(MEASURES):
            shape = _FORMATS[index] if is_total else styles.signed(_FORMATS[index])
            value = shown[measure][step]
            write_shown(sheet, row, 1 + index, formula(step, measure), look.figure(shape, **fill), value)
        words = look.words(text_wrap=True, **({"bg_color": styles.PALE} if is_total else {}))
        for index, said in enumerate((text.owner, _meaning(step), _action(step)), 4):
            sheet.write_string(row, index, said, words) if said else sheet.write_blank(
                row, index, None, words
            )
        lines = max(text_lines(_meaning(step), WIDTHS[5] - 2), text_lines(_action(step), WIDTHS[6] - 2))
        sheet.set_row(row, lines * 12.75 + 3)


def _meaning(step: str) -> str:
    return STEP_TEXTS[step].meaning


def _action(step: str) -> str:
    return STEP_TEXTS[step].action.replace("run again", "paste again")


def _insert_chart(book: Book, sheet: Worksheet) -> None:
    """The steps from expected to billed, live."""
    first, last = (FIRST + STEPS.index(name) for name in (MISSING_IN_BILL, UNEXPLAINED))
    gray = {"color": styles.MUTED, "size": 9, "name": styles.FONT}
    chart = book.look.chart(type="column")
    chart.add_series(
        {
            "name": "Cost",
            "categories": [SUMMARY, first, 0, last, 0],
            "values": [SUMMARY, first, 3, last, 3],
            "fill": {"color": styles.RISE_BAR},
            "gap": 60,
            "data_labels": {"value": True, "num_format": "+#,##0.00##;-#,##0.00##;;", "font": gray},
        }
    )
    title = "What makes billed differ from expected, cost by step"
    chart.set_title({"name": title, "name_font": {"size": 11, "color": styles.HEAD, "name": styles.FONT}})
    chart.set_x_axis({"num_font": gray, "label_position": "low", "line": {"color": styles.MUTED}})
    chart.set_y_axis(
        {
            "num_font": gray,
            "num_format": "#,##0.00##",
            "line": {"none": True},
            "major_gridlines": {"visible": True, "line": {"color": styles.LINE, "width": 0.5}},
        }
    )
    chart.set_legend({"none": True})
    chart.set_chartarea({"border": {"none": True}})
    chart.set_size({"width": sum(7 * width + 5 for width in WIDTHS), "height": _CHART_ROWS * 20})
    place = {"description": title, "object_position": 2, "y_offset": 8}
    sheet.insert_chart(FIRST + len(STEPS), 0, chart, place)
