"""The storage statement on the terminal: verdict, invoice lines, what stands out, findings, files."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from rich.text import Text

from addin.cli.console import number, open_console, plain_table
from addin.errors import safe
from addin.reconcile.wording import counted
from addin.reports.storage.report import StorageReport

_COLOURS = {"agrees": "green", "calculated": "green", "to check": "yellow", "differs": "red"}
_SHOWN = 10


def show_storage(report: StorageReport, written: Sequence[Path]) -> None:
    """The invoice line of each month; of the findings the first, which the workbook lists in full."""
    console = open_console()
    style = f"bold {_COLOURS[report.verdict]}"
    console.print(Text.assemble(f"{report.about.title}: ", (report.verdict, style)))
    console.print(safe(report.sentence), soft_wrap=True)
    has_invoice = any(row.invoice is not None for row in report.months)
    heads = ("Recording storage", "Held", "Charged", "Minutes", "Amount", "Invoice")
    lines = plain_table(*heads[: len(heads) - (not has_invoice)])
    for row in report.months:
        cells = [number(row.held), number(row.charged), f"{number(row.minutes)} min"]
        cells.append(_money(row.amount, report.currency))
        if has_invoice:
            cells.append("" if row.invoice is None else _money(row.invoice, report.currency))
        lines.add_row(str(row.on), *cells)
    console.print(lines)
    if report.view_said:
        console.print(f"In view: {report.view_said}.", soft_wrap=True)
    for sentence in report.notes:
        console.print(f"- {safe(sentence)}", soft_wrap=True)
    open_ = [one for one in report.findings if one.is_open]
    rest = len(report.findings) - len(open_)
    if report.findings:
        said = f"{counted(len(open_), 'finding')} to look at"
        console.print(f"{said}, {rest:,} for your information." if rest else f"{said}.")
    for one in open_[:_SHOWN]:
        where = ": ".join(filter(None, (one.place, one.recording_id)))
        console.print(safe(f"  {one.kind}: {where}{': ' if where else ''}{one.text}"), soft_wrap=True)
    if len(open_) > _SHOWN:
        console.print(f"  ... and {len(open_) - _SHOWN:,} more in the workbook")
    for path in written:
        console.print(f"Written: {path}", soft_wrap=True)


def _money(value: Decimal, currency: str) -> str:
    return f"{number(value)} {currency}"
