"""The sheet on which a person marks whom a billing report is about."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from xlsxwriter.workbook import Workbook

from addin.billing.offers import Offer
from templates.grid import HEADER_ROW
from templates.look import Look, set_title, set_up_page
from templates.text import cell_text

SHEET = "Billing choices"
MARK = "x"
HEADS = (("Mark", 9), ("What", 24), ("Name", 36), ("Remark", 70))


def write_choices(workbook: Workbook, offers: Sequence[Offer], marked: Collection[Offer] = ()) -> None:
    """A row for each offer; the cells for the marks are yellow, and names are text, be they 0042 or =x."""
    look = Look(workbook)
    sheet = workbook.add_worksheet(SHEET)
    note = "Mark with an x whom the report is about and which countries get a column; press Billing report."
    set_title(sheet, look, SHEET, note)
    set_up_page(sheet, "", portrait=True, kind="Billing report")
    for column, (head, width) in enumerate(HEADS):
        sheet.set_column(column, column, width)
        sheet.write_string(HEADER_ROW, column, head, look.head())
    keys = {(one.kind, one.name) for one in marked}
    text = look.words(num_format="@")
    for row, one in enumerate(offers, HEADER_ROW + 1):
        sheet.write_string(row, 0, MARK if (one.kind, one.name) in keys else "", look.typed())
        for column, cell in enumerate((one.kind, one.name, one.more), 1):
            sheet.write_string(row, column, cell_text(cell), text)
    sheet.freeze_panes(HEADER_ROW + 1, 0)
    sheet.autofilter(HEADER_ROW, 0, HEADER_ROW + max(1, len(offers)), len(HEADS) - 1)
