"""The table Billed: the provider's call records, and the call of ours that each belongs to."""

from __future__ import annotations

from templates.blank.investigation.bill_figures import (
    CHARGES,
    COST,
    LARGEST_COST,
    NO_ID,
    charged_seconds,
    its,
    minutes_used,
    problem,
    talked,
    talked_by_either,
)
from templates.blank.investigation.columns import (
    COUNTED,
    CREDIT,
    DAY,
    MISSING,
    MONEY,
    NO_DATE,
    NOT_CHARGED,
    OTHER_CURRENCY,
    OUTSIDE,
    UNKNOWN_STATUS,
    UNREADABLE,
    hour,
    matched,
    size,
)
from templates.blank.investigation.copies import COMPARED_OF_BILLED, copy_step
from templates.blank.rating import calls
from templates.grid import PLAIN, SHORT_TEXT, TEXT
from templates.inputs import BILLED, CALLS
from templates.shared import ids
from templates.shared.durations import LONG_TIMES
from templates.shared.rules import a_day, at_least_0, is_date, suggested
from templates.shared.tables import Entry, Figure, column, entries, row_number

_BILLED_NOTES = {
    "Call id": "The provider's id, the same as in our log: calls are matched by it.",
    "Started (UTC)": "Date and time of the start, in UTC, as a date and no text.",
    "Direction": "For people.",
    "From": "For people.",
    "To": "For people.",
    "Status": "The provider's word, by the sheet Statuses. Blank: charged, since it is on the bill.",
    "Seconds": "The seconds talked, as the bill says. Blank where it does not. " + LONG_TIMES,
    "Billed minutes": "The time charged, as 1.5, no time of day. Blank: by our terms, or as talked.",
    "Cost": "What is charged. Blank: no price yet. Negative: a credit, kept apart.",
    "Currency": "Records in another one than the setting are left out, and fail a check.",
    "Place": "Where the row comes from, such as a file and its row.",
}
_BILLED_RULES = {
    "Started (UTC)": a_day("The start"),
    "Status": suggested("Statuses!$A$5:$A$40"),
    "Seconds": at_least_0("Seconds", "seconds"),
    "Billed minutes": at_least_0("Billed minutes", "minutes"),
    "Currency": suggested('"USD,EUR,GBP,CAD,AUD"'),
}


FILLED = ("Call id", "Started (UTC)", "Seconds", "Billed minutes", "Cost")
"""A record has one of them at the least."""


def _step_of_record() -> str:
    written = f"UPPER(TRIM({its('Currency')}))"
    is_own = f'OR({written}="",{written}=UPPER(TRIM(currency)))'
    in_currency = f'IF({is_own},"{COUNTED}","{OTHER_CURRENCY}")'
    # what costs something is charged, whatever its status says: that is what the provider wants
    is_free = f'IF(ISNUMBER({its("Cost")}),{its("Cost")}=0,{its("Cost")}="")'
    known = f'IF(AND({its("Charged")}="no",{is_free}),"{NOT_CHARGED}",{in_currency})'
    of_status = f'IF(ISERROR({its("Charged")}),"{UNKNOWN_STATUS}",{known})'
    copied = f'IF({its("Copy of row")}="",{of_status},{copy_step(BILLED.name, COMPARED_OF_BILLED)})'
    started = its("Started (UTC)")
    of_kind = f'IF(IF(ISNUMBER({its("Cost")}),{its("Cost")}<0,FALSE),"{CREDIT}",{copied})'
    of_month = f'IF(EOMONTH({started},-1)+1=month,{of_kind},"{OUTSIDE}")'
    dated = f'IF({is_date(started)},{of_month},"{NO_DATE}")'
    given = ",".join(map(its, FILLED))
    return f'IF(COUNTA({given})=0,"",IFERROR({dated},"{UNREADABLE}"))'


def _of_log(header: str) -> str:
    return f'IF({its("Log row")}="","",INDEX({column(CALLS.name, header)},{its("Log row")}))'


def _size_of_record() -> str:
    row = row_number("Billed", "Call id")
    own_size = size(its("Charge"), f"N({its('Charged seconds')})", row, False)
    alone = f'IF({its("Log row")}="",IF(issue="{MISSING}",{own_size},0),0)'
    return f'IF({its("Day")}="","",IF({its("Day")}=path_day,{alone},0))'


_IS_CREDIT = f"IF(ISNUMBER({its('Cost')}),{its('Cost')}<0,FALSE)"
_ID_PROBLEM = ids.problem(BILLED.name, "Call id", NO_ID, column(CALLS.name, "Call id"))
_OWN_DAY = f"INT({its('Started (UTC)')})"
BILLED_FIGURES = (
    Figure(
        "Charged",
        SHORT_TEXT,
        "Whether a record of this status is charged.",
        calls.charged(its("Status"), '"yes"'),
        10,
    ),
    Figure(
        "Step", SHORT_TEXT, "Counted, or why the record is left out of the comparison.", _step_of_record(), 17
    ),
    Figure(
        "Id",
        SHORT_TEXT,
        "The id as it is compared; of credits none.",
        f'IF({_IS_CREDIT},"",{ids.compared(its("Call id"))})',
        12,
    ),
    Figure("Copy of row", PLAIN, "An earlier row with the same id.", ids.copy_of(BILLED.name, "Id"), 10),
    Figure(
        calls.ID_PROBLEM,
        TEXT,
        "Why the id cannot be compared. Blank: all is fine.",
        f'IF({its("Step")}="","",{_ID_PROBLEM})',
        30,
        is_alarm=True,
    ),
    Figure("Key", SHORT_TEXT, "The id of a record that counts.", f'IF({CHARGES},{its("Id")},"")', 12),
    Figure(
        "Log row", PLAIN, "The row of the table Calls with the same id.", matched(its("Key"), CALLS.name), 9
    ),
    Figure("Minimum (s)", PLAIN, "Of our terms for the same call.", _of_log("Minimum (s)"), 11),
    Figure("Increment (s)", PLAIN, "Of our terms for the same call.", _of_log("Increment (s)"), 11),
    Figure("Talked", PLAIN, "The seconds talked, where they can be used.", talked(), 10),
    Figure(
        "Talked by either",
        PLAIN,
        "The same; of our log, where it is blank.",
        talked_by_either(),
        10,
    ),
    Figure("Minutes used", PLAIN, "The billed minutes, where they can be used.", minutes_used(), 10),
    Figure(
        "Charged seconds",
        PLAIN,
        "Billed minutes x 60; without them by our terms of the same call. Blank: not known.",
        charged_seconds(),
        12,
    ),
    Figure(
        "Priced",
        SHORT_TEXT,
        "yes: the cost can be used.",
        f'IF(ISNUMBER({COST}),IF(ABS({COST})<{LARGEST_COST},"yes",""),"")',
        8,
    ),
    Figure(
        "Charge",
        MONEY,
        "The cost; 0 where there is no price yet: a check then fails.",
        f'IF({CHARGES},IF({its("Priced")}="yes",{COST},0),"")',
        12,
    ),
    Figure("Problem", TEXT, "What is wrong with the row. Blank: all is fine.", problem(), 40, is_alarm=True),
    Figure(
        "Day",
        DAY,
        "Of our record of the call, else of its own start.",
        f'IF({CHARGES},IF({its("Log row")}="",{_OWN_DAY},INDEX(Calls[Day],{its("Log row")})),"")',
        12,
    ),
    Figure(
        "Hour",
        PLAIN,
        "Of the start, of a call that our log lacks.",
        f'IF({CHARGES},IF({its("Log row")}="",{hour(its("Started (UTC)"))},""),"")',
        8,
    ),
    Figure(
        "Alone",
        SHORT_TEXT,
        "yes: our log has no such call.",
        f'IF({CHARGES},IF({its("Log row")}="","yes",""),"")',
        8,
    ),
    Figure(
        "Size", PLAIN, "How much of the issue of the day on the path the record is.", _size_of_record(), 12
    ),
    Figure(
        "Listed",
        PLAIN,
        "The size of a call of the hour on the path.",
        f'IF(ISNUMBER({its("Size")}),IF({its("Size")}>0,IF({its("Hour")}=path_hour,{its("Size")},""),""),"")',
        12,
    ),
)

BILLED_FIELDS: tuple[Entry | Figure, ...] = (
    *entries(BILLED, _BILLED_NOTES, _BILLED_RULES, {"Direction": 15, "Status": 14, "Currency": 11}),
    *BILLED_FIGURES,
)
FOLDED = (
    *("Charged", "Id", "Key", "Minimum (s)", "Increment (s)", "Talked", "Talked by either", "Minutes used"),
    *("Priced", "Hour", "Size", "Listed"),
)
"""Columns that serve formulas alone."""
