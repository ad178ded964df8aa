"""The LibreOffice extension: installed, listed and removed by LibreOffice's own `unopkg`."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

from addin.errors import TollsheetError
from addin.ribbon.installing.excel import Done
from addin.ribbon.installing.machine import Machine
from addin.ribbon.installing.parts import Part, State

EXTENSION = "tollsheet.oxt"
_MAC = ("/Applications/LibreOffice.app/Contents/MacOS/unopkg",)
_LINUX = ("/usr/lib/libreoffice/program/unopkg", "/opt/libreoffice/program/unopkg")


def unopkg(machine: Machine) -> Path | None:
    """LibreOffice's extension manager for the command line."""
    places = []
    if machine.system == "Windows":
        for root in ("HKCU", "HKLM"):
            folder = machine.registry(rf"{root}\SOFTWARE\LibreOffice\UNO\InstallPath", "")
            if isinstance(folder, str):
                places.append(Path(folder) / "unopkg.com")
        for name in ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)"):
            if folder := machine.environment.get(name):
                places.append(Path(folder) / "LibreOffice" / "program" / "unopkg.com")
    else:
        if found := machine.find_program("unopkg"):
            places.append(Path(found))
        home = machine.home / "Applications" / "LibreOffice.app" / "Contents" / "MacOS" / "unopkg"
        places += [Path(name) for name in (_MAC if machine.system == "Darwin" else _LINUX)]
        places += [home] if machine.system == "Darwin" else []
    return next((place for place in places if place.is_file()), None)


def install_calc(machine: Machine) -> Done:
    """Install or replace the extension for this person."""
    program, built = _usable_unopkg(machine), machine.built_file(EXTENSION)
    if built is None:
        raise TollsheetError(
            f"{EXTENSION} is not part of this installation",
            "Install Tollsheet from its wheel, or run make addin in its source folder.",
        )
    identifier, version = describe(built)
    _unopkg(machine, program, "add", "--force", "--suppress-license", built)
    if identifier not in _listed(machine, program):
        raise TollsheetError(
            f"LibreOffice did not keep {EXTENSION}", "Try Tools > Extensions in LibreOffice, which says why."
        )
    return Done(
        (f"Installed in LibreOffice: {identifier} {version}", f"From: {built}"),
        ('Start LibreOffice Calc anew: it shows the menu "Tollsheet", and =BILLED_MINUTES(80) is 2.',),
    )


def uninstall_calc(machine: Machine) -> Done:
    """Remove the extension, if it is there."""
    program = _usable_unopkg(machine)
    found = _tollsheets(_listed(machine, program))
    for identifier in found:
        _unopkg(machine, program, "remove", identifier)
    if not found:
        return Done(("The extension was not installed; nothing was removed.",))
    return Done(tuple(f"Removed from LibreOffice: {identifier}" for identifier in found))


def parts_of_calc(machine: Machine) -> list[Part]:
    """How the extension stands, for `status`."""
    try:
        program = _usable_unopkg(machine)
    except TollsheetError as error:
        return [Part("Calc extension", "", "", error.problem, error.remedy, State.CANNOT)]
    code, listed = machine.run([program, "list"])
    if code:
        problem = f"unopkg cannot list the extensions: {_last_line(listed)}"
        remedy = "Close LibreOffice and try again."
        return [Part("Calc extension", str(program), "", problem, remedy, State.TO_DO)]
    found = _tollsheets(_identifiers(listed))
    if not found:
        remedy = "Run: tollsheet addin install --calc"
        return [Part("Calc extension", str(program), "", "it is not installed", remedy, State.TO_DO)]
    versions = [version for name, version in _identifiers(listed).items() if name in found]
    return [Part("Calc extension", str(program), ", ".join(versions))]


def describe(extension: Path) -> tuple[str, str]:
    """The identifier and version that an extension gives itself."""
    try:
        with zipfile.ZipFile(extension) as opened:
            tree = ElementTree.fromstring(opened.read("description.xml"))
    except (OSError, KeyError, zipfile.BadZipFile, ElementTree.ParseError) as error:
        raise TollsheetError(
            f"{extension} is not a whole extension",
            "Run make addin again, or install the wheel anew.",
        ) from error
    values = {element.tag.rpartition("}")[2]: element.get("value", "") for element in tree}
    return values.get("identifier", ""), values.get("version", "")


def _usable_unopkg(machine: Machine) -> Path:
    program = unopkg(machine)
    if program is None:
        raise TollsheetError(
            "LibreOffice was not found",
            "Install LibreOffice Calc 25.2 or newer; if it is there, open tollsheet.oxt with it.",
        )
    if machine.is_root and machine.system != "Windows":
        raise TollsheetError(
            "LibreOffice refuses to install extensions as root",
            "Run this as the person who uses Calc, without sudo.",
        )
    return program


def _unopkg(machine: Machine, program: Path, *arguments: str | Path) -> str:
    code, said = machine.run([program, *arguments])
    if code:
        raise TollsheetError(
            f"unopkg {arguments[0]} failed: {_last_line(said)}", "Close LibreOffice and run this again."
        )
    return said


def _listed(machine: Machine, program: Path) -> dict[str, str]:
    return _identifiers(_unopkg(machine, program, "list"))


def _identifiers(listed: str) -> dict[str, str]:
    """The extensions that `unopkg list` names, with their versions."""
    found: dict[str, str] = {}
    name = ""
    for line in listed.splitlines():
        if match := re.match(r"\s*Identifier: (\S+)", line):
            name = match[1]
            found[name] = ""
        elif name and (match := re.match(r"\s*Version: (\S+)", line)):
            found[name] = match[1]
    return found


def _tollsheets(identifiers: dict[str, str]) -> list[str]:
    return [name for name in identifiers if "tollsheet" in name.casefold()]


def _last_line(said: str) -> str:
    return next((line.strip() for line in reversed(said.splitlines()) if line.strip()), "it said nothing")
