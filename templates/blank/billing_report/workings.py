"""The names that occur, each once, and their order by cost: what the sheets of results look up.

A name is listed by the first row of the charges that has it: the k-th smallest of the column of first rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from addin.billing.lines import AMD, DIALER, MANUAL
from addin.reconcile.measure import printed
from templates import look as styles
from templates.blank.billing_report.model import GROUP, GROUPS, Model, total
from templates.blank.billing_report.rows import Charged
from templates.blank.billing_report.sums import cost_of
from templates.blank.billing_report.words import COUNTRY_LETTER, key, key_of
from templates.shared import words
from templates.shared.book import Book
from templates.shared.tables import Shown, column, write_shown

SHEET = "Workings"
FIRST = 6
"""The row of the first name, zero-based."""
_COUNT_ROW = 3
_HEADS = ("No.", "First row", "Key", "Cost", "Place")
_APART = 6
_PRINTED = 40
MOST_COUNTRIES = 4
"""Countries that have a column of their own."""


@dataclass(frozen=True, slots=True)
class Block:
    """The names of one kind. `name` is that of the columns in Charges: Row, Team, Country."""

    title: str
    name: str
    base: int
    most: int
    """Names that there is room for."""
    at: int
    """Its first column."""

    def cells(self, head: str) -> str:
        """The range of one of its columns, as other sheets name it."""
        letter = self._letter(head)
        return f"{SHEET}!${letter}${FIRST + 1}:${letter}${FIRST + self.most}"

    @property
    def count(self) -> str:
        """The cell that says how many names there are."""
        return f"{SHEET}!${self._letter('First row')}${_COUNT_ROW + 1}"

    def _letter(self, head: str) -> str:
        index = self.at + _HEADS.index(head)
        return chr(ord("A") + index) if index < 26 else f"A{chr(ord('A') + index - 26)}"

    def found(self, model: Model) -> list[Name]:
        """The names as they are met, with their places."""
        firsts = [one for one in model.charges if one.firsts[self.name]]
        its = [one for one in firsts if self.base <= (one.firsts[self.name] or 0) < self.base + GROUP]
        its = its[: self.most]
        costs = [total(model.of(self.name, one.keys[self.name])) for one in its]
        return [
            Name(one, one.keys[self.name], cost, _place(costs, index))
            for index, (one, cost) in enumerate(zip(its, costs, strict=True))
        ]

    def count_of(self, model: Model) -> int:
        """All names, those that there is no room for included."""
        firsts = (one.firsts[self.name] for one in model.charges)
        return sum(first is not None and self.base <= first < self.base + GROUP for first in firsts)


@dataclass(frozen=True, slots=True)
class Name:
    """A name with the charge that it is met in first."""

    first: Charged
    key: str
    cost: Fraction
    place: int


def _place(costs: list[Fraction], index: int) -> int:
    """The dearest first; of equal ones that which is met first."""
    own = costs[index]
    return 1 + sum(one > own for one in costs) + sum(one == own for one in costs[:index])


BLOCKS = {
    MANUAL: Block("Agents", "Row", GROUPS[MANUAL], 200, 0),
    DIALER: Block("Campaigns", "Row", GROUPS[DIALER], 200, _APART),
    AMD: Block("Machine detection", "Row", GROUPS[AMD], 200, 2 * _APART),
    "Team": Block("Teams", "Team", 0, 100, 3 * _APART),
    "Country": Block("Countries", "Country", 0, 100, 4 * _APART),
}


def country_key(number: int) -> str:
    """The name of the cell with the key of a chosen country."""
    return f"country_key_{number}"


def write_workings(book: Book, model: Model) -> None:
    """The sheet; what it lists is read on the others."""
    widths = [5, 11, 30, 14, 8, 3] * len(BLOCKS)
    sheet = book.result_sheet(
        SHEET, widths, "What the sheets of results look up: nothing to read, to change or to print here."
    )
    look = book.look
    for block in BLOCKS.values():
        names = block.found(model)
        firsts = column("Charges", f"{block.name} first")
        sheet.write_string(_COUNT_ROW, block.at + _HEADS.index("Key"), block.title, look.words(bold=True))
        within = f'{firsts},">={block.base}",{firsts},"<{block.base + GROUP}"'
        count = block.count_of(model)
        write_shown(sheet, _COUNT_ROW, block.at + 1, f"COUNTIFS({within})", look.figure(styles.COUNT), count)
        for index, head in enumerate(_HEADS):
            head_format = look.head(right=head != "Key")
            sheet.write_string(FIRST - 1, block.at + index, head, head_format)
        number, first, its_key, cost = (
            f"{block._letter(head)}{{row}}" for head in ("No.", "First row", "Key", "Cost")
        )
        costs, numbers = (block.cells(head).removeprefix(f"{SHEET}!") for head in ("Cost", "No."))
        minus = f"-{block.base}" if block.base else ""
        below = f'COUNTIFS({firsts},"<{block.base}")+' if block.base else ""
        own_count = block.count.removeprefix(f"{SHEET}!")
        keys = column("Charges", f"{block.name} key")
        formulas = (
            f'IF({number}>{own_count},"",SMALL({firsts},{below}{number}){minus})',
            f'IF({first}="","",INDEX({keys},{first}))',
            f'IF({first}="","",{cost_of(f"{keys},{its_key}")})',
            f'IF({first}="","",RANK({cost},{costs})+SUMPRODUCT(({costs}={cost})*({numbers}<{number})))',
        )
        formats = (look.figure(styles.COUNT), look.words(), look.figure(styles.AMOUNT), look.figure("0"))
        for index in range(block.most):
            row = FIRST + index
            name = names[index] if index < len(names) else None
            sheet.write_number(row, block.at, index + 1, look.figure("0"))
            shown: tuple[Shown, ...] = ("",) * 4
            if name:
                shown = (name.first.number, name.key, printed(name.cost), name.place)
            for offset, (formula, value) in enumerate(zip(formulas, shown, strict=True), 1):
                text = formula.format(row=row + 1)
                write_shown(sheet, row, block.at + offset, text, formats[offset - 1], value)
    sheet.freeze_panes(FIRST, 0)
    sheet.print_area(0, 0, FIRST + _PRINTED - 1, len(BLOCKS) * _APART)
    _write_countries(book, model)


def _write_countries(book: Book, model: Model) -> None:
    """The keys of the chosen countries, right of the blocks."""
    sheet, at = book.workbook.get_worksheet_by_name(SHEET), len(BLOCKS) * _APART
    sheet.set_column(at, at, 24)
    sheet.write_string(FIRST - 1, at, "Key of a chosen country", book.look.head())
    for number in range(1, MOST_COUNTRIES + 1):
        chosen = f"country_{number}"
        its_key = key(COUNTRY_LETTER, f"UPPER({chosen})")
        formula = f'IF({words.bare(chosen)}="","",{its_key})'
        write_shown(sheet, FIRST + number - 1, at, formula, book.look.words(), chosen_key(model, number))
        book.define(country_key(number), SHEET, FIRST + number - 1, at)


def chosen(model: Model, number: int) -> str:
    """A chosen country; empty where none is."""
    countries = model.settings.countries
    return countries[number - 1].strip() if number <= len(countries) else ""


def chosen_key(model: Model, number: int) -> str:
    its = chosen(model, number)
    return key_of(COUNTRY_LETTER, its.upper()) if its else ""
