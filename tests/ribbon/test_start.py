"""What is read at a first click: the command that was clicked, and nothing of the others."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec

import pytest

from addin.ribbon.surface import ACTIONS

CODE = """
import sys
import xlwings  # brings what it likes
before = set(sys.modules)
from addin.ribbon import entry
if {name!r}:
    entry.command({name!r})
print(*(set(sys.modules) - before))
"""
OF_REPORTS = ("openpyxl", "addin.reports", "addin.hosts.report_files", "addin.hosts.open_workbook.transfer")
OF_FILES = ("addin.hosts.filling", "addin.hosts.portable", "addin.hosts.package")
TEMPLATES = ("templates.blank", "addin.hosts.blank_templates")
ANY_SHEET = ("templates", "xlsxwriter", "openpyxl", "addin.records", "addin.reports")
LEFT_OUT = {
    "": (*ANY_SHEET, *OF_FILES, *OF_REPORTS),
    "about": (*OF_REPORTS, *OF_FILES, *TEMPLATES),
    "insert_examples": (*OF_REPORTS, *OF_FILES, *TEMPLATES),
    "build_reconciliation": (*OF_FILES, *TEMPLATES, "addin.billing", "addin.storage", "addin.investigation"),
    "storage_statement": (*OF_FILES, *TEMPLATES, "addin.billing", "addin.investigation"),
    "make_portable": (*OF_REPORTS, *TEMPLATES, "addin.records", "xlsxwriter", "addin.hosts.filling"),
    "fill_workbook": (*TEMPLATES, "openpyxl", "addin.hosts.portable", "addin.hosts.report_files"),
    "new_from_template.rating": (*OF_REPORTS, *OF_FILES, "addin.records", "templates.blank.storage"),
}


def read(name: str) -> frozenset[str]:
    """The modules that a command brings along, apart from its run; those of the entry without a name."""
    code = CODE.format(name=name)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return frozenset(done.stdout.split())


def within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_other_commands_need_is_not_read(name: str) -> None:
    found = read(name)
    assert "addin.ribbon.desk" in found
    assert sorted(one for one in found for package in LEFT_OUT[name] if within(one, package)) == []


def test_the_names_are_those_of_commands_and_modules() -> None:
    assert {*LEFT_OUT} - {""} <= {action.name for action in ACTIONS}
    packages = {package for packages in LEFT_OUT.values() for package in packages}
    assert [package for package in packages if find_spec(package) is None] == []
