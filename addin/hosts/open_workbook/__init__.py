"""Sheets of a report in the workbook that a person has open: told apart, put in place, led to."""
