"""Pieces of formulas about text: folded words, digits, text that is looked up as it stands."""

from __future__ import annotations

_PUNCTUATION = "+ -().//\u00a0"
_NO_BREAKS = "\u00a0\u2007\u202f"
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


def spaced(text: str) -> str:
    """Text with plain spaces in place of those that keep a line together, which exports and web pages write.

    >>> spaced("A2") == 'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(A2,"\\u00a0"," "),"\\u2007"," "),"\\u202f"," ")'
    True
    """
    for sign in _NO_BREAKS:
        text = f'SUBSTITUTE({text},"{sign}"," ")'
    return text


def spaced_as(text: str) -> str:
    """What that gives."""
    return "".join(" " if sign in _NO_BREAKS else sign for sign in text)


def bare(text: str) -> str:
    """Text, or a number by its digits, without blanks of any kind around it and without tabs and line ends;
    several blanks within it count as one.

    >>> bare("A2") == f"TRIM({spaced('CLEAN(A2)')})"
    True
    """
    return f"TRIM({spaced(f'CLEAN({text})')})"


def bare_of(value: object) -> str:
    """What that gives.

    >>> bare_of("\\u202fa  b\\t"), bare_of(12), bare_of(None)
    ('a b', '12', '')
    """
    text = "" if value is None else str(value)
    shown = spaced_as("".join(sign for sign in text if sign >= " "))
    return " ".join(part for part in shown.split(" ") if part)


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
