"""Calls of a month as rows of which many are alike, as many as are asked for: the same from the same seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from addin.reports.alike_rows import AlikeRows
from addin.reports.reconciliation.data import CallRow, ReconciliationReport
from tests.templates.reports import by_usage

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = Decimal(60)
_STATUSES = ("completed", "completed", "completed", "completed", "busy", "no-answer")
_FIRST_US = int(datetime(2026, 9, 1, tzinfo=UTC).timestamp()) * 1_000_000
_DAY_US = 86_400_000_000


def alike_calls(count: int, kinds: int, *, seed: int = 0) -> AlikeRows[CallRow]:
    """`kinds` rows that stand for `count`: ids of 34 characters, numbers of 12."""
    random = np.random.default_rng(seed)
    started = np.sort(random.integers(0, 30 * 86_400, count)) * 1_000_000 + _FIRST_US
    own = {
        "call_id": _ids(random, count),
        "place": _joined("calls.csv row ", np.arange(2, count + 2)),
        "from_number": _joined("+1415", random.integers(2_000_000, 2_000_000 + count // 20 + 1, count)),
        "to_number": _joined("+4420", random.integers(2_000_000, 9_999_999, count)),
        "started_at": started,
        "compared_day": (started // _DAY_US).astype(np.int32),
    }
    code = random.integers(0, kinds, count).astype(np.int32)
    return AlikeRows(tuple(map(kind_of_call, range(kinds))), code, own)


def kind_of_call(number: int) -> CallRow:
    """One of many: seconds, costs and what follows from its status."""
    seconds = Decimal(number % 4_000 + 1)
    status = _STATUSES[number // 4_000 % len(_STATUSES)]
    is_expected = status == "completed"
    minutes = -(-seconds // _MINUTE)
    rate = Decimal("0.0140") + Decimal(number // 4_000) / 10_000
    return CallRow(
        place="calls.csv row 2",
        call_id="",
        started_at=datetime(2026, 9, 1, tzinfo=UTC),
        direction="outbound",
        category="calls-outbound",
        from_number="",
        to_number="",
        status=status,
        seconds=seconds if is_expected else Decimal(0),
        talked_cost=rate * seconds / 60 if is_expected else None,
        step="expected" if is_expected else "not answered",
        rate=rate if is_expected else None,
        minimum=_MINUTE if is_expected else None,
        increment=_MINUTE if is_expected else None,
        connect_fee=Decimal(0) if is_expected else None,
        places=4 if is_expected else None,
        rounding="half-up" if is_expected else None,
        rate_row=number // 4_000 + 2 if is_expected else None,
        expected_minutes=minutes if is_expected else None,
        expected_cost=minutes * rate if is_expected else None,
        currency="USD" if is_expected else None,
        outcome="",
        billed_place=None,
        remark="",
        compared_day=date(2026, 9, 1) if is_expected else None,
        compared_category="calls-outbound" if is_expected else "",
    )


def report_of(calls: Sequence[CallRow]) -> ReconciliationReport:
    """A report around these calls; its other figures are another month's."""
    return replace(by_usage(), calls=calls, day_categories=("calls-outbound",))


def _ids(random: np.random.Generator, count: int) -> pa.ChunkedArray:
    """CA and 32 hexadecimal digits."""
    digits = np.frombuffer(b"0123456789abcdef", np.uint8)[random.integers(0, 16, (count, 34), np.uint8)]
    digits[:, :2] = np.frombuffer(b"CA", np.uint8)
    offsets = np.arange(0, 34 * (count + 1), 34, np.int32)
    made = pa.StringArray.from_buffers(count, pa.py_buffer(offsets), pa.py_buffer(digits.tobytes()))
    return pa.chunked_array([made])


def _joined(before: str, numbers: np.ndarray) -> pa.ChunkedArray:
    return pa.chunked_array([pc.binary_join_element_wise(before, pa.array(numbers).cast(pa.string()), "")])


def alike_of(rows: Sequence[Any]) -> AlikeRows[Any]:
    """Rows of any table of calls as rows that are alike; unpaired halves of letters become question marks."""
    names = [field.name for field in fields(rows[0])]
    texts = [
        name
        for name in ("call_id", "place", "from_number", "to_number", "billed_place", "log_place")
        if name in names
    ]
    instants = [name for name in ("started_at", "ended_at", "shown_at") if name in names]
    kinds: dict[Any, int] = {}
    code = []
    for row in rows:
        same = {name: None for name in (*texts, *instants, "compared_day") if getattr(row, name) is None}
        same |= {name: "" for name in texts if name not in same}
        same |= {name: _EPOCH for name in instants if name not in same}
        if row.compared_day:
            same["compared_day"] = _EPOCH.date()
        code.append(kinds.setdefault(replace(row, **same), len(kinds)))
    own: dict[str, Any] = {"compared_day": np.array([_days(row.compared_day) for row in rows], np.int32)}
    for name in instants:
        moments = [(getattr(row, name) or _EPOCH) - _EPOCH for row in rows]
        own[name] = np.array([one // timedelta(microseconds=1) for one in moments], np.int64)
    for name in texts:
        values = [(getattr(row, name) or "").encode("utf-8", "replace").decode() for row in rows]
        own[name] = pa.chunked_array([values], pa.string())
    return AlikeRows(tuple(kinds), np.array(code, np.int32), own)


def _days(day: date | None) -> int:
    return (day - _EPOCH.date()).days if day else 0
