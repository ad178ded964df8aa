"""The dispute sheet."""

from __future__ import annotations

from addin.ribbon.settings.sections.section import Section

AS_OF = "Disputes as of"
AGEING = "Ageing boundaries, days"
LETTER_ROWS = "Disputes listed in the letter"
ANSWER_DAYS = "Days to answer"
PREVIOUS = "Earlier dispute workbook"

SECTION = Section(
    "Disputes",
    (
        (AS_OF, "", "YYYY-MM-DD: ages are counted on this day, and new disputes opened. Blank: today."),
        (AGEING, "30; 60; 90", "The last day of each ageing bucket but the last, with ; between them."),
        (LETTER_ROWS, "20", "So many of the largest disputes stand in the letter."),
        (ANSWER_DAYS, "14", "The letter asks for an answer within so many days."),
        (PREVIOUS, "", "The dispute workbook of the month before: its path, counted as above."),
    ),
)
