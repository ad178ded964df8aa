"""The letter to the provider: what is disputed, where it stands, and what is asked for.

The sheet Letter and the text file are made of the same parts.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from addin.disputes.addressees import Addressee, by_addressee, named_by
from addin.disputes.checks import is_credit_to_enter
from addin.disputes.records import ACCEPTED, BY_HAND, GONE, OPEN, Dispute, DisputeReport
from addin.disputes.totals import reasons_of
from addin.errors import safe
from addin.reconcile.period import Month
from addin.reconcile.wording import counted, listed

PROVIDER, PROVIDER_ADDRESS = "Provider", "Provider's address"
COMPANY, COMPANY_ADDRESS = "Our company", "Our address"
REFERENCE, CUSTOMER = "Our reference", "Customer number"
SIGNED, CONTACT = "Signed by", "Contact"
PARTIES = (
    (COMPANY, "[our company]"),
    (COMPANY_ADDRESS, "[our address]"),
    (PROVIDER, "[provider]"),
    (PROVIDER_ADDRESS, "[provider's address]"),
    (CUSTOMER, "[customer number]"),
    (REFERENCE, "[our reference]"),
    (SIGNED, "[name and role]"),
    (CONTACT, "[telephone or e-mail]"),
)
"""What people fill in, with what stands there until then."""

_THEIRS = (PROVIDER, PROVIDER_ADDRESS, CUSTOMER)
_OF_ANY = (COMPANY, COMPANY_ADDRESS, SIGNED, CONTACT)
"""What is the same in every letter: one that says nothing takes it from another."""
_WIDTH = 96


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """What is disputed for one reason, in one unit."""

    reason: str
    count: int
    amount: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Letter:
    """Its parts, in their order."""

    subject: str
    opening: str
    lines: tuple[ReasonLine, ...]
    listed: tuple[Dispute, ...]
    """The largest disputes, those of a currency before those in minutes."""
    listing: str
    """What stands above them."""
    asked: tuple[str, ...]
    accepted: str
    """What the provider has agreed to and not paid yet; empty where there is nothing."""
    closing: str


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
    """One for each provider and account, and one at least. An addressee without a dispute is kept as long as
    people have filled in its letter."""
    groups = by_addressee(report.disputes)
    parties = report.parties
    addressee, disputes = next(iter(groups.items()), (Addressee(), []))
    name, said = next(iter(parties.items()), ("", {}))
    if len(groups) < 2 and len(parties) < 2 and (name in addressee.name or addressee.name in name):
        letter = _letter(disputes, report)
        return [Addressed(addressee.name or name, addressee.provider, said, letter)]
    shared = {
        label: text for said in reversed(parties.values()) for label, text in said.items() if label in _OF_ANY
    }
    letters = [
        Addressed(
            addressee.name,
            addressee.provider,
            {**shared, **parties.get(addressee.name, {})},
            _letter(disputes, report),
            tuple(sorted({*map(named_by, disputes)})),
        )
        for addressee, disputes in groups.items()
    ]
    names = {one.name for one in letters}
    letters += [
        Addressed(name, "", {**shared, **said}, None)
        for name, said in parties.items()
        if name not in names and any(label in said for label in _THEIRS)
    ]
    return letters or [Addressed("", "", shared, None)]


def _claimed(disputes: Sequence[Dispute]) -> list[Dispute]:
    """What a letter is about: what is open, and still found. The accepted ones are a sentence of their
    own."""
    return [one for one in disputes if one.status == OPEN and one.state != GONE and one.outstanding > 0]


def _letter(its: Sequence[Dispute], report: DisputeReport) -> Letter | None:
    disputes = _claimed(its)
    if not disputes:
        return None
    months = sorted({one.month for one in disputes})
    accounts = sorted({one.account for one in disputes if one.account})
    named = listed([Month.parse(month).name for month in months])
    of_account = ""
    if accounts:
        of_account = f", account{'s' if len(accounts) > 1 else ''} {listed(accounts)}"
    shown = _largest(disputes, report.letter_rows)
    return Letter(
        subject=f"Disputed charges for {named}{of_account}",
        opening=f"We have compared your bill for {named} with our own call records. The following charges "
        "are not supported by our records, and we dispute them.",
        lines=tuple(_lines(disputes)),
        listed=tuple(shown),
        listing=_listing(len(shown), len(disputes)),
        asked=(
            "credit the disputed amount with your next bill, or send us, for each charge that you uphold, "
            "your own record of it and the rate that you applied;",
            f"answer in writing by {report.as_of + timedelta(days=report.answer_days)}, charge by charge;",
            "take no step to collect the disputed amount until then. What is not disputed is paid as agreed.",
        ),
        accepted=_accepted(its),
        closing="Times are in UTC. Our reference for each charge is the file and row in our records and in "
        "your bill, as given in the attached list.",
    )


def amount_text(amount: Decimal, unit: str) -> str:
    """With two decimals at least, and all that there are.

    >>> amount_text(Decimal("1234.5"), "USD"), amount_text(Decimal("0.0084"), "EUR")
    ('1,234.50 USD', '0.0084 EUR')
    """
    whole, _, rest = f"{amount:,f}".partition(".")
    return f"{whole}.{rest.rstrip('0').ljust(2, '0')} {unit}"


def _lines(disputes: Sequence[Dispute]) -> Iterator[ReasonLine]:
    for unit in dict.fromkeys(one.unit for one in disputes):
        of_unit = [one for one in disputes if one.unit == unit]
        for reason in reasons_of(of_unit):
            its = [one for one in of_unit if one.reason == reason]
            yield ReasonLine(reason, len(its), sum((one.outstanding for one in its), Decimal(0)), unit)


def totals_of(lines: Sequence[ReasonLine]) -> list[tuple[int, Decimal, str]]:
    """Count and sum of each unit."""
    return [
        (
            sum(line.count for line in lines if line.unit == unit),
            sum((line.amount for line in lines if line.unit == unit), Decimal(0)),
            unit,
        )
        for unit in dict.fromkeys(line.unit for line in lines)
    ]


def _largest(disputes: Sequence[Dispute], most: int) -> list[Dispute]:
    """Amounts of several currencies cannot be compared: each has its largest, in turn."""
    ranked: list[tuple[int, int, Dispute]] = []
    units = list(dict.fromkeys(one.unit for one in disputes))
    for number, unit in enumerate(units):
        of_unit = sorted(
            (one for one in disputes if one.unit == unit), key=lambda one: -one.outstanding
        )  # stable: of equal amounts the first comes first
        ranked += [(rank, number, one) for rank, one in enumerate(of_unit)]
    chosen = sorted(ranked, key=lambda one: one[:2])[:most]
    return [one for _, _, one in sorted(chosen, key=lambda one: (one[1], one[0]))]


def _listing(shown: int, count: int) -> str:
    if shown == count:
        return "The disputed charges, the largest first:"
    return (
        f"The {shown} largest of {counted(count, 'disputed charge')}. All of them are in the list attached "
        "to "
        "this letter (sheet Disputes)."
    )


def _accepted(disputes: Sequence[Dispute]) -> str:
    """One sentence over all units; not of a credit that was found and has only to be entered."""
    its = [
        one
        for one in disputes
        if one.status == ACCEPTED and one.outstanding > 0 and not is_credit_to_enter(one)
    ]
    if not its:
        return ""
    sums = [
        amount_text(sum((one.outstanding for one in its if one.unit == unit), Decimal(0)), unit)
        for unit in dict.fromkeys(one.unit for one in its)
    ]
    return (
        f"You have already accepted {counted(len(its), 'charge')} that we disputed before. The credit of "
        f"{listed(sums)} has not reached us: please tell us on which bill it will be."
    )


def as_texts(report: DisputeReport) -> list[str]:
    """The letters as plain text, each ending in a newline; one says that there is none to write."""
    texts = [_as_text(one, one.letter, report) for one in letters_of(report) if one.letter is not None]
    return texts or [f"{nothing_to_write(report)}\n"]


def nothing_to_write(report: DisputeReport) -> str:
    return f"Nothing is in dispute as of {report.as_of}: there is no letter to write."


def _as_text(to: Addressed, letter: Letter, report: DisputeReport) -> str:
    """What stands in records can steer no terminal."""
    said = {label: to.said.get(label) or blank for label, blank in PARTIES}
    if to.provider and not to.said.get(PROVIDER):
        said[PROVIDER] = f"[provider: {to.provider}]"
    parts = [
        f"{said[COMPANY]}\n{said[COMPANY_ADDRESS]}",
        f"{said[PROVIDER]}\n{said[PROVIDER_ADDRESS]}",
        f"Date: {report.as_of}\n{CUSTOMER}: {said[CUSTOMER]}\n{REFERENCE}: {said[REFERENCE]}",
        _wrapped(letter.subject),
        "Dear Sir or Madam,",
        _wrapped(letter.opening),
        "\n".join(_reason_lines(letter)),
        _wrapped(letter.listing),
        "\n".join(line for one in letter.listed for line in _listed_lines(one)),
        "We ask you to\n\n" + "\n".join(_numbered(letter.asked)),
        *([_wrapped(letter.accepted)] if letter.accepted else []),
        _wrapped(letter.closing),
        "Yours faithfully,",
        f"{said[SIGNED]}\n{said[CONTACT]}",
    ]
    return "\n".join(safe(line).rstrip() for line in "\n\n".join(parts).split("\n")) + "\n"


def _wrapped(text: str) -> str:
    return textwrap.fill(text, _WIDTH, break_long_words=False, break_on_hyphens=False)


def _numbered(texts: Sequence[str]) -> Iterator[str]:
    for number, text in enumerate(texts, 1):
        yield textwrap.fill(text, _WIDTH, initial_indent=f"{number}. ", subsequent_indent="   ")


def _reason_lines(letter: Letter) -> Iterator[str]:
    """A table of reasons, then the totals."""
    rows = [("Reason", "Charges", "In question")]
    rows += [(line.reason, f"{line.count:,}", amount_text(line.amount, line.unit)) for line in letter.lines]
    rows += [
        ("Total", f"{count:,}", amount_text(sum_, unit)) for count, sum_, unit in totals_of(letter.lines)
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for reason, count, amount in rows:
        yield f"{reason.ljust(widths[0])}  {count.rjust(widths[1])}  {amount.rjust(widths[2])}"


def _listed_lines(one: Dispute) -> Iterator[str]:
    """Two lines a charge: what it is, and where it stands."""
    about = f"call {one.call_id}" if one.call_id else about_of(one)
    day = f"{one.day}  " if one.day and str(one.day) not in about else ""
    why = "" if about == one.reason else f". {one.reason}"
    yield f"- {day}{about}: {amount_text(one.outstanding, one.unit)}{why}"
    figures = [
        f"{word} {'not known' if value is None else amount_text(value, one.unit)}"
        for word, value in (("billed", one.billed), ("expected", one.expected))
        if value is not None or one.state != BY_HAND
    ]
    yield f"  {'; '.join(filter(None, (', '.join(figures), evidence(one))))}"


def about_of(one: Dispute) -> str:
    """What a charge is for, in a word: the call, or the category with its month, or the day, or what the
    person says who added it."""
    if one.call_id:
        return one.call_id
    if one.subject:
        return f"{one.subject}, {one.month}" if one.day is None else one.subject
    return one.reason if one.state == BY_HAND else "(a call without an id)"


def evidence(one: Dispute) -> str:
    """File and row on both sides; of what a person added, their note."""
    if one.state == BY_HAND:
        said = " ".join(one.entered.note.split())
        places = [f"your record {one.billed_place}"] if one.billed_place else []
        return "; ".join(filter(None, (said, *places))) or "as in the attached list"
    places = []
    if one.log_place:
        places.append(f"our record {one.log_place}")
    elif one.kind == "missing-in-log":
        places.append("no record of ours")
    elif one.kind in ("category", "day"):
        places.append("the sum of our calls")
    if one.billed_place:
        places.append(f"your record {one.billed_place}")
    return ", ".join(places) or "as in the attached list"
