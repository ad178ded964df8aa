"""What a storage statement is asked: month ends, rate, days of storage, invoices, how far to look ahead."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from addin.errors import TollsheetError
from addin.reconcile.period import Month
from addin.reconcile.wording import listed
from addin.records.invoice_file import written_money
from addin.records.values import BadValue, currency_of

CURRENCY = "USD"
"""Plivo bills in US dollars, and its recordings name no currency."""
MOST_MONTHS = 36
MOST_AHEAD = 24
FIRST_YEAR, LAST_YEAR = 2000, 2199
"""Any other is a slip of the keyboard."""
MONTHS_AHEAD = 3
OLDER_THAN = (30, 60, 90, 180, 365)

_CONDITION = re.compile(r"(>=|<=|>|<|\u2265|\u2264)\s*(\d{1,6})", re.ASCII)
_OPERATORS = {">": "gt", ">=": "gte", "\u2265": "gte", "<": "lt", "<=": "lte", "\u2264": "lte"}
_WORDS = {"gt": "more than", "gte": "at least", "lt": "fewer than", "lte": "at most"}


@dataclass(frozen=True, slots=True)
class StoredDays:
    """A filter by days of storage, as Plivo's API names it (`recording_storage_duration__gt` and so on)."""

    gt: int | None = None
    gte: int | None = None
    lt: int | None = None
    lte: int | None = None

    @classmethod
    def parse(cls, text: str) -> StoredDays:
        """
        >>> StoredDays.parse(">90, <=180")
        StoredDays(gt=90, gte=None, lt=None, lte=180)
        """
        found: dict[str, int] = {}
        for part in (part.strip() for part in re.split(r"[,;]|\band\b", text)):
            match = _CONDITION.fullmatch(part)
            if match is None:
                raise TollsheetError(
                    f"{part!r} is no condition on days of storage", "Write it as >90, >=91, <30 or <=29."
                )
            if found.setdefault(_OPERATORS[match[1]], int(match[2])) != int(match[2]):
                raise TollsheetError(f"{text!r} has {match[1]} twice", "Keep one of them.")
        return cls(**found)

    def __bool__(self) -> bool:
        return any(bound is not None for bound in (self.gt, self.gte, self.lt, self.lte))

    def admits(self, days: int) -> bool:
        """
        >>> [StoredDays(gt=90, lte=92).admits(days) for days in (90, 91, 92, 93)]
        [False, True, True, False]
        """
        return (
            (self.gt is None or days > self.gt)
            and (self.gte is None or days >= self.gte)
            and (self.lt is None or days < self.lt)
            and (self.lte is None or days <= self.lte)
        )

    def __str__(self) -> str:
        """
        >>> str(StoredDays(gt=90, lte=180)), str(StoredDays())
        ('more than 90 and at most 180 days', 'any')
        """
        bounds = [
            f"{word} {bound}" for name, word in _WORDS.items() if (bound := getattr(self, name)) is not None
        ]
        return f"{listed(bounds)} days" if bounds else "any"


def parse_invoices(parts: Sequence[str]) -> dict[Month, Decimal]:
    """Invoice amounts by month.

    >>> {str(month): str(amount) for month, amount in parse_invoices(["2023-06=0.0012"]).items()}
    {'2023-06': '0.0012'}
    """
    found: dict[Month, Decimal] = {}
    for part in parts:
        name, _, text = part.partition("=")
        try:
            amount, currency = written_money(text)
        except TollsheetError:
            amount, currency = Decimal(-1), ""
        if amount < 0 or currency:
            remedy = "Write it as 2023-06=0.0012: 0 or more, without a currency."
            raise TollsheetError(f"{part!r} is no invoice amount", remedy)
        month = Month.parse(name)
        if month in found:
            raise TollsheetError(f"The invoice of {month} is given twice", "Keep one of them.")
        found[month] = amount
    return found


def months_between(first: Month, last: Month) -> tuple[Month, ...]:
    """
    >>> [str(month) for month in months_between(Month(2023, 12), Month(2024, 1))]
    ['2023-12', '2024-01']
    """
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    if count < 1:
        raise TollsheetError(
            f"The range ends in {last}, before it begins in {first}", "Give the months in order."
        )
    if count > MOST_MONTHS:
        raise TollsheetError(
            f"{first} to {last} is {count} months, and a statement has {MOST_MONTHS} at most",
            "Make one for each part.",
        )
    return months_after(first, count)


def months_after(first: Month, count: int) -> tuple[Month, ...]:
    """So many months from this one on."""
    months = (divmod(first.year * 12 + first.month - 1 + step, 12) for step in range(count))
    return tuple(Month(year, month + 1) for year, month in months)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, checked by `refuse_what_cannot_be`."""

    months: tuple[Month, ...]
    as_of: date
    """The day on which days of storage are filtered, and from which the forecast looks ahead."""
    rate: Fraction | None = None
    """Per minute and month, of recordings that name none."""
    currency: str = ""
    """Blank: that of the recordings, else US dollars."""
    stored: StoredDays = field(default_factory=StoredDays)
    within_a_year: bool = False
    """Whether the view keeps to recordings of the year before `as_of`, as Plivo's export does."""
    exported_on: date | None = None
    """Of every file; None where the files are to tell."""
    invoices: Mapping[Month, Decimal] = field(default_factory=dict)
    months_ahead: int = MONTHS_AHEAD
    older_than: tuple[int, ...] = OLDER_THAN
    shown_days: tuple[date, ...] = ()
    """Days that the day-by-day table shows beside those that matter."""

    @property
    def is_filtered(self) -> bool:
        return bool(self.stored) or self.within_a_year

    def refuse_what_cannot_be(self) -> None:
        """Raises TollsheetError where an answer would leave out what was given."""
        for month in self.invoices:
            if month not in self.months:
                raise TollsheetError(
                    f"An invoice amount is given for {month}, which is not among the months of the statement",
                    f"They are {self.period}.",
                    "--invoice",
                )
        days = (self.as_of, self.exported_on, *self.shown_days, *(month.first_day for month in self.months))
        for day in days:
            if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
                raise TollsheetError(
                    f"The year {day.year} cannot be", f"Give one of {FIRST_YEAR} to {LAST_YEAR}."
                )
        if not 1 <= self.months_ahead <= MOST_AHEAD:
            raise TollsheetError(
                f"A forecast of {self.months_ahead} month ends cannot be made", f"Ask for 1 to {MOST_AHEAD}."
            )

    @property
    def period(self) -> str:
        first, last = self.months[0], self.months[-1]
        return str(first) if first == last else f"{first} to {last}"


def year_before(day: date) -> date:
    """The same day a year before; of 29 February the 28th.

    >>> str(year_before(date(2024, 2, 29)))
    '2023-02-28'
    """
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def currency_text(written: str) -> str:
    """A currency by its three letters, empty where none is chosen.

    >>> currency_text("usd")
    'USD'
    """
    try:
        return currency_of(written)
    except BadValue as error:
        raise TollsheetError(f"The currency {error}", "Write its three letters, such as USD.") from None
