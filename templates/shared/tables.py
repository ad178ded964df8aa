"""Tables of a template: yellow columns to fill, and columns that calculate themselves beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from templates import look as styles
from templates.cells import Value, write_value
from templates.grid import FIRST_ROW, HEADER_ROW, Kind, column_reference
from templates.heads import head_points, head_width
from templates.inputs import InputTable
from templates.look import Look
from templates.shared.rules import Rule

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


Field = Entry | Figure


def entries(table: InputTable[object], notes: Mapping[str, str], rules: Mapping[str, Rule]) -> list[Entry]:
    """The yellow columns of an input table, by the headers that files are filled under. Each needs a note."""
    return [
        Entry(
            column.header,
            column.kind,
            notes[column.header],
            rules.get(column.header),
            max(10, min(column.kind.widest, 22) if not column.kind.number_format else 12),
        )
        for column in table.columns
    ]


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

    >>> outside("Calls", "Calls", "Call id", "Place", ("A", "J"))
    "COUNTA('Calls'!$A:$J)-COUNTA('Calls'!$A$1:$J$4)-COUNTA(Calls[[Call id]:[Place]])"
    """
    left, right = letters
    above = f"COUNTA('{sheet}'!${left}$1:${right}${HEADER_ROW + 1})"
    inside = f"COUNTA({table}[[{column_reference(first)}]:[{column_reference(last)}]])"
    return f"COUNTA('{sheet}'!${left}:${right})-{above}-{inside}"


def write_table(
    sheet: Worksheet, look: Look, name: str, fields: Sequence[Field], rows: Sequence[Row]
) -> None:
    """Write the table at the usual place, with a filter; it has at least one row."""
    rows = rows or [{}]
    last_row = HEADER_ROW + len(rows)
    heads: list[dict[str, object]] = []
    tallest = 0.0
    for index, field in enumerate(fields):
        right = field.kind.is_number
        width = max(field.width, head_width(field.header, right=right))
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
    number = field.kind.number_format
    if isinstance(field, Entry):
        return look.input(num_format=number) if number else look.typed()
    if number:
        return look.figure(number, bg_color=styles.PALE)
    return look.words(bg_color=styles.PALE)
