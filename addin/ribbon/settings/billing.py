"""The choices of a billing report, as the sheet of settings has them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from addin.billing.choices import Choices
from addin.records import ColumnMapping, read_mapping
from addin.ribbon.desk import Desk
from addin.ribbon.settings.sections import billing
from addin.ribbon.settings.sections import month as files
from addin.ribbon.settings.sheet import read_said

_VOICEMAIL = {None: "", True: "yes", False: "no"}


@dataclass(frozen=True, slots=True)
class BillingChosen:
    """The choices, and the mapping file of the charges. The period may be missing yet."""

    choices: Choices
    mapping_path: Path | None

    @property
    def mapping(self) -> ColumnMapping | None:
        return read_mapping(self.mapping_path) if self.mapping_path else None


def read_billing_settings(desk: Desk) -> BillingChosen:
    """What stands on the workbook's sheet of settings; the defaults where there is none."""
    said = read_said(desk)
    first, last = said.day(billing.FIRST), said.day(billing.LAST)
    month = said.month(billing.MONTH)
    if month is None and first is None and last is None:
        month = said.month(files.MONTH)
    choices = Choices(
        month=str(month or ""),
        first_day=str(first or ""),
        last_day=str(last or ""),
        teams=said.texts(billing.TEAMS),
        users=said.texts(billing.USERS),
        deactivated_users=said.texts(billing.DEACTIVATED),
        everyone=said.yes_or_no(billing.EVERYONE) or False,
        countries=said.texts(billing.COUNTRIES),
        report_zone=said.text(billing.ZONE) or "UTC",
        time_zone=said.text(files.ZONE),
        billed_at_end=said.yes_or_no(billing.AT_END) or False,
        voicemail=_VOICEMAIL[said.yes_or_no(files.VOICEMAIL)],
        sort=said.texts(billing.SORT),
    )
    return BillingChosen(choices, said.path(files.MAPPING))
