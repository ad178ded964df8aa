"""Amounts equal decimal arithmetic of 80 digits, which is written here on its own, and never a float's."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_HALF_DOWN, ROUND_HALF_UP, ROUND_UP, Context, Decimal
from fractions import Fraction
from random import Random

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from udfs import BILLED_MINUTES, CALL_COST
from udfs.rating.columns import call_cost
from udfs.rating.cost import Terms

WIDE = Context(prec=80)
ROUNDING = {"up": ROUND_UP, "down": ROUND_DOWN, "half-up": ROUND_HALF_UP, "half-down": ROUND_HALF_DOWN}
MODES = [*ROUNDING, "none"]


def billed_s(seconds: Decimal, minimum: Decimal, increment: Decimal) -> Decimal:
    """Billed seconds, written as a tariff says it."""
    if seconds == 0:
        return Decimal(0)
    if increment == 0:
        return max(minimum, seconds)
    over = max(Decimal(0), seconds - minimum)
    return minimum + WIDE.divide(over, increment).to_integral_value(ROUND_CEILING) * increment


def cost(
    seconds: Decimal, rate: Decimal, terms: tuple[Decimal, Decimal, Decimal], places: int, mode: str
) -> float:
    """The cost in decimals of 80 digits."""
    minimum, increment, fee = terms
    billed = billed_s(seconds, minimum, increment)
    if billed == 0:
        return 0.0
    exact = WIDE.add(fee, WIDE.divide(WIDE.multiply(billed, rate), Decimal(60)))
    if mode == "none":
        return float(exact)
    return float(exact.quantize(Decimal(1).scaleb(-places), ROUNDING[mode], WIDE))


def thousandths(low: int, high: int) -> st.SearchStrategy[Decimal]:
    return st.integers(low, high).map(lambda ms: Decimal(ms) / 1000)


RATES = st.one_of(
    st.integers(0, 10**6).map(lambda units: Decimal(units).scaleb(-6)),
    st.integers(0, 10**12).map(lambda units: Decimal(units).scaleb(-12)),
    st.integers(0, 10**5).map(lambda units: Decimal(units).scaleb(-2)),
)
DURATIONS = st.one_of(thousandths(500, 10**8), st.integers(0, 90_000).map(Decimal))
BLOCKS = st.one_of(st.sampled_from([Decimal(0), Decimal(1), Decimal(6), Decimal(60)]), thousandths(0, 10**6))


@given(DURATIONS, RATES, BLOCKS, BLOCKS, RATES, st.integers(0, 10), st.sampled_from(MODES))
@example(Decimal("9.1"), Decimal("0.005"), Decimal(0), Decimal(0), Decimal(0), 4, "half-up")
@example(Decimal(60), Decimal("0.00005"), Decimal(60), Decimal(60), Decimal(0), 4, "half-up")
@example(Decimal(60), Decimal("0.00005"), Decimal(60), Decimal(60), Decimal(0), 4, "half-down")
def test_call_cost_is_exact(
    seconds: Decimal,
    rate: Decimal,
    minimum: Decimal,
    increment: Decimal,
    fee: Decimal,
    places: int,
    mode: str,
) -> None:
    arguments = [float(value) for value in (seconds, rate, minimum, increment, fee)]
    expected = cost(seconds, rate, (minimum, increment, fee), places, mode)
    assert CALL_COST(*arguments, places, mode) == expected
    assert CALL_COST(seconds, rate, minimum, increment, fee, places, mode) == expected
    assert BILLED_MINUTES(*arguments[:1], *arguments[2:4]) == float(
        WIDE.divide(billed_s(seconds, minimum, increment), Decimal(60))
    )


def random_case(random: Random) -> tuple[Decimal, Decimal]:
    """A duration and a rate of a month of calls, half-way amounts among them."""
    seconds = (
        Decimal(random.choice((random.randrange(0, 4000) * 1000, random.randrange(500, 4_000_000)))) / 1000
    )
    decimals = random.randrange(2, 7)
    return seconds, Decimal(random.randrange(0, 10 ** random.randrange(2, 7))).scaleb(-decimals)


BLOCKS_USED = [(60, 60), (30, 6), (1, 1), (0, 0), (6, 6), (20, 6), (0, 1), (12, 13)]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("blocks", BLOCKS_USED)
def test_200000_costs_of_columns_are_exact(blocks: tuple[int, int], mode: str) -> None:
    """40 sorts of terms, 5,000 calls each: 0 differences."""
    random = Random(f"{blocks}{mode}")
    minimum, increment = map(Decimal, blocks)
    for places in random.sample(range(11), 5):
        fee = Decimal(random.choice(("0", "0", "0.015")))
        cases = [random_case(random) for _ in range(1_000)]
        seconds, rates = (np.array([float(value) for value in column]) for column in zip(*cases, strict=True))
        terms = Terms(Fraction(0), blocks[0] * 1000, blocks[1] * 1000, Fraction(fee), places, mode)
        expected = [cost(*case, (minimum, increment, fee), places, mode) for case in cases]
        assert call_cost(seconds, rates, terms).tolist() == expected
        one_rate = cases[0][1]
        expected = [cost(case[0], one_rate, (minimum, increment, fee), places, mode) for case in cases]
        assert call_cost(seconds, Fraction(one_rate), terms).tolist() == expected


def test_rounding_a_float_would_be_seen() -> None:
    """The check can fail: numpy's rounding of the float product is wrong on many of these."""
    random = Random(1)
    cases = [random_case(random) for _ in range(2_000)]
    sixty = Decimal(60)
    expected = [cost(*case, (sixty, sixty, Decimal(0)), 3, "half-up") for case in cases]
    floats = [float(np.round(np.ceil(float(seconds) / 60) * float(rate), 3)) for seconds, rate in cases]
    assert sum(one != other for one, other in zip(floats, expected, strict=True)) > 10
