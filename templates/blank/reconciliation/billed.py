"""The table Billed: each record of the bill, what it is to our calls, and where its difference comes from."""

from __future__ import annotations

from addin.reconcile.lines import (
    CREDIT,
    DUPLICATES,
    DURATION,
    MATCHED,
    MISSING_IN_BILL,
    MISSING_IN_LOG,
    NOT_BILLED,
    OUTSIDE,
    RATE,
    STATUS,
    UNKNOWN_STATUS,
    UNRATED,
)
from templates import look as styles
from templates.blank.reconciliation import card, common, to_check
from templates.blank.reconciliation.calls import NOTES as CALL_NOTES
from templates.blank.reconciliation.calls import RULES as CALL_RULES
from templates.blank.reconciliation.calls import beyond_tolerance
from templates.blank.reconciliation.common import UNREADABLE
from templates.formulas import per_call
from templates.formulas.per_call import Cells
from templates.grid import Kind
from templates.inputs import BILLED, CALLS
from templates.shared.columns import chosen, helper
from templates.shared.durations import LONG_TIMES, is_seconds, is_time_for_minutes, minutes_too_long
from templates.shared.ranking import order_of, weight
from templates.shared.rules import at_least_0, custom, is_date
from templates.shared.tables import Field, Figure, entries, here

TABLE = BILLED.name
IN_MONTH = "in the month"
NO_RATE = "no agreed rate"
BOTH = "duration and rate"
STEPS = (DUPLICATES, OUTSIDE, NOT_BILLED, UNKNOWN_STATUS, MATCHED, MISSING_IN_LOG, STATUS, RATE, CREDIT)
COUNTED = (MATCHED, MISSING_IN_LOG, STATUS, RATE, CREDIT)
_TEXT, _PLAIN = Kind(widest=24), Kind(styles.PLAIN)
_DAY = Kind(styles.DAY)
_MORE = Kind(styles.signed("#,##0.00########"))
_SECONDS = Kind(styles.signed("#,##0.###"))

_NOTES = CALL_NOTES | {
    "Billed minutes": "As the bill says. Blank: by the rate card, from the seconds.",
    "Cost": "What the bill charges; below 0 it is a credit. Blank: not priced yet, which fails a check.",
    "Seconds": "Seconds talked as the bill says. May be blank where it says billed minutes. " + LONG_TIMES,
}
_RULES = {name: rule for name, rule in CALL_RULES.items() if name != "Log price"} | {
    "Billed minutes": at_least_0("Billed minutes", "minutes, 2.5 and not 2:30"),
    "Cost": custom("ISNUMBER(I5)", "Not a number", "Cost: a number in the currency; below 0 it is a credit."),
}


def _cell(header: str) -> str:
    return here(TABLE, header)


CELLS = Cells(
    seconds=_cell("Seconds"),
    minimum=_cell("Minimum (s)"),
    increment=_cell("Increment (s)"),
    billed_s=_cell("Billed seconds"),
    rate=_cell("Rate per minute"),
    connect_fee=_cell("Connect fee"),
    places=_cell("Decimal places"),
    rounding=_cell("Rounding"),
)


def _of_log(header: str) -> str:
    return f"INDEX(Calls[{header}],{_cell('Log row')})"


def _one_of(cell: str, words: tuple[str, ...]) -> str:
    return f"OR({','.join(f'{cell}={chr(34)}{word}{chr(34)}' for word in words)})"


def _base() -> str:
    """Where a record leaves before it is compared."""
    start, seconds, minutes, cost = map(_cell, ("Started (UTC)", "Seconds", "Billed minutes", "Cost"))
    unsaid = f'AND({_cell("Charged")}="yes",N({cost})>=0,{minutes}="")'
    is_time = is_time_for_minutes(minutes, seconds)
    wrong = (
        f"IF({is_date(start)},IF(OR(ISTEXT({cost}),ISTEXT({minutes}),N({minutes})<0,{minutes_too_long(minutes)},{is_time}),TRUE,"
        f'IF({seconds}="",{unsaid},NOT({is_seconds(seconds)}))),TRUE)'
    )
    asked = (
        (f"{common.is_blank(TABLE)}", ""),
        (wrong, UNREADABLE),
        (f"{_cell('Copies after')}>0", DUPLICATES),
        (common.is_outside(TABLE), OUTSIDE),
    )
    return f'IFERROR({chosen(asked, chr(34) + IN_MONTH + chr(34))},"{UNREADABLE}")'


def _charge_step() -> str:
    """The step of a charge; blank of a credit."""
    log = _cell("Step of log")
    asked = (
        (f"{_cell('Credit')}=1", ""),
        (f'{_cell("Charged")}="no"', NOT_BILLED),
        (f'{_cell("Charged")}<>"yes"', UNKNOWN_STATUS),
        (f"{_cell('Log row')}=0", MISSING_IN_LOG),
        (_one_of(log, (NOT_BILLED, UNKNOWN_STATUS)), STATUS),
        (f'{log}="{UNRATED}"', RATE),
        (f"{_of_log('Counted in')}<>{_cell('Counted in')}", MISSING_IN_LOG),
    )
    return f'IF({_cell("Base")}="{IN_MONTH}",{chosen(asked, chr(34) + MATCHED + chr(34))},{_cell("Base")})'


def _step() -> str:
    charge = f"INDEX({TABLE}[Step of charge],{_cell('Charge row')})"
    goes_along = f'IF({_one_of(charge, COUNTED[:-1])},{charge},"{CREDIT}")'
    credit = f'IF({_cell("Charge row")}=0,"{CREDIT}",{goes_along})'
    is_credit = f'AND({_cell("Base")}="{IN_MONTH}",{_cell("Credit")}=1)'
    return f"IF({is_credit},{credit},{_cell('Step of charge')})"


def _charge_row() -> str:
    """Of a credit: the row of its call's charge, of the same numbers and currency and with a price."""
    at = f"MATCH({_cell('Key')},{TABLE}[Open key],0)"
    same = [f'INDEX({TABLE}[{one}],{at})&""={_cell(one)}&""' for one in ("From", "To", "Currency")]
    is_charge = f"AND({','.join(same)},ISNUMBER(INDEX({TABLE}[Cost],{at})))"
    asked = f'AND({_cell("Base")}="{IN_MONTH}",{_cell("Credit")}=1,{_cell("Key")}<>"")'
    return f"IF({asked},IFERROR(IF({is_charge},{at},0),0),0)"


# by the step, not by the column Counted: LibreOffice calculates that column in threads from some 200 rows on,
# and then took both for circular
_IS_CALL = f"AND({_one_of(_cell('Step'), COUNTED)},{_cell('Credit')}=0)"
_IS_MATCHED = f'AND({_cell("Step")}="{MATCHED}",{_cell("Credit")}=0)'
_GOES_ALONG = f'AND({_cell("Credit")}=1,{_cell("Charge row")}>0,{_cell("Step")}<>"{CREDIT}")'
"""Whether a credit is part of its call's net price."""
_COST = f"N({_cell('Cost')})"


def _if_matched(formula: str) -> str:
    return f'IF({_IS_MATCHED},{formula},"")'


def _difference() -> str:
    """What a person has to look at."""
    minutes, cost = f"N({_cell('Minutes too many')})", f"N({_cell('Cost too much')})"
    whole = beyond_tolerance(minutes, cost, "TRUE")
    part = beyond_tolerance(minutes, cost, f"OR({minutes}<>0,{cost}<>0)")
    time, price = f"N({_cell('Duration seconds')})<>0", f"N({_cell('Rate and credits')})<>0"
    split = f'IF({time},IF({price},"{BOTH}","{DURATION}"),"{RATE}")'
    step = _cell("Step")
    alone = f'IF({whole},IF({step}="{RATE}","{NO_RATE}",{step}),"")'
    is_alone = _one_of(step, (MISSING_IN_LOG, STATUS, RATE, CREDIT))
    left = _one_of(step, (DUPLICATES, UNKNOWN_STATUS, UNREADABLE))
    return (
        f'IF({left},{step},IF({_GOES_ALONG},"",IF({_IS_MATCHED},IF({part},{split},""),'
        f'IF({is_alone},{alone},""))))'
    )


def _minutes_too_many() -> str:
    whole = f"ROUND({_cell('Billed seconds')}/60,10)"
    return f'IF({_IS_MATCHED},ROUND({_cell("Duration seconds")}/60,10),IF({_IS_CALL},{whole},""))'


def _cost_too_much() -> str:
    net = _cell("Net cost")
    return f"IF({_IS_MATCHED},ROUND({net}-{_cell('Expected cost')},10),{net})"


def fields() -> list[Field]:
    """The yellow columns, then what became of the record, then how, and last what helps."""
    own = card.row_of(TABLE)
    minutes = _cell("Billed minutes")
    by_rate = f'IF({minutes}="",{per_call.billed_seconds(CELLS)},ROUND({minutes}*60,3))'
    outcome = (
        f'IF({_cell("Step")}="{MATCHED}","{MATCHED}",'
        f'IF({_one_of(_cell("Step"), (NOT_BILLED, UNKNOWN_STATUS))},"{STATUS}","{MISSING_IN_BILL}"))'
    )
    credits = f"SUMIFS({TABLE}[Cost],{TABLE}[Charge row],{_cell('No')})"
    lone = f'IF({_cell("Step")}="{CREDIT}",{_COST},"")'
    agreed = f"ROUND({per_call.cost_of_units(CELLS, _cell('Last places'))}-{_cell('Expected cost')},10)"
    duration = f"IF({_cell('Duration seconds')}=0,0,{agreed})"
    rest = f"ROUND({_COST}-{_cell('Expected cost')}-{_cell('Duration cost')},10)"
    amount = f'IF({_cell("Counted")}="yes",{_cell("Cost too much")},{_cell("Cost")})'
    return [
        *entries(BILLED, _NOTES, _RULES),
        Figure("Step", _TEXT, "What the record is to our calls, or where it leaves.", _step(), 17),
        Figure("Difference", _TEXT, "What is listed on the sheet Differences.", _difference(), 17),
        Figure("To check", _TEXT, "What this row lacks; blank where all is well.",
               to_check.of_billed(_IS_CALL, _GOES_ALONG), 28, is_alarm=True),
        Figure("Minutes too many", _MORE, "Billed minus expected minutes.", _minutes_too_many(), 13),
        Figure("Cost too much", _MORE, "Billed minus expected cost, credits included, in the currency.",
               _cost_too_much(), 13),
        Figure("Counted", _TEXT, "Whether it is part of the bill's total.",
               f'IF({_cell("Step")}="","",IF({_one_of(_cell("Step"), COUNTED)},"yes","no"))', 9),
        Figure("Counted in", _TEXT, "The currency: its own, else that of the settings.",
               f'IF({_cell("Currency")}<>"",{_cell("Currency")},currency)', 10),
        Figure("Billed seconds", _PLAIN, "Billed minutes x 60.", f'IF({_IS_CALL},{by_rate},"")'),
        Figure("Expected cost", Kind(styles.AMOUNT), "Of our call with this id.",
               _if_matched(_of_log("Expected cost"))),
        Figure("Duration seconds", _SECONDS, "Billed minus expected seconds.",
               _if_matched(f"ROUND({_cell('Billed seconds')}-{_of_log('Expected seconds')},3)")),
        Figure("Duration cost", _MORE, "What the other time costs at the agreed rate.",
               _if_matched(duration)),
        Figure("Rate cost", _MORE, "What is left of the difference: another price, or a credit.",
               f'IF({_cell("Step")}="{MATCHED}",IF({_cell("Credit")}=1,{_COST},{rest}),"")'),
        Figure("Place in the log", _TEXT, "Of our call with this id.",
               f'IF({_cell("Log row")}=0,"",{_of_log("Place")}&"")', 16),
        Figure("Compared day", Kind(styles.DAY), "The day (UTC) of our call, else its own.",
               _compared_day(), 11),
        Figure("Rate card row", _PLAIN, "Of our call, else by the number; 0 where none fits.",
               f'IF({_IS_CALL},IF({_cell("Log row")}>0,{_of_log("Rate card row")},{own}),0)', 9),
        *card.terms(TABLE),
        helper("Charged", "yes where it has a price, else by the status.",
               f'IF({_COST}<>0,"yes",{common.charged(TABLE)})'),
        *common.helpers(TABLE),
        common.id_problem(TABLE, CALLS.name),
        helper("Fit", "The rank of the row of the rate card that fits best; 0 is none.",
               f'IF(AND({_IS_CALL},{_cell("Log row")}=0),{card.fit(TABLE)},0)', number=True),
        helper("Credit", "1 where the cost is below 0.", f"IF({_COST}<0,1,0)", number=True),
        helper("Copy key", "Copies have the same; a credit is no copy of its charge.",
               f'IF(OR({_cell("Key")}="",{_cell("Credit")}=0),{_cell("Key")},{_cell("Key")}&"|"&{_cell("Cost")})'),
        common.copy_order(TABLE, "Cost"),
        helper("Copies after", "Copies that hold rather than this row.",
               common.copies_after(TABLE, "Copy key"), number=True),
        helper("Base", "Where it leaves before it is compared.", _base()),
        helper("Open key", "The key of a charge of the month.",
               f'IF(AND({_cell("Base")}="{IN_MONTH}",{_cell("Credit")}=0),{_cell("Key")},"")'),
        helper("Log row", "The row of Calls with this id.",
               common.found_in(TABLE, "Calls", "Open key", "Open key"), number=True),
        helper("Own day", "The day (UTC) of our call, else of the record.", _own_day()),
        helper("Step of log", "Of that row.", f'IF({_cell("Log row")}=0,"",{_of_log("Step")})'),
        helper("Step of charge", "The step, of a credit blank.", _charge_step()),
        helper("Charge row", "Of a credit: the row of its charge.", _charge_row(), number=True),
        helper("Outcome of log", "What our call with this id comes to.",
               f'IF({_cell("Log row")}=0,"",{outcome})'),
        helper("Net cost", "The charge and its credits.",
               f'IF({_IS_CALL},ROUND({_COST}+{credits},10),{lone})', number=True),
        helper("Rate and credits", "Cost too much that is not of time.",
               _if_matched(f"ROUND({_cell('Cost too much')}-{_cell('Duration cost')},10)"), number=True),
        helper("Last places", "The agreed cost of the billed time, in units of its last place.",
               _if_matched(f'IF({_cell("Duration seconds")}=0,"",{per_call.units(CELLS)})'), number=True),
        helper("Weight", "The difference in millionths, for its order.",
               weight(_cell("Difference"), amount), number=True),
        helper("Order of differences", "The largest first.", order_of(TABLE), number=True),
    ]  # fmt: skip


def _own_day() -> str:
    log = f"IF({_cell('Log row')}>0,INT({_of_log('Started (UTC)')}),INT({_cell('Started (UTC)')}))"
    return f'IF({_cell("Base")}="{IN_MONTH}",{log},"")'


def _compared_day() -> str:
    charge = f"INDEX({TABLE}[Own day],{_cell('Charge row')})"
    own = f"IF({_GOES_ALONG},{charge},{_cell('Own day')})"
    return f'IF({_cell("Counted")}="yes",{own},"")'
