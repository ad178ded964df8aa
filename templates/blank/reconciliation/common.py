"""What the tables Calls and Billed ask of each of their rows alike: its id, status, direction and number."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from addin.reconcile.duplicates import credited, tells_more
from addin.records.call import Call
from templates.blank.reconciliation import card
from templates.formulas.per_call import month
from templates.inputs import BILLED, CALLS
from templates.shared import ids, words
from templates.shared.columns import chosen, helper
from templates.shared.tables import Figure, Shown, column, here, row_number
from udfs.rating import status
from udfs.rating.cost import MS_PER_MINUTE, Terms

_SIGNS = {"~": "|1", "*": "|2", "?": "|3"}
"""What programs read as wildcards, and what stands for them in a key."""
_ALONE = {
    CALLS.name: ("From", "To", "Log price"),
    BILLED.name: ("From", "To", "Billed minutes", "Cost"),
}
"""What may stand in a row that lacks all that a call has."""
NOT_PRICED = "Not priced yet"
UNREADABLE = "unreadable"
ID_PROBLEM = "Id problem"
_LATE = 10**7
"""What a copy with a price is ahead of one without, and half of what a charged one is ahead of one that is
not: more than the rows of a sheet."""
HOUR_S = 3600
"""Rows of one id that start further apart are two calls."""


def key(table: str) -> str:
    """The id as text that programs compare letter by letter: a long number stays whole, * and ? are no
    wildcards, blanks around it do not matter."""
    own = words.bare(here(table, "Call id"))
    safe = own
    for sign, code in _SIGNS.items():
        safe = f'SUBSTITUTE({safe},"{sign}","{code}")'
    return f'IF({own}="","","#"&{safe})'


def is_blank(table: str) -> str:
    """Whether a row holds nothing; an amount alone is something, too."""
    told = "&".join(here(table, name) for name in ("Call id", "Started (UTC)", "Status", "Seconds"))
    return f'AND({told}="",COUNTA({",".join(here(table, name) for name in _ALONE[table])})=0)'


def charged(table: str) -> str:
    """yes or no by the status, blank where it is unknown."""
    word = words.folded(here(table, "Status"))

    def among(known: frozenset[str]) -> str:
        return f"OR({','.join(f'{word}={chr(34)}{one}{chr(34)}' for one in sorted(known))})"

    return f'IF({among(status.BILLED)},"yes",IF({among(status.NOT_BILLED)},"no",""))'


def is_outside(table: str) -> str:
    """Whether a call starts outside the month."""
    return f"{month(here(table, 'Started (UTC)'))}<>month"


def copy_order(table: str, price: str) -> Figure:
    """Of two copies the one with the higher order holds; `price` is the column of what a call costs."""
    is_charged, is_priced = f'{charged(table)}="yes"', f"ISNUMBER({here(table, price)})"
    return helper(
        "Order",
        "Charged copies hold rather than others, then those with a price, then later ones.",
        f"IF({is_charged},{2 * _LATE},0)+IF({is_priced},{_LATE},0)+{here(table, 'No')}",
        number=True,
    )


def copy_order_of(call: Call, number: int) -> int:
    """What it gives for the call with this number."""
    is_charged, is_priced = tells_more(call)
    return _LATE * (2 * is_charged + is_priced) + number


def copies_after(table: str, copy_key: str) -> str:
    """How many copies of the row hold rather than it."""
    mine = here(table, copy_key)
    return f'IF({mine}="",0,COUNTIFS({table}[{copy_key}],{mine},{table}[Order],">"&{here(table, "Order")}))'


def first_copy(table: str, header: str) -> str:
    """A cell of the first row with this id."""
    return f"INDEX({table}[{header}],MATCH({here(table, 'Key')},{table}[Key],0))"


def is_another_call(table: str) -> str:
    """Whether a row has an id that another call has, too: other numbers, or more than an hour apart."""
    apart = f"ROUND(({here(table, 'Started (UTC)')}-{first_copy(table, 'Started (UTC)')})*86400,0)"
    same = [f'{first_copy(table, one)}&""={here(table, one)}&""' for one in ("From", "To")]
    return f'IF({here(table, "Key")}="",FALSE,NOT(AND(ABS({apart})<={HOUR_S},{",".join(same)})))'


def found_in(table: str, other: str, mine: str, theirs: str) -> str:
    """The row of the other table with the same id, capitals included; 0 where there is none."""
    at = f"MATCH({here(table, mine)},{other}[{theirs}],0)"
    exact = f"EXACT(INDEX({other}[{theirs}],{at}),{here(table, mine)})"
    return f'IF({here(table, mine)}="",0,IFERROR(IF({exact},{at},0),0))'


def id_problem(table: str, other: str) -> Figure:
    """What a row's id is to be checked for; `other` is the table in which it is looked up."""
    cell, own = here(table, "Call id"), here(table, "Key")
    asked = [
        (f'{own}=""', "No call id"),
        *ids.asked_of(cell),
        (ids.lacks_zeros(cell, column(other, "Call id"), column(table, "Call id")), ids.ZEROS),
        (f"NOT(EXACT({first_copy(table, 'Key')},{own}))", "Two ids differ in capitals only"),
        (is_another_call(table), "Another call has this id"),
    ]
    formula = f'IF({is_blank(table)},"",{chosen(asked)})'
    return helper(ID_PROBLEM, "What To check says of the id.", formula)


def helpers(table: str) -> list[Figure]:
    """The columns by which rows are found."""
    return [
        helper("Key", "The id, safe to compare.", key(table)),
        helper("No", "The number of the row in this table.", row_number(table, "Call id"), number=True),
        *card.helpers(table),
    ]


def shown_helpers(call: Call, number: int) -> dict[str, Shown]:
    """What they give."""
    asked = card.shown_helpers(call.direction, call.from_number, call.to_number)
    return {"Key": key_of(call.call_id), "No": number, **asked}


def key_of(call_id: str) -> str:
    """
    >>> key_of("C*1"), key_of("")
    ('#C|21', '')
    """
    for sign, code in _SIGNS.items():
        call_id = call_id.replace(sign, code)
    return f"#{call_id}" if call_id else ""


def copies_of(calls: Sequence[Call], number: int) -> int:
    """How many copies of the call with this number hold rather than it."""
    mine = calls[number - 1]
    keys = [(credited(one), one.call_id, copy_order_of(one, place)) for place, one in enumerate(calls, 1)]
    own = keys[number - 1]
    return sum(one[:2] == own[:2] and one[2:] > own[2:] for one in keys) if mine.call_id else 0


def last_places(terms: Terms, billed_ms: int) -> Fraction:
    """The cost before rounding, in units of its last place."""
    if billed_ms <= 0:
        return Fraction(0)
    exact = terms.connect_fee + terms.rate * billed_ms / MS_PER_MINUTE
    return exact if terms.rounding == "none" else exact * 10**terms.places
