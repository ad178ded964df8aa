"""What the bill should be: every row of the call log rated, or the step named at which it leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from addin.errors import TollsheetError
from addin.reconcile.credits import charged_again, charges_of_credits
from addin.reconcile.duplicates import Duplicate, find_duplicates
from addin.reconcile.lines import DUPLICATES, EXPECTED, NOT_BILLED, OUTSIDE, UNKNOWN_STATUS, UNRATED, LogLine
from addin.reconcile.log_lines import LogLines
from addin.reconcile.measure import Measure
from addin.reconcile.period import Period
from addin.records.call import Call, Records
from udfs.errors import CellError, NoRate
from udfs.rating.cost import Terms
from udfs.rating.rate_card import RateCard, RateRow

PLACES = {"twilio": 5, "plivo": 5}
"""Decimal places of the provider's own per-call prices, where they are known."""
DEFAULT_PLACES = 4


_MOST_COSTS = 1 << 15
"""That are remembered."""


class Answer(NamedTuple):
    """Of a rate card for a call."""

    row: RateRow | None
    terms: Terms
    """Of the row; places by the provider where it leaves them open."""
    problem: str = ""
    """Why there is no row."""


RATE_CARD = "rate card"
LOG_PRICES = "log prices"


def places_of(provider: str) -> int:
    return PLACES.get(provider, DEFAULT_PLACES)


def billing_provider(billed: Records) -> str:
    """The provider whose precision holds for all calls: the bill's, if it is of one; else empty."""
    return billed.providers[0] if len(billed.providers) == 1 else ""


class Rater:
    """Looks calls up in a rate card; without one, calls keep their prices and 60/60 counts their minutes.

    Telephone numbers repeat within a month, so each answer is kept.
    """

    def __init__(self, card: RateCard | None, billing: str = "") -> None:
        """`billing` is the provider that bills all calls; without one, each call's own provider does."""
        self.card = card
        self._billing = billing
        self._answers: dict[tuple[object, ...], Answer] = {}
        self._terms: dict[tuple[int, int], Terms] = {}
        """Of rows that leave the places open."""
        self._costs: dict[tuple[int, int], tuple[Terms, Fraction]] = {}
        self._dated = card is not None and any(row.is_dated for row in card.rows)
        if card and (ties := card.ties()):
            first, second = ties[0]
            raise TollsheetError(
                f"{card.name}, rows {first.row} and {second.row}: two rates for prefix {first.prefix!r} "
                "are in force at once",
                "Give them different dates, directions or categories, or remove one.",
            )

    def cost_of(self, terms: Terms, billed_ms: int) -> Fraction:
        """Of a month's calls many are billed for the same time. Terms are known by being the same object: to
        compare them takes longer than the cost."""
        key = id(terms), billed_ms
        found = self._costs.get(key)
        if found is None or found[0] is not terms:
            if len(self._costs) >= _MOST_COSTS:
                self._costs.clear()
            found = self._costs[key] = terms, terms.cost_of_billed(billed_ms)
        return found[1]

    def look_up(self, call: Call) -> Answer:
        places = self._places(call)
        if self.card is None:
            return Answer(None, _no_terms(places))
        on = call.started_at.date() if self._dated else None
        key = (call.to_number, call.from_number, call.direction, call.category, on, places)
        answer = self._answers.get(key)
        if answer is None:
            answer = self._answers[key] = self._find(call, on, places)
        return answer

    def _places(self, call: Call) -> int:
        return places_of(self._billing or call.provider)

    def _find(self, call: Call, on: date | None, places: int) -> Answer:
        """Without a day the answer, and what it says, holds for every day."""
        assert self.card is not None
        try:
            row = self.card.find(call.to_number, call.from_number, call.direction, call.category, on)
        except NoRate as error:
            return Answer(None, _no_terms(places), error.problem)
        except CellError as error:
            why = f"{error.problem}. {error.remedy[:1].upper()}{error.remedy[1:]}"
            return Answer(None, _no_terms(places), why)
        if row.places_given:
            return Answer(row, row.terms)
        key = id(row), places  # rows live as long as the card
        if key not in self._terms:
            self._terms[key] = replace(row.terms, places=places)
        return Answer(row, self._terms[key])


@lru_cache(maxsize=32)
def _no_terms(places: int) -> Terms:
    return Terms(rate=Fraction(0), places=places)


def expect(calls: Sequence[Call], month: Period | None, rater: Rater) -> LogLines:
    """One line per call of the log, in its order: rated, or out at the first step that applies.

    Without a month, calls of any day are rated.
    """
    copies = find_duplicates(calls)
    lines = [line_of(call, month, rater, copies.get(index)) for index, call in enumerate(calls)]
    _join_credits(lines, charged_again(calls, copies), rater)
    return LogLines(lines)


def line_of(call: Call, month: Period | None, rater: Rater, copy: Duplicate | None = None) -> LogLine:
    """The line of one call, whatever credits make of it; `copy` says of which other call it is one."""
    is_in = month is None or month.contains(call.started_at)
    return rated_line(call, rater.look_up(call), is_in, rater, copy)


def rated_line(
    call: Call, answer: Answer, is_in_month: bool, rater: Rater, copy: Duplicate | None = None
) -> LogLine:
    """The same where the rate card has answered."""
    row, terms, problem = answer
    line = LogLine(call, terms, rate_row=row, rate_problem=problem)
    line.currency = (row.currency if row else "") or call.currency
    line.talked_cost = _talked_cost(call, line, rater)
    if copy is not None:
        line.step, line.kept, line.copy = DUPLICATES, copy.kept, copy.copy
    elif not is_in_month:
        line.step = OUTSIDE
        if call.is_billed and (row is not None or rater.card is None):
            ms, cost = _rated(line, rater)
            line.if_counted = Measure(1, ms, cost or Fraction(0), int(cost is None))
    elif call.is_billed is False and not call.cost:
        line.step = NOT_BILLED
    elif not call.is_billed:
        line.step = UNKNOWN_STATUS  # or one that contradicts its price
    elif rater.card is not None and row is None:
        line.step = UNRATED
    else:
        line.expected_ms, line.expected_cost = _rated(line, rater)
    return line


def _join_credits(lines: Sequence[LogLine], again: Mapping[int, Call], rater: Rater) -> None:
    """A credit in the log beside the charge of its call is no second call: by the log's own prices it makes
    the call cheaper, by a rate card it changes nothing."""
    expected = [line for line in lines if line.step == EXPECTED]
    for index, charge in charges_of_credits([line.call for line in expected]).items():
        credit, its = expected[index], expected[charge]
        if rater.card is None:
            its.talked_cost = its.expected_cost = (its.expected_cost or 0) + Fraction(credit.call.cost or 0)
        credit.step, credit.talked_cost = NOT_BILLED, None
        credit.expected_ms, credit.expected_cost = 0, None
        credit.charge = its.call
    first = {id(line.call): line for line in lines if line.step == EXPECTED}
    for index, kept in again.items() if rater.card is None else ():
        line = first.get(id(kept))
        if line is not None:
            more = Fraction(lines[index].call.cost or 0)
            line.talked_cost = line.expected_cost = (line.expected_cost or 0) + more


def _talked_cost(call: Call, line: LogLine, rater: Rater) -> Fraction | None:
    if rater.card is None:
        return None if call.cost is None else Fraction(call.cost)
    return line.terms.unrounded(call.duration_ms) if line.rate_row else None


def _rated(line: LogLine, rater: Rater) -> tuple[int, Fraction | None]:
    """Billed time and cost of a billed call; no cost where its price is pending."""
    call = line.call
    if rater.card is not None:
        ms = line.terms.billed_ms(call.duration_ms)
        return ms, rater.cost_of(line.terms, ms)
    own = call.billed_ms
    ms = line.terms.billed_ms(call.duration_ms) if own is None else own
    if line.talked_cost is None and call.duration_ms == 0:
        return ms, Fraction(0)
    return ms, line.talked_cost
