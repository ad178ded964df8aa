"""The findings of an earlier reconciliation, read from the JSON that it wrote."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from addin.errors import TollsheetError
from addin.reconcile.month_end.earlier_findings import EarlierFinding
from addin.reconcile.period import Month
from addin.reports.reconciliation.contract import SCHEMA

_REMEDY = "Give the file that tollsheet reconcile wrote as its JSON for the month before."


def earlier_findings(text: str, name: str) -> tuple[EarlierFinding, ...]:
    """Every finding that can be followed: a copy within our own log is settled by itself.

    `name` is the file's, for errors. Raises TollsheetError where the text is not such a reconciliation.
    """
    try:
        whole = json.loads(text)
        if not isinstance(whole, dict) or whole.get("schema") != SCHEMA:
            raise ValueError(f"it has no schema {SCHEMA}")
        month = _month(whole["month"])
        found = [_finding(one, month) for one in whole["findings"]]
    except (ValueError, KeyError, TypeError, AttributeError, InvalidOperation) as error:
        told = f"no {error}" if isinstance(error, KeyError) else str(error).splitlines()[0]
        raise TollsheetError(f"{name} cannot be read as a reconciliation ({told})", _REMEDY) from None
    return tuple(one for one in found if one is not None)


def _month(text: str) -> Month:
    try:
        return Month.parse(text)
    except TollsheetError as error:
        raise ValueError(error.problem) from None


def _finding(one: dict[str, Any], month: Month) -> EarlierFinding | None:
    if one["kind"] == "duplicate" and one["place"]["billed"] is None:
        return None
    expected, billed = one["expected"], one["billed"]
    return EarlierFinding(
        month,
        str(one["kind"]),
        str(one["call_id"]),
        _cost(expected),
        _cost(billed),
        str(expected["currency"] or billed["currency"] or ""),
        str(one["note"]),
        _cost(one.get("in_question") or {"cost": None}),
    )


def _cost(side: dict[str, Any]) -> Fraction | None:
    cost = side["cost"]
    if cost is None:
        return None
    value = Decimal(str(cost))
    if not value.is_finite():
        raise ValueError(f"{cost!r} is no amount")
    return Fraction(value)
