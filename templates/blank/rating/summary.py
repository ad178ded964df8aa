"""The sheet Summary: calls, minutes and cost by currency, direction, month and destination, all by formulas.

Amounts in different currencies are never added: each has its column. Calls without a cost are in no sum of
money, and are counted beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from xlsxwriter.worksheet import Worksheet

from templates.blank.rating.calls import TABLE
from templates.blank.rating.values import Filled
from templates.look import AMOUNT, COUNT
from templates.shared.book import Book
from templates.shared.checks import Check, write_line
from templates.shared.serials import month_of, rounded, serial
from templates.shared.tables import Row, Shown, column, write_shown

SHEET = "Summary"
CURRENCIES, MONTHS, DESTINATIONS = 4, 12, 20
"""How many are shown; more currencies fail a check, more of the others stand in one row."""
_MINUTES = "#,##0.00##"
_COST, _KEY = 5, 9
"""The first column of costs, and that of the rows of the table Calls where a group begins."""
_WIDTHS = (30, 11, 11, 11, 15, 16, 16, 16, 16, 13)
_COST_PLACES, _MINUTE_PLACES = 8, 6
_CHECKED_COST, _CHECKED = 6, 4
"""Places to which parts and totals agree: each is rounded by itself."""
Test = Callable[[Row], bool]


@dataclass(frozen=True, slots=True)
class Group:
    """A row of the summary: the calls that meet its conditions."""

    label: Shown
    conditions: Sequence[tuple[str, str]]
    """Columns of the table Calls, and what COUNTIFS asks of them."""
    holds: Test
    formula: str = ""
    """Of the label, where it is one."""
    guard: str = ""
    """The cell that is blank where there is no such group."""
    label_format: str = ""
    is_there: bool = True


@dataclass(slots=True)
class _Summary:
    book: Book
    sheet: Worksheet
    filled: Filled
    currency_rows: list[int] = field(default_factory=list)
    """Of the calls where each currency begins."""
    first_currency: int = 0
    """The row of the sheet with the first currency."""
    row: int = 5
    parts: list[str] = field(default_factory=list)
    """For each block: the difference of its parts to its total."""

    def heading(self, text: str, label: str, *, by_currency: bool = True) -> None:
        look, self.row = self.book.look, self.row + 1
        self.sheet.write_string(self.row - 1, 0, text, look.heading())
        for index, head in enumerate((label, "Calls", "Charged", "Not rated", "Billed minutes")):
            self.sheet.write_string(self.row, index, head, look.head(right=index > 0))
        if not by_currency:
            self.sheet.write_string(self.row, _COST, "Cost", look.head(right=True))
        for number in range(CURRENCIES if by_currency else 0):
            name = f"$A${self.first_currency + number + 1}"
            shown = self._currency(number)
            formula = f'IF({name}="","","Cost, "&{name})'
            write_shown(
                self.sheet,
                self.row,
                _COST + number,
                formula,
                look.head(right=True),
                f"Cost, {shown}" if shown else "",
            )
        self.row += 1

    def block(self, groups: Sequence[Group]) -> None:
        """Rows and their total, which is counted by itself."""
        first = self.row
        for group in groups:
            self._line(group)
        self._line(Group("Total", [(_all("Currency row"), '">0"')], lambda row: True), bold=True)
        total = self.row
        for index in range(1, _COST + CURRENCIES if self.first_currency else _COST):
            letter = chr(ord("A") + index)
            places = _CHECKED_COST if index >= _COST else _CHECKED
            difference = f"SUM({SHEET}!{letter}{first + 1}:{letter}{total - 1})-N({SHEET}!{letter}{total})"
            self.parts.append(f"ABS(ROUND({difference},{places}))")
        self.row += 1

    def key(self, header: str, number: int, first: int, rows: Sequence[int]) -> None:
        """The row of the table Calls where the group of this number begins; blank where there is none."""
        cells, at = _all(header), first + number
        nth = f'COUNTIF({cells},"<="&J{at})'
        formula = f'IF(COUNT({cells})=0,"",SMALL({cells},1))'
        if number:
            formula = f'IF(J{at}="","",IF({nth}>=COUNT({cells}),"",SMALL({cells},{nth}+1)))'
        shown = rows[number] if number < len(rows) else ""
        write_shown(self.sheet, first + number, _KEY, formula, self.book.look.note(), shown)

    def _line(self, group: Group, *, bold: bool = False) -> None:
        look, sheet = self.book.look, self.sheet
        words = look.words(bold=bold, **({"num_format": group.label_format} if group.label_format else {}))
        if group.formula:
            write_shown(sheet, self.row, 0, group.formula, words, group.label if group.is_there else "")
        else:
            sheet.write_string(self.row, 0, str(group.label), words)
        chosen = [row for row in self.filled.calls if group.is_there and group.holds(row)]
        counted = ",".join(f"{cells},{asked}" for cells, asked in group.conditions)
        seconds = f'SUMIFS({_all("Billed seconds")},{counted},{_all("Billed seconds")},">=0")'
        measures: list[tuple[str, Shown, str]] = [
            (f"COUNTIFS({counted})", len(chosen), COUNT),
            (
                f'COUNTIFS({counted},{_all("Charged")},"yes")',
                sum(row["Charged"] == "yes" for row in chosen),
                COUNT,
            ),
            (
                f'COUNTIFS({counted},{_all("Problem row")},">0")',
                sum(row["Problem row"] != "" for row in chosen),
                COUNT,
            ),
            (
                f"ROUND({seconds}/60,{_MINUTE_PLACES})",
                rounded(_sum(chosen, "Billed seconds") / 60, _MINUTE_PLACES),
                _MINUTES,
            ),
        ]
        measures += self._costs(group, counted, chosen)
        for index, (formula, shown, number_format) in enumerate(measures, 1):
            guarded = f'IF({group.guard}="","",{formula})' if group.guard else formula
            value = shown if group.is_there else ""
            write_shown(sheet, self.row, index, guarded, look.figure(number_format, bold=bold), value)
        self.row += 1

    def _costs(self, group: Group, counted: str, chosen: Sequence[Row]) -> list[tuple[str, Shown, str]]:
        rated = f'{counted},{_all("Cost")},">=0"'
        if not self.first_currency:  # the rows are currencies themselves
            if group.label == "Total":
                return []
            total = rounded(_sum(chosen, "Cost"), _COST_PLACES)
            return [(f"ROUND(SUMIFS({_all('Cost')},{rated}),{_COST_PLACES})", total, AMOUNT)]
        costs: list[tuple[str, Shown, str]] = []
        for number in range(CURRENCIES):
            key = f"$J${self.first_currency + number + 1}"
            figure = f"ROUND(SUMIFS({_all('Cost')},{rated},{_all('Currency row')},{key}),{_COST_PLACES})"
            of_it = [row for row in chosen if row["Cost currency"] == self._currency(number)]
            shown = rounded(_sum(of_it, "Cost"), _COST_PLACES) if self._currency(number) else ""
            costs.append((f'IF({key}="","",{figure})', shown, AMOUNT))
        return costs

    def _currency(self, number: int) -> str:
        if number >= len(self.currency_rows):
            return ""
        return str(self.filled.calls[self.currency_rows[number] - 1]["Cost currency"])


def write_summary(book: Book, filled: Filled, failing: int) -> Check:
    """The sheet; gives the check that its parts are its totals."""
    sheet = book.result_sheet(
        SHEET, _WIDTHS, "Costs are those of rated calls; calls that are not rated are counted."
    )
    page = _Summary(book, sheet, filled, sorted({_row_of(row, "Currency row") for row in filled.calls}))
    write_line(book, sheet, 3, 0, failing)
    sheet.set_column(_KEY, _KEY, 8, None, {"hidden": True})
    sheet.write_string(4, _KEY, "First call", book.look.note())
    page.heading("By currency", "Currency", by_currency=False)
    first = page.row
    for number in range(CURRENCIES):
        page.key("Currency row", number, first, page.currency_rows)
    page.block([_by_key(page, "Currency row", "Cost currency", n, first) for n in range(CURRENCIES)])
    page.first_currency = first
    page.heading("By direction", "Direction")
    page.block([*map(_direction, ("outbound", "inbound", ""))])
    page.heading("By month (UTC)", "Month")
    page.block(_months(page))
    page.heading("By destination", "Destination")
    first = page.row
    rows = sorted({_row_of(row, "Destination row") for row in filled.calls})
    for number in range(DESTINATIONS):
        page.key("Destination row", number, first, rows)
    groups = [_by_key(page, "Destination row", "Destination", n, first, rows) for n in range(DESTINATIONS)]
    last = f"J{first + DESTINATIONS}"
    beyond = rows[DESTINATIONS - 1] if len(rows) >= DESTINATIONS else None
    others = Group(
        "Others",
        [(_all("Destination row"), f'">"&IF({last}="",99999999,{last})')],
        lambda row: beyond is not None and _row_of(row, "Destination row") > beyond,
    )
    page.block([*groups, others])
    return Check(
        "check_parts",
        "The parts of each breakdown of the Summary are its total",
        "+".join(page.parts),
        "Look for more than four currencies, and for rows that were changed on the sheet Summary.",
    )


def more_currencies() -> str:
    """Calls of currencies that have no column."""
    key = f"{SHEET}!$J$11"
    return f'IF({key}="",0,COUNTIF({_all("Currency row")},">"&{key}))'


def _by_key(
    page: _Summary, key: str, name: str, number: int, first: int, rows: Sequence[int] | None = None
) -> Group:
    """The calls of the group that begins in a row of the table."""
    starts = page.currency_rows if rows is None else rows
    cell, is_there = f"$J${first + number + 1}", number < len(starts)
    start = starts[number] if is_there else 0
    return Group(
        page.filled.calls[start - 1][name] if is_there else "",
        [(_all(key), cell)],
        lambda row: _row_of(row, key) == start,
        formula=f'IF({cell}="","",INDEX({_all(name)},{cell}))',
        guard=cell,
        is_there=is_there,
    )


def _direction(way: str) -> Group:
    return Group(way or "not known", [(_all("Way"), f'"{way}"')], lambda row: row["Way"] == way)


def _months(page: _Summary) -> list[Group]:
    """A row a month from the first one on; then what is later, and what has no date."""
    started = [row.get("Started (UTC)") for row in page.filled.calls]
    month = min((month_of(one) for one in started if isinstance(one, date)), default=None)
    groups = []
    for number in range(MONTHS):
        cell, shown = f"$A${page.row + number + 1}", "" if month is None else serial(month)
        months = _all("Month")
        formula = f'IF(COUNT({months})=0,"",EOMONTH(MIN({months}),{number - 1})+1)'
        groups.append(
            Group(
                shown, [(_all("Month"), cell)], _is_month(shown), formula, cell, "yyyy-mm", month is not None
            )
        )
        if month is not None:
            month = month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)
    end = f"$A${page.row + MONTHS}"
    after = 0 if month is None else serial(month)
    later = f'">"&IF({end}="",0,{end})'
    groups.append(Group("Later", [(_all("Month"), later)], lambda row: _is_later(row, after)))
    groups.append(Group("No date", [(_all("Month"), '""')], lambda row: row["Month"] == ""))
    return groups


def _is_month(shown: Shown) -> Test:
    return lambda row: row["Month"] == shown


def _is_later(row: Row, after: float) -> bool:
    month = row["Month"]
    return isinstance(month, int | float) and month >= after > 0


def _row_of(row: Row, header: str) -> int:
    number = row[header]
    assert isinstance(number, int)
    return number


def _sum(rows: Sequence[Row], header: str) -> Fraction:
    figures = [row[header] for row in rows]
    return sum((Fraction(one) for one in figures if isinstance(one, int | Fraction)), Fraction(0))


def _all(header: str) -> str:
    return column(TABLE, header)
