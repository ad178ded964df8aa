"""docs/performance.md names every row there is, and no test or product runs a benchmark."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.frame.document import Section, sections_in
from benchmarks.run import DOCUMENT, HERE, MODULES, section_of

HEAVY = (
    "numpy",
    "pandas",
    "polars",
    "duckdb",
    "pyarrow",
    "xlwings",
    "openpyxl",
    "xlsxwriter",
    "dateutil",
    "udfs",
)


def missing_in(document: str, section: Section) -> list[str]:
    """The rows and ways of a benchmark that its part of the document does not name."""
    part = sections_in(document).get(section.title, "")
    named = re.findall(r"^\| (.*?) \| (.*?) \|", part, re.MULTILINE)
    works, missing = dict(named), []
    for row in section.rows:
        work = f"{row.work}; {row.size}"
        if work not in works:
            missing.append(work)
        elif not works[work].startswith("not measured here"):
            at = [name for name, _ in named].index(work)
            ways = [way for _, way in named[at : at + len(row.ways)]]
            missing += [
                way.name for way, told in zip(row.ways[1:], ways[1:], strict=True) if way.name not in told
            ]
    return missing


def test_every_benchmark_is_run() -> None:
    assert {path.stem for path in HERE.glob("*.py")} == {"run", *MODULES}


@pytest.mark.parametrize("module", MODULES)
def test_the_document_names_every_row(module: str) -> None:
    assert missing_in(DOCUMENT.read_text("utf-8"), section_of(module)) == []


def test_the_document_holds_nothing_else() -> None:
    """A part whose benchmark is gone, or a row that was taken out, would be shown for ever."""
    parts = sections_in(DOCUMENT.read_text("utf-8"))
    sections = {section.title: section for section in map(section_of, MODULES)}
    assert [*parts] == [*sections]
    for title, part in parts.items():
        works = [work for work in re.findall(r"^\| (.*?) \|", part, re.MULTILINE)[2:] if work]
        assert works == [f"{row.work}; {row.size}" for row in sections[title].rows]


def test_a_row_that_is_missing_is_noticed() -> None:
    document, section = DOCUMENT.read_text("utf-8"), section_of(MODULES[0])
    first = section.rows[0]
    assert missing_in(document.replace(f"{first.work}; {first.size}", "another"), section)
    assert missing_in(document.replace(first.ways[1].name, "another"), section)


def importers_of_benchmarks(source: str) -> bool:
    """Whether a module imports the benchmarks."""
    names = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names.append(node.module or "")
    return any(name.partition(".")[0] == "benchmarks" for name in names)


def test_nothing_but_these_tests_imports_a_benchmark(root: Path) -> None:
    files = [
        path
        for folder in ("udfs", "addin", "templates", "tests", "examples")
        for path in (root / folder).rglob("*.py")
    ]
    found = {
        path.relative_to(root).as_posix()
        for path in files
        if importers_of_benchmarks(path.read_text("utf-8"))
    }
    assert found == {"tests/benchmarks/test_frame.py", "tests/benchmarks/test_document.py"}


def test_importing_benchmarks_measures_nothing(root: Path) -> None:
    """Neither what is measured nor what it is compared with is imported before a row is asked for."""
    code = (
        "import sys; from benchmarks.run import MODULES, section_of; [section_of(name) for name in MODULES]\n"
    )
    code += f"print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
