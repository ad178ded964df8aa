"""No file grows past reading, and no file names what has no business in a project that others build on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

LONGEST = 400
OURS = ("udfs", "addin", "templates", "tests", "examples", "benchmarks", "docs", ".ci")

# Written so that this file does not match itself.
FORBIDDEN = {
    "a registry host": r"\b(pypi|pythonhosted|npmjs|debian|ubuntu|crates|golang|conda)[.](org|io|com)\b",
    "a path of one machine": r"(?<![\w.])/(wor[k]|hom[e]/\w+|Use[r]s/\w+|tmp/pla[n])/",
    "a part of xlwings that is not free": r"xlwings([._]| import )(pro|server|reports)\b",
    "a switch of xlwings that is not free": r"XLWINGS_(ON_SERVER|LICENSE_KE[Y])|LICENSE[_ ]KE[Y]",
    "a conflict left behind": r"^(<{7}|>{7}) ",
}


def text_files(root: Path) -> Iterator[tuple[Path, str]]:
    """Every text file of the project, without what is made or fetched."""
    paths = [path for folder in OURS for path in sorted((root / folder).rglob("*"))]
    paths += sorted(path for path in root.iterdir() if path.name != ".git")
    for path in paths:
        if path.is_file() and "__pycache__" not in path.parts:
            content = path.read_bytes()
            if b"\0" not in content:
                yield path.relative_to(root), content.decode("utf-8", "replace")


def found_in(text: str) -> list[str]:
    """What is forbidden and stands in the text."""
    return [what for what, pattern in FORBIDDEN.items() if re.search(pattern, text, re.MULTILINE)]


def test_no_file_is_too_long(root: Path) -> None:
    files = {path: len(text.splitlines()) for path, text in text_files(root) if path.suffix == ".py"}
    assert len(files) > 10
    assert {str(path): lines for path, lines in files.items() if lines > LONGEST} == {}


def test_no_file_names_what_it_must_not(root: Path) -> None:
    found = {str(path): found_in(text) for path, text in text_files(root)}
    assert "Makefile" in found
    assert {path: what for path, what in found.items() if what} == {}


@pytest.mark.parametrize(
    "text",
    [
        "deb http://deb.debian" + ".org/debian bookworm main",
        "--index-url https://pypi" + ".org/simple",
        "see /wor" + "k/main/udfs",
        "/hom" + "e/someone/project",
        "import xlwings" + ".pro",
        "from xlwings import " + "reports",
        "XLWINGS_" + "ON_SERVER=1",
        "<<<<<<" + "< HEAD",
    ],
)
def test_a_forbidden_word_is_seen(text: str) -> None:
    assert found_in(text)


def test_plain_text_is_let_through() -> None:
    assert found_in("On Debian 12: make test. The workbook stands in out/, as your neighbours/work.") == []


def test_there_is_no_utils_module(root: Path) -> None:
    assert [
        str(path) for path, _ in text_files(root) if path.name in {"utils.py", "helpers.py", "misc.py"}
    ] == []
