"""The storage statement as it is printed, before any sheet exists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from addin.reconcile.period import Month
from addin.records.call import Place, SourceFile
from addin.reports.about import About, Input
from addin.reports.storage.assumptions import assumptions_of, choices_of
from addin.reports.storage.rows import (
    ComparedRow,
    FindingRow,
    MonthRow,
    RecordingRow,
    SavingRow,
    compared_row,
    exact,
    known,
    month_row,
    recording_row,
)
from addin.reports.storage.verdict import verdict_of, view_said
from addin.storage.calendar import MOST_RECORDINGS, Day, calendar
from addin.storage.findings import REMEDIES
from addin.storage.notes import notes_of
from addin.storage.statement import Statement

KIND = "Storage statement"


@dataclass(frozen=True, slots=True)
class StorageReport:
    """Everything that the workbook, the JSON and the screen say."""

    about: About
    verdict: str
    sentence: str
    is_fine: bool
    currency: str
    as_of: date
    notes: tuple[str, ...]
    months: tuple[MonthRow, ...]
    rows: tuple[RecordingRow, ...]
    view: tuple[RecordingRow, ...]
    view_said: str
    """Which recordings the view keeps; empty where it keeps all."""
    compared: tuple[ComparedRow, ...]
    is_compared: bool
    ahead: tuple[MonthRow, ...]
    savings: tuple[SavingRow, ...]
    days_of: tuple[str, ...]
    """The recordings that the day-by-day table shows."""
    days: tuple[Day, ...]
    findings: tuple[FindingRow, ...]

    @property
    def month_ends(self) -> tuple[date, ...]:
        return tuple(row.on for row in self.months)


def report_of(statement: Statement, sources: Sequence[SourceFile]) -> StorageReport:
    """The statement, printed; `sources` are the inputs as they were read."""
    question, ends = statement.question, statement.month_ends
    rows = {id(line): recording_row(line, ends, question.as_of) for line in statement.lines}
    shown = statement.view[:MOST_RECORDINGS] if len(statement.view) <= MOST_RECORDINGS else ()
    verdict, sentence = verdict_of(statement)
    about = About(
        KIND,
        question.period,
        "UTC",
        ends[-1],
        assumptions_of(statement),
        tuple(Input(_side(source), source) for source in sources),
        choices_of(statement),
    )
    return StorageReport(
        about=about,
        verdict=verdict,
        sentence=sentence,
        is_fine=statement.is_fine,
        currency=statement.currency,
        as_of=question.as_of,
        notes=tuple(notes_of(statement)),
        months=tuple(month_row(month, statement.currency) for month in statement.months),
        rows=tuple(rows[id(line)] for line in statement.lines),
        view=tuple(rows[id(line)] for line in statement.view),
        view_said=view_said(statement),
        compared=tuple(map(compared_row, statement.compared)),
        is_compared=statement.is_compared,
        ahead=tuple(month_row(month, statement.currency) for month in statement.forecast.months),
        savings=tuple(
            SavingRow(one.days, one.recordings, known(one.next), known(one.all))
            for one in statement.forecast.savings
        ),
        days_of=tuple(line.recording.recording_id for line in shown),
        days=tuple(calendar(shown, ends[-1], question.shown_days, statement.currency) if shown else ()),
        findings=tuple(
            FindingRow(
                one.kind,
                _place(one.place),
                one.recording_id,
                one.text,
                None if one.amount is None else exact(one.amount),
                REMEDIES[one.kind],
                one.is_open,
            )
            for one in statement.findings
        ),
    )


def _place(place: Place | None) -> str:
    return "" if place is None else str(place)


def _side(source: SourceFile) -> str:
    if "mapping" in source.format:
        return "Mapping"
    return "Deletions" if "deletion" in source.format else "Recordings"


def period_of(months: Sequence[Month]) -> str:
    """The period as a name of a file has it: `2023-06` or `2023-06-2023-08`."""
    return "-".join(dict.fromkeys((str(months[0]), str(months[-1]))))
