"""The storage statement: recordings over month ends, schedule, comparison, forecast, and what is odd."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from addin.errors import TollsheetError
from addin.reconcile.measure import printed
from addin.reconcile.wording import amount, counted, listed
from addin.records.call import Records
from addin.records.json_tables import GOES_ON
from addin.storage import findings as kinds
from addin.storage.comparison import Compared, Export, compare, exports_of
from addin.storage.findings import Finding
from addin.storage.forecast import Forecast, forecast
from addin.storage.held import held
from addin.storage.lines import Line
from addin.storage.months import MonthEnd, month_end, without_rate
from addin.storage.question import CURRENCY, Question, year_before


@dataclass(frozen=True, slots=True)
class Statement:
    """The answer, exact. `view` are the lines that the filters keep."""

    question: Question
    currency: str
    is_currency_assumed: bool
    lines: tuple[Line, ...]
    view: tuple[Line, ...]
    months: tuple[MonthEnd, ...]
    exports: tuple[Export, ...]
    compared: tuple[Compared, ...]
    forecast: Forecast
    findings: tuple[Finding, ...]
    has_deletions: bool
    """Whether the input can say at all what was deleted."""

    @property
    def month_ends(self) -> list[date]:
        return [month.on for month in self.months]

    @property
    def is_compared(self) -> bool:
        """Whether an amount of Plivo's was given, of a month end that was asked for."""
        given = any(one.amount is not None and one.is_asked for one in self.compared)
        return bool(self.question.invoices) or given

    @property
    def is_fine(self) -> bool:
        return not any(finding.is_open for finding in self.findings)


def state(records: Records, question: Question) -> Statement:
    """The statement of recordings. Raises TollsheetError where there are none, or of several currencies, or
    where all were made after the months."""
    question.refuse_what_cannot_be()
    if records.calls or records.usage:
        file = (records.calls[0] if records.calls else records.usage[0]).place.file
        raise TollsheetError(
            f"{file} holds calls or usage, and no recordings",
            "Give the list of recordings alone.",
        )
    if not records.recordings:
        first = "".join(f"First problem: {row.place}: {row.problem}." for row in records.unreadable[:1])
        raise TollsheetError(
            "There is no recording that can be read", f"Give the list of recordings. {first}".rstrip()
        )
    recordings, odd = held(records, question.months[0].last_day)
    currency, is_assumed = _currency(records, question)
    lines = tuple(Line.of(recording, question.rate) for recording in recordings)
    _refuse_before_all(lines, question)
    months = tuple(month_end(month, lines, question.invoices.get(month)) for month in question.months)
    exports = exports_of(lines, records.sources, question.exported_on)
    compared = compare(lines, exports, [month.on for month in months])
    ahead = forecast(lines, question.as_of, question.months_ahead, question.older_than)
    found = [
        *_pages(records),
        *_unread(records),
        *_invoices(months, currency),
        *_unrated(lines, months, ahead),
        *_without_export_day(lines, exports),
        *_differences(compared, currency),
        *odd,
        *_checks(lines, months, currency),
    ]
    return Statement(
        question,
        currency,
        is_assumed,
        lines,
        tuple(line for line in lines if _in_view(line, question)),
        months,
        tuple(exports.values()),
        tuple(compared),
        ahead,
        tuple(found),
        bool(records.deletions) or any(line.deleted_on for line in lines),
    )


def _refuse_before_all(lines: Sequence[Line], question: Question) -> None:
    """0.00 for a month that was mistyped would pass for an answer."""
    first = min(line.created_on for line in lines)
    if first > question.months[-1].last_day:
        raise TollsheetError(
            f"No recording was held in {question.period}; the recordings begin on {first}",
            "Check the month, and that these are the right recordings.",
            "--month",
        )


def _currency(records: Records, question: Question) -> tuple[str, bool]:
    named = sorted({recording.currency for recording in records.recordings} - {""})
    if question.currency:
        named = sorted({*named, question.currency})
    if len(named) > 1:
        raise TollsheetError(
            f"The recordings are charged in {listed(named)}, which are never added",
            "Make a statement for each currency, with the recordings that it has.",
        )
    return (named[0], False) if named else (CURRENCY, True)


def _in_view(line: Line, question: Question) -> bool:
    as_of = question.as_of
    if question.within_a_year and not year_before(as_of) <= line.created_on <= as_of:
        return False
    if not question.stored:
        return True
    days = line.days(as_of)
    return days is not None and question.stored.admits(days)


def _pages(records: Records) -> list[Finding]:
    """Of pages from the API the last names no next one: where each does, some are missing."""
    pages = [source for source in records.sources if "recording JSON" in source.format]
    if not pages or not all(GOES_ON in source.notes for source in pages):
        return []
    text = f"{pages[-1].name} names a next page, which was not given"
    return [Finding(kinds.PAGES, None, "", text)]


def _unread(records: Records) -> list[Finding]:
    return [Finding(kinds.NOT_READ, row.place, row.call_id, row.problem) for row in records.unreadable]


def _invoices(months: tuple[MonthEnd, ...], currency: str) -> list[Finding]:
    found = []
    for month in months:
        if not month.invoice_agrees:
            assert month.invoice is not None
            text = f"{month.month}: the invoice says {amount(Fraction(month.invoice), currency)}, "
            text += f"the recordings come to {amount(month.amount, currency)}{without_rate(month.unrated)}"
            found.append(Finding(kinds.INVOICE, None, "", text, month.difference))
    return found


def _unrated(lines: tuple[Line, ...], months: tuple[MonthEnd, ...], ahead: Forecast) -> list[Finding]:
    """A recording without a rate matters from the first month end that would charge it."""
    ends = [month.on for month in (*months, *ahead.months)]
    found = []
    for line in (line for line in lines if line.rate is None):
        due = [end for end in ends if line.charge(end) is None]
        if due:
            text = f"{counted(line.minutes, 'minute')} charged from {due[0]} on, and no rate is known"
            found.append(Finding(kinds.NO_RATE, line.recording.place, line.recording.recording_id, text))
    return found


def _without_export_day(lines: tuple[Line, ...], exports: Mapping[str, Export]) -> list[Finding]:
    """Files with amounts of Plivo's that cannot be compared."""
    found: dict[str, Finding] = {}
    for line in lines:
        place = line.recording.place
        if line.recording.monthly_amount is not None and place.file not in exports:
            text = f"{place.file} says what Plivo charged, and not for which month end"
            found.setdefault(place.file, Finding(kinds.NO_EXPORT_DAY, place, "", text))
    return [*found.values()]


def _differences(compared: list[Compared], currency: str) -> list[Finding]:
    found = []
    for one in compared:
        place, recording_id = one.line.recording.place, one.line.recording.recording_id
        if one.amount is not None and one.export is not None and one.amount_differs:
            text = f"Plivo says {amount(one.amount, currency)} at {one.export.month_end}, "
            ours = one.our_amount
            text += "and no rate is known" if ours is None else f"the rule gives {amount(ours, currency)}"
            more = None if ours is None else one.amount - ours
            found.append(Finding(kinds.AMOUNT, place, recording_id, text, more))
        if one.minutes is not None and one.minutes_differ:
            text = f"Plivo's rounded duration is {printed(one.minutes):f} min, its milliseconds are "
            text += f"{one.line.minutes} min, which were taken"
            more = None if one.line.rate is None else (one.minutes - one.line.minutes) * one.line.rate
            found.append(Finding(kinds.MINUTES, place, recording_id, text, more))
        if one.export is not None and one.days_differ:
            text = f"Plivo counts {one.days} days, and {one.our_days} had passed on {one.export.on}"
            found.append(Finding(kinds.DAYS, place, recording_id, text))
    return found


def _checks(lines: tuple[Line, ...], months: tuple[MonthEnd, ...], currency: str) -> list[Finding]:
    ends = {month.on for month in months}
    found = []
    for line in lines:
        if line.deleted_on in ends:
            assert line.deleted_on is not None
            kept = line.if_kept(line.deleted_on)
            if kept == 0:
                continue
            text = f"deleted on {line.deleted_on}, the day of the charge; had it come first: "
            text += "its rate is not known" if kept is None else amount(kept, currency)
            found.append(Finding(kinds.CHECK, line.recording.place, line.recording.recording_id, text, kept))
    return found
