"""What must be true in the template."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction

from templates.blank.investigation.balance import BALANCE_CELLS
from templates.blank.investigation.bill_columns import BILLED_FIELDS
from templates.blank.investigation.bill_figures import LARGEST_COST
from templates.blank.investigation.bill_values import has_price
from templates.blank.investigation.columns import (
    CALL_FIELDS,
    COUNTED,
    DURATION,
    MISSING,
    NO_DATE,
    NO_PRICE,
    NO_RATE,
    OTHER_CURRENCY,
    RATING,
    UNKNOWN_STATUS,
    UNREADABLE,
)
from templates.blank.investigation.copies import OTHER_COPY
from templates.blank.investigation.listed import MOST
from templates.blank.investigation.values import Model, Values
from templates.blank.rating import rates
from templates.blank.rating.calls import ID_PROBLEM
from templates.blank.rating.checks import checks_of, settings_formula, settings_remedy
from templates.formulas.arithmetic import COST_PLACES
from templates.inputs import BILLED
from templates.shared.checks import Check
from templates.shared.filled_down import every_formula
from templates.shared.rules import is_date
from templates.shared.tables import outside

_OF_RATING = (
    "check_ids",
    "check_dates",
    "check_seconds",
    "check_statuses",
    "check_status_words",
    "check_directions",
    "check_costs",
    "check_rates",
    "check_below_calls",
    "check_below_rates",
)
"""Those of the template rating.xlsx that its tables need here, too."""
_NO_COST = "The column Problem of the sheet Calls says why."
"""This template has no sheet that lists them."""


def checks(model: Model) -> list[Check]:
    """All of them, with what they find in the rows that the template is built with."""
    shared = [one for one in checks_of(model.filled) if one.name in _OF_RATING]
    said = [replace(one, remedy=_NO_COST) if one.name == "check_costs" else one for one in shared]
    tables = ("Calls", CALL_FIELDS), ("Billed", BILLED_FIELDS), (rates.TABLE, rates.FIELDS)
    filled = [every_formula(*one) for one in tables]
    return [_month(model), *_settings(model), *said, *_of_bill(model), *filled, *_of_sums(model)]


def _month(model: Model) -> Check:
    month: object = model.settings.month
    is_first = isinstance(month, date) and month.day == 1
    return Check(
        "check_month",
        "The month is the first day of one",
        f"IF({is_date('month')},IF(DAY(month)=1,IF(INT(month)=month,0,1),1),1)",
        "Type the first day of the month on the sheet How to use: 2026-09-01.",
        0 if is_first else 1,
    )


def _settings(model: Model) -> list[Check]:
    """Text is larger than any number: as a tolerance it would let everything pass, in a balance it is 0."""
    numbers = ("threshold", "tolerance_amount", "tolerance_minutes")
    fine = (f"IF(ISNUMBER({name}),{name}>=0,FALSE)" for name in numbers)
    amounts = ",".join(BALANCE_CELLS)
    ours, theirs = model.ours().calls, model.theirs().calls
    return [
        Check(
            "check_settings",
            "The settings are filled in",
            settings_formula(*fine),
            settings_remedy(", what is roughly the same and the tolerances are numbers of 0 or more"),
        ),
        Check(
            "check_balance",
            "What is typed on the sheet Balance are numbers",
            f"COUNTA({amounts})-COUNT({amounts})",
            "Type amounts without a currency, such as 100.5, or leave the cell blank.",
        ),
        Check(
            "check_both_sides",
            "Both sides have calls of the month",
            "(total_our_calls=0)+(total_their_calls=0)",
            "Paste the log into Calls and the bill into Billed, and set the month to theirs.",
            (ours == 0) + (theirs == 0),
        ),
    ]


def _of_bill(model: Model) -> list[Check]:
    def count(holds: Callable[[Values], bool]) -> int:
        return sum(map(holds, model.billed))

    last = chr(ord("A") + len(BILLED.columns) - 1)
    steps = "ROWS(Billed[Step])" + "".join(
        f'-COUNTIF(Billed[Step],"{one}")'
        for one in ("", COUNTED, "copy", OTHER_COPY, "outside the month", "not charged", "credit")
    )
    texts = (
        "COUNTA(Billed[Seconds])-COUNT(Billed[Talked])"
        "+COUNTA(Billed[Billed minutes])-COUNT(Billed[Minutes used])"
        f'+COUNTA(Billed[Cost])-COUNT(Billed[Cost])+COUNTIF(Billed[Cost],">={LARGEST_COST}")'
        f'+COUNTIF(Billed[Cost],"<=-{LARGEST_COST}")'
    )
    pending = sum(row["Cause"] == NO_PRICE for row in model.calls)
    alone = count(lambda row: row["Alone"] == "yes" and row.get("Cost") is None)
    bad = {NO_DATE, UNKNOWN_STATUS, OTHER_CURRENCY}
    return [
        Check(
            "check_log_rows",
            "Every call of the log can be read",
            f'COUNTIF(Calls[Step],"{UNREADABLE}")',
            "Filter the column Step of Calls: a cell of such a row is an error such as #N/A.",
        ),
        Check(
            "check_copies",
            "Rows with one call id say the same",
            f'COUNTIF(Calls[Step],"{OTHER_COPY}")+COUNTIF(Billed[Step],"{OTHER_COPY}")',
            f"Filter the column Step of Calls and Billed for: {OTHER_COPY}. Keep the row that holds, mostly "
            "the later one, and delete the other of this id, which counts now. Two calls need two ids.",
            sum(row["Step"] == OTHER_COPY for row in (*model.calls, *model.billed)),
        ),
        Check(
            "check_bill_ids",
            "Every row of Billed has a call id that can be compared",
            f'COUNTIF(Billed[{ID_PROBLEM}],"?*")',
            "The column Id problem of the sheet Billed says what is wrong.",
            count(lambda row: row[ID_PROBLEM] != ""),
        ),
        Check(
            "check_bill_figures",
            "Seconds, minutes and costs of the bill are numbers, and no times",
            texts,
            "See the column Problem of Billed. Make numbers of texts such as 0,05; 80 seconds, not 0:01:20.",
            count(lambda row: row.get("Seconds") is not None and row["Talked"] == "")
            + count(lambda row: row.get("Billed minutes") is not None and row["Minutes used"] == "")
            + count(lambda row: row.get("Cost") is not None and not has_price(row)),
        ),
        Check(
            "check_bill_rows",
            "Every record of the bill can be used",
            steps,
            "See the column Problem of Billed: a start that is no date, an unknown status, another currency.",
            count(lambda row: row["Step"] in bad),
        ),
        Check(
            "check_prices",
            "Every charged call has a price on the bill",
            'COUNTIFS(Billed[Step],"counted",Billed[Cost],"")',
            "Export the bill again later: a price that is not there yet counts as a difference.",
            pending + alone,
        ),
        Check(
            "check_bill_times",
            "The bill says how long every charged call was",
            f'COUNTIFS(Billed[Step],"{COUNTED}",Billed[Charged seconds],"")',
            "Fill in Seconds or Billed minutes of Billed: a time that is not known is in no sum of minutes.",
            count(lambda row: row["Step"] == COUNTED and row["Charged seconds"] == ""),
        ),
        Check(
            "check_log_currency",
            "Every call of the log is in the currency of the path",
            f'COUNTIF(Calls[Step],"{OTHER_CURRENCY}")',
            "Look at one currency at a time: change the setting Currency on the sheet How to use.",
            sum(row["Step"] == OTHER_CURRENCY for row in model.calls),
        ),
        Check(
            "check_log_rates",
            "A rate of ours covers every call of both sides",
            f'COUNTIF(Calls[Cause],"{NO_RATE}")',
            "Add the rate to the sheet Rates: until then the whole charge is a difference of price.",
            sum(row["Cause"] == NO_RATE for row in model.calls),
        ),
        Check(
            "check_below_billed",
            "Nothing stands below the table Billed",
            outside("Billed", "Billed", "Call id", "Place", ("A", last)),
            "Rows below a table do not count: drag its lower right corner over them.",
        ),
    ]


def _of_sums(model: Model) -> list[Check]:
    ours, theirs = model.of_day(model.day)
    parts = sum((model.part(kind)[1] for kind in (MISSING, DURATION, RATING)), Fraction(0))
    over = max(0, len(model.listed) - MOST)
    counted = f'Calls[Step],"{COUNTED}"'
    last_decimals = "+".join(
        f"COUNTIFS({counted},Calls[Decimal places],{places})/10^{places}" for places in range(COST_PLACES + 1)
    )
    return [
        Check(
            "check_days_ours",
            "The days add up to our total",
            "ROUND(days_our_cost-total_our_cost,8)",
            "A formula was changed. Start again from a fresh template.",
        ),
        Check(
            "check_days_theirs",
            "The days add up to their total",
            "ROUND(days_their_cost-total_their_cost,8)",
            "A formula was changed. Start again from a fresh template.",
        ),
        Check(
            "check_days_calls",
            "The calls of the days add up, on both sides",
            "ABS(days_our_calls-total_our_calls)+ABS(days_their_calls-total_their_calls)",
            "A formula was changed. Start again from a fresh template.",
        ),
        Check(
            "check_parts",
            "The parts add up to the difference of the day",
            "ROUND(parts_cost-day_cost,8)",
            "A formula was changed. Start again from a fresh template.",
            parts - (theirs.cost - ours.cost),
        ),
        Check(
            "check_minutes_x_rate",
            "Minutes x rate, steps and fees are our total, but for less than a last decimal a call",
            f"ABS(ROUND(by_parts-total_our_cost,8))+MAX(0,ROUND(ABS(by_rounding)-({last_decimals}),8))",
            "A formula was changed. Start again from a fresh template.",
        ),
        Check(
            "check_listed",
            f"The hour has room for its calls, {MOST}",
            f"MAX(0,listed-{MOST})",
            "The list shows the largest; the others stand on the sheets Calls and Billed, column Listed.",
            over,
        ),
        Check(
            "check_path",
            "The day on the path is a day of the month, the hour one of the day",
            "IF(ISNUMBER(path_day),IF(EOMONTH(path_day,-1)+1=month,0,1),1)"
            '+IF(path_hour="",0,IF(ISNUMBER(path_hour),IF((path_hour>=0)*(path_hour<24)*(path_hour=INT(path_hour)),0,1),1))',
            "Clear the yellow cells of the sheet Path, or choose again.",
        ),
        Check(
            "check_call",
            "The call that is chosen is there",
            'IF(call_chosen="",0,IF(AND(call_row="",record_row=""),1,0))',
            "Clear the yellow cell Another call of the sheet Path, or copy an id that counts.",
        ),
    ]
