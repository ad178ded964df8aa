"""What must be true in the template."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from addin.billing.lines import NO_MOMENT, PENDING, TABLES, UNKNOWN_KIND
from addin.billing.tables import UNKNOWN_TEAM
from addin.reconcile.measure import printed
from templates.blank.billing_report.charge_columns import charges_fields
from templates.blank.billing_report.model import Model, total
from templates.blank.billing_report.results import total_cell
from templates.blank.billing_report.tables import TYPE_WORDS, roster_fields, type_rows
from templates.blank.billing_report.words import (
    LARGEST_COST,
    NO_ID,
    NO_NUMBER,
    OTHER_CURRENCY,
    TWIN,
    UNREADABLE,
)
from templates.blank.billing_report.workings import BLOCKS, MOST_COUNTRIES, chosen_key, country_key
from templates.inputs import CHARGES, ROSTER
from templates.shared import ids
from templates.shared.checks import Check
from templates.shared.filled_down import every_formula
from templates.shared.rules import is_date
from templates.shared.tables import outside

_SHEETS = ("Agents", "Campaigns", "Machine detection")


def checks(model: Model) -> Sequence[Check]:
    """All of them, with what they find in the rows that the template is built with."""
    return [*_inputs(model), *_reasons(model), *_sums(model)]


def _inputs(model: Model) -> list[Check]:
    charges, its = model.charges, model.settings
    days = "(first_day<=last_day)*(INT(first_day)=first_day)*(INT(last_day)=last_day)"
    are_days = f"AND({is_date('first_day')},{is_date('last_day')})"
    costs = [one.given.get("Cost") for one in charges]
    keys = [chosen_key(model, number).lower() for number in range(1, MOST_COUNTRIES + 1)]
    twice = "+".join(
        f'IF({country_key(one)}="",0,IF({country_key(one)}={country_key(other)},1,0))'
        for one in range(1, MOST_COUNTRIES + 1)
        for other in range(one + 1, MOST_COUNTRIES + 1)
    )
    id_remarks = (NO_ID, ids.SHORTENED, ids.TOO_LONG)
    last = chr(ord("A") + len(CHARGES.columns) - 1)
    below = outside("Charges", "Charges", "Call id", "Place", ("A", last))
    last = chr(ord("A") + len(ROSTER.columns) - 1)
    below_roster = outside("Roster", "Roster", "Agent", "Place", ("A", last))
    return [
        Check(
            "check_period", "The first and the last day are days, in their order",
            f'IF({are_days},1-{days}*IF((from_day="")+(to_day="")>0,(DAY(month)=1)*1,1),1)',
            "Type the month on the sheet How to use as its first day, 2026-09-01, or type both days.",
            int(its.first_day > its.last_day or (its.month.day != 1 and not (its.from_day and its.to_day))),
        ),
        Check(
            "check_cost", "The column Cost holds numbers alone, each below a billion",
            "COUNTA(Charges[Cost])-COUNT(Charges[Cost])"
            f'+COUNTIF(Charges[Cost],">={LARGEST_COST}")+COUNTIF(Charges[Cost],"<=-{LARGEST_COST}")',
            f'Look for "{NO_NUMBER}" in Problem: make numbers of texts such as 0,05 or 0.05 USD.',
            sum(one is not None and not _is_usable(one) for one in costs),
        ),
        Check(
            "check_seconds", "The column Seconds holds numbers of seconds alone",
            "COUNTA(Charges[Seconds])-COUNT(Charges[Talked (s)])",
            "Write seconds: 95, not 1:35 or a time of day, and no more than 115 days. Blank: not known.",
            sum(one.given.get("Seconds") is not None and one.lacks_seconds for one in charges),
        ),
        every_formula("Charges", charges_fields()),
        every_formula("Roster", roster_fields()),
        Check(
            "check_ids", "Every counted charge has a call id that can be compared",
            "+".join(f'COUNTIF(Charges[Remark],"{said}")' for said in id_remarks),
            "See the column Remark of the sheet Charges: copies of a charge are told by the id.",
            sum(one.remark in id_remarks for one in model.counted),
        ),
        Check(
            "check_twins", "No two charges have one id and type",
            f'COUNTIF(Charges[Remark],"{TWIN}")',
            "See the column Remark of the sheet Charges. Where they are one charge, delete a row of it.",
            sum(one.remark == TWIN for one in model.counted),
        ),
        Check(
            "check_table", "Nothing stands below the table of charges",
            below,
            "Drag the corner at the lower right end of the table down to the last row.",
        ),
        Check(
            "check_roster", "Every agent is in the roster once, and active or not",
            'COUNTIF(Roster[Remark],"named*")+COUNTIF(Roster[Remark],"active*")',
            "See the column Remark of the sheet Roster.",
            sum(bool(user.remark) for user in model.users),
        ),
        Check(
            "check_roster_table", "Nothing stands below the table of the roster",
            below_roster,
            "Drag the corner at the lower right end of the table down to the last row.",
        ),
        Check(
            "check_chosen", "No country has two columns", twice,
            "Clear one of the two cells on the sheet How to use.",
            sum(bool(one) and one == other for one, other in combinations(keys, 2)),
        ),
    ]  # fmt: skip


def _reasons(model: Model) -> list[Check]:
    said = (
        ("check_readable", UNREADABLE, "Every charge can be read",
         "A cell of the row is an error such as #N/A; or id, agent and campaign are too long to compare."),
        ("check_types", UNKNOWN_KIND, "Every type is known",
         "Correct the type, or add the word and its table to the sheet Types."),
        ("check_billed", NO_MOMENT, "Every charge says when it was billed",
         "Give the date in Billed (UTC): it decides. Text is no date, nor is a number such as 20260930."),
        ("check_pending", PENDING, "No price is pending",
         "Wait for the price, and paste the charges again; until then the report lacks it."),
        ("check_currency", OTHER_CURRENCY, "All charges are in the currency of the report",
         "Make a report for each currency: change the currency on the sheet How to use."),
    )  # fmt: skip
    found = [
        Check(name, says, f'COUNTIF(Charges[Outcome],"{reason}")', remedy, len(model.without(reason)))
        for name, reason, says, remedy in said
    ]
    unknown = sum(one.team == UNKNOWN_TEAM for one in model.counted)
    return [
        *found,
        TYPE_WORDS.check("check_type_words", type_rows()),
        Check(
            "check_agents", "Every agent with a charge is in the roster",
            f'COUNTIF(Charges[Its team],"{UNKNOWN_TEAM}")',
            f"They are counted, in the team {UNKNOWN_TEAM}. Add them to the sheet Roster.",
            unknown,
        ),
    ]  # fmt: skip


def _sums(model: Model) -> list[Check]:
    lists = [f"MAX(0,{block.count}-{block.most})" for block in BLOCKS.values()]
    over = sum(max(0, block.count_of(model) - block.most) for block in BLOCKS.values())
    cells = {name: total_cell(model, name) for name in (*_SHEETS, "By team", "By country")}
    tables = "+".join(cells[name] for name in _SHEETS)
    return [
        Check(
            "check_lists", "Every name has a row: 200 for each table, 100 teams, 100 countries",
            "+".join(lists),
            "More names than rows: make a report for fewer days, or with the add-in, which has no limit.",
            over,
        ),
        Check(
            "check_total", "The tables add up to the charges of the period",
            "ROUND(tables_cost-total_cost,8)",
            "A formula was changed. Start again from a fresh template.",
        ),
        Check(
            "check_results", "Agents, campaigns and detection add up to the charges of the period",
            f"ROUND({tables}-total_cost,8)",
            "More names than rows, or a formula was changed.",
            _lacking(model, *TABLES),
        ),
        Check(
            "check_teams", "The teams add up to the charges of the period",
            f"ROUND({cells['By team']}-total_cost,8)",
            "More teams than rows, or a formula was changed.",
            _lacking(model, "Team"),
        ),
        Check(
            "check_countries", "The countries add up to the charges of the period",
            f"ROUND({cells['By country']}-total_cost,8)",
            "More countries than rows, or a formula was changed.",
            _lacking(model, "Country"),
        ),
    ]  # fmt: skip


def _lacking(model: Model, *names: str) -> Decimal:
    """What the names that a sheet has a row for come to, less the total."""
    listed = sum((one.cost for name in names for one in BLOCKS[name].found(model)), Fraction(0))
    return printed(listed - total(model.counted))


def _is_usable(cost: object) -> bool:
    return isinstance(cost, int | Decimal) and -LARGEST_COST < cost < LARGEST_COST
