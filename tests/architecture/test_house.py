"""The commands a person types, and that no test is skipped in silence."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

TOP_LEVEL = {"udfs", "addin", "templates", "tests", "examples", "benchmarks", "docs"}
MADE = {"out", "build", "dist", "__pycache__"}
SKIPS = {"skip", "skipif", "skipIf", "skipUnless", "importorskip", "xfail", "SkipTest"}


def skips_in(source: str) -> list[str]:
    """Names by which a test would be skipped or allowed to fail."""
    nodes = ast.walk(ast.parse(source))
    named = (node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "") for node in nodes)
    return [name for name in named if name in SKIPS]


def test_the_folders_are_those_that_were_agreed(root: Path) -> None:
    folders = {path.name for path in root.iterdir() if path.is_dir() and not path.name.startswith(".")}
    assert folders - MADE == TOP_LEVEL


def test_ci_runs_what_a_person_runs(root: Path) -> None:
    script = root / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "make test" in script.read_text("utf-8")


@pytest.mark.parametrize(
    "target", ["demo", "test", "test-windows", "lint", "bench", "examples", "templates", "pictures"]
)
def test_each_target_is_explained(root: Path, target: str) -> None:
    told = subprocess.run(["make", "help"], cwd=root, capture_output=True, text=True, check=True).stdout
    assert re.search(rf"^  {target} +\w", told, re.MULTILINE)


def test_make_test_checks_everything(root: Path) -> None:
    planned = subprocess.run(
        ["make", "-n", "test"], cwd=root, capture_output=True, text=True, check=True
    ).stdout
    for command in ("install.sh", "ruff check", "ruff format --check", "mypy", "pytest"):
        assert command in planned


def test_what_was_pinned_is_pinned(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["requires-python"] == ">=3.11"
    assert "python-dateutil>=4" in project["dependencies"]
    assert "xlwings==0.37.8" in [*project["dependencies"], *project["optional-dependencies"]["excel"]]


def test_no_test_is_skipped(root: Path) -> None:
    files = sorted((root / "tests").rglob("*.py"))
    assert len(files) > 5
    found = {str(path): skips_in(path.read_text("utf-8")) for path in files}
    assert {path: names for path, names in found.items() if names} == {}


@pytest.mark.parametrize(
    "source",
    ["import pytest\npytest.skip('later')", "@pytest.mark.xfail\ndef test_x(): ...", "importorskip('uno')"],
)
def test_a_skip_is_seen(source: str) -> None:
    assert skips_in(source)
