"""The letters as plain text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from addin.disputes.addressed import Addressed, letters_of
from addin.disputes.letter import Letter, nothing_to_write, totals_of
from addin.disputes.parties import (
    COMPANY,
    COMPANY_ADDRESS,
    CONTACT,
    CUSTOMER,
    PARTIES,
    PROVIDER,
    PROVIDER_ADDRESS,
    REFERENCE,
    SIGNED,
)
from addin.disputes.records import BY_HAND, Dispute, DisputeReport
from addin.disputes.wording import about_of, amount_text, evidence
from addin.errors import safe

_WIDTH = 96


def as_texts(report: DisputeReport) -> list[str]:
    """The letters as plain text, each ending in a newline; one says that there is none to write."""
    texts = [_as_text(one, one.letter, report) for one in letters_of(report) if one.letter is not None]
    return texts or [f"{nothing_to_write(report)}\n"]


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
        *([_wrapped(letter.netted)] if letter.netted else []),
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
    yield f"- {day}{about}: {amount_text(one.claimed, one.unit)}{why}"
    figures = [
        f"{word} {'not known' if value is None else amount_text(value, one.unit)}"
        for word, value in (("billed", one.billed), ("expected", one.expected))
        if value is not None or one.state != BY_HAND
    ]
    yield f"  {'; '.join(filter(None, (', '.join(figures), evidence(one))))}"
