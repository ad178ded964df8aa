"""Tables of a template: yellow columns to fill, and columns that calculate themselves beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from templates import look as styles
from templates.cells import Value, write_value
from templates.grid import FIRST_ROW, HEADER_ROW, Kind, column_reference
from templates.heads import head_points, head_width
from templates.inputs import InputTable
from templates.look import Look, set_pages
from templates.shared.rules import Rule

_ROWS = 20_000
"""To which a sheet is searched for rows below its table."""

Shown = Value | bool | float | Fraction
"""What a cell shows; of a formula also the text of an error, such as #N/A."""
Row = Mapping[str, Shown]
"""What stands in a row, by header; of formulas what they give."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A column that people fill."""

    header: str
    kind: Kind
    note: str
    """What belongs there, in a sentence or two."""
    rule: Rule | None = None
    width: int = 14


@dataclass(frozen=True, slots=True)
class Figure:
    """A column of formulas, the same in each row: Excel carries it on into new rows."""

    header: str
    kind: Kind
    note: str
    formula: str
    width: int = 14
    is_alarm: bool = False
    """What stands there is bad news."""


Field = Entry | Figure


def entries(
    table: InputTable[Any],
    notes: Mapping[str, str],
    rules: Mapping[str, Rule],
    widths: Mapping[str, int] | None = None,
) -> list[Entry]:
    """The yellow columns of an input table, by the headers that files are filled under. Each needs a note;
    `widths` are those that are not usual."""
    return [
        Entry(
            column.header,
            column.kind,
            notes[column.header],
            rules.get(column.header),
            (widths or {}).get(column.header, _entry_width(column.kind)),
        )
        for column in table.columns
    ]


def _entry_width(kind: Kind) -> int:
    if kind.number_format == styles.INSTANT:
        return 21
    return 13 if kind.number_format else 20


def here(table: str, header: str) -> str:
    """The cell of a column in the row of the formula.

    >>> here("Calls", "Started (UTC)")
    'Calls[[#This Row],[Started (UTC)]]'
    """
    return f"{table}[[#This Row],[{column_reference(header)}]]"


def column(table: str, header: str) -> str:
    """
    >>> column("Calls", "Cost")
    'Calls[Cost]'
    """
    return f"{table}[{column_reference(header)}]"


def row_number(table: str, header: str) -> str:
    """The number of the formula's row within its table, from 1.

    >>> row_number("Calls", "Call id")
    'ROW()-ROW(Calls[[#Headers],[Call id]])'
    """
    return f"ROW()-ROW({table}[[#Headers],[{column_reference(header)}]])"


def outside(table: str, sheet: str, first: str, last: str, letters: tuple[str, str]) -> str:
    """How many cells are filled in the columns of an input table below its end: rows that do not count.

    It looks at so many rows as a template is made for: whole columns take some programs long.

    >>> outside("Calls", "Calls", "Call id", "Place", ("A", "J"))
    "MAX(0,COUNTA('Calls'!$A$5:$J$20000)-COUNTA(Calls[[Call id]:[Place]]))"
    """
    inside = f"COUNTA({table}[[{column_reference(first)}]:[{column_reference(last)}]])"
    return f"MAX(0,COUNTA('{sheet}'!${letters[0]}${FIRST_ROW + 1}:${letters[1]}${_ROWS})-{inside})"


def write_table(
    sheet: Worksheet,
    look: Look,
    name: str,
    fields: Sequence[Field],
    rows: Sequence[Row],
    pages: Sequence[str] = (),
) -> None:
    """Write the table at the usual place, with a filter; it has at least one row. `pages` are the columns
    with which the second and later printed pages begin, side by side; without any there is one."""
    rows = rows or [{}]
    last_row = HEADER_ROW + len(rows)
    heads: list[dict[str, object]] = []
    widths: list[int] = []
    tallest = 0.0
    for index, field in enumerate(fields):
        right = field.kind.is_number
        width = max(field.width, head_width(field.header, right=right))
        widths.append(width)
        sheet.set_column(index, index, width)
        tallest = max(tallest, head_points(field.header, width, right=right))
        head: dict[str, object] = {
            "header": field.header,
            "header_format": look.head(right=right, filtered=True),
        }
        if isinstance(field, Figure):
            head["formula"] = f"={field.formula}"
        heads.append(head)
    sheet.add_table(HEADER_ROW, 0, last_row, len(fields) - 1, {"name": name, "columns": heads, "style": None})
    sheet.set_row(HEADER_ROW, tallest)
    for index, field in enumerate(fields):
        _write_column(sheet, look, index, field, rows)
        lines = 1 + len(field.note) // 32
        size = {"x_scale": 1.8, "y_scale": max(0.5, 0.24 * lines), "font_size": 9}
        sheet.write_comment(HEADER_ROW, index, field.note, size)
        if isinstance(field, Entry) and field.rule:
            sheet.data_validation(FIRST_ROW, index, last_row, index, field.rule)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    sheet.freeze_panes(FIRST_ROW, 1)
    sheet.repeat_rows(HEADER_ROW)
    if pages:
        headers = [field.header for field in fields]
        set_pages(sheet, widths, 1, [headers.index(header) for header in pages])


def write_shown(
    sheet: Worksheet, row: int, index: int, formula: str, cell_format: Format, shown: Shown
) -> None:
    """A formula and what it gives, so that programs which do not calculate show it too."""
    value: object = "" if shown is None else shown
    if isinstance(shown, Decimal | Fraction):
        value = float(shown)
    elif not isinstance(shown, bool | int | float | str | None):
        raise TypeError(f"{shown!r} cannot stand beside a formula: give a serial number")
    sheet.write_formula(row, index, f"={formula}", cell_format, value)


def _write_column(sheet: Worksheet, look: Look, index: int, field: Field, rows: Sequence[Row]) -> None:
    cell_format = _format(look, field)
    for number, row in enumerate(rows, FIRST_ROW):
        shown = row.get(field.header)
        if isinstance(field, Figure):
            write_shown(sheet, number, index, field.formula, cell_format, shown)
        elif isinstance(shown, float | Fraction):
            sheet.write_number(number, index, float(shown), cell_format)
        elif isinstance(shown, bool):
            sheet.write_boolean(number, index, shown, cell_format)
        else:
            write_value(sheet, number, index, shown, cell_format)


def _format(look: Look, field: Field) -> Format:
    number, decimals = field.kind.number_format, field.kind.decimals
    if decimals:
        open_ended = f"#,##0.{'0' * decimals.least}{'#' * (decimals.most - decimals.least)}"
        number = open_ended if decimals.least else styles.PLAIN  # else 4 would be shown as "4."
    if isinstance(field, Entry):
        return look.input(num_format=number) if number else look.input(num_format="@", align="left", indent=1)
    if number:
        return look.figure(number, bg_color=styles.PALE)
    return look.words(bg_color=styles.PALE, **({"font_color": styles.BAD} if field.is_alarm else {}))
