"""Calls as the columns of `AlikeCalls`, made from calls that were read one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pyarrow as pa

from addin.records.alike.calls import AlikeCalls
from addin.records.call import Call, Place

CHUNK = 2
"""Calls that are looked at together."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def alike(calls: Sequence[Call]) -> AlikeCalls:
    """What is each call's own goes into columns, the rest is kept once."""
    kinds: dict[Call, int] = {}
    kind = [kinds.setdefault(_shared(call), len(kinds)) for call in calls]

    def texts(name: str) -> pa.ChunkedArray:
        values = [getattr(call, name) for call in calls]
        chunks = [[], *(values[at : at + CHUNK] for at in range(0, len(values), CHUNK))]  # one may be empty
        return pa.chunked_array([pa.array(chunk, pa.string()) for chunk in chunks], pa.string())

    return AlikeCalls(
        tuple(kinds),
        np.array(kind, np.int32),
        np.array([(call.started_at - _EPOCH) // timedelta(microseconds=1) for call in calls], np.int64),
        np.array([call.place.row for call in calls], np.int64),
        *map(texts, ("call_id", "from_number", "to_number")),
        lambda positions: [calls[position] for position in positions],
    )


def _shared(call: Call) -> Call:
    return replace(
        call,
        place=Place(call.place.file, 0),
        call_id="",
        from_number="",
        to_number="",
        started_at=_EPOCH,
        updated_at=None,
        parent_id="",
        row_values=(),
    )
