"""The words of types and reasons, and keys by which formulas compare names."""

from __future__ import annotations

from decimal import Decimal

from addin.billing.lines import (
    AFTER,
    AMD,
    BEFORE,
    COPY,
    DIALER,
    MANUAL,
    NO_MOMENT,
    OTHER_KIND,
    PENDING,
    TABLE_OF,
    UNKNOWN_KIND,
)
from addin.records.charges import KINDS
from templates.shared import words
from templates.shared.tables import Shown

MONEY = "#,##0.0000######"
"""Amounts of results: four decimals are there in each, so that their points stand under each other."""
NO_TABLE = "none"
"""What the table Types says of calls that the report has no table for."""
WORDS = (*((word, TABLE_OF[kind]) for word, kind in KINDS.items()), *(
    (word, NO_TABLE) for word in ("inbound", "queuecallback")
))  # fmt: skip
"""The words for a type, without blanks, - and _: each with its table."""

NO_NUMBER = "cost cannot be used"
OTHER_CURRENCY = "another currency"
UNREADABLE = "cannot be read"
REASONS = (
    COPY, BEFORE, AFTER, OTHER_KIND, UNKNOWN_KIND, NO_MOMENT, PENDING, NO_NUMBER, OTHER_CURRENCY, UNREADABLE,
)  # fmt: skip
"""Why a charge is left out."""
UNKNOWN = "unknown"
"""What stands for the minutes of charges none of which has a duration."""
NO_SECONDS, NO_ID, TWIN, NO_AGENT = (
    "seconds cannot be used: write 95, not 1:35 or a time of day",
    "no call id: copies cannot be told",
    "an earlier charge has its id and type, and differs: each counts",
    "agent is not in the roster",
)
"""What is to be looked at in a charge that counts."""
LARGEST_COST = 10**9
"""Larger amounts would cost the sums their last decimals."""
LONGEST_KEY = 250
"""Of what programs look up, in characters."""
LETTERS = {MANUAL: "M", DIALER: "D", AMD: "A"}
"""With which the key of a row begins, so that no key reads as a number or a criterion."""
TEAM_LETTER, COUNTRY_LETTER, AGENT_LETTER = "T", "C", "R"

_SIGNS = (("^", "^0"), ("*", "^1"), ("?", "^2"), ("~", "^3"))
"""Signs that MATCH and SUMIFS take for something else, and what stands for them."""


def key_of(letter: str, text: str) -> str:
    """The key of a name, as the formula gives it.

    >>> key_of("R", "  Ann  B. "), key_of("C", "a*?")
    ('R|Ann B.', 'C|a^1^2')
    """
    trimmed = words.bare_of(text)
    for sign, written in _SIGNS:
        trimmed = trimmed.replace(sign, written)
    return f"{letter}|{trimmed}"


def key(letter: str, cell: str) -> str:
    """The formula of the key of a name.

    >>> key("R", "A2")[:51], key("R", "A2")[-38:]
    ('"R|"&SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(TR', '^","^0"),"*","^1"),"?","^2"),"~","^3")')
    """
    return f'"{letter}|"&{_plain(words.bare(cell))}'


def word(cell: str) -> str:
    """The formula of a type as it is looked up: without blanks, - and _."""
    for sign in (" ", "-", "_"):
        cell = f'SUBSTITUTE({cell},"{sign}","")'
    return _plain(cell)


def word_of(text: str) -> str:
    """What that gives.

    >>> word_of("Click-to_call manual")
    'Clicktocallmanual'
    """
    for sign in (" ", "-", "_"):
        text = text.replace(sign, "")
    for sign, written in _SIGNS:
        text = text.replace(sign, written)
    return text


def text_of(value: Shown) -> str:
    """A cell as text."""
    if value is None:
        return ""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def teams(cell: str) -> str:
    """The formula of teams, which semicolons separate, in one spelling."""
    return f'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({words.bare(cell)},"; ",";")," ;",";"),";","; ")'


def teams_of(text: str) -> str:
    """What that gives.

    >>> teams_of(" Sales;Support ")
    'Sales; Support'
    """
    return words.bare_of(text).replace("; ", ";").replace(" ;", ";").replace(";", "; ")


def _plain(cell: str) -> str:
    for sign, written in _SIGNS:
        cell = f'SUBSTITUTE({cell},"{sign}","{written}")'
    return cell
