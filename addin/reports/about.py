"""What every report says of itself: period, zone, choices, inputs, and what its figures rest on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from addin.records.call import SourceFile


@dataclass(frozen=True, slots=True)
class Assumption:
    """A rule with its source, or a choice that no source decides."""

    topic: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Input:
    """An input, and what it was taken for, such as `Call log`."""

    side: str
    source: SourceFile


@dataclass(frozen=True, slots=True)
class About:
    """The frame of a report. `ends_on` dates the workbook: the same report gives the same bytes."""

    kind: str
    """Such as `Billing report`."""
    period: str
    """As a person reads it, such as `2026-09` or `2026-09-01 to 2026-09-15`."""
    time_zone: str
    ends_on: date
    assumptions: tuple[Assumption, ...]
    inputs: tuple[Input, ...]
    choices: tuple[tuple[str, str], ...] = ()
    """What was chosen for this run: `("Tolerance", "1 %")`."""

    @property
    def title(self) -> str:
        """
        >>> About("Billing report", "2026-09", "UTC", date(2026, 9, 30), (), ()).title
        'Billing report 2026-09'
        """
        return f"{self.kind} {self.period}"
