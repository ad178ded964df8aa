"""What the chain is asked and has to answer: every function with scalars, ranges, omissions and errors.

A list of rows is a range; answers are what VBA finds: numbers, texts, truth values, days as serials, and
`Error` for the whole number that stands for an error (the wrapper makes it one with CVErr).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Error:
    """An error cell, or an argument left out, by Excel's number for it."""

    number: int


MISSING = Error(-2147352572)
NA, VALUE, NUM, DIV0 = Error(-2146826246), Error(-2146826273), Error(-2146826252), Error(-2146826281)
CARD = [
    ["prefix", "rate", "minimum", "increment"],
    ["44", 0.0099, 30.0, 6.0],
    ["447", 0.0235, 60.0, 60.0],
]
LONDON, MOBILE = "+44 20 7946 0958", "+44 7700 900123"
SEPTEMBER = 46266.0  # 2026-09-01

CASES: tuple[tuple[str, tuple[Any, ...], Any], ...] = (
    ("BILLED_MINUTES", (80.0,), 2.0),
    ("BILLED_MINUTES", (31.0, 30.0, 6.0), 0.6),
    ("BILLED_MINUTES", (31.0, 30.0, MISSING), 1.0),
    ("BILLED_MINUTES", (31.0, MISSING, 6.0), 1.0),
    ("BILLED_MINUTES", (31.0, None, 6.0), 1.0),  # left out, the add-in's wrapper hands over a blank
    ("BILLED_MINUTES", (None,), 0.0),
    ("BILLED_MINUTES", ("busy",), VALUE),
    ("BILLED_MINUTES", (-1.0,), NUM),
    ("BILLED_MINUTES", (NA,), NA),
    ("BILLED_MINUTES", (80.0, DIV0), DIV0),
    ("BILLED_MINUTES", ([[61.0], [None], ["busy"], [NA]],), [[2.0], [0.0], [VALUE], [NA]]),
    ("BILLED_MINUTES", ([[61.0, 1.0], [None, 121.0]],), [[2.0, 1.0], [0.0, 3.0]]),
    ("BILLED_MINUTES", ([[61.0, 1.0, 500.0]],), [2.0, 1.0, 9.0]),  # one row: xlwings hands on a flat array
    ("BILLED_MINUTES", ([[61.0] for _ in range(100)],), [[2.0] for _ in range(100)]),
    ("BILLED_MINUTES", ([[61.0 for _ in range(100)]],), [2.0 for _ in range(100)]),
    ("CALL_COST", (924.0, 0.0085, 60.0, 60.0, 0.0, 5.0), 0.136),
    ("CALL_COST", (9.1, 0.005, 0.0, 0.0), 0.0008),
    ("CALL_COST", (61.0, 0.01, MISSING, MISSING, 0.005, MISSING, "up"), 0.025),
    ("CALL_COST", (61.0, 0.01, None, None, 0.005, None, None), 0.025),
    ("CALL_COST", (61.0, None), NA),
    ("CALL_COST", (61.0, "0.01"), VALUE),
    ("CALL_COST", ([[61.0], [10.0], [5.0]], [[0.01], [None], [0.02]]), [[0.02], [NA], [0.02]]),
    ("CARD_COST", (80.0, LONDON, CARD), 0.0139),
    ("CARD_COST", (80.0, "+1 212 555 0100", CARD), NA),
    ("CARD_COST", ([[80.0], [61.0]], [[LONDON], [MOBILE]], CARD), [[0.0139], [0.047]]),
    ("CALL_RATE", (MOBILE, CARD), 0.0235),
    ("CALL_RATE", ([[MOBILE], ["+1 212 555 0100"], [LONDON]], CARD), [[0.0235], [NA], [0.0099]]),
    ("STORAGE_DAYS", ("2023-03-16", "2023-06-30"), 107.0),
    ("STORAGE_DAYS", (45001.0, 45107.0), 107.0),
    ("STORAGE_DAYS", (None, 45107.0), NA),
    ("STORAGE_CHARGE", (119.0, 0.0004, "2023-03-16", "2023-06-30"), 0.0008),
    ("STORAGE_CHARGE", (119.0, 0.0004, "2023-03-16", "2023-06-30", MISSING, 200.0), 0.0),
    ("MONTH_ATTRIBUTE", ("2026-09-10T12:00:00Z",), SEPTEMBER),
    ("MONTH_ATTRIBUTE", ("2026-08-31 20:00", "America/New_York"), SEPTEMBER),
    ("MONTH_ATTRIBUTE", (46275.5, MISSING, MISSING, MISSING, True), "2026-09"),
    ("MONTH_ATTRIBUTE", ([[46275.5], [None]],), [[SEPTEMBER], [NA]]),
    ("MONTH_ATTRIBUTE", ("next Tuesday",), VALUE),
    ("IS_BILLED", ("completed",), True),
    ("IS_BILLED", ("No Answer",), False),
    ("IS_BILLED", ("perhaps",), NA),
    ("IS_BILLED", ([["busy"], ["completed"]],), [[False], [True]]),
    ("TO_UTC", ("2024-03-01T05:30:00+05:30",), 45352.0),
    ("TO_UTC", (45351.5, "+05:30"), 45351.270833333336),
    ("TO_SECONDS", (80 / 86400,), 80.0),
    ("TO_SECONDS", ("1:20",), 80.0),
    ("TO_SECONDS", (80.0,), NUM),
)

_MIXED = (80.0, None, "busy", "80", "", "0:01:20", NA, DIV0, True, -1.0, 0.0, 0.3, 61.5, 1e300)
_DAYS = (45383.25, "2024-03-31 20:00", None, NUM, "soon", "13:15:00 AEDT 2021-03-09", 45382.99999, True, 2e9)
MIXED_COLUMNS: tuple[tuple[str, tuple[tuple[Any, ...], ...]], ...] = (
    ("BILLED_MINUTES", (_MIXED,)),
    ("CALL_COST", (_MIXED, (0.0085, None, "0.01", VALUE, 0.3))),
    ("MONTH_ATTRIBUTE", (_DAYS,)),
    ("TO_UTC", (_DAYS, ("America/New_York", None, "+05:30", "Nowhere"))),
    ("STORAGE_DAYS", (_DAYS, (*_DAYS[1:], _DAYS[0]))),
    ("IS_BILLED", (("completed", "Completed", None, "perhaps", NA, 1.0, "busy"),)),
    ("TO_SECONDS", ((80 / 86400, "1:20", None, 2.0, True, NA, "soon"),)),
)
"""Columns of everything, asked row by row and together."""
