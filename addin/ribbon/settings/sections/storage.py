"""The storage statement."""

from __future__ import annotations

from addin.ribbon.settings.sections.section import Section

FIRST = "Storage, first month"
LAST = "Storage, last month"
RATE = "Storage rate"
CURRENCY = "Storage currency"
AS_OF = "Storage as of"
STORED_DAYS = "Days of storage"
WITHIN_A_YEAR = "Recorded within a year"
EXPORTED_ON = "Recordings exported on"
INVOICES = "Storage invoices"
MONTHS_AHEAD = "Month ends ahead"
OLDER_THAN = "Older than, days"

SECTION = Section(
    "Storage statement",
    (
        (FIRST, "", "YYYY-MM. Blank: the month above, else one is proposed."),
        (LAST, "", "The last of several months. Blank: the first alone."),
        (RATE, "", "Per minute and month, of recordings that name no rate, such as 0.0004."),
        (CURRENCY, "", "Such as EUR. Blank: that of the recordings, else USD."),
        (AS_OF, "", "The day of the filters and the forecast, YYYY-MM-DD. Blank: the last day."),
        (STORED_DAYS, "", "Which recordings to view: >90, >=91, <30, <=29, or two of them: >90, <=180."),
        (WITHIN_A_YEAR, "", "yes: view those of the year before the day, as Plivo's export has them."),
        (EXPORTED_ON, "", "YYYY-MM-DD. Blank: the day that the recordings' own days of storage tell."),
        (INVOICES, "", "What invoices say, by month: 2023-06=0.0012; 2023-07=0.0024."),
        (MONTHS_AHEAD, "3", "How many month ends the forecast has."),
        (OLDER_THAN, "30; 60; 90; 180; 365", "What deleting older recordings would save, for each."),
    ),
)
