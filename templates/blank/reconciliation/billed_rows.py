"""What stands in the table Billed beside its yellow cells, as the reconciliation says it."""

from __future__ import annotations

from fractions import Fraction

from addin.reconcile.expectation import Rater
from addin.reconcile.lines import (
    CREDIT,
    DUPLICATES,
    DURATION,
    MATCHED,
    MISSING_IN_BILL,
    NOT_BILLED,
    OUTSIDE,
    RATE,
    STATUS,
    UNKNOWN_STATUS,
    BillLine,
    billed_of,
    net_of,
)
from addin.reconcile.measure import printed
from templates.blank.reconciliation import card, common
from templates.blank.reconciliation.billed import BOTH, IN_MONTH, NO_RATE
from templates.blank.reconciliation.settled import Settled
from templates.inputs import BILLED
from templates.shared.ranking import orders_of, weight_of
from templates.shared.serials import serial
from templates.shared.tables import Row, Shown


def rows_of(settled: Settled) -> list[Row]:
    """What stands in the table, formulas included."""
    found: list[dict[str, Shown]] = []
    weights = []
    for number, line in enumerate(settled.bill, 1):
        shown: dict[str, Shown] = {column.header: column.of(line.call) for column in BILLED.columns}
        shown |= common.shown_helpers(line.call, number)
        shown |= _settled(settled, line, number)
        too_much = _cost_too_much_of(line)
        weights.append(weight_of(str(shown["Difference"]), line.cost if too_much is None else too_much))
        found.append(shown)
    for row, size, order in zip(found, weights, orders_of(weights), strict=True):
        row |= {"Weight": size, "Order of differences": order}
    return [*found]


def blank_row(settled: Settled, number: int) -> Row:
    """What the formulas give in a row without anything."""
    zeros = ("Rate card row", "Fit", "Credit", "Copies after", "Log row", "Charge row", "Weight")
    shown: dict[str, Shown] = dict.fromkeys(zeros, 0)
    shown |= {"Counted in": settled.rows.currency, "Order of differences": 0}
    shown |= card.shown_helpers("", "", "") | card.shown_terms(None)
    return shown | {"No": number, "Order": number}


def _is_credit(line: BillLine) -> bool:
    return line.cost is not None and line.cost < 0


def _is_matched(line: BillLine) -> bool:
    return line.step == MATCHED and not _is_credit(line)


def _duration_cost_of(line: BillLine) -> Fraction:
    """Costs that are not rounded seldom end: the parts of a difference are, each call by itself."""
    return Fraction(printed(line.duration_cost))


def _rate_cost_of(line: BillLine) -> Fraction:
    cost = line.cost or Fraction(0)
    return (
        cost if _is_credit(line) else Fraction(printed(cost - _expected_of(line) - _duration_cost_of(line)))
    )


def _net_cost_of(line: BillLine) -> Fraction | None:
    if line.step == CREDIT:
        return line.cost
    return net_of(line).cost if line.counts and not _is_credit(line) else None


def _expected_of(line: BillLine) -> Fraction:
    return (line.log.expected_cost if line.log else None) or Fraction(0)


def _cost_too_much_of(line: BillLine) -> Fraction | None:
    net = _net_cost_of(line)
    return Fraction(printed(net - _expected_of(line))) if net is not None and _is_matched(line) else net


def _settled(settled: Settled, line: BillLine, number: int) -> dict[str, Shown]:
    is_credit, is_matched = _is_credit(line), _is_matched(line)
    fit, row = _rate_row_of(settled, line)
    base = line.step if line.step in (DUPLICATES, OUTSIDE) else IN_MONTH
    log = settled.log.index(line.log) + 1 if line.log and not is_credit else 0
    charge = settled.bill.index(line.charge) + 1 if line.charge else 0
    is_call = line.counts and not is_credit
    talked = Fraction(line.billed_ms, 1000)
    duration, duration_cost = Fraction(line.duration_ms, 1000), _duration_cost_of(line)
    cost, net, too_much = line.cost or Fraction(0), _net_cost_of(line), _cost_too_much_of(line)
    terms = settled.rows.rates[row - 1].terms if row else None
    key = common.key_of(line.call.call_id)
    minutes = duration / 60 if is_matched else talked / 60

    def if_matched(value: Shown) -> Shown:
        return value if is_matched else ""

    return {
        "Step": line.step,
        "Difference": _difference_of(settled, line),
        "To check": _to_check_of(line),
        "Minutes too many": printed(minutes) if is_call else "",
        "Cost too much": "" if too_much is None else too_much,
        "Counted": "yes" if line.counts else "no",
        "Counted in": line.call.currency or settled.rows.currency,
        "Billed seconds": talked if is_call else "",
        "Expected cost": if_matched(_expected_of(line)),
        "Duration seconds": if_matched(duration),
        "Duration cost": if_matched(duration_cost),
        "Rate cost": _rate_cost_of(line) if line.step == MATCHED else "",
        "Place in the log": str(line.log.call.place) if line.log and log else "",
        "Compared day": serial(line.compared_on) if line.counts else "",
        "Fit": fit if is_call and not log else 0,
        "Rate card row": row if is_call else 0,
        **card.shown_terms(terms if is_call else None),
        "Charged": "yes" if cost else {True: "yes", False: "no", None: ""}[line.call.is_billed],
        "Credit": int(is_credit),
        "Copy key": f"{key}|{line.call.cost:f}" if is_credit and key else key,
        "Order": common.copy_order_of(line.call, number),
        "Copies after": common.copies_of(settled.rows.billed, number),
        "Base": base,
        "Open key": key if base == IN_MONTH and not is_credit else "",
        "Log row": log,
        "Own day": _own_day_of(line, is_credit) if base == IN_MONTH else "",
        "Step of log": line.log.step if line.log and log else "",
        "Step of charge": "" if is_credit and base == IN_MONTH else line.step,
        "Charge row": charge,
        "Outcome of log": _outcome_of(line) if log else "",
        "Net cost": "" if net is None else net,
        "Rate and credits": "" if too_much is None or not is_matched else too_much - duration_cost,
        "Last places": common.last_places(terms, line.billed_ms) if is_matched and duration and terms else "",
    }


def _rate_row_of(settled: Settled, line: BillLine) -> tuple[int, int]:
    """Rank and row of the log's call, else by its own number."""
    row = line.log.rate_row if line.log else Rater(settled.card).look_up(line.call)[0]
    return card.fit_of(settled.rows.rates, row)


def _own_day_of(line: BillLine, is_credit: bool) -> float:
    its = line if is_credit or line.log is None else line.log
    return serial(its.call.started_at.date())


def _outcome_of(line: BillLine) -> str:
    if line.step == MATCHED:
        return MATCHED
    return STATUS if line.step in (NOT_BILLED, UNKNOWN_STATUS) else MISSING_IN_BILL


def _to_check_of(line: BillLine) -> str:
    if line.step == UNKNOWN_STATUS:
        return "Is this status charged?"
    if line.counts and line.charge is None and line.call.is_billed is None:
        return "Is this status charged? It has a price"
    return common.NOT_PRICED if line.counts and line.call.is_billed and line.cost is None else ""


def _difference_of(settled: Settled, line: BillLine) -> str:
    if line.step in (DUPLICATES, UNKNOWN_STATUS):
        return line.step
    if line.charge or not line.counts:
        return ""
    billed, cost = billed_of(line).minutes, _cost_too_much_of(line) or Fraction(0)
    if line.step != MATCHED:
        named = NO_RATE if line.step == RATE else line.step
        return named if settled.exceeds(billed, cost, always=True) else ""
    if not settled.exceeds(Fraction(line.duration_ms, 60_000), cost):
        return ""
    if not line.duration_ms:
        return RATE
    return BOTH if cost != _duration_cost_of(line) else DURATION
