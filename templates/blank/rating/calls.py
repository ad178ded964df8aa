"""The table Calls: what people paste, and how each call comes to its cost."""

from __future__ import annotations

from templates.blank.rating import rates, reasons
from templates.blank.rating.rate_problems import NOT_DIGITS
from templates.formulas import per_call
from templates.formulas.per_call import Cells
from templates.grid import COUNT, PLAIN, SHORT_TEXT, TEXT, Kind
from templates.inputs import CALLS
from templates.look import AMOUNT as AMOUNT_FORMAT
from templates.shared import ids, words
from templates.shared.columns import AN_ERROR, chosen, has_error
from templates.shared.durations import LONG_TIMES, is_seconds, seconds_rule, wrong_seconds
from templates.shared.rules import a_day, is_date, suggested, wrong_date
from templates.shared.tables import Entry, Figure, column, entries, here, row_number

TABLE, STATUSES = CALLS.name, "Statuses"
NO, YES = "no", "yes"
ID_PROBLEM = "Id problem"
NOT_CHARGED, NO_RATE, NO_NAME = "(not charged)", "(no rate)", "(no destination)"
_LONGEST_NAME = 100

_MONEY, _MINUTES, _MONTH = Kind(AMOUNT_FORMAT), Kind("#,##0.00##"), Kind("yyyy-mm")
_NOTES = {
    "Call id": "The provider's id of the call, as text. Blanks around it do not matter.",
    "Started (UTC)": "Date and time of the start, in UTC. The month of a call is that of its start.",
    "Direction": "outbound or inbound; also the provider's words, such as outbound-api, incoming.",
    "From": "The calling number, as text with its +. Inbound calls are rated by it.",
    "To": "The called number, as text with its +. Outbound calls are rated by it.",
    "Status": "The provider's word. The sheet Statuses says which are charged; an unknown one is an error.",
    "Seconds": "Answered seconds, a number of 0 or more. Not a spreadsheet time such as 0:01:20. "
    + LONG_TIMES,
    "Log price": "What the log says the call cost. Not used here: it comes along when files fill the table.",
    "Currency": "Such as USD. Counts where the rate card names no currency.",
    "Place": "Where the row comes from, such as a file and its row. For people.",
}
_RULES = {
    "Started (UTC)": a_day("The start"),
    "Direction": suggested('"outbound,inbound"'),
    "Status": suggested("Statuses!$A$5:$A$40"),
    "Seconds": seconds_rule("G5"),
    "Currency": suggested('"USD,EUR,GBP,CAD,AUD"'),
}


def own(header: str) -> str:
    return here(TABLE, header)


_CHARGED, _ROW, _FIT = own("Charged"), own("Rate row"), own("Fit")
_NOT_CATEGORY = rates.not_category(own("From"), own("To"))
CELLS = Cells(
    seconds=own("Seconds"),
    minimum=own("Minimum (s)"),
    increment=own("Increment (s)"),
    billed_s=own("Billed seconds"),
    rate=own("Rate per minute"),
    connect_fee=own("Connect fee"),
    places=own("Decimal places"),
    rounding=own("Rounding"),
)


def fold(word: str) -> str:
    """A status as the formulas compare it."""
    return "".join(sign for sign in word.lower() if sign not in " -_\u00a0")


def _rates(header: str) -> str:
    return column(rates.TABLE, header)


def charged(status: str, if_blank: str) -> str:
    """yes or no as the table Statuses says; #N/A for a status that it does not have."""
    folded = words.as_it_stands(f"LEFT({words.folded(status)},{_LONGEST_NAME})")
    found = words.trimmed(f"INDEX({STATUSES}[Charged],MATCH({folded},{STATUSES}[Folded],0))")
    return f'IF({status}="",{if_blank},IF(OR({found}="{YES}",{found}="{NO}"),{found},NA()))'


def _number() -> str:
    """The number that the rate card is asked for. One that is not of digits, such as anonymous, is left to a
    default row, unless the card has prefixes of that kind, which this template does not know."""
    number = words.dialled(f'IF({own("Way")}="inbound",{own("From")},{own("To")})')
    is_word = f'AND({words.begins_with_letter(number)},COUNTIF({_rates("Key")},"{NOT_DIGITS}")=0)'
    return f'IF({own("Way")}="",NA(),IF({words.only_digits(number)},{number},IF({is_word},"",NA())))'


def _covers() -> str:
    """1 for each row of the rate card that covers the call, else 0."""
    day = f"INT({own('Started (UTC)')})"
    return rates.covers(own("Number"), own("Way"), day, own("Not category"))


def _fit() -> str:
    best = rates.best(_covers())
    return f'IF({_CHARGED}="{NO}",0,IF({is_date(own("Started (UTC)"))},{best},NA()))'


def _rate_row() -> str:
    """The row that covers the call; #N/A where there is none, where two tie, where it has a problem."""
    row = rates.row_of(_FIT, _covers(), "NA()")
    return f'IF({_CHARGED}="{NO}","",{row})'


def _of_row(header: str) -> str:
    return f'IF({_ROW}="","",INDEX({_rates(header)},{_ROW}))'


def _if_charged(figure: str) -> str:
    return f'IF({_CHARGED}="{NO}",0,{figure})'


def _billed_seconds() -> str:
    return _if_charged(f"IF({is_seconds(CELLS.seconds)},{per_call.billed_seconds(CELLS)},NA())")


def _destination() -> str:
    name = f'LEFT(INDEX({_rates("Destination")},{_ROW})&"",{_LONGEST_NAME})'
    named = f'IF({_ROW}="","{NOT_CHARGED}",IF({name}="","{NO_NAME}",{name}))'
    return f'IF(ISERROR({_ROW}),"{NO_RATE}",{named})'


def _currency() -> str:
    of_call = f'IF({own("Currency")}="",currency,UPPER(TRIM({own("Currency")})))'
    of_row = f'INDEX({_rates("Currency")},{_ROW})&""'
    charged = f'IF({of_row}="",{of_call},UPPER(TRIM({of_row})))'
    return f'IF(ISERROR({_ROW}),{of_call},IF({_ROW}="",{of_call},{charged}))'


def _problem() -> str:
    """Why a call has no cost, in words; the first thing found."""
    side = f'IF({own("Way")}="inbound","From","To")'
    number = f'IF({own("Way")}="inbound",{own("From")},{own("To")})'
    start, seconds = own("Started (UTC)"), CELLS.seconds
    return chosen(
        [
            (has_error(CALLS), AN_ERROR),
            (f'{own("Status")}=""', reasons.NO_STATUS),
            (f"ISERROR({_CHARGED})", reasons.UNKNOWN_STATUS),
            *wrong_date(start, "Started (UTC)"),
            (f'{_CHARGED}="{NO}"', ""),
            (f'{own("Way")}=""', reasons.NO_WAY),
            (f"ISERROR({own('Number')})", f'={side}&"{reasons.NO_DIGITS}"'),
            (f"ISERROR({_FIT})", reasons.NO_CARD),
            (f'AND({_FIT}=0,{number}="")', f'={side}&"{reasons.NO_NUMBER}"'),
            (f"{_FIT}=0", reasons.NOT_COVERED),
            (f"ISERROR({_ROW})", f"={rates.why_not(_FIT, _covers())}"),
            *wrong_seconds(seconds),
            (f"ISERROR({own('Cost')})", reasons.TOO_LARGE),
        ]
    )


def _place_if(condition: str) -> str:
    return f'IF({condition},{row_number(TABLE, "Call id")},"")'


def _first_with(header: str) -> str:
    """The first row of the table with the same text."""
    return f"MATCH({words.as_it_stands(own(header))},{column(TABLE, header)},0)"


def id_problem(others: str = "") -> Figure:
    """`others` is the column of ids in which those of the calls are looked up, if they are."""
    note = "Why the id cannot be compared. Blank: all is fine."
    formula = ids.problem(TABLE, "Call id", reasons.NO_ID, others)
    return Figure(ID_PROBLEM, TEXT, note, formula, 30, is_alarm=True)


FIGURES = (
    Figure(
        "Charged", SHORT_TEXT, "Whether calls of this status are charged.", charged(own("Status"), "NA()"), 10
    ),
    Figure("Destination", TEXT, "Of the row of the rate card.", _destination(), 22),
    Figure("Rate per minute", _MONEY, "Of the rate card.", _of_row("Rate"), 12),
    Figure("Minimum (s)", PLAIN, "Of the rate card.", _of_row("Minimum used"), 11),
    Figure("Increment (s)", PLAIN, "Of the rate card.", _of_row("Increment used"), 11),
    Figure("Connect fee", _MONEY, "Of the rate card.", _of_row("Fee used"), 11),
    Figure("Decimal places", COUNT, "Of the rate card, or the setting.", _of_row("Places used"), 11),
    Figure("Rounding", SHORT_TEXT, "Of the rate card.", _of_row("Rounding used"), 11),
    Figure("Billed seconds", PLAIN, "The minimum, then whole increments.", _billed_seconds(), 11),
    Figure("Billed minutes", _MINUTES, "Billed seconds / 60.", per_call.billed_minutes(CELLS.billed_s), 11),
    Figure(
        "Cost",
        _MONEY,
        "Connect fee + billed time x rate, rounded once. #N/A: see Problem.",
        _if_charged(per_call.cost_of_units(CELLS, own("Units"))),
        12,
    ),
    Figure("Cost currency", SHORT_TEXT, "Of the rate card, the call or the setting.", _currency(), 10),
    Figure(
        "Month",
        _MONTH,
        "Of the start, in UTC. Blank where it is no date.",
        f'IF({is_date(own("Started (UTC)"))},{per_call.month(own("Started (UTC)"))},"")',
        10,
    ),
    Figure("Problem", TEXT, "Why there is no cost. Blank: all is fine.", _problem(), 40, is_alarm=True),
    Figure("Way", SHORT_TEXT, "The direction as it is compared.", rates.way(own("Direction")), 11),
    Figure("Number", SHORT_TEXT, "The number as it is compared with prefixes.", _number(), 16),
    Figure("Not category", SHORT_TEXT, "The category of rates that is not meant.", _NOT_CATEGORY, 14),
    Figure("Fit", PLAIN, "The rank of the row of the rate card that fits best; 0 is none.", _fit(), 11),
    Figure("Rate row", PLAIN, "The row of the table Rates, from 1.", _rate_row(), 10),
    Figure(
        "Units",
        PLAIN,
        "The cost before rounding, in units of its last decimal.",
        _if_charged(per_call.units(CELLS)),
        12,
    ),
    ids.id_figure(TABLE, "Call id"),
    Figure("Copy of row", PLAIN, "An earlier row with the same call id.", ids.copy_of(TABLE, "Id"), 10),
    id_problem(),
    Figure(
        "Problem row", PLAIN, "This row, where there is a problem.", _place_if(f'{own("Problem")}<>""'), 10
    ),
    Figure("Currency row", PLAIN, "The first row with this currency.", _first_with("Cost currency"), 10),
    Figure("Destination row", PLAIN, "The first row with this destination.", _first_with("Destination"), 12),
)
FIELDS: tuple[Entry | Figure, ...] = (
    *entries(CALLS, _NOTES, _RULES, {"Direction": 15, "Status": 14, "Currency": 11}),
    *FIGURES,
)
