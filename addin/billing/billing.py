"""A billing report's figures: charges and roster in, every charge accounted for, the tables out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from addin.billing.choices import Choices
from addin.billing.counting import count, lines_of, spell_alike
from addin.billing.countries import chosen_code
from addin.billing.lines import Line
from addin.billing.people import People
from addin.billing.period import Period
from addin.billing.sorting import parse_order
from addin.billing.tables import Book, book_of, books_of
from addin.errors import TollsheetError
from addin.records.call import Charge, User


@dataclass(frozen=True, slots=True)
class Billing:
    """The result. A name in `chosen` is folded; `countries` are codes in the order they were chosen."""

    choices: Choices
    period: Period
    people: People
    chosen: frozenset[str]
    countries: tuple[str, ...]
    lines: tuple[Line, ...]
    books: tuple[Book, ...]
    """One at least."""


def bill(
    charges: Sequence[Charge], roster: Sequence[User], choices: Choices, call_records: Sequence[Line] = ()
) -> Billing:
    """Count every charge. `call_records` are those of `from_cdrs.rated`.

    Raises TollsheetError for choices that are incomplete or name what is not there, a roster that contradicts
    itself, and files that do not say when calls were billed.
    """
    if not charges and not call_records:
        raise TollsheetError("There is no charge that can be read", "Give charges, or call records.")
    period = Period.of(choices.days(), choices.report_zone)
    countries = tuple(dict.fromkeys(map(chosen_code, choices.countries)))
    orders = [parse_order(one, countries) for one in choices.sort]
    lines = lines_of(charges, call_records)
    spell_alike(lines)
    people = People.of(roster, (line.charge.agent for line in lines))
    chosen = people.chosen(choices)
    count(lines, people, choices, period)
    books = books_of(lines, countries, orders, period)
    if not any(line.is_counted for line in lines):
        currency = min((line.currency for line in lines if line.currency), default="")
        books = [book_of(currency, [], [], countries, orders, period)]
    return Billing(choices, period, people, chosen, countries, tuple(lines), tuple(books))
