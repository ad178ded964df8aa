"""The rate card of the template, and how a call finds its row: the longest prefix in force.

A number begins with a prefix where, both filled to 15 digits, it stands between the prefix filled with zeros
and the prefix filled with nines: comparisons, which every program does over a whole column.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from templates import look as styles
from templates.grid import Kind
from templates.inputs import RATES
from templates.shared.columns import helper, remark, serial
from templates.shared.rules import a_day, at_least_0, one_of, whole_between
from templates.shared.tables import Field, Figure, Row, Shown, entries, here, row_number
from udfs.rating.cost import Terms
from udfs.rating.rate_card import RateRow, normal_number

TABLE = RATES.name
_DIGITS = 15
_ALWAYS = (date(1990, 1, 1), date(2099, 12, 31))
NO_ROW = 10**16
"""The lowest number of a row that is blank: no number reaches it."""
_SIGNS = "+ -().,/"

_NOTES = {
    "Prefix": "Leading digits of the number, as text, without +. Blank: the row for all other numbers.",
    "Direction": "outbound compares the called number, inbound the calling one. Blank: both.",
    "Category": "calls, or blank. Rows of another category are not used here.",
    "Destination": "For people.",
    "Country": "For people.",
    "Rate": "Price of a minute. Needed: a blank rate is an error, never 0.",
    "Minimum": "Seconds that are charged at least: the 30 of 30/6. Blank: 60.",
    "Increment": "Steps in seconds after the minimum: the 6 of 30/6. Blank: as the minimum.",
    "Connect fee": "Once a charged call. Blank: none.",
    "Decimals": "Places to which a call's cost is rounded, 0 to 6. Blank: as the settings say.",
    "Rounding": "half-up, half-down, up, down or none. Blank: half-up.",
    "Duration rounding": "Only none, or blank: this template does not round seconds before the minimum.",
    "Anchor": "Only minimum, or blank: increments are counted after the minimum.",
    "Currency": "Of the rate, such as USD. Blank: the call's own.",
    "Valid from": "First day in force, in UTC. Blank: always.",
    "Valid until": "Last day in force, in UTC. Blank: always.",
}
_RULES = {
    "Direction": one_of(["inbound", "outbound"], "The direction"),
    "Rate": at_least_0("Rate", "the currency, for a minute"),
    "Minimum": at_least_0("Minimum", "seconds"),
    "Increment": at_least_0("Increment", "seconds"),
    "Connect fee": at_least_0("Connect fee", "the currency"),
    "Decimals": whole_between(0, 6, "Decimals"),
    "Rounding": one_of(["half-up", "half-down", "up", "down", "none"], "The rounding"),
    "Duration rounding": one_of(["none"], "The duration rounding"),
    "Anchor": one_of(["minimum"], "The anchor"),
    "Valid from": a_day("Valid from"),
    "Valid until": a_day("Valid until"),
}


def _cell(header: str) -> str:
    return here(TABLE, header)


def digits(cell: str) -> str:
    """A number or prefix without its signs.

    >>> digits("A2").count("SUBSTITUTE")
    8
    """
    for sign in _SIGNS:
        cell = f'SUBSTITUTE({cell},"{sign}","")'
    return cell


def _filled(cell: str, sign: str) -> str:
    return f'LEFT({cell}&REPT("{sign}",{_DIGITS}),{_DIGITS})'


def number_of(cell: str) -> str:
    """Digits filled with zeros to 15, as a number; -1 where they are no digits, so that no row fits."""
    filled = _filled(cell, "0")
    return f'IFERROR(IF(TEXT(VALUE({filled}),REPT("0",{_DIGITS}))={filled},VALUE({filled}),-1),-1)'


def best_row(table: str) -> str:
    """The row of the card with the longest prefix that covers the call of a row; 0 where none does."""
    number, length, way, day = (here(table, name) for name in ("Number", "Digits", "Way", "Started (UTC)"))
    rates = {
        name: f"{TABLE}[{name}]"
        for name in ("Low", "High", "Digits", "Direction", "Category", "First day", "Last day", "No")
    }
    covers = "*".join(
        (
            f"({rates['Low']}<={number})*({rates['High']}>={number})*({rates['Digits']}<=LEN({length}))",
            f'(({rates["Direction"]}="")+({rates["Direction"]}={way}))',
            f'(({rates["Category"]}="")+({rates["Category"]}="calls"))',
            f"({rates['First day']}<=INT({day}))*({rates['Last day']}>=INT({day}))",
        )
    )
    return f"MOD(SUMPRODUCT(MAX({covers}*(({rates['Digits']}+1)*100000+{rates['No']}))),100000)"


def _is_blank() -> str:
    return f'{_cell("Prefix")}&{_cell("Rate")}&{_cell("Direction")}&{_cell("Destination")}=""'


def _to_check() -> str:
    low, length = _cell("Low"), _cell("Digits")
    same = "*".join(
        (
            f"({TABLE}[Low]={low})*({TABLE}[Digits]={length})",
            *(
                f'((({TABLE}[{name}]={_cell(name)})+({TABLE}[{name}]="")+({_cell(name)}=""))>0)'
                for name in ("Direction", "Category")
            ),
            f"({TABLE}[First day]<={_cell('Last day')})*({TABLE}[Last day]>={_cell('First day')})",
        )
    )
    asked = (
        (f"{low}<0", "Prefix is not digits"),
        (f"{length}>{_DIGITS}", "Prefix is longer than 15 digits"),
        (f"ISNUMBER({_cell('Rate')})=FALSE", "Rate is missing or no number"),
        (f"{_cell('Rate')}<0", "Rate is below 0"),
        *(
            (f'AND({_cell(name)}<>"",ISNUMBER({_cell(name)})=FALSE)', f"{name} is no number")
            for name in ("Minimum", "Increment", "Connect fee", "Decimals", "Valid from", "Valid until")
        ),
        (f'AND({_cell("Duration rounding")}<>"",{_cell("Duration rounding")}<>"none")', "Duration rounding"),
        (f'AND({_cell("Anchor")}<>"",{_cell("Anchor")}<>"minimum")', "Anchor"),
        (
            "AND(" + ",".join(f'{_cell("Direction")}<>"{way}"' for way in ("", "inbound", "outbound")) + ")",
            "Direction is not known",
        ),
        (f"SUMPRODUCT({same})>1", "Two rates at once"),
    )
    return remark(_is_blank(), asked)


def fields() -> list[Field]:
    """The columns: yellow ones, then what the look-up needs."""
    code, low, length = _cell("Digits of prefix"), _cell("Low"), _cell("Digits")
    first, last = (serial(day) for day in _ALWAYS)
    high = f"{low}+10^({_DIGITS}-{length})-1"
    return [
        *entries(RATES, _NOTES, _RULES),
        Figure("To check", Kind(widest=30), "What this row lacks; blank where all is well.", _to_check(), 26),
        helper("Digits of prefix", "The prefix without signs.", digits(_cell("Prefix"))),
        helper("Digits", "How many digits it has.", f"LEN({code})", number=True),
        helper(
            "Low",
            "The prefix filled with zeros: no number below it begins with it.",
            f"IF({_is_blank()},{NO_ROW},{number_of(code)})",
            number=True,
        ),
        helper("High", "The prefix filled with nines.", f"IF({low}<0,-1,{high})", number=True),
        helper("First day", "Valid from, or long ago.", _day("Valid from", first), number=True),
        helper("Last day", "Valid until, or far ahead.", _day("Valid until", last), number=True),
        helper("No", "The number of the row in this table.", row_number(TABLE, "Prefix"), number=True),
    ]


def _day(header: str, otherwise: int) -> str:
    return f"IF(ISNUMBER({_cell(header)}),INT({_cell(header)}),{otherwise})"


def rows_of(rates: Sequence[RateRow]) -> list[Row]:
    """What stands in the table, formulas included."""
    first, last = (serial(day) for day in _ALWAYS)
    found: list[Row] = []
    for number, rate in enumerate(rates, 1):
        code = normal_number(rate.prefix)
        low = int(code.ljust(_DIGITS, "0"))
        shown: dict[str, Shown] = {column.header: column.of(rate) for column in RATES.columns}
        shown |= {"To check": "", "Digits of prefix": code, "Digits": len(code), "Low": low}
        shown["High"] = low + 10 ** (_DIGITS - len(code)) - 1
        shown["First day"] = serial(rate.valid_from) if rate.valid_from else first
        shown["Last day"] = serial(rate.valid_until) if rate.valid_until else last
        found.append({**shown, "No": number})
    return found


PLAIN = Kind(styles.PLAIN)
TERMS = ("Rate per minute", "Minimum (s)", "Increment (s)", "Connect fee", "Decimal places", "Rounding")
"""The headers of the terms beside a call."""


def terms(table: str) -> list[Figure]:
    """The terms of the row of the card that a call has, an error where its rate is no number; without a row
    60 seconds, then 60 more, and no price."""
    row = here(table, "Rate card row")

    def of(header: str) -> str:
        return f"INDEX({TABLE}[{header}],{row})"

    minimum = here(table, "Minimum (s)")
    wrong = f'{of("To check")}<>""'
    asked = (
        ("Rate per minute", "Of the rate card's row.", f'IF({row}=0,"",IF({wrong},NA(),{of("Rate")}))'),
        (
            "Minimum (s)",
            "Blank on the card: 60.",
            f'IF({row}=0,60,IF({of("Minimum")}="",60,{of("Minimum")}))',
        ),
        (
            "Increment (s)",
            "Blank on the card: as the minimum.",
            f'IF({row}=0,60,IF({of("Increment")}="",{minimum},{of("Increment")}))',
        ),
        (
            "Connect fee",
            "Blank on the card: none.",
            f'IF({row}=0,"",IF({of("Connect fee")}="",0,{of("Connect fee")}))',
        ),
        (
            "Decimal places",
            "Blank on the card: as the settings say.",
            f'IF({row}=0,"",IF({of("Decimals")}="",decimals,{of("Decimals")}))',
        ),
    )
    mode = f'IF({row}=0,"",IF({of("Rounding")}="","half-up",{of("Rounding")}))'
    return [
        *(Figure(header, PLAIN, note, formula, 12) for header, note, formula in asked),
        Figure("Rounding", Kind(widest=12), "Blank on the card: half-up.", mode, 12),
    ]


def shown_terms(terms: Terms | None) -> dict[str, Shown]:
    """What they give."""
    if terms is None:
        return {**dict.fromkeys(TERMS, ""), "Minimum (s)": 60, "Increment (s)": 60}
    figures = (
        terms.rate,
        Fraction(terms.minimum_ms, 1000),
        Fraction(terms.increment_ms, 1000),
        terms.connect_fee,
        terms.places,
        terms.rounding,
    )
    return dict(zip(TERMS, figures, strict=True))
