"""Whom the letters are for: a letter is about the charges of one provider, account and currency."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from addin.disputes.records import MINUTES, Dispute


@dataclass(frozen=True, slots=True, order=True)
class Addressee:
    """A provider and one of its accounts; empty where that is not known. `unit` is the currency where there
    are letters of several."""

    provider: str = ""
    account: str = ""
    unit: str = ""

    @property
    def name(self) -> str:
        """
        >>> Addressee("twilio", "AC1").name, Addressee("", "AC1").name, Addressee().name
        ('twilio, account AC1', 'account AC1', '')
        """
        parts = (self.provider, self.account and f"account {self.account}", self.unit and f"in {self.unit}")
        return ", ".join(filter(None, parts))

    def in_unit(self, name: str) -> bool:
        """Whether that is its name with a currency.

        >>> Addressee("twilio").in_unit("twilio, in USD"), Addressee("twilio").in_unit("twilio, account A")
        (True, False)
        """
        before = f"{self.name}, in " if self.name else "in "
        return name.startswith(before) and ", " not in name.removeprefix(before)


def by_addressee(disputes: Sequence[Dispute]) -> dict[Addressee, list[Dispute]]:
    """The disputes of each, in the order in which they are met.

    One that names no account goes to the only account of its provider, one that names no provider to the only
    one with its account, and one that names neither to the only addressee; else they have a letter of their
    own, so that no letter speaks of two providers.
    """
    whole = {one for one in map(named_by, disputes) if one.provider and one.account}
    known = {_resolved(one, whole) for one in map(named_by, disputes) if one != Addressee()}
    found: dict[Addressee, list[Dispute]] = {}
    for dispute in disputes:
        named = named_by(dispute)
        addressee = _only(known, named) if named == Addressee() else _resolved(named, whole)
        found.setdefault(addressee, []).append(dispute)
    return {
        addressee: its
        for whole, all_its in found.items()
        for addressee, its in _by_currency(whole, all_its).items()
    }


def _by_currency(addressee: Addressee, disputes: Sequence[Dispute]) -> dict[Addressee, list[Dispute]]:
    """Disputes in minutes, whose prices are not known, go with the only currency there is."""
    currencies = {one.unit for one in disputes} - {MINUTES}
    if len(currencies) < 2:
        return {addressee: [*disputes]}
    found: dict[Addressee, list[Dispute]] = {}
    for one in disputes:
        found.setdefault(replace(addressee, unit=one.unit), []).append(one)
    return found


def named_by(dispute: Dispute) -> Addressee:
    """As the dispute itself says it."""
    return Addressee(dispute.provider, dispute.account)


def _resolved(named: Addressee, whole: Iterable[Addressee]) -> Addressee:
    if named.provider and named.account:
        return named
    if named.provider:
        return _only([one for one in whole if one.provider == named.provider], named)
    return _only([one for one in whole if one.account == named.account], named)


def _only(ones: Iterable[Addressee], otherwise: Addressee) -> Addressee:
    several = [*ones]
    return several[0] if len(several) == 1 else otherwise
