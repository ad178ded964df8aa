"""The sheets that are read: a table of names each, the dearest first, under its totals."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from xlsxwriter.worksheet import Worksheet

from addin.billing.people import NOT_IN_ROSTER
from addin.reconcile.measure import printed
from templates import look as styles
from templates.blank.billing_report.model import Model
from templates.blank.billing_report.result_columns import Item, sheets
from templates.blank.billing_report.words import UNKNOWN
from templates.blank.billing_report.workings import (
    MOST_COUNTRIES,
    Block,
    Name,
)
from templates.grid import FIRST_ROW, HEADER_ROW
from templates.shared.book import Book
from templates.shared.printed import print_a_page
from templates.shared.tables import write_shown

TOTAL_ROW = FIRST_ROW
"""Zero-based; the names follow."""
FIRST_NAME = TOTAL_ROW + 1
NO, KEY = "No.", "Key"
_HEAD_POINTS = 30
_ABOVE = 26 + 2 * styles.ROW_POINTS + _HEAD_POINTS + styles.ROW_POINTS
"""Title, note, the line on what is printed, heads, totals: in points."""


def write_results(book: Book, model: Model) -> None:
    """All of them."""
    for name, (block, note, items) in sheets(model).items():
        widths = [6, *(item.width for item in items)]
        sheet = book.result_sheet(name, widths, note)
        sheet.set_column(len(widths), len(widths), 16, None, {"hidden": True})  # the keys
        _write(book, sheet, model, block, items)
        counted = block.count, block.count_of(model)
        print_a_page(book, sheet, widths, (FIRST_NAME, block.most, _ABOVE), counted)


def _write(book: Book, sheet: Worksheet, model: Model, block: Block, items: Sequence[Item]) -> None:
    look, names = book.look, sorted(block.found(model), key=lambda one: one.place)
    key_at = len(items) + 1
    letters = [chr(ord("B") + index) for index in range(len(items))]
    sheet.set_row(HEADER_ROW, _HEAD_POINTS)
    sheet.write_string(HEADER_ROW, 0, NO, look.head(right=True))
    for index, item in enumerate(items, 1):
        head_format = look.head(right=bool(item.number_format))
        if item.head:
            head = _head_shown(item, model)
            write_shown(sheet, HEADER_ROW, index, item.head, head_format, head)
        else:
            sheet.write_string(HEADER_ROW, index, item.header, head_format)
    sheet.write_string(HEADER_ROW, key_at, KEY, look.head())
    _write_totals(book, sheet, model, block, items, names)
    muted = look.format(font_color=styles.MUTED, align="left", indent=1)
    costs = next((index for index, one in enumerate(items) if one.header == "Cost"), 0)
    last_country = min(costs + MOST_COUNTRIES, len(items) - 1)
    for index in range(block.most):
        row, name = FIRST_NAME + index, names[index] if index < len(names) else None
        its = model.of(block.name, name.key) if name else []
        text = f'IF({index + 1}>{block.count},"",{index + 1})'
        write_shown(
            sheet, row, 0, text, look.format(num_format="0", align="right"), index + 1 if name else ""
        )
        key = f"${chr(ord('A') + key_at)}{row + 1}"
        at = f"MATCH($A{row + 1},{block.cells('Place')},0)"
        for column_at, item in enumerate(items):
            formula = item.formula.format(
                row=row + 1, key=key, at=at, first=block.cells("First row"),
                cost=f"{letters[costs]}{row + 1}",
                countries=f"{letters[costs + 1]}{row + 1}:{letters[last_country]}{row + 1}",
            )  # fmt: skip
            shown = item.shown(name, its) if name else ""
            cell_format = (
                look.format(num_format=item.number_format, align="right")
                if item.number_format
                else look.format(align="left", indent=1)
            )
            value = printed(shown) if isinstance(shown, Fraction) and "Minutes" not in item.header else shown
            write_shown(sheet, row, column_at + 1, f'IF($A{row + 1}="","",{formula})', cell_format, value)
        write_shown(
            sheet, row, key_at, f'IF($A{row + 1}="","",INDEX({block.cells("Key")},{at}))', muted,
            name.key if name else "",
        )  # fmt: skip
    sheet.freeze_panes(FIRST_NAME, 2)
    sheet.repeat_rows(HEADER_ROW, TOTAL_ROW)
    lined = book.workbook.add_format({"bottom": 1, "bottom_color": styles.LINE})
    used = {"type": "formula", "criteria": f'=$A{FIRST_NAME + 1}<>""', "format": lined}
    sheet.conditional_format(FIRST_NAME, 0, FIRST_NAME + block.most - 1, key_at, used)
    alarm = {"type": "text", "criteria": "containing", "value": NOT_IN_ROSTER, "format": look.alarm()}
    sheet.conditional_format(FIRST_NAME, 1, FIRST_NAME + block.most - 1, 3, alarm)


def _head_shown(item: Item, model: Model) -> str:
    if "currency" in item.head:
        return f"{item.header} ({model.settings.currency})" if model.settings.currency else item.header
    return item.header


def _write_totals(
    book: Book, sheet: Worksheet, model: Model, block: Block, items: Sequence[Item], names: Sequence[Name]
) -> None:
    """The row under the heads: what all names come to."""
    style = {"bold": True, "bg_color": styles.PALE}
    look = book.look
    sheet.write_blank(TOTAL_ROW, 0, None, look.body(**style))
    for index, item in enumerate(items, 1):
        letter = chr(ord("A") + index)
        cells = f"{letter}{FIRST_NAME + 1}:{letter}{FIRST_NAME + block.most}"
        if item.total == "label":
            sheet.write_string(TOTAL_ROW, index, "Total", look.words(**style)) if index == 1 else (
                sheet.write_blank(TOTAL_ROW, index, None, look.body(**style))
            )
        elif item.total:
            values = [item.shown(name, model.of(block.name, name.key)) for name in names]
            whole = sum((Fraction(one) for one in values if isinstance(one, int | Fraction)), Fraction(0))
            formula, shown = f"ROUND(SUM({cells}),10)", printed(whole)
            if item.total == "sum if chosen":
                formula = f'IF({letter}{HEADER_ROW + 1}="","",{formula})'
                is_chosen = bool(_head_shown(item, model))
                write_shown(sheet, TOTAL_ROW, index, formula, look.figure(item.number_format, **style),
                            shown if is_chosen else "")  # fmt: skip
            elif item.total == "sum of known":
                formula = f'IF(({block.count}>0)*(COUNT({cells})=0),"{UNKNOWN}",{formula})'
                is_known = not values or any(one != UNKNOWN for one in values)
                write_shown(sheet, TOTAL_ROW, index, formula, look.figure(item.number_format, **style),
                            shown if is_known else UNKNOWN)  # fmt: skip
            else:
                write_shown(sheet, TOTAL_ROW, index, formula, look.figure(item.number_format, **style), shown)
        else:
            sheet.write_blank(TOTAL_ROW, index, None, look.body(**style))
    sheet.write_blank(TOTAL_ROW, len(items) + 1, None, look.body(**style))


def total_cell(model: Model, name: str) -> str:
    """The cell of a sheet that holds the cost of all its names."""
    items = sheets(model)[name][2]
    at = next(index for index, one in enumerate(items, 1) if one.header in ("Cost", "Total"))
    return f"'{name}'!${chr(ord('A') + at)}${TOTAL_ROW + 1}"
