"""The table Rates: the rate card, and what each of its rows says when its blanks are filled."""

from __future__ import annotations

from templates.blank.rating.rate_problems import CATEGORIES, NOT_DIGITS, problem
from templates.blank.rating.reasons import TIE
from templates.formulas.arithmetic import COST_PLACES, MODES
from templates.grid import COUNT, DAY, PLAIN, SHORT_TEXT, Kind
from templates.inputs import RATES
from templates.look import AMOUNT as AMOUNT_FORMAT
from templates.shared import words
from templates.shared.rules import a_day, at_least_0, is_date, one_of, suggested, whole_between
from templates.shared.tables import Entry, Figure, column, entries, here, row_number

TABLE = RATES.name
STEP = 100_000
"""More than a card has rows: ranks are lengths of prefixes in it, and rows."""
FIRST_DAY, LAST_DAY = 32_874, 73_050
"""Of rows that are always in force: from 1990 to 2099, as serials."""

_MONEY = Kind(AMOUNT_FORMAT)
_NOTES = {
    "Prefix": "Leading digits of the number, with or without +. Blank: the default row. Text, so that Excel "
    "changes nothing.",
    "Direction": "outbound or inbound. Blank: both.",
    "Category": "calls, or calls-client for those of an app, with a number such as client:ann. Blank: both.",
    "Destination": "For people; the Summary adds by it.",
    "Country": "For people.",
    "Rate": "Price per minute, at most 6 decimals. Blank is an error: a call is never free by accident.",
    "Minimum": "Seconds of the first block. Blank: 60.",
    "Increment": "Seconds of each step after the minimum; 0 is exact time. Blank: as the minimum.",
    "Connect fee": "Once per answered call, at most 6 decimals. Blank: 0.",
    "Decimals": "Places of one call's cost, 0 to 6. Blank: the setting on the sheet How to use.",
    "Rounding": "half-up, half-down, up, down or none. Blank: half-up.",
    "Duration rounding": "This template knows none alone: rows with another say so under Problem.",
    "Anchor": "Where increments start. This template knows minimum alone: rows with answer say so under "
    "Problem.",
    "Currency": "Such as USD. Blank: the call's own.",
    "Valid from": "First day in force, UTC. Blank: always.",
    "Valid until": "Last day in force, UTC. Blank: always.",
}
_RULES = {
    "Direction": one_of(["outbound", "inbound"], "The direction"),
    "Category": one_of(CATEGORIES, "The category"),
    "Rate": at_least_0("Rate", "currency units per minute", is_needed=True),
    "Minimum": at_least_0("Minimum", "seconds"),
    "Increment": at_least_0("Increment", "seconds"),
    "Connect fee": at_least_0("Connect fee", "currency units per call"),
    "Decimals": whole_between(0, COST_PLACES, "Decimals"),
    "Rounding": one_of(MODES, "The rounding"),
    "Duration rounding": one_of(["none"], "The duration rounding"),
    "Anchor": one_of(["minimum"], "The anchor"),
    "Currency": suggested('"USD,EUR,GBP,CAD,AUD"'),
    "Valid from": a_day("Valid from"),
    "Valid until": a_day("Valid until"),
}


_WIDTHS = {
    **dict.fromkeys(("Prefix", "Direction", "Category", "Country", "Rounding", "Anchor", "Currency"), 11),
    **dict.fromkeys(("Rate", "Minimum", "Increment", "Connect fee", "Decimals", "Duration rounding"), 11),
    "Destination": 24,
}


_SETTING = 'IF(decimals="","",decimals)'
"""A blank one would be handed on as 0: whole units of money."""


def _own(header: str) -> str:
    return here(TABLE, header)


def _if_blank(header: str, default: str) -> str:
    return f'IF({_own(header)}="",{default},{_own(header)})'


def _day(header: str, default: int) -> str:
    """The day of a date, without its time; one that is no date covers every day, and is a problem."""
    return f"IF({is_date(_own(header))},INT({_own(header)}),{default})"


def _key() -> str:
    key = words.dialled(_own("Prefix"))
    return f'IF({words.only_digits(key)},{key},"{NOT_DIGITS}")'


def _rounding() -> str:
    mode = words.trimmed(_own("Rounding"))
    known = ",".join(f'{mode}="{word}"' for word in MODES)
    return f'IF({_own("Rounding")}="","half-up",IF(OR({known}),{mode},NA()))'


def way(direction: str) -> str:
    """`outbound` or `inbound` of a provider's word for a direction, else "".

    >>> way("B2")[:40]
    'IF(OR(LEFT(LOWER(TRIM(B2)),8)="outbound"'
    """
    word = words.trimmed(direction)
    out = f'LEFT({word},8)="outbound",LEFT({word},8)="outgoing",{word}="trunking-terminating"'
    inward = f'LEFT({word},7)="inbound",LEFT({word},8)="incoming",{word}="trunking-originating"'
    return f'IF(OR({out}),"outbound",IF(OR({inward}),"inbound",""))'


def not_category(from_number: str, to_number: str) -> str:
    """The category that a call is not of: with a number such as client:ann it is one of an app.

    >>> not_category("D2", "E2")
    'IF(OR(LEFT(LOWER(TRIM(D2)),7)="client:",LEFT(LOWER(TRIM(E2)),7)="client:"),"calls","calls-client")'
    """
    of_app = ",".join(f'LEFT({words.trimmed(side)},7)="client:"' for side in (from_number, to_number))
    return f'IF(OR({of_app}),"{CATEGORIES[0]}","{CATEGORIES[1]}")'


def covers(number: str, way: str, day: str, other_category: str) -> str:
    """1 for each row of the rate card that covers a call, else 0. A number begins with a prefix when it does
    not come before it, and comes before the prefix with a letter behind it. Rows of the category are left
    out which the call is not of."""
    rows = {name: column(TABLE, name) for name in ("Key", "Way", "From", "Until")}
    return "*".join(
        [
            f"({rows['Key']}<={number})",
            f'({number}<{rows["Key"]}&"a")',
            f'((({rows["Way"]}={way})+({rows["Way"]}=""))>0)',
            f"({rows['From']}<={day})",
            f"({rows['Until']}>={day})",
            f"({column(TABLE, 'Category')}<>{other_category})",
        ]
    )


def best(covers: str) -> str:
    """The rank of the row that covers a call best; of equal ones the last; 0 where none does."""
    return f"SUMPRODUCT(MAX({covers}*{column(TABLE, 'Rank')}))"


def row_of(rank: str, covers: str, none: str) -> str:
    """The row of a rank; `none` where it is 0, where another row covers the call as well, and where the row
    has a problem."""
    last = f"MOD({rank},{STEP})"
    is_fine = f'IF({_first(rank, covers)}={last},INDEX({column(TABLE, "Problem")},{last})="",FALSE)'
    return f"IF({rank}=0,{none},IF({is_fine},{last},{none}))"


def why_not(rank: str, covers: str) -> str:
    """What keeps the row of a rank from rating a call, by the rows of the sheet."""
    last = f"MOD({rank},{STEP})"
    header = f"ROW({TABLE}[[#Headers],[Prefix]])"
    problem = f"INDEX({column(TABLE, 'Problem')},{last})"
    tie = f'"Rows "&{header}+{_first(rank, covers)}&" and "&{header}+{last}&"{TIE}"'
    return f'IF({problem}="",{tie},"Row "&{header}+{last}&" of Rates: "&{problem})'


def _first(rank: str, covers: str) -> str:
    """The first of the rows that cover a call as well as that of a rank."""
    return f"(INT({rank}/{STEP})+1)*{STEP}-SUMPRODUCT(MAX({covers}*{column(TABLE, 'Rank back')}))"


FIGURES = (
    Figure(
        "Problem",
        Kind(widest=40),
        "Why no call is rated by this row. Blank: all is fine.",
        problem(),
        34,
        is_alarm=True,
    ),
    Figure("Minimum used", PLAIN, "Seconds.", _if_blank("Minimum", "60")),
    Figure("Increment used", PLAIN, "Seconds.", _if_blank("Increment", _own("Minimum used"))),
    Figure("Fee used", _MONEY, "The connect fee.", _if_blank("Connect fee", "0")),
    Figure("Places used", COUNT, "Decimals of a cost.", _if_blank("Decimals", _SETTING)),
    Figure("Rounding used", SHORT_TEXT, "The mode.", _rounding(), 12),
    Figure("Key", SHORT_TEXT, "The prefix as it is compared.", _key(), 10),
    Figure("Way", SHORT_TEXT, "The direction as it is compared; blank is both.", way(_own("Direction")), 12),
    Figure("From", DAY, "First day in force.", _day("Valid from", FIRST_DAY), 12),
    Figure("Until", DAY, "Last day in force.", _day("Valid until", LAST_DAY), 12),
    Figure(
        "Rank",
        PLAIN,
        "The longest prefix has the highest; of equal ones the last row.",
        f"(LEN({_own('Key')})+1)*{STEP}+{row_number(TABLE, 'Prefix')}",
    ),
    Figure(
        "Rank back",
        PLAIN,
        "The same; of equal ones the first row.",
        f"(LEN({_own('Key')})+2)*{STEP}-({row_number(TABLE, 'Prefix')})",
    ),
)
FIELDS: tuple[Entry | Figure, ...] = (*entries(RATES, _NOTES, _RULES, _WIDTHS), *FIGURES)
