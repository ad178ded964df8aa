"""The billing report."""

from __future__ import annotations

from addin.ribbon.settings.sections.section import Section

MONTH = "Billing month"
FIRST = "Billing, first day"
LAST = "Billing, last day"
TEAMS = "Teams"
USERS = "Active users"
DEACTIVATED = "Deactivated users"
EVERYONE = "Everyone"
COUNTRIES = "Countries"
ZONE = "Billing zone"
AT_END = "Billed at the end"
SORT = "Billing tables sorted by"

SECTION = Section(
    "Billing report",
    (
        (MONTH, "", "YYYY-MM, by the moment billed. Blank: as above, else one is proposed."),
        (FIRST, "", "YYYY-MM-DD: the first day of a period that is no month. Blank: the month."),
        (LAST, "", "The last day of it, included."),
        (TEAMS, "", "Separated by semicolons. More can be marked on the sheet Billing choices."),
        (USERS, "", "The same."),
        (DEACTIVATED, "", "The same."),
        (EVERYONE, "", "yes: all of them, agents not in the roster, calls without an agent."),
        (COUNTRIES, "", "Those that get a column, such as US; Germany. Blank: no such columns."),
        (ZONE, "", "Of the days of the period, such as Europe/London. Blank: UTC."),
        (AT_END, "", "yes: where no moment of billing is given, take start + duration."),
        (SORT, "", "Such as Agent, -Total (falling), dialer:Team. Blank: -Total."),
    ),
)
