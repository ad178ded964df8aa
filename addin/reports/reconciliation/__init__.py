"""The report of a reconciliation: its data, and how it is built, noted and written as JSON."""
