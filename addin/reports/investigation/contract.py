"""The investigation as JSON: a contract for other programs. Amounts are decimal text: nothing rounds them."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from typing import Any

from addin.reports.investigation.data import (
    BalanceReport,
    Compared,
    Figures,
    InvestigationReport,
    PairRow,
    PathReport,
    RateRow,
)

SCHEMA = 1


def to_json(report: InvestigationReport) -> str:
    """The contract's text, ending in a newline."""
    return json.dumps(to_contract(report), indent=2, ensure_ascii=False) + "\n"


def to_contract(report: InvestigationReport) -> dict[str, Any]:
    """`variance` is theirs - ours; each currency has a path of its own."""
    return {
        "schema": SCHEMA,
        "period": report.period,
        "mode": report.mode,
        "differs": report.differs,
        "threshold": _decimal(report.threshold),
        "paths": [_path(path) for path in report.paths],
        "minutes_x_rate": {
            "of": report.rates_of,
            "rates": [_rate(row) for row in report.rates],
            "calls_without_rate": report.without_rate,
        },
        "balances": [_balance(balance) for balance in report.balances],
        "warnings": [*report.warnings],
    }


def _path(path: PathReport) -> dict[str, Any]:
    return {
        "currency": path.currency,
        "kind": path.kind,
        "within_threshold": path.is_within,
        "conclusion": path.headline,
        "notes": [*path.notes],
        "ask": path.ask or None,
        "day": path.day.isoformat() if path.day else None,
        "by": path.measure or None,
        "hour": path.hour,
        **_compared(path.whole),
        "questions": [
            {
                "question": row.question,
                "what": row.what,
                "ours": _decimal(row.ours),
                "theirs": _decimal(row.theirs),
                "allowed": _decimal(row.allowed),
                "unit": row.unit,
                "matches": row.answer == "yes",
            }
            for row in path.questions
        ],
        "parts": [
            {"kind": row.kind, "calls": row.calls, "minutes": _decimal(row.minutes), "cost": _known(row.cost)}
            for row in path.parts
        ],
        "call": None
        if path.call is None
        else {
            "call_id": path.call.call_id,
            "our_formula": path.call.our_formula,
            "their_formula": path.call.their_formula,
            "fields": [
                {"field": row.label, "ours": row.ours, "theirs": row.theirs, "differs": row.differs}
                for row in path.call.fields
            ],
        },
        "one_side_only": [_pair(row) for row in path.single],
        "largest": [_pair(row) for row in path.largest],
        "candidates": [
            {"call_id": row.call.call_id, "place": row.call.place, "why": row.why} for row in path.candidates
        ],
        "days": [
            {"date": row.day.isoformat(), **_compared(row.sums), "remark": row.remark} for row in path.days
        ],
    }


def _compared(sums: Compared) -> dict[str, Any]:
    sides = (("ours", sums.ours), ("theirs", sums.theirs), ("variance", sums.variance))
    return {name: _figures(figures) for name, figures in sides}


def _figures(figures: Figures) -> dict[str, Any]:
    return {
        "calls": figures.calls,
        "talked_minutes": _known(figures.talked),
        "minutes": _decimal(figures.minutes),
        "cost": _known(figures.cost),
    }


def _pair(row: PairRow) -> dict[str, Any]:
    return {
        "call_id": row.call_id,
        "started_at": _moment(row.started_at),
        "on": row.side,
        "place": {"log": row.our_place or None, "billed": row.their_place or None},
        "seconds_variance": _decimal(row.seconds_variance),
        "cost_variance": _known(row.cost_variance),
        "remark": row.remark,
    }


def _rate(row: RateRow) -> dict[str, Any]:
    figures = ("rate", "talked", "on_total", "steps", "fees", "rounding", "cost", "difference")
    return {
        "rate_row": row.rate_row,
        "currency": row.currency,
        "calls": row.calls,
        **{name: _decimal(getattr(row, name)) for name in figures},
    }


def _balance(balance: BalanceReport) -> dict[str, Any]:
    return {
        "currency": balance.currency,
        "result": balance.result,
        "derived": _decimal(balance.derived),
        "stated": _decimal(balance.stated),
        "stated_at": _moment(balance.stated_at),
        "stated_place": balance.stated_place,
        "difference": _decimal(balance.difference),
        "difference_from": _decimal(balance.lowest),
        "difference_to": _decimal(balance.highest),
        "difference_with_our_charges": _known(balance.our_difference),
        "buffer": _decimal(balance.buffer),
        "staleness_s": balance.staleness_s,
        "recent_cost": _decimal(balance.recent_cost),
        "lines": [
            {
                "line": row.kind,
                "adds": _decimal(row.signed),
                "at": _moment(row.at),
                "reference": row.reference,
                "place": row.place,
                "remark": row.remark,
            }
            for row in balance.rows
        ],
    }


def _moment(at: datetime | None) -> str | None:
    return None if at is None else f"{at:%Y-%m-%dT%H:%M:%SZ}"


def _known(value: Decimal | None) -> str | None:
    return None if value is None else _decimal(value)


def _decimal(value: Decimal) -> str:
    return f"{value.normalize() + 0:f}" if value else "0"
