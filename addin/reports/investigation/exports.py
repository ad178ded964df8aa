"""When the sides were exported, in sentences."""

from __future__ import annotations

from datetime import datetime

from addin.investigation.export import Exports
from addin.reconcile.period import Period


def warnings(exports: Exports, period: Period) -> tuple[str, ...]:
    """What was exported too early, and what may have been."""
    ends = f"{exports.ends_at:%Y-%m-%d %H:%M} UTC"
    found = []
    for side in exports.too_early:
        assert side.at is not None
        before = "before it ended" if side.at < exports.ends_at else "less than 24 hours after it ended"
        found.append(
            f"{side.side}: exported {exported(side.at, side.said_by)}, {before} ({ends}). Late calls and "
            f"late prices may be missing: export again after {exports.settled_at:%Y-%m-%d %H:%M} UTC."
        )
    found += [
        f"{side.side}: when it was exported is not known. An export is complete 24 hours after {period} "
        f"ended, from {exports.settled_at:%Y-%m-%d %H:%M} UTC on."
        for side in exports.unknown
    ]
    return tuple(found)


def exported(at: datetime | None, said_by: str) -> str:
    """A moment, and what says it."""
    return f"{at:%Y-%m-%d %H:%M:%S} UTC, {said_by}" if at else f"not known: {said_by}"
