"""The template of a billing report: what calls cost in a period, by agent, campaign, team and country.

words.py     the words of types and reasons, and keys by which formulas compare names
rows.py      what the formulas of a row give; model.py all rows and their sums, in exact arithmetic
charge_columns.py  the columns of Charges with their formulas; tables.py the tables Charges, Roster and Types
sums.py      the formulas of sums
workings.py  names that occur, each once, the dearest first
results.py   the sheets that are read; result_columns.py their columns
checks.py    what must be true
guide.py     the first sheet
examples.py  the rows that it is shipped with
"""

from templates.blank.billing_report.build import build
from templates.blank.billing_report.guide import PURPOSE, TITLE

__all__ = ["PURPOSE", "TITLE", "build"]
