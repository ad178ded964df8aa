"""The table Recordings: what people paste, and what each recording is charged at each month end."""

from __future__ import annotations

from templates import look
from templates.formulas.arithmetic import RATE_PLACES
from templates.grid import COUNT, DAY, TEXT, Kind
from templates.inputs import RECORDINGS
from templates.shared import ids
from templates.shared.columns import AN_ERROR, chosen, has_error
from templates.shared.durations import LONG_TIMES, is_seconds, seconds_rule, wrong_seconds
from templates.shared.rules import a_day, at_least_0, is_date, wrong_date
from templates.shared.tables import Entry, Figure, entries, here
from udfs.rating.storage import FREE_DAYS

TABLE, SHEET, SCHEDULE = RECORDINGS.name, "Recordings", "Schedule"
MONTH_ENDS = 12
ID_PROBLEM = "Id problem"
NO_ID = "No recording id: type it, or delete the row where it holds no recording"
EARLY = "Deleted (UTC) lies before Created (UTC): have they been exchanged?"
NO_RATE = "Rate is blank, here and on the sheet How to use: type it in one of them"
RATE_TEXT = "Rate is no number: type it without a currency, such as 0.0004"
RATE_NEGATIVE = "Rate is below 0: type a price of 0 or more"
RATE_FINE = f"Rate has more than {RATE_PLACES} decimals: beyond these, formulas are not exact"
FIRST_END_ROW = 6
"""The row of the sheet Schedule, as a person counts it, with the first month end; they stand in column B."""

_MONEY = Kind(look.AMOUNT)
_NOTES = {
    "Recording id": "The provider's id of the recording, as text. Blanks around it do not matter.",
    "Created (UTC)": "When it was recorded, in UTC. That day is day 1.",
    "Deleted (UTC)": "When it was deleted, in UTC. Blank: it is still stored.",
    "Seconds": "Its length, a number of 0 or more. Part minutes are charged as whole ones. " + LONG_TIMES,
    "Rate": "Price per minute and month end, at most 6 decimals. Blank: the setting on the sheet How to use.",
    "Place": "Where the row comes from, such as a file and its row. For people.",
}
_RULES = {
    "Created (UTC)": a_day("The day of recording"),
    "Deleted (UTC)": a_day("The day of deletion"),
    "Seconds": seconds_rule("D5"),
    "Rate": at_least_0("Rate", "currency units per minute"),
}


def own(header: str) -> str:
    return here(TABLE, header)


def end(number: int) -> str:
    """The cell of a month end, the first of which is number 1."""
    return f"{SCHEDULE}!$B${FIRST_END_ROW - 1 + number}"


def charge_head(number: int) -> str:
    return f"Charge {number}"


def _minutes() -> str:
    cell = own("Seconds")
    return f"IF({is_seconds(cell)},CEILING(ROUND({cell}*1000,0),60000)/60000,NA())"


def _problem() -> str:
    """What keeps a recording out of the amounts, in words; the first thing found."""
    created, deleted, rate = own("Created (UTC)"), own("Deleted (UTC)"), own("Rate used")
    gone = [(f'AND({deleted}<>"",{holds})', text) for holds, text in wrong_date(deleted, "Deleted (UTC)")]
    return chosen(
        [
            (has_error(RECORDINGS), AN_ERROR),
            *wrong_date(created, "Created (UTC)"),
            *gone[1:],
            (f'IF({deleted}="",FALSE,{deleted}<{created})', EARLY),
            *wrong_seconds(own("Seconds")),
            (f"{own('Minutes')}=0", ""),
            (f"ISERROR({rate})", NO_RATE),
            (f"NOT(ISNUMBER({rate}))", RATE_TEXT),
            (f"{rate}<0", RATE_NEGATIVE),
            (f"ROUND({rate},{RATE_PLACES})<>{rate}", RATE_FINE),
        ]
    )


def _charge() -> str:
    """Of a month end at which a recording is charged: its whole minutes at its rate; of none, nothing."""
    rate = own("Rate used")
    fine = f"AND({rate}>=0,ROUND({rate},{RATE_PLACES})={rate})"
    exact = f"ROUND({own('Minutes')}*ROUND({rate}*10^{RATE_PLACES},0),0)/10^{RATE_PLACES}"
    return f"IF({own('Minutes')}=0,0,IF(ISNUMBER({rate}),IF({fine},{exact},NA()),NA()))"


def _is_gone(end_cell: str) -> str:
    return f'IF({own("Deleted on")}="",FALSE,{own("Deleted on")}<={end_cell})'


def _charged_at(number: int) -> str:
    is_early = f"{end(number)}<{own('Charged from')}"
    return _dated(f"IF({_is_gone(end(number))},0,IF({is_early},0,{own('Per month end')}))")


def _days_at(number: int) -> str:
    """Days stored at a month end, the day of recording counted; blank before it, and when it is deleted."""
    days = f'IF({end(number)}<{own("Day 1")},"",{end(number)}-{own("Day 1")}+1)'
    return _dated(f'IF({_is_gone(end(number))},"",{days})')


def _dated(then: str) -> str:
    """An error where the day of recording is not known; told first, since OR is not read alike everywhere."""
    return f"IF(ISNUMBER({own('Day 1')}),{then},NA())"


def _next() -> str:
    due = f"IF({own('Charged from')}>{end(1)},{own('Charged from')},{end(1)})"
    return _dated(f'IF({_is_gone(due)},"",{due})')


def _day(header: str, blank: str) -> str:
    return f'IF({own(header)}="",{blank},IF({is_date(own(header))},INT({own(header)}),NA()))'


FIGURES = (
    Figure("Problem", TEXT, "Why it is in no amount. Blank: all is fine.", _problem(), 34, is_alarm=True),
    Figure("Day 1", DAY, "The day of recording.", _day("Created (UTC)", "NA()"), 13),
    Figure("Deleted on", DAY, "The day of deletion. Blank: still stored.", _day("Deleted (UTC)", '""'), 13),
    Figure("Minutes", COUNT, "Whole minutes, rounded up.", _minutes(), 10),
    Figure(
        "Rate used",
        _MONEY,
        "Of the row, or the setting. #N/A: there is neither.",
        f'IF({own("Rate")}="",IF(storage_rate="",NA(),storage_rate),{own("Rate")})',
        11,
    ),
    Figure("Per month end", _MONEY, "Minutes x rate: what a month end costs.", _charge(), 11),
    Figure(
        "Charged from",
        DAY,
        f"The first month end at which it has been stored for more than {FREE_DAYS} days.",
        f"EOMONTH({own('Day 1')}+{FREE_DAYS},0)",
        13,
    ),
    Figure("Next charge", DAY, "The next month end that charges it, from the first one on.", _next(), 13),
    Figure("Days at 1", COUNT, "Days stored at month end 1.", _days_at(1), 10),
    Figure(
        f"Days at {MONTH_ENDS}",
        COUNT,
        f"Days stored at month end {MONTH_ENDS}.",
        _days_at(MONTH_ENDS),
        10,
    ),
    *(
        Figure(charge_head(n), _MONEY, f"At month end {n} of the sheet Schedule.", _charged_at(n), 11)
        for n in range(1, MONTH_ENDS + 1)
    ),
    Figure(
        "Total",
        _MONEY,
        "Of all these month ends.",
        f"ROUND(SUM({TABLE}[[#This Row],[{charge_head(1)}]:[{charge_head(MONTH_ENDS)}]]),{RATE_PLACES})",
        12,
    ),
    ids.id_figure(TABLE, "Recording id"),
    Figure("Copy of row", COUNT, "An earlier row with the same recording id.", ids.copy_of(TABLE, "Id"), 10),
    Figure(
        ID_PROBLEM,
        TEXT,
        "Why the id cannot be compared. Blank: all is fine.",
        ids.problem(TABLE, "Recording id", NO_ID),
        30,
        is_alarm=True,
    ),
)
FIELDS: tuple[Entry | Figure, ...] = (*entries(RECORDINGS, _NOTES, _RULES), *FIGURES)
