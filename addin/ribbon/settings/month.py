"""The choices of a month: which, its zones, tolerances, and how its files are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from addin.reconcile.measure import Tolerance
from addin.reconcile.period import Month
from addin.records import ColumnMapping, read_mapping
from addin.ribbon.desk import Desk
from addin.ribbon.settings import sections
from addin.ribbon.settings.sheet import read_said

_WINDOW_S, _LONGEST_WINDOW_S = 60, 86_400


@dataclass(frozen=True, slots=True)
class Chosen:
    """The settings of a workbook, checked."""

    month: Month | None = None
    time_zone: str | None = None
    bill_time_zone: str | None = None
    tolerance: Tolerance = field(default_factory=Tolerance)
    window: timedelta = timedelta(seconds=_WINDOW_S)
    voicemail_billed: bool | None = None
    mapping_path: Path | None = None

    @property
    def mapping(self) -> ColumnMapping | None:
        return read_mapping(self.mapping_path) if self.mapping_path else None


def read_settings(desk: Desk) -> Chosen:
    """What stands on the workbook's sheet of settings; the defaults where there is none."""
    said = read_said(desk)
    zone = said.text(sections.ZONE)
    return Chosen(
        month=said.month(sections.MONTH),
        time_zone=zone or None,
        bill_time_zone=said.text(sections.BILL_ZONE) or zone or None,
        tolerance=Tolerance(said.number(sections.MINUTES), said.number(sections.AMOUNT)),
        window=timedelta(seconds=said.whole(sections.WINDOW, _WINDOW_S, _LONGEST_WINDOW_S)),
        voicemail_billed=said.yes_or_no(sections.VOICEMAIL),
        mapping_path=said.path(sections.MAPPING),
    )
