"""The pieces of a formula as files keep it: texts, places, words, and the columns of tables."""

from __future__ import annotations

import re

PIECES = re.compile(
    r"""
    (?P<text>"[^"]*"?)                           # "a text"; of one with "" in it, each half
    | (?P<quoted>'(?:[^']|'')*'!)                # 'C:\\AddIns\\tollsheet.xlam'!  '[1]My sheet'!
    | (?P<item>'(?:[^']|'')*')                   # what follows [1]! where a link is no workbook
    | (?P<book>\[\d+\][\w.\\?:]*!)               # [1]!  [1]Sheet1!
    | (?P<sheet>[^\W\d][\w.\\?]*(?::[\w.\\?]+)?!)  # Sheet1!  tollsheet.xlam!
    | (?P<word>[^\W\d][\w.\\?]*)                 # a name, a function, a cell, or a table before [
    | (?P<bracket>\[)                            # the columns of a table
    """,
    re.VERBOSE,
)
"""All else, operators and numbers, stands between them."""


def end_of_columns(formula: str, at: int) -> int:
    """Where `[[#This Row],[Rate '[USD'']]]` ends: an apostrophe takes its meaning from the sign after it."""
    depth = 0
    while at < len(formula):
        sign = formula[at]
        at += 2 if sign == "'" else 1
        depth += (sign == "[") - (sign == "]")
        if not depth:
            break
    return at


def argument(formula: str, opening: int, number: int) -> str:
    """One argument of a call by its number from 0, without blanks around it; `opening` is where its bracket
    stands. Empty where it is left out.

    >>> argument('F(A1,{1,2},G(",",3),Log[[a],[b]],"x")', 1, 3), argument("F(1)", 1, 3)
    ('Log[[a],[b]]', '')
    """
    depth, at, start = 0, opening, opening + 1
    while at < len(formula):
        found = PIECES.match(formula, at)
        if found:
            at = end_of_columns(formula, at) if found.lastgroup == "bracket" else found.end()
            continue
        sign = formula[at]
        depth += (sign in "({") - (sign in ")}")
        if depth == 0 or (depth == 1 and sign == ","):
            if number == 0:
                return formula[start:at].strip()
            if depth == 0:
                return ""
            number, start = number - 1, at + 1
        at += 1
    return ""
