"""The ribbon of the Excel add-in, as customUI14 XML made from the list of commands."""

from __future__ import annotations

from xml.etree import ElementTree

from addin.ribbon.surface import COMMANDS, GROUPS, TAB, Command

NAMESPACE = "http://schemas.microsoft.com/office/2009/07/customui"
PART = "customUI/customUI14.xml"
RELATIONSHIP = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"


def ribbon_xml() -> bytes:
    """The part: one tab, its groups, a button a command."""
    root = ElementTree.Element("customUI", xmlns=NAMESPACE)
    tabs = ElementTree.SubElement(ElementTree.SubElement(root, "ribbon"), "tabs")
    tab = ElementTree.SubElement(tabs, "tab", id="TollsheetTab", label=TAB)
    for name in GROUPS:
        group = ElementTree.SubElement(tab, "group", id=f"TollsheetGroup{name}", label=name)
        for command in COMMANDS:
            if command.group == name:
                ElementTree.SubElement(group, "button", _button(command))
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}\n'.encode()


def _button(command: Command) -> dict[str, str]:
    return {
        "id": f"{command.macro}Button",
        "label": command.label,
        "imageMso": command.icon,
        "size": "large" if command.is_large else "normal",
        "screentip": command.label,
        "supertip": f"{command.tip} {command.more}",
        "onAction": command.macro,
    }
