"""What is installed is what the macros of xlwings, and the page for IT, say."""

from __future__ import annotations

from pathlib import Path

from addin.ribbon.building import vba_text
from addin.ribbon.excel_addin import PROJECT
from addin.ribbon.installing import configuration
from tests.ribbon.installing.made_up import windows


def test_the_macros_look_where_the_configuration_is_written(tmp_path: Path) -> None:
    account = windows(tmp_path)
    path = configuration.configuration_path(account).relative_to(account.home)
    assert path == Path(f".{PROJECT}") / f"{PROJECT}.conf"
    module = vba_text.xlwings_module()
    assert r'Environ("USERPROFILE") & "\." & PROJECT_NAME & "\" & PROJECT_NAME & ".conf"' in module
    assert 'ParentFolder(ParentFolder(PYTHON_WIN)) + "\\" + XLPyDLLName'.replace("\\\\", "\\") in module


def test_the_page_for_it_names_the_log_file(root: Path) -> None:
    folder, _, name = vba_text.LOG_FILE.rpartition("\\")
    page = (root / "docs" / "it.md").read_text("utf-8")
    assert f"| `{name}`" in page
    assert f"`{folder}`" in page
