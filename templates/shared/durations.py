"""Which numbers are durations: seconds and minutes, and not spreadsheet times in their place.

A spreadsheet time is a part of a day: 0:01:20 is 0.000926, and 12:30, typed for twelve and a half minutes, is
0.520833. None is read as seconds or as minutes.
"""

from __future__ import annotations

from fractions import Fraction

from templates.formulas.arithmetic import LONGEST_S
from templates.shared.numbers import is_number
from templates.shared.rules import SHORTEST_TIME, Rule, custom
from templates.shared.tables import Shown

_WRITE = "write 80, not 0:01:20"
_PLACES, _MINUTE_PLACES = 3, 4
_NEARLY = "0.0001"
_PARTS_OF_A_DAY = 12
"""A time typed for minutes is a 24th of them or less; no bill has so much less time than was talked."""

LONG_TIMES = (
    "A time of 24:00:00 or more, such as 36:00:00, is 1.5 to a spreadsheet: nothing tells it from seconds."
)
"""Of these alone is none refused: those of 24 h, 24:07:12, 24:14:24 ... have no more than 3 decimals, and
providers write tenths and thousandths of a second as well."""
BLANK = "Seconds is blank: write 0 where no time was talked"
TEXT = f"Seconds is no number: {_WRITE}"
NEGATIVE = "Seconds is below 0"
A_TIME = f"Seconds is below 1, as a time of day is: {_WRITE}"
TOO_LONG = f"Seconds is more than {LONGEST_S:,} (115 days)"
A_TIME_FOR_MINUTES = "Billed minutes is a time of day, or far too short for Seconds: write 2.5, not 2:30"
TOO_FINE = f"Seconds has more than 3 decimals, as a time has: {_WRITE}"


def is_seconds(cell: str) -> str:
    """Whether a cell holds seconds that can be.

    >>> is_seconds("A2")
    'IF(ISNUMBER(A2),AND(OR(A2=0,A2>=1),A2<=9999999,ROUND(A2,3)=A2),FALSE)'
    """
    fine = f"AND(OR({cell}=0,{cell}>={SHORTEST_TIME}),{cell}<={LONGEST_S},ROUND({cell},{_PLACES})={cell})"
    return f"IF(ISNUMBER({cell}),{fine},FALSE)"


def wrong_seconds(cell: str) -> list[tuple[str, str]]:
    """What may be wrong with a cell of seconds that holds no error, and the text for it."""
    return [
        (f'{cell}=""', BLANK),
        (f"NOT(ISNUMBER({cell}))", TEXT),
        (f"{cell}<0", NEGATIVE),
        (f"AND({cell}>0,{cell}<{SHORTEST_TIME})", A_TIME),
        (f"{cell}>{LONGEST_S}", TOO_LONG),
        (f"ROUND({cell},{_PLACES})<>{cell}", TOO_FINE),
    ]


def what_is_wrong(seconds: Shown) -> str:
    """The text of the first that holds, else none.

    >>> what_is_wrong(0.75), what_is_wrong(80)
    ('Seconds is below 1, as a time of day is: write 80, not 0:01:20', '')
    """
    if seconds is None or seconds == "":
        return BLANK
    if not is_number(seconds):
        return TEXT
    exact = Fraction(str(seconds))
    asked = (
        (exact < 0, NEGATIVE),
        (0 < exact < Fraction(SHORTEST_TIME), A_TIME),
        (exact > LONGEST_S, TOO_LONG),
        ((exact * 10**_PLACES).denominator != 1, TOO_FINE),
    )
    return next((text for holds, text in asked if holds), "")


def seconds_rule(cell: str) -> Rule:
    """What may be typed; the cell is that of the first row."""
    said = f"Seconds: a number of 0 or more; {_WRITE}. Leave the cell blank where they are not known."
    return custom(is_seconds(cell), "Not a number of seconds", said)


def is_time_for_minutes(minutes: str, seconds: str = '""') -> str:
    """Whether a cell of minutes holds a spreadsheet time, by the seconds talked where these are known.

    12:30 is 0.520833333, whole seconds of a day, but no tenth of a second of minutes; 12:00 is 0.5, which
    minutes may be, where not more than 12 times as much was talked.
    """
    by_digits = (
        f"AND(ROUND({minutes},{_MINUTE_PLACES})<>{minutes},{_is_near_whole(minutes, 86_400)},"
        f"NOT({_is_near_whole(minutes, 600)}))"
    )
    by_talk = f"IF(ISNUMBER({seconds}),{minutes}*{60 * _PARTS_OF_A_DAY}<{seconds},FALSE)"
    return f"IF(ISNUMBER({minutes}),IF({minutes}>0,OR({by_digits},{by_talk}),FALSE),FALSE)"


def is_time_among_minutes(minutes: Fraction, seconds: Shown) -> bool:
    """What that gives of a number of minutes.

    >>> is_time_among_minutes(Fraction("0.520833333333"), ""), is_time_among_minutes(Fraction("0.5"), 1800)
    (True, True)
    """
    if minutes <= 0:
        return False
    is_fine = (minutes * 10**_MINUTE_PLACES).denominator == 1
    by_digits = not is_fine and _is_near(minutes * 86_400) and not _is_near(minutes * 600)
    return by_digits or (is_number(seconds) and minutes * 60 * _PARTS_OF_A_DAY < Fraction(str(seconds)))


def _is_near(value: Fraction) -> bool:
    return abs(value - round(value)) < Fraction(_NEARLY)


MINUTES_TOO_LONG = f"Billed minutes is more than {LONGEST_S // 60:,} (115 days)"


def minutes_too_long(cell: str) -> str:
    """
    >>> minutes_too_long("A2")
    'N(A2)>166666'
    """
    return f"N({cell})>{LONGEST_S // 60}"


def _is_near_whole(cell: str, times: int) -> str:
    return f"ABS({cell}*{times}-ROUND({cell}*{times},0))<{_NEARLY}"
