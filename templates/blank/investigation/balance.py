"""The sheet Balance: what a prepaid balance should be, and what it is."""

from __future__ import annotations

from fractions import Fraction

from templates.blank.investigation.columns import CREDIT
from templates.blank.investigation.sheet import MONEY, MONEY_CHANGE, WORDS, Sheet
from templates.blank.investigation.values import Model, Settings, number
from templates.shared.book import Book
from templates.shared.tables import Shown

SHEET = "Balance"
AGREES, BUFFER, MISMATCH, NOT_GIVEN = "agrees", "explained by the buffer", "mismatch", "no balance given"
_LINES = (
    ("Opening balance", "opening", "balance_opening", 1, "at the first moment of the month, 00:00 UTC"),
    ("+ Top-ups", "top_ups", "balance_top_ups", 1, "paid in within the month"),
    ("+ Credits", "credits", "balance_credits", 1, "given back, that are not on the sheet Billed"),
    ("- Storage", "storage", "balance_storage", -1, "of recordings"),
    ("- Other charges", "other_charges", "balance_other", -1, "numbers, messages, fees"),
)
BALANCE_CELLS = (*(name for _, _, name, _, _ in _LINES), "balance_closing", "balance_buffer")
"""What is typed here, by its names."""


def result(model: Model) -> tuple[Fraction, Fraction | None, str]:
    """What the balance should be, stated - derived, and the word for it."""
    its = model.settings
    derived = sum((sign * _figure(its, field) for _, field, _, sign, _ in _LINES), Fraction(0))
    derived -= model.theirs().cost + credits_of(model)
    if its.opening is None or its.closing is None:
        return derived, None, NOT_GIVEN
    difference = Fraction(its.closing) - derived
    if not difference:
        return derived, difference, AGREES
    return derived, difference, BUFFER if abs(difference) <= _figure(its, "buffer") else MISMATCH


def credits_of(model: Model) -> Fraction:
    """What the bill gives back, a negative amount."""
    return sum((number(row.get("Cost")) for row in model.billed if row["Step"] == CREDIT), Fraction(0))


def write_balance(book: Book, model: Model) -> None:
    page = Sheet(
        book,
        SHEET,
        (28, 16, 16, 58),
        "Opening + top-ups + credits - charges - storage - other charges = closing. Never bill by it.",
    )
    page.row = 3
    page.heading("The balance of the month")
    page.heads(("", "By the bill", "By our terms", ""), (0, 3))
    first = page.row + 1
    for label, field, name, _, remark in _LINES:
        page.label(label)
        page.yellow(1, getattr(model.settings, field), MONEY, name)
        value = getattr(model.settings, field)
        shown: Shown = "" if value is None else Fraction(value)
        page.put(2, f'IF(B{page.row + 1}="","",B{page.row + 1})', shown, MONEY)
        page.text(3, remark)
        page.row += 1
    page.label("- Charges of the calls")
    charges = model.theirs().cost + credits_of(model)
    page.put(1, "ROUND(total_their_cost+total_credits,10)", charges, MONEY, "balance_charges")
    page.put(2, "total_our_cost", model.ours().cost, MONEY)
    page.text(3, "the calls of the sheet Billed, its credits included; the calls of our log")
    page.row += 1
    r = page.row
    derived, difference, word = result(model)
    page.label("= Derived balance", bold=True, bg_color="#EEF2F5")
    style: dict[str, object] = {"bold": True, "bg_color": "#EEF2F5"}
    ours = derived + charges - model.ours().cost
    for index, shown in ((1, derived), (2, ours)):
        letter = "ABC"[index]
        plus, minus = f"SUM({letter}{first}:{letter}{first + 2})", f"SUM({letter}{first + 3}:{letter}{r})"
        page.put(
            index, f"ROUND({plus}-{minus},10)", shown, MONEY, "balance_derived" if index == 1 else "", **style
        )
    page.sheet.write_blank(page.row, 3, None, page.look.body(bg_color="#EEF2F5"))
    page.row += 1
    page.label("Closing balance")
    page.yellow(1, model.settings.closing, MONEY, "balance_closing")
    closing: Shown = "" if model.settings.closing is None else Fraction(model.settings.closing)
    page.put(2, f'IF(B{page.row + 1}="","",B{page.row + 1})', closing, MONEY)
    page.text(3, "as the provider states it, at the end of the month, 24:00 UTC")
    page.row += 1
    page.label("Buffer")
    page.yellow(1, model.settings.buffer, MONEY, "balance_buffer")
    page.text(3, "what the provider holds back: so much may be missing")
    page.row += 1
    page.label("Difference", bold=True)
    given = "COUNT(balance_opening,balance_closing)=2"
    page.put(
        1,
        f'IF({given},ROUND(balance_closing-balance_derived,10),"")',
        "" if difference is None else difference,
        MONEY_CHANGE,
        "balance_difference",
        bold=True,
    )
    its = "" if difference is None else difference + derived - ours
    page.put(2, f'IF({given},ROUND(balance_closing-C{page.row - 2},10),"")', its, MONEY_CHANGE, bold=True)
    page.text(3, "closing less derived: below 0, more was taken than the calls explain")
    page.row += 1
    page.label("Result", bold=True)
    formula = (
        f'IF({given},IF(balance_difference=0,"{AGREES}",IF(ABS(balance_difference)<=SUM(balance_buffer),'
        f'"{BUFFER}","{MISMATCH}")),"{NOT_GIVEN}")'
    )
    page.put(1, formula, word, WORDS, "balance_result", bold=True)
    page.row += 2
    page.note(
        "A balance is refreshed after calls have ended: one read at midnight may lack the last of them."
    )


def _figure(its: Settings, field: str) -> Fraction:
    value = getattr(its, field)
    return Fraction(0) if value is None else Fraction(value)
