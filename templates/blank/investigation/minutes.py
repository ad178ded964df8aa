"""The sheet Minutes x rate: why minutes x rate on the total is not what the calls cost."""

from __future__ import annotations

from fractions import Fraction

from templates.blank.investigation.columns import COUNTED
from templates.blank.investigation.sheet import MONEY, MONEY_CHANGE, PLAIN, Sheet
from templates.blank.investigation.values import Model, number
from templates.formulas import per_call
from templates.formulas.per_call import Cells
from templates.shared.book import Book
from templates.shared.rules import at_least_0, whole_between
from templates.shared.serials import rounded
from templates.shared.tables import Shown
from udfs.rating.cost import Terms

SHEET = "Minutes x rate"
_TO_MONEY = "(60*10^9)"
"""Millionths of a rate x milliseconds, in money."""


def write_minutes(book: Book, model: Model) -> None:
    page = Sheet(
        book,
        SHEET,
        (44, 18, 50),
        "Each call is billed in its steps and rounded by itself: no total of minutes x rate is the cost.",
    )
    page.row = 3
    _write_month(page, model)
    _write_example(page)


def _write_month(page: Sheet, model: Model) -> None:
    page.heading("Our calls of the month", ("", "Amount", ""))
    calls = [row for row in model.calls if row["Step"] == COUNTED]
    talked, billed, fees, cost = (
        sum((number(row[header]) for row in calls), Fraction(0))
        for header in ("Rate x talked", "Rate x billed", "Fee paid", "Expected cost")
    )
    on_total, steps = rounded(talked / (60 * 10**9), 10), rounded((billed - talked) / (60 * 10**9), 10)
    rows: tuple[tuple[str, str, Fraction, str, str], ...] = (
        (
            "Minutes talked x rate, each at its rate",
            f"ROUND(SUM(Calls[Rate x talked])/{_TO_MONEY},10)",
            on_total,
            "on_total",
            "not rounded",
        ),
        (
            "+ what minimum and increment add",
            f"ROUND((SUM(Calls[Rate x billed])-SUM(Calls[Rate x talked]))/{_TO_MONEY},10)",
            steps,
            "by_steps",
            "billed time less time talked",
        ),
        ("+ connect fees", "ROUND(SUM(Calls[Fee paid]),10)", fees, "by_fees", "of calls with billed time"),
        (
            "+ what rounding each call adds or takes",
            "ROUND(total_our_cost-on_total-by_steps-by_fees,10)",
            cost - on_total - steps - fees,
            "by_rounding",
            "the rest",
        ),
    )
    for index, (label, formula, shown, name, remark) in enumerate(rows):
        page.label(label)
        page.put(1, formula, shown, MONEY_CHANGE if index else MONEY, name)
        page.text(2, remark)
        page.row += 1
    page.label("= the cost of the calls", bold=True, bg_color="#EEF2F5")
    page.put(
        1,
        "ROUND(on_total+by_steps+by_fees+by_rounding,10)",
        cost,
        MONEY,
        "by_parts",
        bold=True,
        bg_color="#EEF2F5",
    )
    page.sheet.write_blank(page.row, 2, None, page.look.body(bg_color="#EEF2F5"))
    page.row += 2


def _write_example(page: Sheet) -> None:
    page.heading("Try it: so many equal calls", ("", "Value", ""))
    yellow: tuple[tuple[str, float, str, str], ...] = (
        ("Calls", 100, "try_calls", "ConnexCS, Billing Basics: 0.0758 against 0.08"),
        ("Seconds talked, each", 9.1, "try_seconds", ""),
        ("Rate per minute", 0.005, "try_rate", ""),
        ("Minimum (s)", 0, "try_minimum", "0 and 0: exact seconds"),
        ("Increment (s)", 0, "try_increment", ""),
        ("Connect fee", 0, "try_fee", ""),
        ("Decimal places", 4, "try_places", "of a call's cost"),
    )
    for label, value, name, remark in yellow:
        page.label(label)
        rule = whole_between(0, 6, label) if name == "try_places" else at_least_0(label, "this")
        page.yellow(1, value, PLAIN, name, rule)
        page.text(2, remark)
        page.row += 1
    page.label("Rounding")
    page.yellow(1, "half-up", "", "try_rounding")
    page.text(2, "half-up, half-down, up, down or none")
    page.row += 1
    cells = Cells(
        *("try_seconds", "try_minimum", "try_increment", "try_billed"),
        *("try_rate", "try_fee", "try_places", "try_rounding"),
    )
    terms = Terms(Fraction("0.005"), 0, 0, places=4)
    billed = Fraction(terms.billed_ms(9100), 1000)
    exact = terms.rate * billed / 60
    rows: tuple[tuple[str, str, Shown, str, str, str], ...] = (
        ("Seconds billed, each", per_call.billed_seconds(cells), billed, "try_billed", PLAIN, ""),
        (
            "Its cost before rounding, in its last decimal",
            per_call.units(cells),
            exact * 10**4,
            "try_units",
            "0.####",
            "",
        ),
        (
            "Cost of a call",
            per_call.cost_of_units(cells, "try_units"),
            terms.cost(9100),
            "try_cost",
            MONEY,
            "rounded by itself",
        ),
        (
            "Call by call",
            "ROUND(try_calls*try_cost,10)",
            100 * terms.cost(9100),
            "try_by_call",
            MONEY,
            "calls x the cost of a call: what is billed",
        ),
        (
            "Minutes x rate on the total",
            "ROUND(try_calls*ROUND(try_seconds*1000,0)*ROUND(try_rate*10^6,0)/(60*10^9),try_places)",
            rounded(100 * exact, 4),
            "try_on_total",
            MONEY,
            "all minutes x rate, rounded once: not what is billed",
        ),
        (
            "Difference",
            "ROUND(try_by_call-try_on_total,10)",
            100 * terms.cost(9100) - rounded(100 * exact, 4),
            "try_difference",
            MONEY_CHANGE,
            "",
        ),
    )
    for label, formula, figure, name, number_format, remark in rows:
        is_result = name in ("try_by_call", "try_on_total")
        style = {"bold": True, "bg_color": "#EEF2F5"} if is_result else {}
        page.label(label, **style)
        page.put(1, formula, figure, number_format, name, **style)
        page.text(2, remark)
        page.row += 1
