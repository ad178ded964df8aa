"""The VBA of the Excel add-in as text: a wrapper for each cell function, a macro for each command.

What is the same for all stands in the files of `vba/`. The module `xlwings` is the one of the installed
xlwings (BSD-3-Clause), with the add-in's name filled in and two doors shut (`xlwings_module`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.metadata import distribution, version
from importlib.resources import files
from pathlib import Path

from addin.hosts.log import FOLDER, LOG_NAME
from addin.ribbon.excel_addin import PROJECT, UDF_MODULE, XLWINGS
from addin.ribbon.surface import ACTIONS, Command
from udfs.cells import CELL_FUNCTIONS
from udfs.cells.registry import LONGEST_HELP, CellFunction

CATEGORY = "Tollsheet"
"""Of the function dialog."""
LOG_FILE = rf"%LOCALAPPDATA%\{FOLDER}\{LOG_NAME}"
"""Where the commands write what went wrong, on Windows."""

LEFT_OUT = (
    "RunPython",
    "ExecuteMac",
    "ExecuteWindows",
    "RunFrozenPython",
    "GetUdfModules",
    "CleanUp",
    "ImportPythonUDFsBase",
    "ImportPythonUDFs",
    "ImportPythonUDFsToAddin",
    "ImportXlwingsUdfsModule",
)
"""Of xlwings' module: nothing here calls them, and virus scanners take some of them for malware."""


class BuildError(RuntimeError):
    """The add-in cannot be built; the message says what to do."""


def modules() -> dict[str, str]:
    """The standard modules by name, in the order of the project."""
    return {
        "xlwings": xlwings_module(),
        "TollsheetGateway": _filled("TollsheetGateway.bas", "{udf_module}", UDF_MODULE),
        "TollsheetMemory": _file("TollsheetMemory.bas"),
        "TollsheetAhead": _file("TollsheetAhead.bas"),
        "TollsheetFunctions": functions_module(),
        "TollsheetDescriptions": descriptions_module(),
        "TollsheetCommand": _filled("TollsheetCommand.bas", "{log_file}", LOG_FILE),
        "TollsheetButtons": buttons_module(),
    }


def this_workbook() -> str:
    """The code of the add-in's workbook."""
    return _file("ThisWorkbook.cls")


def functions_module() -> str:
    """One wrapper for each cell function."""
    wrappers = map(wrapper, CELL_FUNCTIONS.values())
    return _module("TollsheetFunctions", "The functions that people type.", wrappers)


def wrapper(function: CellFunction) -> str:
    """The VBA function of a cell function: what it is given goes to Python, what comes back is shown."""
    parameters = ", ".join(
        f"{'' if argument.required else 'Optional '}{vba_name(argument.name)} As Variant"
        for argument in function.arguments
    )
    given = ", ".join(vba_name(argument.name) for argument in function.arguments)
    dates = [argument for argument in function.arguments if argument.is_date]
    is_dated = " Or ".join(f"Not IsMissing({vba_name(date.name)})" for date in dates) or "False"
    if any(date.required for date in dates):
        is_dated = "True"
    name = function.name
    table = next((place for place, one in enumerate(function.arguments) if one.is_table), -1)
    return (
        f"Public Function {name}({parameters}) As Variant\n"
        f"Attribute {name}.VB_Description = {literal(function.description[:LONGEST_HELP])}\n"
        f'    {name} = TollsheetResult("{name}", Array({given}), {is_dated}, {table})\n'
        "End Function\n"
    )


def descriptions_module() -> str:
    """What the function dialog shows: category, descriptions, help of the arguments."""
    described = "".join(map(_description, CELL_FUNCTIONS.values()))
    tell = (
        "Public Function TollsheetDescribe() As Boolean\n"
        "    ' Tells Excel about the functions; False where Excel will not hear it yet.\n"
        "    On Error GoTo later\n"
        f"{described}"
        "    TollsheetDescribe = True\n"
        "later:\n"
        "End Function\n"
    )
    describe = (
        "Private Sub Describe(functionName As String, description As String, helps As Variant)\n"
        "    Application.MacroOptions Macro:=functionName, Description:=description, _\n"
        f"        Category:={literal(CATEGORY)}, ArgumentDescriptions:=helps\n"
        "End Sub\n"
    )
    return _module(
        "TollsheetDescriptions", "What Excel's function dialog says.", [tell, describe], is_private=True
    )


def buttons_module() -> str:
    """One macro for each button of the ribbon that runs something."""
    return _module("TollsheetButtons", "The buttons of the ribbon.", map(macro, ACTIONS))


def macro(command: Command) -> str:
    """The macro that a button calls."""
    return (
        f"Public Sub {command.macro}(Optional control As Object)\n"
        f"    TollsheetRun {literal(command.name)}, {literal(command.full_label)}\n"
        "End Sub\n"
    )


def xlwings_module() -> str:
    """The module `xlwings` of the installed wheel, for this add-in.

    The configuration is read from the add-in and from the user's own file only. As it comes, a sheet of the
    open workbook or a file beside it could name the program that is started: a workbook received by mail must
    not. Neither may a module beside it be imported (Python is started with -P, or it would look in the
    current folder first), nor its name stand in the command line, which would read `&` and `;` in it as its
    own. What starts Python by a console, imports functions, or leads to xlwings' paid parts is left out.
    """
    if version("xlwings") != XLWINGS:
        problem = f"The add-in is made for xlwings {XLWINGS}, and {version('xlwings')} is installed."
        raise BuildError(f"{problem} Install that one: pip install xlwings=={XLWINGS}")
    path = Path(str(distribution("xlwings").locate_file("xlwings/xlwings_custom_addin.bas")))
    text = "\n".join(path.read_text(encoding="utf-8").splitlines()) + "\n"
    if f"'Version: {XLWINGS}\n" not in text or f'XLWINGS_VERSION As String = "{XLWINGS}"' not in text:
        raise BuildError(f"The VBA module of xlwings {XLWINGS} names another version: install xlwings anew.")
    text = _changed(text, 'PROJECT_NAME As String = "myaddin"', f'PROJECT_NAME As String = "{PROJECT}"')
    text = _changed(text, 'VB_Name = "xlwings"\n', 'VB_Name = "xlwings"\nOption Private Module\n')
    text = _changed(
        text, 'If SheetExists(ActiveWorkbook, PROJECT_NAME & ".conf") = True Then', "If False Then"
    )
    text, count = re.subn(r'licenseKey = GetConfig\("\w+", ""\)', 'licenseKey = ""', text)
    if count != 1:
        raise BuildError(f"The VBA module of xlwings {XLWINGS} is not as it was: a key is not read once.")
    for procedure in LEFT_OUT:
        text = _without(text, procedure)
    text = _changed(text, '" -B -c ""import', '" -B -P -c ""import')
    text = _changed(
        text, '& ";" & ActiveWorkbook.FullName & ";" & ThisWorkbook.FullName & ";" &', '& ";;;" &'
    )
    return _changed(text, 'If source = "" Or source = "directory" Then', 'If source = "directory" Then')


def _without(text: str, procedure: str) -> str:
    start = rf'(?:^#If App = "Microsoft Excel" Then\n)?^(?:Public |Private )?(?:Function|Sub) {procedure}\b'
    text, count = re.subn(rf"{start}[\s\S]*?^End (?:Function|Sub)\n", "", text, flags=re.MULTILINE)
    if count != 1:
        raise BuildError(
            f"The VBA module of xlwings {XLWINGS} is not as it was: {procedure} is not there once."
        )
    return text


def _changed(text: str, old: str, new: str) -> str:
    if text.count(old) != 1:
        raise BuildError(f"The VBA module of xlwings {XLWINGS} is not as it was: {old!r} is not there once.")
    return text.replace(old, new)


def _description(function: CellFunction) -> str:
    helps = ", _\n        ".join(literal(argument.help[:LONGEST_HELP]) for argument in function.arguments)
    description = literal(function.description[:LONGEST_HELP])
    return f"    Describe {literal(function.name)}, _\n        {description}, _\n        Array({helps})\n"


def vba_name(name: str) -> str:
    """An argument's name in VBA, where some words are taken; the function dialog shows it.

    >>> vba_name("duration"), vba_name("on")
    ('duration', 'on_')
    """
    return f"{name}_" if name.lower() in RESERVED else name


RESERVED = frozenset({"date", "end", "in", "is", "like", "next", "on", "time", "to", "type"})


def literal(text: str) -> str:
    """A text in VBA's quotes.

    >>> print(literal('the text "YYYY-MM"'))
    "the text ""YYYY-MM\"""
    """
    return '"' + text.replace('"', '""') + '"'


def _module(name: str, about: str, parts: Iterable[str], *, is_private: bool = False) -> str:
    """A module; a private one's functions are not offered to people who look for one to type."""
    options = "Option Explicit\n" + ("Option Private Module\n" if is_private else "")
    head = f'Attribute VB_Name = "{name}"\n{options}\' {about} Made from the lists; do not edit.\n'
    return "\n".join([head, *parts])


def _file(name: str) -> str:
    return (files("addin.ribbon.building") / "vba" / name).read_text(encoding="utf-8")


def _filled(name: str, blank: str, text: str) -> str:
    """A module of ours with a text in the place of a blank."""
    module = _file(name)
    assert blank in module, f"{name} has no {blank}"
    return module.replace(blank, text)
