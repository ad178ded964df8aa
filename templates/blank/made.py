"""All blank templates by name: a title for people, and the function that builds the file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from templates.blank import rating, storage
from templates.blank.billing_report import guide as billing_report
from templates.blank.billing_report.build import build as build_billing_report
from templates.blank.investigation import guide as investigation
from templates.blank.investigation.build import build as build_investigation


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
    Blank("storage", storage.TITLE, storage.PURPOSE, storage.build),
    Blank("billing-report", billing_report.TITLE, billing_report.PURPOSE, build_billing_report),
    Blank("investigation", investigation.TITLE, investigation.PURPOSE, build_investigation),
)
