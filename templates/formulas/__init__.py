"""The rules of rating as formulas: plain ones for the cells of a workbook, and names that a workbook carries.

arithmetic.py   billed time and cost, as text over whatever holds duration and terms: both layers use it
per_call.py     a call's billed time and cost in plain functions, which every program calculates
written.py      durations and timestamps, numbers or text, as formulas read them
bodies.py       the cell functions as formulas
stored.py       a formula as a person types it -> as files keep it
lambdas.py      the cell functions as LAMBDA names (Excel 365 and 2024)
names.py        a new workbook that carries them
"""
