"""What a storage statement says in one word and a few sentences."""

from __future__ import annotations

from fractions import Fraction

from addin.reconcile.wording import amount, counted, listed
from addin.reports.storage.rows import MonthRow, month_row
from addin.storage.findings import DIFFERENCES
from addin.storage.statement import Statement


def invoice_line(row: MonthRow) -> str:
    """The line as an invoice shows it.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> month_end, amount = date(2023, 6, 30), Decimal("0.0012")
    >>> invoice_line(MonthRow("2023-06", month_end, 2, 2, 0, 1, 0, 0, 3, amount, "USD", None, None))
    'Recording storage 2023-06-30: 2 recordings charged, 3 min, 0.0012 USD'
    """
    charged = (
        f"{counted(row.charged, 'recording')} charged, {row.minutes:,} min, {row.amount:,f} {row.currency}"
    )
    unrated = f"; {counted(row.unrated, 'recording')} of them without a rate, not in the amount"
    return f"Recording storage {row.on}: {charged}{unrated if row.unrated else ''}"


def view_said(statement: Statement) -> str:
    question = statement.question
    if not question.is_filtered:
        return ""
    parts = []
    if question.stored:
        parts.append(f"stored for {question.stored} on {question.as_of}")
    if question.within_a_year:
        parts.append(f"recorded within the year before {question.as_of}")
    count = counted(len(statement.view), "recording")
    return f"{count} of {len(statement.lines):,}: {' and '.join(parts)}"


def verdict_of(statement: Statement) -> tuple[str, str]:
    """A word, and the sentence beside it."""
    open_ = sum(finding.is_open for finding in statement.findings)
    total = sum((month.amount for month in statement.months), Fraction(0))
    sum_ = f"{statement.question.period}: {amount(total, statement.currency)} of recording storage"
    unrated = sum(line.total(statement.month_ends) is None for line in statement.lines if line.rate is None)
    if unrated:
        sum_ += f", without the charges of {counted(unrated, 'recording')} whose rate is not known"
    if len(statement.months) == 1:
        sum_ = invoice_line(month_row(statement.months[0], statement.currency))
    if not statement.is_compared:
        word = "to check" if open_ else "calculated"
        rest = _not_compared(statement)
    else:
        differs = any(finding.kind in DIFFERENCES for finding in statement.findings)
        word = "differs" if differs else "to check" if open_ else "agrees"
        rest = _agreement(statement)
    said = f"{counted(open_, 'finding')} to look at." if open_ else ""
    return word, " ".join(filter(None, (f"{sum_}.", rest, said)))


def _not_compared(statement: Statement) -> str:
    """Why nothing was compared."""
    others = sorted({one.export.month_end for one in statement.compared if one.amount and one.export})
    if others:
        ends = listed([str(end) for end in others])
        return f"Plivo's amounts are of another month end ({ends}), and were not compared."
    return "No amount of Plivo's was given to compare with."


def _agreement(statement: Statement) -> str:
    """How far Plivo's figures are off, in sums."""
    parts = []
    asked = [one for one in statement.compared if one.is_asked]
    both = [one for one in asked if one.amount is not None and one.our_amount is not None]
    if both:
        off = [one for one in both if one.amount_differs]
        by = sum((one.amount or 0) - (one.our_amount or 0) for one in both)
        said = f"differs for {len(off):,} of {counted(len(both), 'recording')}, by "
        said += amount(Fraction(by), statement.currency)
        parts.append(
            f"Plivo's amount {said} in sum." if off else f"Plivo's amount agrees for {_all(len(both))}."
        )
    given = [month for month in statement.months if month.invoice is not None]
    if given:
        wrong = [month for month in given if not month.invoice_agrees]
        by = sum((month.difference or Fraction(0) for month in wrong), Fraction(0))
        parts.append(
            f"The invoice differs in {counted(len(wrong), 'month')}, by {amount(by, statement.currency)}."
            if wrong
            else f"The invoice agrees in {counted(len(given), 'month')}."
        )
    return " ".join(parts)


def _all(count: int) -> str:
    if count == 1:
        return "the one recording"
    return "both recordings" if count == 2 else f"all {count:,} recordings"
