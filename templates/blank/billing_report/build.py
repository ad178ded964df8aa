"""The template as a file."""

from __future__ import annotations

from collections.abc import Sequence

from templates.blank.billing_report import examples
from templates.blank.billing_report.checks import checks
from templates.blank.billing_report.guide import PURPOSE, TITLE, guide
from templates.blank.billing_report.model import Model
from templates.blank.billing_report.results import write_results
from templates.blank.billing_report.rows import Settings
from templates.blank.billing_report.summary import write_its_line, write_summary
from templates.blank.billing_report.tables import write_inputs
from templates.blank.billing_report.workings import write_workings
from templates.shared.book import Book
from templates.shared.checks import write_checks
from templates.shared.guide import write_guide
from templates.shared.tables import Row


def build(
    charges: Sequence[Row] = examples.CHARGES,
    roster: Sequence[Row] = examples.ROSTER,
    settings: Settings = examples.SETTINGS,
) -> bytes:
    """The workbook with these rows; everything else in it are formulas, with what they give."""
    model = Model(charges, roster, settings)
    book = Book(TITLE, PURPOSE)
    write_guide(book, guide(model))
    write_inputs(book, model)
    write_summary(book, model)
    write_results(book, model)
    write_workings(book, model)
    made = checks(model)
    write_checks(book, made)
    write_its_line(book, sum(not one.passes for one in made))
    return book.saved()
