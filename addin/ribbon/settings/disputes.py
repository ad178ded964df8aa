"""The choices of a dispute sheet: its day, ageing, the letter, and an earlier one to go on from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from addin.disputes.report import BUCKETS, MOST_ANSWER_DAYS, Choices, check_buckets
from addin.ribbon.desk import Desk
from addin.ribbon.settings.sections import disputes
from addin.ribbon.settings.sheet import Said, read_said

_MOST_ROWS = 1000


@dataclass(frozen=True, slots=True)
class ChosenDisputes:
    """The settings of a workbook, checked."""

    choices: Choices
    previous: Path | None = None


def read_dispute_settings(desk: Desk, today: date) -> ChosenDisputes:
    """What stands on the workbook's sheet of settings; the defaults where there is none."""
    said = read_said(desk)
    choices = Choices(
        as_of=said.day(disputes.AS_OF) or today,
        buckets=_buckets(said),
        letter_rows=said.whole(disputes.LETTER_ROWS, Choices(today).letter_rows, _MOST_ROWS),
        answer_days=said.whole(disputes.ANSWER_DAYS, Choices(today).answer_days, MOST_ANSWER_DAYS),
    )
    return ChosenDisputes(choices, said.path(disputes.PREVIOUS))


def _buckets(said: Said) -> tuple[int, ...]:
    text = said.text(disputes.AGEING).replace(",", ";").replace("\n", ";")
    parts = [part.strip() for part in text.split(";") if part.strip()]
    if not all(part.isdecimal() and part.isascii() for part in parts):
        raise said.wrong(disputes.AGEING, "whole days that rise, such as 30; 60; 90")
    buckets = tuple(map(int, parts)) or BUCKETS
    check_buckets(buckets)
    return buckets
