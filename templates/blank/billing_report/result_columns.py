"""The columns of the sheets that are read, each with its formula and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from addin.billing.lines import AMD, DIALER, MANUAL
from addin.billing.people import NOT_IN_ROSTER
from templates import look as styles
from templates.blank.billing_report.model import Model, minutes, total
from templates.blank.billing_report.rows import Charged
from templates.blank.billing_report.sums import MINUTES_FORMAT, cost_of, lacking_of, minutes_of
from templates.blank.billing_report.words import AGENT_LETTER, MONEY, text_of
from templates.blank.billing_report.workings import (
    BLOCKS,
    MOST_COUNTRIES,
    Block,
    Name,
    chosen,
    chosen_key,
    country_key,
)
from templates.grid import FIRST_ROW
from templates.shared import words
from templates.shared.tables import Shown, column

TOTAL_ROW = FIRST_ROW
"""Zero-based; the names follow."""
FIRST_NAME = TOTAL_ROW + 1
NO, KEY = "No.", "Key"


@dataclass(frozen=True, slots=True)
class Item:
    """A column of such a sheet."""

    header: str
    width: int
    number_format: str
    """Empty for words."""
    formula: str
    """Of a name; {row} is its row, {key} the cell of its key, {at} where it stands among the names."""
    shown: Callable[[Name, Sequence[Charged]], Shown]
    """Of a name and its charges."""
    total: str = ""
    """`sum` where its values add up to the total of the sheet, `sum of known` where some may be a word."""
    head: str = ""
    """The formula of the header, if it is one."""


def _charges(name: str) -> Item:
    formula = f"COUNTIFS({column('Charges', f'{name} key')},{{key}})"
    return Item("Charges", 12, styles.COUNT, formula, lambda _, its: len(its), "sum")


def _lacking(name: str) -> Item:
    formula = lacking_of(f"{column('Charges', f'{name} key')},{{key}}")

    def shown(_: Name, its: Sequence[Charged]) -> int:
        return sum(one.lacks_seconds for one in its)

    return Item("Without duration", 11, styles.COUNT, formula, shown, "sum")


def _minutes(name: str) -> Item:
    formula = minutes_of(f"{column('Charges', f'{name} key')},{{key}}")
    return Item("Minutes (min)", 14, MINUTES_FORMAT, formula, lambda _, its: minutes(its), "sum of known")


def _cost(name: str, header: str = "Cost") -> Item:
    formula = cost_of(f"{column('Charges', f'{name} key')},{{key}}")
    head = _in_currency(header)
    return Item(header, 14, MONEY, formula, lambda _, its: total(its), "sum", head)


def _in_currency(header: str) -> str:
    return f'"{header}"&IF(currency="",""," ("&currency&")")'


def _of_table(name: str, table: str, header: str) -> Item:
    keys = column("Charges", f"{name} key")
    where = f'{keys},{{key}},Charges[Table],"{table}"'
    formula = cost_of(where)

    def shown(_: Name, its: Sequence[Charged]) -> Fraction:
        return total(one for one in its if one.table == table)

    return Item(header, 19, MONEY, formula, shown, "sum", _in_currency(header))


def _label(header: str, source: str, of: Callable[[Charged], Shown]) -> Item:
    formula = f"INDEX({source},INDEX({{first}},{{at}}))"
    return Item(header, 24, "", formula, lambda name, _: of(name.first), "label")


def _status(model: Model) -> Item:
    key = f'"{AGENT_LETTER}"&MID({{key}},2,300)'
    found = f'IFERROR(INDEX(Roster[Status],MATCH({key},Roster[Key],0)),"{NOT_IN_ROSTER}")'
    formula = f'IF(INDEX(Charges[Agent key],INDEX({{first}},{{at}}))="","",{found})'

    def shown(name: Name, _: Sequence[Charged]) -> str:
        user = model.user(AGENT_LETTER + name.key[1:])
        if not name.first.agent_key:
            return ""
        return user.status if user else NOT_IN_ROSTER

    return Item("Status", 16, "", formula, shown)


def _campaign_team(model: Model) -> Item:
    """The teams of the agents who took its calls, where they are all of the same."""
    at = "MATCH({key},Charges[Campaign key],0)"
    same = f"COUNTIFS(Charges[Campaign key],{{key}},Charges[Team key],INDEX(Charges[Team key],{at}))"
    several = f'IF({same}=COUNTIFS(Charges[Campaign key],{{key}}),INDEX(Charges[Its team],{at}),"{SEVERAL}")'
    formula = f'IF(COUNTIFS(Charges[Campaign key],{{key}})=0,"",{several})'

    def shown(name: Name, its: Sequence[Charged]) -> str:
        teams = {one.keys["Team"].lower(): one.team for one in its if one.agent_key}
        first = next((one.team for one in its if one.agent_key), "")
        return first if len(teams) < 2 else SEVERAL

    return Item("Team", 20, "", formula, shown)


SEVERAL = "several teams"


def _countries(model: Model) -> list[Item]:
    items = []
    for number in range(1, MOST_COUNTRIES + 1):
        key, own = country_key(number), chosen_key(model, number)
        where = f"Charges[Row key],{{key}},Charges[Country key],{key}"

        def shown(_: Name, its: Sequence[Charged], own: str = own) -> Shown:
            return total(one for one in its if one.keys["Country"].lower() == own.lower()) if own else ""

        items.append(
            Item(
                chosen(model, number),
                13,
                MONEY,
                f'IF({key}="","",{cost_of(where)})',
                shown,
                "sum if chosen",
                f'IF({key}="","",country_{number})',
            )
        )
    return items


def _other(model: Model) -> Item:
    keys = {chosen_key(model, number).lower() for number in range(1, MOST_COUNTRIES + 1)} - {""}

    def shown(_: Name, its: Sequence[Charged]) -> Fraction:
        return total(one for one in its if one.keys["Country"].lower() not in keys)

    return Item("Other", 13, MONEY, "ROUND({cost}-SUM({countries}),10)", shown, "sum")


def sheets(model: Model) -> dict[str, tuple[Block, str, list[Item]]]:
    """By name: its block, what it says, its columns."""
    agent = _label("Agent", "Charges[Row]", lambda one: one.row)
    team = _label("Team", "Charges[Its team]", lambda one: one.team)
    campaign = _label("Campaign ID", "Charges[Row]", lambda one: one.row)
    figures = [
        _charges("Row"),
        _lacking("Row"),
        _minutes("Row"),
        _cost("Row"),
        *_countries(model),
        _other(model),
    ]
    return {
        "Agents": (BLOCKS[MANUAL], f"{MANUAL}, by agent.", [agent, team, _status(model), *figures]),
        "Campaigns": (BLOCKS[DIALER], f"{DIALER}, by campaign.", [campaign, _campaign_team(model), *figures]),
        "Machine detection": (BLOCKS[AMD], f"{AMD}, by agent.", [agent, team, _status(model), *figures]),
        "By team": (
            BLOCKS["Team"],
            "The chargeback: each combination of teams by itself, so that nothing is split or doubled.",
            [team, *_by_table("Team")],
        ),
        "By country": (
            BLOCKS["Country"],
            "Every country that was called, as the charges name it.",
            [
                Item(
                    "Country", 24, "",
                    f'IF({_COUNTRY}="","(none)",UPPER({_COUNTRY}))',
                    lambda name, _: _country_of(name),
                    "label",
                ),
                *_by_table("Country"),
            ],
        ),
    }  # fmt: skip


_COUNTRY = words.bare("INDEX(Charges[Country],INDEX({first},{at}))")


def _country_of(name: Name) -> str:
    return words.bare_of(text_of(name.first.given.get("Country"))).upper() or "(none)"


def _by_table(name: str) -> list[Item]:
    headers = (("Manual", MANUAL), ("Campaigns", DIALER), ("Detection", AMD))
    return [
        _charges(name),
        _lacking(name),
        _minutes(name),
        *(_of_table(name, table, header) for header, table in headers),
        _cost(name, "Total"),
    ]
