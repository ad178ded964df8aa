"""A formula as a person types it, turned into the form in which files keep it.

In a file, a parameter of a LAMBDA is `_xlpm.rate`; an optional one is `_xlop.rate` where it is declared and
`_xlpm.rate` where it is used; functions that came after 2007 carry `_xlfn.`. Excel drops a name stored
otherwise without a word, so whatever is not known here is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

LATER = frozenset({"ISOMITTED", "LAMBDA", "LET"})
"""Functions that need a prefix."""
PLAIN = frozenset(
    {
        *("ABS", "CEILING", "DATE", "DAY", "FIND", "IF", "IFERROR", "INT", "ISERROR", "ISNUMBER", "ISTEXT"),
        *("LEFT", "LEN", "LOWER", "MID", "MONTH", "REPT", "RIGHT", "ROUND", "ROUNDDOWN", "ROUNDUP"),
        *("SUBSTITUTE", "TEXT", "TRIM", "VALUE", "YEAR"),
    }
)
"""Functions that every version knows by their name alone."""

_TOKEN = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")
      | (?P<error>\#(?:N/A|VALUE!|NUM!))
      | (?P<number>\d+(?:\.\d+)?(?:E[+-]?\d+)?)
      | (?P<word>[A-Za-z_][A-Za-z0-9_.]*)(?P<call>\()?
      | (?P<blank>\s+)
      | (?P<sign>[-+*/^&=<>(),{}])""",
    re.VERBOSE,
)
_LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}\d+|[RrCc]\d*", re.ASCII)


def compact(typed: str) -> str:
    """A formula without blanks outside its texts; raises ValueError for signs that none of ours has.

    >>> compact('IF( a = " x ",  1, 2 )')
    'IF(a=" x ",1,2)'
    """
    return "".join(match[0] for match in _tokens(typed))


def stored_lambda(required: Sequence[str], optional: Sequence[str], body: str) -> str:
    """A LAMBDA as a defined name keeps it. In the body, functions are in capitals and variables are not.

    >>> stored_lambda(["rate"], ["fee"], "LET(sum, rate + IF(ISOMITTED(fee), 0, fee), ROUND(sum, 2))")
    '_xlfn.LAMBDA(_xlpm.rate,_xlop.fee,_xlfn.LET(_xlpm.sum,_xlpm.rate+IF(_xlfn.ISOMITTED(_xlpm.fee),0,_xlpm.fee),ROUND(_xlpm.sum,2)))'
    """
    parameters = [f"_xlpm.{name}" for name in required] + [f"_xlop.{name}" for name in optional]
    return f"_xlfn.LAMBDA({','.join(parameters)},{''.join(map(_stored, _tokens(body)))})"


def _tokens(typed: str) -> list[re.Match[str]]:
    found, at = [], 0
    while at < len(typed):
        match = _TOKEN.match(typed, at)
        if match is None:
            raise ValueError(f"{typed[at : at + 20]!r} cannot stand in a formula of ours")
        at = match.end()
        if match["blank"] is None:
            found.append(match)
    return found


def _stored(token: re.Match[str]) -> str:
    word = token["word"]
    if word is None or word in ("TRUE", "FALSE"):
        return token[0]
    if token["call"] and not word.islower():
        if word not in LATER | PLAIN:
            raise ValueError(f"{word} is no function that a formula of ours may use")
        return f"_xlfn.{token[0]}" if word in LATER else token[0]
    if not word.islower() or _LIKE_A_CELL.fullmatch(word):
        raise ValueError(f"{word} cannot be a variable")
    return f"_xlpm.{token[0]}"
