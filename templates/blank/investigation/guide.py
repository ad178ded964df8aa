"""The first sheet of the template."""

from __future__ import annotations

from templates import look
from templates.blank.investigation.values import Model
from templates.formulas.arithmetic import COST_PLACES
from templates.shared.guide import Guide, Setting
from templates.shared.rules import a_month, at_least_0, suggested, whole_between

TITLE = "Investigation"
PURPOSE = "From a difference between our log and the bill of a month to the one call behind it."


def guide(model: Model) -> Guide:
    its = model.settings
    return Guide(
        steps=(
            "Type the month and the currency below. Delete the example rows (right-click, Delete, Table "
            "Rows; leave two).",
            "Paste your log into Calls, the provider's call records into Billed, your rate card into Rates: "
            "the yellow columns, values only, times in UTC.",
            "Look at the line above. If checks fail, the sheet Checks says what to do.",
            "Read the sheet Path from the top: month, day, kind of difference, hour, call. Yellow cells "
            "there choose another day, hour or call.",
            "Fill in Balance, if the account is prepaid. Copy Text to send into a mail.",
        ),
        settings=(
            Setting(
                "month",
                "Month",
                its.month,
                look.DAY,
                "Its first day, such as 2026-09-01.",
                a_month("The month"),
            ),
            Setting(
                "currency",
                "Currency",
                model.filled.currency,
                "",
                "Of the path: one at a time.",
                suggested('"USD,EUR,GBP,CAD,AUD"'),
            ),
            Setting(
                "decimals",
                "Decimals of a cost",
                model.filled.decimals,
                "0",
                "Where the rate card names none.",
                whole_between(0, COST_PLACES, "Decimals of a cost"),
            ),
            Setting(
                "threshold",
                "Roughly the same",
                its.threshold,
                "0.0%",
                "Calls and minutes match if they differ by no more than this part of the larger figure.",
                at_least_0("The threshold", "percent", is_needed=True),
            ),
            Setting(
                "tolerance_amount",
                "Tolerance, amount",
                its.tolerance_amount,
                "0.00####",
                "A day, or the price of a call, may differ by so much.",
                at_least_0("The tolerance", "money", is_needed=True),
            ),
            Setting(
                "tolerance_minutes",
                "Tolerance, minutes",
                its.tolerance_minutes,
                "0.00##",
                "A day whose amounts agree may differ by so many.",
                at_least_0("The tolerance", "minutes", is_needed=True),
            ),
        ),
        sheets=(
            ("Calls", "Our log, yellow; what each call should cost and how the bill differs, grey."),
            ("Billed", "The provider's call records, yellow; the call of ours that each belongs to, grey."),
            ("Rates", "The rate card: prefixes, rates and terms."),
            ("Statuses", "Which statuses are charged. Add your provider's words."),
            ("Path", "The investigation, to be read from the top."),
            ("Days", "Both sides by day; the differences ranked."),
            ("Hours", "The day on the path by hour."),
            ("Calls of the hour", "The calls behind the issue in that hour, the largest first."),
            (
                "Minutes x rate",
                "Why minutes x rate on the total is not what the calls cost; and a place to try it.",
            ),
            ("Balance", "The balance of a prepaid account."),
            ("Text to send", "The path in sentences, to copy."),
            ("Checks", "What must be TRUE before you use the figures."),
        ),
        rules=(
            (
                "The path",
                "The day that differs most, in UTC, of equal ones the earliest. Do the connected calls "
                "roughly match? Do the durations? Then it is the rate. The call with the largest difference.",
                "ConnexCS: Billing Basics",
            ),
            (
                "Measure",
                "By amount; if that agrees on every day by billed minutes, then by calls, then by single "
                "calls that cancel each other.",
                "choice of this template",
            ),
            (
                "Cost",
                "Connect fee + billed time x rate, rounded once per call, never on the total.",
                "ConnexCS: Billing Basics",
            ),
            (
                "Match",
                "By call id. A call that both sides have stands on the day of our record.",
                "choice of this template",
            ),
            (
                "Parts",
                "Another time: what it costs by our terms, less ours. Another price: the rest.",
                "choice of this template",
            ),
            (
                "Balance",
                "Opening + top-ups + credits - charges - storage - other charges = closing.",
                "ConnexCS: Billing Basics",
            ),
        ),
        limits=(
            "One currency at a time, some 5,000 calls a side. Credits of the bill are kept apart: they lead "
            "to no day. What usage records without calls say ends at the day: compare those with the add-in.",
        ),
    )
