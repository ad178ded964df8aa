"""The sheet Summary: expected against billed, and the bridge from the time talked to the bill."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from xlsxwriter.worksheet import Worksheet

from addin.reconcile.lines import (
    BILLED,
    CREDIT,
    DUPLICATES,
    DURATION,
    EXPECTED,
    MISSING_IN_BILL,
    MISSING_IN_LOG,
    RATE,
    REMOVED,
    ROUNDING,
    STATUS,
    STEPS,
    TALKED,
    UNEXPLAINED,
)
from addin.reconcile.measure import Measure, printed
from addin.reports.reconciliation.steps import STEP_TEXTS
from templates import look as styles
from templates.blank.reconciliation.calls import beyond_tolerance
from templates.blank.reconciliation.filled import Filled
from templates.reconciliation.bridge_table import HEADS
from templates.reconciliation.formulas import MEASURES, minutes_of, rounded
from templates.reconciliation.names import total_name
from templates.shared.book import Book
from templates.shared.checks import write_line
from templates.shared.tables import Row, write_shown
from templates.text import text_lines

SUMMARY = "Summary"
TO_CHECK = "to check"
_NOTE = "All times are UTC. Minutes and cost are shown rounded: the cells hold up to ten decimals."
_BY_CALL = "Compared call by call, with the provider's call records."
_BY_TOTALS = "Compared by totals, with usage records alone: the whole difference is unexplained."
WIDTHS = (27, 10, 15, 16, 11, 38, 36)
TOTALS = (TALKED, EXPECTED, BILLED)
_FORMATS = (styles.COUNT, "#,##0.00##", "#,##0.00####")
_VERDICT, _COUNTS, _SIDES, _BRIDGE = 4, 6, 11, 16
"""The first rows of the parts (zero-based)."""
FIRST = _BRIDGE + 2
Figures = dict[str, dict[str, Decimal | int]]
_CHART_ROWS = 18

CALLS, MINUTES, COST = MEASURES
_CURRENCY = {name: f"{name}[Counted in],currency" for name in ("Calls", "Billed", "Usage")}


def total(measure: str, table: str, *where: str) -> str:
    """One figure of the rows of a table, in the currency of the settings."""
    asked = ",".join((_CURRENCY[table], *where))
    if table == "Usage":
        return f"SUMIFS(Usage[{measure.capitalize()}],{asked})"
    if measure == CALLS:
        return f"COUNTIFS({asked})" if table == "Calls" else f"COUNTIFS({asked},Billed[Credit],0)"
    seconds = "Calls[Expected seconds]" if table == "Calls" else "Billed[Billed seconds]"
    cost = "Calls[Expected cost]" if table == "Calls" else "Billed[Cost]"
    return f"SUMIFS({cost},{asked})" if measure == COST else minutes_of(f"SUMIFS({seconds},{asked})")


COUNTED = 'Billed[Counted],"yes"'
IN_TOTAL = 'Usage[In total],"yes"'


def billed(measure: str) -> str:
    """The bill's total: the provider's own sums where there are any, else its records."""
    return f"IF(records_usage>0,{total(measure, 'Usage', IN_TOTAL)},{total(measure, 'Billed', COUNTED)})"


def _talked(measure: str, step: str) -> str:
    """Before any rule; every row that can be read has one of these steps."""
    where = f'{_CURRENCY["Calls"]},Calls[Step],"{step}"'
    if measure == CALLS:
        return f"COUNTIFS({where})"
    if measure == MINUTES:
        return minutes_of(f"SUMIFS(Calls[Seconds],{where})")
    return f"SUMIFS(Calls[Talked cost],{where})"


def formula(step: str, measure: str) -> str:
    """The figure of a step, in the cell below those of the steps before it."""
    column = "BCD"[MEASURES.index(measure)]

    def cell(name: str) -> str:
        return f"{column}{FIRST + 1 + STEPS.index(name)}"

    def difference(name: str) -> str:
        return total(measure, "Billed", f'Billed[Step],"{name}"')

    if step == TALKED:
        text = "+".join(_talked(measure, name) for name in (*REMOVED, EXPECTED))
    elif step in REMOVED:
        text = f"-{_talked(measure, step)}"
    elif step == ROUNDING:
        text = f"{cell(EXPECTED)}-SUM({cell(TALKED)}:{cell(REMOVED[-1])})"
    elif step == EXPECTED:
        text = total(measure, "Calls", f'Calls[Step],"{EXPECTED}"')
    elif step == MISSING_IN_BILL:
        text = f"-{total(measure, 'Calls', f'Calls[Outcome],{chr(34)}{step}{chr(34)}')}"
    elif step == MISSING_IN_LOG:
        text = difference(step)
    elif step == STATUS:
        ours = total(measure, "Calls", f'Calls[Outcome],"{STATUS}"')
        text = f"{difference(STATUS)}-{ours}"
    elif step == DURATION:
        text = {
            CALLS: "0",
            MINUTES: minutes_of(f"SUMIFS(Billed[Duration seconds],{_CURRENCY['Billed']})"),
            COST: f"SUMIFS(Billed[Duration cost],{_CURRENCY['Billed']})",
        }[measure]
    elif step == RATE:
        more = f"+SUMIFS(Billed[Rate cost],{_CURRENCY['Billed']})" if measure == COST else ""
        text = f"{difference(RATE)}{more}"
    elif step == UNEXPLAINED:
        credits = total(measure, "Billed", f'Billed[Step],"{CREDIT}"')
        by_call = f"{total(measure, 'Billed', COUNTED)}-{credits}"
        text = f"{cell(BILLED)}-IF(records_billed>0,{by_call},{cell(EXPECTED)})"
    else:
        text = billed(measure)
    return text if measure == CALLS else rounded(text)


def figures(filled: Filled) -> Figures:
    """What the formulas give, by measure and step: each rounded by itself, `rounding` and `unexplained` from
    rounded totals."""
    settled = filled.settled
    steps = settled.result.bridges[settled.rows.currency]
    found: Figures = {}
    for measure in MEASURES:
        exact = {name: Fraction(getattr(one, measure)) for name, one in steps.items()}
        shown: dict[str, Decimal | int] = {name: printed(value) for name, value in exact.items()}
        shown[ROUNDING] = shown[EXPECTED] - sum(shown[name] for name in (TALKED, *REMOVED))
        by_call = exact[BILLED] - exact[UNEXPLAINED]
        shown[UNEXPLAINED] = printed(Fraction(shown[BILLED]) - by_call)
        found[measure] = shown
    its = [row for row in filled.billed if row.get("Counted in") == settled.rows.currency]
    no_rate = sum((one.cost or Fraction(0) for one in settled.bill if one.step == RATE), Fraction(0))
    found[COST][DURATION] = printed(_sum(its, "Duration cost"))
    found[COST][RATE] = printed(no_rate + _sum(its, "Rate cost"))
    return found


def _sum(rows: Sequence[Row], header: str) -> Fraction:
    """The parts of differences are rounded call by call."""
    return sum((Fraction(row[header]) for row in rows if row.get(header)), Fraction(0))  # type: ignore[arg-type]


def figure_of(amount: Measure, measure: str) -> Decimal | int:
    """What a formula gives for it."""
    if measure == CALLS:
        return amount.calls
    return printed(amount.minutes if measure == MINUTES else amount.cost)


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
