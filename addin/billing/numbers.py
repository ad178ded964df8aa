"""How the numbers of a file are written: whether those without + or 00 are international ones there.

One in ten national numbers of the United States is a valid number of another country, too, so that a number
alone does not tell. Its neighbours do: a file whose bare numbers are mostly no international ones writes
national ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from addin.billing.countries import BARE, Found, country_of_number
from addin.records.call import Call, Charge

_AS_THE_OTHERS = "has no + or 00, and most such numbers of its file are no international ones"


@dataclass(frozen=True, slots=True)
class Numbering:
    """The files (or sheets) whose bare numbers are national ones."""

    national: frozenset[str]

    @classmethod
    def of(cls, records: Iterable[Charge | Call]) -> Numbering:
        """Each different number counts once, in whatever period it was called."""
        bare: dict[str, dict[str, bool]] = {}
        for one in records:
            found = country_of_number(one.to_number)
            if found.written == BARE:
                bare.setdefault(one.place.file, {})[one.to_number] = found.is_national
        return cls(
            frozenset(file for file, numbers in bare.items() if 2 * sum(numbers.values()) > len(numbers))
        )

    def country(self, one: Charge | Call) -> Found:
        """The country that a charge or call was called in, by its number alone."""
        found = country_of_number(one.to_number)
        if found.written == BARE and found.code and one.place.file in self.national:
            return Found(why_not=_AS_THE_OTHERS, written=BARE, is_national=True)
        return found
