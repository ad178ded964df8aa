"""The storage statement as JSON: a contract for other programs. Amounts are decimal text."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

from addin.reports.storage.report import StorageReport
from addin.reports.storage.rows import ComparedRow, FindingRow, MonthRow, RecordingRow

SCHEMA = 1


def to_json(report: StorageReport) -> str:
    """The contract's text, ending in a newline."""
    return json.dumps(to_contract(report), indent=2, ensure_ascii=False) + "\n"


def to_contract(report: StorageReport) -> dict[str, Any]:
    """`difference` is Plivo's minus ours; None is not known or not given, never 0."""
    return {
        "schema": SCHEMA,
        "kind": "storage statement",
        "period": report.about.period,
        "time_zone": report.about.time_zone,
        "currency": report.currency,
        "as_of": report.as_of.isoformat(),
        "verdict": report.verdict,
        "months": [_month(row) for row in report.months],
        "recordings": [_recording(row, report) for row in report.rows],
        "view": {
            "said": report.view_said or "all recordings",
            "recordings": [row.recording_id for row in report.view],
        },
        "compared": [_compared(row) for row in report.compared],
        "forecast": {
            "months": [_month(row) for row in report.ahead],
            "deleting_older_than": [
                {"days": row.days, "recordings": row.recordings}
                | {"saves_next": _text(row.next), "saves_all": _text(row.all)}
                for row in report.savings
            ],
        },
        "findings": [_finding(row) for row in report.findings],
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _month(row: MonthRow) -> dict[str, Any]:
    return {
        "month": row.month,
        "date": row.on.isoformat(),
        "held": row.held,
        "charged": row.charged,
        "deleted": row.deleted,
        "deleted_on_last_day": row.deleted_on_last_day,
        "without_rate": row.unrated,
        "minutes": row.minutes,
        "amount": _text(row.amount),
        "invoice": _text(row.invoice),
        "difference": _text(row.difference),
    }


def _recording(row: RecordingRow, report: StorageReport) -> dict[str, Any]:
    return {
        "recording_id": row.recording_id,
        "call_id": row.call_id,
        "place": row.place,
        "created_at": row.created_at.isoformat(),
        "deleted_at": None if row.deleted_at is None else row.deleted_at.isoformat(),
        "seconds": _text(row.seconds),
        "minutes": row.minutes,
        "rate": _text(row.rate),
        "month_ends": [
            {"date": end.isoformat(), "days": days, "charge": _text(charge)}
            for end, days, charge in zip(report.month_ends, row.days, row.charges, strict=True)
        ],
        "total": _text(row.total),
    }


def _compared(row: ComparedRow) -> dict[str, Any]:
    return {
        "recording_id": row.recording_id,
        "place": row.place,
        "month_end": _day(row.month_end),
        "amount": _text(row.amount),
        "our_amount": _text(row.our_amount),
        "difference": _text(row.difference),
        "days": row.days,
        "our_days": row.our_days,
        "minutes": _text(row.minutes),
        "our_minutes": row.our_minutes,
        "outcome": row.outcome,
    }


def _finding(row: FindingRow) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "place": row.place,
        "recording_id": row.recording_id,
        "note": row.text,
        "amount": _text(row.amount),
        "open": row.is_open,
    }
