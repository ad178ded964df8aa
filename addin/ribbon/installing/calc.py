"""The LibreOffice extension: installed, listed and removed by LibreOffice's own `unopkg`."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

from addin.errors import TollsheetError
from addin.ribbon.building.oxt import NAME as EXTENSION
from addin.ribbon.building.oxt_parts import MINIMAL_VERSION as OLDEST
from addin.ribbon.installing.excel import Done
from addin.ribbon.installing.machine import Machine
from addin.ribbon.installing.parts import Part, State

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
        for name in ("unopkg", "soffice", "libreoffice"):  # libreoffice.org's own packages lie below /opt
            if found := machine.find_program(name):
                places.append(Path(found).resolve().with_name("unopkg") if name != "unopkg" else Path(found))
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
        problem = f"unopkg cannot list the extensions: {_reason(listed)}"
        return [Part("Calc extension", str(program), "", problem, _remedy(listed), State.TO_DO)]
    install_it = "Run: tollsheet addin install --calc"
    found = _tollsheets(_identifiers(listed))
    if not found:
        return [Part("Calc extension", str(program), "", "it is not installed", install_it, State.TO_DO)]
    installed = ", ".join(version for name, version in _identifiers(listed).items() if name in found)
    built = machine.built_file(EXTENSION)
    version = describe(built)[1] if built else installed
    if installed != version:
        problem = f"it is not the one of this version, {version}"
        return [Part("Calc extension", str(program), installed, problem, install_it, State.TO_DO)]
    return [Part("Calc extension", str(program), installed)]


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
        extension = machine.built_file(EXTENSION) or EXTENSION
        raise TollsheetError(
            "LibreOffice was not found",
            f"Install LibreOffice Calc {OLDEST} or newer. If it is there, choose in it Tools > Extensions > "
            f"Add, and take {extension}.",
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
        raise TollsheetError(f"unopkg {arguments[0]} failed: {_reason(said)}", _remedy(said))
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


def _reason(said: str) -> str:
    """What unopkg complains of. It ends with "unopkg failed", or with the path of a lock.

    >>> _reason("ERROR: Exception occurred: unsatisfied dependencies\\n\\nERROR: unopkg failed.")
    'Exception occurred: unsatisfied dependencies'
    """
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    errors = [line.removeprefix("ERROR: ") for line in lines if line.startswith("ERROR: ")]
    return next(iter(errors or lines[-1:]), "it said nothing").rstrip(".")


def _remedy(said: str) -> str:
    if "unsatisfied dependencies" in said:
        return f"Install LibreOffice {OLDEST} or newer: this one is older."
    return "Close LibreOffice and run this again."
