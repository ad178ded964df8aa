"""A log in columns gives the same report as the same calls one by one: every figure, sentence and row."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.reconcile.alike_expectation import expect_alike
from addin.reconcile.expectation import Rater, expect
from addin.reconcile.lines import EXPECTED, LogLine
from addin.reconcile.log_lines import LogLines
from addin.reconcile.month_end.considerations import talked_for
from addin.reconcile.month_end.earlier_findings import EarlierFinding
from addin.reconcile.period import Days, Month, Period
from addin.reconcile.reconciliation import Question
from addin.records import read_rate_card, read_records
from addin.records.call import Call, Records, UsageRecord
from tests.reconcile.alike import alike
from tests.reconcile.both_ways import BothRefuse, both, reports, same
from tests.reconcile.make import MONTH, START, call, card, source
from tests.reconcile.odd_months import CARD, DATED, EVERY_DAY, MONTH_END, NUMBERS, bills, logs, sums_of
from udfs.rating.rate_card import RateCard

LOGS = {
    "twilio": ["calls-console.csv"],
    "plivo": ["calls-cdr.csv"],
    "connexcs": ["calls-cdr.csv"],
    "voiso": ["calls-cdr.csv"],
}

pytestmark = pytest.mark.usefixtures("in_small_blocks")


@pytest.mark.parametrize("provider", LOGS)
@pytest.mark.parametrize("rated", [False, True])
def test_the_example_months(examples: Path, provider: str, rated: bool) -> None:
    folder = examples / provider
    log = read_records([folder / name for name in LOGS[provider]])
    billed = sums_of(log.calls, provider)
    if provider == "twilio":
        billed = read_records([folder / "usage-monthly.csv", folder / "usage-daily.json"])
    one, other = reports(log, billed, read_rate_card(folder / "rates.csv") if rated else None)
    assert len(one.findings) > 1
    same(one, other)


def test_earlier_findings_find_their_calls() -> None:
    log = Records(calls=tuple(call(f"C{number}") for number in range(5)), sources=(source("log.csv"),))
    earlier = EarlierFinding(Month(2026, 8), "missing-in-log", "C3", None, Fraction(1), "USD", "")
    one, other = reports(log, sums_of(log.calls, "twilio"), None, earlier=(earlier,))
    assert one.followed
    same(one, other)


def test_copies_of_calls_that_are_alike() -> None:
    log = [call(one, row_values=("same",)) for one in ("C1", "C2", "C3", "C3", "C4", "", "", "C1")]
    one, other = reports(Records(calls=tuple(log)), sums_of(log, "twilio"), CARD)
    assert [row.step for row in one.calls].count("duplicates") == 3
    same(one, other)


@settings(max_examples=300)
@given(
    logs(),
    bills(),
    st.sampled_from([None, CARD, DATED]),
    st.sampled_from([MONTH, Days(EVERY_DAY[3], EVERY_DAY[20])]),
)
def test_any_month(
    log: list[Call], billed: list[UsageRecord], rates: RateCard | None, period: Period
) -> None:
    ours = Records(calls=tuple(log), sources=(source("log.csv"),))
    theirs = Records(usage=tuple(billed), sources=(source("bill.csv"),))
    with suppress(BothRefuse):
        same(*reports(ours, theirs, rates, Question(period)))


@pytest.mark.parametrize("rates", [CARD, DATED, card({"prefix": "4477", "rate": "0.02"})])
@pytest.mark.parametrize("direction", ["outbound", "inbound", ""])
def test_the_numbers_of_calls_that_are_else_alike_decide_their_rate(rates: RateCard, direction: str) -> None:
    log = [
        call(f"{one} {other}", direction=direction, from_number=one, to_number=other)
        for one in NUMBERS
        for other in NUMBERS
    ]
    ours = Records(calls=tuple(log), sources=(source("log.csv"),))
    one, other = reports(ours, sums_of(log, "twilio"), rates)
    assert len({row.rate_row for row in one.calls}) > 1
    same(one, other)


@pytest.mark.parametrize(
    "numbers",
    [
        [("+15005550001", "+15005550002"), ("+15005550001", "+15005550001")],
        [("+15005550001", "+1 500 555-0002"), ("+15005550001", "+1 500 555-0001")],
        [("client:alice", "client:bob"), ("client:alice", "Client:Alice")],
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_a_call_of_a_number_to_itself_may_have_another_rate(
    numbers: list[tuple[str, str]], turned: bool
) -> None:
    rates = card(
        *({"prefix": each, "rate": "0.014", "direction": "inbound"} for each in ("", "1")),
        *({"prefix": each, "rate": "0.02", "direction": ""} for each in ("1500", "client:")),
    )
    log = [
        call(f"C{at}", direction="", from_number=one, to_number=other)
        for at, (one, other) in enumerate(reversed(numbers) if turned else numbers)
    ]
    ours = Records(calls=tuple(log), sources=(source("log.csv"),))
    one, other = reports(ours, sums_of(log, "twilio"), rates)
    assert {row.step for row in one.calls} == {"expected", "unrated"}
    same(one, other)


@pytest.mark.parametrize("direction", ["outbound", "inbound", ""])
@pytest.mark.parametrize("numbers", [("+1002", "1e10"), ("1e10", "+1002"), ("1x10", "1e10")])
def test_a_number_that_has_lost_its_digits_has_no_rate(numbers: tuple[str, str], direction: str) -> None:
    log = [call(each, direction=direction, from_number=each, to_number=each) for each in numbers]
    ours = Records(calls=tuple(log), sources=(source("log.csv"),))
    one, other = reports(ours, sums_of(log, "twilio"), card({"prefix": "1", "rate": "0.02"}))
    assert {row.step for row in one.calls} == {"expected", "unrated"}
    same(one, other)


def test_numbers_that_have_lost_their_digits_are_looked_up_by_their_beginning() -> None:
    """Where the direction is not known, the calling one is: each by itself."""
    rates = card(
        {"prefix": "448", "rate": "2", "direction": "inbound"},
        {"prefix": "331", "rate": "3", "direction": "inbound"},
        {"prefix": "99", "rate": "5", "direction": "outbound"},
    )
    written = ("4.48E+11", "3.31E+10", "4.4E+11", "5.0E+11", "4.48E+12")
    log = [
        call(f"C{number}", direction="", from_number=one, to_number="15005550002")
        for number, one in enumerate(written)
    ]
    one, other = reports(Records(calls=tuple(log)), sums_of(log, "twilio"), rates)
    assert [row.rate for row in one.calls] == [2, 3, None, None, 2]
    same(one, other)


@pytest.mark.parametrize("numbers", [("sip:a", "sip:a"), ("+sip:a", "sip:a"), ("+44", "44"), ("+4 4", "44")])
def test_one_number_however_it_is_written(numbers: tuple[str, str]) -> None:
    rates = card({"prefix": "sip", "rate": "1", "direction": "outbound"}, {"prefix": "", "rate": "2"})
    log = [call(f"C{at}", direction="", from_number=numbers[0], to_number=numbers[1]) for at in range(3)]
    same(*reports(Records(calls=tuple(log)), sums_of(log, "twilio"), rates))


@pytest.mark.parametrize("first", [0, 1, 2])
def test_the_end_and_the_clock_are_each_call_s_own(first: int) -> None:
    starts = [
        MONTH_END - timedelta(seconds=30),
        MONTH_END - timedelta(days=9),
        MONTH_END - timedelta(hours=1),
    ]
    order = [starts[first], *starts]
    log = [call(f"C{number}", started_at=at, offset_s=19_800) for number, at in enumerate(order)]
    one, other = reports(
        Records(calls=tuple(log), sources=(source("log.csv"),)), sums_of(log, "twilio"), None
    )
    assert {(row.ended_at is None, row.shown_at is None) for row in one.calls} == {
        (False, False),
        (True, True),
        (True, False),
    }
    same(one, other)


def test_sums_that_do_not_fit_into_64_bits_are_exact() -> None:
    long = [call(f"C{number}", 10**9, cost=Decimal("12345678901234567890.123456789")) for number in range(40)]
    log = Records(calls=tuple(long), sources=(source("log.csv"),))
    one, other = both(log, sums_of(long, "twilio"), None)
    assert one.log.by_day(lambda line: line.unit) == other.log.by_day(lambda line: line.unit)
    assert other.log.select(lambda line: line.step == EXPECTED).total().cost == 40 * Fraction(
        "12345678901234567890.123456789"
    )


SELECTIONS: dict[str, Callable[[LogLines], LogLines]] = {
    "all": lambda lines: lines,
    "a kind": lambda lines: lines.select(lambda line: line.step == EXPECTED),
    "a week": lambda lines: lines.select(since=START, before=START + timedelta(days=7)),
    "a kind of a week": lambda lines: lines.select(lambda line: line.step == EXPECTED, since=START),
    "a kind, then a week": lambda lines: lines.select(lambda line: bool(line.call.is_billed)).select(
        before=START + timedelta(days=2)
    ),
    "a week, then a kind": lambda lines: lines.select(before=START).select(
        lambda line: line.call.category == "calls"
    ),
    "by their ends": lambda lines: lines.select(since=START + timedelta(minutes=1), moved=talked_for),
    "none": lambda lines: lines.select(lambda line: False),
    "none by time": lambda lines: lines.select(before=START - timedelta(days=99)),
}


@settings(max_examples=60)
@given(logs(), st.booleans(), st.booleans())
def test_every_question_is_answered_alike(log: list[Call], asked_before: bool, rows_first: bool) -> None:
    for name, select in SELECTIONS.items():
        each, columns = (
            expected(calls, MONTH, Rater(CARD))
            for calls, expected in ((tuple(log), expect), (alike(log), expect_alike))
        )
        if asked_before:
            assert each.days() == columns.days()
            assert len(columns[:]) == len(log)
        _answers_alike(name, select(each), select(columns), rows_first=rows_first)


def _answers_alike(name: str, one: LogLines, other: LogLines, *, rows_first: bool) -> None:
    assert len(one) == len(other), name
    if rows_first:
        assert _calls(one) == _calls(other), name
        assert _calls(one[1:3]) == _calls(other[1:3]), name
    assert one.total() == other.total(), name
    assert one.days() == other.days(), name
    assert one.slots() == other.slots(), name
    assert one.ends() == other.ends(), name
    assert one.longest_pause() == other.longest_pause(), name
    assert one.all_at_midnight() == other.all_at_midnight(), name
    assert one.by_day(lambda line: line.step) == other.by_day(lambda line: line.step), name
    assert _calls(one.with_ids({"C1", ""})) == _calls(other.with_ids({"C1", ""})), name
    assert _calls(one) == _calls(other), name


def _calls(lines: Iterable[LogLine]) -> list[Call]:
    """A line of several tells of each call all but what only a copy is told by."""
    return [replace(line.call, row_values=(), updated_at=None) for line in lines]
