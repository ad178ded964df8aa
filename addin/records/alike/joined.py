"""Calls of several files as one: those in columns, and those that were read one by one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
import pyarrow as pa

from addin.records import since_1970
from addin.records.alike.calls import AlikeCalls
from addin.records.call import Call


def one_by_one(calls: Sequence[Call]) -> AlikeCalls:
    """Each call as a kind of its own."""

    def texts(values: Sequence[str]) -> pa.ChunkedArray:
        return pa.chunked_array([pa.array(values, pa.string())])

    return AlikeCalls(
        kinds=tuple(calls),
        kind=np.arange(len(calls), dtype=np.int32),
        started_us=np.array([since_1970.microseconds(call.started_at) for call in calls], np.int64),
        rows=np.array([call.place.row for call in calls], np.int64),
        call_id=texts([call.call_id for call in calls]),
        from_number=texts([call.from_number for call in calls]),
        to_number=texts([call.to_number for call in calls]),
        read=lambda positions: [calls[position] for position in positions],
    )


def in_columns(calls: Sequence[Call]) -> AlikeCalls:
    """The same calls, each as a kind of its own if they are not in columns."""
    return calls if isinstance(calls, AlikeCalls) else one_by_one(calls)


def joined(runs: Sequence[Sequence[Call]]) -> AlikeCalls:
    """All calls in the order of the runs."""
    parts = [in_columns(run) for run in runs if len(run)]
    if len(parts) == 1:
        return parts[0]
    first_kinds = np.cumsum([0, *(len(part.kinds) for part in parts)])
    return AlikeCalls(
        kinds=tuple(kind for part in parts for kind in part.kinds),
        kind=np.concatenate(
            [part.kind + np.int32(first) for part, first in zip(parts, first_kinds, strict=False)]
        ),
        started_us=np.concatenate([part.started_us for part in parts]),
        rows=np.concatenate([part.rows for part in parts]),
        call_id=_chained([part.call_id for part in parts]),
        from_number=_chained([part.from_number for part in parts]),
        to_number=_chained([part.to_number for part in parts]),
        read=partial(_read, parts),
    )


def _chained(columns: Sequence[pa.ChunkedArray]) -> pa.ChunkedArray:
    return pa.chunked_array([chunk for column in columns for chunk in column.chunks], pa.string())


def _read(parts: Sequence[AlikeCalls], positions: Sequence[int]) -> list[Call]:
    wanted = np.asarray(positions, np.int64)
    calls: list[Call] = []
    first = 0
    for part in parts:
        its = wanted[(wanted >= first) & (wanted < first + len(part))] - first
        if len(its):
            calls += part.read(its.tolist())
        first += len(part)
    return calls
