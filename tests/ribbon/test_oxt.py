"""The extension agrees with the lists it is made from and the README, and holds all that it needs."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from addin.errors import TollsheetError
from addin.ribbon.building import oxt_packages
from addin.ribbon.building.oxt import REGISTERED, build
from addin.ribbon.building.oxt_parts import help_of
from addin.ribbon.surface import ACTIONS, COMMANDS, GROUPS, Command
from udfs import CELL_FUNCTIONS

OOR = "{http://openoffice.org/2001/registry}"
MOST_BYTES = 3_000_000


@pytest.fixture(scope="module")
def extension(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("oxt") / "tollsheet.oxt"
    build(path)
    return path


@pytest.fixture(scope="module")
def unpacked(extension: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    with ZipFile(extension) as archive:
        archive.extractall(folder)
    return folder


def child(node: ElementTree.Element, *names: str) -> ElementTree.Element:
    for name in names:
        node = next(found for found in node if found.get(f"{OOR}name") == name)
    return node


def said(node: ElementTree.Element) -> dict[str, str]:
    """The properties of a node."""
    return {found.attrib[f"{OOR}name"]: found[0].text or "" for found in node.findall("prop") if len(found)}


def test_two_builds_are_equal(extension: Path, tmp_path: Path) -> None:
    build(tmp_path / "again.oxt")
    assert (tmp_path / "again.oxt").read_bytes() == extension.read_bytes()
    assert extension.stat().st_size < MOST_BYTES


def test_the_functions_are_those_of_the_list(unpacked: Path) -> None:
    root = ElementTree.parse(unpacked / "CalcAddIns.xcu").getroot()
    functions = child(root, "AddInInfo", "org.tollsheet.Functions", "AddInFunctions")
    assert [node.get(f"{OOR}name") for node in functions] == list(CELL_FUNCTIONS)
    for node, function in zip(functions, CELL_FUNCTIONS.values(), strict=True):
        assert said(node) == {
            "DisplayName": function.name,
            "CompatibilityName": function.name,
            "Description": function.description,
            "Category": "Add-In",
        }
        told = [(found.get(f"{OOR}name"), said(found)) for found in child(node, "Parameters")]
        assert told == [
            (argument.name, {"DisplayName": argument.name, "Description": help_of(argument)})
            for argument in function.arguments
        ]


def test_the_readme_names_the_same_functions_and_arguments(root: Path) -> None:
    readme = (root / "README.md").read_text("utf-8")
    lines = re.findall(r"^\| `([A-Z_]+\(.*?\))` \|", readme, re.MULTILINE)
    assert [re.sub(r"=[^\],]*", "", line) for line in lines] == [
        function.signature for function in CELL_FUNCTIONS.values()
    ]


def test_menu_and_toolbar_hold_the_commands(unpacked: Path) -> None:
    root = ElementTree.parse(unpacked / "Addons.xcu").getroot()
    menu = child(root, "AddonUI", "OfficeMenuBar", "org.tollsheet.menu", "Submenu")
    toolbar = child(root, "AddonUI", "OfficeToolBar", "org.tollsheet.toolbar")
    for items in (menu, toolbar):
        shown = [said(item) for item in items]
        names = [item.attrib[f"{OOR}name"] for item in items]
        assert names == sorted(set(names))  # LibreOffice sorts by name
        commands = [item for item in shown if item["URL"] != "private:separator"]
        assert len(shown) - len(commands) == len(GROUPS) - 1
        assert [(item["URL"], item["Title"]) for item in commands] == [
            (f"org.tollsheet:{command.name}", command.label) for command in COMMANDS
        ]


def test_a_menu_opens_where_a_command_has_items(unpacked: Path) -> None:
    def shown(commands: tuple[Command, ...]) -> list[tuple[str, str]]:
        return [(f"org.tollsheet:{command.name}", command.label) for command in commands]

    root = ElementTree.parse(unpacked / "Addons.xcu").getroot()
    menu = child(root, "AddonUI", "OfficeMenuBar", "org.tollsheet.menu", "Submenu")
    opened = {
        said(item)["URL"]: [(said(one)["URL"], said(one)["Title"]) for one in child(item, "Submenu")]
        for item in menu
        if item.find("node") is not None
    }
    with_items = [command for command in COMMANDS if command.items]
    assert opened == {f"org.tollsheet:{one.name}": shown(one.items) for one in with_items}
    toolbar = child(root, "AddonUI", "OfficeToolBar", "org.tollsheet.toolbar")
    dropped = [said(item)["Title"] for item in toolbar if "ControlType" in said(item)]
    assert dropped == [one.label for one in with_items] == ["New from template"]


def test_the_component_knows_every_command_and_what_each_menu_holds(unpacked: Path) -> None:
    source = (unpacked / "tollsheet_commands.py").read_text("utf-8")
    assert ast.literal_eval(re.findall(r"^NAMES = (.*)", source, re.M)[0]) == [one.name for one in ACTIONS]
    assert ast.literal_eval(re.findall(r"^MENUS = (.*)", source, re.M)[0]) == {
        "new_from_template": {item.label: item.name for command in COMMANDS for item in command.items}
    }


def test_what_is_registered_is_there(unpacked: Path) -> None:
    root = ElementTree.parse(unpacked / "META-INF" / "manifest.xml").getroot()
    named = {entry.attrib[next(key for key in entry.attrib if "full-path" in key)] for entry in root}
    assert named == set(REGISTERED)
    assert all((unpacked / path).is_file() for path in named)
    description = ElementTree.parse(unpacked / "description.xml").getroot()
    values = {element.get("value") for element in description.iter() if element.get("value")}
    assert values == {"org.tollsheet", "0.1.0", "25.2"}


def test_nothing_is_carried_that_is_compiled_or_not_free(extension: Path) -> None:
    names = ZipFile(extension).namelist()
    assert not [name for name in names if name.endswith((".so", ".pyd", ".dll", ".pyc", ".xlam", ".xlsm"))]
    assert not [name for name in names if re.search(r"xlwings/(pro|reports|server|rest)\b", name)]
    assert not [name for name in names if name.startswith("pythonpath/numpy")]


@pytest.mark.parametrize("library", oxt_packages.LIBRARIES)
def test_every_library_comes_with_its_licence(extension: Path, library: str) -> None:
    folder = library.replace("-", "_").lower()
    names = [name.lower() for name in ZipFile(extension).namelist()]
    assert [name for name in names if re.search(rf"^pythonpath/{folder}-[\d.]+dist-info/.*licen[cs]e", name)]


WITH_NUMPY = ("udfs.rating.columns",)
"""What is for columns alone, and imported where numpy is there."""


def test_everything_in_it_is_importable_by_a_bare_python(unpacked: Path) -> None:
    """As in LibreOffice's own builds: no numpy, no other package, no time zones of the system."""
    code = f"""
import sys
sys.path.insert(0, {str(unpacked / "pythonpath")!r})
import zoneinfo
zoneinfo.reset_tzpath(())
import importlib, importlib.metadata, pkgutil
import addin, openpyxl, templates, udfs, xlsxwriter, xlwings
for package in (udfs, templates, addin):
    for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if not found.name.startswith({WITH_NUMPY!r}):
            importlib.import_module(found.name)
assert importlib.metadata.version("tollsheet") == "0.1.0"
assert udfs.__file__.startswith({str(unpacked)!r})
import dateutil.tz
dateutil.tz.reset_tzpath(())
print(udfs.MONTH_ATTRIBUTE("2024-03-31 20:00", "America/New_York"), "numpy" in sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-W", "error", "-c", code], capture_output=True, text=True
    )
    assert (done.stderr, done.stdout.split()) == ("", ["2024-04-01", "False"])


def test_a_library_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TollsheetError, match="pip install no-such-library"):
        oxt_packages.installed("no-such-library")


def test_an_old_python_is_told_what_is_missing(unpacked: Path) -> None:
    source = (unpacked / "tollsheet_functions.py").read_text("utf-8")
    old = source.replace("import sys\n", "import sys\nsys.version_info = (3, 10, 4)\n")
    done = subprocess.run([sys.executable, "-c", old], capture_output=True, text=True)
    assert "Tollsheet needs Python 3.11 or newer; this LibreOffice has 3.10" in done.stderr
