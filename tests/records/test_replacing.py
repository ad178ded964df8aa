"""Copies with other values, made in thousands: they are what `dataclasses.replace` makes."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from fractions import Fraction

import pytest

from addin.reconcile.lines import LogLine
from addin.records.call import Call, Place
from addin.records.replacing import replacing
from tests.reconcile.make import call
from udfs.rating.cost import Terms

OTHER = datetime(2026, 9, 30, 23, 59, 59, tzinfo=UTC)


def test_a_call_is_replaced_field_by_field() -> None:
    names = ("place", "call_id", "from_number", "to_number", "started_at")
    values = (Place("b.csv", 7), "other", "+1", "+2", OTHER)
    one = call("C1", 80)
    assert replacing(Call, *names)(one, *values) == replace(one, **dict(zip(names, values, strict=True)))


def test_a_line_keeps_all_that_is_not_replaced() -> None:
    line = LogLine(call("C1", 80), Terms(Fraction(1, 100)), outcome="matched", unit="calls", currency="USD")
    other = call("C2", 9)
    made = replacing(LogLine, "call", "rate_problem")(line, other, "no rate")
    expected = replace(line, call=other, rate_problem="no rate")
    for one in fields(LogLine):
        assert getattr(made, one.name) == getattr(expected, one.name), one.name


@dataclass
class _Made:
    one: int
    two: int = field(default=2, init=False)


@dataclass(kw_only=True)
class _Named:
    one: int
    two: int


@dataclass(slots=True)
class _Checked:
    one: int
    two: int = 2

    def __post_init__(self) -> None:
        self.two = self.one


@dataclass
class _WithoutSlots:
    one: int
    two: int = 2


@pytest.mark.parametrize("kind", [_Made, _Named, _Checked, _WithoutSlots])
def test_what_cannot_be_made_of_its_fields_in_order_is_refused(kind: type) -> None:
    with pytest.raises(TypeError, match=kind.__name__):
        replacing(kind, "one")


def test_too_few_values_are_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        replacing(Place, "row")(Place("a.csv", 1))


@dataclass(slots=True)
class _Base:
    one: int
    two: int


@dataclass(slots=True)
class _Derived(_Base):
    three: int = 3


def test_what_inherits_is_refused() -> None:
    with pytest.raises(TypeError, match="_Derived"):
        replacing(_Derived, "one")
