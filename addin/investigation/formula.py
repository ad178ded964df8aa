"""The formula of a call's cost, written out as a person would check it: ours, and the bill's."""

from __future__ import annotations

from fractions import Fraction

from addin.investigation.pairs import CallPair
from addin.reconcile.lines import BillLine
from addin.reconcile.measure import MS_PER_MINUTE
from addin.reconcile.stated_terms import stated_terms
from addin.reconcile.wording import amount, plain
from addin.records.call import Call
from udfs.rating.cost import Terms


def our_formula(pair: CallPair) -> str:
    """How we arrive at our cost, or why we have none."""
    line = pair.ours
    if line is None and pair.unread:
        return f"our log has it at {pair.unread}, in a row that could not be read"
    if line is None:
        other = pair.other
        return f"our log has no connected call{f', see {other.place}' if other else ''}: nothing is due"
    if line.rate_row is not None:
        return by_terms(line.call.duration_ms, line.terms, line.currency)
    if line.rate_problem:
        return f"no rate: {line.rate_problem}"
    return _of_record(line.call, line.expected_ms, line.expected_cost, line.terms.places, pair.currency)


def their_formula(pair: CallPair) -> str:
    """How the bill's cost follows from its own record, as far as that says so."""
    record = pair.theirs
    if record is None and pair.unread:
        return f"the bill has it at {pair.unread}, in a row that could not be read"
    if record is None:
        return f"the bill has no charge{f', see {pair.other.place}' if pair.other else ''}"
    places = pair.ours.terms.places if pair.ours else _places(record)
    return _of_record(record.call, record.billed_ms, record.cost, places, pair.currency)


def by_terms(talked_ms: int, terms: Terms, currency: str) -> str:
    """The cost of a call by known terms.

    >>> by_terms(61_000, Terms(Fraction("0.014")), "USD")
    '61 s -> 120 s billed (60/60) x 0.014 USD/min / 60 = 0.028 USD, rounded half-up to 4 places'
    >>> exact = Terms(Fraction("0.005"), 0, 0)
    >>> by_terms(9_100, exact, "USD")
    '9.1 s billed (exact) x 0.005 USD/min / 60 = 0.0007583333 -> 0.0008 USD, rounded half-up to 4 places'
    >>> by_terms(0, exact, "USD")
    '0 s talked: costs nothing'
    """
    billed_ms = terms.billed_ms(talked_ms)
    if billed_ms <= 0:
        return f"{_seconds(talked_ms)} talked: costs nothing"
    steps = "exact"
    if terms.minimum_ms or terms.increment_ms:
        steps = f"{plain(Fraction(terms.minimum_ms, 1000))}/{plain(Fraction(terms.increment_ms, 1000))}"
        if terms.anchor != "minimum":
            steps += " from the answer on"
    if terms.duration_rounding != "none":
        steps += f", seconds rounded {terms.duration_rounding}"
    talked = f"{_seconds(talked_ms)} -> " if billed_ms != talked_ms else ""
    time = f"{talked}{_seconds(billed_ms)} billed ({steps})"
    return f"{time} {_priced(billed_ms, terms, currency)}"


def implied_rate(cost: Fraction, billed_ms: int) -> Fraction | None:
    """What a call paid a minute; None without minutes."""
    return cost * MS_PER_MINUTE / billed_ms if billed_ms else None


def _of_record(call: Call, billed_ms: int, cost: Fraction | None, places: int, currency: str) -> str:
    """A cost that stands in a record: derived from its rate, else with the rate that it implies."""
    time = f"{_seconds(billed_ms)} billed"
    if cost is None:
        return f"{time}; no price yet"
    terms = next(stated_terms(call, billed_ms, cost, places), None)
    if terms is not None and billed_ms:
        return f"{time} {_priced(billed_ms, terms, currency)}"
    said = f"{amount(cost, currency)} as its record says"
    if call.rate_per_minute is not None and billed_ms:
        own = Terms(
            Fraction(call.rate_per_minute), connect_fee=Fraction(call.connect_fee or 0), places=places
        )
        return f"{said}, which does not follow from its own rate: {time} {_priced(billed_ms, own, currency)}"
    implied = implied_rate(cost, billed_ms)
    return said if implied is None else f"{said}: {_rate(implied, currency)} for the {time}"


def _priced(billed_ms: int, terms: Terms, currency: str) -> str:
    exact = terms.connect_fee + terms.rate * billed_ms / MS_PER_MINUTE
    cost = terms.cost_of_billed(billed_ms)
    fee = f" + {amount(terms.connect_fee, currency)} connect fee" if terms.connect_fee else ""
    rounding = (
        "not rounded" if terms.rounding == "none" else f"rounded {terms.rounding} to {terms.places} places"
    )
    unrounded = f"{plain(exact)} -> " if exact != cost else ""
    return f"x {_rate(terms.rate, currency)} / 60{fee} = {unrounded}{amount(cost, currency)}, {rounding}"


def _places(record: BillLine) -> int:
    """As many as the record's own cost has, at least four."""
    exponent = record.call.cost.as_tuple().exponent if record.call.cost is not None else 0
    return max(4, -exponent) if isinstance(exponent, int) else 4


def _rate(rate: Fraction, currency: str) -> str:
    return f"{plain(rate)} {currency}/min" if currency else f"{plain(rate)}/min"


def _seconds(ms: int) -> str:
    return f"{plain(Fraction(ms, 1000))} s"
