"""The findings of a reconciliation workbook, and the rows of its bill outside the month."""

from __future__ import annotations

from decimal import Decimal

from addin.disputes.records import BilledRecord, Reconciled, UsageCredit
from addin.errors import TollsheetError
from addin.hosts.report_reading.disputes.cells import Found, Line, Sheets, find_table
from addin.hosts.report_reading.disputes.inputs import ReadInputs
from addin.reconcile.lines import OUTSIDE
from addin.reports.reconciliation.data import Compared, FindingRow, Note, Sum
from templates.reconciliation.findings import COLUMNS, FINDINGS
from templates.reconciliation.tables import BILLED_CALL_COLUMNS, NO_CURRENCY, USAGE_COSTS, USAGE_KEYS, YES
from templates.reconciliation.wording import BILL, COMPARED, TITLE, month_of

FINDINGS_NEEDED = ("Kind", "Call id", "What was found", "Variance minutes", "Expected cost", "Billed cost")
_NAMES = [column.header for column in COLUMNS]
_OF_BILL = [column.header for column in BILLED_CALL_COLUMNS]
_BILL_NEEDED = ("Place", "Call id", "Step", "Cost", "Counted")
_USAGE_NEEDED = ("Place", "Category", "First day", "Last day", "Cost", "In total")
_OF_USAGE = [column.header for column in (*USAGE_KEYS, *USAGE_COSTS)]
_FIRST_ROWS = 200
_REST_MINUTES, _REST_COST = "Minutes in question", "Cost in question"


def read_reconciliation(name: str, sheets: Sheets) -> Reconciled:
    """What a reconciliation workbook says. Raises TollsheetError where it is none, or a cell that was a
    figure is none any more."""
    month = month_on(sheets)
    findings = find_table(name, sheets, FINDINGS_NEEDED, _NAMES)
    if not month or findings is None:
        lacks = f'no sheet "{FINDINGS}" with its columns' if month else "no title with its month"
        raise TollsheetError(
            f"{name} is not a reconciliation workbook: it has {lacks}",
            "Give the workbook that the reconciliation wrote.",
        )
    inputs = ReadInputs(name, sheets)
    rows = [_finding(line, inputs) for line in findings.lines()]
    bill = find_table(name, sheets, _BILL_NEEDED, _OF_BILL)
    usage = find_table(name, sheets, _USAGE_NEEDED, _OF_USAGE)
    provider = provider_on(sheets)
    return Reconciled(
        name=name,
        month=month,
        findings=tuple(rows),
        outside=_outside(bill, inputs) if bill is not None else (),
        says_rest=_REST_MINUTES in findings.at,
        by_call=bill is not None,
        provider="" if "," in provider else provider,
        bill_files=_files(bill, inputs) if bill is not None else frozenset(),
        providers=inputs.providers(provider) if "," in provider else {},
        usage_credits=_usage_credits(usage, inputs) if usage is not None else (),
    )


def month_on(sheets: Sheets) -> str:
    """The month of the report on these sheets, empty where none says it."""
    for _, rows_of in sheets:
        for row in rows_of(_FIRST_ROWS):
            for cell in row:
                if isinstance(cell, str) and cell.startswith(TITLE) and (month := month_of(cell)):
                    return month
    return ""


def provider_on(sheets: Sheets) -> str:
    """Whose bill is compared, as the Summary says it; empty where it does not any more."""
    for _, rows_of in sheets:
        for row in rows_of(_FIRST_ROWS):
            for cell in row:
                if isinstance(cell, str) and cell.startswith(BILL) and COMPARED in cell:
                    return cell.removeprefix(BILL).rpartition(COMPARED)[0].strip()
    return ""


def _finding(line: Line, inputs: ReadInputs) -> FindingRow:
    currency = line.text("Currency") or None
    note = Note(
        kind=line.text("Kind"),
        call_id=line.text("Call id"),
        log_place=inputs.place(line.text("Place in the log")),
        billed_place=inputs.place(line.text("Place in the bill")),
        found=line.text("What was found"),
        status=line.text("Status"),
        owner=line.text("Owner"),
        text=line.text("Note"),
    )
    rest = None
    if _REST_MINUTES in line.table.at:
        minutes = line.amount(_REST_MINUTES)
        rest = Sum(0, minutes or Decimal(0), line.amount(_REST_COST), currency)
    return FindingRow(
        kind=note.kind,
        call_id=note.call_id,
        log_place=note.log_place or None,
        billed_place=note.billed_place or None,
        sums=Compared(_sum(line, "Expected"), _sum(line, "Billed"), _sum(line, "Variance")),
        note=note.found,
        started_at=line.instant("Started (UTC)"),
        from_number=line.text("From"),
        to_number=line.text("To"),
        entered=note if any((note.status, note.owner, note.text)) else None,
        account=line.text("Account"),
        rest=rest,
    )


def _sum(line: Line, side: str) -> Sum:
    calls = line.amount(f"{side} calls") or Decimal(0)
    minutes = line.amount(f"{side} minutes") or Decimal(0)
    cost = line.amount(f"{side} cost")
    return Sum(int(calls), minutes, cost, line.text("Currency") or None if cost is not None else None)


def _outside(bill: Found, inputs: ReadInputs) -> tuple[BilledRecord, ...]:
    """Those with a price. Copies of them are not among them: they left the bridge before."""
    found = []
    for line in bill.lines():
        if line.text("Step") == OUTSIDE:
            cost, started_at = line.amount("Cost"), line.instant("Started (UTC)")
            if cost and started_at is not None:
                currency = line.text("Currency")
                place, call_id = inputs.place(line.text("Place")), line.text("Call id")
                found.append(BilledRecord(place, call_id, started_at, cost, currency))
    return tuple(found)


def _files(bill: Found, inputs: ReadInputs) -> frozenset[str]:
    places = (inputs.place(line.text("Place")) for line in bill.lines())
    return frozenset(place.rpartition(":")[0] for place in places if place)


def _usage_credits(usage: Found, inputs: ReadInputs) -> tuple[UsageCredit, ...]:
    """Negative records of call minutes, each amount once: of a month's record that holds days with credits,
    these days."""
    found: list[UsageCredit] = []
    for line in usage.lines():
        cost, first, last = line.amount("Cost"), line.day("First day"), line.day("Last day")
        counts = YES in (line.text("In total"), line.text("In days"))
        if cost is not None and cost < 0 and counts and first is not None and last is not None:
            currency = line.text("Currency")
            found.append(
                UsageCredit(
                    inputs.place(line.text("Place")),
                    line.text("Category"),
                    first,
                    last,
                    cost,
                    "" if currency == NO_CURRENCY else currency,
                    line.text("Account"),
                )
            )
    return tuple(one for one in found if not any(_holds(one, other) for other in found))


def _holds(one: UsageCredit, other: UsageCredit) -> bool:
    """Whether the one is of more days, and the other's are among them."""
    return (
        (one.category, one.account, one.currency) == (other.category, other.account, other.currency)
        and one.first <= other.first <= other.last <= one.last
        and (one.first, one.last) != (other.first, other.last)
    )
