"""The parts of the LibreOffice extension that are text: made from the lists of functions and of commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

from addin.hosts.calc_addin import component, dispatch
from addin.ribbon.surface import ACTIONS, COMMANDS, GROUPS, TAB, Command
from udfs.cells import CELL_FUNCTIONS
from udfs.cells.registry import Argument, CellFunction

MINIMAL_VERSION = "25.2"
IDENTIFIER = "org.tollsheet"
TOOLBAR = f"{IDENTIFIER}.toolbar"
CATEGORY = "Add-In"
"""Calc knows no others than its own: a name of ours would end up there too."""
LANGUAGE = "en"
SPREADSHEETS = "com.sun.star.sheet.SpreadsheetDocument"
SEPARATOR = "private:separator"
HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n'

COMPONENT = """\
# The {what} of Tollsheet in LibreOffice Calc. Made by the build.
import sys

if sys.version_info < (3, 11):
    raise ImportError(
        "Tollsheet needs Python 3.11 or newer; this LibreOffice has %d.%d. Install a newer LibreOffice."
        % sys.version_info[:2]
    )

{body}"""

FUNCTIONS_COMPONENT = COMPONENT.format(
    what="functions",
    body="""\
from addin.hosts.calc_addin.component import implementation

g_ImplementationHelper = implementation()
""",
)

_MENUS = {menu.name: {item.label: item.name for item in menu.items} for menu in COMMANDS if menu.items}

COMMANDS_COMPONENT = COMPONENT.format(
    what="commands",
    body=f"""\
from addin.hosts.calc_addin.dispatch import implementation


def run(name, context):
    from addin.hosts.calc.engine import add_engine
    from addin.ribbon.entry import run

    add_engine(context)
    run(name)


NAMES = {[action.name for action in ACTIONS]}
MENUS = {_MENUS}

g_ImplementationHelper = implementation(run, frozenset(NAMES), MENUS)
""",
)


def description(version: str) -> str:
    """Name, version and what it needs."""
    return HEADER + (
        '<description xmlns="http://openoffice.org/extensions/description/2006"\n'
        '    xmlns:d="http://openoffice.org/extensions/description/2006"\n'
        '    xmlns:l="http://libreoffice.org/extensions/description/2011"\n'
        '    xmlns:xlink="http://www.w3.org/1999/xlink">\n'
        f'  <identifier value="{IDENTIFIER}"/>\n'
        f'  <version value="{escape(version)}"/>\n'
        "  <dependencies>\n"
        f'    <l:LibreOffice-minimal-version value="{MINIMAL_VERSION}"'
        f' d:name="LibreOffice {MINIMAL_VERSION}"/>\n'
        "  </dependencies>\n"
        f'  <display-name><name lang="{LANGUAGE}">{TAB}</name></display-name>\n'
        f'  <extension-description><src xlink:href="description.txt" lang="{LANGUAGE}"/>'
        "</extension-description>\n"
        "</description>\n"
    )


DESCRIPTION_TEXT = """\
Exact per-call rating in Calc, and a month's reconciliation that says why the bill and the call log differ.

The functions stand in the Function Wizard under Add-in, the commands in the menu and the toolbar "Tollsheet".
Nothing leaves this machine. Licence: BSD-3-Clause (LICENSE.txt); what is bundled keeps its own licence, which
lies beside it.
"""


def manifest(parts: Mapping[str, str]) -> str:
    """The parts that LibreOffice has to register, with their kind."""
    entries = "".join(
        f'  <manifest:file-entry manifest:media-type="{escape(kind)}" manifest:full-path="{escape(path)}"/>\n'
        for path, kind in parts.items()
    )
    return HEADER + (
        '<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest">\n'
        f"{entries}</manifest:manifest>\n"
    )


def functions_configuration() -> str:
    """CalcAddIns.xcu: names, descriptions and the help of arguments, for formulas and the Function Wizard."""
    functions = "".join(map(_function, CELL_FUNCTIONS.values()))
    service = _node(component.SERVICE, _node("AddInFunctions", functions, is_new=False))
    return _configuration("CalcAddIns", _node("AddInInfo", service, is_new=False))


def _function(function: CellFunction) -> str:
    return _node(
        function.name,
        _said("DisplayName", function.name)
        + _said("Description", function.description)
        + _value("Category", CATEGORY)
        + _said("CompatibilityName", function.name)  # without it, names in .xlsx files stay #NAME?
        + _node("Parameters", "".join(map(_argument, function.arguments)), is_new=False),
    )


def _argument(argument: Argument) -> str:
    return _node(argument.name, _said("DisplayName", argument.name) + _said("Description", help_of(argument)))


def help_of(argument: Argument) -> str:
    """The help of an argument. Calc calls every one of an add-in optional, so it says which are not."""
    return f"Required. {argument.help}" if argument.required else argument.help


def commands_configuration() -> str:
    """Addons.xcu: the menu, and the toolbar of the same commands, with lines between the groups."""
    submenu = _node("Submenu", _items(_menu_item), is_new=False)
    menu = _node(f"{IDENTIFIER}.menu", _said("Title", TAB) + _value("Context", SPREADSHEETS) + submenu)
    toolbar = _node(TOOLBAR, _items(_button))
    return _configuration(
        "Addons",
        _node(
            "AddonUI",
            _node("OfficeMenuBar", menu, is_new=False) + _node("OfficeToolBar", toolbar, is_new=False),
            is_new=False,
        ),
    )


def _items(shown: Callable[[Command], str]) -> str:
    """The commands, in the order of their groups. LibreOffice sorts items by the names of their nodes."""
    parts: list[str] = []
    for number, group in enumerate(GROUPS):
        if number:
            parts.append(_node(f"m{len(parts):02}", _value("URL", SEPARATOR)))
        for command in COMMANDS:
            if command.group == group:
                parts.append(_node(f"m{len(parts):02}", shown(command)))
    return "".join(parts)


def _menu_item(command: Command) -> str:
    """An entry of the menu; a command with items is a menu in it."""
    items = (_node(f"m{at:02}", _item(item)) for at, item in enumerate(command.items))
    return _item(command) + (_node("Submenu", "".join(items), is_new=False) if command.items else "")


def _button(command: Command) -> str:
    """A button of the toolbar. What drops down from one, LibreOffice asks the command's handler for."""
    return _item(command) + (_value("ControlType", "DropdownButton") if command.items else "")


def _item(command: Command) -> str:
    return (
        _value("URL", dispatch.PROTOCOL + command.name)
        + _said("Title", command.label)
        + _value("Target", "_self")
        + _value("Context", SPREADSHEETS)
    )


def window_configuration() -> str:
    """CalcWindowState.xcu: the toolbar has a name and a row of its own; else it floats over the others."""
    properties = {"Docked": "true", "DockingArea": "0", "DockPos": "0,5", "Visible": "true"}
    toolbar = _said("UIName", TAB) + "".join(_value(*pair) for pair in properties.items())
    states = _node("States", _node(f"private:resource/toolbar/addon_{TOOLBAR}", toolbar), is_new=False)
    elements = _node("UIElements", states, is_new=False)
    return _configuration("CalcWindowState", elements, package="org.openoffice.Office.UI")


def protocol_configuration() -> str:
    """ProtocolHandler.xcu: who takes the addresses of the commands."""
    handler = _node(dispatch.SERVICE, _value("Protocols", f"{dispatch.PROTOCOL}*", is_list=True))
    return _configuration("ProtocolHandler", _node("HandlerSet", handler, is_new=False))


def _configuration(name: str, content: str, package: str = "org.openoffice.Office") -> str:
    return HEADER + (
        '<oor:component-data xmlns:oor="http://openoffice.org/2001/registry"\n'
        '    xmlns:xs="http://www.w3.org/2001/XMLSchema"\n'
        f'    oor:name="{name}" oor:package="{package}">\n{content}</oor:component-data>\n'
    )


def _node(name: str, content: str, *, is_new: bool = True) -> str:
    operation = ' oor:op="replace"' if is_new else ""
    return f'<node oor:name="{escape(name)}"{operation}>\n{content}</node>\n'


def _said(name: str, text: str) -> str:
    """A property that is said in a language."""
    return f'<prop oor:name="{name}"><value xml:lang="{LANGUAGE}">{escape(text)}</value></prop>\n'


def _value(name: str, text: str, *, is_list: bool = False) -> str:
    kind = ' oor:type="oor:string-list"' if is_list else ""
    return f'<prop oor:name="{name}"{kind}><value>{escape(text)}</value></prop>\n'
