"""Reconciliation and dispute workbooks, read back from their sheets as values."""
