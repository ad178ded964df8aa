"""What keeps Excel from loading the add-in, or the add-in from starting Python, once both are installed."""

from __future__ import annotations

from pathlib import Path

from addin.ribbon.installing.machine import Machine
from addin.ribbon.installing.parts import Part, State, start_folder, usual_start_folder

_OFFICE = r"Microsoft\Office\16.0"
_LOCATIONS = r"Excel\Security\Trusted Locations"
_SET_BY_IT = (rf"HKCU\Software\Policies\{_OFFICE}", rf"HKLM\Software\Policies\{_OFFICE}")
_SET_BY_PERSON = rf"HKCU\Software\{_OFFICE}"
_MOST_LOCATIONS = 100
_DEFENDER = r"Software\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR"
_CHILD_PROCESSES = "D4F940AB-401B-4EFC-AADC-AD5F3C50688A"
_ASK = "Ask IT to allow tollsheet.xlam; they find what they need in docs/it.md."
_TRUST = "File > Options > Trust Center > Trust Center Settings > Trusted Locations"


def policies(machine: Machine) -> list[Part]:
    """What is forbidden; installing works, Excel would not load the add-in.

    A ban of macros alone does no harm: Excel does not apply it to its start folder, a trusted location.
    """
    for office in _SET_BY_IT:
        root = office.partition("\\")[0]
        if machine.registry(f"{office}\\Common", "VBAOff") == 1:
            return _problem(f"{office}\\Common", "your organisation has switched macros off in Office", _ASK)
        place = f"{office}\\{_LOCATIONS}"
        if machine.registry(place, "AllLocationsDisabled") == 1:
            return _problem(place, "your organisation has switched trusted locations off", _ASK)
        if _keeps_excel_from_starting_python(machine, root):
            problem = "your organisation keeps Excel from starting programs"
            return _problem(f"{root}\\{_DEFENDER}", problem, _ASK)
    place = f"{_SET_BY_PERSON}\\{_LOCATIONS}"
    if machine.registry(place, "AllLocationsDisabled") == 1:
        return _problem(place, "trusted locations are switched off in Excel", f"In Excel: {_TRUST}.")
    return _start_folder(machine) or [Part("Policies", "", "no ban found")]


def _start_folder(machine: Machine) -> list[Part]:
    """Excel trusts XLSTART by itself, but no other folder, and none on the network."""
    folder = start_folder(machine)
    if folder is None:
        return []
    places = [f"{office}\\{_LOCATIONS}" for office in (*_SET_BY_IT, _SET_BY_PERSON)]
    on_network = str(folder).startswith(r"\\")
    if on_network and all(machine.registry(place, "AllowNetworkLocations") != 1 for place in places):
        return _problem(str(folder), "this start folder is on the network, where Excel trusts none", _ASK)
    usual = usual_start_folder(machine)
    if folder == usual or _is_trusted(machine, folder, places):
        return []
    remedy = f"In Excel: {_TRUST} > Add new location."
    if usual is not None:
        remedy += f" Or make the folder {usual}, which it trusts, and run: tollsheet addin install"
    return _problem(str(folder), "Excel does not trust this start folder, and blocks macros in it", remedy)


def _is_trusted(machine: Machine, folder: Path, places: list[str]) -> bool:
    for place in (f"{one}\\Location{number}" for one in places for number in range(_MOST_LOCATIONS)):
        trusted = machine.registry(place, "Path")
        if not isinstance(trusted, str) or not trusted:
            continue
        if _same(trusted, folder):
            return True
        inside = any(_same(trusted, parent) for parent in folder.parents)
        if inside and machine.registry(place, "AllowSubFolders") == 1:
            return True
    return False


def _same(written: str, path: Path) -> bool:
    return written.rstrip("\\/").casefold() == str(path).rstrip("\\/").casefold()


def _keeps_excel_from_starting_python(machine: Machine, root: str) -> bool:
    """Whether Defender's rule about child processes of Office blocks, with no exception for this Python.

    An exception names a file or a folder, all below which is meant.
    """
    rule = machine.registry(f"{root}\\{_DEFENDER}\\Rules", _CHILD_PROCESSES)
    python = machine.interpreter
    names = [f"{path}{end}" for path in (python, *python.parents) for end in ("", "\\")]
    exceptions = f"{root}\\{_DEFENDER}\\ASROnlyExclusions"
    return str(rule) == "1" and all(machine.registry(exceptions, name) is None for name in names)


def _problem(place: str, problem: str, remedy: str) -> list[Part]:
    return [Part("Policies", place, "", problem, remedy, State.TO_DO)]
