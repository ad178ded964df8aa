"""THE list of ribbon commands: group, label, tip and icon. Ribbon, macros, menu and toolbar are made from it.

What a command does is the function of its name in `addin.ribbon.commands`; the functions that people type
into cells are listed in `udfs.cells`, the templates in `templates.blank.made`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from templates.blank.made import BLANKS

TAB = "Tollsheet"
GROUPS = ("Month", "Reports", "Functions", "Settings")


@dataclass(frozen=True, slots=True)
class Command:
    """One button, or one item of a button's menu."""

    name: str
    """Of the Python function that it runs; what that is told stands behind a dot."""
    group: str
    label: str
    tip: str
    """What it does, in one sentence."""
    more: str
    """What a person has to have ready, and what will not be touched."""
    icon: str
    """The name of one of Office's own icons (imageMso)."""
    is_large: bool = False
    items: tuple[Command, ...] = ()
    """Of its menu. A button with a menu runs nothing by itself."""
    menu: str = ""
    """Of an item: the label of the button."""

    @property
    def macro(self) -> str:
        """The VBA macro that the button calls.

        >>> COMMANDS[0].macro
        'TollsheetImportCallLog'
        """
        return "Tollsheet" + "".join(word.capitalize() for word in re.split("[_.-]", self.name))

    @property
    def full_label(self) -> str:
        """What a message calls it.

        >>> next(one for one in ACTIONS if one.menu).full_label
        'New from template: Rate calls'
        """
        return f"{self.menu}: {self.label}" if self.menu else self.label


_NEW = "New from template"


COMMANDS = (
    Command(
        "import_call_log",
        "Month",
        "Import call log",
        "Puts the calls of an export on a sheet of this workbook.",
        "Takes the files of Twilio, Plivo, ConnexCS or Voiso, or any other by a column mapping. The files "
        "are not changed.",
        "ImportTextFile",
    ),
    Command(
        "import_usage",
        "Month",
        "Import usage",
        "Puts what the provider billed on a sheet of this workbook.",
        "Takes usage records or the provider's own call records. The files are not changed.",
        "ImportExcel",
    ),
    Command(
        "build_reconciliation",
        "Month",
        "Build reconciliation",
        "Says why the bill and the call log of a month differ, step by step.",
        "Takes both from the sheets of this workbook, or asks for files. Adds its own sheets and leaves "
        "yours alone; run again, it keeps the notes in its note columns.",
        "ReviewCompareTwoVersions",
        is_large=True,
    ),
    Command(
        "investigate",
        "Reports",
        "Investigate",
        "Finds the day, the hour and the call that a difference comes from.",
        "Takes log and bill as Build reconciliation does, and writes the report to send to the provider. "
        "Threshold, export time and balance stand among the settings.",
        "TracePrecedents",
    ),
    Command(
        "dispute_sheet",
        "Reports",
        "Dispute",
        "Lists what the provider billed too much, with status, age and a letter about it.",
        "Takes the reconciliation of this workbook, or asks for one. Adds its own sheets; run again, it "
        "keeps what was entered in the yellow cells.",
        "ReviewNewComment",
    ),
    Command(
        "billing_report",
        "Reports",
        "Billing report",
        "Says what calls cost in a period, by agent, campaign, team and country.",
        "Takes charges and the roster from the sheets of this workbook, or asks for files. At the first "
        "press it lists teams, users and countries to mark. Not an invoice.",
        "AccountingFormat",
    ),
    Command(
        "storage_statement",
        "Reports",
        "Storage",
        "Says what stored recordings are charged at each month end, and what they will be (Plivo).",
        "Takes recordings and deletions from the sheets of this workbook, or asks for files. Adds its own "
        "sheets and leaves yours alone.",
        "DatabaseCopyDatabaseFile",
    ),
    Command(
        "new_from_template",
        "Reports",
        _NEW,
        "Opens a new workbook to fill by hand: calls to rate, recordings, and more.",
        "Its formulas work in any spreadsheet program, with nothing of Tollsheet installed. The workbook "
        "that is open is left alone.",
        "FileNew",
        items=tuple(
            Command(
                f"new_from_template.{one.name}",
                "Reports",
                one.title,
                one.purpose,
                "Opens a new workbook, which is not saved yet. Its example rows show how it is filled.",
                one.icon,
                menu=_NEW,
            )
            for one in BLANKS
        ),
    ),
    Command(
        "insert_examples",
        "Functions",
        "Insert examples",
        "Writes an example of each function at the selected cell.",
        "Needs a free place: nothing is written over.",
        "FunctionWizard",
    ),
    Command(
        "function_help",
        "Functions",
        "Function help",
        "Lists every function with its arguments, errors and examples on a sheet.",
        "The sheet is made anew each time.",
        "Help",
    ),
    Command(
        "make_portable",
        "Functions",
        "Make portable",
        "Writes a copy of this workbook for people who have no add-in.",
        "The functions go into the copy itself, the links to the add-in out of its formulas. It lies beside "
        "this workbook, which is not changed; what is not saved yet is in the copy, too.",
        "FileSendAsAttachment",
    ),
    Command(
        "fill_workbook",
        "Functions",
        "Fill this workbook",
        "Writes a copy of this workbook with the files of a month in its tables.",
        "For a template of Tollsheet, or your own with its tables. Asks for the files of each table; "
        "formulas and charts follow. The copy lies beside this workbook, which is not changed.",
        "FillDown",
    ),
    Command(
        "rate_card",
        "Settings",
        "Rate card",
        "Opens the sheet of the rate card, or makes one with its columns.",
        "The rates that Build reconciliation takes.",
        "TableExcelSpreadsheetInsert",
    ),
    Command(
        "configuration",
        "Settings",
        "Configuration",
        "Opens the sheet of settings: month, time zone, tolerances.",
        "Kept in this workbook.",
        "PropertySheet",
    ),
    Command(
        "about",
        "Settings",
        "About",
        "Says which versions run, where they are installed, and where the log file is.",
        "What a support request should quote.",
        "Info",
    ),
)
"""In the order of the ribbon."""

ACTIONS = tuple(action for command in COMMANDS for action in command.items or (command,))
"""All that run something: buttons, and the items of those that have a menu."""
