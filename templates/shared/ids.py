"""Ids of records: how they are compared, and what is wrong with one.

They are compared as the command reads them: without the blanks around them, no-break spaces and line ends
included, and a number by its digits. A column Id holds them so, beside the yellow one.
"""

from __future__ import annotations

from fractions import Fraction

from templates.grid import SHORT_TEXT
from templates.shared import words
from templates.shared.columns import AN_ERROR, chosen
from templates.shared.numbers import is_number
from templates.shared.tables import Figure, Shown, column, here, row_number

LONGEST = 200
"""Of what is looked up: programs look up 255 characters."""
LOST_DIGITS = "10^15"
"""From here on a number has lost digits of the id that was pasted."""
SHORTENED = "The id has lost digits: paste it as text"
TOO_LONG = f"The id has {LONGEST} signs or more: ids so long are not compared"
CAPITALS = "Another id differs from it in capitals only: they count as one"
ZEROS = "On the other sheet this id has lost its zeros in front: paste it there as text"
_SIGNS_OF_SHORTENED = ("E+", ".E+", ",E+")


def compared(cell: str) -> str:
    """The id as it is compared.

    >>> compared("A2")[:15], compared("A2")[-5:]
    ('LEFT(TRIM(SUBST', ',200)')
    """
    return f"LEFT({words.bare(cell)},{LONGEST})"


def compared_as(value: Shown) -> str:
    """What that gives.

    >>> compared_as(" CA1\\u00a0"), compared_as(1234567), compared_as(None)
    ('CA1', '1234567', '')
    """
    return words.bare_of(value)[:LONGEST]


def id_figure(table: str, header: str) -> Figure:
    """The column of ids as they are compared."""
    return Figure("Id", SHORT_TEXT, "The id as it is compared.", compared(here(table, header)), 12)


def copy_of(table: str, header: str) -> str:
    """The number of an earlier row with the same id; blank where there is none. `header` is that of ids as
    they are compared."""
    own, number = here(table, header), row_number(table, header)
    first = f"MATCH({words.as_it_stands(own)},{column(table, header)},0)"
    return f'IF({own}="","",IF({first}<{number},{first},""))'


def is_shortened(cell: str) -> str:
    """Whether an id is a number that has lost digits, or text such as 4.48E+11, which has lost them before.

    >>> is_shortened("A2")[:33]
    'IF(ISNUMBER(A2),A2>=10^15,IF(ISNU'
    """
    capitals = f"UPPER({cell})"
    rest = words.without(words.bare(capitals), "0123456789")
    is_one = f'ISNUMBER(FIND("|"&{rest}&"|","|{"|".join(_SIGNS_OF_SHORTENED)}|"))'  # quicker than one by one
    of_text = f'IF(ISNUMBER(FIND("E+",{capitals})),{is_one},FALSE)'
    return f"IF(ISNUMBER({cell}),{cell}>={LOST_DIGITS},{of_text})"


def lacks_zeros(cell: str, others: str, mine: str) -> str:
    """Whether an id with zeros in front stands without them in a column of another table: as a number, or as
    text where that is the id of no row of `mine`, as when a file has lost them before it was read."""
    own = words.bare(cell)
    bare = f'TEXT(VALUE({own}),"0")'
    is_number = f"ISNUMBER(MATCH(VALUE({own}),{others},0))"
    is_text = f"ISNUMBER(MATCH({bare},{others},0))"
    is_own = f"ISNA(MATCH({own},{others},0)),ISNA(MATCH({bare},{mine},0))"
    return f'IF(LEFT({own},1)="0",IF({is_number},TRUE,IF({is_text},AND({is_own}),FALSE)),FALSE)'


def asked_of(cell: str) -> list[tuple[str, str]]:
    """What may be wrong with an id by itself, and the text for it."""
    return [(is_shortened(cell), SHORTENED), (f"LEN({words.bare(cell)})>={LONGEST}", TOO_LONG)]


def problem(table: str, header: str, missing: str, others: str = "") -> str:
    """What is wrong with the id of a row of a table with the columns Id and Copy of row. `others` is the
    column of ids of the table in which they are looked up."""
    cell, own, copy = here(table, header), here(table, "Id"), here(table, "Copy of row")
    is_other = f'IF({copy}="",FALSE,NOT(EXACT(INDEX({column(table, "Id")},{copy}),{own})))'
    asked = [
        (f"ISERROR({cell})", AN_ERROR),
        (f'{words.bare(cell)}=""', missing),
        *asked_of(cell),
        (is_other, CAPITALS),
        *([(lacks_zeros(cell, others, column(table, header)), ZEROS)] if others else []),
    ]
    return chosen(asked)


def problem_of(value: Shown, missing: str, first: Shown = "") -> str:
    """What that gives where no other table is asked; `first` is the id of an earlier row that is the same.

    >>> problem_of("4.48E+11", "No id"), problem_of("a", "No id", "A")[:31], problem_of("\\u00a0", "No id")
    ('The id has lost digits: paste it as text', 'Another id differs from it in c', 'No id')
    """
    text = words.bare_of(value)
    rest = "".join(sign for sign in text.upper() if sign not in "0123456789")
    is_lost = Fraction(text) >= 10**15 if is_number(value) else rest in _SIGNS_OF_SHORTENED
    asked = (
        (text == "", missing),
        (text != "" and is_lost, SHORTENED),
        (len(text) >= LONGEST, TOO_LONG),
        (first not in ("", text), CAPITALS),
    )
    return next((said for holds, said in asked if holds), "")
