"""What the rating template says of itself."""

from __future__ import annotations

from dataclasses import replace

from templates.formulas.arithmetic import COST_PLACES
from templates.shared.guide import Guide, Setting
from templates.shared.rules import suggested, whole_between

_GUIDE = Guide(
    steps=(
        "Delete the example rows of the sheets Calls and Rates (select rows of the table, right-click, "
        "Delete, Table Rows; leave one).",
        "Paste your rate card into the yellow columns of the sheet Rates: a prefix and a rate in each row.",
        "Paste your calls into the yellow columns of the sheet Calls, values only: times in UTC, seconds "
        "as numbers, telephone numbers as text with their +.",
        (
            "Look at the line above. If checks fail, the sheet Checks says what to do, Not rated which "
            "calls lack a cost."
        ),
        "Read the Summary; the cost of each call stands on the sheet Calls.",
    ),
    settings=(),  # with the values of the rows that are shown
    sheets=(
        ("Calls", "Calls in, yellow; what each costs and how, grey."),
        ("Rates", "The rate card: prefixes, rates and terms, dated where they change."),
        ("Statuses", "Which statuses are charged. Add your provider's words."),
        ("Summary", "Calls, minutes and cost by currency, direction, month and destination."),
        ("Not rated", "Charged calls without a cost, and why."),
        ("Checks", "What must be TRUE before you use the figures."),
    ),
    rules=(
        (
            "Rate",
            "The row with the longest prefix in force on the day of the start, in UTC. Outbound the "
            "called number is compared, inbound the calling one. Two rows that fit equally well are an "
            "error.",
            "rate cards of Twilio, ConnexCS",
        ),
        (
            "Billed time",
            "The minimum, then whole increments after it: 31 s at 30/6 are 36 s. No time costs nothing.",
            "ConnexCS: Billing Basics",
        ),
        (
            "Cost",
            "Connect fee + billed seconds x rate / 60, rounded once per call; sums are of rounded costs.",
            "ConnexCS: Billing Basics",
        ),
        ("Status", "Only completed, answered calls are charged. An unknown status is an error.", "Twilio"),
        ("Month", "That in which the call starts, in UTC.", "Twilio"),
    ),
    limits=(
        "It rates up to some 10,000 calls by some 1,000 rates: beyond, programs take long. Calls show "
        "#N/A, never a wrong cost, where the rate card has prefixes of letters (client:, sip:), rounds "
        "durations, counts increments from the answer, has rates of more than 6 decimals, or names "
        "categories other than calls and calls-client.",
    ),
)


def guide_of(decimals: int, currency: str) -> Guide:
    """The sheet How to use, with the settings' values."""
    return replace(
        _GUIDE,
        settings=(
            Setting(
                "decimals",
                "Decimals of a cost",
                decimals,
                "0",
                "Where the rate card names none: Twilio and Plivo bill to 5 decimals, many others to 4.",
                whole_between(0, COST_PLACES, "Decimals of a cost"),
            ),
            Setting(
                "currency",
                "Currency",
                currency,
                "",
                "Where neither the rate card nor the call names one.",
                suggested('"USD,EUR,GBP,CAD,AUD"'),
            ),
        ),
    )
