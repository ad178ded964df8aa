"""The template as a file."""

from __future__ import annotations

from collections.abc import Sequence

from templates.blank.investigation import columns, examples, path
from templates.blank.investigation.balance import write_balance
from templates.blank.investigation.bill_columns import BILLED_FIELDS, FOLDED
from templates.blank.investigation.checks import checks
from templates.blank.investigation.days import write_days, write_hours
from templates.blank.investigation.guide import PURPOSE, TITLE, guide
from templates.blank.investigation.letter import write_letter
from templates.blank.investigation.listed import write_listed
from templates.blank.investigation.minutes import write_minutes
from templates.blank.investigation.side_by_side import write_call
from templates.blank.investigation.values import Model, Settings
from templates.blank.rating import calls as rating
from templates.blank.rating import rates, statuses
from templates.blank.rating.values import Filled
from templates.shared.book import Book
from templates.shared.checks import write_checks
from templates.shared.folding import fold_away
from templates.shared.guide import write_guide
from templates.shared.tables import Row, write_table


def build(
    filled: Filled | None = None,
    billed: Sequence[Row] = examples.BILLED,
    settings: Settings = examples.SETTINGS,
) -> bytes:
    """The workbook with these rows; everything else in it are formulas, with what they give."""
    model = Model(filled or examples.example(), billed, settings)
    book = Book(TITLE, PURPOSE)
    write_guide(book, guide(model))
    _write_inputs(book, model)
    page = path.write_path(book, model)
    write_call(page, model)
    write_days(book, model)
    write_hours(book, model)
    write_listed(book, model)
    write_minutes(book, model)
    write_balance(book, model)
    made = checks(model)
    failing = sum(not one.passes for one in made)
    write_letter(book, model, failing)
    write_checks(book, made)
    path.write_its_line(book, failing)
    return book.saved()


def _write_inputs(book: Book, model: Model) -> None:
    sheet = book.input_sheet(
        "Calls", "Our log, a row a call. Paste into the yellow columns; the grey ones calculate."
    )
    write_table(sheet, book.look, "Calls", columns.CALL_FIELDS, model.calls)
    fold_away(sheet, columns.CALL_FIELDS, columns.FOLDED, ["Charged", rating.ID_PROBLEM])
    sheet = book.input_sheet(
        "Billed", "The provider's call records, a row a charge. The grey columns calculate."
    )
    write_table(sheet, book.look, "Billed", BILLED_FIELDS, model.billed)
    fold_away(sheet, BILLED_FIELDS, FOLDED, ["Step"])
    sheet = book.input_sheet("Rates", "The rate card: the longest prefix in force wins.")
    write_table(sheet, book.look, rates.TABLE, rates.FIELDS, model.filled.rates, ["Problem"])
    sheet = book.input_sheet(
        "Statuses", "Which calls are charged, by the provider's word for how they ended."
    )
    rows = statuses.rows_of(model.filled.statuses)
    write_table(sheet, book.look, rating.STATUSES, statuses.FIELDS, rows)
