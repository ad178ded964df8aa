"""The sentences of the Summary."""

from __future__ import annotations

from decimal import Decimal

from addin.reconcile.period import MONTH_NAMES, Month
from addin.reports.reconciliation.data import Bridge, ReconciliationReport, Sum

TITLE = "Call bill reconciliation, "
BILL, COMPARED = "Bill: ", ", compared "
"""What stands before the providers of the bill, and after them."""


def month_name(month: str) -> str:
    """
    >>> month_name("2026-09")
    'September 2026'
    """
    return Month.parse(month).name


def title_of(month: str) -> str:
    """What stands on top of the report.

    >>> title_of("2026-09")
    'Call bill reconciliation, September 2026'
    """
    return f"{TITLE}{month_name(month)}"


def month_of(title: str) -> str:
    """The month that a title or `month_name` ends in, empty where it ends in none.

    >>> month_of("Call bill reconciliation, September 2026"), month_of("September")
    ('2026-09', '')
    """
    words = title.split()[-2:]
    if len(words) < 2 or words[0] not in MONTH_NAMES or not words[1].isdigit():
        return ""
    return f"{words[1]}-{MONTH_NAMES.index(words[0]) + 1:02}"


def counted(count: int, one: str, several: str = "") -> str:
    """A count with its noun.

    >>> counted(1, "row"), counted(1516, "row"), counted(0, "copy", "copies")
    ('1 row', '1,516 rows', '0 copies')
    """
    return f"{count:,} {one if count == 1 else several or one + 's'}"


def signed(value: Decimal | int, unit: str) -> str:
    """A figure with its sign and unit.

    >>> signed(Decimal("-1.50"), "min"), signed(1, "call"), signed(Decimal("1E+2"), "USD")
    ('-1.5 min', '+1 call', '+100 USD')
    """
    text = f"{value:+,f}" if value else "0"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{text} {unit}"


def variance_text(variance: Sum) -> str:
    """Calls, minutes and, where it is known, cost."""
    calls = signed(variance.calls, "call" if abs(variance.calls) == 1 else "calls")
    parts = [calls, signed(variance.minutes, "min")]
    if variance.cost is not None:
        parts.append(signed(variance.cost, variance.currency or "(no currency)"))
    return ", ".join(parts)


def sentence_of(report: ReconciliationReport) -> str:
    """What the verdict rests on, in words."""
    found = len(report.findings)
    look_at = f"{counted(found, 'finding')} to look at." if found else "No findings."
    if report.verdict == "balanced":
        units = "in every unit" if report.costs_compared else "in calls and minutes; the cost is not compared"
        if lacking := _lacking(report):
            units = "in calls and minutes, and in cost as far as prices are known"
        return f"Billed and expected agree {units}. {lacking}{look_at}"
    parts = [variance_text(report.variance)]
    if len(report.bridges) > 1:
        parts = [
            f"{bridge.currency or '(no currency)'}: {variance_text(difference(bridge))}"
            for bridge in report.bridges
        ]
    text = f"Billed minus expected: {'; '.join(parts)}. {_lacking(report)}{look_at}"
    if report.verdict == "within tolerance":
        text += f" Allowed in every unit: {_tolerance(report)}."
    return text


def _lacking(report: ReconciliationReport) -> str:
    """What the amounts of both sides lack; empty where they lack nothing."""
    if not report.costs_compared:
        return ""
    told = [
        f"{counted(count, one)} of the {side} without a price"
        for side, one in (("log", "call"), ("bill", "record"))
        if (count := sum(row.records for row in report.unpriced if row.side == side))
    ]
    return f"The amounts lack {' and '.join(told)}. " if told else ""


def invoice_sentences(report: ReconciliationReport) -> list[str]:
    """How far each invoice that was given is tied."""
    found = []
    for tie in report.ties:
        if tie.total is not None and tie.rest is not None:
            total, lines, rest = (
                f"{value:,f} {tie.currency or ''}".rstrip() for value in (tie.total, tie.sum, tie.rest)
            )
            found.append(f"Invoice {total}: {lines} in its lines, {rest} not explained.")
    return found


def difference(bridge: Bridge) -> Sum:
    """Billed minus expected of one currency."""
    expected, billed = bridge.step("expected").sum, bridge.step("billed").sum
    cost = None if expected.cost is None or billed.cost is None else billed.cost - expected.cost
    return Sum(billed.calls - expected.calls, billed.minutes - expected.minutes, cost, bridge.currency)


def basis_of(report: ReconciliationReport) -> tuple[str, str, str]:
    """The two sides, how they are compared, and the tolerance: a line each."""
    compared = "call by call" if report.mode == "calls" else "by totals (usage records)"
    basis = (
        f"Expected cost from the {report.cost_basis}" if report.cost_basis else "Cost not known to the log"
    )
    return (
        f"Call log: {report.log_provider}, {counted(report.log_calls, 'row')}{_period(report)}",
        f"{BILL}{report.billed_provider}{COMPARED}{compared}",
        f"{basis}; tolerance {_tolerance(report)}",
    )


def _period(report: ReconciliationReport) -> str:
    if report.log_period is None:
        return ""
    first, last = report.log_period
    return f", {first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M} UTC"


def calm_text(report: ReconciliationReport) -> str:
    """What is said where nothing stands out."""
    if report.verdict == "balanced":
        return "Nothing to explain."
    if report.mode == "calls":
        return "The bill was compared call by call: each difference is a finding of its own."
    return "No known pattern fits the differences. See the sheets By category, By day and Findings."


def _tolerance(report: ReconciliationReport) -> str:
    minutes, amount = report.tolerance_minutes, report.tolerance_amount
    return f"{minutes:f} min and {amount:f} in cost" if minutes or amount else "0"
