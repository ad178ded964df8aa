"""What the storage template says of itself."""

from __future__ import annotations

from templates import look
from templates.blank.storage.recordings import MONTH_ENDS
from templates.blank.storage.values import Stored
from templates.shared.guide import Guide, Setting
from templates.shared.rules import a_day, at_least_0, suggested
from udfs.rating.storage import FREE_DAYS


def guide_of(stored: Stored) -> Guide:
    return Guide(
        steps=(
            "Delete the example rows of the sheet Recordings (select rows of the table, right-click, Delete, "
            "Table Rows; leave one).",
            "Paste your recordings into the yellow columns, values only: times in UTC, seconds as numbers. "
            "Add deleted recordings too, with the day of deletion: they may have been charged before.",
            f"Set the first month below: the sheet Schedule shows {MONTH_ENDS} month ends from there.",
            "Look at the line above. If checks fail, the sheet Checks says what to do.",
            "Read the Schedule; the charges of each recording stand on the sheet Recordings.",
        ),
        settings=(
            Setting(
                "month", "First month", stored.month, "yyyy-mm", "Any day of it.", a_day("The first month")
            ),
            Setting(
                "storage_rate",
                "Rate per minute",
                stored.rate,
                look.AMOUNT,
                "Where a recording has none of its own. Blank: such a recording is an error.",
                at_least_0("Rate", "currency units per minute"),
            ),
            Setting(
                "currency",
                "Currency",
                stored.currency,
                "",
                "Of all amounts. Plivo's recordings name none.",
                suggested('"USD,EUR,GBP"'),
            ),
        ),
        sheets=(
            ("Recordings", "Recordings in, yellow; days, minutes and charges, grey."),
            ("Schedule", "Each month end: held, charged, minutes, amount; the total; a chart."),
            ("Checks", "What must be TRUE before you use the figures."),
        ),
        rules=(
            (
                "Charge",
                f"On the last day of a month a recording stored for more than {FREE_DAYS} days is charged "
                "its whole minutes x the rate, the full month, and again at each month end after.",
                "Plivo",
            ),
            ("Days", "The day of recording is day 1; days are those of UTC.", "Plivo; UTC is assumed"),
            (
                "Deleted",
                "Deleted before a month end: not charged there. Deleted on the last day is not charged "
                "either, and is counted beside it.",
                "Plivo; the last day is assumed",
            ),
            ("Minutes", "Part minutes count as whole ones; 0 s cost nothing.", "assumed"),
        ),
        limits=(
            "Recordings older than a year are in no export of Plivo's console, and are charged all the same. "
            "Twilio charges storage by another rule. One currency; rates of at most 6 decimals, else #N/A.",
        ),
    )
