"""Columns that serve formulas alone, folded away: the + above a sheet shows them."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from templates.heads import head_width
from templates.look import set_pages
from templates.shared.tables import Field


def fold_away(
    sheet: Worksheet, fields: Sequence[Field], headers: Sequence[str], pages: Sequence[str] = ()
) -> None:
    """Fold these columns of a table, which are then not printed. `pages` are columns with which the second
    and later printed pages begin."""
    folded = [field.header in headers for field in fields]
    widths = [max(field.width, head_width(field.header, right=field.kind.is_number)) for field in fields]
    for index, width in enumerate(widths):
        if folded[index]:
            sheet.set_column(index, index, width, None, {"level": 1, "hidden": True})
        elif index and folded[index - 1]:
            sheet.set_column(index, index, width, None, {"collapsed": True})
    if folded[-1]:
        sheet.set_column(len(fields), len(fields), 4, None, {"collapsed": True})
    if pages:
        shown = [0 if is_folded else width for width, is_folded in zip(widths, folded, strict=True)]
        firsts = [[field.header for field in fields].index(header) for header in pages]
        set_pages(sheet, shown, 1, firsts)
