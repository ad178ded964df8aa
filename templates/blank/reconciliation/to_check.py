"""What a row of the tables Calls and Billed lacks: the formulas of their column To check."""

from __future__ import annotations

from addin.reconcile.lines import CREDIT, UNKNOWN_STATUS, UNRATED
from templates.blank.reconciliation import card, common
from templates.blank.reconciliation.common import UNREADABLE
from templates.inputs import BILLED, CALLS
from templates.shared.columns import AN_ERROR, CANNOT, chosen, has_error, remark
from templates.shared.durations import (
    A_TIME_FOR_MINUTES,
    MINUTES_TOO_LONG,
    is_time_for_minutes,
    minutes_too_long,
    wrong_seconds,
)
from templates.shared.rules import wrong_date
from templates.shared.tables import here

_CANNOT = f'"{CANNOT}"'
_STARTED = "Started (UTC)"
_IS_CHARGED, _OTHER_CURRENCY = "Is this status charged?", "Another currency than in the settings"
_NO_WAY = "Direction is not known"


def of_calls() -> str:
    def cell(header: str) -> str:
        return here(CALLS.name, header)

    step, price, own = cell("Step"), cell("Log price"), cell("Currency")
    unread = chosen([*wrong_date(cell(_STARTED), _STARTED), *wrong_seconds(cell("Seconds"))], _CANNOT)
    asked = [
        (has_error(CALLS), AN_ERROR),
        (f'{step}="{UNREADABLE}"', f"={unread}"),
        (f'{cell(common.ID_PROBLEM)}<>""', f"={cell(common.ID_PROBLEM)}"),
        (f'{step}="{UNKNOWN_STATUS}"', _IS_CHARGED),
        (f'AND({step}="{UNRATED}",{cell("Fit")}>0)', f"={card.why_not(CALLS.name)}"),
        (f'{step}="{UNRATED}"', "The rate card has no row for it"),
        (f"ISERROR({cell('Expected cost')})", "No cost: look at its row of the rate card"),
        (f'AND({price}<>"",ISNUMBER({price})=FALSE)', "Log price is no number"),
        (f"N({price})<0", "A credit: take it off by hand"),
        (f'{cell("Way")}="?"', _NO_WAY),
        (f'AND({cell("Direction")}="",COUNTIFS(Rates[Way],"inbound")>0)', "Direction is missing"),
        (f'AND({own}<>"",{cell("Counted in")}<>{own})', "Its rate is in another currency"),
        (f"{cell('Counted in')}<>currency", _OTHER_CURRENCY),
    ]
    return remark(common.is_blank(CALLS.name), asked)


def of_billed(is_call: str, goes_along: str) -> str:
    """The arguments are formulas: whether it is a call that counts, and a credit of one."""

    def cell(header: str) -> str:
        return here(BILLED.name, header)

    step, seconds, minutes = cell("Step"), cell("Seconds"), cell("Billed minutes")
    unread = [
        *wrong_date(cell(_STARTED), _STARTED),
        (f"ISTEXT({cell('Cost')})", "Cost is text: type a number, without its currency"),
        (f"ISTEXT({minutes})", "Billed minutes is text: type a number, 2.5 and not 2:30"),
        (f"N({minutes})<0", "Billed minutes is below 0"),
        (minutes_too_long(minutes), MINUTES_TOO_LONG),
        (is_time_for_minutes(minutes, seconds), A_TIME_FOR_MINUTES),
        (f'{seconds}=""', "Seconds and Billed minutes are blank: type one of them"),
        *wrong_seconds(seconds),
    ]
    unsaid = f'{common.charged(BILLED.name)}=""'
    asked = [
        (has_error(BILLED), AN_ERROR),
        (f'{cell("Base")}="{UNREADABLE}"', f"={chosen(unread, _CANNOT)}"),
        (f'{cell(common.ID_PROBLEM)}<>""', f"={cell(common.ID_PROBLEM)}"),
        (f'{step}="{UNKNOWN_STATUS}"', _IS_CHARGED),
        (f'AND({cell("Counted")}="yes",NOT({goes_along}),{unsaid})', f"{_IS_CHARGED} It has a price"),
        (f'AND({cell("Charged")}="yes",{cell("Cost")}="",OR({is_call}))', common.NOT_PRICED),
        (f'AND({step}="{CREDIT}",N({seconds})>0)', "A credit with time, without its charge"),
        (f"OR(ISERROR({cell('Duration cost')}),ISERROR({cell('Billed seconds')}))", "Look at its rate"),
        (f'{cell("Way")}="?"', _NO_WAY),
        (f"{cell('Counted in')}<>currency", _OTHER_CURRENCY),
    ]
    return remark(common.is_blank(BILLED.name), asked)
