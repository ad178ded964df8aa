"""What of the bill counts between two balances: whole days of usage, calls by their end, entries by their
time; and what nobody can tell is said with its bounds, never as a mismatch."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import Workbook

from addin.errors import TollsheetError
from addin.investigation.balance import AGREES, BUFFER, MISMATCH, OPEN, Balance, Ledger
from addin.investigation.given_ledger import (
    CLOSING_AT,
    LEDGER_FILE,
    GivenLedger,
    ledger_of,
)
from addin.reconcile.reconciliation import Reconciliation
from addin.records.call import UsageRecord
from addin.records.ledger_file import CLOSING, CREDIT, OPENING, TOP_UP, LedgerRow, read_ledger
from addin.reports.investigation.ledger import sentence
from tests.investigation.months import walked
from tests.reconcile.make import bill, call, run, usage


def at(day: int, hour: int = 0, minute: int = 0, second: int = 0, *, month: int = 9) -> datetime:
    return datetime(2026, month, day, hour, minute, second, tzinfo=UTC)


def row(kind: str, amount: str, moment: datetime | None = None, *, of_day: bool = False) -> LedgerRow:
    until = moment + timedelta(days=1) if of_day and moment else None
    return LedgerRow(kind, Decimal(amount), "USD", moment, until=until)


def day_of(number: int, cost: str | None, last: int | None = None, **more: object) -> UsageRecord:
    first, end = date(2026, 9, number), date(2026, 9, last or number)
    return usage(1, "2", cost, start_on=first, end_on=end, **more)


def september(*extra: UsageRecord) -> Reconciliation:
    """Every day of September costs as many cents as its number: 4.65 in all."""
    days = [day_of(n, str(Decimal(n) / 100)) for n in range(1, 31)]
    return run([call("A", cost=Decimal("0.1"))], [*days, *extra])


def checked(result: Reconciliation, *rows: LedgerRow) -> Balance:
    (balance,) = walked(result, ledger=Ledger(rows)).balances
    return balance


def cents(first: int, last: int) -> Fraction:
    return Fraction(sum(range(first, last + 1)), 100)


def test_of_usage_only_the_days_between_the_balances_are_charged() -> None:
    balance = checked(september(), row(OPENING, "10", at(5)), row(CLOSING, "9.44", at(12)))
    assert (balance.charges, balance.result) == (cents(5, 11), AGREES)
    others = [line for line in balance.lines if "not counted" in line.remark]
    assert [line.amount for line in others] == [cents(1, 30) - cents(5, 11)]
    assert balance.our_charges == Fraction("0.1"), "call A is of the 10th"


def test_our_charges_are_those_of_the_same_days() -> None:
    balance = checked(september(), row(OPENING, "10", at(11)), row(CLOSING, "9", at(12)))
    assert (balance.charges, balance.our_charges) == (Fraction("0.11"), 0)


@pytest.mark.parametrize(
    ("closing", "result"),
    [("9.31", MISMATCH), ("9.32", OPEN), ("9.40", OPEN), ("9.44", OPEN), ("9.45", MISMATCH)],
)
def test_a_day_with_a_balance_in_its_middle_is_a_range(closing: str, result: str) -> None:
    """From the 5th to noon of the 12th: the days 5 to 11 come to 0.56, and the 12th to 0.12."""
    balance = checked(september(), row(OPENING, "10", at(5)), row(CLOSING, closing, at(12, 12)))
    low = Fraction(closing) - (10 - cents(5, 11))
    assert (balance.lowest, balance.highest) == (low, low + Fraction("0.12"))
    assert (balance.result, balance.our_difference) == (result, None)


def test_the_sentence_names_the_day_its_amount_and_the_bounds() -> None:
    balance = checked(september(), row(OPENING, "10", at(5)), row(CLOSING, "9.40", at(12, 12)))
    assert balance.result == OPEN
    assert sentence(balance) == (
        "Stated 9.4 USD, derived from the ledger 9.44 USD. Whether they agree cannot be told. The usage of "
        "2026-09-12 cannot be split by time, 0.12 USD: the difference lies between -0.04 USD and +0.08 USD. "
        "Give balances of midnight UTC between these days, or the bill's call records."
    )
    far = checked(september(), row(OPENING, "10", at(5)), row(CLOSING, "9", at(12, 12)))
    assert far.result == MISMATCH
    assert "the mismatch lies between -0.44 USD and -0.32 USD" in sentence(far)


@pytest.mark.parametrize(
    "moment", [at(11, 23, 59), at(11, 23, 59, 59), at(12), at(12, 0, 0, 5), at(12, 0, 1)]
)
def test_a_balance_of_about_midnight_splits_no_day(moment: datetime) -> None:
    balance = checked(september(), row(OPENING, "10", at(5)), row(CLOSING, "9.44", moment))
    assert (balance.result, balance.is_range) == (AGREES, False)


def test_a_record_of_several_days_with_the_balance_within_it_is_a_range() -> None:
    weeks = [day_of(n, "0.70", n + 6) for n in (1, 8, 15)] + [day_of(22, "0.90", 30)]
    result = run([call("A", cost=Decimal("0.1"))], weeks)
    balance = checked(result, row(OPENING, "10", at(8)), row(CLOSING, "9", at(17)))
    assert balance.charges == Fraction("0.7")
    assert (balance.lowest, balance.highest) == (Fraction("-0.3"), Fraction("0.4"))
    assert "the usage of 2026-09-15 to 2026-09-21" in balance.lines[2].why


def test_the_month_s_record_beside_its_days_is_not_charged_for_a_shorter_span() -> None:
    balance = checked(
        september(usage(30, "60", "4.65")), row(OPENING, "10", at(5)), row(CLOSING, "9.44", at(12))
    )
    assert (balance.charges, balance.result) == (cents(5, 11), AGREES)


def test_what_the_month_s_record_has_above_its_days_may_be_of_any_day_they_leave_out() -> None:
    days = [day_of(n, "0.10") for n in range(1, 11)]
    result = run([call("A", cost=Decimal("0.1"))], [*days, usage(30, "60", "4.00")])
    inside = checked(result, row(OPENING, "10", at(1)), row(CLOSING, "9", at(11)))
    assert (inside.charges, inside.result) == (1, AGREES)
    reaching = checked(result, row(OPENING, "10", at(1)), row(CLOSING, "9", at(12)))
    assert (reaching.result, reaching.lowest, reaching.highest) == (OPEN, 0, 3)


def test_only_a_month_s_record_for_a_part_of_it_is_a_range() -> None:
    result = run([call("A", cost=Decimal("0.1"))], [usage(1, "2", "0.1")])
    balance = checked(result, row(OPENING, "1", at(5)), row(CLOSING, "0.95", at(12)))
    assert (balance.result, balance.lowest, balance.highest) == (OPEN, Fraction("-0.05"), Fraction("0.05"))


def test_credits_in_usage_widen_the_range_the_other_way() -> None:
    result = run([call("A", cost=Decimal("0.1"))], [day_of(11, "0.50"), day_of(12, "-0.20")])
    balance = checked(result, row(OPENING, "1", at(11)), row(CLOSING, "0.6", at(12, 6)))
    assert (balance.result, balance.lowest, balance.highest) == (OPEN, Fraction("-0.1"), Fraction("0.1"))


def test_balances_beyond_the_period_are_no_mismatch() -> None:
    balance = checked(september(), row(OPENING, "10", at(1)), row(CLOSING, "5", at(2, month=10)))
    assert balance.result == OPEN
    assert "reach beyond 2026-09" in sentence(balance)
    assert sentence(balance).endswith("Investigate the days 2026-09-01 to 2026-10-01.")
    agrees = checked(september(), row(OPENING, "10", at(1)), row(CLOSING, "5.35", at(2, month=10)))
    assert agrees.result == AGREES
    assert "they agree. As far as is known: the balances reach beyond 2026-09" in sentence(agrees)


def test_usage_without_a_price_is_not_read_as_nothing() -> None:
    result = run([call("A", cost=Decimal("0.1"))], [day_of(11, "0.50"), day_of(12, None)])
    balance = checked(result, row(OPENING, "1"), row(CLOSING, "0.4"))
    assert balance.result == OPEN
    assert "1 charged record between the balances without a price" in sentence(balance)


@pytest.mark.parametrize(
    ("closing", "buffer", "result"), [("0.5", 0, AGREES), ("0.4", Fraction(1, 10), BUFFER)]
)
def test_a_charge_without_a_price_is_said_where_the_balance_agrees(
    closing: str, buffer: Fraction, result: str
) -> None:
    bill = run([call("A", cost=Decimal("0.1"))], [day_of(11, "0.50"), day_of(12, None)])
    rows = (row(OPENING, "1"), row(CLOSING, closing))
    (balance,) = walked(bill, ledger=Ledger(rows, Fraction(buffer))).balances
    assert balance.result == result
    assert sentence(balance).endswith(
        "As far as is known: 1 charged record between the balances without a price."
    )


def test_a_call_that_starts_before_the_period_and_ends_after_the_opening_balance_is_charged() -> None:
    before = datetime(2026, 8, 31, 23, 59, tzinfo=UTC)
    billed = [bill("A"), bill("EVE", 120, started_at=before, cost=Decimal("0.5"))]
    result = run([call("A")], billed)
    balance = checked(result, row(OPENING, "10", at(1)), row(CLOSING, "9.472", at(1, month=10)))
    assert (balance.result, balance.charges) == (AGREES, Fraction("0.528"))
    assert "1 call of them from outside the period" in balance.lines[1].remark
    without = checked(result, row(OPENING, "10"), row(CLOSING, "9.972"))
    assert (without.result, without.charges) == (AGREES, Fraction("0.028"))


def test_credits_of_the_bill_for_earlier_calls_are_said_and_not_counted() -> None:
    before = datetime(2026, 8, 20, tzinfo=UTC)
    billed = [bill("A"), bill("OLD", 0, started_at=before, cost=Decimal("-0.5"))]
    balance = checked(run([call("A")], billed), row(OPENING, "10"), row(CLOSING, "9.972"))
    assert balance.result == AGREES
    (line,) = [line for line in balance.lines if "state as credits" in line.remark]
    assert (line.amount, line.signed) == (Fraction("-0.5"), 0)


def test_a_charged_call_without_a_price_is_no_mismatch() -> None:
    billed = [bill("A"), bill("P", cost=None)]
    balance = checked(run([call("A"), call("P")], billed), row(OPENING, "10"), row(CLOSING, "9.9"))
    assert balance.result == OPEN
    assert "1 charged record between the balances without a price" in sentence(balance)


def test_days_without_a_time_are_those_of_the_period() -> None:
    """An opening balance of 31 August or 1 September, a closing one of 30 September or 1 October: all the
    month; and a top-up of the opening's own day counts."""
    for opening in (at(31, month=8), at(1)):
        for closing in (at(30), at(1, month=10)):
            balance = checked(
                september(),
                row(OPENING, "10", opening, of_day=True),
                row(TOP_UP, "1", at(1), of_day=True),
                row(CREDIT, "2", at(30), of_day=True),
                row(CLOSING, "8.35", closing, of_day=True),
            )
            assert (balance.result, balance.charges) == (AGREES, cents(1, 30))
            assert "taken as its" in balance.lines[0].remark
            assert "taken as its" in balance.closing_remark


def test_an_entry_of_the_day_in_which_a_balance_lies_may_count() -> None:
    balance = checked(
        run([call("A")], [bill("A")]),
        row(OPENING, "10", at(5, 12)),
        row(TOP_UP, "1", at(5), of_day=True),
        row(CLOSING, "10.972", at(1, month=10)),
    )
    assert (balance.result, balance.lowest, balance.highest) == (OPEN, 0, 1)
    assert "the top-up of 2026-09-05 has no time of day, 1 USD" in sentence(balance).replace("The", "the", 2)


def test_an_entry_beyond_the_period_beside_a_balance_without_a_time_may_count() -> None:
    balance = checked(
        run([call("A")], [bill("A")]),
        row(OPENING, "10"),
        row(TOP_UP, "1", at(20, month=8)),
        row(CLOSING, "9.972"),
    )
    assert (balance.result, balance.lowest, balance.highest) == (OPEN, -1, 0)
    assert "the opening balance has no time" in sentence(balance)


def test_a_ledger_file_in_its_zone(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    path.write_text(
        "kind,amount,at\nopening,10,2026-08-31 20:00\ntop-up,1,2026-10-25\nclosing,9,2026-09-30\n", "utf-8"
    )
    rows, source = read_ledger(path, "America/New_York")
    assert source.zone == "America/New_York"
    assert [one.at for one in rows] == [at(1), at(25, 4, month=10), at(30, 4)]
    assert [one.until for one in rows] == [None, at(26, 4, month=10), at(1, 4, month=10)]
    berlin, _ = read_ledger(path, "Europe/Berlin")
    assert berlin[1].until == at(25, 23, month=10), "a day of 25 hours"


def test_a_day_in_a_workbook_s_cell_is_a_day(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    for line in (("kind", "amount", "at"), ("opening", 10, datetime(2026, 9, 1)), ("closing", 9, at(30))):
        moment = line[2].replace(tzinfo=None) if isinstance(line[2], datetime) else line[2]
        book.active.append([line[0], line[1], moment])
    book.active.append(["top-up", 1, datetime(2026, 9, 5, 9, 30)])
    book.save(tmp_path / "ledger.xlsx")
    rows, _ = read_ledger(tmp_path / "ledger.xlsx")
    assert [one.until for one in rows] == [at(2), at(1, month=10), None]


def refuse(which: str, problem: str, remedy: str) -> TollsheetError:
    return TollsheetError(f"{which}: {problem}", remedy)


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        (GivenLedger(Path("a.csv"), {OPENING: "1"}), f"^{LEDGER_FILE}: The ledger is given as a file and"),
        (GivenLedger(Path("a.csv"), {}, "2026-10-01"), f"^{LEDGER_FILE}: The ledger is given as a file and"),
        (GivenLedger(None, {}, "2026-10-01"), f"^{CLOSING_AT}: The closing balance has a time and no amount"),
        (GivenLedger(None, {OPENING: "1"}, "2026-10-01"), f"^{CLOSING_AT}: The closing balance has a time"),
        (GivenLedger(None, {CLOSING: "1"}, "soon"), f"^{CLOSING_AT}: 'soon' is not a moment"),
        (GivenLedger(None, {CREDIT: "-1"}), f"^{CREDIT}: '-1' is no credit amount"),
    ],
)
def test_what_is_given_is_refused_by_its_name(given: GivenLedger, problem: str) -> None:
    with pytest.raises(TollsheetError, match=problem):
        ledger_of(given, refuse)


def test_a_closing_balance_of_a_day_is_of_all_that_day() -> None:
    given = GivenLedger(None, {OPENING: "1", CLOSING: "1"}, "2026-09-30")
    ledger, _ = ledger_of(given, refuse)
    assert ledger is not None
    assert [one.until for one in ledger.rows] == [None, at(1, month=10)]
    exact, _ = ledger_of(replace(given, closing_at="2026-09-30 00:00"), refuse)
    assert exact is not None
    assert [one.until for one in exact.rows] == [None, None]
