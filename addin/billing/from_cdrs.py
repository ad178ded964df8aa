"""Call records as charges: a rate card puts the cost to them, since Voiso's own carry none."""

from __future__ import annotations

from collections.abc import Sequence

from addin.billing.lines import COPY, NOT_BILLED, UNKNOWN_STATUS, UNRATED, Line
from addin.reconcile.expectation import Rater, expect
from addin.reconcile.lines import DUPLICATES, EXPECTED, LogLine
from addin.reconcile.lines import NOT_BILLED as CALL_NOT_BILLED
from addin.reconcile.lines import UNKNOWN_STATUS as CALL_UNKNOWN_STATUS
from addin.reconcile.lines import UNRATED as CALL_UNRATED
from addin.reconcile.measure import printed
from addin.records.call import Call, Charge
from addin.records.charges import KINDS
from addin.records.tables import fold
from udfs.rating.rate_card import RateCard

_OUTCOMES = {
    DUPLICATES: COPY,
    CALL_NOT_BILLED: NOT_BILLED,
    CALL_UNKNOWN_STATUS: UNKNOWN_STATUS,
    CALL_UNRATED: UNRATED,
}


def rated(calls: Sequence[Call], card: RateCard) -> list[Line]:
    """A line for each call record: with its cost, to at most ten places, or out for its reason."""
    return [_line(one) for one in expect(calls, None, Rater(card))]


def _line(rated: LogLine) -> Line:
    call = rated.call
    is_rated = rated.step == EXPECTED and rated.expected_cost is not None
    cost = printed(rated.expected_cost) if is_rated and rated.expected_cost is not None else None
    line = Line(
        Charge(
            place=call.place,
            provider=call.provider,
            call_id=call.call_id,
            kind=KINDS.get(fold(call.kind), ""),
            kind_written=call.kind or call.direction,
            agent=call.agent,
            campaign_id=call.campaign_id,
            from_number=call.from_number,
            to_number=call.to_number,
            country="",
            started_at=call.started_at,
            billed_at=None,
            cost=cost,
            currency=rated.currency,
            duration_ms=call.duration_ms,
            row_values=call.row_values,
        ),
        is_call_record=True,
        terms=rated.terms if rated.rate_row else None,
    )
    line.outcome = _OUTCOMES.get(rated.step, line.outcome)
    if rated.kept is not None:
        line.remark = f"{rated.copy} of {rated.kept.place}"
    elif line.outcome == UNRATED:
        line.remark = rated.rate_problem
    elif line.outcome in (UNKNOWN_STATUS, NOT_BILLED):
        line.remark = f"status {call.status}" if call.status else "no status"
    return line
