"""The arguments of a call in a formula as files keep it."""

from __future__ import annotations

from addin.hosts.package.formula_text import PIECES


def argument(formula: str, opening: int, number: int) -> str:
    """One argument of a call by its number from 0, without blanks around it; `opening` is where its bracket
    stands. Empty where it is left out.

    >>> argument('F(A1,{1,2},G(",",3),Log[[a],[b]],"x")', 1, 3), argument("F(1)", 1, 3)
    ('Log[[a],[b]]', '')
    """
    depth, at, start = 0, opening, opening + 1
    while at < len(formula):
        if found := PIECES.match(formula, at):
            at = found.end()
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
