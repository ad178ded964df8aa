"""What keeps an installed add-in from running: bans, start folders that Excel does not trust."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from addin.ribbon.installing.excel import install
from addin.ribbon.installing.machine import Machine, RegistryValue
from addin.ribbon.installing.policies import policies
from tests.ribbon.installing.made_up import DEFENDER, OPTIONS, POLICY, windows, xlstart

PERSON = r"HKCU\Software\Microsoft\Office\16.0\Excel\Security\Trusted Locations"
RULE = (rf"{DEFENDER}\Rules", "D4F940AB-401B-4EFC-AADC-AD5F3C50688A")


def problem(machine: Machine) -> str:
    """What is in the way, with its remedy; empty if nothing is."""
    (part,) = policies(machine)
    return f"{part.problem}. {part.remedy}" if part.problem else ""


@pytest.mark.parametrize(
    ("key", "name", "value", "said"),
    [
        (rf"{POLICY}\Common", "VBAOff", 1, "switched macros off"),
        (rf"{POLICY}\Excel\Security\Trusted Locations", "AllLocationsDisabled", 1, "trusted locations"),
        (PERSON, "AllLocationsDisabled", 1, "switched off in Excel"),
        (rf"{DEFENDER}\Rules", "D4F940AB-401B-4EFC-AADC-AD5F3C50688A", "1", "from starting programs"),
    ],
)
def test_a_ban_is_told(tmp_path: Path, key: str, name: str, value: int | str, said: str) -> None:
    machine = windows(tmp_path, registry={(key, name): value})
    assert any(said in line for line in install(machine).next)
    assert said in problem(machine)


@pytest.mark.parametrize("excepted", ["tollsheet/Scripts/python.exe", "tollsheet", "tollsheet\\"])
def test_a_rule_with_an_exception_for_this_python_or_its_folder_is_fine(
    tmp_path: Path, excepted: str
) -> None:
    exception = (rf"{DEFENDER}\ASROnlyExclusions", f"{tmp_path}/{excepted}")
    assert problem(windows(tmp_path, registry={RULE: "1", exception: "0"})) == ""
    other = (rf"{DEFENDER}\ASROnlyExclusions", f"{tmp_path}/other")
    assert "from starting programs" in problem(windows(tmp_path, registry={RULE: "1", other: "0"}))


TRUSTED: list[dict[tuple[str, str], RegistryValue]] = [
    {(rf"{PERSON}\Location7", "Path"): "{folder}/"},
    {(rf"{PERSON}\Location0", "Path"): "{parent}", (rf"{PERSON}\Location0", "AllowSubFolders"): 1},
    {(rf"{POLICY}\Excel\Security\Trusted Locations\Location1", "Path"): "{folder}"},
]


@pytest.mark.parametrize("trusted", TRUSTED)
def test_a_start_folder_of_one_s_own_has_to_be_trusted(
    tmp_path: Path, trusted: dict[tuple[str, str], RegistryValue]
) -> None:
    chosen = tmp_path / "Own" / "Start"
    chosen.mkdir(parents=True)
    registry: dict[tuple[str, str], RegistryValue] = {
        (OPTIONS, "AltStartup"): str(chosen),
        (rf"{PERSON}\Location3", "Path"): str(chosen.parent),  # without what is below it
    }
    machine = windows(tmp_path, registry=dict(registry))
    assert problem(machine) == ""  # XLSTART is there, and used
    xlstart(machine).rmdir()
    told = problem(machine)
    assert "does not trust this start folder" in told
    assert f"Or make the folder {xlstart(machine)}" in told
    assert any("does not trust" in line for line in install(machine).next)
    for key, value in trusted.items():
        text = str(value).format(folder=str(chosen).upper(), parent=chosen.parent)
        registry[key] = text if isinstance(value, str) else value
    machine = windows(tmp_path / "again", registry=registry)
    xlstart(machine).rmdir()
    assert problem(machine) == ""


def test_application_data_on_the_network_are_not_trusted(tmp_path: Path) -> None:
    network = r"\\server\profiles\ann"
    machine = windows(tmp_path)
    machine = replace(machine, environment={**machine.environment, "APPDATA": network})
    assert "on the network" in problem(machine)
    allowed = windows(tmp_path, registry={(PERSON, "AllowNetworkLocations"): 1})
    assert problem(replace(allowed, environment=machine.environment)) == ""
