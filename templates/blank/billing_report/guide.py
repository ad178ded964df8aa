"""The first sheet of the template."""

from __future__ import annotations

from templates import look
from templates.blank.billing_report.model import Model
from templates.blank.billing_report.workings import MOST_COUNTRIES
from templates.shared.book import CHECKS
from templates.shared.guide import Guide, Setting
from templates.shared.rules import a_day, a_month

TITLE = "Billing report"
PURPOSE = "What calls cost in a period, by agent, campaign, team, country and month. It is not an invoice."


def guide(model: Model) -> Guide:
    """Its steps, settings, sheets and rules."""
    its = model.settings
    countries = [
        Setting(
            f"country_{number}",
            f"Country {number}",
            its.countries[number - 1] if number <= len(its.countries) else "",
            "",
            "With a column of its own; written as the charges write it. Blank: none." if number == 1 else "",
        )
        for number in range(1, MOST_COUNTRIES + 1)
    ]
    return Guide(
        steps=(
            "Type the month (or two days) and the currency below.",
            "Paste agents into the sheet Roster and charges into the sheet Charges, over the examples. "
            "Delete examples that are left.",
            "Read the line above: where checks fail, the sheet Checks says what to do.",
            "Read Summary, Agents, Campaigns, Machine detection, By team, By country. All are formulas.",
        ),
        settings=(
            Setting("month", "Month", its.month, look.DAY,
                "Its first day: 2026-09-01.", a_month("The month")),
            Setting("from_day", "First day, if not the month's", its.from_day, look.DAY,
                "Blank: the first of the month. Included, from 00:00 UTC.", a_day("The first day")),
            Setting("to_day", "Last day, if not the month's", its.to_day, look.DAY,
                "Blank: the last of the month. Included, the whole of it.", a_day("The last day")),
            Setting("currency", "Currency", its.currency, "", "Charges in another one are never added."),
            *countries,
        ),
        sheets=(
            ("Charges", "Yellow: a row for each charge. Grey: which row counts it, or why none."),
            ("Roster", "Yellow: agents, their teams, and whether they are active."),
            ("Types", "Yellow: the words for the type of a charge."),
            ("Summary", "What is counted, what is left out and why, and the last twelve months."),
            ("Agents", "Manual and click-to-call calls, by agent and country; the dearest first."),
            ("Campaigns", "Calls of the dialer, by campaign and country."),
            ("Machine detection", "Answering machine detection, by agent and country."),
            ("By team", "The chargeback."),
            ("By country", "Every country that was called."),
            ("Workings", "What these sheets look up."),
            (CHECKS, "What must be true."),
        ),
        rules=(
            ("Moment", "The moment billed decides, not the start: a call of June 1, 23:50 that is billed on "
             "June 2 is of June 2.", "Voiso: Billing report"),
            ("Period", "Whole days in UTC, from the first day's 00:00 to before the day after the last.",
             "half open, so that no moment of the last day is lost"),
            ("Who", "Everybody: agents that the roster does not name, and calls that no agent took, as well.",
             "choice of this template"),
            ("Team", "Each combination of teams is one, so that nothing is split or doubled.",
             "choice of this template"),
            ("Pending", "A blank cost is pending, never 0: it is left out, and fails a check.",
             "choice of this template"),
            ("Copies", "The same charge twice counts once: the same id, type, agent, campaign, times, cost "
             "and currency.", "choice of this template"),
            ("Minutes", "Seconds talked / 60, of charges that have a duration; where none has, unknown, "
             "not 0.", "choice of this template"),
        ),
        limits=(
            "More than 200 agents or campaigns a table, 100 teams or 100 countries: a check fails. "
            "Countries are those of the column Country; the add-in finds them by the number, too.",
            "Days are those of UTC; the add-in knows the days of other zones, and reports on some teams or "
            "users alone.",
        ),
    )  # fmt: skip
