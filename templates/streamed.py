"""The rows of a very long table, made when the file is written and kept nowhere.

XlsxWriter takes minutes for a million rows, whose XML is a gigabyte. Of rows that are alike it writes the
cells of one; here these are put together with what is each row's own, thousands of rows at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import StringIO
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_range
from xlsxwriter.worksheet import Worksheet

from addin.reports.alike_rows import AlikeRows, OwnValues
from templates.cells import Value
from templates.own_values import BLOCK, Inside, insides_of, looking_escaped, width_of
from templates.text import cell_text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

R = TypeVar("R")
Cell = Any
"""A named tuple of XlsxWriter."""
Write = Callable[[int, int, Value], int]
"""Writes a value into this row and column of the sheet; gives the characters it needs."""


class StreamedTable(Generic[R]):
    """The columns of one table, in their order."""

    def __init__(self, sheet: Worksheet, first_row: int, rows: AlikeRows[R]) -> None:
        self.sheet = sheet
        self.rows = range(first_row, first_row + len(rows))
        self.mark = f"<?rows {sheet.index} {first_row}?>"
        """What the sheet has in place of them: XlsxWriter writes no such thing, and escapes a `<`."""
        self.written = 0
        """The rows that are in the file."""
        self._of = rows
        self._columns: list[_Alike | _Own] = []
        self._ends: tuple[str, str] | None = None
        """The XML of a row around its number; none where it is not known how to make rows."""
        self._is_whole = False

    def column(self, own: str, of: Callable[[R], Value], cell_format: Format, most: int, write: Write) -> int:
        """Write the next column; gives the characters it needs, exact up to `most`. `own` is the name of the
        field that it shows, if this is each row's own."""
        if own in self._of.own:
            return self._own(self._of.own[own], of, cell_format, most)
        return self._alike(of, write)

    def _alike(self, of: Callable[[R], Value], write: Write) -> int:
        import numpy as np

        index, first = len(self._columns), self.rows.start
        values = [of(row) for row in self._of.shown]
        keys = [one if one is None or isinstance(one, str) else (one.__class__, str(one)) for one in values]
        number_of: dict[object, int] = {}
        numbers = [number_of.setdefault(key, len(number_of)) for key in keys]
        counts = np.array(self._of.counts)
        uses = np.bincount(numbers, counts[counts > 0]).astype(int).tolist()
        cell_of = np.zeros(len(counts), np.int32)
        cell_of[counts > 0] = numbers
        cells: list[Cell] = []
        width = 0
        with self._aside() as made:
            for value, count in zip(dict(zip(keys, values, strict=True)).values(), uses, strict=True):
                width = max(width, write(first, index, value))
                cells.append(cell := made[first].pop(index))
                if cell.__class__.__name__ == "String":
                    self.sheet.str_table.count += count - 1
        self._columns.append(_Alike(cells, cell_of))
        return width

    def _own(self, values: OwnValues, of: Callable[[R], Value], cell_format: Format, most: int) -> int:
        import numpy as np

        index, first = len(self._columns), self.rows.start
        with self._aside() as made:
            self.sheet.write_blank(first, index, None, cell_format)
            blank = made[first].pop(index)
            self.sheet.write_number(first, index, 0, cell_format)
            number = made[first].pop(index)
            blank_kinds = np.array([of(row) is None for row in self._of.alike], bool)

            def is_blank(block: slice) -> NDArray[np.bool_]:
                found: NDArray[np.bool_] = blank_kinds[self._of.code[block]]
                return found

            shared = {}
            for text in looking_escaped(values, is_blank):
                self.sheet.write_string(first, index, cell_text(text), cell_format)
                shared[text] = made[first].pop(index).string
        self._columns.append(_Own(values, blank_kinds, (blank, number), shared))
        return width_of(values, is_blank, most)

    def add_table(self, header_row: int, options: Mapping[str, object]) -> None:
        """XlsxWriter walks the cells of a table: it is given one row, and told the rest."""
        last = len(self._columns) - 1
        ends = header_row + 1, self.rows.stop - 1
        short, whole = (xl_range(header_row, 0, end, last) for end in ends)
        self.sheet.add_table(header_row, 0, header_row + 1, last, dict(options))
        table = self.sheet.tables[-1]
        table.update({key: whole for key, value in table.items() if value == short})
        self._is_whole = table.get("range") == table.get("autofilter") == whole

    def prepare(self) -> bool:
        """Have XlsxWriter write the cells, formats now being numbered. False where it writes them in a way
        that is not known here."""
        first, width = self.rows.start, len(self._columns)
        row = self._captured(self.sheet._write_row, first, f"1:{width}")
        start, number, rest = row.partition(f'"{first + 1}"')
        following = [f'<c r="{xl_col_to_name(index)}' for index in range(1, width)] + ["</row>"]
        known = bool(number) and self._is_whole
        for index, (column, after) in enumerate(zip(self._columns, following, strict=True)):
            name = f'<c r="{xl_col_to_name(index)}{first + 1}"'
            written = [self._captured(self.sheet._write_cell, first, index, cell) for cell in column.cells]
            known = known and all(one.startswith(name) for one in written)
            known = known and column.prepare([one.removeprefix(name[:-1]) for one in written], after)
        if known:
            self._ends = f'{start}"', f'"{rest}<c r="A'
        return known

    def blocks(self) -> Iterable[slice]:
        """Of rows, to be made one after the other; none where it is not known how."""
        if self._ends is None:
            return []
        return [slice(start, start + BLOCK) for start in range(0, len(self.rows), BLOCK)]

    def xml(self, block: slice) -> memoryview:
        """The rows of a block. May be called in threads."""
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        assert self._ends is not None
        numbers, code = self.rows[block], self._of.code[block]
        number = pa.array(np.arange(numbers.start + 1, numbers.stop + 1)).cast(pa.string())
        pieces = [self._ends[0], number, self._ends[1]]
        for column in self._columns:
            pieces += [number, *column.insides(block, code)]
        made = pc.binary_join_element_wise(*pieces, "")
        if made.null_count:  # a missing value makes its whole row one
            raise ValueError(f"{made.null_count} rows of {self.sheet.name} lack a value")
        _, offsets, data = made.buffers()
        starts = np.frombuffer(offsets, np.int32)
        return memoryview(data)[starts[made.offset] : starts[made.offset + len(made)]]

    def note(self, block: slice) -> None:
        """The rows of a block are in the file."""
        self.written += len(self.rows[block])

    @contextmanager
    def _aside(self) -> Iterator[dict[int, dict[int, Cell]]]:
        """What is written meanwhile is no part of the sheet, which reaches as far as the table does."""
        others, self.sheet.table = self.sheet.table, defaultdict(dict)
        try:
            if self.sheet.write_number(self.rows.stop - 1, len(self._columns), 0):
                raise IndexError(f"{self.sheet.name} has too few rows for {len(self.rows)}")
            yield self.sheet.table
        finally:
            self.sheet.table = others

    def _captured(self, write: Callable[..., None], *arguments: object) -> str:
        file, self.sheet.fh = self.sheet.fh, StringIO()
        try:
            write(*arguments)
            found: str = self.sheet.fh.getvalue()
        finally:
            self.sheet.fh = file
        return found


class _Alike:
    """Few cells, and which of them the rows of each kind have."""

    def __init__(self, cells: list[Cell], cell_of: NDArray[np.int32]) -> None:
        self.cells = cells
        self._cell_of = cell_of
        self._insides: Any = None

    def prepare(self, written: list[str], after: str) -> bool:
        import pyarrow as pa

        self._insides = pa.array([f"{one}{after}" for one in written], pa.string())
        return True

    def insides(self, _: slice, code: NDArray[np.int32]) -> tuple[Any, ...]:
        import pyarrow as pa

        if len(self.cells) == 1:
            return (self._insides[0],)
        return (self._insides.take(pa.array(self._cell_of[code])),)


class _Own:
    """Values of rows, blank in the rows of some kinds; `cells` are a blank one and one of 0."""

    def __init__(
        self,
        values: OwnValues,
        is_blank: NDArray[np.bool_],
        cells: tuple[Cell, Cell],
        shared: Mapping[str, int],
    ) -> None:
        self.values = values
        self.cells = cells
        self._is_blank = is_blank
        self._shared = shared
        self._inside: Inside | None = None

    def prepare(self, written: list[str], after: str) -> bool:
        blank, number = written
        before, zero, end = number.partition("<v>0</v>")
        if not (zero and blank.endswith("/>")):
            return False
        self._inside = Inside(
            f"{blank}{after}",
            (f'{blank.removesuffix("/>")} t="inlineStr"><is><t>', f"</t></is></c>{after}"),
            (f"{before}<v>", f"</v>{end}{after}"),
            self._shared,
        )
        return True

    def insides(self, block: slice, code: NDArray[np.int32]) -> tuple[Any, ...]:
        assert self._inside is not None
        return insides_of(self.values[block], self._is_blank[code], self._inside)
