"""The tables Calls and Billed of the template: what people paste, and how the two sides meet.

Calls begins as in the template rating.xlsx, with the same rate card. A call that both sides have stands on
the day of our record.
"""

from __future__ import annotations

from templates.blank.investigation.copies import COMPARED_OF_CALLS, copy_step
from templates.blank.rating import calls as rating
from templates.blank.rating.reasons import NOT_COVERED
from templates.formulas import per_call
from templates.formulas.per_call import Cells
from templates.grid import PLAIN, SHORT_TEXT, TEXT, Kind
from templates.inputs import BILLED, CALLS
from templates.shared import words
from templates.shared.rules import is_date
from templates.shared.tables import Entry, Figure, column, here, row_number

COUNTED = "counted"
NO_DATE, OUTSIDE = "start is no date", "outside the month"
NOT_CHARGED, UNKNOWN_STATUS, CREDIT = "not charged", "unknown status", "credit"
OTHER_CURRENCY = "another currency"
UNREADABLE = "a cell holds an error"
"""What becomes of a record; all but the first are left out of the comparison."""
SAME, ALONE, TIME, PRICE = "same", "on one side only", "another time", "another price"
NO_RATE, NO_COST, NO_PRICE, NO_TIME = (
    "no rate of ours",
    "no cost of ours",
    "no price yet",
    "their time unknown",
)
NOT_KNOWN = (NO_RATE, NO_COST, NO_PRICE, NO_TIME)
"""Causes of a difference that is none yet: a figure of one side is not known."""
UNKNOWN = "unknown"
NOTHING, MISSING, DURATION, RATING = "no difference", "missing calls", "duration issue", "rating issue"
"""What the path may end at."""
SIZE_STEP, MOST_S, MOST_MILLIONTHS = 2_000_000, 99_999, 4_000_000_000
"""Of a size, one whole number for each call: the amount decides, without one the seconds, then the row."""
MONEY, MINUTES = Kind("#,##0.0000######"), Kind("#,##0.00##")
CHANGE = Kind("+#,##0.0000######;-#,##0.0000######;0.0000")
DAY = Kind("yyyy-mm-dd")


def own(header: str) -> str:
    """A cell of the row of Calls."""
    return here(CALLS.name, header)


def hour(started: str) -> str:
    """The hour of a start; what a serial lacks of a millisecond does not make it the one before."""
    return f"MIN(23,INT(ROUND(({started}-INT({started}))*86400,3)/3600))"


def size(amount: str, seconds: str, row: str, of_log: bool) -> str:
    """How much a difference is, a whole number that no other call has: the first of equal ones has more."""
    units = f"ROUND(ABS({amount})*10^6,0)"
    large = f"MIN({MOST_MILLIONTHS},{units})+{MOST_S + 1}"
    small = f"MIN({MOST_S},1+ROUND(ABS({seconds}),0))"
    last = SIZE_STEP - 1 if of_log else SIZE_STEP - 2
    return f"IF({units}>0,{large},{small})*{SIZE_STEP}+{last}-2*({row})"


def _step_of_call() -> str:
    known = (
        f'IF({own("Charged")}="no","{NOT_CHARGED}",'
        f'IF({own("Cost currency")}=UPPER(TRIM(currency)),"{COUNTED}","{OTHER_CURRENCY}"))'
    )
    of_month = (
        f'IF({own("Month")}=month,IF(ISERROR({own("Charged")}),"{UNKNOWN_STATUS}",{known}),"{OUTSIDE}")'
    )
    dated = f'IF({is_date(own("Started (UTC)"))},{of_month},"{NO_DATE}")'
    known = f'IF({own("Copy of row")}="",{dated},{copy_step(CALLS.name, COMPARED_OF_CALLS)})'
    return f'IF(COUNTA({own("Call id")},{own("Started (UTC)")})=0,"",IFERROR({known},"{UNREADABLE}"))'


def _if_counted(figure: str) -> str:
    return f'IF({own("Step")}="{COUNTED}",{figure},"")'


def matched(key: str, table: str) -> str:
    return f'IF({key}="","",IFERROR(MATCH({words.as_it_stands(key)},{column(table, "Key")},0),""))'


def _of_bill(header: str) -> str:
    return f'IF({own("Bill row")}="","",INDEX({column(BILLED.name, header)},{own("Bill row")}))'


_RATED = f"ISNUMBER({own('Cost')})"
_AT_THEIR_TIME = Cells(
    seconds=own("Seconds"),
    minimum=own("Minimum (s)"),
    increment=own("Increment (s)"),
    billed_s=own("Their seconds"),
    rate=own("Rate per minute"),
    connect_fee=own("Connect fee"),
    places=own("Decimal places"),
    rounding=own("Rounding"),
)


def _if_both(figure: str, otherwise: str) -> str:
    """Of a call that both sides have and that we rate."""
    return f'IF({own("Both")}="yes",{figure},{otherwise})'


def _if_timed(figure: str, otherwise: str) -> str:
    """The same, where the bill says its time, too."""
    return _if_both(f"IF(ISNUMBER({own('Their seconds')}),{figure},{otherwise})", otherwise)


def _cause() -> str:
    priced = (
        f'IF({own("Time apart (s)")}=0,IF({own("Price part")}=0,"{SAME}","{PRICE}"),'
        f'IF({own("Price part")}=0,"{TIME}","{TIME}, {PRICE}"))'
    )
    timed = f'IF({own("Their seconds")}="",IF({own("Price part")}=0,"{SAME}","{NO_TIME}"),{priced})'
    is_priced = f'INDEX(Billed[Priced],{own("Bill row")})="yes"'
    rated = f'IF({_RATED},{timed},IF({own("Problem")}="{NOT_COVERED}","{NO_RATE}","{NO_COST}"))'
    both = f'IF({is_priced},{rated},"{NO_PRICE}")'
    return _if_counted(f'IF({own("Bill row")}="","{ALONE}",{both})')


def _size_of_call() -> str:
    at = row_number("Calls", "Call id")
    alone = f'IF({own("Bill row")}="",{size(own("Difference"), own("Expected seconds"), at, True)},0)'
    time = f"IF({own('Time apart (s)')}=0,0,{size(own('Time part'), own('Time apart (s)'), at, True)})"
    price = f"IF({own('Price part')}=0,0,{size(own('Price part'), '0', at, True)})"
    chosen = f'IF(issue="{MISSING}",{alone},IF(issue="{DURATION}",{time},IF(issue="{RATING}",{price},0)))'
    return f'IF({own("Day")}="","",IF({own("Day")}=path_day,{chosen},0))'


CALL_FIGURES = (
    Figure(
        "Step", SHORT_TEXT, "Counted, or why the call is left out of the comparison.", _step_of_call(), 17
    ),
    Figure(
        "Key",
        SHORT_TEXT,
        "The id of a call that counts.",
        _if_counted(own("Id")),
        12,
    ),
    Figure("Day", DAY, "Of the start, in UTC.", _if_counted(f"INT({own('Started (UTC)')})"), 12),
    Figure("Hour", PLAIN, "Of the start, in UTC.", _if_counted(hour(own("Started (UTC)"))), 8),
    Figure(
        "Bill row",
        PLAIN,
        "The row of the table Billed with the same id.",
        matched(own("Key"), BILLED.name),
        9,
    ),
    Figure(
        "Both",
        SHORT_TEXT,
        "yes: both sides have it, and we rate it.",
        _if_counted(f'IF({own("Bill row")}="","",IF({_RATED},"yes",""))'),
        8,
    ),
    Figure(
        "Expected seconds",
        PLAIN,
        "Billed seconds by our terms; 0 where no rate covers the call.",
        _if_counted(f"IF({_RATED},{own('Billed seconds')},0)"),
        12,
    ),
    Figure(
        "Expected cost",
        MONEY,
        "The cost by our terms; 0 where no rate covers the call: a check then fails.",
        _if_counted(f"IF({_RATED},{own('Cost')},0)"),
        12,
    ),
    Figure(
        "Their seconds",
        PLAIN,
        "What the bill charges for.",
        _of_bill("Charged seconds"),
        11,
    ),
    Figure("Their talked", PLAIN, "Seconds talked by the bill.", _of_bill("Talked"), 11),
    Figure("Their cost", MONEY, "What the bill charges.", _of_bill("Charge"), 12),
    Figure(
        "Units of their time",
        PLAIN,
        "The cost of the bill's time by our terms, in units of its last decimal.",
        _if_timed(per_call.units(_AT_THEIR_TIME), '""'),
        12,
    ),
    Figure(
        "Cost of their time",
        MONEY,
        "What the bill's time costs by our terms; ours, where it is unknown.",
        _if_both(
            _if_timed(per_call.cost_of_units(_AT_THEIR_TIME, own("Units of their time")), own("Cost")), '""'
        ),
        12,
    ),
    Figure(
        "Difference",
        CHANGE,
        "Theirs less ours: positive where the bill has more.",
        _if_counted(f'ROUND(IF({own("Bill row")}="",0,{own("Their cost")})-{own("Expected cost")},10)'),
        13,
    ),
    Figure(
        "Time apart (s)",
        PLAIN,
        "Billed seconds: theirs less ours.",
        _if_counted(_if_timed(f"ROUND({own('Their seconds')}-{own('Expected seconds')},3)", "0")),
        11,
    ),
    Figure(
        "Time part",
        CHANGE,
        "What of the difference comes from the time, by our terms.",
        _if_counted(_if_both(f"ROUND({own('Cost of their time')}-{own('Expected cost')},10)", "0")),
        12,
    ),
    Figure(
        "Price part",
        CHANGE,
        "The rest: another rate, a price that is not there yet, no rate of ours.",
        _if_counted(f'IF({own("Bill row")}="",0,ROUND({own("Difference")}-{own("Time part")},10))'),
        12,
    ),
    Figure("Cause", TEXT, "In words.", _cause(), 24),
    Figure(
        "Rate x talked",
        PLAIN,
        "Millionths of the rate x milliseconds talked: whole numbers, so that sums are exact.",
        _if_counted(f"IF({_RATED},ROUND({own('Rate per minute')}*10^6,0)*ROUND({own('Seconds')}*1000,0),0)"),
        13,
    ),
    Figure(
        "Rate x billed",
        PLAIN,
        "The same for billed time.",
        _if_counted(
            f"IF({_RATED},ROUND({own('Rate per minute')}*10^6,0)*ROUND({own('Billed seconds')}*1000,0),0)"
        ),
        13,
    ),
    Figure(
        "Fee paid",
        MONEY,
        "The connect fee of a call with billed time.",
        _if_counted(f"IF({_RATED},IF({own('Billed seconds')}>0,{own('Connect fee')},0),0)"),
        10,
    ),
    Figure("Size", PLAIN, "How much of the issue of the day on the path the call is.", _size_of_call(), 12),
    Figure(
        "Listed",
        PLAIN,
        "The size of a call of the hour on the path.",
        f'IF(ISNUMBER({own("Size")}),IF({own("Size")}>0,IF({own("Hour")}=path_hour,{own("Size")},""),""),"")',
        12,
    ),
)


_ID_PROBLEM = rating.id_problem(column(BILLED.name, "Call id"))
"""As in the template rating.xlsx; ids are looked up on the sheet Billed, too."""
CALL_FIELDS: tuple[Entry | Figure, ...] = (
    *(_ID_PROBLEM if field.header == _ID_PROBLEM.header else field for field in rating.FIELDS),
    *CALL_FIGURES,
)
FOLDED = (
    *("Way", "Number", "Fit", "Rate row", "Units", "Id", "Copy of row", "Problem row", "Currency row"),
    *("Destination row", "Key", "Hour", "Both", "Their talked", "Units of their time"),
    *("Rate x talked", "Rate x billed", "Fee paid", "Size", "Listed"),
)
"""Columns that serve formulas alone."""
