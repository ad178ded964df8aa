"""Each template as it is shipped: what its builder makes, valid, and nothing in it stale."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from addin.hosts.blank_templates import FOLDER, blank_path
from templates.blank.made import BLANKS, Blank
from templates.shared.durations import LONG_TIMES, what_is_wrong
from tests.office.harness import print_sheets
from tests.templates.blank.programs import in_ironcalc, in_office, stale, stored
from tests.workbook_lint.delivered import faults

NAMES = [one.name for one in BLANKS]
each = pytest.mark.parametrize("blank", BLANKS, ids=NAMES)


def parts(content: bytes) -> dict[str, bytes]:
    """The parts of a package. Whole files are not compared: another zlib packs the same text differently."""
    with ZipFile(BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def copied(blank: Blank, folder: Path) -> Path:
    """A copy of the template: LibreOffice writes a lock beside what it opens."""
    path = folder / "template.xlsx"
    path.write_bytes(blank_path(blank).read_bytes())
    return path


@each
def test_it_is_what_its_builder_makes(blank: Blank) -> None:
    """`make templates` builds them again, also when XlsxWriter comes to write something else."""
    committed, built = parts(blank_path(blank).read_bytes()), parts(blank.build())
    assert [*committed] == [*built]
    assert [name for name in built if built[name] != committed[name]] == []


def test_no_other_workbook_lies_there() -> None:
    assert sorted(path.stem for path in FOLDER.rglob("*.xlsx")) == sorted(NAMES)


@each
def test_nothing_in_it_is_stale(blank: Blank, tmp_path: Path) -> None:
    path = copied(blank, tmp_path)
    assert stale(path, in_ironcalc(path)) == []
    assert stale(path, in_office(path)) == []


@each
def test_every_sheet_can_be_printed(blank: Blank, tmp_path: Path) -> None:
    path = copied(blank, tmp_path)
    assert [*print_sheets(path, tmp_path / "printed")] == load_workbook(path).sheetnames


@each
def test_it_is_valid(blank: Blank) -> None:
    assert faults(blank_path(blank)) == []


@each
def test_it_begins_with_how_to_use_it_and_all_its_checks_pass(blank: Blank) -> None:
    path = blank_path(blank)
    book, values = load_workbook(path), stored(path)
    assert book.sheetnames[0] == "How to use"
    assert values["How to use!A1"] == blank.title
    assert values["How to use!A4"] == "All checks pass"
    checks = {
        name: str(value.attr_text).replace("$", "").replace("'", "")
        for name, value in book.defined_names.items()
        if name.startswith("check_")
    }
    assert len(checks) > 3
    assert {values[cell] for cell in checks.values()} == {True}


@each
def test_formulas_need_no_newer_program(blank: Blank) -> None:
    """Nothing volatile, and nothing that came after Excel 2010; names of functions are no formulas."""
    book = load_workbook(blank_path(blank))
    texts = [
        str(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert texts
    words = ("_xlfn", "_xlpm", "INDIRECT(", "OFFSET(", "TODAY(", "NOW(", "RAND(")
    assert [text for text in texts if any(word in text for word in words)] == []
    assert max(map(len, texts)) < 8000


@each
def test_people_can_type_where_it_is_yellow(blank: Blank) -> None:
    """Named settings are open on a protected sheet; sheets with tables to fill are not protected."""
    book = load_workbook(blank_path(blank))
    for sheet in book:
        yellow = [
            cell
            for row in sheet.iter_rows()
            for cell in row
            if cell.fill.fgColor.rgb == "FFFFF8DC" and cell.data_type != "f"
        ]
        assert all(not cell.protection.locked for cell in yellow), sheet.title


@each
def test_what_cannot_be_told_from_seconds_is_said_where_they_are_typed(blank: Blank) -> None:
    """A day and a half is 1.5, as 1.5 s is: it can be neither read nor refused."""
    assert not what_is_wrong(Decimal("1.5"))
    tables = [sheet for sheet in load_workbook(blank_path(blank)) if sheet.tables]
    heads = [cell for sheet in tables for cell in sheet[4] if cell.value == "Seconds"]
    assert [cell for cell in heads if LONG_TIMES not in (cell.comment.text if cell.comment else "")] == []
    assert heads or blank.name == "dispute"
