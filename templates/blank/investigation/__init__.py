"""The template of an investigation: from the difference of a month to the one call behind it.

columns.py       the tables Calls and Billed with their formulas; Rates and Statuses are those of rating.xlsx
values.py        what every formula gives, in exact arithmetic: the values that stand beside them
path.py          the sheet Path down to the hour; side_by_side.py the call
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
