"""The add-in file agrees with the lists, is read by others, and comes out the same each time."""

from __future__ import annotations

import re
import subprocess
import sys
import warnings
import zipfile
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pyopenvba
import pytest

from addin.hosts.excel import udfs
from addin.ribbon.building import vba_text, xlam
from addin.ribbon.building.build import build_all
from addin.ribbon.building.ribbon_xml import NAMESPACE, PART, ribbon_xml
from addin.ribbon.surface import ACTIONS, COMMANDS, GROUPS
from templates.blank.made import BLANKS
from tests.ribbon.vba_types import mismatches
from udfs.cells import CELL_FUNCTIONS

LONGEST_LINE = 1023
"""Of VBA."""
MOST_CONTINUATIONS = 24


@pytest.fixture(scope="module")
def addin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("addin") / "tollsheet.xlam"
    xlam.build(path)
    return path


@pytest.fixture(scope="module")
def read_by_olevba(addin: Path) -> dict[str, str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # its own, of pyparsing
        from oletools.olevba import VBA_Parser

        parser = VBA_Parser(str(addin))
        try:
            return {name.rpartition(".")[0]: text for _, _, name, text in parser.extract_macros()}
        finally:
            parser.close()


def test_every_function_has_its_wrapper_and_none_is_left_over(read_by_olevba: dict[str, str]) -> None:
    wrapped = re.findall(r"^Public Function (\w+)\(", read_by_olevba["TollsheetFunctions"], re.MULTILINE)
    assert wrapped == list(CELL_FUNCTIONS)


@pytest.mark.parametrize("function", CELL_FUNCTIONS.values(), ids=lambda function: function.name)
def test_a_wrapper_hands_on_its_arguments_in_their_order(function: object) -> None:
    text = vba_text.wrapper(function)  # type: ignore[arg-type]
    declared = re.search(r"\((.*)\) As Variant", text)
    given = re.search(r"Array\((.*?)\)", text)
    assert declared is not None
    assert given is not None
    parameters = [part.strip() for part in declared[1].split(",")]
    names = [part.removeprefix("Optional ").removesuffix(" As Variant") for part in parameters]
    assert [name.removesuffix("_") for name in names] == [one.name for one in function.arguments]  # type: ignore[attr-defined]
    assert given[1].split(", ") == names
    optional = [part.startswith("Optional ") for part in parameters]
    assert optional == [not one.required for one in function.arguments]  # type: ignore[attr-defined]


def test_every_function_is_described_with_all_its_arguments(read_by_olevba: dict[str, str]) -> None:
    text = read_by_olevba["TollsheetDescriptions"].replace(" _\r\n", " ").replace(" _\n", " ")
    described = re.findall(r'^    Describe "(\w+)", +"((?:[^"]|"")*)", +Array\((.*)\)', text, re.MULTILINE)
    assert [name for name, _, _ in described] == list(CELL_FUNCTIONS)
    for name, description, helps in described:
        function = CELL_FUNCTIONS[name]
        assert description.replace('""', '"') == function.description
        shown = [found.replace('""', '"') for found in re.findall(r'"((?:[^"]|"")*)"', helps)]
        assert shown == [argument.help for argument in function.arguments]
    assert 'Category:="Tollsheet"' in text


def test_the_server_knows_the_same_functions() -> None:
    names = re.findall(r'TollsheetResult\("(\w+)"', vba_text.functions_module())
    assert all(callable(getattr(udfs, name)) for name in names)
    assert f'UDF_MODULE As String = "{udfs.__name__}"' in vba_text.modules()["TollsheetGateway"]


def test_every_button_calls_a_macro_and_every_macro_has_a_button(read_by_olevba: dict[str, str]) -> None:
    root = ElementTree.fromstring(ribbon_xml())
    called = [button.attrib["onAction"] for button in root.iter(f"{{{NAMESPACE}}}button")]
    macros = re.findall(r"^Public Sub (\w+)\(", read_by_olevba["TollsheetButtons"], re.MULTILINE)
    assert called == macros == [action.macro for action in ACTIONS]
    assert re.findall(r'TollsheetRun "([^"]+)"', read_by_olevba["TollsheetButtons"]) == [
        action.name for action in ACTIONS
    ]


def test_the_ribbon_offers_each_template_and_says_what_it_is_for() -> None:
    (menu,) = ElementTree.fromstring(ribbon_xml()).iter(f"{{{NAMESPACE}}}menu")
    assert menu.attrib["label"] == "New from template"
    assert menu.attrib["itemSize"] == "large", "else no description is shown"
    assert [(item.attrib["label"], item.attrib["description"]) for item in menu] == [
        (blank.title, blank.purpose) for blank in BLANKS
    ]
    assert [command.name for command in COMMANDS if command.items] == ["new_from_template"]


def test_the_ribbon_has_each_id_once_and_each_group_filled() -> None:
    root = ElementTree.fromstring(ribbon_xml())
    ids = Counter(element.attrib["id"] for element in root.iter() if "id" in element.attrib)
    assert set(ids.values()) == {1}
    groups = {group.attrib["label"]: len(group) for group in root.iter(f"{{{NAMESPACE}}}group")}
    assert list(groups) == list(GROUPS)
    assert sum(groups.values()) == len(COMMANDS)
    for button in (one for name in ("button", "menu") for one in root.iter(f"{{{NAMESPACE}}}{name}")):
        assert all(button.attrib[name] for name in ("label", "imageMso", "screentip", "supertip"))
        assert len(button.attrib["supertip"]) <= 1024


def test_excel_finds_the_ribbon(addin: Path) -> None:
    with zipfile.ZipFile(addin) as package:
        relationships = ElementTree.fromstring(package.read("_rels/.rels"))
        targets = {one.attrib["Type"]: one.attrib["Target"] for one in relationships}
        assert len({one.attrib["Id"] for one in relationships}) == len(relationships)
        assert targets["http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"] == PART
        assert package.read(PART) == ribbon_xml()


def test_two_builds_are_equal(addin: Path, tmp_path: Path) -> None:
    (again,) = (path for path in build_all(tmp_path) if path.name == xlam.NAME)
    assert again.read_bytes() == addin.read_bytes()


def test_two_readers_find_the_same_text(addin: Path, read_by_olevba: dict[str, str]) -> None:
    assert pyopenvba.check_file(addin).issues == ()
    with pyopenvba.ExcelFile(addin) as book:
        assert book.validate() == []
        read = {name: text.split() for name, text in book.vba_modules().items()}
    assert {name: text.split() for name, text in read_by_olevba.items()} == read
    for name, text in vba_text.modules().items():
        assert read[name] == text.split()
    assert "Workbook_Open()" in read["ThisWorkbook"]


def test_the_vba_keeps_within_the_editor_s_limits() -> None:
    for name, text in {**vba_text.modules(), "ThisWorkbook": vba_text.this_workbook()}.items():
        assert text.isascii(), name
        assert max(map(len, text.splitlines())) <= LONGEST_LINE, name
        continued = max(
            (run.count("\n") for run in re.findall(r"(?:[^\n]* _\n)+", text)),
            default=0,
        )
        assert continued <= MOST_CONTINUATIONS, name
        if name != "TollsheetFunctions" and name not in ("TollsheetButtons", "ThisWorkbook"):
            assert "Option Private Module" in text, f"people would be offered the functions of {name}"


def test_variables_are_handed_over_as_the_type_they_have() -> None:
    """Excel refuses to compile a module otherwise, LibreOffice does not."""
    texts = vba_text.modules()
    del texts["xlwings"]  # as it comes, and Excel compiles it every day
    texts["ThisWorkbook"] = vba_text.this_workbook()
    assert mismatches(texts) == []
    planted = "Public Sub Probe(key As Variant)\n    TollsheetRun key, Left(key, 3)\nEnd Sub\n"
    assert mismatches({**texts, "Planted": planted}) == [
        "Planted:2: key As Variant is handed to TollsheetRun, whose commandName is String by reference"
    ]


def test_a_workbook_cannot_say_which_program_is_started() -> None:
    text = vba_text.xlwings_module()
    reading = text[text.index("Function GetConfig(configKey") : text.index("Function SaveConfigToFile")]
    assert "SheetExists(ActiveWorkbook" not in reading
    assert 'source = "" Or source = "directory"' not in reading
    assert 'If source = "" Or source = "user" Then' in reading
    assert 'PROJECT_NAME As String = "tollsheet"' in text
    assert reading.count("If False Then") == 1


def test_a_module_beside_a_workbook_is_not_imported(tmp_path: Path) -> None:
    """Excel's current folder is often that of a workbook received by mail."""
    (tmp_path / "xlwings.py").write_text("raise SystemExit('a module of the mail ran')\n", "utf-8")
    tail = re.search(r'tail = "( -B[^"]*)""import sys, os;"', vba_text.xlwings_module())
    assert tail is not None
    *flags, c = tail[1].split()
    assert c == "-c"
    code = "import sys, os;import xlwings.utils;print('ours')"
    done = subprocess.run(
        [sys.executable, *flags, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.stderr) == ("ours", "")


def test_the_name_of_a_workbook_is_in_no_command_line() -> None:
    """`a&calc.xlsx` would end the command and begin another, `a;b.xlsx` add a folder to the path."""
    lines = [line for line in vba_text.xlwings_module().splitlines() if "PYTHONPATH =" in line]
    assert lines
    assert not any("FullName" in line for line in lines)


def test_nothing_starts_a_console_or_leads_to_paid_parts() -> None:
    for name, text in vba_text.modules().items():
        for phrase in (
            "RunPython ",
            "WScript.Run",
            "ExecuteWindows",
            "xlwings" + ".pro",
            '".py"',
            "licenseKey = GetConfig",
        ):
            assert phrase not in text, (name, phrase)
    kept = re.findall(
        r"^(?:Public |Private )?(?:Function|Sub) (\w+)", vba_text.xlwings_module(), re.MULTILINE
    )
    assert {"XLPy", "XLPyCommand", "XLPyLoadDLL", "GetConfig", "KillPy"} <= set(kept)
    assert not set(kept) & set(vba_text.LEFT_OUT)
    text = vba_text.xlwings_module()
    assert text.count("\n#If") + text.count("\n    #If") <= text.count("#End If")


def test_another_xlwings_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vba_text, "version", lambda _: "0.38.0")
    with pytest.raises(vba_text.BuildError, match=r"pip install xlwings==0\.37\.8"):
        vba_text.xlwings_module()


def test_the_settings_leave_the_user_s_file_its_say(addin: Path) -> None:
    with zipfile.ZipFile(addin) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
        assert 'sheet name="tollsheet.conf"' in package.read("xl/workbook.xml").decode()
    texts = re.findall(r"<t>([^<]*)</t>", sheet)
    settings = dict(zip(texts[::2], texts[1::2], strict=True))
    assert settings["UDF MODULES"] == "addin.hosts.excel.udfs"
    assert (settings["USE UDF SERVER"], settings["SHOW CONSOLE"]) == ("True", "False")
    assert settings["ADD_WORKBOOK_TO_PYTHONPATH"] == "False"
    assert "INTERPRETER_WIN" not in settings
    assert "PYTHONPATH" not in settings
