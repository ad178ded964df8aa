"""The rows of the Calls sheet of a log in columns: one for all calls that are alike."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from addin.reconcile.alike_lines import AlikeBillLines, AlikeLines
from addin.reconcile.lines import UNRATED
from addin.reconcile.month_end.considerations import clock_ahead, talked_for
from addin.records import since_1970
from addin.records.alike.calls import AlikeCalls
from addin.reports.alike_rows import AlikeRows, OwnValues
from addin.reports.reconciliation.data import BilledCallRow, CallRow
from addin.reports.reconciliation.rows import billed_call_row, call_row


def alike_call_rows(lines: AlikeLines) -> AlikeRows[CallRow]:
    """Of all lines of a log. A call that ends in another month, or starts in one by the clock of the log, has
    a row of its own, as has one without a rate: why there is none names its number."""
    calls, code = lines.calls, lines.kind
    rows = [
        replace(row, ended_at=None, shown_at=None) if row.ended_at or row.shown_at else row
        for row in map(call_row, lines.kinds)
    ]
    apart = np.flatnonzero(_is_apart(lines))
    code = code.copy()
    code[apart] = len(rows) + np.arange(len(apart), dtype=np.int32)
    rows += [call_row(lines[index]) for index in apart.tolist()]
    own = {**_own(calls), "compared_day": _days(calls.started_us)}
    if lines.records is not None:
        own["billed_place"] = _places(lines.records.calls, lines.records.row)
    return AlikeRows(tuple(rows), code, own)


def alike_billed_rows(lines: AlikeBillLines) -> AlikeRows[BilledCallRow]:
    """Of all records of a bill."""
    own = {
        **_own(lines.calls),
        "log_place": _places(lines.log.calls, lines.log_row),
        "compared_day": _days(lines.compared_us),
    }
    return AlikeRows(tuple(map(billed_call_row, lines.kinds)), lines.kind, own)


def _own(calls: AlikeCalls) -> dict[str, OwnValues]:
    return {
        "call_id": calls.call_id,
        "place": _places(calls, np.arange(len(calls))),
        "started_at": calls.started_us,
        "from_number": calls.from_number,
        "to_number": calls.to_number,
    }


def _places(calls: AlikeCalls, positions: NDArray[np.int64]) -> OwnValues:
    """The places of the calls at these positions; a blank for those at none."""
    found = positions >= 0
    at = np.where(found, positions, 0)
    files = pa.array([kind.place.file for kind in calls.kinds]).dictionary_encode()
    file = files.dictionary.take(files.indices.take(pa.array(calls.kind[at])))
    texts = pc.binary_join_element_wise(file, pa.array(calls.rows[at]).cast(pa.string()), ":")
    return pa.chunked_array([texts if found.all() else pc.if_else(pa.array(found), texts, "")])


def _days(starts_us: NDArray[np.int64]) -> NDArray[np.int32]:
    return (starts_us // since_1970.DAY_US).astype(np.int32)


def _is_apart(lines: AlikeLines) -> NDArray[np.bool_]:
    starts = lines.starts
    month = _month(starts)
    found = np.array([line.step == UNRATED for line in lines.kinds])[lines.kind]
    for moved in (talked_for, clock_ahead):
        by = np.array([since_1970.length_us(moved(line)) for line in lines.kinds], np.int64)
        if by.any():
            found |= _month(starts + by[lines.kind]) != month
    return found


def _month(instants_us: NDArray[np.int64]) -> NDArray[np.int64]:
    return instants_us.view("datetime64[us]").astype("datetime64[M]").view(np.int64)
