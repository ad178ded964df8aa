"""The sheets behind the first: days, hours, calls, rates, ledger, and the text to send."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from textwrap import wrap
from typing import TypeVar

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook

from addin.reports.about import Assumption
from addin.reports.investigation.data import DIFFERS_MOST, InvestigationReport, OurCall, PathReport
from templates import look as styles
from templates.cells import Value
from templates.grid import Column, Written
from templates.investigation.fitting import fit, wide_page
from templates.investigation.formulas import OUR_TABLE, THEIR_TABLE, USAGE_TABLE, Formulas
from templates.investigation.tables import (
    CANDIDATES,
    FIELDS,
    OUR_CALLS,
    THEIR_CALLS,
    THEIR_USAGE,
    day_columns,
    hour_columns,
    pair_columns,
)
from templates.look import Look, set_title, set_up_page
from templates.page import Page, write_rows
from templates.rated_formulas import RatedTable, rated_call
from templates.reconciliation.formulas import Live
from templates.text import cell_text

R = TypeVar("R")

TEXT_SHEET, DAYS, HOURS, SINGLE, CALL, LARGEST, OURS, THEIRS, USAGE, CANDIDATE = (
    "Report text",
    "Days",
    "Hours",
    "Missing calls",
    "The call",
    "Largest differences",
    "Our calls",
    "Their calls",
    "Their usage",
    "Candidates",
)
_RATED: RatedTable[OurCall] = RatedTable(
    OUR_TABLE, lambda one: rated_call(one.row), "Expected seconds", "", "Expected cost"
)
_TEXT_LETTERS, _TEXT_WIDTH, _TEXT_SIZE = 102, 96, 8
"""A portrait page at full size holds so many letters of this size in a line; longer lines are wrapped."""
_TEXT_POINTS = 12
"""The height of a line."""


def write_text(workbook: Workbook, look: Look, report: InvestigationReport) -> None:
    """The text, a line a cell: copied as a block it is the text of a mail."""
    sheet = workbook.add_worksheet(TEXT_SHEET)
    set_up_page(sheet, report.about.period, portrait=True, kind=report.about.kind)
    set_title(
        sheet, look, TEXT_SHEET, "Ready to send: mark the lines below, copy, and paste them into a mail."
    )
    sheet.set_column(0, 0, _TEXT_WIDTH)
    line = look.format(font_name="Courier New", font_size=_TEXT_SIZE, text_wrap=True)
    for row, text in enumerate(report.text, 3):
        shown = cell_text(text)
        sheet.write_string(row, 0, shown, line)
        lines = len(wrap(shown, _TEXT_LETTERS)) or 1
        sheet.set_row(row, _TEXT_POINTS * lines)


def write_days(
    workbook: Workbook, look: Look, report: InvestigationReport, live: Live, indices: Sequence[str]
) -> None:
    """The daily totals of both sides."""
    page = wide_page(
        workbook, look, report, DAYS, "The daily totals of both sides, in UTC. Variance: theirs - ours."
    )
    tables: list[Written] = []
    for path, index in zip(report.paths, indices, strict=True):
        columns = day_columns(path, report.costs_compared)
        _head(page, report, path)
        if not path.days:
            page.sentences(["The bill has no daily records: ask for them, or for the call records."])
            continue
        first = page.row + 1
        written = page.table(f"DayTotals{index}", columns, path.days, total="Total")
        for number, row in enumerate(path.days):
            if row.day == path.day:
                formulas = Formulas(path, report.mode == "calls")
                _live(page, live, columns, written, row, first + number, formulas, "")
        tables.append(written)
        _mark(page, columns, (first, first + len(path.days) - 1))
        _chart(page, look, path, columns, (first, first + len(path.days) - 1), report.costs_compared)
    fit(page, tables)
    if len(report.paths) == 1:
        page.sheet.fit_to_pages(1, 1)


def write_hours(
    workbook: Workbook, look: Look, report: InvestigationReport, live: Live, indices: Sequence[str]
) -> None:
    """The hours of the day that differs most."""
    page = wide_page(workbook, look, report, HOURS, "The hours of the day that differs most, in UTC.")
    tables: list[Written] = []
    for path, index in zip(report.paths, indices, strict=True):
        if not path.hours:
            continue
        columns = hour_columns(path, report.costs_compared)
        _head(page, report, path, f"{path.day}")
        first = page.row + 1
        written = page.table(f"HourTotals{index}", columns, path.hours, total="Day")
        tables.append(written)
        _mark(page, columns, (first, first + len(path.hours) - 1))
        formulas = Formulas(path, by_call=True)
        for number, row in enumerate(path.hours):
            cell = f"$A{first + number + 1}"
            _live(page, live, columns, written, row, first + number, formulas, cell)
    fit(page, tables)


def _mark(page: Page, columns: Sequence[Column[R]], rows: tuple[int, int]) -> None:
    """The row that differs most stands out."""
    remark = xl_col_to_name(len(columns) - 1)
    page.sheet.conditional_format(
        rows[0],
        0,
        rows[1],
        len(columns) - 1,
        {
            "type": "formula",
            "criteria": f'=LEFT(${remark}{rows[0] + 1},{len(DIFFERS_MOST)})="{DIFFERS_MOST}"',
            "format": page.look.workbook.add_format({"bold": True, "bg_color": styles.FAIR_PALE}),
        },
    )


def _live(
    page: Page,
    live: Live,
    columns: Sequence[Column[R]],
    written: Written,
    item: R,
    row: int,
    formulas: Formulas,
    hour: str,
) -> None:
    """Write the figures of a row as formulas over the day's calls."""
    cells = {column.header: xl_rowcol_to_cell(row, at) for at, column in enumerate(columns)}
    for header, formula in formulas.sums(cells, hour).items():
        if formula and header in cells:
            at = [*cells].index(header)
            live.write(page.sheet, row, at, formula, _figure(columns[at].of(item)), written.formats[at])


def _figure(value: Value) -> Decimal | int | None:
    assert value is None or isinstance(value, Decimal | int)
    return value


def write_pairs(workbook: Workbook, look: Look, report: InvestigationReport, indices: Sequence[str]) -> None:
    """The calls on one side only, and those with the largest differences."""
    one = wide_page(
        workbook,
        look,
        report,
        SINGLE,
        "The diff of the day: connected calls that only one side has, in order of their start.",
    )
    _pairs(one, report, indices, "MissingCalls", single=True)
    other = wide_page(
        workbook,
        look,
        report,
        LARGEST,
        "The calls behind the issue, the largest difference first; ten at most.",
    )
    _pairs(other, report, indices, "LargestDifferences", single=False)


def _pairs(
    page: Page, report: InvestigationReport, indices: Sequence[str], table: str, *, single: bool
) -> None:
    tables = []
    for path, index in zip(report.paths, indices, strict=True):
        _head(page, report, path, f"{path.day}" if path.day else "")
        rows = path.single if single else path.largest
        columns = pair_columns(path, report.costs_compared)
        tables.append(page.table(f"{table}{index}", columns, rows, total="Total"))
    fit(page, tables)


def write_call(workbook: Workbook, look: Look, report: InvestigationReport, indices: Sequence[str]) -> None:
    """Both records of the single call, and the formula of both costs."""
    page = Page.new(workbook, look, CALL, report.about, (22, 56, 56, 10))
    page.title(CALL, "The single call with the largest difference: both records side by side.")
    for path, index in zip(report.paths, indices, strict=True):
        if path.call is None:
            continue
        _head(page, report, path)
        page.table(f"TheCall{index}", FIELDS, path.call.fields)
        page.heading("Formula of both costs")
        page.sentences([f"Ours: {path.call.our_formula}", f"Theirs: {path.call.their_formula}"])


def write_calls(workbook: Workbook, look: Look, report: InvestigationReport) -> Assumption:
    """Every record of the isolated days on both sides: what all figures of them lead to. Gives what is to be
    said of their formulas."""
    paths, about = report.paths, report.about
    note = (
        "Every row of our log on the day that differs most. Times are UTC. Figures count the connected ones."
    )
    ours = [one for path in paths for one in path.our_calls]
    rated = _RATED.live(ours)
    write_rows(
        workbook, look, about, OURS, note, OUR_TABLE, OUR_CALLS, ours, second_page="Expected seconds",
        formulas=rated.formulas,
    )  # fmt: skip
    if report.mode == "calls":
        theirs = [one for path in paths for one in path.their_calls]
        note = "Every record of the bill on that day. A call that both have stands on the hour of our record."
        write_rows(workbook, look, about, THEIRS, note, THEIR_TABLE, THEIR_CALLS, theirs, second_page="Cost")
        return rated.said
    usage = [row for path in paths for row in path.their_usage]
    note = "The bill's usage records behind its figures. They name no calls."
    write_rows(workbook, look, about, USAGE, note, USAGE_TABLE, THEIR_USAGE, usage)
    candidates = [row for path in paths for row in path.candidates]
    note = "Calls of our log that fit the difference of the day: what to look at first."
    write_rows(workbook, look, about, CANDIDATE, note, "Candidates", CANDIDATES, candidates)
    return rated.said


def _head(page: Page, report: InvestigationReport, path: PathReport, more: str = "") -> None:
    """What a table is of, where a sheet has several, or its day."""
    said = [*([f"In {path.name}"] if len(report.paths) > 1 else []), *([more] if more else [])]
    if said:
        page.heading(", ".join(said))


def _chart(
    page: Page,
    look: Look,
    path: PathReport,
    columns: Sequence[Column[R]],
    rows: tuple[int, int],
    costs_compared: bool,
) -> None:
    """The variance by day: where to look, at a glance."""
    header = "Cost, variance" if costs_compared else "Minutes, variance"
    at = [column.header for column in columns].index(header)
    unit = path.name if costs_compared else "minutes"
    chart = look.chart(type="column")
    grey = {"color": styles.MUTED, "size": 9, "name": styles.FONT}
    chart.add_series(
        {
            "name": header,
            "categories": [page.sheet.name, rows[0], 0, rows[1], 0],
            "values": [page.sheet.name, rows[0], at, rows[1], at],
            "fill": {"color": styles.RISE_BAR},
            "gap": 40,
        }
    )
    chart.set_title(
        {
            "name": f"Variance by day, {unit} (theirs - ours)",
            "name_font": {"size": 11, "color": styles.HEAD, "name": styles.FONT},
        }
    )
    chart.set_x_axis({"num_format": "d", "text_axis": True, "num_font": grey, "label_position": "low"})
    chart.set_y_axis({"num_font": grey, "major_gridlines": {"visible": True, "line": {"color": styles.LINE}}})
    chart.set_legend({"none": True})
    chart.set_chartarea({"border": {"none": True}})
    page.chart(chart, 5, 14)
