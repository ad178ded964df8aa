"""The addresses in a formula as files hold it: which cells of which sheet, and where in the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from addin.hosts.filling.areas import COLUMNS, ROWS
from addin.hosts.letters import column_letters, column_number
from addin.hosts.package.formula_text import PIECES

_PARTS = re.compile(r"(?P<column_fixed>\$?)(?:(?P<letters>[A-Za-z]{1,3})(?P<row_fixed>\$?))?(?P<row>[0-9]*)")

_Change = tuple[tuple[int, int], str]


@dataclass(frozen=True, slots=True)
class End:
    """One end of an address. `row` or `column` is 0 where it names none: whole columns, whole rows."""

    row: int
    column: int
    row_fixed: bool
    column_fixed: bool
    span: tuple[int, int]
    """Where the digits of the row stand in the formula."""
    column_span: tuple[int, int]
    """Where the letters of the column do."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Cells that a formula names."""

    sheets: tuple[str, ...]
    """None of them where it names none, so that its own is meant; two for all from one to another."""
    first: End
    last: End
    """The same as `first` where one cell is named."""
    text: str

    @property
    def is_range(self) -> bool:
        return self.first is not self.last

    @property
    def ends(self) -> tuple[End, ...]:
        return (self.first, self.last) if self.is_range else (self.first,)


def references(formula: str) -> Iterator[Reference]:
    """The cells that a formula names by address, but those of other workbooks. Names, texts, functions and
    columns of tables are none.

    >>> [one.text for one in references('LOG10(A1)+Calls[[#This Row],[B2]]&"C3"&Rates!$D$4:E5')]
    ['A1', 'Rates!$D$4:E5']
    >>> [one.sheets for one in references("'My ''own'' sheet'!A1+[1]Log!A1+Jan:Mar!B2")]
    [("My 'own' sheet",), ('Jan', 'Mar')]
    >>> [*references("SUM([1]Log!5:7,[1]Log!$B:$B,[1]Jan:Mar!B5,[1]My-log!B5)+#REF!$B$5")]
    []
    """
    for token in PIECES.finditer(formula):
        if token["cells"] is None:
            continue
        if (sheets := _sheets(token["sheet"])) is None:
            continue
        names = next(
            pair for pair in (("first", "last"), ("left", "right"), ("top", "bottom")) if token[pair[0]]
        )
        ends = [_end(token, name) for name in names if token[name]]
        if all(one.row <= ROWS and one.column <= COLUMNS and (one.row or one.column) for one in ends):
            yield Reference(sheets, ends[0], ends[-1], token[0])


def with_rows(formula: str, new_rows: Callable[[Reference], tuple[int, int] | None]) -> str:
    """The formula with other rows in its addresses: `new_rows` gives those of both ends, None to leave one.

    >>> with_rows("SUM(B5:B$9)*A1", lambda one: (5, 20) if one.is_range else None)
    'SUM(B5:B$20)*A1'
    >>> with_rows("Log!$B$5", lambda one: (5, 9))
    'Log!$B$5:$B$9'
    """
    changes: list[_Change] = []
    for one in references(formula):
        rows = new_rows(one) if one.first.row else None
        if rows is None:
            continue
        first, last = (str(row) for row in rows)
        if one.is_range:
            changes += [(one.first.span, first), (one.last.span, last)]
        elif first == last:
            changes.append((one.first.span, first))
        else:  # one cell has become several
            start = one.first.column_span[0] - one.first.column_fixed
            column = formula[start : one.first.span[0]]
            changes.append((one.first.span, f"{first}:{column}{last}"))
    return _changed(formula, changes)


def copied(formula: str, down: int, right: int) -> str:
    """The formula as it is in a cell so many rows below and columns to the right of its own.

    >>> copied("B5*$C$1+SUM($B5:B5)+SUM(D:$E)+SUM(5:$6)", 2, 1)
    'C7*$C$1+SUM($B7:C7)+SUM(E:$E)+SUM(7:$6)'
    """
    changes: list[_Change] = []
    for one in references(formula):
        for end in one.ends:
            if end.column and not end.column_fixed:
                changes.append((end.column_span, column_letters((end.column + right - 1) % COLUMNS + 1)))
            if end.row and not end.row_fixed:
                changes.append((end.span, str((end.row + down - 1) % ROWS + 1)))
    return _changed(formula, changes)


def _changed(formula: str, changes: Sequence[_Change]) -> str:
    pieces, at = [], 0
    for (start, end), text in changes:
        pieces += [formula[at:start], text]
        at = end
    return "".join([*pieces, formula[at:]])


def _sheets(written: str | None) -> tuple[str, ...] | None:
    """The sheets that are named; None where they are of another workbook."""
    if written is None:
        return ()
    name = written[:-1]
    if name.startswith("'"):
        name = name[1:-1].replace("''", "'")
    if "[" in name or "]" in name:
        return None
    return tuple(name.split(":"))  # a name cannot hold it


def _end(token: re.Match[str], name: str) -> End:
    match = _PARTS.match(token.string, token.start(name))
    assert match
    row, letters = match["row"], match["letters"]
    return End(
        int(row) if row else 0,
        column_number(letters) if letters else 0,
        bool(match["row_fixed"]) if letters else match["column_fixed"] == "$",
        bool(match["column_fixed"]),
        match.span("row"),
        match.span("letters"),
    )
