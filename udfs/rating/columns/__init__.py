"""The rules over whole columns at numpy speed, proven equal to the scalar rules; the only place with numpy.

Amounts are whole numbers in int64, in blocks that stay in the processor's cache. Floats are used to read a
column and to show a result, each with one correctly rounded operation, never to decide an amount. An element
that cannot be read so (an error, a blank, text, a number that needs more than int64) is redone by the scalar
rule, alone: its neighbours stay fast.
"""

from __future__ import annotations

from udfs.rating.columns.amounts import billed_minutes, billed_ms, call_cost
from udfs.rating.columns.arrays import Redo, as_array, finished, floats
from udfs.rating.columns.instants import months, storage_days, utc_serials

__all__ = [
    "Redo",
    "as_array",
    "billed_minutes",
    "billed_ms",
    "call_cost",
    "finished",
    "floats",
    "months",
    "storage_days",
    "utc_serials",
]
