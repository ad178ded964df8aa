"""The rows of a sheet whose table is filled: new ones for the old, and what is below at its new place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from addin.hosts.filling.areas import ROWS
from addin.hosts.filling.columns import NewColumn
from addin.hosts.filling.growth import Growth
from addin.hosts.filling.sheet_rows import Row, Scanner, attributes, tag_text

_NOT_OF_ALL = ("r", "spans", "hidden", "collapsed")
"""What the tag of the first row says that is not meant for all new rows."""


@dataclass(frozen=True, slots=True)
class NewRows:
    """The rows of one table from records."""

    scanner: Scanner
    growth: Growth
    columns: Sequence[NewColumn]
    records: Sequence[Any]
    shift: int
    """By how many rows the table moves in the end, as others above it grow."""
    is_1904: bool

    def into(self, rows: Sequence[Row]) -> list[Row]:
        """The rows of the sheet with those of the table in their place."""
        first = next((row for row in rows if row.number == self.growth.data.top), None)
        tag = {} if first is None else attributes(first.tag)
        for name in _NOT_OF_ALL:
            tag.pop(name, None)
        lead = first.lead if first else ""
        made = [self._made(number, tag, lead) for number in range(self.growth.data.top, self.growth.last + 1)]
        above = [row for row in rows if row.number < self.growth.data.top]
        below = [row for row in rows if row.number > self.growth.data.bottom]
        if self.growth.moves_sheet:
            left, right = self._beside(first)
            if left.cells or right.cells:
                made = [self._with(row, left, right) for row in made]
            moved = [self.scanner.moved(row, row.number + self.growth.by) for row in below]
            # programs end a sheet with a blank row: it has no place below
            return [*above, *made, *(row for row in moved if row.number <= ROWS)]
        return [*above, *self._alone(made, rows)]

    def _made(self, number: int, tag: dict[str, str], lead: str) -> Row:
        at = number - self.growth.data.top
        record = self.records[at] if at < len(self.records) else None
        cells = [
            (column.first if at == 0 and column.first else column).cell(
                number, number + self.shift, record, self.scanner, is_1904=self.is_1904
            )
            for column in self.columns
        ]
        return Row(number, tag_text({"r": str(number)} | tag), "".join(cells), lead)

    def _beside(self, first: Row | None) -> tuple[Row, Row]:
        """The blank cells beside the first row, for their formats."""
        left, _, right = self._split(first) if first else ("", "", "")
        return Row(self.growth.data.top, "", left), Row(self.growth.data.top, "", right)

    def _with(self, row: Row, left: Row, right: Row) -> Row:
        before, behind = (self.scanner.moved(one, row.number).cells for one in (left, right))
        return replace(row, cells=before + row.cells + behind)

    def _alone(self, made: Sequence[Row], rows: Sequence[Row]) -> list[Row]:
        """Rows from the first of the table on, where only its own columns change: all that stands beside them
        stays, and the totals follow the last row."""
        growth, new = self.growth, {row.number: row for row in made}
        end = max(growth.bottom, growth.bottom + growth.by)
        old = {row.number: row for row in rows if growth.data.top <= row.number <= end}
        totals = growth.bottom + growth.by if growth.bottom > growth.data.bottom else 0
        if totals and growth.bottom in old:
            _, inside, _ = self._split(old[growth.bottom])
            new[totals] = self.scanner.moved(replace(old[growth.bottom], cells=inside), totals)
        found = []
        for number in sorted({*old, *new}):
            left, inside, right = self._split(old[number]) if number in old else ("", "", "")
            if number > growth.bottom and number not in new:
                found.append(old[number])
                continue
            row = new.get(number)
            if row is None or left or right:
                row = without_spans(old[number])
            cells = left + (new[number].cells if number in new else "") + right
            if cells or number in new:
                found.append(replace(row, cells=cells))
        return [*found, *(row for row in rows if row.number > end)]

    def _split(self, row: Row) -> tuple[str, str, str]:
        return self.scanner.split(row, self.growth.data.left, self.growth.data.right)


def without_spans(row: Row) -> Row:
    """The row without what it says of its first and last column, which nobody needs."""
    return replace(
        row, tag=tag_text({name: said for name, said in attributes(row.tag).items() if name != "spans"})
    )
