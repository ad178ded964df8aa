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
