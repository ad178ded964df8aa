"""How commands speak: short, plain, safe to pipe. Progress only where a person watches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Protocol

from rich.console import Console
from rich.table import Table

from addin.errors import safe
from addin.records.call import Unreadable


class Progress(Protocol):
    """Told what is being done, the rows so far and their share of the whole; 0 where it is not known."""

    def __call__(self, what: str, rows: int, share: float = 0, /) -> None: ...


SHOWN_ROWS = 10
"""Of a list that may be long."""


def open_console() -> Console:
    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = 110
    return console


@contextmanager
def progress() -> Iterator[Progress]:
    """A bar on the error stream that says what is being done, how far it is and since when; nothing where
    nobody watches."""
    console = Console(stderr=True, highlight=False, markup=False)
    if not console.is_terminal:
        yield _nobody
        return
    from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[rows]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bars:
        running: dict[str, TaskID] = {}

        def show(what: str, rows: int, share: float = 0) -> None:
            if what not in running:
                for task in running.values():
                    bars.remove_task(task)
                running.clear()
                running[what] = bars.add_task(safe(what), total=None, rows="")
            told = f"{rows:,} rows" if rows else ""
            bars.update(running[what], rows=told, total=1 if share else None, completed=share)

        yield show


def _nobody(what: str, rows: int, share: float = 0) -> None:
    """Where nobody watches."""


def number(value: Decimal | int) -> str:
    """
    >>> number(Decimal("1234.50")), number(Decimal("-3"))
    ('1,234.5', '-3')
    """
    return f"{value.normalize():,f}" if isinstance(value, Decimal) else f"{value:,}"


def plain_table(*headers: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=any(headers))
    for index, header in enumerate(headers):
        table.add_column(header, justify="left" if index == 0 else "right", no_wrap=True)
    return table


def show_unreadable(console: Console, rows: Sequence[Unreadable]) -> None:
    for row in rows[:SHOWN_ROWS]:
        console.print(safe(f"Not read: {row.place}: {row.problem}"), soft_wrap=True)
    if len(rows) > SHOWN_ROWS:
        console.print(f"... and {len(rows) - SHOWN_ROWS:,} more rows that could not be read")
