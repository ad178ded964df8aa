"""Reports to be shown: small months that hold everything a workbook may have to say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from addin.reconcile.measure import Tolerance
from addin.reconcile.month_end.earlier_findings import EarlierFinding
from addin.reconcile.month_end.invoice import GivenLine, Invoice
from addin.reconcile.period import Month
from addin.records.call import Call, Place, SourceFile, Unreadable, UsageRecord
from addin.reports.reconciliation.build import Asked, Inputs, report_of
from addin.reports.reconciliation.data import ReconciliationReport
from tests.reconcile.make import START, bill, call, card, run, usage
from udfs.rating.rate_card import RateCard

STRANGE = (
    "=cmd|' /C calc'!A0",
    "+15005550006",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\x1b[31mred",
    "http://example.test/a b",
    "007",
    "1e5",
    "_x001B_",
    "<r>&</r>",
    "<r><t>another</t></r>",
    "\ud800 half a letter",
    "\uffff",
    'name, "quoted"; line\nbreak',
)
"""Text from strangers that a careless writer makes a formula, a number, a link or a broken file of."""


def by_call() -> ReconciliationReport:
    """Call records on both sides: every step of the bridge, 100 calls by the exact second."""
    exact = {
        "prefix": "49",
        "rate": "0.005",
        "minimum": "0",
        "increment": "0",
        "decimals": "4",
        "currency": "USD",
    }
    rates = card({"prefix": "44", "rate": "0.014", "currency": "USD"}, exact)
    german = {"to_number": "+4930123456", "cost": Decimal("0.0008")}
    log = [call(f"S{number}", 9.1, **german) for number in range(100)]
    log += [
        call("SAME", 61),
        call("COPY", 61),
        call("COPY", 61),
        call("OUTSIDE", 30, started_at=datetime(2026, 10, 1, tzinfo=UTC)),
        call("BUSY", 0, status="busy", is_billed=False, cost=None),
        call("ODD", 20, status="odd", is_billed=None),
        call("NO-RATE", 33.337, to_number="+33123456"),
        call("MISSING", 200),
        call("STATUS", 70),
        call("LONG", 59),
        call("DEAR", 59),
    ]
    log += [call(text, 61, from_number=text) for text in STRANGE]
    billed = [bill(f"S{number}", 9.1, billed_ms=9_100, **german) for number in range(100)]
    billed += [
        bill("SAME", 61),
        bill("COPY", 61),
        bill("ODD", 20),
        bill("NO-RATE", 33, to_number="+33123456"),
        bill("EXTRA", 15.5),
        bill("STATUS", 70, status="busy", is_billed=False, cost=None),
        bill("LONG", 61, cost=Decimal("0.028")),
        bill("DEAR", 59, cost=Decimal("0.02")),
    ]
    billed += [bill(text, 61, from_number=text) for text in STRANGE]
    return report(log, billed, rates, unreadable=(Unreadable(Place("log.csv", 99), "", '"1O" is no number'),))


def by_usage(*, rates: RateCard | None = None, daily: bool = True) -> ReconciliationReport:
    """Usage records, by month and by day, calls and client calls; differences in both directions."""
    log = [
        call(f"C{number}", 40 * number, started_at=datetime(2026, 9, number, 12, tzinfo=UTC))
        for number in range(1, 31)
    ]
    log += [call(f"K{number}", 61.5, category="calls-client", cost=Decimal("0.008")) for number in range(5)]
    billed = [usage(31, "330", "4.65"), usage(4, "8", "0.032", "calls-client"), usage(3, "9", None, "sms")]
    if daily:
        billed += [
            usage(
                1 + (day == 17),
                str(-(-40 * day // 60)),
                "0.1",
                start_on=date(2026, 9, day),
                end_on=date(2026, 9, day),
            )
            for day in range(1, 31)
        ]
    return report(log, billed, rates)


def by_usage_and_calls() -> ReconciliationReport:
    """Call records, and the provider's own sum, which is not theirs: something stays unexplained."""
    log = [call("A", 61), call("B", 120.25)]
    return report(log, [bill("A", 61), bill("B", 120.25), usage(3, "7", "0.1")], card())


def in_currencies() -> ReconciliationReport:
    """Three bridges: dollars, euros, and prices without a currency; euros are credited."""
    log = [call("U1", 61), call("U2", 90), call("E1", 61, currency="EUR"), call("N1", 61, currency="")]
    billed = [
        bill("U1", 61),
        bill("U2", 150, cost=Decimal("0.05")),
        bill("E1", 61, currency="EUR", cost=Decimal("-0.5")),
        bill("N1", 61, currency=""),
    ]
    return report(log, billed)


def without_costs() -> ReconciliationReport:
    """Neither side has a price."""
    log = [call("A", 61, cost=None, currency=""), call("B", 10, cost=None, currency="")]
    billed = [bill("A", 61, cost=None, currency=""), bill("C", 10, cost=None, currency="")]
    return report(log, billed)


def without_billed_costs() -> ReconciliationReport:
    """Only the log has prices."""
    return report([call("A", 61)], [usage(2, "3", None)])


def balanced() -> ReconciliationReport:
    return report([call("A", 61)], [bill("A", 61)])


def within_tolerance() -> ReconciliationReport:
    return report([call("A", 61)], [usage(1, "3", "0.03")], tolerance=Tolerance(Fraction(2), Fraction(1)))


def month_end() -> ReconciliationReport:
    """Everything beyond the comparison: effects at both ends of the month, prices that are not the card's,
    an invoice with other usage, two accounts, records of other months, an earlier month's findings."""
    rates = card(
        {"prefix": "", "rate": "0.014", "currency": "USD"},
        {"prefix": "447", "rate": "0.0235", "minimum": 30, "increment": 6, "currency": "USD"},
    )
    new_york = {"offset_s": -4 * 3600}
    log = [
        call("AGREES", 66, cost=Decimal("0.02585"), account="AC1", **new_york),
        call("DEAR", 66, cost=Decimal("0.0282"), account="AC1"),
        call("MINUTES", 66, cost=Decimal("0.047"), account="AC2"),
        call("CLIENT", 61.5, category="calls-client", account="AC2"),
        call("OVER", 7200, started_at=datetime(2026, 9, 30, 23, tzinfo=UTC), account="AC1"),
        call("INTO", 7200, started_at=datetime(2026, 8, 31, 23, tzinfo=UTC), account="AC1"),
        call("EARLY", 61, started_at=datetime(2026, 9, 1, 2, tzinfo=UTC), account="AC2", **new_york),
        call("LATE", 61, started_at=datetime(2026, 10, 1, 2, tzinfo=UTC), account="AC2", **new_york),
        call("BUSY", 12, status="busy", is_billed=False, cost=None, account="AC1"),
    ]
    accounts = {"AC1": ("6", "3.1"), "AC2": ("8", "0.15")}
    billed = [usage(3, minutes, cost, account=name) for name, (minutes, cost) in accounts.items()]
    for name in accounts:
        billed += [
            usage(9, "9", "1.05", "sms", account=name, unit="segments"),
            usage(4, "4", "0.5", "sms-inbound", account=name, unit="segments"),
            usage(2, "2", "2", "phonenumbers", account=name, unit="numbers"),
            usage(0, "0", None, "recordingstorage", account=name, unit="minutes"),
        ]
    billed.append(usage(0, "9.5", "9.5", "totalprice", account="AC1", unit="usd"))
    billed.append(usage(7, "9", "0.2", account="AC1", start_on=date(2026, 8, 1), end_on=date(2026, 8, 31)))
    lines = (GivenLine("VAT", Fraction("1.9")), GivenLine(STRANGE[0], Fraction(-1), "USD"))
    earlier = tuple(
        EarlierFinding(Month(2026, 8), kind, call_id, Fraction("0.05"), Fraction("0.07"), "USD", STRANGE[1])
        for kind, call_id in (("missing-in-log", "INTO"), ("rate", "GONE"), ("category", ""))
    )
    return report(log, billed, rates, asked=Asked(rates, Invoice(Fraction(12), "USD", lines), earlier))


def invoices_in_currencies() -> ReconciliationReport:
    """A tie each for dollars and euros, the latter without calls; calls are checked record by record."""
    rates = card({"prefix": "", "rate": "0.014", "currency": "USD"})
    log = [call("A", 61), call("MISSING", 61), call("B", 61)]
    billed = [bill("A", 61), bill("B", 61, cost=Decimal("0.03")), bill("EXTRA", 61)]
    billed.append(bill("OLD", 61, started_at=datetime(2026, 8, 31, 23, tzinfo=UTC)))
    sums = [usage(2, "2", "5", "mms", unit="messages", currency="EUR")]
    invoice = Invoice(Fraction(5), "EUR", (GivenLine("VAT", Fraction("0.5"), "USD"),))
    return report(log, [*billed, *sums], rates, asked=Asked(rates, invoice))


def with_credits() -> ReconciliationReport:
    """Credits beside the charges of matched, unknown and unanswered calls and alone, copies, late credits:
    the invoice charges the copies and gives back what belongs to other months."""
    rates = card({"prefix": "", "rate": "0.014", "currency": "USD"})
    apart = [{"started_at": START + timedelta(minutes=10 * n)} for n in range(6)]
    log = [call("NET", 61, **apart[0]), call("LONG", 59, **apart[1]), call("TWICE", 61, **apart[4])]
    log.append(call("BUSY", 0, status="busy", is_billed=False, cost=None, **apart[3]))
    august = {"started_at": datetime(2026, 8, 31, 23, tzinfo=UTC)}
    billed = [
        bill("NET", 61, cost=Decimal("-0.002"), **apart[0]),
        bill("NET", 61, cost=Decimal("0.03"), **apart[0]),
        bill("LONG", 61, cost=Decimal("0.03"), **apart[1]),
        bill("LONG", 61, cost=Decimal("-0.001"), **apart[1]),
        bill("EXTRA", 61, cost=Decimal("0.028"), **apart[2]),
        bill("EXTRA", 61, cost=Decimal("-0.02"), **apart[2]),
        bill("BUSY", 61, cost=Decimal("0.028"), **apart[3]),
        bill("BUSY", 61, cost=Decimal("-0.007"), **apart[3]),
        bill("TWICE", 61, row_values=("one",), **apart[4]),
        bill("TWICE", 61, row_values=("one",), **apart[4]),
        bill("ALONE", 0, cost=Decimal("-0.5"), **apart[5]),
        bill("LATE", 61, cost=Decimal("-0.0221"), **august),
    ]
    return report(log, billed, rates, asked=Asked(rates, Invoice(Fraction("-0.3801"), "USD")))


def without_some_prices() -> ReconciliationReport:
    """Accounts whose records end on different days, some without a price; calls of the log that name none."""
    rates = card({"prefix": "", "rate": "0.014", "currency": "USD"})
    days = {name: {"started_at": datetime(2026, 9, day, tzinfo=UTC)} for day, name in enumerate("ABCDEFG", 3)}
    log = [call(name, 61, **days[name]) for name in "ABCDEFG"]
    log.append(call("OLD", 61, started_at=datetime(2026, 8, 31, 23, tzinfo=UTC)))
    log.append(call("LATER", 61, account="AC2", started_at=datetime(2026, 9, 20, tzinfo=UTC)))
    accounts = {"A": "AC1", "B": "AC2", "D": "AC1", "E": "AC2"}
    billed = [bill(name, 61, account=account, **days[name]) for name, account in accounts.items()]
    billed += [
        bill("B2", 70, cost=None, account="AC1", **days["B"]),
        bill("C", 70, cost=None, account="AC1", **days["C"]),
        bill("OLD", 61, cost=None, started_at=datetime(2026, 8, 31, 23, tzinfo=UTC)),
        bill("OLDER", 61, started_at=datetime(2026, 8, 30, 23, tzinfo=UTC)),
    ]
    return report(log, billed, rates, asked=Asked(rates, Invoice(Fraction("0.14"), "USD")))


ALL = {
    "some prices": without_some_prices,
    "credits": with_credits,
    "month end": month_end,
    "invoices in currencies": invoices_in_currencies,
    "calls": by_call,
    "usage": by_usage,
    "usage, rated": lambda: by_usage(rates=card()),
    "usage without days": lambda: by_usage(daily=False),
    "usage and calls": by_usage_and_calls,
    "currencies": in_currencies,
    "no costs": without_costs,
    "no billed costs": without_billed_costs,
    "balanced": balanced,
    "within tolerance": within_tolerance,
}


def report(
    log: Sequence[Call],
    billed: Sequence[Call | UsageRecord],
    rates: RateCard | None = None,
    tolerance: Tolerance | None = None,
    unreadable: tuple[Unreadable, ...] = (),
    asked: Asked | None = None,
) -> ReconciliationReport:
    """The report of records made up in a test."""
    result = run(list(log), list(billed), rates, tolerance, unreadable=unreadable)  # type: ignore[arg-type]
    sides = ((source("log.csv", len(log)),), (source("bill.csv", len(billed)),))
    return report_of(result, Inputs(*sides, (source("rates.csv", 1),) if rates else ()), asked)


def source(name: str, rows: int) -> SourceFile:
    return SourceFile(
        name,
        "twilio",
        "Twilio script CSV",
        "5e" * 32,
        1234,
        rows,
        datetime(2026, 10, 2, tzinfo=UTC),
        ("UTF-8",),
    )
