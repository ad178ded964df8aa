"""A reconciliation in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from addin.cli.console import number, open_console, plain_table
from addin.errors import safe
from addin.reconcile.lines import BILLED, EXPECTED, TALKED
from addin.reconcile.wording import counted, listed
from addin.reports.reconciliation.data import Bridge, ReconciliationReport, Sum
from addin.reports.reconciliation.month_end import AccrualRow
from templates.reconciliation.wording import invoice_sentences

_SHOWN_ACCRUALS = 10
_COLOURS = {"balanced": "green", "within tolerance": "yellow", "out of balance": "red"}


def show_reconciliation(report: ReconciliationReport, written: Sequence[Path], kept: Sequence[str]) -> None:
    """Verdict, the two totals, the bridge, how many findings of each kind, what of an earlier report was
    `kept`, and where the files are."""
    console = open_console()
    style = f"bold {_COLOURS.get(report.headline, 'yellow')}"
    console.print(Text.assemble(f"{report.month}: ", (report.headline, style)))
    totals = plain_table("", "Calls", "Minutes", "Cost")
    several = len(report.bridges) > 1
    for name, value in (
        ("Expected", report.expected),
        ("Billed", report.billed),
        ("Variance", report.variance),
    ):
        cost = "by currency" if several else _amount(value)
        totals.add_row(name, number(value.calls), f"{number(value.minutes)} min", cost)
    console.print(totals)
    for bridge in report.bridges:
        console.print(_bridge(bridge, several))
    for sentence in (*report.facts, *report.patterns):
        console.print(f"- {safe(sentence)}", soft_wrap=True)
    _show_findings(console, report)
    _show_month_end(console, report)
    for sentence in kept:
        console.print(safe(sentence), soft_wrap=True)
    for path in written:
        console.print(f"Written: {path}", soft_wrap=True)


def _show_month_end(console: Console, report: ReconciliationReport) -> None:
    """How far an invoice that was given is tied, and what is to be accrued."""
    for sentence in invoice_sentences(report):
        console.print(safe(sentence), soft_wrap=True)
    # Where no side has prices there is nothing to accrue.
    rows = [row for row in report.accruals if row.amount or (row.expected, row.billed) != (None, None)]
    for row in rows[:_SHOWN_ACCRUALS]:
        account = f" of {row.account}" if row.account else ""
        text = f"To accrue for {row.period}{account}: {number(row.amount)} {row.currency or ''}".rstrip()
        console.print(safe(f"{text} ({row.basis}{_beside_calls(row)})"), soft_wrap=True)
    if rest := rows[_SHOWN_ACCRUALS:]:
        currencies = listed(list(dict.fromkeys(row.currency or "no currency" for row in rest)))
        more = counted(len(rest), "more line")
        console.print(safe(f"... and {more} ({currencies}) on the sheet Accrual"), soft_wrap=True)


def _beside_calls(row: AccrualRow) -> str:
    """What the sum holds that is no call."""
    kinds = ((row.other, "other usage"), (row.given, "other lines of the invoice"))
    unit = f" {row.currency}" if row.currency else ""
    parts = [f"{number(amount)}{unit} {what}" for amount, what in kinds if amount]
    return f"; of which {listed(parts)}" if parts else ""


def _bridge(bridge: Bridge, several: bool) -> Table:
    """All the steps, those that add nothing dimmed."""
    table = plain_table(
        f"Bridge {bridge.currency or '(no currency)'}" if several else "Bridge", "Calls", "Minutes", "Cost"
    )
    for step in bridge.steps:
        value = step.sum
        style = "bold" if step.name in (TALKED, EXPECTED, BILLED) else ""
        if not (value.calls or value.minutes or value.cost):
            style = style or "dim"
        figures = (number(value.calls), f"{number(value.minutes)} min", _amount(value))
        table.add_row(step.name, *figures, style=style)
    return table


def _show_findings(console: Console, report: ReconciliationReport) -> None:
    kinds: dict[str, int] = {}
    for finding in report.findings:
        kinds[finding.kind] = kinds.get(finding.kind, 0) + 1
    if not kinds:
        console.print("No findings.")
        return
    by_kind = ", ".join(f"{kind} {count}" for kind, count in kinds.items())
    console.print(f"{counted(len(report.findings), 'finding')}: {by_kind}", soft_wrap=True)


def _amount(value: Sum) -> str:
    return "not known" if value.cost is None else f"{number(value.cost)} {value.currency or ''}".rstrip()
