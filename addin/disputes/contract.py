"""The dispute sheet as JSON: amounts are decimal text, so that nothing rounds them."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from addin.disputes.checks import to_check
from addin.disputes.records import Dispute, DisputeReport, NotDisputed
from addin.disputes.totals import bucket_of, of_unit, too_little, total_of

SCHEMA = 1


def to_json(report: DisputeReport) -> str:
    """The contract's text, ending in a newline."""
    contract = {
        "schema": SCHEMA,
        "months": [*report.months],
        "as_of": str(report.as_of),
        "ageing_days": [*report.buckets],
        "totals": [_total(report, unit) for unit in report.units],
        "disputes": [_dispute(report, one) for one in report.disputes],
        "not_disputed": [_not(one) for one in report.not_disputed],
    }
    return json.dumps(contract, indent=2, ensure_ascii=False) + "\n"


def _decimal(value: Decimal | None) -> str | None:
    if value is None:
        return None
    return f"{value.normalize() + 0:f}" if value else "0"


def _total(report: DisputeReport, unit: str) -> dict[str, Any]:
    total, less = total_of(of_unit(report, unit)), too_little(report, unit)
    return {
        "unit": unit,
        "disputes": total.count,
        "in_question": _decimal(total.question),
        "credited": _decimal(total.credited),
        "outstanding": _decimal(total.outstanding),
        "given_up": _decimal(total.given_up),
        "billed_too_little": _decimal(less),
    }


def _dispute(report: DisputeReport, one: Dispute) -> dict[str, Any]:
    age = one.age_on(report.as_of)
    return {
        "month": one.month,
        "date": str(one.day) if one.day else None,
        "provider": one.provider,
        "account": one.account,
        "call_id": one.call_id,
        "about": one.subject,
        "from": one.from_number,
        "to": one.to_number,
        "kind": one.kind,
        "reason": one.reason,
        "billed": _decimal(one.billed),
        "expected": _decimal(one.expected),
        "in_question": _decimal(one.question),
        "before": _decimal(one.before),
        "unit": one.unit,
        "minutes": _decimal(one.minutes),
        "status": one.status,
        "status_date": str(one.entered.status_on) if one.entered.status_on else None,
        "credited": _decimal(one.entered.credited),
        "reference": one.entered.reference,
        "owner": one.entered.owner,
        "note": one.entered.note,
        "outstanding": _decimal(one.outstanding),
        "opened_on": str(one.opened_on),
        "age_days": age,
        "bucket": bucket_of(age, report.buckets),
        "source": one.state,
        "credit_found": _decimal(one.credit_found),
        "credit_place": one.credit_place,
        "claimed": _decimal(one.claimed),
        "to_check": to_check(one),
        "place": {"log": one.log_place, "billed": one.billed_place},
        "found": one.found,
    }


def _not(one: NotDisputed) -> dict[str, Any]:
    return {
        "month": one.month,
        "date": str(one.day) if one.day else None,
        "account": one.account,
        "call_id": one.call_id,
        "kind": one.kind,
        "group": one.group,
        "why": one.why,
        "difference": _decimal(one.difference),
        "unit": one.unit,
        "place": {"log": one.log_place, "billed": one.billed_place},
        "found": one.found,
    }
