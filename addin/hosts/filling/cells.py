"""A value as the XML of a cell, stored as the reports store it."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from xml.sax.saxutils import escape

from templates.cells import OLDEST, Value
from templates.text import cell_text
from udfs.rating.attribution import SERIAL_ZERO

_LIKE_AN_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ZERO_1904 = datetime(1904, 1, 1)
_DAY_SECONDS = 86_400


def value_xml(value: Value, *, prefix: str = "", is_1904: bool = False) -> tuple[str, str]:
    """What stands in the tag and what in the cell; nothing in either for a blank one.

    >>> value_xml(Decimal("0.014")), value_xml(date(2026, 9, 1)), value_xml("")
    (('', '<v>0.014</v>'), ('', '<v>46266</v>'), ('', ''))
    >>> value_xml("+44 <x>")
    (' t="inlineStr"', '<is><t>+44 &lt;x&gt;</t></is>')
    """
    if isinstance(value, date):
        if serial := _serial(value, is_1904):
            return "", f"<{prefix}v>{serial}</{prefix}v>"
        value = str(value.replace(tzinfo=None) if isinstance(value, datetime) else value)
    if isinstance(value, str):
        return (' t="inlineStr"', _text_xml(value, prefix)) if value else ("", "")
    if value is None:
        return "", ""
    return "", f"<{prefix}v>{_number(value)}</{prefix}v>"


@lru_cache(maxsize=1 << 15)
def _number(value: Decimal | int) -> str:
    return f"{float(value):.16G}"


def _text_xml(text: str, prefix: str) -> str:
    shown = cell_text(text)
    kept = ' xml:space="preserve"' if shown != shown.strip() else ""
    return f"<{prefix}is><{prefix}t{kept}>{escaped_text(shown)}</{prefix}t></{prefix}is>"


def escaped_text(text: str) -> str:
    """
    >>> escaped_text("a<b _x0041_x0042_")
    'a&lt;b _x005F_x0041_x005F_x0042_'
    """
    return escape(_LIKE_AN_ESCAPE.sub("_x005F_", text))


def _serial(value: date, is_1904: bool) -> str:
    """The days since the epoch of the workbook; empty before the days on which spreadsheets agree."""
    moment = (
        value.replace(tzinfo=None)
        if isinstance(value, datetime)
        else datetime.combine(value, datetime.min.time())
    )
    if moment.date() < OLDEST:
        return ""
    passed: timedelta = moment - (_ZERO_1904 if is_1904 else SERIAL_ZERO)
    if passed.days < 0:
        return ""
    return f"{passed.days + (float(passed.seconds) + float(passed.microseconds) / 1e6) / _DAY_SECONDS:.16G}"
