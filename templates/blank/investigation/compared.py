"""What the columns of Calls give that set a call beside the bill's record of it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from templates.blank.investigation.bill_values import number
from templates.blank.investigation.columns import (
    ALONE,
    COUNTED,
    NO_COST,
    NO_PRICE,
    NO_RATE,
    NO_TIME,
    PRICE,
    SAME,
    TIME,
)
from templates.blank.investigation.sums import Values
from templates.blank.rating.reasons import NOT_COVERED
from templates.shared.numbers import is_number
from templates.shared.tables import Row
from udfs.rating.cost import Terms


def compare(call: Values, billed: Sequence[Values]) -> None:
    """Put what follows from our call and the bill's record of it beside the call."""
    counts, is_rated = call["Step"] == COUNTED, is_number(call["Cost"])
    at = call["Bill row"]
    record = billed[at - 1] if isinstance(at, int) else None
    both = counts and record is not None and is_rated
    call["Both"] = "yes" if both else ""
    call["Expected seconds"] = (call["Billed seconds"] if is_rated else 0) if counts else ""
    call["Expected cost"] = (call["Cost"] if is_rated else 0) if counts else ""
    for own, its in (
        ("Their seconds", "Charged seconds"),
        ("Their talked", "Talked"),
        ("Their cost", "Charge"),
    ):
        call[own] = record[its] if record else ""
    call["Units of their time"] = call["Cost of their time"] = ""
    is_timed = both and call["Their seconds"] != ""
    if is_timed:
        _price_their_time(call)
    elif both:
        call["Cost of their time"] = call["Cost"]
    names = (
        "Difference",
        "Time apart (s)",
        "Time part",
        "Price part",
        "Rate x talked",
        "Rate x billed",
        "Fee paid",
    )
    call.update(dict.fromkeys(names, ""), Cause="")
    if not counts:
        return
    expected = number(call["Expected cost"])
    call["Difference"] = difference = number(call["Their cost"]) - expected
    call["Time apart (s)"] = (
        number(call["Their seconds"]) - number(call["Expected seconds"]) if is_timed else Fraction(0)
    )
    call["Time part"] = number(call["Cost of their time"]) - expected if both else Fraction(0)
    call["Price part"] = difference - number(call["Time part"]) if record else Fraction(0)
    call["Cause"] = _cause(call, record, is_rated)
    rate, fee = number(call["Rate per minute"]), number(call["Connect fee"])
    call["Rate x talked"] = rate * 10**6 * number(call.get("Seconds")) * 1000 if is_rated else 0
    call["Rate x billed"] = rate * 10**6 * number(call["Billed seconds"]) * 1000 if is_rated else 0
    call["Fee paid"] = fee if is_rated and number(call["Billed seconds"]) > 0 else 0


def _price_their_time(call: Values) -> None:
    terms = Terms(
        number(call["Rate per minute"]),
        int(number(call["Minimum (s)"]) * 1000),
        int(number(call["Increment (s)"]) * 1000),
        connect_fee=number(call["Connect fee"]),
        places=int(number(call["Decimal places"])),
        rounding=str(call["Rounding"]),
    )
    billed_ms = int(number(call["Their seconds"]) * 1000)
    exact = terms.connect_fee + terms.rate * billed_ms / 60_000 if billed_ms else Fraction(0)
    shift = 0 if terms.rounding == "none" else terms.places
    call["Units of their time"] = exact * 10**shift
    call["Cost of their time"] = terms.cost_of_billed(billed_ms)


def _cause(call: Row, record: Row | None, is_rated: bool) -> str:
    if record is None:
        return ALONE
    if not record["Priced"]:
        return NO_PRICE
    if not is_rated:
        return NO_RATE if call["Problem"] == NOT_COVERED else NO_COST
    if call["Their seconds"] == "" and call["Price part"] != 0:
        return NO_TIME
    found = [word for word, head in ((TIME, "Time apart (s)"), (PRICE, "Price part")) if call[head] != 0]
    return ", ".join(found) or SAME
