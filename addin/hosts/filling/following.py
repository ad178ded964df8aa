"""Formulas that follow cells which move, and formulas that are carried down a column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from addin.hosts.filling.areas import ROWS, Area
from addin.hosts.filling.formulas import End, Reference, references, with_rows
from addin.hosts.filling.growth import Growth, LostError, Moves


@dataclass(frozen=True, slots=True)
class Follower:
    """Rewrites the formulas of one workbook."""

    moves: Moves
    sheets: tuple[str, ...]
    """In the order of the tabs: an address may span several."""

    def formula(self, text: str, sheet: str, *, grows: bool = False) -> str:
        """A formula of a cell of this sheet that is no row of a table's data. `grows` says that a single cell
        stands for a column of one row. Raises LostError with the address in question."""
        return with_rows(text, lambda one: self._rows(one, sheet, grows=grows))

    def name(self, text: str) -> str:
        """What a name stands for. Where that depends on the cell that uses it, it stays. Raises LostError."""
        return with_rows(text, lambda one: self._rows(one, "", grows=False) if _is_fixed(one) else None)

    def left(self, text: str) -> list[str]:
        """The addresses on sheets on which something moves that `name` leaves as they are."""
        return [
            one.text
            for one in references(text)
            if one.first.row and not _is_fixed(one) and any(map(self.moves.change, self._between(one.sheets)))
        ]

    def no_longer_last(self, text: str, sheet: str) -> Iterator[tuple[Reference, str]]:
        """The single cells of a table's last row that a formula of this sheet names, where rows follow below
        it now, each with the table: what was a closing balance is the balance of some row."""
        for one in references(text):
            if one.is_range or not one.first.row or len(one.sheets) > 1:
                continue
            growth = self.moves.data_at(self._target(one, sheet), _area(one))
            if growth and growth.by > 0 and growth.data.top < one.first.row == growth.data.bottom:
                yield one, growth.table

    def grows(self, text: str, sheet: str) -> bool:
        """Whether an area that a formula of this sheet names has more or fewer rows afterwards. Those that
        cannot follow do not count."""
        return any(self._grows(one, sheet) for one in references(text) if one.first.row)

    def _grows(self, one: Reference, sheet: str) -> bool:
        try:
            rows = self._rows(one, sheet, grows=False)
        except LostError:
            return False
        return rows is not None and abs(rows[1] - rows[0]) != abs(one.last.row - one.first.row)

    def row_formula(self, text: str, sheet: str, shift: int, growth: Growth | None = None) -> str:
        """A formula that stands in the first row of data, or is told for it. What it says of rows of its own
        table (`growth`) by their distance keeps the distance, when the table as a whole moves by `shift`."""

        def rows(one: Reference) -> tuple[int, int] | None:
            target = self._target(one, sheet)
            if _is_fixed(one):
                return self._rows(one, sheet, grows=False)
            is_here = target.casefold() == sheet.casefold()
            try:
                first, last = (
                    end.row + shift
                    if is_here and not end.row_fixed and _is_own(end, growth)
                    else self.moves.row(target, end.row, end.column or 1)
                    for end in (one.first, one.last)
                )
            except LostError as error:
                raise LostError(f"{one.text}: {error}") from None
            return first, last

        return with_rows(text, rows)

    def concerns(self, text: str, sheet: str) -> bool:
        """Whether a formula of this sheet names cells of a sheet on which something moves."""
        return any(
            self.moves.change(named)
            for one in references(text)
            for named in (self._between(one.sheets) if one.sheets else (sheet,))
        )

    def _rows(self, one: Reference, sheet: str, *, grows: bool) -> tuple[int, int] | None:
        """The new rows of an address, as when rows are inserted into a sheet."""
        target = self._target(one, sheet)
        if not self.moves.change(target):
            return None
        try:
            if one.first.column == 0:
                top, bottom = sorted((one.first.row, one.last.row))
                new = self.moves.rows(target, top, bottom)
            else:
                area = self.moves.area(target, _area(one), grows=grows or one.is_range)
                new = area.top, area.bottom
        except LostError as error:
            raise LostError(f"{one.text}: {error}") from None
        return new if one.first.row <= one.last.row else (new[1], new[0])

    def _target(self, one: Reference, sheet: str) -> str:
        """The one sheet that is meant. Of several at once none may change: their tables differ."""
        if len(one.sheets) < 2:
            return one.sheets[0] if one.sheets else sheet
        for name in self._between(one.sheets):
            if self.moves.change(name):
                raise LostError(f'{one.text}: it spans several sheets, and rows of "{name}" move')
        return one.sheets[0]

    def _between(self, ends: Sequence[str]) -> Sequence[str]:
        folded = [name.casefold() for name in self.sheets]
        at = sorted(folded.index(name.casefold()) for name in ends if name.casefold() in folded)
        return self.sheets[at[0] : at[-1] + 1] if at else ()


def _is_fixed(one: Reference) -> bool:
    return one.first.row_fixed and one.last.row_fixed


def _is_own(end: End, growth: Growth | None) -> bool:
    """Whether it is a row of the table. The row next to the only one is the next row, whatever is there."""
    if growth is None:
        return False
    is_next = growth.data.top == growth.data.bottom == end.row - 1
    return growth.data.top <= end.row <= growth.data.bottom or is_next


class Carried:
    """A formula carried down a column from its first row: quick for many rows.

    >>> carried = Carried("H5*$B$2+H4", 5)
    >>> carried.at(5), carried.at(7)
    ('H5*$B$2+H4', 'H7*$B$2+H6')
    """

    def __init__(self, formula: str, first_row: int) -> None:
        self._first_row = first_row
        self._texts: list[str] = []
        self._rows: list[int] = []
        at = 0
        for one in references(formula):
            for end in one.ends:
                if end.row and not end.row_fixed:
                    self._texts.append(formula[at : end.span[0]])
                    self._rows.append(end.row)
                    at = end.span[1]
        self._end = formula[at:]

    def at(self, row: int) -> str:
        """The formula for a row. Raises LostError where it leads off the sheet."""
        if not self._rows:
            return self._end
        down = row - self._first_row
        pieces = []
        for text, start in zip(self._texts, self._rows, strict=True):
            if not 1 <= start + down <= ROWS:
                raise LostError(f"in row {row} the formula leads off the sheet")
            pieces += [text, str(start + down)]
        return "".join([*pieces, self._end])


def _area(one: Reference) -> Area:
    rows = sorted((one.first.row, one.last.row))
    columns = sorted((one.first.column, one.last.column))
    return Area(rows[0], columns[0], rows[1], columns[1])
