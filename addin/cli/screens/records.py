"""What files hold, in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from rich.text import Text

from addin.cli.console import number, open_console, show_unreadable
from addin.errors import safe
from addin.reconcile.wording import counted
from addin.records.call import Call, Records


def show_records(records: Records) -> None:
    """One block a file: what it is and holds."""
    console = open_console()
    for source in records.sources:
        console.print(Text(safe(source.name), style="bold"))
        console.print(f"  {source.format}; {counted(source.rows, 'row')}", soft_wrap=True)
        for note in source.notes:
            console.print(f"  note: {safe(note)}", soft_wrap=True)
    if records.calls:
        first, last, billed = _ends_and_billed(records.calls)
        console.print(
            f"{counted(len(records.calls), 'call')} from {first:%Y-%m-%d %H:%M:%S} to "
            f"{last:%Y-%m-%d %H:%M:%S} UTC, {number(billed)} of them billed",
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
    show_unreadable(console, records.unreadable)


def _ends_and_billed(calls: Sequence[Call]) -> tuple[datetime, datetime, int]:
    """The first and the last start, and how many are billed."""
    if isinstance(calls, tuple):  # read one by one, which needs no numpy
        starts = [call.started_at for call in calls]
        return min(starts), max(starts), sum(bool(call.is_billed) for call in calls)
    from addin.records.alike.calls import AlikeCalls

    assert isinstance(calls, AlikeCalls)
    return *calls.ends(), calls.counted(lambda call: bool(call.is_billed))
