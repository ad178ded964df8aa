"""The blank template of disputes: what a provider is asked to credit, what became of it, and the letter."""

from __future__ import annotations

from xlsxwriter.utility import xl_col_to_name

from templates.blank.dispute.example import EXAMPLE, Rows
from templates.blank.dispute.letter import LETTER, LISTED, write_letter
from templates.blank.dispute.summary import (
    SUMMARY,
    UNIT_ROW,
    total_cell,
    units_of,
    write_summary,
)
from templates.blank.dispute.table import TABLE, UNITS, entry_fields, fields, rows_of
from templates.shared.book import CHECKS, Book
from templates.shared.checks import Check, write_checks
from templates.shared.columns import fold_helpers
from templates.shared.filled_down import every_formula
from templates.shared.guide import Guide, Setting, write_guide
from templates.shared.rules import a_day, is_date, is_whole, whole_between
from templates.shared.tables import Row, outside, write_table

TITLE = "Disputes"
PURPOSE = "What the provider is asked to credit, what became of it, and the letter that asks for it."

_STEPS = (
    "Set the as-of day, the provider, the account and the currency of the letter below. All ages follow "
    "the as-of day.",
    "Delete the example rows of Disputes: select all rows of the table but one, Delete > Table Rows, "
    "and clear the "
    "yellow cells of the last one.",
    "Enter a row for each disputed charge: the call, the reason, what is billed and what is expected.",
    "Fill in the yellow cells of Letter, look at the line above, then print Letter or save it as PDF, "
    "with Disputes "
    "as the attached list. Another currency needs a letter of its own: change the currency.",
    "When the provider answers, set Status, Status date and Amount credited. Sums, ages and letter follow.",
)
_SHEETS = (
    (SUMMARY, "By currency, status, age and reason."),
    (LETTER, f"One page: what is open, the reasons, and the {LISTED} largest charges."),
    (
        TABLE,
        "Fill in: a row for each dispute. Beside it: what is in question, outstanding, its age, what "
        "to check.",
    ),
    (CHECKS, "What must be true, and what to do where it is not."),
)
_RULES = (
    ("In question", "Billed minus expected, in the currency of the row.", "choice of this template"),
    (
        "Status",
        "open or blank: not answered; accepted: the provider agrees, the credit is awaited; settled: "
        "the credit has "
        "been received, what is missing is given up; rejected: there will be no credit.",
        "the dispute report of Tollsheet",
    ),
    (
        "Outstanding",
        "In question less what is credited, while a dispute is open or accepted.",
        "the dispute report of Tollsheet",
    ),
    (
        "Age",
        "Days from Opened on to the as-of day, never to the day on which the file is opened.",
        "choice of this template",
    ),
)
_LIMITS = (
    "It does not look for credits on later bills, and does not carry disputes into a next month: the "
    "dispute sheet of "
    "the add-in, or the command tollsheet dispute, does both from reconciliations.",
    f"It has room for {UNITS} currencies; a letter is about one. Charges in minutes, without prices, "
    f"are not for it.",
)


def build(rows: Rows = EXAMPLE) -> bytes:
    """The template with these rows in its table."""
    its = rows_of(rows)
    checks = _checks(rows, its)
    failing = sum(not check.passes for check in checks)
    book = Book(TITLE, PURPOSE)
    write_summary(book, rows, failing)
    write_letter(book, rows, failing)
    note = "Yellow cells are yours to fill in. Amounts are in their Unit."
    sheet = book.input_sheet(TABLE, note)
    write_table(sheet, book.look, TABLE, fields(), its)
    fold_helpers(sheet, fields(), ["Reference"])
    write_checks(book, checks)
    write_guide(book, Guide(_STEPS, _settings(rows), _SHEETS, _RULES, _LIMITS))
    return book.saved()


def _settings(rows: Rows) -> tuple[Setting, ...]:
    return (
        Setting(
            "as_of",
            "As of",
            rows.as_of,
            "yyyy-mm-dd",
            "The date of the letter; ages are counted to it.",
            a_day("As of"),
        ),
        Setting("provider", "Provider", rows.provider, "", "To whom the letter goes."),
        Setting("account", "Account", rows.account, "", "With the provider; may stay blank."),
        Setting(
            "currency", "Currency", rows.currency, "", "Of the letter; Unit of the rows that it is about."
        ),
        Setting(
            *(
                "answer_days",
                "Answer within",
                rows.answer_days,
                "0",
                "Days that the letter gives the provider.",
            ),
            rule=whole_between(1, 365, "Answer within"),
        ),
    )


def _checks(rows: Rows, its: list[Row]) -> list[Check]:
    last = xl_col_to_name(len(entry_fields()) - 1)
    units = f"'{SUMMARY}'!{{0}}{UNIT_ROW + 1}:{{0}}{UNIT_ROW + UNITS}"
    parts = []
    for number, letter in ((0, "B"), (1, "C"), (2, "D"), (3, "E"), (4, "E")):
        totals = f"'{SUMMARY}'!{total_cell(number, 0)}:{total_cell(number, UNITS - 1)}"
        parts.append(f"ABS(ROUND(SUM({totals})-SUM({units.format(letter)}),8))")
    columns = "+".join(
        f"SUM({TABLE}[{name}])" for name in ("In question", "Outstanding", "Given up", "Age, days")
    )
    filled = f'COUNTIFS({TABLE}[State],"?*")'
    dated = f"{is_date('as_of')},{is_whole('answer_days', 1, 365)}"
    return [
        Check(
            "check_disputes",
            "Every dispute can be used as it is",
            f'COUNTIFS({TABLE}[To check],"?*")',
            "Filter the column To check of the sheet Disputes: it says what does not fit in each of "
            "these rows.",
            sum(bool(row["To check"]) for row in its),
        ),
        Check(
            "check_below_disputes",
            "Nothing stands below the table Disputes",
            outside(TABLE, TABLE, "Call id", "Place in the bill", ("A", last)),
            "Rows below a table do not count. Drag the corner of the table over them, or paste inside "
            "the table.",
        ),
        every_formula(TABLE, fields()),
        Check(
            "check_amounts",
            "Every dispute has an amount and an age, and none is an error or text",
            f"ABS({filled}-COUNT({TABLE}[In question]))+ABS({filled}-COUNT({TABLE}[Age, "
            f"days]))+0*({columns})",
            "Look for #N/A or #VALUE! on the sheet Disputes: a figure or a date is missing there.",
        ),
        Check(
            "check_counted",
            "Every dispute is counted in a currency",
            f"{filled}-SUM({units.format('B')})",
            f"A row has no currency, or there are more than {UNITS} of them.",
        ),
        Check(
            "check_sums",
            "Statuses and ages add up to all disputes",
            "+".join(parts),
            "A status is none of open, accepted, settled, rejected; or a formula of the sheet Summary "
            "was changed.",
        ),
        Check(
            "check_settings",
            "The settings are filled in",
            f"IF(AND({dated},LEN(provider)>0,LEN(currency)>0),0,1)",
            "On the sheet How to use: the as-of day is a date, the days to answer are a whole number from 1 "
            "to 365, the provider and the currency are not blank.",
        ),
        Check(
            "check_letter",
            "The letter's currency is one of the disputes'",
            f"IF({filled}=0,0,IF(COUNTIFS({TABLE}[Unit],currency)>0,0,1))",
            "Set the currency on the sheet How to use to a Unit of the sheet Disputes.",
            0 if not rows.disputes or rows.currency in units_of(rows) else 1,
        ),
    ]
