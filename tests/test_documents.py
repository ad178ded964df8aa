"""What the documents promise: examples run, named files exist, function tables agree with the functions."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

from udfs.cells import CELL_FUNCTIONS

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])


def test_the_readme_s_examples_run() -> None:
    """Those of docs/functions.md come from docstrings, which run as tests themselves."""
    result = doctest.testfile(str(ROOT / "README.md"), module_relative=False, encoding="utf-8")
    assert (result.failed, result.attempted >= 10) == (0, True)


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
