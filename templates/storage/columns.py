"""The tables of a storage statement: their columns, and their names in formulas."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from addin.reports.storage.report import StorageReport
from addin.reports.storage.rows import ComparedRow, FindingRow, MonthRow, RecordingRow, SavingRow
from templates.cells import Value
from templates.grid import (
    AMOUNT,
    AMOUNT_VARIANCE,
    COUNT,
    DAY,
    INSTANT,
    NOTE,
    SECONDS,
    SHORT_TEXT,
    TEXT,
    Column,
    Kind,
)

RECORDINGS, SCHEDULE, AHEAD = "Recordings", "Schedule", "Ahead"
DAY_1, DELETED_ON, MINUTES, RATE = "Day 1", "Deleted on", "Minutes", "Rate"
TOTAL, AMOUNT_HEAD, MONTH_END = "Total", "Amount", "Month end"
HELD, CHARGED, FREE, UNRATED = "Held", "Charged", "Free", "Without rate"
DELETED, LAST_DAY, CHARGED_MINUTES = "Deleted in the month", "Deleted on the last day", "Minutes charged"
INVOICE, DIFFERENCE = "Invoice", "Invoice minus amount"
_MONEY = "money"
_ID = Kind(widest=38)


def days_head(on: date) -> str:
    """Of a month end.

    >>> days_head(date(2023, 6, 30))
    'Days 2023-06'
    """
    return f"Days {on:%Y-%m}"


def charge_head(on: date) -> str:
    return f"Charge {on:%Y-%m}"


def as_of_head(on: date) -> str:
    """Of the day of the filters, where that is no month end of the statement."""
    return f"Days on {on}"


def recording_columns(report: StorageReport) -> tuple[Column[RecordingRow], ...]:
    """One row a recording; two columns for each month end."""
    months: list[Column[RecordingRow]] = []
    for index, on in enumerate(report.month_ends):
        months += [
            Column(days_head(on), COUNT, _days(index), narrowest=15),
            Column(charge_head(on), AMOUNT, _charge(index), narrowest=17, group=_MONEY, adds=True),
        ]
    as_of: list[Column[RecordingRow]] = []
    if report.as_of not in report.month_ends:
        as_of = [Column(as_of_head(report.as_of), COUNT, lambda row: row.days_as_of)]
    return (
        Column("Recording id", _ID, lambda row: row.recording_id),
        Column("Place", TEXT, lambda row: row.place),
        Column("Call id", _ID, lambda row: row.call_id),
        Column("Created (UTC)", INSTANT, lambda row: row.created_at),
        Column("Deleted (UTC)", INSTANT, lambda row: row.deleted_at),
        Column(DAY_1, DAY, lambda row: row.created_on),
        Column(DELETED_ON, DAY, lambda row: row.deleted_on),
        Column("Seconds", SECONDS, lambda row: row.seconds),
        Column(MINUTES, COUNT, lambda row: row.minutes),
        Column(RATE, AMOUNT, lambda row: row.rate),
        Column("Rate from", SHORT_TEXT, lambda row: row.rate_from),
        *as_of,
        *months,
        Column(TOTAL, AMOUNT, lambda row: row.total, group=_MONEY, adds=True),
    )


def _days(index: int) -> Callable[[RecordingRow], Value]:
    return lambda row: row.days[index]


def _charge(index: int) -> Callable[[RecordingRow], Value]:
    return lambda row: row.charges[index]


def schedule_columns(report: StorageReport) -> tuple[Column[MonthRow], ...]:
    """One row a month end; the invoice's columns only where one was given."""
    columns: list[Column[MonthRow]] = [
        Column("Month", TEXT, lambda row: row.month),
        Column(MONTH_END, DAY, lambda row: row.on),
        Column(HELD, COUNT, lambda row: row.held),
        Column(CHARGED, COUNT, lambda row: row.charged, adds=True),
        Column(FREE, COUNT, lambda row: row.free),
        Column(UNRATED, COUNT, lambda row: row.unrated),
        Column(DELETED, COUNT, lambda row: row.deleted, adds=True),
        Column(LAST_DAY, COUNT, lambda row: row.deleted_on_last_day, adds=True),
        Column(CHARGED_MINUTES, COUNT, lambda row: row.minutes, adds=True),
        Column(AMOUNT_HEAD, AMOUNT, lambda row: row.amount, group=_MONEY, adds=True),
        Column("Currency", SHORT_TEXT, lambda row: row.currency),
    ]
    return (*columns, *_invoice_columns(report))


def _invoice_columns(report: StorageReport) -> tuple[Column[MonthRow], ...]:
    if all(row.invoice is None for row in report.months):
        return ()
    return (
        Column(INVOICE, AMOUNT, lambda row: row.invoice, group=_MONEY),
        Column(DIFFERENCE, AMOUNT_VARIANCE, lambda row: row.difference, group=_MONEY),
    )


def invoice_line_columns(report: StorageReport) -> tuple[Column[MonthRow], ...]:
    """The invoice lines of the Summary: their figures are those of the schedule."""
    return (
        Column("Invoice line", TEXT, lambda row: f"Recording storage {row.month}"),
        Column("Date", DAY, lambda row: row.on),
        Column("Recordings charged", COUNT, lambda row: row.charged, adds=True),
        Column(CHARGED_MINUTES, COUNT, lambda row: row.minutes, adds=True),
        Column(AMOUNT_HEAD, AMOUNT, lambda row: row.amount, group=_MONEY, adds=True),
        Column("Currency", SHORT_TEXT, lambda row: row.currency),
        *_invoice_columns(report),
    )


AHEAD_COLUMNS: tuple[Column[MonthRow], ...] = (
    Column("Month", SHORT_TEXT, lambda row: row.month),
    Column(MONTH_END, DAY, lambda row: row.on),
    Column(HELD, COUNT, lambda row: row.held),
    Column(CHARGED, COUNT, lambda row: row.charged, adds=True),
    Column(UNRATED, COUNT, lambda row: row.unrated),
    Column(CHARGED_MINUTES, COUNT, lambda row: row.minutes, adds=True),
    Column(AMOUNT_HEAD, AMOUNT, lambda row: row.amount, group=_MONEY, adds=True),
    Column("Currency", SHORT_TEXT, lambda row: row.currency),
)


def saving_columns(report: StorageReport) -> tuple[Column[SavingRow], ...]:
    """What deletions save, at the next month end and at all of the forecast."""
    first, last = report.ahead[0].on, report.ahead[-1].on
    columns: tuple[Column[SavingRow], ...] = (
        Column("Older than, days", COUNT, lambda row: row.days),
        Column("Recordings", COUNT, lambda row: row.recordings),
        Column(f"Saves on {first}", AMOUNT, lambda row: row.next, group=_MONEY),
    )
    if first == last:
        return columns
    return (*columns, Column(f"Saves until {last}", AMOUNT, lambda row: row.all, group=_MONEY))


COMPARED_COLUMNS: tuple[Column[ComparedRow], ...] = (
    Column("Recording id", _ID, lambda row: row.recording_id),
    Column("Place", TEXT, lambda row: row.place),
    Column("Outcome", TEXT, lambda row: row.outcome),
    Column(MONTH_END, DAY, lambda row: row.month_end),
    Column("Plivo's amount", AMOUNT, lambda row: row.amount, group=_MONEY, adds=True),
    Column("Our amount", AMOUNT, lambda row: row.our_amount, group=_MONEY, adds=True),
    Column(
        "Plivo minus ours",
        AMOUNT_VARIANCE,
        lambda row: row.difference,
        narrowest=16,
        group=_MONEY,
        adds=True,
    ),
    Column("Plivo's days", COUNT, lambda row: row.days),
    Column("Our days", COUNT, lambda row: row.our_days),
    Column("Plivo's minutes", SECONDS, lambda row: row.minutes),
    Column("Our minutes", COUNT, lambda row: row.our_minutes),
)
FINDING_COLUMNS: tuple[Column[FindingRow], ...] = (
    Column("Kind", TEXT, lambda row: row.kind),
    Column("Recording id", _ID, lambda row: row.recording_id),
    Column("Place", TEXT, lambda row: row.place),
    Column("What was found", NOTE, lambda row: row.text, narrowest=40),
    Column("Amount", AMOUNT_VARIANCE, lambda row: row.amount),
    Column("What to do", NOTE, lambda row: row.remedy, narrowest=40),
    Column("Open", SHORT_TEXT, lambda row: "yes" if row.is_open else "no"),
)
