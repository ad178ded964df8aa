"""The sheet Summary: the invoice lines, what stands out, and whether Plivo's figures agree."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from xlsxwriter.workbook import Workbook

from addin.reports.storage.report import StorageReport
from addin.reports.storage.rows import MonthRow
from templates.grid import COUNT, TEXT, Column
from templates.live import Formula, write_formulas
from templates.look import Look
from templates.page import BAD, FAIR, GOOD, Page
from templates.reconciliation.formulas import criterion
from templates.storage import formulas
from templates.storage.columns import (
    AMOUNT_HEAD,
    CHARGED,
    CHARGED_MINUTES,
    DIFFERENCE,
    INVOICE,
    MONTH_END,
    SCHEDULE,
    invoice_line_columns,
)

_WIDTHS = (32, 13, 13, 13, 17, 12, 17, 17)
_TONES = {"agrees": GOOD, "calculated": GOOD, "to check": FAIR, "differs": BAD}


@dataclass(frozen=True, slots=True)
class _Kind:
    name: str
    count: int
    is_open: bool


_KIND_COLUMNS: tuple[Column[_Kind], ...] = (
    Column("Findings", TEXT, lambda row: row.name),
    Column("Number", COUNT, lambda row: row.count, adds=True),
    Column("Open", TEXT, lambda row: "yes" if row.is_open else "no"),
)


def write_summary(workbook: Workbook, look: Look, report: StorageReport) -> None:
    page = Page.new(workbook, look, "Summary", report.about, _WIDTHS)
    page.title(
        report.about.title,
        f"Charges for stored recordings. Not an invoice. Days in UTC, amounts in {report.currency}.",
    )
    page.verdict(report.verdict, report.sentence, _TONES[report.verdict])
    page.heading("Invoice lines", "One line on the last day of each month. Formulas over the sheet Schedule.")
    columns, first_row = invoice_line_columns(report), page.row + 1
    written = page.table("Invoice_lines", columns, report.months, total="Total")
    write_formulas(page.sheet, columns, report.months, written, first_row, _lines(report))
    if report.notes:
        page.heading("What stands out")
        page.sentences(report.notes)
    if report.findings:
        page.heading("Findings", "Each stands on the sheet Findings with its file and row.")
        kinds = Counter((one.kind, one.is_open) for one in report.findings)
        rows = [_Kind(name, count, is_open) for (name, is_open), count in kinds.items()]
        first_row = page.row + 1
        written = page.table("Finding_kinds", _KIND_COLUMNS, rows, total="Total")
        write_formulas(page.sheet, _KIND_COLUMNS, rows, written, first_row, {"Number": _number})
    page.keep_blocks_together()
    page.sheet.activate()
    page.sheet.set_first_sheet()


def _lines(report: StorageReport) -> dict[str, Formula[MonthRow]]:
    """The figures of the schedule, found by their day: a month as text would be read as a date."""
    decimals = max(formulas.places(report), _invoice_places(report))

    def of(header: str) -> Formula[MonthRow]:
        return lambda row, number: f"SUMIFS({SCHEDULE}[{header}],{SCHEDULE}[{MONTH_END}],B{number})"

    def amount(header: str) -> Formula[MonthRow]:
        found = of(header)
        return lambda row, number: f"ROUND({found(row, number)},{decimals})"

    def given(header: str) -> Formula[MonthRow]:
        """Blank where no invoice was given, which is not 0."""
        found = amount(header)
        count = f'COUNTIFS({SCHEDULE}[{MONTH_END}],B{{}},{SCHEDULE}[{INVOICE}],">=0")'
        return lambda row, number: f'IF({count.format(number)}=0,"",{found(row, number)})'

    return {
        "Recordings charged": of(CHARGED),
        CHARGED_MINUTES: of(CHARGED_MINUTES),
        AMOUNT_HEAD: amount(AMOUNT_HEAD),
        INVOICE: given(INVOICE),
        DIFFERENCE: given(DIFFERENCE),
    }


def _invoice_places(report: StorageReport) -> int:
    def places(value: Decimal | None) -> int:
        exponent = 0 if value is None else value.as_tuple().exponent
        return -exponent if isinstance(exponent, int) else 0

    return min(15, max((places(row.invoice) for row in report.months), default=0))


def _number(row: _Kind, number: int) -> str:
    return f"COUNTIFS(Storage_findings[Kind],{criterion(row.name)})"
