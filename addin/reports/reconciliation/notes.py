"""What people wrote beside findings finds its finding again in the next report of the month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace

from addin.reports.reconciliation.data import FindingRow, Note, ReconciliationReport

SUBJECT_ENDS = ": "
"""A finding without a call begins with what it is about: `2026-09-14 (calls): variance 1 call, ...`."""

Key = Callable[[Note], Hashable | None]


def with_notes(report: ReconciliationReport, notes: Sequence[Note]) -> ReconciliationReport:
    """The report with each note beside its finding, and those that have none any more kept apart.

    A note goes with its kind and call id; of several such findings to the one at the same place. Where there
    is no call id, to the finding of its kind at the same place about the same subject, else to the only one
    about that subject: the rows of a bill move when it is exported again. A finding has one note: of several
    the first. The notes of another month go with call ids alone: that a category differs again is another
    finding.
    """
    left = [note if note.month else replace(note, month=report.month) for note in notes]
    entered: dict[int, Note] = {}
    about = [_note_of(finding) for finding in report.findings]
    for key, must_be_single in ((_exactly, False), (_by_call, False), (_by_subject, True)):
        for note in list(left):
            wanted = key(note)
            if wanted is None or not (note.call_id or note.month == report.month):
                continue
            all_of_it = [index for index, one in enumerate(about) if key(one) == wanted]
            free = [index for index in all_of_it if index not in entered]
            if free and not (must_be_single and len(all_of_it) > 1):
                entered[free[0]] = note
                left.remove(note)
    findings = tuple(
        replace(finding, entered=entered[index]) if index in entered else finding
        for index, finding in enumerate(report.findings)
    )
    return replace(report, findings=findings, earlier_notes=tuple(left))


def merged(first: Sequence[Note], second: Sequence[Note]) -> list[Note]:
    """The notes of two reports, those of the first before others. One that both have was carried from one
    into the other, and counts once."""
    both = Counter(map(_carried, first))
    notes = list(first)
    for note in second:
        if both[_carried(note)]:
            both[_carried(note)] -= 1
        else:
            notes.append(note)
    return notes


def _carried(note: Note) -> Hashable:
    """What stays of a note wherever it is carried: rows move, and the figures of a finding change."""
    about = note.call_id or _subject(note) or note.found
    return note.kind, about, note.status, note.owner, note.text


def _note_of(finding: FindingRow) -> Note:
    places = (finding.log_place or "", finding.billed_place or "")
    return Note(finding.kind, finding.call_id, *places, finding.note, "", "", "")


def _exactly(note: Note) -> Hashable:
    return note.kind, note.call_id, note.log_place, note.billed_place, "" if note.call_id else _subject(note)


def _by_call(note: Note) -> Hashable | None:
    return (note.kind, note.call_id) if note.call_id else None


def _by_subject(note: Note) -> Hashable | None:
    return None if note.call_id or not _subject(note) else (note.kind, _subject(note))


def _subject(note: Note) -> str:
    """What a finding without a call is about; empty where its sentence does not begin with that."""
    subject, colon, _ = note.found.partition(SUBJECT_ENDS)
    return subject if colon else ""
