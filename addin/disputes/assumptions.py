"""What a dispute sheet rests on, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from addin.disputes.totals import bucket_names
from addin.reconcile.wording import listed
from addin.reports.about import Assumption

OWN = "choice of this report"


def assumptions_of(buckets: Sequence[int]) -> tuple[Assumption, ...]:
    rows = (
        (
            "What is disputed",
            "Findings in which the bill charges more than expected: calls that our records lack, calls "
            "charged without an answer, more time, a higher rate, records charged twice, and the rest of a "
            "category or day that no finding of a call explains.",
        ),
        (
            "What is not",
            "What was billed too little, what is ours to settle, and what is not clear yet: all of it is on "
            "the sheet Not disputed with the reason. What was billed too little is part of the net figure.",
        ),
        (
            "In question",
            "Billed minus expected, in the currency of the record. Minutes only where prices are not known. "
            "Currencies and minutes are never added.",
        ),
        (
            "Nothing twice",
            "A category counts only for what its calls leave over, a day only for categories that have no "
            "finding of their own. More time at a lower rate (or less at a higher one) is one dispute of "
            "the call's whole cost.",
        ),
        (
            "Charged twice",
            "A copy of a record on the bill is disputed at its own price, as if the invoice charges both. "
            "Older versions of a record, by the provider's update time, are no second charge.",
        ),
        (
            "Status",
            "open: not answered. accepted: the provider agrees, the credit is awaited. settled: the credit "
            "is received, and what is missing of it is given up. rejected: no credit will come. A blank is "
            "open.",
        ),
        (
            "Outstanding",
            "In question less the amount credited, while a dispute is open or accepted. A credit beyond "
            "what is in question is named under To check and lowers the sum.",
        ),
        (
            "Age",
            "Days from Opened on to the as-of day. A dispute is opened on the as-of day of the run that "
            f"first lists it. Buckets: {listed(bucket_names(buckets))}, bounds included.",
        ),
        (
            "Run again",
            "A dispute is known by month, provider, account, call id and kind; without a call by its "
            "category or day. One that the reconciliations of its month and provider no longer show stays, "
            "marked as no longer found.",
        ),
        (
            "Earlier months",
            "Open and accepted disputes of earlier dispute workbooks come along with their month and "
            "opening day. Credits on the bill for calls that start before its month are matched by call id "
            "and currency, and proposed: only a person enters them. Each is kept with its bill and row, so "
            "that a further one is told from it. A letter asks for what is in question less what is "
            "credited, be it entered or only found (Claimed).",
        ),
        (
            "Records outside the month",
            "Charges on the bill for calls that start in another month are not disputed here: the "
            "reconciliation leaves them to their month.",
        ),
        (
            "Dates",
            "The day of a call is that of its start in UTC.",
        ),
    )
    return tuple(Assumption(topic, text, OWN) for topic, text in rows)
