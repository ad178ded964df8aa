"""The sheets Disputes and Not disputed: a row each, with live columns for what follows from the entries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from addin.disputes import checks
from addin.disputes.records import (
    ACCEPTED,
    GONE,
    OPEN,
    REJECTED,
    SETTLED,
    STATUSES,
    Dispute,
    DisputeReport,
    NotDisputed,
)
from addin.disputes.totals import bucket_names, bucket_of
from addin.reconcile.measure import PRINTED_PLACES
from templates import look as styles
from templates.cells import Value
from templates.grid import (
    AMOUNT,
    AMOUNT_VARIANCE,
    COUNT,
    DAY,
    FIRST_ROW,
    HEADER_ROW,
    INPUT,
    MINUTES_VARIANCE,
    NOTE,
    SHORT_TEXT,
    TEXT,
    Column,
    Kind,
    write_table,
)
from templates.look import Look, set_pages, set_title, set_two_pages, set_up_page

DISPUTES, NOT_DISPUTED = "Disputes", "Not disputed"
"""The sheets, and what stands on top of them."""
TABLE, NOT_TABLE = "Disputes", "NotDisputed"
AS_OF = "dispute_as_of"
"""The name of the cell with the day on which ages are counted."""

_ID, _PHONE = Kind(widest=36, wraps=True), Kind(widest=18, wraps=True)
_PLACE, _FOUND = Kind(widest=24, wraps=True), Kind(widest=36, wraps=True)
_REASON = Kind(widest=24, wraps=True)
_DAY_INPUT = Kind(styles.DAY, widest=12, is_input=True)
_AMOUNT_INPUT = Kind(styles.AMOUNT, widest=16, is_input=True)
_GROUP = "amounts"
_SECOND_PAGE = "Outstanding"
"""Two printed pages side by side: what is in question with what is entered, then what follows and where it
stands."""
_SMALLEST_SCALE = 40
_OLDEST = "2000-01-01"


@dataclass(frozen=True, slots=True)
class _Row:
    """A dispute as it is shown on the as-of day."""

    one: Dispute
    report: DisputeReport

    @property
    def age(self) -> int:
        return self.one.age_on(self.report.as_of)


def _amount(header: str, of: Callable[[_Row], Value], kind: Kind = AMOUNT) -> Column[_Row]:
    return Column(header, kind, of, group=_GROUP)


COLUMNS: tuple[Column[_Row], ...] = (
    Column("Month", TEXT, lambda row: row.one.month),
    Column("Call id", _ID, lambda row: row.one.call_id),
    Column("About", SHORT_TEXT, lambda row: row.one.subject),
    Column("Date", DAY, lambda row: row.one.day, narrowest=11),
    Column("Account", _ID, lambda row: row.one.account),
    Column("From", _PHONE, lambda row: row.one.from_number),
    Column("To", _PHONE, lambda row: row.one.to_number),
    Column("Reason", _REASON, lambda row: row.one.reason),
    _amount("Billed", lambda row: row.one.billed),
    _amount("Expected", lambda row: row.one.expected),
    _amount("In question", lambda row: row.one.question),
    Column("Unit", TEXT, lambda row: row.one.unit),
    Column("Status", INPUT, lambda row: row.one.status, narrowest=10),
    Column("Status date", _DAY_INPUT, lambda row: row.one.entered.status_on, narrowest=11),
    Column("Amount credited", _AMOUNT_INPUT, lambda row: row.one.entered.credited, narrowest=11),
    Column("Reference", INPUT, lambda row: row.one.entered.reference, narrowest=12),
    Column("Owner", INPUT, lambda row: row.one.entered.owner, narrowest=10),
    Column("Note", INPUT, lambda row: row.one.entered.note, narrowest=19),
    _amount("Outstanding", lambda row: row.one.outstanding),
    Column("Opened on", _DAY_INPUT, lambda row: row.one.opened_on, narrowest=11),
    Column("Age, days", COUNT, lambda row: row.age),
    Column("Age bucket", TEXT, lambda row: bucket_of(row.age, row.report.buckets), narrowest=14),
    Column("To check", _REASON, lambda row: checks.to_check(row.one), narrowest=24),
    Column("Source", TEXT, lambda row: row.one.state),
    _amount("In question before", lambda row: row.one.before),
    _amount("Credit found", lambda row: row.one.credit_found),
    Column("Credit found at", _PLACE, lambda row: row.one.credit_place),
    _amount("Claimed", lambda row: row.one.claimed),
    Column("Place in the log", _PLACE, lambda row: row.one.log_place),
    Column("Place in the bill", _PLACE, lambda row: row.one.billed_place),
    Column("What was found", _FOUND, lambda row: row.one.found, narrowest=34),
    Column("Beside the finding", _PLACE, lambda row: row.one.beside),
    Column("Minutes in question", MINUTES_VARIANCE, lambda row: row.one.minutes),
    Column("Kind", TEXT, lambda row: row.one.kind),
    Column("Provider", SHORT_TEXT, lambda row: row.one.provider),
)

NOT_COLUMNS: tuple[Column[NotDisputed], ...] = (
    Column("Month", TEXT, lambda row: row.month),
    Column("Call id", _ID, lambda row: row.call_id),
    Column("Kind", TEXT, lambda row: row.kind),
    Column("Group", TEXT, lambda row: row.group),
    Column("Why it is not disputed", NOTE, lambda row: row.why, narrowest=40),
    Column("Date", DAY, lambda row: row.day, narrowest=11),
    Column("Account", _ID, lambda row: row.account),
    Column("From", _PHONE, lambda row: row.from_number),
    Column("To", _PHONE, lambda row: row.to_number),
    Column("Billed", AMOUNT, lambda row: row.billed, group=_GROUP),
    Column("Expected", AMOUNT, lambda row: row.expected, group=_GROUP),
    Column("Difference", AMOUNT_VARIANCE, lambda row: row.difference, group=_GROUP),
    Column("Unit", TEXT, lambda row: row.unit),
    Column("Minutes", MINUTES_VARIANCE, lambda row: row.minutes),
    Column("Place in the log", _PLACE, lambda row: row.log_place),
    Column("Place in the bill", _PLACE, lambda row: row.billed_place),
    Column("What was found", _FOUND, lambda row: row.found, narrowest=34),
)

_AT = {column.header: index for index, column in enumerate(COLUMNS)}


def rows_of(report: DisputeReport) -> list[_Row]:
    """As `COLUMNS` takes them."""
    return [_Row(one, report) for one in report.disputes]


def write_disputes(workbook: Workbook, look: Look, report: DisputeReport) -> Worksheet:
    """One row a dispute; the yellow cells are people's."""
    sheet = workbook.add_worksheet(DISPUTES)
    set_up_page(sheet, report.about.period, kind=report.about.kind)
    note = (
        "Yellow cells are yours to fill in, and are kept when this is run again. Amounts are in their Unit."
    )
    if not report.disputes:
        note = "Nothing is disputed."
    set_title(sheet, look, DISPUTES, note)
    rows = rows_of(report)
    written = write_table(sheet, look, TABLE, COLUMNS, rows)
    for index, row in enumerate(rows):
        for header, formula in formulas(FIRST_ROW + index + 1, report.buckets).items():
            column = COLUMNS[_AT[header]]
            value = column.of(row)
            cell_format = written.formats[_AT[header]]
            shown = value if isinstance(value, str) else float(value)  # type: ignore[arg-type]
            sheet.write_formula(FIRST_ROW + index, _AT[header], f"={formula}", cell_format, shown)
    sheet.freeze_panes(FIRST_ROW, 2)
    sheet.repeat_rows(HEADER_ROW)
    last_row = FIRST_ROW + max(1, len(rows)) - 1
    _validate(sheet, last_row)
    alarm = {"type": "no_blanks", "format": look.alarm()}
    sheet.conditional_format(FIRST_ROW, _AT["To check"], last_row, _AT["To check"], alarm)
    set_pages(sheet, written.widths, 2, [_AT[_SECOND_PAGE]], smallest=_SMALLEST_SCALE)
    return sheet


def write_not_disputed(workbook: Workbook, look: Look, report: DisputeReport) -> None:
    """What was found and is not disputed, and why: what was billed too little, too."""
    sheet = workbook.add_worksheet(NOT_DISPUTED)
    set_up_page(sheet, report.about.period, kind=report.about.kind)
    note = "Every other finding, and why. Difference is billed minus expected where no other row says it."
    set_title(sheet, look, NOT_DISPUTED, note if report.not_disputed else "There is nothing else.")
    written = write_table(sheet, look, NOT_TABLE, NOT_COLUMNS, report.not_disputed)
    sheet.freeze_panes(FIRST_ROW, 2)
    sheet.repeat_rows(HEADER_ROW)
    second = [column.header for column in NOT_COLUMNS].index("Billed")
    set_two_pages(sheet, written.widths, 2, second)


def formulas(row: int, buckets: Sequence[int]) -> dict[str, str]:
    """The live columns of a row (as a person counts it), without `=`."""
    cell = {header: f"${xl_col_to_name(index)}{row}" for header, index in _AT.items()}
    status, question, credited = cell["Status"], cell["In question"], f"N({cell['Amount credited']})"
    found, left = cell["Credit found"], f"ROUND({question}-{credited},{PRINTED_PLACES})"
    is_open = f'OR({status}="{OPEN}",{status}="")'
    asked = (
        (f'AND({status}="{SETTLED}",{credited}=0)', checks.NO_CREDIT),
        (f'AND({status}="{REJECTED}",{credited}<>0)', checks.YET_CREDITED),
        (f"{left}<0", checks.TOO_MUCH),
        (f"ROUND(N({found})-{credited},{PRINTED_PLACES})>0", checks.ENTER_CREDIT),
        (f"AND({is_open},{credited}<>0)", checks.STILL_OPEN),
        (f'AND({status}="{ACCEPTED}",{left}=0)', checks.IN_FULL),
        (f'AND(OR({is_open},{status}="{ACCEPTED}"),{cell["Source"]}="{GONE}")', checks.NOT_FOUND),
    )
    return {
        "Outstanding": f'IF(OR({status}="{REJECTED}",{status}="{SETTLED}"),0,{left})',
        "Claimed": (
            f'IF(AND({is_open},{cell["Source"]}<>"{GONE}"),'
            f"MAX(0,ROUND({question}-MAX({credited},N({found})),{PRINTED_PLACES})),0)"
        ),
        "Age, days": f"{AS_OF}-{cell['Opened on']}",
        "Age bucket": _nested(
            [
                (f"{cell['Age, days']}<={last}", name)
                for name, last in zip(bucket_names(buckets), buckets, strict=False)
            ],
            bucket_names(buckets)[-1],
        ),
        "To check": _nested(asked, ""),
    }


def _nested(asked: Sequence[tuple[str, str]], otherwise: str) -> str:
    """The text of the first that holds."""
    text = f'"{otherwise}"'
    for holds, said in reversed(asked):
        text = f'IF({holds},"{said}",{text})'
    return text


def _validate(sheet: Worksheet, last_row: int) -> None:
    """Nothing else can be typed than what can be read again."""
    status, credited = _AT["Status"], _AT["Amount credited"]
    words = {
        "validate": "list",
        "source": [*STATUSES],
        "error_title": "Status",
        "error_message": f"One of {', '.join(STATUSES)}.",
    }
    sheet.data_validation(FIRST_ROW, status, last_row, status, words)
    amount = {
        "validate": "decimal",
        "criteria": ">=",
        "value": 0,
        "error_title": "Amount credited",
        "error_message": "A number of 0 or more, in the unit of the row.",
    }
    sheet.data_validation(FIRST_ROW, credited, last_row, credited, amount)
    for header in ("Status date", "Opened on"):
        day = {
            "validate": "date",
            "criteria": ">=",
            "value": f"=DATE({int(_OLDEST[:4])},1,1)",
            "error_title": header,
            "error_message": "A day, such as 2026-09-30.",
        }
        sheet.data_validation(FIRST_ROW, _AT[header], last_row, _AT[header], day)
