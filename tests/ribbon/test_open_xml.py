"""Microsoft's own validator reads the add-in, and would see a fault."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from addin.ribbon.building import xlam
from addin.ribbon.building.ribbon_xml import PART
from tests.validator.validate import validate
from tests.workbook_lint.delivered import faults


@pytest.fixture(scope="module")
def addin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("addin") / xlam.NAME
    xlam.build(path)
    return path


def test_the_add_in_is_valid(addin: Path) -> None:
    answer = validate(addin)
    assert answer["errors"] == []
    assert answer["ok"] is True
    assert faults(addin) == []


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (PART, b'size="large"', b'size="huge"'),
        (PART, b"imageMso=", b"imageMSO="),
        ("xl/worksheets/sheet1.xml", b't="inlineStr"', b't="inline"'),
    ],
)
def test_a_fault_is_seen(addin: Path, tmp_path: Path, part: str, old: bytes, new: bytes) -> None:
    spoilt = tmp_path / xlam.NAME
    with zipfile.ZipFile(addin) as package, zipfile.ZipFile(spoilt, "w") as copy:
        for name in package.namelist():
            content = package.read(name)
            if name == part:
                assert old in content
                content = content.replace(old, new)
            copy.writestr(name, content)
    assert validate(spoilt)["ok"] is False
