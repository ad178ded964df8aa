"""What `tollsheet billing-report` says in the terminal: the totals, and what there is to know of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.text import Text

from addin.cli.console import number, open_console, plain_table
from addin.errors import safe
from addin.reconcile.wording import counted
from addin.reports.billing.report import NOT_AN_INVOICE, BillingReport


def show_billing(report: BillingReport, written: Sequence[Path]) -> None:
    """Totals by table and currency, then sentences, then where the files are."""
    console = open_console()
    word, style = ("complete", "bold green") if report.is_fine else ("check", "bold yellow")
    console.print(Text.assemble(f"{report.about.title}: ", (word, style), f". {NOT_AN_INVOICE}"))
    for book in report.books:
        table = plain_table("", "Charges", "Total")
        for one in book.tables:
            table.add_row(one.name, number(one.charges), f"{number(one.total)} {book.currency}".rstrip())
        total = f"{number(book.total)} {book.currency}".rstrip()
        table.add_row("Total", number(book.charges), total, style="bold")
        console.print(table)
    for sentence in report.to_look_at:
        console.print(Text(f"! {safe(sentence)}", style="yellow"), soft_wrap=True)
    for sentence in report.facts:
        console.print(f"- {safe(sentence)}", soft_wrap=True)
    if report.left_out:
        reasons = ", ".join(f"{one.reason} {one.charges:,}" for one in report.left_out)
        left = sum(one.charges for one in report.left_out)
        console.print(f"{counted(left, 'charge')} not in the tables: {reasons}", soft_wrap=True)
    for path in written:
        console.print(f"Written: {path}", soft_wrap=True)
