"""What is amiss with what was entered beside a dispute. The workbook's column asks the same by formula."""

from __future__ import annotations

from addin.disputes.records import ACCEPTED, GONE, OPEN, REJECTED, SETTLED, Dispute

NO_CREDIT = "Settled, but no amount is credited"
YET_CREDITED = "Rejected, yet an amount is credited"
TOO_MUCH = "Credited more than is in question"
STILL_OPEN = "An amount is credited, but it is open"
IN_FULL = "Credited in full: is it settled?"
NOT_FOUND = "No longer found: settle or reject it"
ENTER_CREDIT = "A credit was found: enter it; settled?"


def is_credit_to_enter(one: Dispute) -> bool:
    """Whether more was found on a bill than is entered as credited."""
    return one.credit_found is not None and one.credited < one.credit_found


def to_check(one: Dispute) -> str:
    """The first of these that holds, in the order in which they matter; empty where none does."""
    credited, status = one.credited, one.status
    for holds, text in (
        (status == SETTLED and not credited, NO_CREDIT),
        (status == REJECTED and bool(credited), YET_CREDITED),
        (credited > one.question, TOO_MUCH),
        (is_credit_to_enter(one), ENTER_CREDIT),
        (status == OPEN and bool(credited), STILL_OPEN),
        (status == ACCEPTED and credited == one.question, IN_FULL),
        (one.is_unfinished and one.state == GONE, NOT_FOUND),
    ):
        if holds:
            return text
    return ""
