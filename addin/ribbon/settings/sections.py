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
INVOICE_TOTAL, TAXES, CREDITS, OTHER_LINES = "Invoice total", "Taxes", "Credits", "Other lines"
ACCOUNT, EARLIER = "Account", "Earlier reconciliation"
VOICEMAIL, MAPPING = "Voicemail is billed", "Column mapping"
AS_OF, AGEING = "Disputes as of", "Ageing boundaries, days"
LETTER_ROWS, PREVIOUS = "Disputes listed in the letter", "Earlier dispute workbook"

STORAGE_FIRST, STORAGE_LAST = "Storage, first month", "Storage, last month"
STORAGE_RATE, STORAGE_CURRENCY, STORAGE_AS_OF = "Storage rate", "Storage currency", "Storage as of"
STORED_DAYS, WITHIN_A_YEAR, EXPORTED_ON = (
    "Days of storage",
    "Recorded within a year",
    "Recordings exported on",
)
STORAGE_INVOICES, MONTHS_AHEAD, OLDER_THAN = "Storage invoices", "Month ends ahead", "Older than, days"

BILLING_MONTH, BILLING_FIRST, BILLING_LAST = "Billing month", "Billing, first day", "Billing, last day"
BILLING_TEAMS, BILLING_USERS, BILLING_DEACTIVATED = "Teams", "Active users", "Deactivated users"
BILLING_EVERYONE, BILLING_COUNTRIES = "Everyone", "Countries"
BILLING_ZONE, BILLING_AT_END, BILLING_SORT = "Billing zone", "Billed at the end", "Billing tables sorted by"

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
        "Invoice",
        (
            (INVOICE_TOTAL, "", "Such as 1234.56 or 1234.56 USD. Blank: the invoice is not looked at."),
            (TAXES, "", "On the invoice, written like its total."),
            (CREDITS, "", "The same; an amount of 0 or more, which is taken off."),
            (OTHER_LINES, "", "Of the invoice, separated by semicolons, such as Support=50; Discount=-10."),
            (ACCOUNT, "", "For the line of the books, where the records name no account."),
            (
                EARLIER,
                "",
                "Of the month before, as .xlsx or .json: its path, counted from this workbook's folder.",
            ),
        ),
    ),
    Section(
        "Storage statement",
        (
            (STORAGE_FIRST, "", "YYYY-MM. Blank: the month above, else one is proposed."),
            (STORAGE_LAST, "", "The last of several months. Blank: the first alone."),
            (STORAGE_RATE, "", "Per minute and month, of recordings that name no rate, such as 0.0004."),
            (STORAGE_CURRENCY, "", "Such as EUR. Blank: that of the recordings, else USD."),
            (STORAGE_AS_OF, "", "The day of the filters and the forecast, YYYY-MM-DD. Blank: the last day."),
            (
                STORED_DAYS,
                "",
                "Which recordings to view: >90, >=91, <30, <=29, or two of them: >90, <=180.",
            ),
            (
                WITHIN_A_YEAR,
                "",
                "yes: view those of the year before the day, as Plivo's export has them.",
            ),
            (EXPORTED_ON, "", "YYYY-MM-DD. Blank: the day that the recordings' own days of storage tell."),
            (STORAGE_INVOICES, "", "What invoices say, by month: 2023-06=0.0012; 2023-07=0.0024."),
            (MONTHS_AHEAD, "3", "How many month ends the forecast has."),
            (OLDER_THAN, "30; 60; 90; 180; 365", "What deleting older recordings would save, for each."),
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
    Section(
        "Billing report",
        (
            (
                BILLING_MONTH,
                "",
                "YYYY-MM, by the moment billed. Blank: as above, else one is proposed.",
            ),
            (BILLING_FIRST, "", "YYYY-MM-DD: the first day of a period that is no month. Blank: the month."),
            (BILLING_LAST, "", "The last day of it, included."),
            (BILLING_TEAMS, "", "Separated by semicolons. More can be marked on the sheet Billing choices."),
            (BILLING_USERS, "", "The same."),
            (BILLING_DEACTIVATED, "", "The same."),
            (BILLING_EVERYONE, "", "yes: all of them, agents not in the roster, calls without an agent."),
            (BILLING_COUNTRIES, "", "Those that get a column, such as US; Germany. Blank: no such columns."),
            (BILLING_ZONE, "", "Of the days of the period, such as Europe/London. Blank: UTC."),
            (BILLING_AT_END, "", "yes: where no moment of billing is given, take start + duration."),
            (BILLING_SORT, "", "Such as Agent, -Total (falling), dialer:Team. Blank: -Total."),
        ),
    ),
)
KNOWN = frozenset(label for section in SECTIONS for label, _, _ in section.rows)
