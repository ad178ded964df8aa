"""A log in columns gives the same report as the same calls one by one: every figure, sentence and row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.errors import TollsheetError
from addin.reconcile.alike_expectation import expect_alike
from addin.reconcile.alike_lines import AlikeLines
from addin.reconcile.expectation import Rater, expect
from addin.reconcile.lines import EXPECTED, LogLine
from addin.reconcile.log_lines import LogLines
from addin.reconcile.month_end.considerations import talked_for
from addin.reconcile.month_end.earlier_findings import EarlierFinding
from addin.reconcile.period import Days, Month, Period
from addin.reconcile.reconciliation import Question, Reconciliation, reconcile
from addin.records import read_rate_card, read_records
from addin.records.call import Call, Records, UsageRecord
from addin.reports.reconciliation.build import Asked, Inputs, report_of
from addin.reports.reconciliation.data import ReconciliationReport
from tests.reconcile.alike import alike
from tests.reconcile.make import MONTH, START, call, card, source, usage
from udfs.rating.rate_card import RateCard

LOGS = {
    "twilio": ["calls-console.csv"],
    "plivo": ["calls-cdr.csv"],
    "connexcs": ["calls-cdr.csv"],
    "voiso": ["calls-cdr.csv"],
}
EVERY_DAY = [date(2026, 9, day) for day in range(1, 31)]


@pytest.fixture(autouse=True, scope="module")
def small() -> Iterator[None]:
    """Short logs are looked at as long ones are, some rows at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("addin.records.alike.threads.BLOCK", 3)
        yield


class BothRefuse(Exception):
    """There is no answer either way, and the reason is the same."""


def both(
    log: Records, billed: Records, rates: RateCard | None, period: Period = MONTH
) -> tuple[Reconciliation, Reconciliation]:
    """One by one, and in columns."""
    question = Question(period)
    try:
        in_columns = replace(billed, calls=alike(billed.calls)) if billed.calls else billed
        found = reconcile(replace(log, calls=alike(log.calls)), in_columns, question, rates)
    except TollsheetError as error:
        with pytest.raises(TollsheetError, match=f"^{re.escape(str(error))}$"):
            reconcile(log, billed, question, rates)
        raise BothRefuse from error
    assert isinstance(found.log, AlikeLines)
    return reconcile(log, billed, question, rates), found


def reports(
    log: Records,
    billed: Records,
    rates: RateCard | None,
    period: Period = MONTH,
    earlier: tuple[EarlierFinding, ...] = (),
) -> tuple[ReconciliationReport, ReconciliationReport]:
    asked = Asked(rates, earlier=earlier)
    inputs = Inputs(log.sources, billed.sources)
    one, other = (report_of(result, inputs, asked) for result in both(log, billed, rates, period))
    return one, replace(other, calls=tuple(other.calls), billed_calls=tuple(other.billed_calls))


def sums_of(calls: list[Call] | tuple[Call, ...], provider: str) -> Records:
    """A bill by usage records, of which some days are wrong."""
    records = []
    for number, day in enumerate(EVERY_DAY):
        count = sum(one.started_at.date() == day and bool(one.is_billed) for one in calls)
        records.append(
            usage(count + (number == 3), str(count * 2), f"{count * 0.01:.4f}", start_on=day, end_on=day)
        )
    return Records(
        usage=tuple(replace(one, provider=provider) for one in records), sources=(source("bill.csv"),)
    )


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
    _same(one, other)


def test_call_records_are_compared_call_by_call(examples: Path) -> None:
    folder = examples / "plivo"
    log, billed = (read_records([folder / name]) for name in ("calls-cdr.csv", "billed-cdr.csv"))
    one, other = reports(log, billed, read_rate_card(folder / "rates.csv"))
    assert one.mode == "calls"
    _same(one, other)


def test_earlier_findings_find_their_calls() -> None:
    log = Records(calls=tuple(call(f"C{number}") for number in range(5)), sources=(source("log.csv"),))
    earlier = EarlierFinding(Month(2026, 8), "missing-in-log", "C3", None, Fraction(1), "USD", "")
    one, other = reports(log, sums_of(log.calls, "twilio"), None, earlier=(earlier,))
    assert one.followed
    _same(one, other)


def test_copies_of_calls_that_are_alike() -> None:
    log = [call(one, row_values=("same",)) for one in ("C1", "C2", "C3", "C3", "C4", "", "", "C1")]
    one, other = reports(Records(calls=tuple(log)), sums_of(log, "twilio"), CARD)
    assert [row.step for row in one.calls].count("duplicates") == 3
    _same(one, other)


MONTH_END = datetime(2026, 10, 1, tzinfo=UTC)
NUMBERS = ("+447700900123", "+15005550006", "client:alice", "447700900123", "", "+4930123456", "x")
CARD = card(
    {"prefix": "", "rate": "0.014", "currency": "USD", "direction": "inbound"},
    {"prefix": "44", "rate": "0.02", "currency": "USD", "minimum": 30, "increment": 6},
    {"prefix": "4477", "rate": "0.0215", "currency": "USD", "connect_fee": "0.01"},
    {"prefix": "1", "rate": "0.0033", "currency": "EUR"},
)
DATED = card(
    {"prefix": "44", "rate": "0.02", "valid_from": date(2026, 9, 1), "valid_until": date(2026, 9, 10)},
    {"prefix": "44", "rate": "0.03", "valid_from": date(2026, 9, 11), "valid_until": None},
    {"prefix": "", "rate": "0.01", "valid_from": None, "valid_until": None},
)


@st.composite
def logs(draw: st.DrawFn) -> list[Call]:
    """A month of odd calls: copies, credits, other months, unknown statuses, several currencies, accounts."""
    calls = []
    for number in range(draw(st.integers(1, 25))):
        is_billed = draw(st.sampled_from([True, True, True, False, None]))
        calls.append(
            call(
                draw(st.sampled_from([f"C{number}", f"C{number}", f"C{number}", "C1", ""])),
                draw(st.sampled_from([0, 1, 61, 61, 29.5, 3600])),
                from_number=draw(st.sampled_from(NUMBERS)),
                to_number=draw(st.sampled_from(NUMBERS)),
                direction=draw(st.sampled_from(["outbound", "inbound", ""])),
                category=draw(st.sampled_from(["calls", "calls", "calls-client"])),
                status="completed" if is_billed else draw(st.sampled_from(["busy", "odd"])),
                is_billed=is_billed,
                started_at=START
                + timedelta(
                    days=draw(st.integers(-11, 22)),
                    seconds=draw(st.sampled_from([0, 0, 1, 43_199, 43_200, 40_000.25])),
                ),
                cost=draw(
                    st.sampled_from(
                        [None, Decimal("0.014"), Decimal("0.03915"), Decimal(0), Decimal("-0.014")]
                    )
                ),
                currency=draw(st.sampled_from(["USD", "USD", "USD", "", "EUR"])),
                account=draw(st.sampled_from(["", "A", "A", "B"])),
                offset_s=draw(st.sampled_from([0, 0, -14_400, 19_800])),
                row_values=draw(st.sampled_from([("one",), (f"{number}",)])),
                billed_ms=draw(st.sampled_from([None, None, 60_000])),
            )
        )
    for number in range(draw(st.integers(0, 12))):  # else alike, and on another day
        one = draw(st.sampled_from(calls))
        moved = one.started_at + timedelta(days=draw(st.integers(-9, 9)), seconds=draw(st.integers(0, 9)))
        numbers = {"to_number": draw(st.sampled_from(NUMBERS)), "from_number": draw(st.sampled_from(NUMBERS))}
        calls.append(replace(one, call_id=f"again {number}", started_at=moved, **numbers))
    if not any(one.started_at.month == 9 for one in calls):
        calls.append(call("in the month"))
    return calls


@st.composite
def bills(draw: st.DrawFn) -> list[UsageRecord]:
    """Usage by day and by month, of one or several categories, currencies and accounts."""
    records = []
    for category in draw(st.sampled_from([["calls"], ["calls", "calls-client"], ["calls-inbound"]])):
        account = draw(st.sampled_from(["", "A"]))
        for day in draw(st.sampled_from([[], EVERY_DAY[:20], EVERY_DAY])):
            records.append(usage(1, "2", "0.03", category, start_on=day, end_on=day, account=account))
        if not records or draw(st.booleans()):
            records.append(usage(12, "20", draw(st.sampled_from(["0.3", None])), category, account=account))
    return records


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
        _same(*reports(ours, theirs, rates, period))


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
    _same(one, other)


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
    _same(one, other)


@pytest.mark.parametrize("direction", ["outbound", "inbound", ""])
@pytest.mark.parametrize("numbers", [("+1002", "1e10"), ("1e10", "+1002"), ("1x10", "1e10")])
def test_a_number_that_has_lost_its_digits_has_no_rate(numbers: tuple[str, str], direction: str) -> None:
    log = [call(each, direction=direction, from_number=each, to_number=each) for each in numbers]
    ours = Records(calls=tuple(log), sources=(source("log.csv"),))
    one, other = reports(ours, sums_of(log, "twilio"), card({"prefix": "1", "rate": "0.02"}))
    assert {row.step for row in one.calls} == {"expected", "unrated"}
    _same(one, other)


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
    _same(one, other)


@pytest.mark.parametrize("numbers", [("sip:a", "sip:a"), ("+sip:a", "sip:a"), ("+44", "44"), ("+4 4", "44")])
def test_one_number_however_it_is_written(numbers: tuple[str, str]) -> None:
    rates = card({"prefix": "sip", "rate": "1", "direction": "outbound"}, {"prefix": "", "rate": "2"})
    log = [call(f"C{at}", direction="", from_number=numbers[0], to_number=numbers[1]) for at in range(3)]
    _same(*reports(Records(calls=tuple(log)), sums_of(log, "twilio"), rates))


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
    _same(one, other)


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
    return [replace(line.call, row_values=()) for line in lines]


def _same(one: ReconciliationReport, other: ReconciliationReport) -> None:
    for each in fields(one):
        ours, theirs = getattr(one, each.name), getattr(other, each.name)
        assert ours == theirs, each.name


@st.composite
def call_records(draw: st.DrawFn, log: list[Call]) -> list[Call]:
    """What a provider has of it: most as it is, some otherwise, twice, credited, elsewhere or not at all."""
    found = []
    for number, one in enumerate(log):
        record = replace(
            one,
            place=replace(one.place, file="bill.csv", row=number + 2),
            updated_at=None,
            is_billed=draw(st.sampled_from([one.is_billed, one.is_billed, True, False, None])),
            cost=draw(st.sampled_from([one.cost, one.cost, Decimal("0.014"), Decimal("0.02"), None])),
            category=draw(st.sampled_from([one.category, one.category, "calls-inbound"])),
            currency=draw(st.sampled_from([one.currency, one.currency, "USD", ""])),
            billed_ms=draw(st.sampled_from([None, 60_000, 120_000])),
            started_at=one.started_at
            + timedelta(seconds=draw(st.sampled_from([0, 0, 0, 1, -30, 70, 3600, 86_400]))),
        )
        changed = draw(
            st.sampled_from(["", "", "", "", "", "gone", "id", "no id", "twice", "credit", "alone"])
        )
        if changed == "id":
            record = replace(record, call_id=f"other {number}")
        elif changed == "no id":
            record = replace(record, call_id="")
        elif changed == "alone":
            record = replace(record, cost=Decimal("-0.014"))
        if changed != "gone":
            found.append(record)
        if changed in ("twice", "credit"):
            cost = (
                Decimal("-0.014")
                if changed == "credit"
                else draw(st.sampled_from([one.cost, Decimal("0.03")]))
            )
            found.append(replace(record, cost=cost, place=replace(record.place, row=number + 500)))
    return draw(st.permutations(found)) if draw(st.booleans()) else found


@settings(max_examples=400)
@given(
    st.data(), logs(), st.sampled_from([None, CARD, DATED]), st.sampled_from([None, usage(12, "20", "0.3")])
)
def test_any_month_against_call_records(
    data: st.DataObject, log: list[Call], rates: RateCard | None, total: UsageRecord | None
) -> None:
    billed = data.draw(call_records(log))
    ours = Records(calls=tuple(log), sources=(source("log.csv"),))
    theirs = Records(calls=tuple(billed), usage=(total,) if total else (), sources=(source("bill.csv"),))
    with suppress(BothRefuse):
        _same(*reports(ours, theirs, rates))
