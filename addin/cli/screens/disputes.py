"""A dispute sheet in the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.text import Text

from addin.cli.console import number, open_console, plain_table
from addin.disputes.checks import to_check
from addin.disputes.records import BY_HAND, CARRIED, GONE, STATUSES, DisputeReport
from addin.disputes.report import KEPT_FROM, KEPT_NONE
from addin.disputes.totals import Total, of_unit, too_little, total_of
from addin.errors import safe
from addin.reconcile.wording import counted, listed


def show_disputes(report: DisputeReport, written: Sequence[Path], leftover: Sequence[str] = ()) -> None:
    """How many of each status, what they come to, what is to be checked, and where the files are."""
    console = open_console()
    console.print(Text(f"Disputes {', '.join(report.months)}, as of {report.as_of}", style="bold"))
    if not report.disputes:
        console.print("Nothing is disputed.")
    for unit in report.units:
        table = plain_table(f"In {unit}", "Disputes", "In question", "Credited", "Outstanding")
        its = of_unit(report, unit)
        for status in STATUSES:
            total = total_of(one for one in its if one.status == status)
            if total.count:
                table.add_row(status, *_figures(total))
        if its:
            table.add_row("all", *_figures(total_of(its)), style="bold")
        less = too_little(report, unit)
        if less:
            table.add_row("billed too little, not disputed", "", number(less), "", "")
        console.print(table)
    states = Counter(one.state for one in report.disputes)
    for state in (CARRIED, GONE, BY_HAND):
        if states[state]:
            console.print(f"- {counted(states[state], 'dispute')}: {state}.")
    for text, count in Counter(filter(None, map(to_check, report.disputes))).items():
        console.print(f"- To check: {text} ({counted(count, 'dispute')}).", soft_wrap=True)
    kept = dict(report.about.choices)[KEPT_FROM]
    sentences = (*report.remarks, *([] if kept == KEPT_NONE else [f"{KEPT_FROM} {kept}."]))
    for sentence in sentences:
        console.print(f"- {safe(sentence)}", soft_wrap=True)
    if report.not_disputed:
        console.print(f"Not disputed: {counted(len(report.not_disputed), 'finding')}; the workbook says why.")
    for path in written:
        console.print(f"Written: {path}", soft_wrap=True)
    if leftover:
        are = "is no letter" if len(leftover) == 1 else "are no letters"
        text = f"{listed([*leftover])} {are} of this run: left from an earlier one, and not changed."
        console.print(Text(safe(text), style="yellow"), soft_wrap=True)


def _figures(total: Total) -> tuple[str, str, str, str]:
    amounts = (total.question, total.credited, total.outstanding)
    return (number(total.count), *map(number, amounts))  # type: ignore[return-value]
