"""The command line that starts Python, from the add-in's own VBA, is the one that docs/it.md tells."""

from __future__ import annotations

from pathlib import Path

from addin.ribbon.installing.configuration import read_settings, wanted_settings, write_settings
from tests.ribbon.installing.made_up import windows
from tests.windows.command import command_of


def test_it_is_this_line_and_names_no_workbook(tmp_path: Path) -> None:
    settings = {**wanted_settings(windows(tmp_path)), "INTERPRETER_WIN": r"C:\Py\python.exe"}
    path = tmp_path / "tollsheet.conf"
    write_settings(path, {**settings, "PYTHONPATH": r"C:\R&D\O'Hara\Lib"}, "cp1252")
    assert command_of(read_settings(path, "cp1252")) == (
        r'cmd.exe  /K ""C:\Py\python.exe" -B -P -c "import sys, os;import xlwings.utils;'
        r"xlwings.utils.prepare_sys_path(\"False;;;;;;C:\\R^&D\\O\'Hara\\Lib\");"
        "import xlwings; xlwings.serve('$(CLSID)')\"\""
    )


def test_the_page_for_it_shows_the_program_and_its_switches(root: Path) -> None:
    shown = (root / "docs" / "it.md").read_text("utf-8").partition("cmd.exe ")[2].partition("\n")[0]
    made = command_of({"INTERPRETER_WIN": r"...\python.exe"}).removeprefix("cmd.exe ").lstrip()
    assert shown == made.partition("import")[0] + '..."' + '"'


def test_the_settings_decide_as_in_the_macro() -> None:
    settings = {"INTERPRETER_WIN": "python", "CONDA PATH": r"C:\conda", "CONDA ENV": "billing"}
    assert command_of(settings).startswith(
        r'cmd.exe  /K ""C:\conda\condabin\conda" activate billing && python -B'
    )
    assert "/showconsole" in command_of({"SHOW CONSOLE": "True"})
    assert command_of({"DEBUG UDFS": "True"}).startswith("{")
