"""The ribbon of the Excel add-in, as customUI14 XML made from the list of commands."""

from __future__ import annotations

from xml.etree import ElementTree

from addin.ribbon.surface import COMMANDS, GROUPS, TAB, Command

NAMESPACE = "http://schemas.microsoft.com/office/2009/07/customui"
PART = "customUI/customUI14.xml"
RELATIONSHIP = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"


def ribbon_xml() -> bytes:
    """The part: one tab, its groups, a button a command; some open a menu with a button an item."""
    root = ElementTree.Element("customUI", xmlns=NAMESPACE)
    tabs = ElementTree.SubElement(ElementTree.SubElement(root, "ribbon"), "tabs")
    tab = ElementTree.SubElement(tabs, "tab", id="TollsheetTab", label=TAB)
    for name in GROUPS:
        group = ElementTree.SubElement(tab, "group", id=f"TollsheetGroup{name}", label=name)
        for command in COMMANDS:
            if command.group == name:
                _add(group, command)
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}\n'.encode()


def _add(group: ElementTree.Element, command: Command) -> None:
    size = {"size": "large" if command.is_large else "normal"}
    if not command.items:
        ElementTree.SubElement(group, "button", _shown(command) | size | _runs(command))
        return
    menu = ElementTree.SubElement(group, "menu", _shown(command) | size | {"itemSize": "large"})
    for item in command.items:
        said = {"description": item.tip}  # large items show it below their label
        ElementTree.SubElement(menu, "button", _shown(item) | said | _runs(item))


def _shown(command: Command) -> dict[str, str]:
    return {
        "id": f"{command.macro}{'Menu' if command.items else 'Button'}",
        "label": command.label,
        "imageMso": command.icon,
        "screentip": command.label,
        "supertip": f"{command.tip} {command.more}",
    }


def _runs(command: Command) -> dict[str, str]:
    return {"onAction": command.macro}
