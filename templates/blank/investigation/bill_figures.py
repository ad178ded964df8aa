"""What a row of the bill says of its time and its price: what can be used of it, and what is wrong."""

from __future__ import annotations

from templates.blank.investigation.columns import (
    COUNTED,
    NO_DATE,
    NO_PRICE,
    OTHER_CURRENCY,
    UNKNOWN_STATUS,
    UNREADABLE,
)
from templates.blank.investigation.copies import OTHER_COPY
from templates.formulas import per_call
from templates.formulas.per_call import Cells
from templates.inputs import BILLED, CALLS
from templates.shared.columns import chosen
from templates.shared.durations import is_seconds, is_time_for_minutes, minutes_too_long
from templates.shared.tables import column, here


def its(header: str) -> str:
    """A cell of the row of Billed."""
    return here(BILLED.name, header)


CHARGES = f'{its("Step")}="{COUNTED}"'
_BY_OUR_TERMS = Cells(
    its("Talked"), its("Minimum (s)"), its("Increment (s)"), its("Charged seconds"), "", "", "", ""
)


COST, _SECONDS, _MINUTES = its("Cost"), its("Seconds"), its("Billed minutes")
NO_ID = "No call id: calls are matched by it"
DIFFERING_COPY = "an earlier row has this call id, and says something else"
BAD_COST, BAD_SECONDS, BAD_MINUTES = (
    "the cost is no number, or a billion or more",
    "the seconds cannot be used: write 95, not 1:35 or a time of day",
    "the billed minutes cannot be used: write 1.5; far less than was talked may be a time of day",
)
LARGEST_COST = 10**9
"""Larger amounts would cost the sums their last decimals."""
DOUBTFUL_MINUTES = 6
"""Below one such part of a minute nothing tells 0.1 min from a time of day, where no seconds are known."""


def _given(cell: str) -> str:
    return f'IF(ISERROR({cell}),TRUE,{cell}<>"")'


def talked() -> str:
    return f'IF({is_seconds(_SECONDS)},{_SECONDS},"")'


def talked_by_either() -> str:
    ours = f"INDEX({column(CALLS.name, 'Seconds')},{its('Log row')})"
    of_log = f'IF({its("Log row")}="","",IF(ISNUMBER({ours}),{ours},""))'
    return f'IF({its("Talked")}="",{of_log},{its("Talked")})'


def minutes_used() -> str:
    """A time of day is a part of 1, too: what is far less than the time talked is not taken for minutes."""
    talked = its("Talked by either")
    untold = f'AND({talked}="",{_MINUTES}>0,{_MINUTES}*{DOUBTFUL_MINUTES}<1)'
    is_doubtful = f"OR({untold},{is_time_for_minutes(_MINUTES, talked)})"
    is_usable = f"AND({_MINUTES}>=0,NOT({minutes_too_long(_MINUTES)}),NOT({is_doubtful}))"
    return f'IF(ISNUMBER({_MINUTES}),IF({is_usable},{_MINUTES},""),"")'


def charged_seconds() -> str:
    by_terms = f"IF(ISNUMBER({its('Minimum (s)')}),{per_call.billed_seconds(_BY_OUR_TERMS)},{its('Talked')})"
    without = f'IF({its("Talked")}="","",{by_terms})'
    minutes = f'IF({its("Minutes used")}="","",ROUND({its("Minutes used")}*60,3))'
    return f'IF({CHARGES},IF({_given(_MINUTES)},{minutes},{without}),"")'


def problem() -> str:
    step = its("Step")
    counted = (
        (f'AND({_given(COST)},{its("Priced")}="")', BAD_COST),
        (f'AND({_given(_SECONDS)},{its("Talked")}="")', BAD_SECONDS),
        (f'AND({_given(_MINUTES)},{its("Minutes used")}="")', BAD_MINUTES),
        (f'{its("Priced")}=""', NO_PRICE),
    )
    asked = (
        (f'{step}="{NO_DATE}"', "the start is no date"),
        (f'{step}="{UNKNOWN_STATUS}"', "the status is not on the sheet Statuses"),
        (f'{step}="{OTHER_CURRENCY}"', "another currency than that of the path"),
        (f'{step}="{OTHER_COPY}"', DIFFERING_COPY),
        (f'{step}="{UNREADABLE}"', UNREADABLE),
    )
    return chosen(asked, f'IF({CHARGES},{chosen(counted)},"")')
