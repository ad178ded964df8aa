"""The bars of the waterfall: stacked parts that end where the step ends, above and below zero."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest

from templates.reconciliation.formulas import criterion, criterion_of
from templates.reconciliation.waterfall import Bar, bars_of
from tests.templates.reports import by_call, in_currencies

LEVELS = [Decimal(level) for level in ("-7.5", "-2", "0", "3", "8.25")]


@pytest.mark.parametrize(("start", "end"), list(product(LEVELS, LEVELS)))
def test_the_parts_cover_the_step_and_nothing_else(start: Decimal, end: Decimal) -> None:
    _, _, base, total, *parts, top = Bar(start, end, False).figures()
    above = max(base, Decimal(0)) + sum(part for part in parts if part > 0)
    below = min(base, Decimal(0)) + sum(part for part in parts if part < 0)
    assert total == 0
    assert sum(abs(part) for part in parts) == abs(end - start)
    assert max(start, end) == top
    assert above == max(start, end, Decimal(0))
    assert below == min(start, end, Decimal(0))
    rises, falls = parts[:2], parts[2:]
    assert not any(falls if end > start else rises)


def test_the_bars_of_a_bridge_meet() -> None:
    for report in (by_call(), in_currencies()):
        for bridge in report.bridges:
            bars = dict(zip([step.name for step in bridge.steps], bars_of(bridge), strict=True))
            assert bars["rounding"].end == bars["expected"].end
            assert bars["unexplained"].end == bars["billed"].end


def test_a_criterion_finds_exactly_its_text() -> None:
    assert criterion_of("$A5", "calls-client") == "$A5"
    assert criterion_of("$A5", "*") == '"~*"'
    assert criterion_of("$A5", "x" * 300) == ""
    assert criterion('<>"?') == '"=<>""~?"'
