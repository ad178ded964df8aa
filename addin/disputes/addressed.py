"""Which letters there are, and whom each is for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from addin.disputes.addressees import Addressee, by_addressee, named_by
from addin.disputes.letter import Letter, letter_about
from addin.disputes.parties import OF_ANY, THEIRS
from addin.disputes.records import DisputeReport

Parties = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Addressed:
    """A letter and whom it is for."""

    name: str
    """Of the addressee, empty where it is not known."""
    provider: str
    said: dict[str, str]
    """What people filled in, by its label."""
    letter: Letter | None
    """None where nothing is open: there is nothing to write."""
    named: tuple[Addressee, ...] = ()
    """The provider and account that its disputes name; none where there is one letter over all."""


def letters_of(report: DisputeReport) -> list[Addressed]:
    """One for each provider, account and currency, and one at least. An addressee without a dispute is kept
    as long as people have filled in its letter. Those with something to write come first: sheets and texts
    are numbered alike."""
    groups = by_addressee(report.disputes)
    parties = report.parties
    addressee, disputes = next(iter(groups.items()), (Addressee(), []))
    name, said = next(iter(parties.items()), ("", {}))
    if len(groups) < 2 and len(parties) < 2 and _may_be(addressee, name):
        letter = letter_about(disputes, report)
        return [Addressed(addressee.name or name, addressee.provider, said, letter)]
    known = {addressee: _names(addressee, groups, parties) for addressee in groups}
    shared = {
        label: text for said in reversed(parties.values()) for label, text in said.items() if label in OF_ANY
    }
    letters = [
        Addressed(
            addressee.name,
            addressee.provider,
            {**shared, **_said(known[addressee], parties)},
            letter_about(disputes, report),
            tuple(sorted({*map(named_by, disputes)})),
        )
        for addressee, disputes in groups.items()
    ]
    letters += [
        Addressed(name, "", {**shared, **said}, None)
        for name, said in parties.items()
        if name not in {one for names in known.values() for one in names}
        and any(label in said for label in THEIRS)
    ]
    letters.sort(key=lambda one: one.letter is None)
    return letters or [Addressed("", "", shared, None)]


def _may_be(addressee: Addressee, name: str) -> bool:
    """Whether a letter by that name may be to the same: a part of it was not known then, or is not now."""
    return name in addressee.name or addressee.name in name


def _said(names: Sequence[str], parties: Parties) -> dict[str, str]:
    """What was filled in under these names, the first before the others."""
    found: dict[str, str] = {}
    for name in reversed(names):
        found.update(parties.get(name, {}))
    return found


def _names(addressee: Addressee, groups: Iterable[Addressee], parties: Parties) -> list[str]:
    """Its own, and those under which the same provider and account were written to in more or fewer
    currencies; where there is one provider and account alone, the only letter's."""
    whole = replace(addressee, unit="")
    names = [addressee.name, whole.name]
    if not addressee.unit:
        names += [name for name in parties if whole.in_unit(name)]
    if len(parties) == 1 and {replace(one, unit="") for one in groups} == {whole}:
        names += [name for name in parties if _may_be(whole, name)]
    return list(dict.fromkeys(names))
