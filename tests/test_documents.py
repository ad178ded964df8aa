"""What the documents promise: examples run, named files exist, function tables agree with the functions."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

import udfs
from udfs.cells import CELL_FUNCTIONS

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_examples_run(document: Path) -> None:
    functions = {name: getattr(udfs, name) for name in CELL_FUNCTIONS}
    result = doctest.testfile(str(document), module_relative=False, encoding="utf-8", globs=functions)
    assert result.failed == 0
    if document.name == "README.md":
        assert result.attempted >= 10


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", document.read_text("utf-8")):
        if "://" not in target:
            assert (document.parent / target).exists(), target


def test_the_readme_s_table_is_the_list_of_functions() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert re.findall(r"^\| `([A-Z_]+)\(", readme, re.M) == list(CELL_FUNCTIONS)


def test_a_link_to_nowhere_is_noticed(tmp_path: Path) -> None:
    planted = tmp_path / "planted.md"
    planted.write_text("[gone](nowhere.md)", "utf-8")
    with pytest.raises(AssertionError, match="nowhere"):
        test_links_lead_somewhere(planted)
