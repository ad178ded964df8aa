"""The call on the path: both records side by side, the formula of both costs, and what that says."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from templates import look as styles
from templates.blank.investigation.columns import (
    ALONE,
    NO_COST,
    NO_PRICE,
    NO_RATE,
    NO_TIME,
    PRICE,
    TIME,
    UNKNOWN,
)
from templates.blank.investigation.path import first_rows
from templates.blank.investigation.sheet import (
    MONEY,
    PLAIN,
    WORDS,
    Sheet,
    amount_of,
    amount_text,
    plain_of,
)
from templates.blank.investigation.values import Model, Values, number
from templates.shared import ids, words
from templates.shared.numbers import is_number
from templates.shared.serials import rounded, serial
from templates.shared.tables import Shown

_NONE = "(none)"
_FIELDS = (
    ("Started (UTC)", "Started (UTC)", "Started (UTC)", styles.INSTANT),
    ("From", "From", "From", WORDS),
    ("To", "To", "To", WORDS),
    ("Status", "Status", "Status", WORDS),
    ("Seconds talked", "Seconds", "Talked", PLAIN),
    ("Seconds billed", "Billed seconds", "Charged seconds", PLAIN),
    ("Cost", "Cost", "Cost", MONEY),
    ("Place", "Place", "Place", WORDS),
)
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


def write_call(page: Sheet, model: Model) -> None:
    """The last block of the sheet Path, and the names `call_row` and `record_row`."""
    call, record = the_call(model)
    our_row, their_row = first_rows()
    page.heading("5. The call")
    page.label("Another call")
    page.yellow(1, None, "", "call_chosen")
    page.text(2, "Type a call id, or leave it blank: the largest of the hour.")
    page.row += 1
    page.label("Row in the tables")
    chosen = words.as_it_stands(ids.compared("call_chosen"))
    ours = f'IF(call_chosen="",{our_row},IFERROR(MATCH({chosen},Calls[Key],0),""))'
    theirs = f'IF(call_chosen="",{their_row},IFERROR(MATCH({chosen},Billed[Key],0),""))'
    page.put(1, ours, _at(model.calls, call), "0", "call_row")
    page.put(2, theirs, _at(model.billed, record), "0", "record_row")
    page.text(3, "of Calls and of Billed, from 1")
    page.row += 1
    page.heads(("", "Ours", "Theirs", "Differs?"), (0, 1, 2, 3))
    page.label("Call id", bold=True)
    for index, (table, cell, row) in enumerate(
        (("Calls", "call_row", call), ("Billed", "record_row", record)), 1
    ):
        shown = str(row.get("Call id") or "") if row else _NONE
        page.put(index, f'IF({cell}="","{_NONE}",INDEX({table}[Call id],{cell})&"")', shown, WORDS, bold=True)
    page.sheet.write_blank(page.row, 3, None, page.look.body())
    page.row += 1
    for label, own, its, number_format in _FIELDS:
        _write_field(page, call, record, label, own, its, number_format)
    _write_terms(page, call, record)
    page.row += 1
    for label, formula, shown in (
        ("Our formula", our_formula(), our_formula_of(model)),
        ("Their formula", their_formula(), their_formula_of(model)),
        ("What it says", says(), says_of(model)),
    ):
        page.label(label, bold=True, text_wrap=True)
        name = {"Our formula": "our_formula", "Their formula": "their_formula", "What it says": "says"}[label]
        page.line(formula, shown, name, first=1)
        page.row += 1


def the_call(model: Model) -> tuple[Values | None, Values | None]:
    """The largest of the hour: our record and the bill's."""
    if not model.listed:
        return None, None
    side, row = model.listed[0]
    if side == "bill":
        return None, row
    at = row["Bill row"]
    return row, model.billed[at - 1] if isinstance(at, int) else None


def _at(rows: list[Values], row: Values | None) -> Shown:
    return next((at for at, one in enumerate(rows, 1) if one is row), "") if row is not None else ""


def _write_field(
    page: Sheet,
    call: Values | None,
    record: Values | None,
    label: str,
    own: str,
    its: str,
    number_format: str,
) -> None:
    page.label(label)
    shown = []
    for index, (table, cell, header, row) in enumerate(
        (("Calls", "call_row", own, call), ("Billed", "record_row", its, record)), 1
    ):
        more = '&""' if number_format == WORDS else ""
        value = _shown(row, header, number_format)
        found = f"INDEX({table}[{header}],{cell}){more}"
        if number_format in (PLAIN, MONEY):
            found = f'IF(ISNUMBER({found}),{found},"{UNKNOWN}")'
        page.put(index, f'IF({cell}="","",{found})', value, number_format)
        shown.append(value)
    r = page.row + 1
    if label == "Place":
        page.sheet.write_blank(page.row, 3, None, page.look.body())
        page.row += 1
        return
    unknown = f'OR(B{r}="{UNKNOWN}",C{r}="{UNKNOWN}")'
    compared = f'IF({unknown},"not known",IF(B{r}=C{r},"","differs"))'
    differs = f'IF(OR(call_row="",record_row=""),"",{compared})'
    both = call is not None and record is not None
    said = "differs" if _plain(shown[0]) != _plain(shown[1]) else ""
    said = "not known" if UNKNOWN in shown else said
    page.put(3, differs, said if both else "", WORDS)
    page.row += 1


def _plain(value: Shown) -> object:
    return value.lower() if isinstance(value, str) else number(value)


def _shown(row: Values | None, header: str, number_format: str) -> Shown:
    value = row.get(header) if row else None
    if isinstance(value, date):
        return serial(value)
    if number_format == WORDS:
        return str(value) if value is not None else ""
    if row is not None and number_format in (PLAIN, MONEY) and not is_number(value):
        return UNKNOWN
    return "" if value is None else value


def _write_terms(page: Sheet, call: Values | None, record: Values | None) -> None:
    """Our terms, and what minutes x rate without them would be: a usual mistake."""
    is_rated = call is not None and isinstance(call["Cost"], int | Fraction)
    page.label("Our rate per minute")
    rate = call["Rate per minute"] if call is not None and is_rated else ""
    page.put(1, 'IF(call_row="","",IFERROR(INDEX(Calls[Rate per minute],call_row),""))', rate, MONEY)
    page.row += 1
    page.label("Talked minutes x our rate, no steps")
    formula = (
        'IF(call_row="","",IFERROR(ROUND(INDEX(Calls[Rate x talked],call_row)/(60*10^9),'
        'INDEX(Calls[Decimal places],call_row)),""))'
    )
    shown: Shown = ""
    if call is not None and is_rated:
        shown = rounded(number(call["Rate x talked"]) / (60 * 10**9), int(number(call["Decimal places"])))
    page.put(1, formula, shown, MONEY, "without_steps")
    is_same = f'IF(INDEX(Billed[Charge],record_row)=without_steps,"{_SAME_AS}","")'
    theirs = f'IF(OR(without_steps="",record_row=""),"",{is_same})'
    is_this = shown != "" and record is not None and number(record["Charge"]) == number(shown)
    page.put(2, theirs, _SAME_AS if is_this else "", WORDS)
    page.row += 1


_SAME_AS = "their cost is this"


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
