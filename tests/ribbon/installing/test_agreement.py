"""What is installed and what the built add-in expects are said in two places, and agree."""

from __future__ import annotations

from pathlib import Path

from addin.ribbon import vba_text, xlam
from addin.ribbon.installing import configuration, machine, parts
from tests.ribbon.installing.made_up import windows


def test_the_installed_file_is_the_built_one() -> None:
    assert parts.ADDIN == xlam.NAME
    assert machine.XLWINGS == vba_text.XLWINGS


def test_the_add_in_s_own_settings_say_the_same_and_leave_python_to_the_user_s_file(tmp_path: Path) -> None:
    written = configuration.wanted_settings(windows(tmp_path))
    own = dict(xlam.SETTINGS)
    assert own.items() <= written.items()
    assert {"INTERPRETER_WIN", "PYTHONPATH"} == written.keys() - own.keys()


def test_the_macros_look_where_the_configuration_is_written(tmp_path: Path) -> None:
    account = windows(tmp_path)
    path = configuration.configuration_path(account).relative_to(account.home)
    assert path == Path(f".{vba_text.PROJECT}") / f"{vba_text.PROJECT}.conf"
    module = vba_text.xlwings_module()
    assert r'Environ("USERPROFILE") & "\." & PROJECT_NAME & "\" & PROJECT_NAME & ".conf"' in module
    assert 'ParentFolder(ParentFolder(PYTHON_WIN)) + "\\" + XLPyDLLName'.replace("\\\\", "\\") in module


def test_the_page_for_it_names_the_log_file(root: Path) -> None:
    folder, _, name = vba_text.LOG_FILE.rpartition("\\")
    page = (root / "docs" / "it.md").read_text("utf-8")
    assert f"| `{name}`" in page
    assert f"`{folder}`" in page
