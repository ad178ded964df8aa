"""Exact per-call rating functions for spreadsheets: `from udfs import CALL_COST`."""

from __future__ import annotations

from udfs.cells import (
    BILLED_MINUTES,
    CALL_COST,
    CALL_RATE,
    CARD_COST,
    CELL_FUNCTIONS,
    IS_BILLED,
    MONTH_ATTRIBUTE,
    STORAGE_CHARGE,
    STORAGE_DAYS,
    TO_SECONDS,
    TO_UTC,
)

__all__ = [
    "BILLED_MINUTES",
    "CALL_COST",
    "CALL_RATE",
    "CARD_COST",
    "CELL_FUNCTIONS",
    "IS_BILLED",
    "MONTH_ATTRIBUTE",
    "STORAGE_CHARGE",
    "STORAGE_DAYS",
    "TO_SECONDS",
    "TO_UTC",
]
