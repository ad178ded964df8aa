"""The sheet Forecast: the next month ends if nothing is deleted, and what deleting old recordings saves."""

from __future__ import annotations

from xlsxwriter.workbook import Workbook

from addin.reports.storage.report import StorageReport
from addin.reports.storage.rows import MonthRow, SavingRow
from templates.live import Formula, write_formulas
from templates.look import Look
from templates.page import Page
from templates.storage import formulas
from templates.storage.columns import (
    AHEAD,
    AHEAD_COLUMNS,
    AMOUNT_HEAD,
    CHARGED,
    CHARGED_MINUTES,
    HELD,
    UNRATED,
    saving_columns,
)
from templates.storage.schedule import add_amounts

_WIDTHS = (22, 16, 25, 25, 20, 18, 12, 12)


def write_forecast(workbook: Workbook, look: Look, report: StorageReport) -> None:
    page = Page.new(workbook, look, "Forecast", report.about, _WIDTHS, portrait=True)
    page.title("Forecast", f"From {report.as_of} on, with the recordings held then and no new ones.")
    page.heading("If nothing is deleted", "Known deletions count. Formulas over the sheet Recordings.")
    first_row = page.row + 1
    written = page.table(AHEAD, AHEAD_COLUMNS, report.ahead, total="Total")
    write_formulas(page.sheet, AHEAD_COLUMNS, report.ahead, written, first_row, _ahead(report))
    amounts = [column.header for column in AHEAD_COLUMNS].index(AMOUNT_HEAD)
    rows = first_row, first_row + len(report.ahead) - 1
    if len(report.ahead) > 1:
        title = f"If nothing is deleted, {report.currency}"
        add_amounts(page, title, rows, amounts, len(AHEAD_COLUMNS))
    if not report.savings:
        return
    page.heading(
        "If old recordings are deleted",
        f"What deleting all recordings stored for more than so many days on {report.as_of} would save, "
        f"{report.currency}; blank where a rate is not known.",
    )
    first_row, columns = page.row + 1, saving_columns(report)
    written = page.table("Savings", columns, report.savings)
    write_formulas(page.sheet, columns, report.savings, written, first_row, _savings(report))


def _ahead(report: StorageReport) -> dict[str, Formula[MonthRow]]:
    decimals, as_of = formulas.places(report), report.as_of

    def kept(row: MonthRow) -> str:
        return formulas.kept(as_of, row.on)

    return {
        HELD: lambda row, number: formulas.counted(formulas.kept(as_of, row.on, charged_only=False)),
        CHARGED: lambda row, number: formulas.counted(kept(row)),
        UNRATED: lambda row, number: formulas.unrated_of(kept(row)),
        CHARGED_MINUTES: lambda row, number: formulas.minutes_of(kept(row)),
        AMOUNT_HEAD: lambda row, number: formulas.amount_of([kept(row)], decimals),
    }


def _savings(report: StorageReport) -> dict[str, Formula[SavingRow]]:
    decimals, as_of = formulas.places(report), report.as_of
    heads = [column.header for column in saving_columns(report)]

    def kept(row: SavingRow, count: int) -> list[str]:
        ends = [month.on for month in report.ahead[:count]]
        return [formulas.kept(as_of, on, older_than=row.days) for on in ends]

    def recordings(row: SavingRow, number: int) -> str:
        return formulas.counted(formulas.kept(as_of, as_of, charged_only=False, older_than=row.days))

    found: dict[str, Formula[SavingRow]] = {
        heads[1]: recordings,
        heads[2]: lambda row, number: formulas.saved(kept(row, 1), decimals),
    }
    if len(heads) > 3:
        found[heads[3]] = lambda row, number: formulas.saved(kept(row, len(report.ahead)), decimals)
    return found
