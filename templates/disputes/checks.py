"""The checks below the summary: the parts add up to the rows of Disputes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from xlsxwriter.workbook import Workbook

from addin.reconcile.measure import PRINTED_PLACES
from templates import look as styles
from templates.disputes.sums import Placed
from templates.disputes.tables import TABLE
from templates.page import Page
from templates.reconciliation.formulas import criterion


@dataclass(frozen=True, slots=True)
class Check:
    """What is checked, its formula, and how the report answers it."""

    text: str
    formula: str
    holds: bool


def checks(unit: str, status: Placed, reasons: Placed, ages: Placed) -> list[Check]:
    """The parts add up to the rows of Disputes."""

    def cells(column: str, placed: Placed) -> str:
        return f"SUM({column}{placed.first}:{column}{placed.last})"

    def same(one: str, other: str) -> str:
        return f"ROUND({one}-{other},{PRINTED_PLACES - 2})=0"

    where = f"{TABLE}[Unit],{criterion(unit)}"
    parts = []
    for placed in (status, reasons):
        parts.append(same(cells("B", placed), f"COUNTIFS({where})"))
        for column, source in (("C", "In question"), ("D", "Amount credited"), ("E", "Outstanding")):
            parts.append(same(cells(column, placed), f"SUMIFS({TABLE}[{source}],{where})"))
    aged = same(cells("C", ages), f"SUMIFS({TABLE}[Outstanding],{where})")
    return [
        Check(
            f"{unit}: statuses and reasons add up to all disputes",
            f"AND({','.join(parts)})",
            _sums(status) == _sums(reasons),
        ),
        Check(f"{unit}: ages add up to what is outstanding", aged, _sums(ages)[-1] == _sums(status)[-1]),
    ]


def _sums(placed: Placed) -> tuple[int, Decimal, Decimal, Decimal]:
    """Exact, of all lines of a table."""
    totals, zero = [line.total for line in placed.lines], Decimal(0)
    return (
        sum(total.count for total in totals),
        sum((total.question for total in totals), zero),
        sum((total.credited for total in totals), zero),
        sum((total.outstanding for total in totals), zero),
    )


def write_checks(page: Page, workbook: Workbook, sheet_name: str, checked: Sequence[Check]) -> None:
    """TRUE or FALSE, each a formula, and one over all."""
    page.heading("Checks")
    sheet, look = page.sheet, page.look
    first, last = page.row + 1, page.row + len(checked)
    over_all = f"AND(B{first}:B{last})" if checked else "TRUE"
    whole = Check("All checks pass", over_all, all(one.holds for one in checked))
    for one in (*checked, whole):
        sheet.write_string(page.row, 0, one.text, look.words(bold=one is whole, text_wrap=True))
        cell_format = look.body(bold=one is whole, align="center")
        sheet.write_formula(page.row, 1, f"={one.formula}", cell_format, one.holds)
        page.row += 1
    workbook.define_name("check_disputes", f"='{sheet_name}'!$B${page.row}")
    for holds, colour, pale in ((True, styles.GOOD, styles.GOOD_PALE), (False, styles.BAD, styles.BAD_PALE)):
        shown = look.workbook.add_format({"font_color": colour, "bg_color": pale})
        rule = {"type": "cell", "criteria": "==", "value": str(holds).upper(), "format": shown}
        sheet.conditional_format(first - 1, 1, page.row - 1, 1, rule)
