"""What a mail says of a billing report: its totals, and all that they lack."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from addin.hosts.mail.letter import Letter
from addin.reconcile.wording import amount, counted
from addin.reports.billing.report import NOT_AN_INVOICE, BillingReport


def billing_letter(report: BillingReport, name: str, files: Sequence[Path], made_by: str) -> Letter:
    """The letter that carries the files of a report. Each currency has a total of its own; `name` is that of
    the configuration, by which two reports of one period are told apart."""
    facts = [("Period", report.about.period), ("Time zone", report.about.time_zone)]
    for book in report.books:
        charges = counted(book.charges, "charge")
        facts.append(("Total", f"{amount(Fraction(book.total), book.currency)}, {charges}"))
        facts += [
            (table.name, amount(Fraction(table.total), book.currency)) for table in book.tables if table.rows
        ]
    if not report.books:
        facts.append(("Total", "no charge was counted"))
    facts += report.about.choices
    left_out = [
        f"Left out: {counted(one.charges, 'charge')}{f', {one.cost}' if one.cost else ''}, {one.reason} "
        f"({one.meaning})."
        for one in report.left_out
    ]
    return Letter(
        title=f"{report.about.title} ({name})",
        facts=tuple(facts),
        notes=(NOT_AN_INVOICE, *(f"To look at: {one}" for one in report.to_look_at), *left_out),
        files=tuple(files),
        made_by=made_by,
    )
