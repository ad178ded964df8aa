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

FIRST_DAY, LAST_DAY = "Investigate from day", "Investigate to day"
THRESHOLD, EXPORTED_AT = "Investigation threshold, percent", "Export made at"
LEDGER_FILE, OPENING, TOP_UPS = "Ledger, file", "Ledger, opening balance", "Ledger, top-ups"
CREDITS, STORAGE, OTHER = "Ledger, credits", "Ledger, storage", "Ledger, other charges"
CLOSING, CLOSING_AT = "Ledger, closing balance", "Ledger, closing balance read at"
BUFFER, STALENESS = "Ledger, buffer", "Ledger, staleness in seconds"

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
        "Investigation",
        (
            (FIRST_DAY, "", "YYYY-MM-DD, in UTC, with the next one instead of the month. Blank: the month."),
            (LAST_DAY, "", "The last day, included."),
            (THRESHOLD, "1", "By how much calls and durations of a day may differ and still roughly match."),
            (
                EXPORTED_AT,
                "",
                "YYYY-MM-DD HH:MM, in UTC: when both sides were exported. Blank: the files' own times.",
            ),
            (
                LEDGER_FILE,
                "",
                "Rows of kind, amount, at, currency, reference. Blank: the amounts below, if there are any.",
            ),
            (OPENING, "", "The balance before, such as 100 or 100 USD. Blank: no balance is checked."),
            (TOP_UPS, "", "What was paid in."),
            (CREDITS, "", "What was credited."),
            (STORAGE, "", "What was charged for recordings."),
            (OTHER, "", "What else was charged, such as numbers and messages."),
            (CLOSING, "", "The balance that is stated after it."),
            (CLOSING_AT, "", "YYYY-MM-DD HH:MM:SS, in UTC: when it was read."),
            (BUFFER, "0", "What the provider may hold back of the balance."),
            (STALENESS, "60", "How old the closing balance may be: calls that ended since may not be in it."),
        ),
    ),
)
KNOWN = frozenset(label for section in SECTIONS for label, _, _ in section.rows)
