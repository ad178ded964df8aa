"""What `tollsheet investigate` says in the terminal: the path in a few lines."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.text import Text

from addin.cli.console import open_console
from addin.errors import safe
from addin.investigation.balance import MISMATCH, OPEN
from addin.investigation.walk import NOTHING
from addin.reports.investigation.data import InvestigationReport, PathReport


def show_investigation(report: InvestigationReport, written: Sequence[Path]) -> None:
    """Per currency the conclusion and the boxes that the path led through; then balance and warnings."""
    console = open_console()
    several = len(report.paths) > 1
    for path in report.paths:
        style = "bold green" if path.kind == NOTHING else "bold red"
        name = f"{report.period}, {path.name}: " if several else f"{report.period}: "
        console.print(Text.assemble(name, (path.kind, style)))
        for line in _path(path):
            console.print(safe(line), soft_wrap=True)
    for balance in report.balances:
        style = {MISMATCH: "bold red", OPEN: "bold yellow"}.get(balance.result, "bold green")
        console.print(
            Text.assemble(f"Balance {balance.currency or ''}".rstrip(), ": ", (balance.result, style))
        )
        console.print(f"  {safe(balance.sentence)}", soft_wrap=True)
    for warning in report.warnings:
        console.print(Text(f"Please note: {safe(warning)}", style="yellow"), soft_wrap=True)
    for fact in report.facts:
        console.print(f"- {safe(fact)}", soft_wrap=True)
    for target in written:
        console.print(f"Written: {target}", soft_wrap=True)


def _path(path: PathReport) -> list[str]:
    lines = []
    no = {row.question for row in path.questions if row.answer == "no"}
    for box in path.tree:
        if box.taken:
            text = ". ".join(part.rstrip(".") for part in box.text.split("\n") if part)
            is_question = box.title.endswith("?")
            answer = (" No." if box.title in no else " Yes.") if is_question else ":"
            lines.append(f"  {box.title}{answer} {text}")
    if path.call is not None:
        lines += [f"    ours:   {path.call.our_formula}", f"    theirs: {path.call.their_formula}"]
    lines += [f"  - {note}" for note in path.notes]
    if path.ask:
        lines.append(f"  -> {path.ask}")
    return lines
