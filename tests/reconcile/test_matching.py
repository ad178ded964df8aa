"""Which record of the bill is which call of the log."""

from __future__ import annotations

from fractions import Fraction

from addin.reconcile.lines import BillLine, LogLine
from addin.reconcile.matching import match
from tests.reconcile.make import bill, call, later
from udfs.rating.cost import Terms

TERMS = Terms(rate=Fraction(0))


def pairs(log: list, records: list) -> list[tuple[str, str]]:
    """(log id, bill id) of each pair that is found."""
    log_lines, bill_lines = [LogLine(one, TERMS) for one in log], [BillLine(one) for one in records]
    found = match(log_lines, bill_lines)
    assert len({id(line) for pair in found for line in pair}) == 2 * len(found)
    return sorted((line.call.call_id, record.call.call_id) for line, record in found)


def test_by_id_whatever_else_differs():
    assert pairs([call("C1", 10)], [bill("C1", 500, started_at=later(9000), to_number="+49302312500")]) == [
        ("C1", "C1")
    ]


def test_by_numbers_and_start_where_ids_are_of_two_systems():
    assert pairs([call("A", 10)], [bill("B", 10, started_at=later(60))]) == [("A", "B")]
    assert pairs([call("A", 10)], [bill("B", 10, started_at=later(60.001))]) == []
    assert pairs([call("A", 10)], [bill("B", 10, to_number="+447700900999")]) == []


def test_numbers_are_compared_without_punctuation():
    spaced = bill("B", 10, from_number="1 500 555 0006", to_number="(44) 7700-900123")
    assert pairs([call("A", 10)], [spaced]) == [("A", "B")]


def test_nearest_first_and_one_to_one():
    log = [call("A1", 10), call("A2", 10, started_at=later(40))]
    records = [bill("B1", 10, started_at=later(35)), bill("B2", 10, started_at=later(55))]
    assert pairs(log, records) == [("A1", "B2"), ("A2", "B1")]


def test_a_redial_is_another_call_where_other_ids_agree():
    log = [call("C1", 10), call("C2", 10, started_at=later(20))]
    assert pairs(log, [bill("C1", 10), bill("C3", 10, started_at=later(40))]) == [("C1", "C1")]


def test_equal_distance_is_decided_by_duration():
    records = [bill("B1", 90, started_at=later(5)), bill("B2", 10, started_at=later(-5))]
    assert pairs([call("A", 11)], records) == [("A", "B2")]
