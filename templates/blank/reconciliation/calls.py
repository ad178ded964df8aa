"""The table Calls: each row of the log, the step at which it leaves the bridge, and what it should cost."""

from __future__ import annotations

from fractions import Fraction

from addin.reconcile.lines import (
    DUPLICATES,
    EXPECTED,
    MISSING_IN_BILL,
    NOT_BILLED,
    OUTSIDE,
    STATUS,
    UNKNOWN_STATUS,
    UNRATED,
    LogLine,
)
from addin.reconcile.measure import MS_PER_MINUTE, printed
from templates import look as styles
from templates.blank.reconciliation import card, common, to_check
from templates.blank.reconciliation.common import UNREADABLE
from templates.blank.reconciliation.settled import Settled
from templates.formulas import per_call
from templates.formulas.per_call import Cells
from templates.grid import Kind
from templates.inputs import BILLED as BILLED_TABLE
from templates.inputs import CALLS
from templates.shared.columns import chosen, helper
from templates.shared.durations import LONG_TIMES, is_seconds, seconds_rule
from templates.shared.ranking import order_of, orders_of, weight, weight_of
from templates.shared.rules import a_day, at_least_0, is_date, one_of
from templates.shared.serials import serial
from templates.shared.tables import Field, Figure, Row, Shown, entries, here
from udfs.rating.status import BILLED
from udfs.rating.status import NOT_BILLED as WORDS_NOT_BILLED

TABLE = CALLS.name
_TEXT, _SECONDS = Kind(widest=24), Kind(styles.PLAIN)
_MINUTES, _AMOUNT, _DAY = Kind("#,##0.00##"), Kind(styles.AMOUNT), Kind(styles.DAY)

NOTES = {
    "Call id": "One id is one call. Paste it as text: a number of more than 15 digits loses its last ones.",
    "Started (UTC)": "A date with its time, in UTC. It decides the month and the day.",
    "Direction": "inbound or outbound. Blank counts as outbound.",
    "From": "The calling number, as text.",
    "To": "The called number, as text.",
    "Status": "As the log says it. Case, blanks, - and _ do not matter.",
    "Seconds": "Seconds talked, before any rule; 0 of a call that was not answered. " + LONG_TIMES,
    "Log price": "What the log says the call cost. It is not used, but a price beside a status that is not "
    "billed is a contradiction: the call then counts as of unknown status.",
    "Currency": "Such as USD. Blank: the currency of the settings.",
    "Place": "File and row, so that you find the record again.",
}
STATUSES = tuple(sorted(BILLED | WORDS_NOT_BILLED))
RULES = {
    "Started (UTC)": a_day("The start"),
    "Direction": one_of(["inbound", "outbound"], "The direction"),
    "Status": one_of(STATUSES, "The status"),
    "Seconds": seconds_rule("G5"),
    "Log price": at_least_0("Log price", "the currency"),
}


def _cell(header: str) -> str:
    return here(TABLE, header)


def _step() -> str:
    start, seconds = _cell("Started (UTC)"), _cell("Seconds")
    unsaid = f'IF({seconds}="",{_cell("Charged")}<>"no",NOT({is_seconds(seconds)}))'
    wrong = f"IF({is_date(start)},{unsaid},TRUE)"
    asked = (
        (common.is_blank(TABLE), ""),
        (wrong, UNREADABLE),
        (f"{_cell('Copies after')}>0", DUPLICATES),
        (common.is_outside(TABLE), OUTSIDE),
        (f'AND({_cell("Charged")}="no",N({_cell("Log price")})=0)', NOT_BILLED),
        (f'{_cell("Charged")}<>"yes"', UNKNOWN_STATUS),
        (f"{_cell('Rate card row')}=0", UNRATED),
    )
    return f'IFERROR({chosen(asked, chr(34) + EXPECTED + chr(34))},"{UNREADABLE}")'


def _if_expected(formula: str) -> str:
    return f'IF({_cell("Step")}="{EXPECTED}",{formula},"")'


CELLS = Cells(
    seconds=_cell("Seconds"),
    minimum=_cell("Minimum (s)"),
    increment=_cell("Increment (s)"),
    billed_s=_cell("Expected seconds"),
    rate=_cell("Rate per minute"),
    connect_fee=_cell("Connect fee"),
    places=_cell("Decimal places"),
    rounding=_cell("Rounding"),
)


def _outcome() -> str:
    found = f'IF({_cell("Bill row")}=0,"{MISSING_IN_BILL}",INDEX(Billed[Outcome of log],{_cell("Bill row")}))'
    return _if_expected(f'IF(records_billed=0,"",{found})')


def _difference() -> str:
    """What a person has to look at; of a call that the bill lacks only beyond the tolerance."""
    outcome, step = _cell("Outcome"), _cell("Step")
    beyond = beyond_tolerance(f"{_cell('Expected minutes')}", f"{_cell('Expected cost')}", "TRUE")
    of_bill = f'IF(OR({outcome}="{MISSING_IN_BILL}",{outcome}="{STATUS}"),IF({beyond},{outcome},""),"")'
    left = f'OR({step}="{UNREADABLE}",{step}="{UNKNOWN_STATUS}",{step}="{UNRATED}")'
    return f"IF({left},{step},{of_bill})"


def beyond_tolerance(minutes: str, cost: str, exact: str) -> str:
    """Whether a difference is beyond the tolerance; `exact` decides where none is allowed."""
    larger = f"OR(ROUND(ABS({minutes})-tolerance_minutes,10)>0,ROUND(ABS({cost})-tolerance_amount,10)>0)"
    return f"IF(AND(tolerance_minutes=0,tolerance_amount=0),{exact},{larger})"


def fields() -> list[Field]:
    """The yellow columns, then what became of the call, then how, and last what helps."""
    talked = f"ROUND({CELLS.rate}*10^6,0)*ROUND(N({CELLS.seconds})*1000,0)/(60000*10^6)"
    own = _cell("Rate card row")
    of_rate = f'IF({own}=0,"",IF(INDEX(Rates[Currency],{own})="","",INDEX(Rates[Currency],{own})))'
    return [
        *entries(CALLS, NOTES, RULES),
        Figure("Step", _TEXT, "Where the call leaves the bridge, or expected.", _step(), 17),
        Figure("Outcome", _TEXT, "What the bill makes of an expected call.", _outcome(), 15),
        Figure("To check", _TEXT, "What this row lacks; blank where all is well.",
               to_check.of_calls(), 28, is_alarm=True),
        Figure(
            "Expected minutes",
            _MINUTES,
            "Minutes that should be billed.",
            _if_expected(f"ROUND({CELLS.billed_s}/60,10)"),
        ),
        Figure(
            "Expected cost",
            _AMOUNT,
            "What the call should cost, in the currency beside it, rounded once.",
            _if_expected(per_call.cost_of_units(CELLS, _cell("Last places"))),
        ),
        Figure(
            "Counted in",
            _TEXT,
            "The currency: of the rate, else of the call, else of the settings.",
            f'IF({_cell("Rate currency")}<>"",{_cell("Rate currency")},'
            f'IF({_cell("Currency")}<>"",{_cell("Currency")},currency))',
            10,
        ),
        Figure(
            "Talked cost",
            _AMOUNT,
            "Seconds talked at the rate, before any rule; blank without a rate.",
            f'IF(OR({_cell("Step")}="",{_cell("Step")}="{UNREADABLE}",{own}=0),"",{talked})',
        ),
        Figure("Rate card row", _SECONDS, "Its row of the table Rates; 0: none fits.", card.row_of(TABLE), 9),
        *card.terms(TABLE),
        Figure(
            "Expected seconds",
            _SECONDS,
            "Seconds after minimum and increments.",
            _if_expected(per_call.billed_seconds(CELLS)),
        ),
        Figure(
            "Compared day",
            _DAY,
            "The day (UTC) on which it starts.",
            _if_expected(f"INT({_cell('Started (UTC)')})"),
            11,
        ),
        Figure(
            "Difference", _TEXT, "What is listed on the sheet Differences.", _difference(), 15
        ),
        helper("Charged", "yes or no by the status.", common.charged(TABLE)),
        *common.helpers(TABLE),
        common.id_problem(TABLE, BILLED_TABLE.name),
        helper("Fit", "The rank of the row of the rate card that fits best; 0 is none.",
               card.fit(TABLE), number=True),
        common.copy_order(TABLE, "Log price"),
        helper("Copies after", "Copies that hold rather than this row.",
               common.copies_after(TABLE, "Key"), number=True),
        helper("Open key", "The key of a call that the bill may have.",
               f'IF(OR({_cell("Step")}="",{_cell("Step")}="{UNREADABLE}",{_cell("Step")}="{DUPLICATES}",'
               f'{_cell("Step")}="{OUTSIDE}"),"",{_cell("Key")})'),
        helper("Bill row", "The row of Billed with this id.",
               common.found_in(TABLE, "Billed", "Open key", "Open key"), number=True),
        helper("Rate currency", "The currency of the rate.", of_rate),
        helper("Last places", "The cost before rounding, in units of its last place.",
               _if_expected(per_call.units(CELLS)), number=True),
        helper("Weight", "The difference in millionths, for its order.",
               weight(_cell("Difference"), _cell("Expected cost")), number=True),
        helper("Order of differences", "The largest first.", order_of(TABLE), number=True),
    ]  # fmt: skip


def rows_of(settled: Settled) -> list[Row]:
    """What stands in the table, formulas included."""
    found: list[dict[str, Shown]] = []
    for number, line in enumerate(settled.log, 1):
        call = line.call
        shown: dict[str, Shown] = {column.header: column.of(call) for column in CALLS.columns}
        shown |= common.shown_helpers(call, number)
        found.append(shown | _settled(settled, line, number))
    weights = [
        weight_of(str(row["Difference"]), line.expected_cost)
        for row, line in zip(found, settled.log, strict=True)
    ]
    for row, size, order in zip(found, weights, orders_of(weights), strict=True):
        row |= {"Weight": size, "Order of differences": order}
    return [*found]


def _settled(settled: Settled, line: LogLine, number: int) -> dict[str, Shown]:
    is_expected, cost = line.step == EXPECTED, line.expected_cost or Fraction(0)
    is_open = line.step not in (DUPLICATES, OUTSIDE)
    seconds = Fraction(line.expected_ms, 1000)
    outcome = line.outcome if settled.by_call else ""
    fit, rate = card.fit_of(settled.rows.rates, line.rate_row)
    shown: dict[str, Shown] = {
        "Step": line.step,
        "Outcome": outcome,
        "To check": _to_check_of(line),
        "Counted in": line.currency,
        "Talked cost": "" if line.talked_cost is None else line.talked_cost,
        "Fit": fit,
        "Rate card row": rate,
        "Difference": _difference_of(settled, line, outcome),
        "Charged": {True: "yes", False: "no", None: ""}[line.call.is_billed],
        "Order": common.copy_order_of(line.call, number),
        "Copies after": common.copies_of(settled.rows.log, number),
        "Open key": common.key_of(line.call.call_id) if is_open else "",
        "Bill row": settled.bill.index(line.bill) + 1 if line.bill else 0,
        "Rate currency": line.rate_row.currency if line.rate_row else "",
        **card.shown_terms(line.terms if line.rate_row else None),
    }
    figures: dict[str, Shown] = {
        "Expected minutes": printed(seconds / 60),
        "Expected cost": cost,
        "Expected seconds": seconds,
        "Compared day": serial(line.call.started_at.date()),
        "Last places": common.last_places(line.terms, line.expected_ms),
    }
    return shown | (figures if is_expected else dict.fromkeys(figures, ""))


def _to_check_of(line: LogLine) -> str:
    return {UNKNOWN_STATUS: "Is this status charged?", UNRATED: "The rate card has no row for it"}.get(
        line.step, ""
    )


def _difference_of(settled: Settled, line: LogLine, outcome: str) -> str:
    if line.step in (UNKNOWN_STATUS, UNRATED):
        return line.step
    if outcome not in (MISSING_IN_BILL, STATUS):
        return ""
    minutes, cost = Fraction(line.expected_ms, MS_PER_MINUTE), line.expected_cost or Fraction(0)
    return outcome if settled.exceeds(minutes, cost, always=True) else ""
