"""All blank templates by name: a title for people, and the function that builds the file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from templates.blank.billing_report import guide as billing
from templates.blank.billing_report.build import build as build_billing


@dataclass(frozen=True, slots=True)
class Blank:
    """A template that is shipped."""

    name: str
    """Of the file, without its ending."""
    title: str
    purpose: str
    build: Callable[[], bytes]


BLANKS: tuple[Blank, ...] = (Blank("billing-report", billing.TITLE, billing.PURPOSE, build_billing),)
