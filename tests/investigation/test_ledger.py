"""A balance against its ledger: the sum, what counts, the buffer, the staleness, and refused ledgers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from addin.errors import TollsheetError
from addin.investigation.balance import AGREES, BUFFER, MISMATCH, STALE, Balance, Ledger
from addin.reconcile.reconciliation import Reconciliation
from addin.records.ledger_file import (
    CLOSING,
    CREDIT,
    OPENING,
    OTHER,
    STORAGE,
    TOP_UP,
    LedgerRow,
    read_ledger,
    stated,
)
from tests.investigation.months import walked
from tests.reconcile.make import bill, call, card, run, usage

MIDNIGHT = datetime(2026, 10, 1, tzinfo=UTC)


def row(kind: str, amount: str, at: datetime | None = None, currency: str = "") -> LedgerRow:
    return LedgerRow(kind, Decimal(amount), currency, at)


def month() -> Reconciliation:
    """Charged 1.00 in all, 0.50 of it for a call that ends 30 s before midnight; we expect 0.95."""
    late = datetime(2026, 9, 30, 23, 58, 29, tzinfo=UTC)
    log = [call("A", cost=Decimal("0.45")), call("LATE", 61, started_at=late, cost=Decimal("0.50"))]
    billed = [bill("A", cost=Decimal("0.50")), bill("LATE", 61, started_at=late, cost=Decimal("0.50"))]
    return run(log, billed)


def checked(*rows: LedgerRow, result: Reconciliation | None = None, **how: object) -> Balance:
    (balance,) = walked(result or month(), ledger=Ledger(rows, **how)).balances  # type: ignore[arg-type]
    return balance


def test_every_line_has_its_sign() -> None:
    balance = checked(
        row(OPENING, "10"),
        row(TOP_UP, "5"),
        row(TOP_UP, "2.5"),
        row(CREDIT, "0.25"),
        row(STORAGE, "0.0012"),
        row(OTHER, "3"),
        row(CLOSING, "13.7488"),
    )
    assert balance.derived == Fraction("13.7488")
    assert (balance.result, balance.difference) == (AGREES, 0)
    assert [line.kind for line in balance.lines] == [
        *(OPENING, TOP_UP, TOP_UP, CREDIT, "CDR charges", STORAGE, OTHER)
    ]
    assert balance.our_difference == Fraction("-0.05")


@pytest.mark.parametrize(
    ("closing", "buffer", "staleness", "result"),
    [
        ("9", "0", 60, AGREES),
        ("9.01", "0", 29, MISMATCH),
        ("9.01", "0.01", 29, BUFFER),
        ("8.99", "0.01", 29, BUFFER),
        ("8.989", "0.01", 60, MISMATCH),
        ("9.50", "0", 60, STALE),
        ("9.50", "0", 30, MISMATCH),  # it ended exactly 30 s before: the last refresh had it
        ("9.50", "0", 31, STALE),
        ("9.51", "0.01", 60, STALE),
        ("9.511", "0.01", 60, MISMATCH),
        ("8.99", "0", 60, MISMATCH),  # calls not yet in a balance make it higher, never lower
    ],
)
def test_buffer_and_staleness(closing: str, buffer: str, staleness: int, result: str) -> None:
    balance = checked(
        row(OPENING, "10"),
        row(CLOSING, closing, MIDNIGHT),
        buffer=Fraction(buffer),
        staleness=timedelta(seconds=staleness),
    )
    assert balance.result == result


@pytest.mark.parametrize("is_usage", [False, True])
def test_what_we_expect_is_not_known_where_a_call_has_no_rate(is_usage: bool) -> None:
    """Else the balance would seem to agree, or not, with a sum of ours that lacks calls in silence."""
    rates = card({"prefix": "44", "rate": "0.014", "currency": "USD"})
    log = [call("A", to_number="+442079460001"), call("X", 61, to_number="+14155550101")]
    billed = (
        [usage(2, 4, "0.06")]
        if is_usage
        else [bill("A", to_number="+442079460001"), bill("X", 61, to_number="+14155550101")]
    )
    balance = checked(row(OPENING, "9"), row(CLOSING, "8"), result=run(log, billed, rates))
    assert balance.our_charges is None
    assert balance.our_difference is None
    known = checked(row(OPENING, "9"), row(CLOSING, "8"), result=run(log[:1], billed[:1], rates))
    assert known.our_charges == Fraction("0.028")


def test_without_a_time_nothing_is_recent() -> None:
    balance = checked(row(OPENING, "10"), row(CLOSING, "9.50"))
    assert (balance.result, balance.recent_known, balance.recent) == (MISMATCH, False, [])


def test_what_lies_outside_the_two_balances_is_said_and_not_counted() -> None:
    start, end = datetime(2026, 9, 11, tzinfo=UTC), MIDNIGHT
    balance = checked(
        row(OPENING, "10", start),
        row(TOP_UP, "1", datetime(2026, 9, 10, tzinfo=UTC)),
        row(CREDIT, "1", datetime(2026, 10, 2, tzinfo=UTC)),
        row(CLOSING, "9.5", end),
    )
    assert balance.charges == Fraction("0.5"), "call A ended before the opening balance"
    assert balance.result == AGREES
    assert sum("not counted" in line.remark for line in balance.lines) == 3


def test_usage_records_are_charges_too() -> None:
    result = run([call("A", cost=Decimal("0.1"))], [usage(1, "2", "0.1")])
    balance = checked(row(OPENING, "1"), row(CLOSING, "0.9", MIDNIGHT), result=result)
    assert (balance.result, balance.recent_known) == (AGREES, False)


def test_currencies_are_checked_apart() -> None:
    result = run([call("U"), call("E", currency="EUR")], [bill("U"), bill("E", currency="EUR")])
    rows = [row(OPENING, "1", None, "USD"), row(CLOSING, "0.972", None, "USD")]
    rows += [row(OPENING, "2", None, "EUR"), row(CLOSING, "2", None, "EUR")]
    found = walked(result, ledger=Ledger(tuple(rows))).balances
    assert [(one.currency, one.result) for one in found] == [("USD", AGREES), ("EUR", MISMATCH)]


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([row(CLOSING, "1")], "no opening balance"),
        ([row(OPENING, "1")], "no closing balance"),
        ([row(OPENING, "1"), row(OPENING, "1"), row(CLOSING, "1")], "2 opening balance"),
        ([row(OPENING, "1", None, "GBP"), row(CLOSING, "1", None, "GBP")], "is in GBP"),
        ([row(OPENING, "1", MIDNIGHT), row(CLOSING, "1", MIDNIGHT)], "not after the opening"),
    ],
)
def test_a_ledger_that_cannot_be_summed_is_refused(rows: list[LedgerRow], problem: str) -> None:
    with pytest.raises(TollsheetError, match=problem):
        checked(*rows)


def test_a_bill_without_prices_is_no_ledger() -> None:
    result = run([call("A", cost=None, currency="")], [bill("A", cost=None, currency="")], card())
    with pytest.raises(TollsheetError, match="no prices"):
        checked(row(OPENING, "1"), row(CLOSING, "1"), result=result)


def test_a_ledger_file(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    path.write_text(
        "Statement of account\n\nKind,Amount,At,Currency,Reference\nOpening balance,-12.50,2026-09-01,USD,\n"
        "Top-up,100,2026-09-05T10:00:00+02:00,usd,INV 7\ntop up,1,,,\nCLOSING,80,2026-10-01 00:00:00,,\n",
        "utf-8",
    )
    rows, source = read_ledger(path)
    assert [(one.kind, one.amount, one.currency, one.reference) for one in rows] == [
        (OPENING, Decimal("-12.50"), "USD", ""),
        (TOP_UP, Decimal(100), "USD", "INV 7"),
        (TOP_UP, Decimal(1), "", ""),
        (CLOSING, Decimal(80), "", ""),
    ]
    assert rows[1].at == datetime(2026, 9, 5, 8, tzinfo=UTC)
    assert str(rows[1].place) == "ledger.csv:5"
    assert (source.rows, source.format) == (4, "ledger CSV")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("refund,1", "ledger.csv:2: \"kind\" is 'refund': write one of opening, top-up"),
        ("top-up,-1", 'ledger.csv:2: "amount" is -1'),
        ("top-up,", 'ledger.csv:2: "amount" is blank'),
        ("top-up,ten", 'ledger.csv:2: "amount" '),
        ("top-up,#REF!", 'ledger.csv:2: "amount" '),
    ],
)
def test_a_row_that_cannot_be_read_stops_the_ledger(line: str, problem: str, tmp_path: Path) -> None:
    (tmp_path / "ledger.csv").write_text(f"kind,amount\n{line}\n", "utf-8")
    with pytest.raises(TollsheetError, match=problem):
        read_ledger(tmp_path / "ledger.csv")


def test_no_ledger_is_taken_for_one(tmp_path: Path) -> None:
    (tmp_path / "ledger.csv").write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(TollsheetError, match='lacks the columns "kind", "amount"'):
        read_ledger(tmp_path / "ledger.csv")


@pytest.mark.parametrize("text", ["", "ten", "1,5", "5 dollars and 3", "-1"])
def test_a_stated_amount_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(TollsheetError, match="is no credit amount"):
        stated(CREDIT, text)
