"""Seconds talked become seconds billed. All times are whole milliseconds."""

from __future__ import annotations

from udfs.cell_values import Cell, text
from udfs.errors import NotUsable
from udfs.rating.rounding import round_quotient

ANCHORS = ("minimum", "answer")


def billed_ms(duration_ms: int, minimum_ms: int, increment_ms: int, anchor: str = "minimum") -> int:
    """Milliseconds that are charged: the minimum, then whole increments.

    Increments are counted after the minimum (ConnexCS, Yeti, ASTPP, CGRateS); with anchor "answer" they are
    counted from second 0 (A2Billing, MagnusBilling). The two agree where the increment divides the minimum.
    Increment 0 means exact time above the minimum. A call of no duration is not charged.

    >>> billed_ms(21_000, 20_000, 6_000), billed_ms(21_000, 20_000, 6_000, "answer")
    (26000, 24000)
    >>> billed_ms(19_000, 20_000, 6_000), billed_ms(9_100, 0, 0), billed_ms(0, 60_000, 60_000)
    (20000, 9100, 0)
    """
    if duration_ms <= 0:
        return 0
    if duration_ms <= minimum_ms:
        return minimum_ms
    if increment_ms == 0:
        return duration_ms
    start_ms = minimum_ms if anchor == "minimum" else 0
    increments = -((start_ms - duration_ms) // increment_ms)
    return start_ms + increments * increment_ms


def round_duration(duration_ms: int, mode: str) -> int:
    """A duration rounded to whole seconds by the mode; "none" keeps the milliseconds.

    Source: ConnexCS and Sippy round the seconds of a record before any minimum or increment is applied.

    >>> [round_duration(60_500, mode) for mode in ("none", "up", "down", "half-up", "half-down")]
    [60500, 61000, 60000, 61000, 60000]
    """
    return duration_ms if mode == "none" else round_quotient(duration_ms, 1000, mode) * 1000


def anchor_name(cell: Cell, name: str = "anchor") -> str:
    """Where increments start: after the minimum, or at the answer.

    >>> anchor_name("Answer")
    'answer'
    """
    folded = text(cell, name).casefold()
    if folded not in ANCHORS:
        raise NotUsable(f'{name} "{folded[:40]}" is unknown', "use minimum or answer")
    return folded
