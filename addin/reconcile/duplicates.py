"""The same call twice in a file: found before anything is matched, the latest copy kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from addin.records.call import Call

_NEVER = datetime.min.replace(tzinfo=UTC)
_SAME_CALL = timedelta(hours=1)
"""A row written before the call began may hold the time of its creation as its start."""
OLDER = "older copy"
"""How the kind of a copy begins that says itself that the other one is newer."""
_SHOWN = ("status", "duration_ms", "cost", "started_at", "from_number", "to_number", "direction", "billed_ms")


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A dropped copy: the call that stands for it and what kind of copy it is."""

    kept: Call
    copy: str


def find_duplicates(calls: Iterable[Call]) -> dict[int, Duplicate]:
    """The dropped copies by their index in `calls`.

    A negative amount beside a charge is no copy of it but a credit, and so is one of another amount beside a
    credit; with update times, the later of two rows is the version that holds, whatever its sign.

    Of identical rows the first is kept; of different ones the latest by the provider's update time, else a
    billed one before an unbilled one (a call in progress is exported again when it has ended) and one with a
    price before one without (prices come late), else the one that was read last. Rows without an id are
    copies only if every field is the same.
    """
    indexed = list(calls)
    groups: dict[object, list[int]] = {}
    for index, call in enumerate(indexed):
        key = (call.provider, call.call_id or call.row_values or index)
        groups.setdefault(key, []).append(index)
    dropped: dict[int, Duplicate] = {}
    for alike in groups.values():
        for indexes in _one_call_each(indexed, alike) if len(alike) > 1 else ():
            best = _latest(indexed, indexes)
            for index in indexes:
                if index != best:
                    dropped[index] = Duplicate(indexed[best], _kind_of_copy(indexed[index], indexed[best]))
    return dropped


def _one_call_each(calls: list[Call], alike: list[int]) -> list[list[int]]:
    """Rows of one id, call by call. Some switches count ids anew each day or file: rows between other numbers
    or of another time are other calls, unless their update times say that they are versions of one.

    A row goes to the first group whose first row is the same call. Ids such as #N/A can be those of tens of
    thousands of calls, so only first rows that may be the same are looked at.
    """
    groups: list[list[int]] = []
    first_rows: dict[object, int] = {}
    for index in alike:
        call = calls[index]
        candidates = {first_rows[key] for key in _keys(call, around=True) if key in first_rows}
        same = [group for group in candidates if _is_same(calls[groups[group][0]], call)]
        if same:
            groups[min(same)].append(index)
        else:
            first_rows.update(dict.fromkeys(_keys(call), len(groups)))
            groups.append([index])
    return groups


def _keys(call: Call, *, around: bool = False) -> list[object]:
    """Where a first row is found again: by having an update time, and by numbers and hour.

    No two first rows have the same key: those of the same numbers are more than an hour apart.
    """
    hour = (call.started_at - _NEVER) // _SAME_CALL
    hours = (hour - 1, hour, hour + 1) if around else (hour,)
    keys: list[object] = [(call.from_number, call.to_number, credited(call), one) for one in hours]
    return [*keys, "updated"] if call.updated_at else keys


def credited(call: Call) -> Decimal | None:
    """The amount of a credit; None of a charge, a free call or one whose price is pending."""
    return call.cost if call.cost is not None and call.cost < 0 else None


def _is_same(one: Call, other: Call) -> bool:
    if one.updated_at and other.updated_at:
        return True
    return credited(one) == credited(other) and may_be_same(one, other)


def may_be_same(one: Call, other: Call) -> bool:
    """Whether two rows of one id are of one call, by their numbers and start."""
    numbers = one.from_number == other.from_number and one.to_number == other.to_number
    return numbers and abs(one.started_at - other.started_at) <= _SAME_CALL


def _latest(calls: list[Call], indexes: list[int]) -> int:
    best = indexes[0]
    for index in indexes[1:]:
        if calls[index].row_values == calls[best].row_values and calls[index].row_values:
            continue
        if _rank(calls[index]) >= _rank(calls[best]):
            best = index
    return best


def _rank(call: Call) -> tuple[datetime, bool, bool]:
    return call.updated_at or _NEVER, *tells_more(call)


def tells_more(call: Call) -> tuple[bool, bool]:
    """By what the greater of two copies without update times holds: being billed, then having a price."""
    return bool(call.is_billed), call.cost is not None


def _compared(call: Call, name: str) -> object:
    """A field as it is compared: two exports may spell one status differently."""
    value = getattr(call, name)
    return "".join(filter(str.isalnum, value)).casefold() if name == "status" else value


def _kind_of_copy(copy: Call, kept: Call) -> str:
    if copy.row_values and copy.row_values == kept.row_values:
        return "identical row"
    fields = [name for name in _SHOWN if _compared(copy, name) != _compared(kept, name)]
    different = ", ".join(name.removesuffix("_ms").replace("_", " ") for name in fields)
    if copy.updated_at and kept.updated_at and copy.updated_at < kept.updated_at:
        return f"{OLDER}, other {different}" if different else OLDER
    if copy.cost is None and fields == ["cost"]:
        return "unpriced copy"
    return f"copy with other {different}" if different else "copy, written differently,"
