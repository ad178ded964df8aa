"""The template rating.xlsx: a rate card and calls in, the cost of each call and sums out."""

from __future__ import annotations

from templates.blank.rating import calls, rates, statuses
from templates.blank.rating.checks import checks_of
from templates.blank.rating.examples import example
from templates.blank.rating.guide import guide_of
from templates.blank.rating.open_calls import write_open_calls
from templates.blank.rating.summary import write_summary
from templates.blank.rating.values import Filled
from templates.shared.book import Book
from templates.shared.checks import write_checks
from templates.shared.guide import write_guide
from templates.shared.tables import write_table

TITLE = "Rate calls"
PURPOSE = "What each call costs by a rate card, and what they cost together."


def build(filled: Filled | None = None) -> bytes:
    """The file; without rows, with the examples."""
    filled = filled or example()
    book = Book(TITLE, PURPOSE)
    sheet = book.input_sheet(
        "Calls", "One row a call. Paste into the yellow columns; the grey ones calculate."
    )
    write_table(sheet, book.look, calls.TABLE, calls.FIELDS, filled.calls, ["Charged", "Problem"])
    sheet = book.input_sheet(
        "Rates",
        "The rate card: the longest prefix in force wins. Grey: what a row says with its blanks filled.",
    )
    write_table(sheet, book.look, rates.TABLE, rates.FIELDS, filled.rates, ["Problem"])
    sheet = book.input_sheet(
        "Statuses", "Which calls are charged, by the provider's word for how they ended."
    )
    write_table(sheet, book.look, calls.STATUSES, statuses.FIELDS, statuses.rows_of(filled.statuses))
    checks = checks_of(filled)
    failing = sum(not check.passes for check in checks)
    checks.append(write_summary(book, filled, failing))
    write_open_calls(book, filled)
    write_checks(book, checks)
    write_guide(book, guide_of(filled.decimals, filled.currency))
    return book.saved()
