"""From records to recordings, each once: copies are set aside, deletions are joined to what they delete."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from addin.records.call import Deletion, Recording, Records
from addin.storage import findings as kinds
from addin.storage.findings import Finding

Deciding = tuple[object, ...]


def held(records: Records, first_month_end: date) -> tuple[list[Recording], list[Finding]]:
    """The recordings in the order of the files, and what was odd about them.

    A deletion of a recording that the list does not hold matters from the first month end on: until it was
    deleted it may have been charged.
    """
    found, odd = _once(records.recordings)
    deletions, odd_deletions = _deletions_once(records.deletions)
    joined = []
    for recording in found:
        deletion = deletions.pop(recording.recording_id, None)
        joined.append(_deleted(recording, deletion, odd_deletions))
    odd += odd_deletions
    for recording in joined:
        if recording.deleted_at is not None and recording.deleted_at < recording.created_at:
            text = f"deleted at {recording.deleted_at:%Y-%m-%d %H:%M:%S}, recorded at "
            text += f"{recording.created_at:%Y-%m-%d %H:%M:%S} UTC"
            odd.append(Finding(kinds.DELETED_BEFORE, recording.place, recording.recording_id, text))
        if recording.duration_ms == 0:
            odd.append(Finding(kinds.ZERO, recording.place, recording.recording_id, "lasted 0 seconds"))
        if recording.rate == 0:
            odd.append(Finding(kinds.FREE, recording.place, recording.recording_id, "the record's rate is 0"))
    for deletion in deletions.values():
        if deletion.deleted_at.date() > first_month_end:
            text = f"deleted on {deletion.deleted_at:%Y-%m-%d}, and no list holds the recording"
            odd.append(Finding(kinds.UNKNOWN_DELETION, deletion.place, deletion.recording_id, text))
    return joined, odd


def _once(recordings: Sequence[Recording]) -> tuple[list[Recording], list[Finding]]:
    """Of several records of one id the one that was exported last, if they agree in what decides."""
    kept: dict[str, Recording] = {}
    odd = []
    for recording in recordings:
        first = kept.setdefault(recording.recording_id, recording)
        if first is recording:
            continue
        if _deciding(first) == _deciding(recording) and not _differ(first.deleted_at, recording.deleted_at):
            kept[recording.recording_id] = _newer(first, recording)
            text = f"the same recording as {first.place}"
            odd.append(Finding(kinds.COPY, recording.place, recording.recording_id, text))
        else:
            text = f"{_said(recording)}, but {first.place} says {_said(first)}"
            odd.append(Finding(kinds.TWO_RECORDS, recording.place, recording.recording_id, text))
    return [*kept.values()], odd


def _deciding(recording: Recording) -> Deciding:
    """What the charge depends on, but for the deletion, which is learnt later."""
    return recording.created_at, recording.duration_ms, recording.rate, recording.currency


def _differ(one: object, other: object) -> bool:
    return one is not None and other is not None and one != other


def _newer(first: Recording, other: Recording) -> Recording:
    """The record with more days of storage was exported later; a deletion in either is known."""
    later = other if (other.storage_days or 0) > (first.storage_days or 0) else first
    return replace(later, deleted_at=first.deleted_at or other.deleted_at)


def _said(recording: Recording) -> str:
    said = f"recorded {recording.created_at:%Y-%m-%d %H:%M:%S}, {recording.duration_ms / 1000:g} s, "
    said += "no rate" if recording.rate is None else f"rate {recording.rate}"
    if recording.deleted_at is not None:
        said += f", deleted {recording.deleted_at:%Y-%m-%d %H:%M:%S}"
    return said


def _deletions_once(deletions: Sequence[Deletion]) -> tuple[dict[str, Deletion], list[Finding]]:
    kept: dict[str, Deletion] = {}
    odd = []
    for deletion in deletions:
        first = kept.setdefault(deletion.recording_id, deletion)
        if first.deleted_at != deletion.deleted_at:
            text = f"deleted {deletion.deleted_at:%Y-%m-%d %H:%M:%S} UTC, but {first.place} says "
            text += f"{first.deleted_at:%Y-%m-%d %H:%M:%S}"
            odd.append(Finding(kinds.TWO_DELETIONS, deletion.place, deletion.recording_id, text))
    return kept, odd


def _deleted(recording: Recording, deletion: Deletion | None, odd: list[Finding]) -> Recording:
    if deletion is None or recording.deleted_at == deletion.deleted_at:
        return recording
    if recording.deleted_at is None:
        return replace(recording, deleted_at=deletion.deleted_at)
    text = f"deleted {deletion.deleted_at:%Y-%m-%d %H:%M:%S} UTC, but {recording.place} says "
    text += f"{recording.deleted_at:%Y-%m-%d %H:%M:%S}"
    odd.append(Finding(kinds.TWO_DELETIONS, deletion.place, recording.recording_id, text))
    return recording
