"""The dispute workbook: summary, disputes, what is not disputed, the letter, and what all of it rests on."""

from __future__ import annotations

from xlsxwriter.workbook import Workbook

from addin.disputes.records import DisputeReport
from templates.about import ABOUT, ASSUMPTIONS, set_properties, write_about
from templates.disputes.letter import LETTER, write_letters
from templates.disputes.summary import SUMMARY, write_summary
from templates.disputes.tables import DISPUTES, NOT_DISPUTED, write_disputes, write_not_disputed
from templates.look import Look

SHEETS = (SUMMARY, DISPUTES, NOT_DISPUTED, LETTER, ASSUMPTIONS, ABOUT)
"""In their order; further letters are called Letter 2 and on."""


def is_own(name: str) -> bool:
    """Whether a dispute workbook has a sheet of this name.

    >>> is_own("Letter 2"), is_own("Letters")
    (True, False)
    """
    stem, _, number = name.rpartition(" ")
    return name in SHEETS or (stem == LETTER and number.isdecimal())


def build(workbook: Workbook, report: DisputeReport, version: str) -> None:
    """Write every sheet. The same report gives the same bytes: it is created on its as-of day."""
    look, about = Look(workbook), report.about
    subject = f"Disputed charges as of {report.as_of}"
    set_properties(workbook, about.title, subject, about.ends_on, version)
    workbook.set_size(24000, 15000)
    write_summary(workbook, look, report)
    write_disputes(workbook, look, report)
    write_not_disputed(workbook, look, report)
    write_letters(workbook, look, report)
    write_about(workbook, look, about, version)
