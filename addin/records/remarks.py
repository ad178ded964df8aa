"""What is said of a file beside its records: what was assumed, left out or spoilt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC

from addin.errors import in_quotes
from addin.records.call import Call
from addin.records.formats import Format
from udfs.rating.attribution import zone


def notes_on_sheets(read: Sequence[str], left: Sequence[str]) -> list[str]:
    """What was read of a workbook that has several sheets."""
    if len(read) + len(left) == 1:
        return []
    notes = [f"read from {_sheets(read)}"]
    if left:
        notes[0] += f", not from {_sheets(left)}"
    return notes


def _sheets(names: Sequence[str]) -> str:
    return f"sheet{'s' if len(names) > 1 else ''} " + in_quotes(names)


def note_on_bare_times(found: Format, time_zone: str | None, is_mapped: bool) -> str:
    """What a person has to know of times without a zone: the one assumed, or that theirs was not used."""
    if not found.zone:
        return f"times without a zone were read as {time_zone or 'UTC'}"
    if is_mapped or time_zone is None or zone(time_zone) is UTC:
        return ""
    return (
        f"times without a zone are {found.zone} by definition: the time zone {time_zone} that was "
        "given was not used"
    )


def notes_on_credits(calls: Sequence[Sequence[Call]]) -> list[str]:
    """A file in which every amount is a credit has its signs turned, as a rule: some programs write charges
    without the sign of their provider's."""
    credits = _counted(calls, lambda call: call.cost is not None and call.cost < 0)
    if credits < 2 or _counted(calls, lambda call: call.cost is not None and call.cost > 0):
        return []
    return [f"{credits:,} amounts are credits, by their sign, and none is a charge: is it turned?"]


def _counted(calls: Sequence[Sequence[Call]], meant: Callable[[Call], bool]) -> int:
    """How many are meant, some of them perhaps in columns."""
    return sum(run.counted(meant) if hasattr(run, "counted") else sum(map(meant, run)) for run in calls)


def note_on_shortened(numbers: Sequence[str]) -> str:
    count = "1 number was" if len(numbers) == 1 else f"{len(numbers):,} numbers were"
    return f"{count} shortened by a spreadsheet, such as {numbers[0]}: export again"


def note_on_directions(words: Sequence[str]) -> str:
    count = "1 direction is" if len(words) == 1 else f"{len(words):,} directions are"
    told = f"{count} neither inbound nor outbound, such as {in_quotes([words[0][:40]])}: read as not said"
    return f"{told}. The table [direction] of a mapping says what such words mean"
