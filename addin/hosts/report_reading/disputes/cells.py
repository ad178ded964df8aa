"""A table of a report, found by the names of its columns wherever a person has moved them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from addin.errors import TollsheetError
from addin.hosts.letters import column_letters
from addin.hosts.report_reading.sheets import UNCALCULATED
from addin.reconcile.measure import PRINTED_PLACES

Rows = Sequence[Sequence[Any]]
RowsOf = Callable[[int | None], Rows]
Sheets = Sequence[tuple[str, RowsOf]]
"""Name and rows of each sheet: its first rows, or all (None), from A1 on."""

T = TypeVar("T")

_FIRST_ROWS = 200
"""Where a header is looked for: people put rows above it."""
_DIGITS = 15
"""That a cell keeps of a number."""
_ZERO_DAY = datetime(1899, 12, 30, tzinfo=UTC)
_FIRST_YEAR, _LAST_YEAR = 2000, 2099
_FIRST_SERIAL, _LAST_SERIAL = 36_526, 73_050
"""Their first and last day as spreadsheets count days: another number is no day."""


class WrongCell(TollsheetError):
    """A cell that cannot be used, and what to do about it."""

    def __init__(self, workbook: str, cell: str, wrong: str, remedy: str) -> None:
        """`cell` is such as `Disputes!N7`; `wrong` says what is the matter with it."""
        self.workbook, self.cell, self.wrong = workbook, cell, wrong
        super().__init__(f"{workbook}, cell {cell}{wrong}", remedy)


@dataclass(frozen=True, slots=True)
class Found:
    """A table on a sheet: its rows from the header on."""

    workbook: str
    sheet: str
    header_row: int
    """Zero-based."""
    at: dict[str, int]
    rows: Rows

    def lines(self, *, but: Collection[str] = ()) -> Iterator[Line]:
        """Every row below the header that holds anything in the columns of the table `but` these."""
        names = [name for name in self.at if name not in but]
        for number, cells in enumerate(self.rows[self.header_row + 1 :], self.header_row + 1):
            line = Line(self, number, cells)
            if any(map(line.holds, names)):
                yield line


@dataclass(frozen=True, slots=True)
class Line:
    """A row of such a table. A column that is missing is blank."""

    table: Found
    number: int
    cells: Sequence[Any]

    def value(self, header: str) -> Any:
        at = self.table.at.get(header)
        return None if at is None or at >= len(self.cells) else self.cells[at]

    def holds(self, header: str) -> bool:
        """Whether the cell has anything in it."""
        value = self.value(header)
        return value is not None and bool(str(value).strip())

    def _stored(self, header: str) -> Any:
        """The value. Raises TollsheetError with the cell where it is a formula whose result is not stored."""
        value = self.value(header)
        if value is UNCALCULATED:
            raise WrongCell(
                self.table.workbook,
                self.cell(header),
                f" ({header}) is a formula whose result is not stored",
                "Open the file in Excel or LibreOffice, save it, and run this again.",
            )
        return value

    def text(self, header: str) -> str:
        """As the cell shows it; a number without `.0`."""
        value = self._stored(header)
        if value is None:
            return ""
        if isinstance(value, bool):
            return str(value).upper()
        if isinstance(value, float):
            return f"{exact(value):f}"
        if isinstance(value, datetime) and (value.hour, value.minute, value.second) == (0, 0, 0):
            return str(value.date())
        return str(value).strip()

    def typed(self, header: str) -> str:
        """What a person wrote, blanks at its ends included."""
        value = self._stored(header)
        return value if isinstance(value, str) else self.text(header)

    def amount(self, header: str) -> Decimal | None:
        """A number, exact; None for a blank. Raises TollsheetError with the cell for anything else."""
        value = self._stored(header)
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        if isinstance(value, int | float) and not isinstance(value, bool):
            return exact(value)
        try:
            number = Decimal(value.strip()) if isinstance(value, str) else Decimal("NaN")
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            raise self.wrong(header, "a number with a decimal point, such as 0.05, or nothing")
        return number

    def day(self, header: str) -> date | None:
        """A day of this century; None for a blank. Raises TollsheetError with the cell for anything else."""
        moment = self.instant(header)
        if moment is not None and not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
            raise self.wrong(header, "a day, such as 2026-09-30, or nothing")
        return None if moment is None else moment.date()

    def instant(self, header: str) -> datetime | None:
        """Any day with its time, in UTC."""
        value = self._stored(header)
        if isinstance(value, datetime):
            return value.replace(tzinfo=UTC)
        if isinstance(value, date):
            return datetime(value.year, value.month, value.day, tzinfo=UTC)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if is_number and _FIRST_SERIAL <= value <= _LAST_SERIAL:
            return _ZERO_DAY + timedelta(seconds=round(value * 86_400))
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        try:
            return datetime.fromisoformat(str(value).strip()).replace(tzinfo=UTC)
        except ValueError:
            raise self.wrong(header, "a day, such as 2026-09-30, or nothing") from None

    def cell(self, header: str) -> str:
        """Such as `Disputes!N7`."""
        return f"{self.table.sheet}!{column_letters(self.table.at[header] + 1)}{self.number + 1}"

    def wrong(self, header: str, right: str) -> WrongCell:
        shown = " ".join(self.text(header).split())[:60]
        wrong = f" ({header}): {shown!r} cannot be used"
        return WrongCell(self.table.workbook, self.cell(header), wrong, f"Write {right}.")


def exact(value: int | float) -> Decimal:
    """The decimal that a cell was given: at most 15 digits of it are kept, and 10 decimals.

    >>> exact(0.1 + 0.2), exact(3.0), exact(-0.0084)
    (Decimal('0.3'), Decimal('3'), Decimal('-0.0084'))
    """
    number = Decimal(f"{value:.{_DIGITS}g}") if isinstance(value, float) else Decimal(value)
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -PRINTED_PLACES:
        number = number.quantize(Decimal(1).scaleb(-PRINTED_PLACES))
    return Decimal(f"{number.normalize():f}")


class Wrongs:
    """Gathers the cells that cannot be used, so that all of them are named at once."""

    _MOST = 10

    def __init__(self) -> None:
        self.found: list[WrongCell] = []

    def take(self, read: Callable[[], T], otherwise: T) -> T:
        """What `read` gives, or `otherwise` where it meets such a cell."""
        try:
            return read()
        except WrongCell as wrong:
            self.found.append(wrong)
            return otherwise

    def refuse(self) -> None:
        """Raise TollsheetError where there is one; it names up to ten."""
        if len(self.found) > 1:
            named = [f"{one.cell}{one.wrong}. {one.remedy}" for one in self.found[: self._MOST]]
            more = len(self.found) - len(named)
            ending = f" And {more} more." if more else ""
            raise TollsheetError(
                f"{self.found[0].workbook}: {len(self.found)} cells cannot be used",
                f"{' '.join(named)}{ending}",
            )
        if self.found:
            raise self.found[0]


def find_table(workbook: str, sheets: Sheets, needed: Sequence[str], known: Sequence[str]) -> Found | None:
    """The first table that has the `needed` columns; those of `known` that it has can be asked for.

    Raises TollsheetError where one of them stands there twice.
    """
    for name, rows_of in sheets:
        header = _header(rows_of(_FIRST_ROWS), needed)
        if header is not None:
            return table_at(workbook, name, rows_of(None), header, known)
    return None


def find_like(
    workbook: str, sheets: Sheets, telling: Collection[str], enough: int, known: Sequence[str]
) -> Found | None:
    """The table whose header has most of the `telling` names, `enough` at least: some may have been renamed.

    Raises TollsheetError where one of the `known` stands there twice.
    """
    best = (enough - 1, 0, 0)
    for number, (_, rows_of) in enumerate(sheets):
        for at, row in enumerate(rows_of(_FIRST_ROWS)):
            count = len({*map(name_of, row)} & {*telling})
            if count > best[0]:
                best = (count, number, at)
    if best[0] < enough:
        return None
    name, rows_of = sheets[best[1]]
    return table_at(workbook, name, rows_of(None), best[2], known)


def table_at(workbook: str, sheet: str, rows: Rows, header: int, known: Sequence[str]) -> Found:
    """The table whose header is that row (zero-based)."""
    names = [name_of(cell) for cell in rows[header]]
    at = {}
    for one in known:
        if names.count(one) > 1:
            raise TollsheetError(
                f'{workbook}: the sheet "{sheet}" has the column "{one}" {names.count(one)} times',
                "Rename all but the right one.",
            )
        if one in names:
            at[one] = names.index(one)
    return Found(workbook, sheet, header, at, rows)


def _header(rows: Rows, needed: Sequence[str]) -> int | None:
    wanted = {*needed}
    return next((at for at, row in enumerate(rows) if wanted <= {*map(name_of, row)}), None)


def name_of(cell: Any) -> str:
    """What a cell of a header says."""
    return " ".join(cell.split()) if isinstance(cell, str) else ""
