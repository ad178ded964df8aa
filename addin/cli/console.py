"""What a command says in the terminal: short, plain, safe to pipe. Progress only where a person watches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from addin.disputes.checks import to_check
from addin.disputes.records import BY_HAND, CARRIED, GONE, STATUSES, DisputeReport
from addin.disputes.report import KEPT_FROM, KEPT_NONE
from addin.disputes.totals import Total, of_unit, too_little, total_of
from addin.errors import safe
from addin.reconcile.lines import BILLED, EXPECTED, TALKED, UNKNOWN_STATUS, UNRATED, LogLine
from addin.reconcile.measure import Measure, printed
from addin.reconcile.wording import counted
from addin.records.call import Records, Unreadable
from addin.reports.reconciliation import Bridge, ReconciliationReport, Sum
from templates.reconciliation.wording import invoice_sentences

Progress = Callable[[str, int], None]
_SHOWN_ROWS = 10
_SHOWN_ACCRUALS = 3
_COLOURS = {"balanced": "green", "within tolerance": "yellow", "out of balance": "red"}


def open_console() -> Console:
    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = 110
    return console


@contextmanager
def progress() -> Iterator[Progress]:
    """A line on the error stream that says what is being done; nothing where nobody watches."""
    console = Console(stderr=True, highlight=False, markup=False)
    if not console.is_terminal:
        yield lambda what, rows: None
        return
    with console.status("Starting") as status:
        yield lambda what, rows: status.update(safe(f"{what}: {rows:,} rows" if rows else what))


def number(value: Decimal | int) -> str:
    """
    >>> number(Decimal("1234.50")), number(Decimal("-3"))
    ('1,234.5', '-3')
    """
    return f"{value.normalize():,f}" if isinstance(value, Decimal) else f"{value:,}"


def _amount(value: Sum) -> str:
    return "not known" if value.cost is None else f"{number(value.cost)} {value.currency or ''}".rstrip()


def show_reconciliation(report: ReconciliationReport, written: Sequence[Path]) -> None:
    """Verdict, the two totals, the bridge, how many findings of each kind, and where the files are."""
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
    for path in written:
        console.print(f"Written: {path}", soft_wrap=True)


def _show_month_end(console: Console, report: ReconciliationReport) -> None:
    """How far an invoice that was given is tied, and what is to be accrued."""
    for sentence in invoice_sentences(report):
        console.print(safe(sentence), soft_wrap=True)
    for row in report.accruals[:_SHOWN_ACCRUALS]:
        if row.expected is None and row.billed is None and not row.amount:
            continue  # no side has prices: there is nothing to accrue
        account = f" of {row.account}" if row.account else ""
        text = f"To accrue for {row.period}{account}: {number(row.amount)} {row.currency or ''}".rstrip()
        console.print(safe(f"{text} ({row.basis})"), soft_wrap=True)
    if len(report.accruals) > _SHOWN_ACCRUALS:
        console.print(f"... and {len(report.accruals) - _SHOWN_ACCRUALS} more lines on the sheet Accrual")


def plain_table(*headers: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=any(headers))
    for index, header in enumerate(headers):
        table.add_column(header, justify="left" if index == 0 else "right", no_wrap=True)
    return table


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
    for line in [line for line in lines if line.step in (UNRATED, UNKNOWN_STATUS)][:_SHOWN_ROWS]:
        why = line.rate_problem if line.step == UNRATED else f"status {line.call.status!r} is unknown"
        console.print(safe(f"{line.call.place}: {why}"), soft_wrap=True)
    _show_unreadable(console, unreadable)
    console.print(f"Written: {output}", soft_wrap=True)


def _show_unreadable(console: Console, rows: Sequence[Unreadable]) -> None:
    for row in rows[:_SHOWN_ROWS]:
        console.print(safe(f"Not read: {row.place}: {row.problem}"), soft_wrap=True)
    if len(rows) > _SHOWN_ROWS:
        console.print(f"... and {len(rows) - _SHOWN_ROWS:,} more rows that could not be read")


def show_records(records: Records) -> None:
    """One block a file: what it is and holds."""
    console = open_console()
    for source in records.sources:
        console.print(Text(safe(source.name), style="bold"))
        console.print(f"  {source.format}; {counted(source.rows, 'row')}", soft_wrap=True)
        for note in source.notes:
            console.print(f"  note: {safe(note)}", soft_wrap=True)
    if records.calls:
        first = min(call.started_at for call in records.calls)
        last = max(call.started_at for call in records.calls)
        billed = [call for call in records.calls if call.is_billed]
        console.print(
            f"{counted(len(records.calls), 'call')} from {first:%Y-%m-%d %H:%M:%S} to "
            f"{last:%Y-%m-%d %H:%M:%S} UTC, {number(len(billed))} of them billed",
            soft_wrap=True,
        )
    if records.usage:
        first_day = min(record.start_on for record in records.usage)
        last_day = max(record.end_on for record in records.usage)
        console.print(f"{counted(len(records.usage), 'usage record')}, {first_day} to {last_day}")
    if records.recordings:
        console.print(counted(len(records.recordings), "recording"))
    if records.charges:
        pending = sum(charge.cost is None for charge in records.charges)
        console.print(f"{counted(len(records.charges), 'charge')}, {number(pending)} of them pending")
    if records.roster:
        active = sum(user.is_active for user in records.roster)
        console.print(f"{counted(len(records.roster), 'user')}, {number(active)} of them active")
    if records.deletions:
        console.print(counted(len(records.deletions), "deletion"))
    _show_unreadable(console, records.unreadable)


def show_disputes(report: DisputeReport, written: Sequence[Path]) -> None:
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


def _figures(total: Total) -> tuple[str, str, str, str]:
    amounts = (total.question, total.credited, total.outstanding)
    return (number(total.count), *map(number, amounts))  # type: ignore[return-value]
