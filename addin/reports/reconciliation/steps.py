"""What each step of the bridge means, who owns it, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

US, PROVIDER, TIMING = "us", "provider", "timing"


@dataclass(frozen=True, slots=True)
class StepText:
    owner: str
    meaning: str
    action: str


STEP_TEXTS = {
    "talked": StepText(US, "Every row of the log that can be read: seconds talked / 60.", ""),
    "duplicates": StepText(
        US,
        "Copies of a call: one id is one call, of which one copy is kept.",
        "Export each page once; nothing to dispute.",
    ),
    "outside the month": StepText(
        TIMING,
        "Calls that start before the 1st 00:00 UTC or from the next 1st on.",
        "None: they belong to the neighbouring month's bill.",
    ),
    "not billed": StepText(US, "Calls that were not answered: busy, failed, no answer, canceled.", "None."),
    "unknown status": StepText(
        US,
        "Calls whose status is known neither as billed nor as not billed.",
        "Find out what the status means, then run again.",
    ),
    "unrated": StepText(
        US, "Calls that no row of the rate card covers.", "Add the missing prefixes or dates."
    ),
    "rounding": StepText(
        US,
        "From time talked to time billed, call by call: minimum, increment, fee, decimal places.",
        "None: this is how the provider's price works.",
    ),
    "expected": StepText("", "What the bill should be.", ""),
    "missing in bill": StepText(
        PROVIDER,
        "Calls we expect that the bill does not have.",
        "Wait for late records, then run again; nothing to pay for them yet.",
    ),
    "missing in log": StepText(
        US,
        "Calls on the bill that our log does not have.",
        "Complete the export; dispute what stays unknown.",
    ),
    "status": StepText(
        PROVIDER,
        "Calls that one side counts as answered and the other does not.",
        "Send the provider both records.",
    ),
    "duration": StepText(
        PROVIDER,
        "Calls billed for another time than expected, at the agreed rate.",
        "Compare minimum and increment first, then dispute.",
    ),
    "rate": StepText(
        PROVIDER,
        "Calls billed at another price than the agreed one, with none agreed, or without a price yet.",
        "Get prices that are missing, check the rate card's dates and prefixes, then dispute.",
    ),
    "unexplained": StepText(
        PROVIDER,
        "What no call explains: credits without a call here; with usage records alone the whole difference.",
        "See the sheets By category and By day, and the findings; ask for call records to go on.",
    ),
    "billed": StepText("", "What the provider bills.", ""),
}
