"""Timestamps written as text: the forms that providers write, each read by its own pattern, none guessed.

    Fri, 18 Oct 2019 17:02:00 +0000      RFC 2822 (Twilio API)
    2024-01-31T23:58:00Z                 ISO 8601, with T or a blank; seconds, fraction and zone optional
    2015-07-26 15:45:02+05:30            (Plivo)
    13:15:00 AEDT 2021-03-09             (Twilio console)

A date whose day and month could be exchanged (03/09/2021) is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from udfs.errors import NotUsable

_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,12}))?)?"
_DATE = r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"
_ZONE = r"(?P<zone>[+\-\u2212]\d\d(?::?\d\d)?|[A-Za-z][A-Za-z_]*(?:/[A-Za-z0-9_+\-]+)*)"
_FORMS = tuple(
    re.compile(form, re.ASCII)
    for form in (
        rf"{_DATE}(?:(?:[Tt]|\ +){_CLOCK}(?:\ *{_ZONE})?)?",
        rf"{_CLOCK}(?:\ +{_ZONE})?\ +{_DATE}",
        r"(?:[A-Za-z]{3},\ *)?(?P<day>\d{1,2})\ +(?P<month>[A-Za-z]{3})\ +(?P<year>\d{4})\ +"
        rf"{_CLOCK}(?:\ *{_ZONE})?(?:\ *\([^()]*\))?",
    )
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_HOURS_OF_ABBREVIATION = {
    "Z": 0, "UTC": 0, "GMT": 0, "UT": 0, "WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3,
    "MSK": 3, "SAST": 2, "EST": -5, "EDT": -4, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
    "AKST": -9, "AKDT": -8, "HST": -10, "AEST": 10, "AEDT": 11, "ACST": 9.5, "ACDT": 10.5, "AWST": 8,
    "NZST": 12, "NZDT": 13, "JST": 9, "KST": 9, "SGT": 8, "HKT": 8,
}  # fmt: skip
"""Hours east of UTC. CST, IST, BST and their like mean several zones and are left out on purpose."""


@dataclass(frozen=True, slots=True)
class Written:
    """A timestamp as it was written: the wall time, and its offset or the name of its zone, if any."""

    wall: datetime
    offset: timedelta | None = None
    zone: str = ""


def fixed_offset(written: str) -> timedelta | None:
    """The offset of `+05:30`, `-0800` or `+02`; None if it is none.

    >>> fixed_offset("-03:30")
    datetime.timedelta(days=-1, seconds=73800)
    """
    match = re.fullmatch(r"([+\-\u2212])(\d\d):?(\d\d)?", written, re.ASCII)
    if match is None:
        return None
    hours, minutes = int(match[2]), int(match[3] or 0)
    if hours > 15 or minutes > 59:
        raise NotUsable(f'offset "{written}" is no offset from UTC', "write it as +05:30")
    offset = timedelta(hours=hours, minutes=minutes)
    return offset if match[1] == "+" else -offset


def offset_of_abbreviation(written: str) -> timedelta | None:
    """The offset of an abbreviation that means one thing only.

    >>> offset_of_abbreviation("aedt"), offset_of_abbreviation("CST")
    (datetime.timedelta(seconds=39600), None)
    """
    hours = _HOURS_OF_ABBREVIATION.get(written.upper())
    return None if hours is None else timedelta(hours=hours)


def read_timestamp(written: str) -> Written:
    """The wall time and the zone of a text in one of the forms above.

    >>> read_timestamp("13:15:00 AEDT 2021-03-09")
    Written(wall=datetime.datetime(2021, 3, 9, 13, 15), offset=None, zone='AEDT')
    """
    match = next((match for form in _FORMS if (match := form.fullmatch(written))), None)
    if match is None:
        remedy = "write it as 2024-01-31 23:58:00, with the offset behind it where it is not in UTC"
        if re.match(r"\d{1,4}[/.]\d{1,2}[/.]\d{1,4}", written):
            remedy = f"its day and month would have to be guessed; {remedy}"
        raise NotUsable(f'timestamp "{written[:40]}" is in no known form', remedy)
    parts = match.groupdict()
    month = parts["month"].casefold()
    try:
        wall = datetime(
            int(parts["year"]),
            _MONTHS.index(month) + 1 if month.isalpha() else int(month),
            int(parts["day"]),
            int(parts["hour"] or 0),
            int(parts["minute"] or 0),
            int(parts["second"] or 0),
            int((parts["fraction"] or "").ljust(6, "0")[:6]),
        )
    except ValueError:
        raise NotUsable(f'timestamp "{written[:40]}" names no day or time that exists', "check it") from None
    zone = parts["zone"] or ""
    offset = fixed_offset(zone)
    return Written(wall, offset, "" if offset is not None else zone)
