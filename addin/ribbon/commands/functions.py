"""The commands about the functions of cells: examples at the selected cell, and a list with their help."""

from __future__ import annotations

from functools import partial

from addin.errors import TollsheetError
from addin.hosts.open_workbook.marks import HELP, marked
from addin.hosts.program import as_rows
from addin.reconcile.wording import counted
from addin.ribbon.desk import Desk
from templates.plain_sheets import write_list
from udfs.cells.registry import CELL_FUNCTIONS

EXAMPLES = (
    ("Billed minutes of 80 seconds", "=BILLED_MINUTES(80)"),
    ("... of 31 seconds at 30/6", "=BILLED_MINUTES(31,30,6)"),
    ("Cost of 924 seconds at 0.0085", "=CALL_COST(924,0.0085,60,60,0,5)"),
    ("Seconds of a time", '=TO_SECONDS("1:20")'),
    ("The instant in UTC", '=TO_UTC("2024-03-01T05:30:00+05:30")'),
    ("The month a call is charged to", '=MONTH_ATTRIBUTE("2024-03-31 20:00","America/New_York",,,TRUE)'),
    ("Is a call of this status billed?", '=IS_BILLED("No Answer")'),
    ("Days that a recording was stored", '=STORAGE_DAYS("2023-03-16","2023-06-30")'),
    ("Charge for the recording", '=STORAGE_CHARGE(119,0.0004,"2023-03-16","2023-06-30")'),
)
"""What it is, and the formula."""
CARD = (("prefix", "rate", "minimum", "increment"), ("44", 0.0099, 30, 6), ("447", 0.0235, 60, 60))
"""A small rate card that stands below; `{card}` in the formulas is its address."""
CARD_EXAMPLES = (
    ("Cost by the rate card below", '=CARD_COST(80,"+44 20 7946 0958",{card})'),
    ("Rate by the rate card below", '=CALL_RATE("+44 7700 900123",{card})'),
)
_SHEET = "Tollsheet functions"


def insert_examples(desk: Desk) -> str:
    """Write an example of each function from the selected cell on; nothing is written over."""
    book = desk.book
    selection = book.selection
    if selection is None:
        raise TollsheetError("No cell is selected", "Select the cell where the examples are to begin.")
    sheet, row, column = selection.sheet, selection.row, selection.column
    if desk.program.protected_sheets([sheet]):
        raise TollsheetError(f'The sheet "{sheet.name}" is protected', "Select a cell on another sheet.")
    first = row + len(EXAMPLES) + len(CARD_EXAMPLES) + 1
    last = first + len(CARD) - 1
    place = sheet.range((row, column), (last, column + len(CARD[0]) - 1))
    if any(text not in ("", None) for line in as_rows(place.formula) for text in line):
        raise TollsheetError(
            f"The cells {place.get_address(False, False)} are not all empty",
            "Select a cell with free cells below and to the right of it.",
        )
    card = sheet.range((first, column), (last, column + len(CARD[0]) - 1))
    card.columns[0].number_format = "@"  # or a program takes the prefix for a number
    card.value = [list(line) for line in CARD]
    card.rows[0].font.bold = True
    address = card.get_address()
    lines = (*EXAMPLES, *((label, formula.replace("{card}", address)) for label, formula in CARD_EXAMPLES))
    for offset, (label, formula) in enumerate(lines):
        sheet.range((row + offset, column)).value = label
        desk.program.write_formula(sheet.range((row + offset, column + 1)), formula)
    return f'{len(lines)} example formulas written to {place.get_address(False, False)} of "{sheet.name}".'


def function_help(desk: Desk) -> str:
    """List every function on a sheet of its own, made anew each time."""
    desk.refuse_protected(HELP)
    rows = [
        (
            function.signature,
            function.description,
            "\n".join(f"{argument.name}: {argument.help}" for argument in function.arguments),
            " ".join(function.sections["Errors"].split()),
            function.sections["Excel"],
        )
        for function in CELL_FUNCTIONS.values()
    ]
    heads = (("Function", 34), ("Gives", 44), ("Arguments", 70), ("Errors", 44), ("Examples", 50))
    write = partial(write_list, name=_SHEET, title="The functions of Tollsheet", heads=heads, rows=rows)
    (sheet,) = desk.add_made(HELP, write, old=marked(desk.book, HELP))
    return f'{counted(len(rows), "function")} listed on the sheet "{sheet.name}".'
