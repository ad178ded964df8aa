"""What is said of the call on the path: the formula of both costs, and what to ask for."""

from __future__ import annotations

from fractions import Fraction

from templates.blank.investigation.columns import (
    ALONE,
    NO_COST,
    NO_PRICE,
    NO_RATE,
    NO_TIME,
    PRICE,
    TIME,
)
from templates.blank.investigation.sheet import amount_of, amount_text, plain_of
from templates.blank.investigation.values import Model, Values, number
from templates.shared.serials import rounded

_SAID = {
    ALONE: (
        "Our log has the call, the bill does not: ask for its record, or why it was not billed.",
        "The bill has the call, our log does not as a connected one: ask for evidence that it was connected "
        "and is ours, or for a credit.",
    ),
    TIME: "The time differs: ask by which start, end, minimum and increment the call was billed.",
    PRICE: "The time is the same, the price is not: ask for the rate, its prefix and its first day.",
    NO_RATE: "No row of our rate card covers the number: ask for its agreed rate.",
    NO_COST: "We do not know what it should cost: the column Problem of the sheet Calls says why.",
    NO_PRICE: "The bill has no price yet: export it again once all calls are rated.",
    NO_TIME: "The bill does not say for which time: the column Problem of the sheet Billed may say why.",
}
_NOTHING = "No call differs here."
_NO_TIME = "unknown time"


def the_call(model: Model) -> tuple[Values | None, Values | None]:
    """The largest of the hour: our record and the bill's."""
    if not model.listed:
        return None, None
    side, row = model.listed[0]
    if side == "bill":
        return None, row
    at = row["Bill row"]
    return row, model.billed[at - 1] if isinstance(at, int) else None


def our_formula() -> str:
    def of(header: str) -> str:
        return f"INDEX(Calls[{header}],call_row)"

    fee = f'IF({of("Connect fee")}>0," + "&{amount_text(of("Connect fee"))}&" connect fee","")'
    rounded_to = (
        f'IF({of("Rounding")}="none",", not rounded",", rounded "&{of("Rounding")}&" to "&'
        f'{of("Decimal places")}&" places")'
    )
    priced = (
        f'{of("Seconds")}&" s talked, "&{of("Billed seconds")}&" s billed ("&{of("Minimum (s)")}&"/"&'
        f'{of("Increment (s)")}&") x "&{amount_text(of("Rate per minute"))}&" "&currency&"/min / 60"&{fee}&'
        f'" = "&{amount_text(of("Cost"))}&" "&currency&{rounded_to}'
    )
    unrated = f'"no cost: "&{of("Problem")}'
    formula = f"IF(ISNUMBER({of('Cost')}),{priced},{unrated})"
    return f'IF(call_row="","our log has no connected call: nothing is due",{formula})'


def our_formula_of(model: Model) -> str:
    call, _ = the_call(model)
    if call is None:
        return "our log has no connected call: nothing is due"
    if not isinstance(call["Cost"], int | Fraction):
        return f"no cost: {call['Problem']}"
    currency, fee = model.filled.currency, number(call["Connect fee"])
    more = f" + {amount_of(fee)} connect fee" if fee else ""
    rate = amount_of(number(call["Rate per minute"]))
    figures = {
        header: plain_of(number(call[header]))
        for header in ("Seconds", "Billed seconds", "Minimum (s)", "Increment (s)", "Decimal places")
    }
    rounded_to = f", rounded {call['Rounding']} to {figures['Decimal places']} places"
    if call["Rounding"] == "none":
        rounded_to = ", not rounded"
    return (
        f"{figures['Seconds']} s talked, {figures['Billed seconds']} s billed ({figures['Minimum (s)']}/"
        f"{figures['Increment (s)']}) x {rate} {currency}/min / 60{more} = "
        f"{amount_of(number(call['Cost']))} {currency}{rounded_to}"
    )


def their_formula() -> str:
    def of(header: str) -> str:
        return f"INDEX(Billed[{header}],record_row)"

    rate = f"ROUND({of('Charge')}*60/{of('Charged seconds')},6)"
    implied = f'IF(N({of("Charged seconds")})>0,", which is "&{amount_text(rate)}&" "&currency&"/min","")'
    time = f'IF({of("Charged seconds")}="","{_NO_TIME}",{of("Charged seconds")}&" s")'
    priced = f'{time}&" billed for "&{amount_text(of("Charge"))}&" "&currency&{implied}'
    pending = f'{time}&" billed; no price yet"'
    return f'IF(record_row="","the bill has no charge",IF({of("Priced")}="yes",{priced},{pending}))'


def their_formula_of(model: Model) -> str:
    _, record = the_call(model)
    if record is None:
        return "the bill has no charge"
    seconds = number(record["Charged seconds"])
    time = _NO_TIME if record["Charged seconds"] == "" else f"{plain_of(seconds)} s"
    if not record["Priced"]:
        return f"{time} billed; no price yet"
    cost, currency = number(record["Charge"]), model.filled.currency
    text = f"{time} billed for {amount_of(cost)} {currency}"
    if seconds:
        text += f", which is {amount_of(rounded(cost * 60 / seconds, 6))} {currency}/min"
    return text


def says() -> str:
    cause = "INDEX(Calls[Cause],call_row)"
    ours, theirs = _SAID[ALONE]
    steps = [(f'{cause}="{word}"', _SAID[word]) for word in (NO_PRICE, NO_RATE, NO_COST, NO_TIME)]
    steps += [(f'LEFT({cause},{len(TIME)})="{TIME}"', _SAID[TIME]), (f'{cause}="{PRICE}"', _SAID[PRICE])]
    chosen = f'"{_NOTHING}"'
    for condition, text in reversed(steps):
        chosen = f'IF({condition},"{text}",{chosen})'
    return f'IF(call_row="",IF(record_row="","{_NOTHING}","{theirs}"),IF(record_row="","{ours}",{chosen}))'


def says_of(model: Model) -> str:
    call, record = the_call(model)
    ours, theirs = _SAID[ALONE]
    if call is None:
        return str(theirs) if record is not None else _NOTHING
    if record is None:
        return str(ours)
    cause = str(call["Cause"])
    return str(_SAID.get(TIME if cause.startswith(TIME) else cause, _NOTHING))
