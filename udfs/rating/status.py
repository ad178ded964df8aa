"""Which calls are charged, by the status that the provider wrote.

Source: Twilio charges completed calls only, and a call that voicemail or a menu answered is completed.
Other providers' words for the same are gathered here. Voiso's `answered_by_VM` and `machine_answered` are in
neither set: no source says whether they are charged, so they need a decision.
"""

from __future__ import annotations

from functools import lru_cache

from udfs.errors import NotAvailable

BILLED = frozenset({"answered", "completed"})
NOT_BILLED = frozenset(
    {
        "abandoned",
        "busy",
        "canceled",
        "cancelled",
        "congestion",
        "failed",
        "inprogress",
        "missed",
        "noanswer",
        "notanswered",
        "queued",
        "rejected",
        "ringing",
    }
)


@lru_cache(maxsize=1024)
def is_billed(status: str) -> bool:
    """Whether a call of this status is charged; case, blanks, `-` and `_` do not matter.

    >>> is_billed("Completed"), is_billed("No Answer"), is_billed("no-answer")
    (True, False, False)
    """
    folded = "".join(status.casefold().split()).replace("-", "").replace("_", "")
    if folded in BILLED:
        return True
    if folded in NOT_BILLED:
        return False
    raise NotAvailable(f'status "{status[:40]}" is unknown', "decide whether such calls are billed")
