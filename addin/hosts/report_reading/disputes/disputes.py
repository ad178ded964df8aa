"""An earlier dispute workbook: its disputes with what people entered, and the names on its letter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial

from addin.disputes.found_credits import credits_from
from addin.disputes.records import BY_HAND, FOUND, OPEN, STATUSES, Dispute, Earlier, Entered
from addin.errors import TollsheetError, in_quotes
from addin.hosts.letters import column_letters
from addin.hosts.report_reading.disputes.cells import Found, Line, Sheets, Wrongs, find_like, name_of
from addin.hosts.report_reading.disputes.letters import parties_on
from addin.reconcile.period import Month
from templates.disputes.tables import COLUMNS, DISPUTES

_NAMES = [column.header for column in COLUMNS]
LIVE = (
    *("Outstanding", "Claimed", "Age, days", "Age bucket", "To check"),
    "In question before",
)
"""Every run writes them anew."""
_FOUND_CREDIT = ("Credit found", "Credit found at")
"""Read back, so that a further credit is told from those that were found before."""
_LATER = ("Provider",)
"""Workbooks of an earlier version have none of these."""
_TELLING = (
    *("About", "Status date", "Amount credited", "Opened on", "Age, days", "Age bucket", "To check"),
    *("Source", "In question before", "Credit found", "Credit found at", "Beside the finding"),
)
"""Names of columns that no other table of a report has."""
_NEEDED = (
    ("In question", "the amount in question"),
    ("Month", "the month, such as 2026-09"),
    ("Unit", "the currency, such as USD"),
    ("Opened on", "the day on which it was opened, such as 2026-10-05"),
)
_ENOUGH = 3
_MOST = 10


def is_dispute_workbook(name: str, sheets: Sheets) -> bool:
    """Whether it is one, whatever became of its columns."""
    return _table_in(name, sheets) is not None or any(sheet == DISPUTES for sheet, _ in sheets)


def read_disputes(name: str, sheets: Sheets, *, replaced: bool = False) -> Earlier:
    """Every dispute of the workbook. Raises TollsheetError, with the cells, for a status that is none of the
    four, an amount that is no number, a day that is none, and a formula whose result is not stored; and where
    a column is gone, since what stands in it would be lost in silence."""
    table = _table_in(name, sheets)
    if table is None and any(sheet == DISPUTES for sheet, _ in sheets):
        raise TollsheetError(
            f'{name}: the sheet "{DISPUTES}" has lost the row with its column names',
            f"Write them again above the disputes: {', '.join(_NAMES)}.",
        )
    if table is None:
        raise TollsheetError(
            f'{name} is not a dispute workbook: it has no sheet "{DISPUTES}" with its columns',
            "Give the workbook that an earlier dispute sheet wrote.",
        )
    _refuse_missing(table)
    wrongs = Wrongs()
    disputes = [
        wrongs.take(partial(_dispute, line, wrongs), None)
        for line in table.lines(but=(*LIVE, *_FOUND_CREDIT))
    ]
    wrongs.refuse()
    return Earlier(name, tuple(filter(None, disputes)), parties_on(sheets), replaced)


def own_columns_on(sheets: Sheets) -> dict[tuple[str, str], str]:
    """The columns in the table of disputes that are a person's own, and hold something: the name of each, by
    sheet and letters."""
    table = _table_in("", sheets)
    if table is None:
        return {}
    return {
        (table.sheet, column_letters(column + 1)): name
        for name, column in _strange(table)
        if _holds(table, column)
    }


def _table_in(name: str, sheets: Sheets) -> Found | None:
    return find_like(name, sheets, _TELLING, _ENOUGH, _NAMES)


def _strange(table: Found) -> list[tuple[str, int]]:
    """Columns whose names are none of ours."""
    names = map(name_of, table.rows[table.header_row])
    return [(name, column) for column, name in enumerate(names) if name not in _NAMES]


def _holds(table: Found, column: int) -> bool:
    below = table.rows[table.header_row + 1 :]
    return any(row[column] is not None and str(row[column]).strip() for row in below)


def _refuse_missing(table: Found) -> None:
    """A column that was renamed is named with the cell that has another name now."""
    missing = [name for name in _NAMES if name not in table.at and name not in (*LIVE, *_LATER)]
    strange = [(name, column) for name, column in _strange(table) if name or _holds(table, column)]
    for name in _LATER:
        at = None if name in table.at else _stands_for(table, name, strange)
        if at is not None and at[1] == table.at.get(_NAMES[_NAMES.index(name) - 1], -2) + 1:
            missing.append(name)
    if not missing:
        return
    row = table.header_row + 1
    told = []
    for name in missing[:_MOST]:
        at = _stands_for(table, name, strange)
        if at is None:
            told.append(f'"{name}" in row {row}, above the column that it was')
        else:
            now = f'that now says "{at[0]}"' if at[0] else "that is blank now"
            told.append(f'"{name}" in cell {table.sheet}!{column_letters(at[1] + 1)}{row}, {now}')
    columns = "column" if len(missing) == 1 else "columns"
    more = f" and {len(missing) - _MOST} more" if len(missing) > _MOST else ""
    raise TollsheetError(
        f'{table.workbook}: the sheet "{table.sheet}" has no {columns} {in_quotes(missing[:_MOST])}{more} '
        "any more: what stands there would be lost",
        f"Write again {'; '.join(told)}. Nothing was changed.",
    )


def _stands_for(table: Found, name: str, strange: Sequence[tuple[str, int]]) -> tuple[str, int] | None:
    """The column with another name that stands where this one did: right of the column before it."""
    before = _NAMES[: _NAMES.index(name)]
    for steps, known in enumerate(reversed(before), 1):
        if known in table.at:
            at = table.at[known] + steps
            break
    else:
        at = len(before)
    found = next((one for one in strange if one[1] == at), None)
    return found or (strange[0] if len(strange) == 1 else None)


def _dispute(line: Line, wrongs: Wrongs) -> Dispute | None:
    """None where a cell that it needs cannot be used."""

    def amount(header: str) -> Decimal | None:
        return wrongs.take(partial(line.amount, header), None)

    def text(header: str) -> str:
        return wrongs.take(partial(line.text, header), "")

    def day(header: str) -> date | None:
        return wrongs.take(partial(line.day, header), None)

    before = len(wrongs.found)
    month, unit, opened_on = wrongs.take(partial(_month, line), ""), text("Unit"), day("Opened on")
    question, started = amount("In question"), wrongs.take(partial(line.instant, "Date"), None)
    entered = _entered(line, wrongs)
    for header, right in _NEEDED:
        if not line.holds(header):
            wrongs.found.append(line.wrong(header, right))
    kind, state = text("Kind"), text("Source")
    dispute = Dispute(
        month=month,
        kind=kind,
        reason=text("Reason"),
        question=question or Decimal(0),
        unit=unit,
        opened_on=opened_on or date.min,
        call_id=text("Call id"),
        subject=text("About"),
        day=started.date() if started else None,
        provider=text("Provider"),
        account=text("Account"),
        from_number=text("From"),
        to_number=text("To"),
        billed=amount("Billed"),
        expected=amount("Expected"),
        minutes=amount("Minutes in question"),
        log_place=text("Place in the log"),
        billed_place=text("Place in the bill"),
        found=text("What was found"),
        beside=text("Beside the finding"),
        entered=entered,
        credits=credits_from(text("Credit found at"), amount("Credit found")),
        state=(state or FOUND) if kind else BY_HAND,
    )
    return dispute if len(wrongs.found) == before else None


def _month(line: Line) -> str:
    """A month as YYYY-MM, or blank. Of one that a person types a spreadsheet makes its first day."""
    if not line.holds("Month"):
        return ""
    if not isinstance(line.value("Month"), str) and (day := line.day("Month")) is not None:
        return f"{day:%Y-%m}"
    try:
        return str(Month.parse(line.text("Month")))
    except TollsheetError:
        raise line.wrong("Month", "the month, such as 2026-09") from None


def _entered(line: Line, wrongs: Wrongs) -> Entered:
    status = wrongs.take(partial(line.text, "Status"), "").casefold() or OPEN
    if status not in STATUSES:
        wrongs.found.append(line.wrong("Status", f"{', '.join(STATUSES)}, or nothing"))
    credited = wrongs.take(partial(line.amount, "Amount credited"), None)
    if credited is not None and credited < 0:
        wrongs.found.append(line.wrong("Amount credited", "a number of 0 or more"))
    return Entered(
        status=status,
        status_on=wrongs.take(partial(line.day, "Status date"), None),
        credited=credited,
        reference=wrongs.take(partial(line.typed, "Reference"), ""),
        owner=wrongs.take(partial(line.typed, "Owner"), ""),
        note=wrongs.take(partial(line.typed, "Note"), ""),
    )
