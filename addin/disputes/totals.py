"""Sums of disputes, unit by unit and exact: units are never added."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from addin.disputes.records import TOO_LITTLE, Dispute, DisputeReport

_OPEN_END = "over {} days"


@dataclass(frozen=True, slots=True)
class Total:
    """Of some disputes of one unit. `question = credited + outstanding + given_up`."""

    count: int
    question: Decimal
    credited: Decimal
    outstanding: Decimal
    given_up: Decimal


def total_of(disputes: Iterable[Dispute]) -> Total:
    """Their exact sum. The caller takes care that they are of one unit."""
    rows = [*disputes]
    zero = Decimal(0)
    return Total(
        len(rows),
        sum((one.question for one in rows), zero),
        sum((one.credited for one in rows), zero),
        sum((one.outstanding for one in rows), zero),
        sum((one.given_up for one in rows), zero),
    )


def of_unit(report: DisputeReport, unit: str) -> list[Dispute]:
    return [one for one in report.disputes if one.unit == unit]


def reasons_of(disputes: Iterable[Dispute]) -> list[str]:
    """Each once, in the order of the disputes."""
    return list(dict.fromkeys(one.reason for one in disputes))


def too_little(report: DisputeReport, unit: str) -> Decimal:
    """What was billed too little and is not disputed: negative or zero."""
    rows = (one for one in report.not_disputed if one.group == TOO_LITTLE and one.unit == unit)
    return sum((one.difference for one in rows if one.difference is not None), Decimal(0))


def bucket_names(buckets: Sequence[int]) -> list[str]:
    """
    >>> bucket_names((30, 60, 90))
    ['0 to 30 days', '31 to 60 days', '61 to 90 days', 'over 90 days']
    """
    firsts = [0, *(last + 1 for last in buckets)]
    named = [f"{first} to {last} days" for first, last in zip(firsts, buckets, strict=False)]
    return [*named, _OPEN_END.format(buckets[-1])]


def bucket_of(age: int, buckets: Sequence[int]) -> str:
    """
    >>> bucket_of(30, (30, 60, 90)), bucket_of(31, (30, 60, 90)), bucket_of(91, (30, 60, 90))
    ('0 to 30 days', '31 to 60 days', 'over 90 days')
    """
    names = bucket_names(buckets)
    return next((name for name, last in zip(names, buckets, strict=False) if age <= last), names[-1])
