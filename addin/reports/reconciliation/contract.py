"""The report as JSON: a contract for other programs. Amounts are decimal text: nothing rounds them."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from addin.reports.reconciliation.data import Compared, FindingRow, ReconciliationReport, Sum

SCHEMA = 1


def to_json(report: ReconciliationReport) -> str:
    """The contract's text, ending in a newline."""
    return json.dumps(to_contract(report), indent=2, ensure_ascii=False) + "\n"


def to_contract(report: ReconciliationReport) -> dict[str, Any]:
    """`variance` is billed - expected; a step says what it adds; several currencies follow each other."""
    return {
        "schema": SCHEMA,
        "month": report.month,
        "time_zone": report.time_zone,
        "providers": {"log": report.log_provider, "billed": report.billed_provider},
        "mode": report.mode,
        "log": {"calls": report.log_calls, "seconds": _number(report.log_seconds)},
        "expected": _sum(report.expected),
        "billed": _sum(report.billed),
        "variance": _sum(report.variance),
        "verdict": report.verdict,
        "cost_basis": report.cost_basis,
        "bridge": [
            {"step": step.name, **_sum(step.sum)} for bridge in report.bridges for step in bridge.steps
        ],
        "unpriced": [
            {
                "side": row.side,
                "currency": row.currency,
                "records": row.records,
                "minutes": _decimal(row.minutes),
            }
            for row in report.unpriced
        ],
        "categories": [{"category": row.category, **_compared(row.sums)} for row in report.categories],
        "days": [{"date": row.day.isoformat(), **_compared(row.sums)} for row in report.days],
        "findings": [_finding(row) for row in report.findings],
        **_month_end(report),
    }


def _month_end(report: ReconciliationReport) -> dict[str, Any]:
    """What is said beyond the comparison."""
    check = report.rate_check
    return {
        "considerations": [
            {
                "name": row.name,
                "calls": row.calls,
                "minutes": _decimal(row.minutes),
                "cost": _known(row.cost),
                "currency": row.currency,
                "note": row.text,
            }
            for row in report.considerations
        ],
        "rate_check": None
        if check is None
        else {
            "side": check.side,
            "checked": check.checked,
            "different": check.different,
            "causes": [
                {
                    "note": cause.explained,
                    "differs": cause.differs,
                    "calls": cause.calls,
                    "charged": _decimal(cause.charged),
                    "by_card": _known(cause.card),
                    "difference": _known(cause.difference),
                    "currency": cause.currency,
                    "example": cause.example,
                }
                for cause in check.causes
            ],
        },
        "other_months": [
            {
                "side": row.side,
                "month": row.month,
                "category": row.category or None,
                "records": row.records,
                "minutes": _decimal(row.minutes),
                "cost": _known(row.cost),
                "currency": row.currency,
                "unpriced": row.unpriced,
            }
            for row in report.other_months
        ],
        "earlier_findings": [
            {
                "month": row.month,
                "kind": row.kind,
                "call_id": row.call_id,
                "state": row.state,
                "amount": _known(row.amount),
                "currency": row.currency,
                "place": row.place or None,
                "note": row.text,
            }
            for row in report.followed
        ],
        "invoice": [
            {
                "currency": tie.currency,
                "lines": [
                    {
                        "kind": line.kind,
                        "name": line.name,
                        "amount": _known(line.cost),
                        "in_sum": line.adds,
                        "account": line.account or None,
                        "note": line.note,
                    }
                    for line in tie.lines
                ],
                "sum": _decimal(tie.sum),
                "total": _known(tie.total),
                "not_explained": _known(tie.rest),
                "note": tie.equals,
            }
            for tie in report.ties
        ],
        "accrual": [
            {
                "period": row.period,
                "account": row.account or None,
                "currency": row.currency,
                "expected": _known(row.expected),
                "billed": _known(row.billed),
                "beyond_bill": _decimal(row.beyond),
                "calls": _decimal(row.counted),
                "other_usage": _decimal(row.other),
                "other_lines": _decimal(row.given),
                "amount": _decimal(row.amount),
                "basis": row.basis,
                "note": row.why,
            }
            for row in report.accruals
        ],
    }


def _decimal(value: Decimal) -> str:
    return f"{value.normalize() + 0:f}" if value else "0"


def _known(value: Decimal | None) -> str | None:
    return None if value is None else _decimal(value)


def _number(value: Decimal) -> int | float:
    """Seconds, to the millisecond: a JSON number writes them exactly."""
    return int(value) if value == value.to_integral_value() else float(value)


def _sum(value: Sum) -> dict[str, Any]:
    """`unpriced` is there only where the cost lacks records."""
    found: dict[str, Any] = {
        "calls": value.calls,
        "minutes": _decimal(value.minutes),
        "cost": _known(value.cost),
        "currency": value.currency,
    }
    return {**found, "unpriced": value.unpriced} if value.unpriced else found


def _compared(sums: Compared) -> dict[str, Any]:
    return {
        "expected": _sum(sums.expected),
        "billed": _sum(sums.billed),
        "variance": _sum(sums.variance),
    }


def _finding(row: FindingRow) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "call_id": row.call_id,
        "started_at": None if row.started_at is None else f"{row.started_at:%Y-%m-%dT%H:%M:%SZ}",
        "from": row.from_number,
        "to": row.to_number,
        "place": {"log": row.log_place, "billed": row.billed_place},
        **_compared(row.sums),
        "in_question": {
            "minutes": None if row.rest is None else _decimal(row.rest.minutes),
            "cost": None if row.rest is None else _known(row.rest.cost),
        },
        "note": row.note,
    }
