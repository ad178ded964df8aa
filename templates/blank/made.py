"""All blank templates by name: a title for people, and the function that builds the file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from templates.blank import dispute, rating, reconciliation, storage


@dataclass(frozen=True, slots=True)
class Blank:
    """A template that is shipped."""

    name: str
    """Of the file, without its ending."""
    title: str
    purpose: str
    build: Callable[[], bytes]


BLANKS: tuple[Blank, ...] = (
    Blank("rating", rating.TITLE, rating.PURPOSE, rating.build),
    Blank("reconciliation", reconciliation.TITLE, reconciliation.PURPOSE, reconciliation.build),
    Blank("storage", storage.TITLE, storage.PURPOSE, storage.build),
    Blank("dispute", dispute.TITLE, dispute.PURPOSE, dispute.build),
)
