"""What stands in the table Usage beside its yellow cells, as the reconciliation says it."""

from __future__ import annotations

from addin.reconcile.bridge import usage_currency
from addin.reconcile.lines import UsageLine
from templates.blank.reconciliation.settled import Settled
from templates.blank.reconciliation.usage import WITHIN
from templates.inputs import USAGE
from templates.shared.serials import serial
from templates.shared.tables import Row, Shown


def rows_of(settled: Settled) -> list[Row]:
    """What stands in the table, formulas included."""
    found: list[Row] = []
    for number, line in enumerate(settled.result.usage, 1):
        shown: dict[str, Shown] = {column.header: column.of(line.record) for column in USAGE.columns}
        found.append(shown | _settled(settled, line, number))
    return found


def blank_row(settled: Settled, number: int) -> Row:
    """What the formulas give in a row without anything."""
    currency = settled.rows.currency
    return {
        "In total": "no",
        "Counted in": currency,
        "No": number,
        "Span": f"|||{currency}",
        "Whole": 0,
        "Days": 1,
    }


def _settled(settled: Settled, line: UsageLine, number: int) -> dict[str, Shown]:
    record, month = line.record, settled.rows.month
    word = record.category.strip().casefold()
    currency = usage_currency(line, settled.result.currencies) or settled.rows.currency
    holder = line.reason.removeprefix("contained in ") if line.reason.startswith("contained in c") else ""
    is_within = bool(line.unit or holder)
    first, last = serial(record.start_on), serial(record.end_on)
    return {
        "Compared as": line.unit,
        "In total": "yes" if line.in_total else "no",
        "Remark": line.reason,
        "To check": "",
        "Counted in": currency,
        "Word": word,
        "No": number,
        "Span": f"{word}|{first}|{last}|{currency}",
        "State": WITHIN if is_within else line.reason,
        "Whole": int((record.start_on, record.end_on) == (month.first_day, month.last_day)),
        "Days": (record.end_on - record.start_on).days + 1,
        "Holder": holder,
    }
