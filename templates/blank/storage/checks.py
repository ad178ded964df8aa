"""The checks of the storage template."""

from __future__ import annotations

from fractions import Fraction

from templates.blank.storage.recordings import (
    FIELDS,
    FIRST_END_ROW,
    ID_PROBLEM,
    MONTH_ENDS,
    SCHEDULE,
    SHEET,
    TABLE,
)
from templates.blank.storage.schedule import TOTAL_ROW, by_dates
from templates.blank.storage.values import Stored
from templates.formulas.arithmetic import RATE_PLACES
from templates.shared.checks import Check
from templates.shared.filled_down import every_formula
from templates.shared.rules import dates_in, is_a_day, is_date
from templates.shared.tables import column, outside


def checks_of(stored: Stored) -> list[Check]:
    rows = stored.rows
    totals = [row["Total"] for row in rows]
    known = all(not isinstance(one, str) for one in totals)
    early = sum(_is_early(row.get("Created (UTC)"), row.get("Deleted (UTC)")) for row in rows)
    given = f'({_all("Deleted (UTC)")}<>"")'
    dated = f"({_all('Created (UTC)')}<1000000)"  # text is larger than any number
    return [
        Check(
            "check_ids",
            "Every row of Recordings has an id that can be compared",
            f'COUNTIF({_all(ID_PROBLEM)},"?*")',
            "The column Id problem of the sheet Recordings says what is wrong.",
            sum(row[ID_PROBLEM] != "" for row in rows),
        ),
        Check(
            "check_copies",
            "No recording is there twice",
            f"COUNT({_all('Copy of row')})",
            "Filter Copy of row for numbers: it names the earlier row. Delete the copies.",
            sum(row["Copy of row"] != "" for row in rows),
        ),
        Check(
            "check_created",
            "Every recording was created on a date",
            f"ROWS({_all('Created (UTC)')})-{dates_in(_all('Created (UTC)'))}",
            "Text is no date, nor is the number 20260930: type it again, or use Data > Text to Columns.",
            sum(not is_a_day(row.get("Created (UTC)")) for row in rows),
        ),
        Check(
            "check_deleted",
            "Every deletion is a date",
            f"COUNTA({_all('Deleted (UTC)')})-{dates_in(_all('Deleted (UTC)'))}",
            "Text that looks like a date is none. Leave the cell blank where the recording is still stored.",
            sum(row.get("Deleted (UTC)") is not None and not is_a_day(row["Deleted (UTC)"]) for row in rows),
        ),
        Check(
            "check_order",
            "No recording is deleted before it was made",
            f"SUMPRODUCT({given}*({_all('Deleted (UTC)')}<{_all('Created (UTC)')})*{dated})",
            "Look whether the two dates have been exchanged.",
            early,
        ),
        Check(
            "check_seconds",
            "Every recording has its seconds",
            f"ROWS({_all('Minutes')})-COUNT({_all('Minutes')})",
            "The column Problem says what is wrong.",
            sum(isinstance(row["Minutes"], str) for row in rows),
        ),
        Check(
            "check_rates",
            "Every recording has its price of a month end",
            f"ROWS({_all('Per month end')})-COUNT({_all('Per month end')})",
            "The column Problem says what is wrong. Rows that show #N/A are in no amount.",
            sum(isinstance(row["Per month end"], str) for row in rows),
        ),
        Check(
            "check_month",
            "The first month is a month",
            _no_month(),
            "Write its first day as a date on the sheet How to use, such as 2026-09-01.",
        ),
        Check(
            "check_total",
            "The amounts of the month ends are those of the recordings",
            f"ROUND(SUM({_all('Total')})-{SCHEDULE}!$H${TOTAL_ROW},{RATE_PLACES})",
            "Look for #N/A in the column Total of the sheet Recordings: such rows are in no amount.",
            0 if known else "#N/A",
        ),
        Check(
            "check_rule",
            "Told by days, all month ends cost the same",
            f"ROUND({by_dates()}-{SCHEDULE}!$H${TOTAL_ROW},{RATE_PLACES})",
            f"Look whether the columns Charge 1 to Charge {MONTH_ENDS} are filled down to the last row.",
            Fraction(0),
        ),
        every_formula(TABLE, FIELDS),
        Check(
            "check_below",
            "Nothing stands below the table Recordings",
            outside(TABLE, SHEET, "Recording id", "Place", ("A", "F")),
            "Rows below a table do not count: drag its lower right corner over them.",
        ),
    ]


def _no_month() -> str:
    """1 where the first month end is not of the month that is written: 202609 would be a day of the year
    2454, 2026-13 the next January."""
    end = f"{SCHEDULE}!$B${FIRST_END_ROW}"
    is_it = f"IF(ISNUMBER(month),0,IF(VALUE(MID(month,6,2))=MONTH({end}),0,1))"
    return f"IF({is_date(end)},{is_it},1)"


def _is_early(created: object, deleted: object) -> bool:
    return is_a_day(created) and is_a_day(deleted) and bool(deleted < created)


def _all(header: str) -> str:
    return column(TABLE, header)
