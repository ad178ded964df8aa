"""Rated calls in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from addin.cli.console import SHOWN_ROWS, number, open_console, plain_table, show_unreadable
from addin.errors import safe
from addin.reconcile.lines import EXPECTED, UNKNOWN_STATUS, UNRATED, LogLine
from addin.reconcile.measure import Measure, printed
from addin.records.call import Unreadable


def show_rating(lines: Sequence[LogLine], unreadable: Sequence[Unreadable], output: Path) -> None:
    """Sums by currency, what was left out, and where the file is."""
    console = open_console()
    sums: dict[str, Measure] = {}
    for line in lines:
        if line.step == EXPECTED:
            sums.setdefault(line.currency, Measure()).add(1, line.expected_ms, line.expected_cost)
    table = plain_table("", "Calls", "Billed minutes", "Cost")
    for currency, total in sums.items():
        cost = f"{number(printed(total.cost))} {currency}".rstrip()
        table.add_row("Rated", number(total.calls), f"{number(printed(total.minutes))} min", cost)
    left: dict[str, int] = {}
    for line in lines:
        if line.step != EXPECTED:
            left[line.step] = left.get(line.step, 0) + 1
    for step, count in left.items():
        table.add_row(f"Left out: {step}", number(count), "", "")
    console.print(table)
    for line in [line for line in lines if line.step in (UNRATED, UNKNOWN_STATUS)][:SHOWN_ROWS]:
        why = line.rate_problem if line.step == UNRATED else f"status {line.call.status!r} is unknown"
        console.print(safe(f"{line.call.place}: {why}"), soft_wrap=True)
    show_unreadable(console, unreadable)
    console.print(f"Written: {output}", soft_wrap=True)
