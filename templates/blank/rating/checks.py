"""The checks of the rating template."""

from __future__ import annotations

from collections.abc import Callable

from templates.blank.rating import calls, rates, statuses
from templates.blank.rating.summary import CURRENCIES, more_currencies
from templates.blank.rating.values import Filled
from templates.formulas.arithmetic import COST_PLACES
from templates.shared.checks import Check
from templates.shared.durations import A_TIME, TEXT, what_is_wrong
from templates.shared.filled_down import every_formula
from templates.shared.rules import dates_in, is_a_day, is_whole, times_in
from templates.shared.tables import Row, column, outside

_CURRENCY_HEAD = "Currency"


def checks_of(filled: Filled) -> list[Check]:
    """All but that of the sums, which the Summary knows."""

    def count(is_wrong: Callable[[Row], bool]) -> int:
        return sum(map(is_wrong, filled.calls))

    currencies = {row["Currency row"] for row in filled.calls}
    shown_currencies = sorted(map(str, currencies), key=int)[:CURRENCIES]
    differing = count(lambda row: _differs(filled, row))
    return [
        Check(
            "check_ids",
            "Every row of Calls has a call id that can be compared",
            f'COUNTIF({_all(calls.ID_PROBLEM)},"?*")',
            "The column Id problem of the sheet Calls says what is wrong.",
            count(lambda row: row[calls.ID_PROBLEM] != ""),
        ),
        Check(
            "check_copies",
            "No call is there twice",
            f"COUNT({_all('Copy of row')})",
            (
                "Filter Copy of row for numbers: it names the earlier row. Delete the copies: they are "
                "charged twice."
            ),
            count(lambda row: row["Copy of row"] != ""),
        ),
        Check(
            "check_dates",
            "Every call starts at a date",
            f"{_rows('Started (UTC)')}-{dates_in(_all('Started (UTC)'))}",
            "Text is no date, nor is the number 20260930: type it again, or use Data > Text to Columns.",
            count(lambda row: not is_a_day(row.get("Started (UTC)"))),
        ),
        Check(
            "check_seconds",
            "No text and no time of day stands in Seconds",
            f"COUNTA({_all('Seconds')})-COUNT({_all('Seconds')})+{times_in(_all('Seconds'))}",
            "Write whole or decimal seconds: 80, not 1:20, 0:01:20 or 80 s.",
            count(lambda row: what_is_wrong(row.get("Seconds")) in (TEXT, A_TIME)),
        ),
        Check(
            "check_statuses",
            "It is known of every status whether it is charged",
            f'{_rows("Charged")}-COUNTIF({_all("Charged")},"yes")-COUNTIF({_all("Charged")},"no")',
            "Add the provider's word to the sheet Statuses, with yes or no.",
            count(lambda row: row["Charged"] == "#N/A"),
        ),
        statuses.check_of(filled.statuses),
        Check(
            "check_directions",
            "Every direction is known",
            f'{_rows("Way")}-COUNTIF({_all("Way")},"outbound")-COUNTIF({_all("Way")},"inbound")',
            "Write outbound or inbound: it decides which number the rate card is asked for.",
            count(lambda row: row["Way"] == ""),
        ),
        Check(
            "check_costs",
            "Every charged call has a cost",
            f"{_rows('Cost')}-COUNT({_all('Cost')})",
            "The sheet Not rated lists them, and says why.",
            count(lambda row: row["Cost"] == "#N/A"),
        ),
        Check(
            "check_rates",
            "Every row of the rate card can be used",
            f'COUNTIF({_rate("Problem")},"?*")',
            "The column Problem of the sheet Rates says what is wrong.",
            sum(row["Problem"] != "" for row in filled.rates),
        ),
        Check(
            "check_currencies",
            f"No more than {CURRENCIES} currencies",
            more_currencies(),
            "The Summary has a column for each of four currencies: use a copy of this file for the others.",
            count(lambda row: str(row["Currency row"]) not in shown_currencies),
        ),
        Check(
            "check_currency_match",
            "The currency of a call is that of its rate",
            f'SUMPRODUCT(({_all("Currency")}<>"")*({_all("Currency")}<>{_all("Cost currency")}))',
            (
                "Costs are in the currency of the rate card. Correct the currency of these calls, or "
                "leave it blank."
            ),
            differing,
        ),
        every_formula(calls.TABLE, calls.FIELDS),
        every_formula(rates.TABLE, rates.FIELDS),
        Check(
            "check_settings",
            "The settings are filled in",
            settings_formula(),
            settings_remedy(),
        ),
        Check(
            "check_below_calls",
            "Nothing stands below the table Calls",
            outside(calls.TABLE, "Calls", "Call id", "Place", ("A", "J")),
            "Rows below a table do not count: drag its lower right corner over them.",
        ),
        Check(
            "check_below_rates",
            "Nothing stands below the table Rates",
            outside(rates.TABLE, "Rates", "Prefix", "Valid until", ("A", "P")),
            "Rows below a table do not count: drag its lower right corner over them.",
        ),
    ]


def settings_formula(*more: str) -> str:
    """1 where a setting cannot be, or one of these conditions does not hold."""
    fine = (is_whole("decimals", 0, COST_PLACES), "LEN(TRIM(currency))>0", *more)
    return f"IF(AND({','.join(fine)}),0,1)"


def settings_remedy(more: str = "") -> str:
    return (
        f"On the sheet How to use: decimals are a whole number from 0 to {COST_PLACES}, the currency is not "
        f"blank{more}."
    )


def _differs(filled: Filled, row: Row) -> bool:
    own = row.get(_CURRENCY_HEAD)
    return own is not None and str(own).upper() != row["Cost currency"]


def _rows(header: str) -> str:
    return f"ROWS({_all(header)})"


def _all(header: str) -> str:
    return column(calls.TABLE, header)


def _rate(header: str) -> str:
    return column(rates.TABLE, header)
