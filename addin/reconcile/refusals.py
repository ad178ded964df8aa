"""Input that makes the whole answer impossible: the wrong side, nothing to read, another month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from addin.errors import TollsheetError
from addin.reconcile.bill_lines import BillLines
from addin.reconcile.lines import UsageLine
from addin.reconcile.period import Period
from addin.reconcile.usage import CROSSES
from addin.records.call import Records


def refuse_wrong_side(log: Records, billed: Records) -> None:
    """Nothing that was handed in is passed over in silence."""
    for records, what in (
        (log.usage, "usage records"),
        (log.recordings, "recordings"),
        (log.deletions, "deletions of recordings"),
    ):
        if records:
            raise TollsheetError(
                f"{records[0].place.file} holds {what}, which are no call log",
                "Give usage records as the bill; recordings are not part of a reconciliation of calls.",
                "--billed",
            )
    stored = [*(one.place for one in billed.recordings[:1]), *(one.place for one in billed.deletions[:1])]
    if stored:
        raise TollsheetError(
            f"{stored[0].file} holds recordings, which are no bill of calls", "Leave it out."
        )


def refuse_empty(log: Records, billed: Records) -> None:
    if not log.calls:
        raise TollsheetError(
            "The call log has no call that can be read",
            f"Give the log of the calls. {_first_problem(log)}".rstrip(),
            "--calls",
        )
    if not billed.calls and not billed.usage:
        raise TollsheetError(
            "The bill has no record that can be read",
            f"Give usage records or the provider's call records. {_first_problem(billed)}".rstrip(),
            "--billed",
        )


def _first_problem(records: Records) -> str:
    return "".join(f"First problem: {row.place}: {row.problem}." for row in records.unreadable[:1])


def refuse_other_month(what: str, days: Mapping[date, int], month: Period) -> None:
    """`days` are those of its records, and how many there are of each."""
    if days and not any(month.first_day <= day <= month.last_day for day in days):
        months = Counter[str]()
        for day, count in days.items():
            months[f"{day:%Y-%m}"] += count
        found = ", ".join(f"{name} ({count})" for name, count in sorted(months.items()))
        raise TollsheetError(
            f"The {what} has nothing in {month}; it has {found}",
            "Check the month, and that these are the right records.",
            "--month",
        )


def refuse_unbilled(bill: BillLines, usage: Sequence[UsageLine], month: Period) -> None:
    refuse_other_month("bill", bill.days(), month)
    if usage and not any(line.unit for line in usage) and not bill:
        crossing = next((line.record for line in usage if line.reason == CROSSES), None)
        if crossing is not None:
            raise TollsheetError(
                f"The bill's usage at {crossing.place} covers {crossing.start_on} to {crossing.end_on}, "
                f"which is not within {month} and cannot be split",
                "Export usage records of the month, or by day.",
            )
        refuse_other_month("bill", Counter(line.record.start_on for line in usage), month)
        names = ", ".join(sorted({line.record.category for line in usage})[:8])
        raise TollsheetError(
            f"The bill has no usage of calls within {month}; its categories are {names}",
            "Export usage records that include the category 'calls', for the month or by day.",
        )
