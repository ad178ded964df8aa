"""`tollsheet template`: the committed file, as it is, and never over another by accident."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner

from addin.cli.template import command
from addin.errors import TollsheetError
from addin.hosts.blank_templates import blank_path
from templates.blank.made import BLANKS


def run(*arguments: str) -> str:
    done = CliRunner().invoke(command, arguments, catch_exceptions=False, standalone_mode=False)
    assert done.return_value == 0
    return done.output


@pytest.mark.parametrize("name", [one.name for one in BLANKS])
def test_it_writes_the_committed_file(name: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.xlsx"
    assert str(path) in run(name.upper(), "-o", str(path))
    blank = next(one for one in BLANKS if one.name == name)
    assert path.read_bytes() == blank_path(blank).read_bytes()


def test_the_list_names_each_and_what_it_is_for() -> None:
    lines = run("--list").splitlines()
    assert len(lines) == len(BLANKS) >= 2
    for line, blank in zip(lines, BLANKS, strict=True):
        assert line.startswith(blank.name)
        assert line.endswith(blank.purpose)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing", "-o", "OUT"], 'There is no template "nothing"'),
        (["rating"], "No file to write is named"),
        ([], "No template is named"),
        (["rating", "-o", "calls.csv"], "is no .xlsx"),
    ],
)
def test_bad_input_says_what_to_do(arguments: list[str], said: str, tmp_path: Path) -> None:
    with pytest.raises(TollsheetError, match=said):
        run(*(str(tmp_path / "new.xlsx") if one == "OUT" else one for one in arguments))
    assert not [*tmp_path.iterdir()]


def test_nothing_is_replaced_without_force(tmp_path: Path) -> None:
    path = tmp_path / "mine.xlsx"
    path.write_text("mine")
    with pytest.raises(TollsheetError, match="exists already"):
        run("rating", "-o", str(path))
    assert path.read_text() == "mine"
    run("rating", "-o", str(path), "--force")
    assert path.read_bytes()[:2] == b"PK"


def test_the_wheel_brings_the_templates(root: Path, tmp_path: Path) -> None:
    build = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*build, "--wheel-dir", str(tmp_path), str(root)], check=True, capture_output=True)
    [wheel] = tmp_path.glob("*.whl")
    with ZipFile(wheel) as package:
        for blank in BLANKS:
            assert package.read(f"templates/{blank.name}.xlsx") == blank_path(blank).read_bytes()
