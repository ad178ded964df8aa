"""The functions that a workbook carries itself, and whether a name of the workbook is one of them."""

from __future__ import annotations

import re

from addin.errors import TollsheetError
from addin.hosts.package import DefinedName, Workbook
from templates.formulas.lambdas import LAMBDAS
from templates.report_names import is_of_a_report

_OURS = "Tollsheet."
"""Ends the comment of every name of ours."""
_BEGINNING = re.compile(r".*?,IF\(ISERROR\((\w+\.\w+)\),\1,")


def add_layer(workbook: Workbook) -> tuple[list[str], list[str]]:
    """Put every name of the layer into the workbook: those that are new in it, and those of ours that said
    something else. Raises TollsheetError where a name or a table of somebody's own is called so."""
    _refuse_tables(workbook)
    there: dict[str, DefinedName] = {}
    for one in workbook.names():
        name = one.name.upper()
        if name in LAMBDAS:
            if not _is_ours(one):
                raise _taken(workbook, one)
            if one.sheet:  # a sheet that was copied from a portable workbook brings names of its own along
                workbook.remove_name(one.name, sheet=one.sheet)
            else:
                there[name] = one
    replaced = []
    for name, made in LAMBDAS.items():
        old = there.get(name)
        if old is None or (old.text, old.comment) != (made.stored, made.comment):
            workbook.set_name(name, made.stored, comment=made.comment)
            if old:
                replaced.append(name)
    return [name for name in LAMBDAS if name not in there], replaced


def _is_ours(name: DefinedName) -> bool:
    """By its comment; or, as Calc saves no comments and writes much of the text in its own way, by how it
    begins: with our arguments, and the error of the first one handed on."""
    text = name.text.casefold()
    if not text.startswith("_xlfn.lambda("):
        return False
    begins = _BEGINNING.match(LAMBDAS[name.name.upper()].stored)
    return name.comment.endswith(_OURS) or (begins is not None and text.startswith(begins[0].casefold()))


def _refuse_tables(workbook: Workbook) -> None:
    for sheet in workbook.sheets():
        for table in workbook.tables(sheet):
            if table.name.upper() in LAMBDAS:
                raise TollsheetError(
                    f'{workbook.package.name} has a table called {table.name} on its sheet "{sheet.name}", '
                    "and a function of Tollsheet is called so",
                    "Give the table another name, then try again.",
                )


def _taken(workbook: Workbook, name: DefinedName) -> TollsheetError:
    if is_of_a_report(name.name):
        return TollsheetError(
            f"{workbook.package.name} has a report of an earlier Tollsheet: its total {name.name} is called "
            "like a function",
            "Build the report again, then try again.",
        )
    of = f' of the sheet "{name.sheet}"' if name.sheet else ""
    text = name.text if len(name.text) <= 60 else f"{name.text[:57]}..."
    return TollsheetError(
        f"{workbook.package.name} has a name {name.name}{of} that is not Tollsheet's: ={text}",
        "Give it another name (in Excel: Formulas > Name Manager), or delete it if it came from an earlier "
        "Tollsheet, then try again.",
    )
