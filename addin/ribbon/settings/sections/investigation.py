"""The investigation."""

from __future__ import annotations

from addin.ribbon.settings.sections.section import Section

FIRST_DAY = "Investigate from day"
LAST_DAY = "Investigate to day"
THRESHOLD = "Investigation threshold, percent"
EXPORTED_AT = "Export made at"
LEDGER_FILE = "Ledger, file"
OPENING = "Ledger, opening balance"
TOP_UPS = "Ledger, top-ups"
CREDITS = "Ledger, credits"
STORAGE = "Ledger, storage"
OTHER = "Ledger, other charges"
CLOSING = "Ledger, closing balance"
CLOSING_AT = "Ledger, closing balance read at"
BUFFER = "Ledger, buffer"
STALENESS = "Ledger, staleness in seconds"

SECTION = Section(
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
)
