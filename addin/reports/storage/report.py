"""The storage statement as it is printed: frozen rows, exact decimals, before any sheet exists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from addin.reconcile.measure import printed
from addin.reconcile.period import Month
from addin.reconcile.wording import amount, counted, listed
from addin.records.call import Place, SourceFile
from addin.reports.about import About, Input
from addin.reports.storage.assumptions import assumptions_of, choices_of
from addin.storage.calendar import MOST_RECORDINGS, Day, calendar
from addin.storage.comparison import Compared
from addin.storage.findings import DIFFERENCES, REMEDIES
from addin.storage.lines import NONE, Line
from addin.storage.months import MonthEnd
from addin.storage.notes import notes_of
from addin.storage.statement import Statement

KIND = "Storage statement"
_PLACES = 20
"""As many as a rate can have: a charge is whole minutes times it, which ends."""


@dataclass(frozen=True, slots=True)
class RecordingRow:
    """One recording; `days` and `charges` by month end, None where it is not stored or no rate is known."""

    place: str
    recording_id: str
    call_id: str
    created_at: datetime
    deleted_at: datetime | None
    created_on: date
    deleted_on: date | None
    seconds: Decimal
    minutes: int
    rate: Decimal | None
    rate_from: str
    days: tuple[int | None, ...]
    charges: tuple[Decimal | None, ...]
    total: Decimal | None
    days_as_of: int | None


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One month end: the invoice line, and what it is made of."""

    month: str
    on: date
    held: int
    charged: int
    free: int
    deleted: int
    deleted_on_last_day: int
    unrated: int
    minutes: int
    amount: Decimal
    currency: str
    invoice: Decimal | None
    difference: Decimal | None
    """Invoice minus amount, exact."""


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """Plivo's figures of one recording beside ours."""

    place: str
    recording_id: str
    month_end: date | None
    amount: Decimal | None
    our_amount: Decimal | None
    difference: Decimal | None
    days: int | None
    our_days: int | None
    minutes: Decimal | None
    our_minutes: int
    outcome: str


@dataclass(frozen=True, slots=True)
class SavingRow:
    """What deleting recordings older than so many days saves."""

    days: int
    recordings: int
    next: Decimal | None
    """None where a rate is not known."""
    all: Decimal | None


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One observation."""

    kind: str
    place: str
    recording_id: str
    text: str
    amount: Decimal | None
    remedy: str
    is_open: bool


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
    rows = {id(line): _recording(line, ends, question.as_of) for line in statement.lines}
    shown = statement.view[:MOST_RECORDINGS] if len(statement.view) <= MOST_RECORDINGS else ()
    verdict, sentence = _verdict(statement)
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
        months=tuple(_month(month, statement.currency) for month in statement.months),
        rows=tuple(rows[id(line)] for line in statement.lines),
        view=tuple(rows[id(line)] for line in statement.view),
        view_said=view_said(statement),
        compared=tuple(map(_compared, statement.compared)),
        is_compared=statement.is_compared,
        ahead=tuple(_month(month, statement.currency) for month in statement.forecast.months),
        savings=tuple(
            SavingRow(one.days, one.recordings, _known(one.next), _known(one.all))
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
                None if one.amount is None else _exact(one.amount),
                REMEDIES[one.kind],
                one.is_open,
            )
            for one in statement.findings
        ),
    )


def invoice_line(row: MonthRow) -> str:
    """The line as an invoice shows it.

    >>> month_end, amount = date(2023, 6, 30), Decimal("0.0012")
    >>> invoice_line(MonthRow("2023-06", month_end, 2, 2, 0, 1, 0, 0, 3, amount, "USD", None, None))
    'Recording storage 2023-06-30: 2 recordings charged, 3 min, 0.0012 USD'
    """
    charged = (
        f"{counted(row.charged, 'recording')} charged, {row.minutes:,} min, {row.amount:,f} {row.currency}"
    )
    unrated = f"; {counted(row.unrated, 'recording')} of them without a rate, not in the amount"
    return f"Recording storage {row.on}: {charged}{unrated if row.unrated else ''}"


def view_said(statement: Statement) -> str:
    question = statement.question
    if not question.is_filtered:
        return ""
    parts = []
    if question.stored:
        parts.append(f"stored for {question.stored} on {question.as_of}")
    if question.within_a_year:
        parts.append(f"recorded within the year before {question.as_of}")
    count = counted(len(statement.view), "recording")
    return f"{count} of {len(statement.lines):,}: {' and '.join(parts)}"


def _verdict(statement: Statement) -> tuple[str, str]:
    """A word, and the sentence beside it."""
    open_ = sum(finding.is_open for finding in statement.findings)
    total = sum((month.amount for month in statement.months), Fraction(0))
    sum_ = f"{statement.question.period}: {amount(total, statement.currency)} of recording storage"
    unrated = sum(line.total(statement.month_ends) is None for line in statement.lines if line.rate is None)
    if unrated:
        sum_ += f", without the charges of {counted(unrated, 'recording')} whose rate is not known"
    if len(statement.months) == 1:
        sum_ = invoice_line(_month(statement.months[0], statement.currency))
    if not statement.is_compared:
        word = "to check" if open_ else "calculated"
        rest = _not_compared(statement)
    else:
        differs = any(finding.kind in DIFFERENCES for finding in statement.findings)
        word = "differs" if differs else "to check" if open_ else "agrees"
        rest = _agreement(statement)
    said = f"{counted(open_, 'finding')} to look at." if open_ else ""
    return word, " ".join(filter(None, (f"{sum_}.", rest, said)))


def _not_compared(statement: Statement) -> str:
    """Why nothing was compared."""
    others = sorted({one.export.month_end for one in statement.compared if one.amount and one.export})
    if others:
        ends = listed([str(end) for end in others])
        return f"Plivo's amounts are of another month end ({ends}), and were not compared."
    return "No amount of Plivo's was given to compare with."


def _agreement(statement: Statement) -> str:
    """How far Plivo's figures are off, in sums."""
    parts = []
    asked = [one for one in statement.compared if one.is_asked]
    both = [one for one in asked if one.amount is not None and one.our_amount is not None]
    if both:
        off = [one for one in both if one.amount_differs]
        by = sum((one.amount or 0) - (one.our_amount or 0) for one in both)
        said = f"differs for {len(off):,} of {counted(len(both), 'recording')}, by "
        said += amount(Fraction(by), statement.currency)
        parts.append(
            f"Plivo's amount {said} in sum." if off else f"Plivo's amount agrees for {_all(len(both))}."
        )
    given = [month for month in statement.months if month.invoice is not None]
    if given:
        wrong = [month for month in given if not month.invoice_agrees]
        by = sum((month.difference or Fraction(0) for month in wrong), Fraction(0))
        parts.append(
            f"The invoice differs in {counted(len(wrong), 'month')}, by {amount(by, statement.currency)}."
            if wrong
            else f"The invoice agrees in {counted(len(given), 'month')}."
        )
    return " ".join(parts)


def _all(count: int) -> str:
    if count == 1:
        return "the one recording"
    return "both recordings" if count == 2 else f"all {count:,} recordings"


def _recording(line: Line, ends: Sequence[date], as_of: date) -> RecordingRow:
    recording, charges = line.recording, [line.charge(end) for end in ends]
    total = line.total(ends)
    return RecordingRow(
        place=str(recording.place),
        recording_id=recording.recording_id,
        call_id=recording.call_id,
        created_at=recording.created_at,
        deleted_at=recording.deleted_at,
        created_on=line.created_on,
        deleted_on=line.deleted_on,
        seconds=Decimal(recording.duration_ms) / 1000,
        minutes=line.minutes,
        rate=None if line.rate is None else _exact(line.rate),
        rate_from="" if line.rate_from == NONE else line.rate_from,
        days=tuple(line.days(end) for end in ends),
        charges=tuple(None if charge is None else _exact(charge) for charge in charges),
        total=None if total is None else _exact(total),
        days_as_of=line.days(as_of),
    )


def _month(month: MonthEnd, currency: str) -> MonthRow:
    difference = month.difference
    return MonthRow(
        month=str(month.month),
        on=month.on,
        held=month.held,
        charged=month.charged,
        free=month.held - month.charged,
        deleted=month.deleted,
        deleted_on_last_day=month.deleted_on_last_day,
        unrated=month.unrated,
        minutes=month.minutes,
        amount=_exact(month.amount),
        currency=currency,
        invoice=month.invoice,
        difference=None if difference is None else _exact(difference),
    )


def _compared(one: Compared) -> ComparedRow:
    both = one.amount is not None and one.our_amount is not None
    difference = Fraction(one.amount or 0) - Fraction(one.our_amount or 0)
    wrong = [
        name
        for name, differs in (
            ("amount", one.amount_differs),
            ("days", one.days_differ),
            ("minutes", one.minutes_differ),
        )
        if differs
    ]
    return ComparedRow(
        place=str(one.line.recording.place),
        recording_id=one.line.recording.recording_id,
        month_end=one.export.month_end if one.export and one.amount is not None else None,
        amount=None if one.amount is None else _exact(one.amount),
        our_amount=None if one.our_amount is None or one.amount is None else _exact(one.our_amount),
        difference=_exact(difference) if both else None,
        days=one.days,
        our_days=one.our_days,
        minutes=None if one.minutes is None else _exact(one.minutes),
        our_minutes=one.line.minutes,
        outcome=_outcome(one, wrong),
    )


def _outcome(one: Compared, wrong: Sequence[str]) -> str:
    """`agrees` is said of amounts alone, and of those that were asked for."""
    if wrong:
        return f"differs: {', '.join(wrong)}"
    if one.amount is None:
        return "no amount"
    return "agrees" if one.is_asked else "of another month end"


def _known(value: Fraction | None) -> Decimal | None:
    return None if value is None else _exact(value)


def _exact(value: Fraction) -> Decimal:
    return printed(value, _PLACES)


def _place(place: Place | None) -> str:
    return "" if place is None else str(place)


def _side(source: SourceFile) -> str:
    if "mapping" in source.format:
        return "Mapping"
    return "Deletions" if "deletion" in source.format else "Recordings"


def period_of(months: Sequence[Month]) -> str:
    """The period as a name of a file has it: `2023-06` or `2023-06-2023-08`."""
    return "-".join(dict.fromkeys((str(months[0]), str(months[-1]))))
