"""The template of a billing report: what calls cost in a period, by agent, campaign, team and country.

words.py     the words of types and reasons, and keys by which formulas compare names
model.py     what every row and sum comes to, in exact arithmetic: the values that stand beside the formulas
tables.py    the tables Charges, Roster and Types with their formulas
workings.py  names that occur, each once, the dearest first
results.py   the sheets that are read
checks.py    what must be true
guide.py     the first sheet
examples.py  the rows that it is shipped with
"""

from templates.blank.billing_report.build import build
from templates.blank.billing_report.guide import PURPOSE, TITLE

__all__ = ["PURPOSE", "TITLE", "build"]
