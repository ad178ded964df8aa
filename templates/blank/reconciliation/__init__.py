"""The blank template of a reconciliation: our log against the provider's bill, by plain formulas.

example.py      the rows with which it is shipped
settled.py      what the reconciliation itself makes of rows: it stands beside the formulas
card.py, calls.py, billed.py, usage.py   the tables, their formulas and what they give
to_check.py     what a row of Calls and of Billed lacks
steps.py        the figures of the bridge
summary.py, comparisons.py, differences.py   the results
checks.py       what must be true
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from templates.blank.reconciliation import billed, calls, card, usage
from templates.blank.reconciliation.checks import checks_of
from templates.blank.reconciliation.comparisons import BY_CATEGORY, BY_DAY, write_categories, write_days
from templates.blank.reconciliation.differences import DIFFERENCES, LISTED, write_differences
from templates.blank.reconciliation.example import EXAMPLE, Rows
from templates.blank.reconciliation.filled import fill
from templates.blank.reconciliation.steps import SUMMARY
from templates.blank.reconciliation.summary import write_summary
from templates.shared.book import CHECKS, Book
from templates.shared.checks import write_checks
from templates.shared.columns import fold_helpers
from templates.shared.guide import Guide, Setting, write_guide
from templates.shared.rules import a_month, at_least_0, whole_between
from templates.shared.tables import Field, Row, write_table

TITLE = "Reconciliation"
PURPOSE = "Does the provider's bill agree with our own call log, and where does it differ?"

_STEPS = (
    "Set the month, the currency and the tolerances below.",
    "Delete the example rows of Calls, Billed, Usage and Rates: select all rows of a table but one, Delete > "
    "Table Rows, and clear the yellow cells of the last one.",
    "Paste your call log into Calls, your rate card into Rates, and the provider's call records into Billed. "
    "If the provider gives sums alone, paste them into Usage and leave Billed blank.",
    "Look at the line above: where a check fails, the sheet Checks says what to do.",
    "Read Summary from top to bottom, then Differences. The column Step of Calls and Billed, filtered, shows "
    "what a step is made of.",
)
_SHEETS = (
    (SUMMARY, "The verdict, the totals and the bridge from the time talked to the bill."),
    (DIFFERENCES, f"The {LISTED} largest differences of the bill and of our log, with their places."),
    (BY_DAY, "Expected and billed, day by day."),
    (BY_CATEGORY, "Expected and billed, inbound and outbound."),
    (calls.TABLE, "Fill in: our call log. Beside it: the step, the expected minutes and cost of each call."),
    (billed.TABLE, "Fill in: the provider's call records. Beside it: what each is to our calls."),
    (usage.TABLE, "Fill in: the provider's own sums, where it gives any."),
    (card.TABLE, "Fill in: the agreed rates, by prefix."),
    (CHECKS, "What must be true, and what to do where it is not."),
)
_RULES = (
    ("Month", "A call belongs to the month in which it starts, in UTC.", "Twilio: Usage Records"),
    (
        "Billed time",
        "The minimum, then whole increments after it; no time costs nothing.",
        "ConnexCS: Billing Basics",
    ),
    (
        "Cost",
        "Connect fee + billed time x rate per minute, rounded once a call; sums are of rounded costs.",
        "ConnexCS: Billing Basics",
    ),
    (
        "Rate",
        "The longest prefix in force: outbound of the called number, inbound of the calling one. Rows of "
        "calls-client are for calls of an app, with a number such as client:ann; rows of calls for others.",
        "CGRateS",
    ),
    (
        "Status",
        "Completed and answered calls are charged; busy, failed, no answer, canceled are not.",
        "Twilio",
    ),
    (
        "Copies",
        "One id is one call. Of several rows a charged one holds, then one with a price, then the last.",
        "choice of this template",
    ),
    (
        "Credits",
        "A negative cost beside the charge of its call makes the call cheaper; by itself it is unexplained.",
        "choice of this template",
    ),
    (
        "Variance",
        "Billed minus expected: above 0 too much is billed. A tolerance is included.",
        "choice of this template",
    ),
)
_LIMITS = (
    "It compares calls by their id alone. The reconciliation of the add-in also finds them by number and "
    "time, tells several calls with one id apart, looks into other months, knows clock changes and invoices.",
    "Expected costs come from the rate card, never from the log's own prices. One currency at a time: rows "
    "in another fail a check.",
    "Usage is compared in total and by direction, not by day; usage other than calls is left out.",
    "For up to about 1,000 calls, which take a program some 10 seconds, and 3,000 a minute. With more, use "
    "the add-in or the command tollsheet reconcile.",
)


_CALL_PAGES, _BILL_PAGES = ("Step", "Talked cost"), ("Step", "Expected cost")
"""The columns with which the second and third printed page begin."""


def build(rows: Rows = EXAMPLE) -> bytes:
    """The template with these rows in its tables."""
    filled = fill(rows)
    checks = checks_of(filled)
    book = Book(TITLE, PURPOSE)
    write_summary(book, filled, sum(not check.passes for check in checks))
    write_differences(book, filled.calls, filled.billed)
    write_days(book, filled.settled)
    write_categories(book, filled.settled)
    parts: tuple[tuple[str, str, list[Field], list[Row], tuple[str, ...]], ...] = (
        (calls.TABLE, "Our own call log: a row for each call.", calls.fields(), filled.calls, _CALL_PAGES),
        (billed.TABLE, "The provider's call records.", billed.fields(), filled.billed, _BILL_PAGES),
        (usage.TABLE, "The provider's own sums.", usage.fields(), filled.usage, ("Compared as",)),
    )
    for table, note, fields, its, pages in parts:
        sheet = book.input_sheet(table, note)
        write_table(sheet, book.look, table, fields, its)
        fold_helpers(sheet, fields, pages)
    sheet = book.input_sheet(card.TABLE, "The agreed rates: the longest prefix in force wins.")
    write_table(sheet, book.look, card.TABLE, card.FIELDS, filled.rates, ["Problem"])
    write_checks(book, checks)
    write_guide(book, Guide(_STEPS, _settings(rows), _SHEETS, _RULES, _LIMITS))
    return book.saved()


def _settings(rows: Rows) -> tuple[Setting, ...]:
    first: date = rows.month.first_day
    return (
        Setting(
            "month",
            "Month",
            first,
            "yyyy-mm",
            "The 1st of the month, such as 2026-09-01.",
            a_month("The month"),
        ),
        Setting("currency", "Currency", rows.currency, "", "Rows without a currency count as in this one."),
        Setting(
            *("tolerance_minutes", "Tolerance, minutes", rows.tolerance_minutes, "#,##0.00##"),
            "Allowed difference of each call, day and total, in minutes.",
            at_least_0("The tolerance", "minutes", is_needed=True),
        ),
        Setting(
            *("tolerance_amount", "Tolerance, cost", rows.tolerance_amount, "#,##0.00####"),
            "The same in the currency. Both 0: everything must agree.",
            at_least_0("The tolerance", "the currency", is_needed=True),
        ),
        Setting(
            *("decimals", "Decimals", Decimal(card.DECIMALS), "0"),
            "Of a call's cost where the rate card says none: 5 for Twilio and Plivo, 4 for most others.",
            whole_between(0, 6, "Decimals"),
        ),
    )
