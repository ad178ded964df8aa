"""Pieces of formulas about text: folded words, digits, text that is looked up as it stands."""

from __future__ import annotations

_PUNCTUATION = "+ -().//\u00a0"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def without(text: str, signs: str) -> str:
    """Text without these signs.

    >>> without("A2", "-_")
    'SUBSTITUTE(SUBSTITUTE(A2,"-",""),"_","")'
    """
    for sign in dict.fromkeys(signs):
        text = f'SUBSTITUTE({text},"{sign}","")'
    return text


def folded(text: str) -> str:
    """A word as it is compared: case, blanks, `-` and `_` do not matter.

    >>> folded("A2")[:5]
    'SUBST'
    """
    return without(f"LOWER({text})", " -_\u00a0")


def trimmed(text: str) -> str:
    """Text without blanks around it, in small letters; "" of a blank cell.

    >>> trimmed("A2")
    'LOWER(TRIM(A2))'
    """
    return f"LOWER(TRIM({text}))"


def as_it_stands(text: str) -> str:
    """Text for MATCH and SUMIFS, in which * and ? would stand for any signs.

    >>> as_it_stands("A2")
    'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(A2,"~","~~"),"*","~*"),"?","~?")'
    """
    for sign in "~*?":
        text = f'SUBSTITUTE({text},"{sign}","~{sign}")'
    return text


def dialled(text: str) -> str:
    """A telephone number as it is compared: without + and the signs that people put between digits."""
    return without(f"LOWER({text})", _PUNCTUATION)


def only_digits(text: str) -> str:
    """Whether text is of digits alone; that of no text is TRUE.

    >>> only_digits("A2").count("SUBSTITUTE"), only_digits("A2").endswith('=""')
    (10, True)
    """
    return f'{without(text, "0123456789")}=""'


def begins_with_letter(text: str) -> str:
    """Whether text, in small letters, begins with one of a to z.

    >>> begins_with_letter("A2")
    'ISNUMBER(FIND(LEFT(A2,1),"abcdefghijklmnopqrstuvwxyz"))'
    """
    return f'ISNUMBER(FIND(LEFT({text},1),"{_LETTERS}"))'
