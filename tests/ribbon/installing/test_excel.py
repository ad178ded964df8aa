"""Installing into Excel on a made-up Windows: what is written, what is refused, what stays."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from addin.errors import TollsheetError
from addin.ribbon.excel_addin import NAME
from addin.ribbon.installing.configuration import (
    configuration_path,
    read_settings,
    wanted_settings,
    write_settings,
)
from addin.ribbon.installing.excel import install, uninstall
from addin.ribbon.installing.machine import Machine
from addin.ribbon.installing.parts import State, bits_of
from addin.ribbon.installing.status import parts_of_excel
from tests.ribbon.installing.made_up import (
    EXCEL_KEY,
    OPTIONS,
    files_below,
    program,
    windows,
    xlstart,
)


def problems(machine: Machine) -> dict[str, str]:
    return {part.name: f"{part.problem}. {part.remedy}" for part in parts_of_excel(machine) if part.problem}


def refused(machine: Machine, *, force: bool = False) -> str:
    """What the refusal says; nothing in the account may have changed."""
    before = files_below(machine.home)
    with pytest.raises(TollsheetError) as error:
        install(machine, force=force)
    assert files_below(machine.home) == before
    return str(error.value)


def test_a_first_installation_writes_three_files_and_says_so(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    done = install(machine)
    addin, folder = xlstart(machine) / NAME, machine.home / ".tollsheet"
    assert addin.read_bytes() == b"the add-in of this version"
    assert set(files_below(machine.home)) == {
        str(addin),
        str(folder / "tollsheet.conf"),
        str(folder / "installed.json"),
    }
    assert f"Copied: {addin}" in done.lines
    assert f"Noted for uninstalling: {folder / 'installed.json'}" in done.lines
    assert any(line.startswith(f"Written: {folder / 'tollsheet.conf'}") for line in done.lines)
    assert "xlwings 0.37.8" in done.lines[0]
    assert done.next == ('Start Excel: it shows the tab "Tollsheet", and =BILLED_MINUTES(80) is 2.',)
    assert problems(machine) == {}
    assert {part.state for part in parts_of_excel(machine)} == {State.OK}


def test_the_configuration_is_in_the_form_the_macros_read(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    install(machine)
    lines = (machine.home / ".tollsheet" / "tollsheet.conf").read_bytes().split(b"\r\n")
    assert f'"INTERPRETER_WIN","{machine.interpreter}"'.encode() in lines
    assert b'"UDF MODULES","addin.hosts.excel.udfs"' in lines
    assert b'"USE UDF SERVER","True"' in lines
    assert b'"ADD_WORKBOOK_TO_PYTHONPATH","False"' in lines  # a module beside a workbook must not run


def test_a_second_installation_changes_nothing(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    install(machine)
    before = files_below(machine.home)
    done = install(machine)
    assert files_below(machine.home) == before
    assert sum(line.startswith("Up to date: ") for line in done.lines) == 2
    assert not any(line.startswith(("Copied", "Written")) for line in done.lines)


def test_a_new_version_replaces_the_old_one(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    install(machine)
    (machine.built[0] / NAME).write_bytes(b"the next version")
    assert problems(machine) == {
        "Add-in": "it is not the one of this version. Run: tollsheet addin install",
    }
    install(machine)
    assert (xlstart(machine) / NAME).read_bytes() == b"the next version"
    assert problems(machine) == {}


def test_uninstalling_leaves_the_account_as_it_was(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    (xlstart(machine) / "PERSONAL.XLSB").write_bytes(b"Ann's macros")
    before = files_below(machine.home)
    install(machine)
    done = uninstall(machine)
    assert files_below(machine.home) == before
    assert not (machine.home / ".tollsheet").exists()
    assert f"Removed: {xlstart(machine) / NAME}" in done.lines
    assert uninstall(machine).lines == ("Nothing was installed by this command; nothing was removed.",)


def test_settings_and_files_of_others_survive_both_ways(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    conf = configuration_path(machine)
    conf.parent.mkdir()
    conf.write_text('"CONDA PATH","C:\\conda"\r\n"show console","True"\r\n', "cp1252", newline="")
    (conf.parent / "notes.txt").write_text("mine")
    install(machine)
    assert read_settings(conf, "cp1252") == {"CONDA PATH": "C:\\conda", **wanted_settings(machine)}
    done = uninstall(machine)
    assert read_settings(conf, "cp1252") == {"CONDA PATH": "C:\\conda"}
    assert (conf.parent / "notes.txt").read_text() == "mine"
    assert any(line.startswith(f"Left: {conf}") for line in done.lines)


def test_an_add_in_changed_since_is_left_and_named(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    install(machine)
    addin = xlstart(machine) / NAME
    addin.write_bytes(b"signed by IT")
    done = uninstall(machine)
    assert addin.read_bytes() == b"signed by IT"
    assert any(line.startswith(f"Left: {addin} was changed since") for line in done.lines)


def test_a_foreign_add_in_of_that_name_is_replaced_only_by_force(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    addin = xlstart(machine) / NAME
    addin.write_bytes(b"from somewhere else")
    assert "--force" in refused(machine)
    install(machine, force=True)
    assert addin.read_bytes() == b"the add-in of this version"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"xlwings": None}, 'pip install "tollsheet[excel]"'),
        ({"xlwings": "0.33.1"}, "pip install xlwings==0.37.8"),
        ({"python": (3, 10, 4)}, "Python 3.11 or newer is needed"),
        (
            {"base_prefix": Path(r"C:\Program Files\WindowsApps\PythonSoftwareFoundation.Python.3.11")},
            "python.org",
        ),
    ],
)
def test_what_is_missing_stops_it_before_anything_is_written(
    tmp_path: Path, changes: dict[str, object], said: str
) -> None:
    machine = windows(tmp_path, **changes)
    told = refused(machine)
    assert told.startswith("Nothing was installed. ")
    assert said in told
    assert any(said in problem for problem in problems(machine).values())


def test_a_missing_dll_is_named_with_both_places_and_a_remedy(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    machine.interpreter.parent.parent.joinpath("xlwings64-0.37.8.dll").unlink()
    told = refused(machine)
    assert "xlwings64-0.37.8.dll is neither in" in told
    assert "py -m venv tollsheet" in told


def test_the_dll_may_lie_beside_the_interpreter(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    scripts = machine.interpreter.parent
    (scripts.parent / "xlwings64-0.37.8.dll").rename(scripts / "xlwings64-0.37.8.dll")
    install(machine)


def test_a_dll_of_another_version_does_not_serve(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    folder = machine.interpreter.parent.parent
    (folder / "xlwings64-0.37.8.dll").rename(folder / "xlwings64-0.33.1.dll")
    assert "xlwings64-0.37.8.dll" in refused(machine)


def test_an_excel_of_32_bits_needs_the_dll_of_32_bits(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    program(tmp_path / "Office16" / "EXCEL.EXE", 32)
    assert "32-bit" in install(machine).lines[0]
    machine.interpreter.parent.parent.joinpath("xlwings32-0.37.8.dll").unlink()
    assert "xlwings32-0.37.8.dll is neither" in problems(machine)["xlwings DLL"]


def test_a_dll_of_the_wrong_bits_is_seen(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    program(machine.interpreter.parent.parent / "xlwings64-0.37.8.dll", 32)
    assert "not a 64-bit DLL" in refused(machine)


def test_the_add_in_is_taken_from_dist_where_the_package_has_none(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    (machine.built[0] / NAME).unlink()
    assert "make addin" in refused(machine)
    machine.built[1].mkdir()
    (machine.built[1] / NAME).write_bytes(b"just built")
    install(machine)
    assert (xlstart(machine) / NAME).read_bytes() == b"just built"


def test_a_missing_start_folder_is_made_and_taken_away_again(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    xlstart(machine).rmdir()
    done = install(machine)
    assert f"Made the folder: {xlstart(machine)}" in done.lines
    uninstall(machine)
    assert not xlstart(machine).exists()
    assert xlstart(machine).parent.exists()


def test_the_start_folder_of_excel_s_options_serves_where_the_usual_one_is_missing(tmp_path: Path) -> None:
    chosen = tmp_path / "Start"
    chosen.mkdir()
    machine = windows(tmp_path, registry={(OPTIONS, "AltStartup"): str(chosen)})
    xlstart(machine).rmdir()
    install(machine)
    assert (chosen / NAME).exists()
    xlstart(machine).mkdir()  # Excel was started meanwhile: it would load two
    done = install(machine)
    assert (xlstart(machine) / NAME).exists()
    assert not (chosen / NAME).exists()
    assert any("twice" in line for line in done.lines)


def test_without_application_data_it_says_so(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    machine = replace(machine, environment={"USERPROFILE": str(machine.home)})
    assert "APPDATA" in refused(machine)


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    xlstart(machine).rmdir()
    xlstart(machine).symlink_to("/proc/self", target_is_directory=True)  # refuses even root
    with pytest.raises(TollsheetError, match=r"tollsheet\.xlam cannot be written") as error:
        install(machine)
    assert f"right to write to {xlstart(machine)}" in str(error.value)
    xlstart(machine).unlink()
    xlstart(machine).mkdir()
    install(machine)  # after the cause is gone it simply works
    assert problems(machine) == {}


def test_a_file_that_excel_holds_says_close_excel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows refuses to replace an open file; Linux would not, so the refusal is made here."""
    machine = windows(tmp_path)
    install(machine)
    (machine.built[0] / NAME).write_bytes(b"the next version")
    held = xlstart(machine) / NAME
    true_replace = Path.replace

    def replace_unless_held(self: Path, target: Path) -> Path:
        if Path(target) == held:
            raise PermissionError(13, "Access is denied", str(target))
        return true_replace(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replace_unless_held)
        with pytest.raises(TollsheetError, match=r"in use, most likely by Excel.*close every Excel window"):
            install(machine)
    assert held.read_bytes() == b"the add-in of this version"
    assert [path.name for path in xlstart(machine).iterdir()] == [NAME]  # no half file
    install(machine)  # Excel is closed now: still known as ours
    assert held.read_bytes() == b"the next version"


def test_with_excel_open_it_says_what_to_do(tmp_path: Path) -> None:
    machine = windows(tmp_path, is_running=lambda name: name == "EXCEL.EXE")
    assert "close every Excel window" in install(machine).next[0]
    assert "close every Excel window" in uninstall(machine).next[0]


def test_without_excel_it_installs_and_says_so(tmp_path: Path) -> None:
    machine = windows(tmp_path, registry={(EXCEL_KEY, ""): None})
    assert any("no Excel is registered" in line for line in install(machine).next)
    assert list(problems(machine)) == ["Excel"]


def test_status_before_installing_names_what_to_do(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    assert set(problems(machine)) == {"Add-in", "Configuration"}
    assert max(part.state for part in parts_of_excel(machine)) is State.TO_DO
    assert files_below(machine.home) == {}


def test_a_moved_python_shows_in_the_status(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    install(machine)
    moved = replace(machine, interpreter=program(tmp_path / "tollsheet" / "python.exe"))
    was = machine.interpreter
    assert problems(moved)["Configuration"].startswith(
        f"INTERPRETER_WIN differs from this installation: Excel starts {was}."
    )
    was.unlink()
    assert f"Excel starts {was}, which is not there" in problems(moved)["Configuration"]
    install(moved)
    assert problems(moved) == {}


def test_a_path_that_the_code_page_lacks_is_refused(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    packages = tmp_path / "Łódź" / "site-packages"
    with pytest.raises(TollsheetError, match=r"Ł.* cannot be written in the code page"):
        install(replace(machine, packages=packages))
    assert not (xlstart(machine) / NAME).exists()


def test_a_damaged_record_is_said_and_can_be_overcome(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    install(machine)
    record = machine.home / ".tollsheet" / "installed.json"
    record.write_text("{")
    with pytest.raises(TollsheetError, match=r"installed\.json cannot be read.*--force"):
        uninstall(machine)
    record.unlink()
    install(machine, force=True)
    assert str(xlstart(machine) / NAME) in json.loads(record.read_text())["files"]


@pytest.mark.parametrize(("system", "said"), [("Darwin", "Excel for the Mac"), ("Linux", "no Excel")])
def test_elsewhere_calc_is_offered(tmp_path: Path, system: str, said: str) -> None:
    machine = windows(tmp_path, system=system)
    for command in (install, uninstall):
        with pytest.raises(TollsheetError, match=rf"{said}.*--calc"):
            command(machine)
    (part,) = parts_of_excel(machine)
    assert part.state is State.CANNOT


def test_bits_are_read_from_real_headers_only(tmp_path: Path) -> None:
    assert bits_of(program(tmp_path / "a.exe", 32)) == 32
    text = tmp_path / "b.exe"
    text.write_bytes(b"MZ but no more than text" * 9)
    assert bits_of(text) is None
    assert bits_of(tmp_path / "missing.exe") is None


def test_a_configuration_that_cannot_be_written_names_its_folder(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    folder = configuration_path(machine).parent
    folder.symlink_to("/proc/self", target_is_directory=True)  # refuses even root
    with pytest.raises(TollsheetError, match="cannot be written") as error:
        install(machine)
    assert f"ask IT for the right to write to {folder}" in str(error.value)
    assert not (xlstart(machine) / NAME).exists()
    with pytest.raises(TollsheetError, match="ask IT for the right to write to"):
        write_settings(configuration_path(machine), {"SHOW CONSOLE": "False"}, "cp1252")


def test_an_add_in_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    (xlstart(machine) / NAME).symlink_to("/proc/self/mem")  # fails even for root
    assert "cannot be read" in problems(machine)["Add-in"]
    with pytest.raises(TollsheetError, match=r"tollsheet\.xlam cannot be read.*Close Excel"):
        install(machine)
    assert not configuration_path(machine).exists()


def test_the_status_is_whole_without_application_data(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    machine = replace(machine, environment={"USERPROFILE": str(machine.home)})
    assert "APPDATA" in problems(machine)["Add-in"]
    assert "Python" in {part.name for part in parts_of_excel(machine)}


def test_an_add_in_for_all_users_beside_one_s_own_is_seen(tmp_path: Path) -> None:
    machine = windows(tmp_path)
    shared = tmp_path / "Office16" / "XLSTART" / NAME
    shared.parent.mkdir()
    shared.write_bytes(b"put there by IT")
    done = install(machine)
    assert any(f"Excel finds another in {shared.parent}" in line for line in done.next)
    assert list(problems(machine)) == ["Second add-in"]
    uninstall(machine)
    assert shared.read_bytes() == b"put there by IT"
