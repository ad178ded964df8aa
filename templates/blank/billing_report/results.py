"""The sheets that are read: a table of names each, the dearest first, under its totals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from xlsxwriter.worksheet import Worksheet

from addin.billing.lines import AMD, DIALER, MANUAL
from addin.billing.people import NOT_IN_ROSTER
from addin.reconcile.measure import printed
from templates import look as styles
from templates.blank.billing_report.model import Charged, Model, minutes, total
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
from templates.grid import FIRST_ROW, HEADER_ROW
from templates.shared.book import Book
from templates.shared.tables import Shown, column, write_shown

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
    """`sum` where its values add up to the total of the sheet."""
    head: str = ""
    """The formula of the header, if it is one."""


def _charges(name: str) -> Item:
    formula = f"COUNTIFS({column('Charges', f'{name} key')},{{key}})"
    return Item("Charges", 12, styles.COUNT, formula, lambda _, its: len(its), "sum")


def _minutes(name: str) -> Item:
    formula = f"ROUND(SUMIFS(Charges[Seconds],{column('Charges', f'{name} key')},{{key}}),3)/60"
    return Item("Minutes (min)", 14, "#,##0.00##", formula, lambda _, its: minutes(its), "sum")


def _cost(name: str, header: str = "Cost") -> Item:
    formula = f"ROUND(SUMIFS(Charges[Cost],{column('Charges', f'{name} key')},{{key}}),10)"
    head = _in_currency(header)
    return Item(header, 14, MONEY, formula, lambda _, its: total(its), "sum", head)


def _in_currency(header: str) -> str:
    return f'"{header}"&IF(currency="",""," ("&currency&")")'


def _of_table(name: str, table: str, header: str) -> Item:
    keys = column("Charges", f"{name} key")
    where = f'{keys},{{key}},Charges[Table],"{table}"'
    formula = f"ROUND(SUMIFS(Charges[Cost],{where}),10)"

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
                f'IF({key}="","",ROUND(SUMIFS(Charges[Cost],{where}),10))',
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
    figures = [_charges("Row"), _minutes("Row"), _cost("Row"), *_countries(model), _other(model)]
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
                    'IF(TRIM(INDEX(Charges[Country],INDEX({first},{at})))="","(none)",'
                    "UPPER(TRIM(INDEX(Charges[Country],INDEX({first},{at})))))",
                    lambda name, _: text_of(name.first.given.get("Country")).strip().upper() or "(none)",
                    "label",
                ),
                *_by_table("Country"),
            ],
        ),
    }  # fmt: skip


def _by_table(name: str) -> list[Item]:
    headers = (("Manual", MANUAL), ("Campaigns", DIALER), ("Detection", AMD))
    return [
        _charges(name),
        _minutes(name),
        *(_of_table(name, table, header) for header, table in headers),
        _cost(name, "Total"),
    ]


def write_results(book: Book, model: Model) -> None:
    """All of them."""
    for name, (block, note, items) in sheets(model).items():
        widths = [6, *(item.width for item in items), 16]
        sheet = book.result_sheet(name, widths, note)
        _write(book, sheet, model, block, items)


def _write(book: Book, sheet: Worksheet, model: Model, block: Block, items: Sequence[Item]) -> None:
    look, names = book.look, sorted(block.found(model), key=lambda one: one.place)
    key_at = len(items) + 1
    letters = [chr(ord("B") + index) for index in range(len(items))]
    sheet.set_row(HEADER_ROW, 30)
    sheet.write_string(HEADER_ROW, 0, NO, look.head(right=True))
    for index, item in enumerate(items, 1):
        head_format = look.head(right=bool(item.number_format))
        if item.head:
            head = _head_shown(item, model)
            write_shown(sheet, HEADER_ROW, index, item.head, head_format, head)
        else:
            sheet.write_string(HEADER_ROW, index, item.header, head_format)
    sheet.write_string(HEADER_ROW, key_at, KEY, look.head())
    _write_totals(book, sheet, model, block, items, names)
    muted = look.format(font_color=styles.MUTED, align="left", indent=1)
    costs = next((index for index, one in enumerate(items) if one.header == "Cost"), 0)
    last_country = min(costs + MOST_COUNTRIES, len(items) - 1)
    for index in range(block.most):
        row, name = FIRST_NAME + index, names[index] if index < len(names) else None
        its = model.of(block.name, name.key) if name else []
        text = f'IF({index + 1}>{block.count},"",{index + 1})'
        write_shown(
            sheet, row, 0, text, look.format(num_format="0", align="right"), index + 1 if name else ""
        )
        key = f"${chr(ord('A') + key_at)}{row + 1}"
        at = f"MATCH($A{row + 1},{block.cells('Place')},0)"
        for column_at, item in enumerate(items):
            formula = item.formula.format(
                row=row + 1, key=key, at=at, first=block.cells("First row"),
                cost=f"{letters[costs]}{row + 1}",
                countries=f"{letters[costs + 1]}{row + 1}:{letters[last_country]}{row + 1}",
            )  # fmt: skip
            shown = item.shown(name, its) if name else ""
            cell_format = (
                look.format(num_format=item.number_format, align="right")
                if item.number_format
                else look.format(align="left", indent=1)
            )
            value = printed(shown) if isinstance(shown, Fraction) and "Minutes" not in item.header else shown
            write_shown(sheet, row, column_at + 1, f'IF($A{row + 1}="","",{formula})', cell_format, value)
        write_shown(
            sheet, row, key_at, f'IF($A{row + 1}="","",INDEX({block.cells("Key")},{at}))', muted,
            name.key if name else "",
        )  # fmt: skip
    sheet.freeze_panes(FIRST_NAME, 2)
    sheet.repeat_rows(HEADER_ROW, TOTAL_ROW)
    lined = book.workbook.add_format({"bottom": 1, "bottom_color": styles.LINE})
    used = {"type": "formula", "criteria": f'=$A{FIRST_NAME + 1}<>""', "format": lined}
    sheet.conditional_format(FIRST_NAME, 0, FIRST_NAME + block.most - 1, key_at, used)
    alarm = {"type": "text", "criteria": "containing", "value": NOT_IN_ROSTER, "format": look.alarm()}
    sheet.conditional_format(FIRST_NAME, 1, FIRST_NAME + block.most - 1, 3, alarm)


def _head_shown(item: Item, model: Model) -> str:
    if "currency" in item.head:
        return f"{item.header} ({model.settings.currency})" if model.settings.currency else item.header
    return item.header


def _write_totals(
    book: Book, sheet: Worksheet, model: Model, block: Block, items: Sequence[Item], names: Sequence[Name]
) -> None:
    """The row under the heads: what all names come to."""
    style = {"bold": True, "bg_color": styles.PALE}
    look = book.look
    sheet.write_blank(TOTAL_ROW, 0, None, look.body(**style))
    for index, item in enumerate(items, 1):
        letter = chr(ord("A") + index)
        cells = f"{letter}{FIRST_NAME + 1}:{letter}{FIRST_NAME + block.most}"
        if item.total == "label":
            sheet.write_string(TOTAL_ROW, index, "Total", look.words(**style)) if index == 1 else (
                sheet.write_blank(TOTAL_ROW, index, None, look.body(**style))
            )
        elif item.total:
            values = [item.shown(name, model.of(block.name, name.key)) for name in names]
            whole = sum((Fraction(one) for one in values if isinstance(one, int | Fraction)), Fraction(0))
            formula, shown = f"ROUND(SUM({cells}),10)", printed(whole)
            if item.total == "sum if chosen":
                formula = f'IF({letter}{HEADER_ROW + 1}="","",{formula})'
                is_chosen = bool(_head_shown(item, model))
                write_shown(sheet, TOTAL_ROW, index, formula, look.figure(item.number_format, **style),
                            shown if is_chosen else "")  # fmt: skip
            else:
                write_shown(sheet, TOTAL_ROW, index, formula, look.figure(item.number_format, **style), shown)
        else:
            sheet.write_blank(TOTAL_ROW, index, None, look.body(**style))
    sheet.write_blank(TOTAL_ROW, len(items) + 1, None, look.body(**style))


def total_cell(model: Model, name: str) -> str:
    """The cell of a sheet that holds the cost of all its names."""
    items = sheets(model)[name][2]
    at = next(index for index, one in enumerate(items, 1) if one.header in ("Cost", "Total"))
    return f"'{name}'!${chr(ord('A') + at)}${TOTAL_ROW + 1}"
