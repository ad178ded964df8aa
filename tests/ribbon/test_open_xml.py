"""Microsoft's own validator reads the add-in, and would see a fault."""

from __future__ import annotations

import json
import os
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from addin.ribbon.building import xlam
from addin.ribbon.building.ribbon_xml import PART

VALIDATOR = Path("node_modules", ".bin", "ooxml-validator")


def validate(root: Path, path: Path) -> dict[str, Any]:
    """What the validator says of a file."""
    program = root / os.environ.get("VALIDATOR_HOME", ".venv/validator") / VALIDATOR
    assert program.exists(), "The Open XML SDK validator is missing: `make validator` installs it."
    done = subprocess.run([program, path], capture_output=True, text=True, timeout=120)
    assert done.stdout, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


@pytest.fixture(scope="module")
def addin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("addin") / xlam.NAME
    xlam.build(path)
    return path


def test_the_add_in_is_valid(root: Path, addin: Path) -> None:
    answer = validate(root, addin)
    assert answer["errors"] == []
    assert answer["ok"] is True


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (PART, b'size="large"', b'size="huge"'),
        (PART, b"imageMso=", b"imageMSO="),
        ("xl/worksheets/sheet1.xml", b't="inlineStr"', b't="inline"'),
    ],
)
def test_a_fault_is_seen(root: Path, addin: Path, tmp_path: Path, part: str, old: bytes, new: bytes) -> None:
    spoilt = tmp_path / xlam.NAME
    with zipfile.ZipFile(addin) as package, zipfile.ZipFile(spoilt, "w") as copy:
        for name in package.namelist():
            content = package.read(name)
            if name == part:
                assert old in content
                content = content.replace(old, new)
            copy.writestr(name, content)
    assert validate(root, spoilt)["ok"] is False
