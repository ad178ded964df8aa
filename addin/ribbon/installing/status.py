"""How the Excel add-in stands: every part, the installed ones among them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from addin.errors import TollsheetError
from addin.ribbon.excel_addin import NAME
from addin.ribbon.installing.configuration import configuration_path, read_settings, wanted_settings
from addin.ribbon.installing.machine import Machine
from addin.ribbon.installing.parts import (
    Part,
    State,
    excel_program,
    other_start_folder,
    requirements,
    start_folder,
    usual_start_folder,
)
from addin.ribbon.installing.policies import policies
from addin.ribbon.installing.record import sha256

ON_MAC = (
    "Excel for the Mac cannot run Python functions in cells, so there is no add-in for it",
    "Use LibreOffice Calc: tollsheet addin install --calc. The tollsheet command works as it is.",
)
ON_LINUX = (
    "There is no Excel on this system",
    "Use LibreOffice Calc: tollsheet addin install --calc. The tollsheet command works as it is.",
)
_INSTALL = "Run: tollsheet addin install"


def parts_of_excel(machine: Machine) -> list[Part]:
    """Every part, for `status`."""
    if machine.system != "Windows":
        problem, remedy = ON_MAC if machine.system == "Darwin" else ON_LINUX
        return [Part("Excel add-in", "", "", problem, remedy, State.CANNOT)]
    return [
        *requirements(machine),
        _looked_at("Add-in", _addin, machine),
        _looked_at("Configuration", _configuration, machine),
        *other_addins(machine),
        *policies(machine),
    ]


def target_of(machine: Machine) -> Path:
    """Where the add-in belongs."""
    folder = start_folder(machine)
    if folder is None:
        raise TollsheetError(
            "Windows names no folder for application data (APPDATA is not set)",
            "Run this in an ordinary command prompt of the person who uses Excel.",
        )
    return folder / NAME


def other_addins(machine: Machine) -> list[Part]:
    """The same add-in in another folder whose files Excel opens, such as the one for all users."""
    excel = excel_program(machine)
    folders = [usual_start_folder(machine), other_start_folder(machine)]
    folders += [excel.parent / "XLSTART"] if excel else []
    own = start_folder(machine)
    found = [folder / NAME for folder in folders if folder and folder != own and (folder / NAME).is_file()]
    remedy = "Delete one, or ask IT to: Excel cannot have two add-ins of one name open."
    return [
        Part("Second add-in", str(path), "", f"Excel finds another in {path.parent}", remedy, State.TO_DO)
        for path in found
    ]


def _looked_at(name: str, look: Callable[[Machine], Part], machine: Machine) -> Part:
    """A part, be it one that cannot be looked at."""
    try:
        return look(machine)
    except TollsheetError as error:
        return Part(name, "", "", error.problem, error.remedy, State.TO_DO)


def _addin(machine: Machine) -> Part:
    target, built = target_of(machine), machine.built_file(NAME)
    if not target.is_file():
        return Part("Add-in", "", "", f"it is not in {target.parent}", _INSTALL, State.TO_DO)
    if built and sha256(built) != sha256(target):
        problem = "it is not the one of this version"
        return Part("Add-in", str(target), "", problem, _INSTALL, State.TO_DO)
    return Part("Add-in", str(target), machine.tollsheet)


def _configuration(machine: Machine) -> Part:
    path = configuration_path(machine)
    found = read_settings(path, machine.ansi)
    if not found:
        return Part("Configuration", "", "", f"{path} is missing", _INSTALL, State.TO_DO)
    wrong = [name for name, value in wanted_settings(machine).items() if found.get(name) != value]
    if not wrong:
        return Part("Configuration", str(path))
    problem = f"{', '.join(wrong)} {'differs' if len(wrong) == 1 else 'differ'} from this installation"
    if "INTERPRETER_WIN" in wrong and (other := found.get("INTERPRETER_WIN")):
        gone = "" if Path(other).is_file() else ", which is not there"
        problem += f": Excel starts {other}{gone}"
    return Part("Configuration", str(path), "", problem, _INSTALL, State.TO_DO)
