"""THE list of settings: label, default and help, by section. The sheet is made from it and read by labels.

A label stands once in the whole list, so that a row may be moved anywhere on the sheet.
"""

from __future__ import annotations

from dataclasses import dataclass

SHEET = "Tollsheet settings"

Row = tuple[str, str, str]
"""Label, default, help."""


@dataclass(frozen=True, slots=True)
class Section:
    """The settings of one part of the product."""

    title: str
    rows: tuple[Row, ...]


MONTH, ZONE, BILL_ZONE = "Month", "Time zone", "Time zone of the bill"
MINUTES, AMOUNT, WINDOW = "Tolerance, minutes", "Tolerance, amount", "Matching window, seconds"
VOICEMAIL, MAPPING = "Voicemail is billed", "Column mapping"
AS_OF, AGEING = "Disputes as of", "Ageing boundaries, days"
LETTER_ROWS, PREVIOUS = "Disputes listed in the letter", "Earlier dispute workbook"

SECTIONS = (
    Section(
        "Month and files",
        (
            (MONTH, "", "YYYY-MM, in UTC. Blank: the month that the records cover is proposed."),
            (ZONE, "", "Of times that name none, such as America/New_York or +05:30. Blank: UTC."),
            (BILL_ZONE, "", "The same for the bill. Blank: as above."),
            (
                VOICEMAIL,
                "",
                "yes or no (Voiso). Blank: calls answered by voicemail have an unknown status.",
            ),
            (
                MAPPING,
                "",
                "A mapping file (.toml) for other exports: its path, counted from this workbook's folder.",
            ),
        ),
    ),
    Section(
        "Reconciliation",
        (
            (MINUTES, "0", "The difference in minutes that is allowed in each category and day."),
            (AMOUNT, "0", "The same for amounts."),
            (WINDOW, "60", "How far apart two records of one call may start where their ids do not match."),
        ),
    ),
    Section(
        "Disputes",
        (
            (AS_OF, "", "YYYY-MM-DD: ages are counted on this day, and new disputes opened. Blank: today."),
            (AGEING, "30; 60; 90", "The last day of each ageing bucket but the last, with ; between them."),
            (LETTER_ROWS, "20", "So many of the largest disputes stand in the letter."),
            (PREVIOUS, "", "The dispute workbook of the month before: its path, counted as above."),
        ),
    ),
)
KNOWN = frozenset(label for section in SECTIONS for label, _, _ in section.rows)
