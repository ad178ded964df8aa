"""An earlier dispute workbook: its disputes with what people entered, and the names on its letter."""

from __future__ import annotations

from addin.disputes.letter import PARTIES
from addin.disputes.records import BY_HAND, FOUND, OPEN, STATUSES, Dispute, Earlier, Entered
from addin.errors import TollsheetError
from addin.hosts.report_reading.disputes.cells import Line, Sheets, find_table
from addin.reconcile.period import Month
from templates.disputes.letter import LETTER
from templates.disputes.tables import COLUMNS, DISPUTES

_NAMES = [column.header for column in COLUMNS]
_NEEDED = ("Month", "Reason", "In question", "Unit", "Status", "Amount credited")
_MUST = (
    *_NEEDED,
    *("Call id", "About", "Date", "Opened on", "Status date", "Reference", "Owner", "Note", "Kind"),
)


def is_dispute_workbook(name: str, sheets: Sheets) -> bool:
    """Whether any sheet has the columns of disputes."""
    return find_table(name, sheets, _NEEDED, ()) is not None


def read_disputes(name: str, sheets: Sheets, *, replaced: bool = False) -> Earlier:
    """Every dispute of the workbook. Raises TollsheetError, with the cell, for a status that is none of the
    four, an amount that is no number and a day that is none; and where a column is gone, since what people
    wrote in it would be lost in silence."""
    table = find_table(name, sheets, _NEEDED, _NAMES)
    if table is None:
        raise TollsheetError(
            f'{name} is not a dispute workbook: it has no sheet "{DISPUTES}" with its columns',
            "Give the workbook that an earlier dispute sheet wrote.",
        )
    missing = [header for header in _MUST if header not in table.at]
    if missing:
        raise TollsheetError(
            f'{name}: the sheet "{table.sheet}" has no column "{missing[0]}" any more',
            f"Write its name in row {table.header_row + 1} again, above the column that it was.",
        )
    disputes = tuple(_dispute(line) for line in table.lines())
    return Earlier(name, disputes, parties_on(sheets), replaced)


def own_columns_on(sheets: Sheets) -> list[str]:
    """The names of columns in the table of disputes that are a person's own, and hold something."""
    table = find_table("", sheets, _NEEDED, ())
    if table is None:
        return []
    names = [" ".join(str(cell or "").split()) for cell in table.rows[table.header_row]]
    below = table.rows[table.header_row + 1 :]
    return [
        name
        for column, name in enumerate(names)
        if name not in _NAMES and any(str(row[column] or "").strip() for row in below)
    ]


def parties_on(sheets: Sheets) -> dict[str, str]:
    """What was filled in on the letter: beside its label; what stood there before counts as nothing."""
    blanks = dict(PARTIES)
    found: dict[str, str] = {}
    for name, rows_of in sheets:
        if not name.startswith(LETTER):
            continue
        for row in rows_of(None):
            texts = [cell for cell in row if cell is not None and str(cell).strip()]
            label = next((cell for cell in texts if isinstance(cell, str) and cell in blanks), None)
            others = [cell for cell in texts if cell is not label]
            if label and others and label not in found and str(others[0]) != blanks[label]:
                value = others[0]
                is_whole = isinstance(value, float) and value.is_integer()
                found[label] = str(int(value)) if is_whole else str(value)
    return found


def _dispute(line: Line) -> Dispute:
    entered = _entered(line)
    question = line.amount("In question")
    if question is None:
        raise line.wrong("In question", "the amount in question")
    month, unit, opened_on = _month(line), line.text("Unit"), line.day("Opened on")
    if not unit:
        raise line.wrong("Unit", "the currency, such as USD")
    if opened_on is None:
        raise line.wrong("Opened on", "the day on which it was opened, such as 2026-10-05")
    kind, state = line.text("Kind"), line.text("Source")
    reason, started = line.text("Reason"), line.instant("Date")
    return Dispute(
        month=month,
        kind=kind,
        reason=reason,
        question=question,
        unit=unit,
        opened_on=opened_on,
        call_id=line.text("Call id"),
        subject=line.text("About"),
        day=started.date() if started else None,
        account=line.text("Account"),
        from_number=line.text("From"),
        to_number=line.text("To"),
        billed=line.amount("Billed"),
        expected=line.amount("Expected"),
        minutes=line.amount("Minutes in question"),
        log_place=line.text("Place in the log"),
        billed_place=line.text("Place in the bill"),
        found=line.text("What was found"),
        beside=line.text("Beside the finding"),
        entered=entered,
        state=(state or FOUND) if kind else BY_HAND,
    )


def _month(line: Line) -> str:
    """A month as YYYY-MM. Where a person types one, a spreadsheet makes the first day of it."""
    if not isinstance(line.value("Month"), str) and (day := line.day("Month")) is not None:
        return f"{day:%Y-%m}"
    try:
        return str(Month.parse(line.text("Month")))
    except TollsheetError:
        raise line.wrong("Month", "the month, such as 2026-09") from None


def _entered(line: Line) -> Entered:
    status = line.text("Status").casefold() or OPEN
    if status not in STATUSES:
        raise line.wrong("Status", f"{', '.join(STATUSES)}, or nothing")
    credited = line.amount("Amount credited")
    if credited is not None and credited < 0:
        raise line.wrong("Amount credited", "a number of 0 or more")
    return Entered(
        status=status,
        status_on=line.day("Status date"),
        credited=credited,
        reference=line.typed("Reference"),
        owner=line.typed("Owner"),
        note=line.typed("Note"),
    )
