"""The LibreOffice extension: through a made-up unopkg on three systems, and through the real one."""

from __future__ import annotations

import os
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from addin.errors import TollsheetError
from addin.ribbon.building.oxt import NAME as EXTENSION
from addin.ribbon.installing.calc import install_calc, parts_of_calc, uninstall_calc, unopkg
from addin.ribbon.installing.machine import Machine, RegistryValue
from addin.ribbon.installing.parts import State
from tests.ribbon.installing.made_up import windows

DESCRIPTION = """<description xmlns="http://openoffice.org/extensions/description/2006">
<identifier value="{}"/><version value="0.1.0"/></description>"""
MANIFEST = '<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest"/>'
OURS = "org.example.tollsheet"
LOCKED = (
    "ERROR: unopkg cannot be started. The lock file indicates it is already running. "
    "If this does not apply, delete the lock file at:\n~/.config/libreoffice/4/.lock\n"
)


def extension(path: Path, identifier: str = OURS) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("description.xml", DESCRIPTION.format(identifier))
        file.writestr("META-INF/manifest.xml", MANIFEST)
    return path


class Unopkg:
    """Keeps extensions and talks as the real one does."""

    def __init__(self) -> None:
        self.kept = {"org.example.dictionary": "2.0"}
        self.calls: list[str] = []
        self.fails = ""

    def __call__(self, command: Sequence[str | Path]) -> tuple[int, str]:
        verb, last = str(command[1]), str(command[-1])
        self.calls.append(verb)
        if self.fails:
            return 1, self.fails
        if verb == "add":
            self.kept[OURS] = "0.1.0"
        elif verb == "remove":
            del self.kept[last]
        listed = [f"Identifier: {name}\n  Version: {version}\n" for name, version in self.kept.items()]
        return 0, "All deployed user extensions:\n\n" + "\n".join(listed)


def machine_with(tmp_path: Path, run: Unopkg) -> Machine:
    machine = windows(tmp_path, system="Linux", run=run)
    program = tmp_path / "bin" / "unopkg"
    program.parent.mkdir()
    program.touch()
    extension(machine.built[0] / EXTENSION)
    return replace(machine, find_program=lambda name: str(program) if name == "unopkg" else None)


def test_it_is_installed_seen_and_removed(tmp_path: Path) -> None:
    run = Unopkg()
    machine = machine_with(tmp_path, run)
    assert [part.state for part in parts_of_calc(machine)] == [State.TO_DO]
    assert install_calc(machine).lines[0] == f"Installed in LibreOffice: {OURS} 0.1.0"
    assert install_calc(machine).lines[0] == f"Installed in LibreOffice: {OURS} 0.1.0"  # again
    (part,) = parts_of_calc(machine)
    assert (part.state, part.version) == (State.OK, "0.1.0")
    assert uninstall_calc(machine).lines == (f"Removed from LibreOffice: {OURS}",)
    assert run.kept == {"org.example.dictionary": "2.0"}
    assert "nothing was removed" in uninstall_calc(machine).lines[0]


def test_root_is_told_before_unopkg_is_asked(tmp_path: Path) -> None:
    run = Unopkg()
    machine = replace(machine_with(tmp_path, run), is_root=True)
    for command in (install_calc, uninstall_calc):
        with pytest.raises(TollsheetError, match=r"as root.*without sudo"):
            command(machine)
    assert parts_of_calc(machine)[0].state is State.CANNOT
    assert run.calls == []


def test_what_unopkg_says_is_handed_on(tmp_path: Path) -> None:
    run = Unopkg()
    machine = machine_with(tmp_path, run)
    run.fails = LOCKED
    with pytest.raises(TollsheetError, match=r"failed: unopkg cannot be started\..*Close LibreOffice"):
        install_calc(machine)
    (part,) = parts_of_calc(machine)
    assert "already running" in part.problem
    assert part.remedy == "Close LibreOffice and run this again."
    run.fails = "ERROR: Exception occurred: unsatisfied dependencies\n\nERROR: unopkg failed.\n"
    with pytest.raises(TollsheetError, match=r"unsatisfied dependencies\. Install LibreOffice 25\.2 "):
        install_calc(machine)


def test_an_extension_of_an_older_version_is_to_be_replaced(tmp_path: Path) -> None:
    run = Unopkg()
    machine = machine_with(tmp_path, run)
    run.kept[OURS] = "0.0.9"
    (part,) = parts_of_calc(machine)
    assert (part.version, part.problem) == ("0.0.9", "it is not the one of this version, 0.1.0")
    assert part.remedy == "Run: tollsheet addin install --calc"
    install_calc(machine)
    assert parts_of_calc(machine)[0].state is State.OK


def test_an_extension_that_libreoffice_did_not_keep_is_no_success(tmp_path: Path) -> None:
    machine = machine_with(tmp_path, Unopkg())
    extension(machine.built[0] / EXTENSION, "org.example.other.tollsheet")
    with pytest.raises(TollsheetError, match="did not keep"):
        install_calc(machine)


def test_a_missing_or_damaged_extension_is_named(tmp_path: Path) -> None:
    machine = machine_with(tmp_path, Unopkg())
    (machine.built[0] / EXTENSION).write_bytes(b"half a file")
    with pytest.raises(TollsheetError, match="not a whole extension"):
        install_calc(machine)
    (machine.built[0] / EXTENSION).unlink()
    with pytest.raises(TollsheetError, match=r"not part of this installation.*make addin"):
        install_calc(machine)


def test_without_libreoffice_it_says_so(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    extension(machine.built[0] / EXTENSION)
    with pytest.raises(TollsheetError, match=r"LibreOffice was not found.*take .*tollsheet\.oxt"):
        install_calc(machine)
    assert parts_of_calc(machine)[0].state is State.CANNOT


@pytest.mark.parametrize("way", ["registry", "folder"])
def test_unopkg_is_found_on_windows(tmp_path: Path, way: str) -> None:
    program = tmp_path / "LibreOffice" / "program" / "unopkg.com"
    program.parent.mkdir(parents=True)
    program.touch()
    registry: dict[tuple[str, str], RegistryValue] = {}
    machine = windows(tmp_path)
    if way == "registry":
        registry[(r"HKLM\SOFTWARE\LibreOffice\UNO\InstallPath", "")] = str(program.parent)
        machine = windows(tmp_path, registry=registry)
    else:
        machine = replace(machine, environment={**machine.environment, "ProgramFiles": str(tmp_path)})
    assert unopkg(machine) == program


def test_unopkg_is_found_beside_libreoffice_where_only_that_is_on_the_path(tmp_path: Path) -> None:
    """As with the packages of libreoffice.org, which lie below /opt."""
    program = tmp_path / "opt" / "libreoffice25.2" / "program" / "unopkg"
    program.parent.mkdir(parents=True)
    program.touch()
    program.with_name("soffice").touch()
    link = tmp_path / "libreoffice"
    link.symlink_to(program.with_name("soffice"))
    machine = windows(tmp_path, system="Linux")
    machine = replace(machine, find_program=lambda name: str(link) if name == "libreoffice" else None)
    assert unopkg(machine) == program


def test_unopkg_is_found_on_the_mac(tmp_path: Path) -> None:
    machine = windows(tmp_path, system="Darwin")
    program = machine.home / "Applications" / "LibreOffice.app" / "Contents" / "MacOS" / "unopkg"
    program.parent.mkdir(parents=True)
    program.touch()
    assert unopkg(machine) == program


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that another user may enter; pytest's own are closed to others."""
    with tempfile.TemporaryDirectory(prefix="tollsheet-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


def test_the_real_unopkg_installs_and_removes(open_folder: Path) -> None:
    """As a user without rights, since it refuses root; LibreOffice is among what the tests install."""
    home = open_folder / "home"
    home.mkdir()
    drop = []
    if os.geteuid() == 0:
        drop = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        os.chown(home, 65534, 65534)

    def run(command: Sequence[str | Path]) -> tuple[int, str]:
        command = [*drop, "env", f"HOME={home}", *command]
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=120, check=False, cwd=home
        )  # in a folder that the user may enter, wherever the tests run
        return done.returncode, done.stdout + done.stderr

    machine = windows(open_folder, system="Linux", run=run)
    machine = replace(machine, find_program=lambda name: f"/usr/bin/{name}")
    extension(machine.built[0] / EXTENSION).chmod(0o644)
    assert parts_of_calc(machine)[0].state is State.TO_DO
    assert install_calc(machine).lines[0] == f"Installed in LibreOffice: {OURS} 0.1.0"
    assert parts_of_calc(machine)[0].version == "0.1.0"
    uninstall_calc(machine)
    assert parts_of_calc(machine)[0].state is State.TO_DO
