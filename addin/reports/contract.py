"""The report as JSON: a contract for other programs. Amounts are decimal text: nothing rounds them."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from addin.reports.reconciliation import Compared, FindingRow, ReconciliationReport, Sum

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
        "categories": [{"category": row.category, **_compared(row.sums)} for row in report.categories],
        "days": [{"date": row.day.isoformat(), **_compared(row.sums)} for row in report.days],
        "findings": [_finding(row) for row in report.findings],
    }


def _decimal(value: Decimal) -> str:
    return f"{value.normalize() + 0:f}" if value else "0"


def _number(value: Decimal) -> int | float:
    """Seconds, to the millisecond: a JSON number writes them exactly."""
    return int(value) if value == value.to_integral_value() else float(value)


def _sum(value: Sum) -> dict[str, Any]:
    return {
        "calls": value.calls,
        "minutes": _decimal(value.minutes),
        "cost": None if value.cost is None else _decimal(value.cost),
        "currency": value.currency,
    }


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
        "place": {"log": row.log_place, "billed": row.billed_place},
        **_compared(row.sums),
        "note": row.note,
    }
