"""The sheet Schedule: a row for each month end, its sums over the recordings, and a chart of the amounts."""

from __future__ import annotations

from xlsxwriter.workbook import Workbook

from addin.reconcile.period import Month
from addin.reports.storage.report import StorageReport
from addin.reports.storage.rows import MonthRow
from templates import look as styles
from templates.live import Formula, write_formulas
from templates.look import Look
from templates.page import Page
from templates.storage import formulas
from templates.storage.columns import (
    AMOUNT_HEAD,
    CHARGED,
    CHARGED_MINUTES,
    DELETED,
    DIFFERENCE,
    FREE,
    HELD,
    LAST_DAY,
    SCHEDULE,
    UNRATED,
    schedule_columns,
)

_WIDTHS = (12, 14, 10, 12, 10, 12, 14, 18, 13, 16, 12, 16, 18)
_CHART_ROWS = 14


def write_schedule(workbook: Workbook, look: Look, report: StorageReport) -> None:
    columns = schedule_columns(report)
    page = Page.new(workbook, look, SCHEDULE, report.about, _WIDTHS[: len(columns)])
    page.title("Schedule", "What each month end charges, and of what. Formulas over the sheet Recordings.")
    header_row = page.row
    written = page.table(SCHEDULE, columns, report.months, total="Total")
    first_row = header_row + 1
    write_formulas(page.sheet, columns, report.months, written, first_row, _formulas(report))
    page.sheet.freeze_panes(first_row, 1)
    if len(report.months) > 1:
        last_row = first_row + len(report.months) - 1
        title = f"Charged at each month end, {report.currency}"
        amounts = [column.header for column in columns].index(AMOUNT_HEAD)
        add_amounts(page, title, (first_row, last_row), amounts, len(columns))


def _formulas(report: StorageReport) -> dict[str, Formula[MonthRow]]:
    decimals = formulas.places(report)
    heads = [column.header for column in schedule_columns(report)]

    def cell(header: str, number: int) -> str:
        return f"{chr(ord('A') + heads.index(header))}{number}"

    def deleted(row: MonthRow, number: int) -> str:
        first = Month.parse(row.month).first_day
        return f"{formulas.deleted(first, row.on)}-{cell(LAST_DAY, number)}"

    def difference(row: MonthRow, number: int) -> str:
        invoice, amount = cell("Invoice", number), cell(AMOUNT_HEAD, number)
        return f'IF({invoice}="","",ROUND({invoice}-{amount},15))'

    return {
        HELD: lambda row, number: formulas.held(row.on),
        CHARGED: lambda row, number: formulas.charged(row.on),
        FREE: lambda row, number: f"{cell(HELD, number)}-{cell(CHARGED, number)}",
        UNRATED: lambda row, number: formulas.unrated(row.on),
        DELETED: deleted,
        LAST_DAY: lambda row, number: formulas.deleted(row.on, row.on),
        CHARGED_MINUTES: lambda row, number: formulas.charged_minutes(row.on),
        AMOUNT_HEAD: lambda row, number: formulas.amount(row.on, decimals),
        DIFFERENCE: difference,
    }


def add_amounts(page: Page, title: str, rows: tuple[int, int], amounts: int, columns: int) -> None:
    """A chart of the amounts of a table's rows (first, last), below it.

    Its months are the texts of the first column: of days a program may make an axis of time, which says the
    1st of a month where its end is meant.
    """
    first, last = rows
    chart = page.look.chart(type="column")
    gray = {"color": styles.MUTED, "size": 8, "name": styles.FONT}
    chart.add_series(
        {
            "name": "Amount",
            "categories": [page.sheet.name, first, 0, last, 0],
            "values": [page.sheet.name, first, amounts, last, amounts],
            "fill": {"color": styles.TOTAL_BAR},
            "border": {"none": True},
            "gap": 60,
        }
    )
    head = {"size": 10, "color": styles.HEAD, "name": styles.FONT}
    chart.set_title({"name": title, "overlay": False, "name_font": head})
    chart.set_x_axis({"num_font": gray, "line": {"color": styles.MUTED}, "text_axis": True})
    chart.set_y_axis(
        {
            "num_font": gray,
            "min": 0,
            "num_format": "General",
            "line": {"none": True},
            "major_gridlines": {"visible": True, "line": {"color": styles.LINE, "width": 0.5}},
        }
    )
    chart.set_legend({"none": True})
    chart.set_chartarea({"border": {"none": True}})
    page.chart(chart, columns, _CHART_ROWS)
