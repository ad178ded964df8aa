"""The template of an investigation: from the difference of a month to the one call behind it.

columns.py       the table Calls with its formulas; Rates and Statuses are those of rating.xlsx
bill_columns.py  the table Billed; bill_figures.py what can be used of a row of it
copies.py        rows of one id
records.py       what these formulas give, in exact arithmetic; compared.py those that set a call beside the
                 bill's record, bill_values.py those of bill_figures.py; sums.py what they add up to
values.py        where the path leads
path.py          the sheet Path: both_sides.py, questions.py, and side_by_side.py for the call,
                 of which said.py says what it is
days.py          the sheets Days and Hours
listed.py        the calls of the hour
minutes.py       minutes x rate against the sum of the calls
balance.py       a prepaid balance
letter.py        the text to send
sheet.py         how these sheets are written
checks.py, guide.py, examples.py, build.py
"""

from templates.blank.investigation.build import build
from templates.blank.investigation.guide import PURPOSE, TITLE

__all__ = ["PURPOSE", "TITLE", "build"]
