"""Rows as a real table of a sheet: columns with a header, a kind, and a value for each row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from functools import partial
from importlib.util import find_spec
from typing import Generic, TypeVar

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from addin.reconcile.measure import PRINTED_PLACES
from addin.reports.alike_rows import AlikeRows, alike, counted
from templates import look as styles
from templates.cells import Value, number_width, write_value
from templates.decimals import Decimals, decimals_of, number_format
from templates.heads import head_points, head_width
from templates.held import LONG, HeldTable
from templates.look import Look
from templates.streamed import StreamedTable
from templates.workbook import can_stream, streamed_on

R = TypeVar("R")

HEADER_ROW = 3
"""The row of the header (zero-based) on every sheet that is a table; title and note stand above."""
FIRST_ROW = HEADER_ROW + 1
STREAMED = 10_001
"""The alike rows from which on they are made when the file is written; among fewer may be formulas."""
_NARROWEST = 7
_SUM_DIGITS = 60
"""More than the sums of a sheet can need: they are exact."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How the values of a column are shown; `widest` in characters.

    Figures with `decimals` show the same number of them all down the column, others have a `number_format`.
    """

    number_format: str = ""
    widest: int = 40
    wraps: bool = False
    is_input: bool = False
    decimals: Decimals | None = None
    is_signed: bool = False

    @property
    def is_number(self) -> bool:
        return bool(self.number_format or self.decimals)


ID = Kind(widest=48)
TEXT = Kind(widest=36)
SHORT_TEXT = Kind(widest=24)
NOTE = Kind(widest=56, wraps=True)
INPUT = Kind(widest=24, wraps=True, is_input=True)
COUNT = Kind(styles.COUNT)
MINUTES = Kind(decimals=Decimals(2, 4))
"""Thirds of a minute never end: four decimals are a hundredth of a second."""
AMOUNT = Kind(decimals=Decimals(2, 10))
SECONDS = Kind(decimals=Decimals(0, 3))
PLAIN = Kind(styles.PLAIN)
DAY = Kind(styles.DAY, widest=11)
INSTANT = Kind(styles.INSTANT, widest=18)
COUNT_VARIANCE = Kind(styles.signed(styles.COUNT))
MINUTES_VARIANCE = Kind(decimals=MINUTES.decimals, is_signed=True)
SECONDS_VARIANCE = Kind(decimals=SECONDS.decimals, is_signed=True)
AMOUNT_VARIANCE = Kind(decimals=AMOUNT.decimals, is_signed=True)


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column: `of` gives a row's value, None for a blank cell.

    Columns of one `group` show the same number of decimals; without one, a column stands for itself. `adds`
    says that its values may be summed: the row of totals then does. `own` is the name of the field that it
    shows wherever `of` gives a value, where that may be each row's own: text, an instant or a day.
    """

    header: str
    kind: Kind
    of: Callable[[R], Value]
    narrowest: int = 0
    group: str = ""
    adds: bool = False
    own: str = ""


@dataclass(slots=True)
class Written:
    """What became of the columns of a table: the format of their cells, and their widths."""

    formats: list[Format]
    widths: list[int]
    last_row: int = 0
    """Of the table, its totals included (zero-based)."""
    needed: list[int] = field(default_factory=list)
    """What each column must have: for its figures, totals included, and for the words of its head. Told where
    the widths are not set."""
    header_row: int = 0
    head_points: float = 0
    """The height of the header, as these widths need it."""


def write_table(
    sheet: Worksheet,
    look: Look,
    name: str,
    columns: Sequence[Column[R]],
    rows: Sequence[R],
    *,
    header_row: int = HEADER_ROW,
    set_widths: bool = True,
    total: str = "",
) -> Written:
    """Write the rows as the table `name`, with a filter; without rows the table has one blank row.

    `total` is the label of a row of totals, which sorting leaves where it is and which sums what the filter
    shows; without, there is none.
    """
    first_row = header_row + 1
    last_row = header_row + max(1, len(rows))
    streamed = None if total else _streamed(sheet, first_row, columns, rows)
    held = HeldTable(sheet, first_row, len(rows)) if len(rows) >= LONG and not streamed else None
    each = tuple(rows) if isinstance(rows, AlikeRows) and not streamed else rows
    sums = {column.header: total_of(column, rows) for column in columns if total and column.adds}
    written = Written([], [], last_row + bool(total), header_row=header_row)
    shown = _decimals(columns, rows, sums)
    for index, column in enumerate(columns):
        decimals = shown.get(column.group or column.header, 0)
        cell_format = _format(look, column.kind, decimals)
        written.formats.append(cell_format)
        if streamed:
            how = {"cell_format": cell_format, "decimals": decimals, "keeps_lines": column.kind.is_input}
            write = partial(write_value, sheet, **how)
            width = streamed.column(column.own, column.of, cell_format, column.kind.widest, write)
            width = max(_NARROWEST, column.narrowest, width) + 1
        else:
            with held.column(index) if held else nullcontext():
                width = write_column(sheet, index, first_row, column, each, cell_format, decimals)
        if column.header in sums:
            width = max(width, number_width(sums[column.header], decimals) + 1)
        width = max(
            min(width, column.kind.widest) + 1, head_width(column.header, right=column.kind.is_number)
        )
        written.widths.append(width)
        if not set_widths:
            figures = _figures_width(column, rows, sums.get(column.header), decimals)
            written.needed.append(max(figures, head_width(column.header, right=column.kind.is_number)))
        if not rows:
            for row in range(first_row, last_row + 1):
                sheet.write_blank(row, index, None, cell_format)
        if set_widths:
            sheet.set_column(index, index, width)
    heads: list[dict[str, object]] = [
        {"header": column.header, "header_format": look.head(right=column.kind.is_number, filtered=True)}
        for column in columns
    ]
    for head, column in zip(heads, columns, strict=True):
        if column.header in sums:
            head["total_function"] = _total_formula(name, column, rows)
    if total:
        heads[0]["total_string"] = total
    options = {"name": name, "columns": heads, "style": None, "total_row": bool(total)}
    if streamed:
        streamed.add_table(header_row, options)
    else:
        with held.kept() if held else nullcontext():
            sheet.add_table(header_row, 0, written.last_row, len(columns) - 1, options)
    if total:
        for index, column in enumerate(columns):
            decimals = shown.get(column.group or column.header, 0)
            cell_format = _format(look, column.kind, decimals, is_total=True)
            if column.header in sums:
                formula, value = _total_formula(name, column, rows), float(sums[column.header])
                sheet.write_formula(written.last_row, index, f"={formula}", cell_format, value)
            else:
                write_value(sheet, written.last_row, index, "" if index else total, cell_format)
    for column, width in zip(columns, written.widths, strict=True):
        points = head_points(column.header, width, right=column.kind.is_number)
        written.head_points = max(written.head_points, points)
    sheet.set_row(header_row, written.head_points)
    return written


def total_of(column: Column[R], rows: Sequence[R]) -> Decimal | int:
    """The exact sum of a column's figures; blank cells add nothing.

    >>> total_of(Column("Cost", AMOUNT, Decimal, adds=True), ["0.0004", "0.0008"])
    Decimal('0.0012')
    """
    whole, total = 0, Decimal(0)
    with localcontext(prec=_SUM_DIGITS):
        for row, count in counted(rows):
            value = column.of(row)
            if isinstance(value, int):
                whole += value * count
            elif isinstance(value, Decimal):
                total += value * count
        return total + whole if total or column.kind.decimals else whole


def _total_formula(table: str, column: Column[R], rows: Sequence[R]) -> str:
    """Rounded to the decimals that figures may have, since programs add floats differently. Not to those
    they have now: a credit of 0.0135 that is entered later must not become 0 in the total."""
    places = PRINTED_PLACES if column.kind.decimals else 0
    has = (decimals_of(one) for row in alike(rows) if isinstance(one := column.of(row), Decimal))
    places = max(places, *has, 0)
    return f"ROUND(SUBTOTAL(109,{table}[{column_reference(column.header)}]),{places})"


def column_reference(header: str) -> str:
    """The name of a column as a structured reference writes it.

    >>> column_reference("Total"), column_reference("Team #1's")
    ('Total', "Team '#1''s")
    """
    return "".join(f"'{sign}" if sign in "[]#'" else sign for sign in header)


def write_column(
    sheet: Worksheet,
    index: int,
    first_row: int,
    column: Column[R],
    rows: Sequence[R],
    cell_format: Format,
    decimals: int = 0,
) -> int:
    """Write one column's values, figures with so many decimals; gives the characters it needs."""
    width = max(_NARROWEST, column.narrowest)
    of = column.of
    for row, item in enumerate(rows, first_row):
        value = of(item)
        used = write_value(sheet, row, index, value, cell_format, decimals, keeps_lines=column.kind.is_input)
        width = max(width, used)
    return width + 1


def _streamed(
    sheet: Worksheet, first_row: int, columns: Sequence[Column[R]], rows: Sequence[R]
) -> StreamedTable[R] | None:
    """The table, where its rows are to be made when the file is written."""
    if not isinstance(rows, AlikeRows) or len(rows) < STREAMED:
        return None
    if not (can_stream(sheet) and find_spec("pyarrow")):
        return None
    if any(column.own in rows.own and column.kind.is_input for column in columns):
        return None  # what people type may have lines
    table = StreamedTable(sheet, first_row, rows)
    streamed_on(sheet).append(table)
    return table


def _figures_width(column: Column[R], rows: Sequence[R], total: Decimal | int | None, decimals: int) -> int:
    values = [*map(column.of, alike(rows)), total] if column.kind.is_number else []
    return max((number_width(one, decimals) for one in values if isinstance(one, Decimal | int)), default=0)


def _decimals(columns: Sequence[Column[R]], rows: Sequence[R], sums: Mapping[str, Value]) -> dict[str, int]:
    """The decimals that each group of columns shows."""
    values: dict[str, set[Value]] = {}
    rules: dict[str, Decimals] = {}
    for column in columns:
        if column.kind.decimals:
            name = column.group or column.header
            rules[name] = column.kind.decimals
            values.setdefault(name, set()).update(map(column.of, alike(rows)))
            values[name].add(sums.get(column.header))
    return {name: rule.of(values[name]) for name, rule in rules.items()}


def _format(look: Look, kind: Kind, decimals: int, *, is_total: bool = False) -> Format:
    style = {"bold": True, "top": 1, "bg_color": styles.PALE} if is_total else {}
    if kind.is_input and not is_total:
        return look.input(num_format=kind.number_format) if kind.is_number else look.typed()
    if kind.decimals:
        return look.figure(number_format(decimals, is_signed=kind.is_signed), **style)
    if kind.is_number:
        return look.figure(kind.number_format, **style)
    return look.words(text_wrap=kind.wraps and not is_total, **style)
