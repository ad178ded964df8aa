"""The choices of a month: which, its zones, tolerances, and how its files are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

from addin.errors import TollsheetError
from addin.reconcile.measure import Tolerance
from addin.reconcile.month_end.invoice import GivenLine, Invoice
from addin.reconcile.period import Month
from addin.records import ColumnMapping, read_mapping
from addin.records.invoice_file import money_of
from addin.ribbon.desk import Desk
from addin.ribbon.settings.sections import month
from addin.ribbon.settings.sheet import Said, read_said

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
    invoice: Invoice = field(default_factory=Invoice)
    earlier_path: Path | None = None

    @property
    def mapping(self) -> ColumnMapping | None:
        return read_mapping(self.mapping_path) if self.mapping_path else None


def read_settings(desk: Desk) -> Chosen:
    """What stands on the workbook's sheet of settings; the defaults where there is none."""
    said = read_said(desk)
    zone = said.text(month.ZONE)
    return Chosen(
        month=said.month(month.MONTH),
        time_zone=zone or None,
        bill_time_zone=said.text(month.BILL_ZONE) or zone or None,
        tolerance=Tolerance(said.number(month.MINUTES), said.number(month.AMOUNT)),
        window=timedelta(seconds=said.whole(month.WINDOW, _WINDOW_S, _LONGEST_WINDOW_S)),
        voicemail_billed=said.yes_or_no(month.VOICEMAIL),
        mapping_path=said.path(month.MAPPING),
        invoice=_invoice(said),
        earlier_path=said.path(month.EARLIER),
    )


def _invoice(said: Said) -> Invoice:
    """What the section Invoice says; a credit is taken off."""
    total = _money(said, month.INVOICE_TOTAL)
    lines = []
    for label, sign in ((month.TAXES, 1), (month.CREDITS, -1)):
        if (money := _money(said, label)) is not None:
            if sign < 0 and money[0] < 0:
                raise said.wrong(label, "an amount of 0 or more: credits are taken off")
            lines.append(GivenLine(label, sign * money[0], money[1], "as on the settings sheet"))
    for text in said.texts(month.OTHER_LINES):
        name, _, amount = text.rpartition("=")
        try:
            found = money_of(amount)
        except TollsheetError:
            found = None
        if found is None or not name.strip():
            raise said.wrong(month.OTHER_LINES, "lines such as Support=50; Discount=-10")
        lines.append(GivenLine(name.strip(), *found, "as on the settings sheet"))
    whole, currency = total or (None, "")
    return Invoice(whole, currency, tuple(lines), said.text(month.ACCOUNT))


def _money(said: Said, label: str) -> tuple[Fraction, str] | None:
    """An amount with or without its currency; None where the cell is blank."""
    text = said.text(label)
    if not text:
        return None
    try:
        return money_of(text)
    except TollsheetError:
        raise said.wrong(label, "an amount such as 1234.56 or 1234.56 USD") from None
