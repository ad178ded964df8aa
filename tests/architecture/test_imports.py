"""Imports only go down, third-party packages stay in few files, rules touch nothing outside."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.architecture.rules import broken_imports, broken_purity, layer, modules


def test_the_modules_are_found(root: Path) -> None:
    """A rule that looks at no file would pass for ever."""
    names = {name for name, _ in modules(root)}
    assert {"udfs", "udfs.rating", "addin.records.call", "templates"} <= names


def test_imports_only_go_down(root: Path) -> None:
    broken = [
        line
        for name, path in modules(root)
        for line in broken_imports(name, path.read_text("utf-8"), is_package=path.name == "__init__.py")
    ]
    assert broken == []


def test_every_module_has_a_layer(root: Path) -> None:
    assert [name for name, _ in modules(root) if layer(name) is None and name != "addin"] == []


def test_rules_touch_nothing_outside_the_process(root: Path) -> None:
    broken = [
        line
        for name, path in modules(root)
        if name.startswith("udfs")
        for line in broken_purity(name, path.read_text("utf-8"))
    ]
    assert broken == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("udfs.rating.cost", "import addin.records"),
        ("udfs.rating.cost", "from addin.records import call"),
        ("udfs.rating.cost", "from udfs import cells"),
        ("udfs.rating.cost", "from ..cells import BILLED_MINUTES"),
        ("udfs.rating.cost", "from udfs.cells import BILLED_MINUTES"),
        ("udfs.rating.cost", "def f():\n    from udfs import cells"),
        ("udfs.rating.cost", "import importlib\nimportlib.import_module('addin.cli')"),
        ("udfs.cell_values", "from udfs.rating import rounding"),
        ("udfs.errors", "from udfs.cell_values import number"),
        ("addin.records.twilio", "from addin.records import plivo"),
        ("addin.records.twilio", "from addin.records.plivo import FORMATS"),
        ("addin.records.twilio", "from . import generic"),
        ("addin.records.call", "from addin.reconcile import bridge"),
        ("addin.reconcile.bridge", "from addin.reports.model import Report"),
        ("addin.reports.model", "import templates.reconciliation"),
        ("templates.reconciliation", "from addin.hosts import workbook"),
        ("addin.hosts.workbook", "from addin.cli import main"),
        ("addin.hosts.report_files.reconciliation", "from addin.hosts.calc import Engine"),
        ("addin.hosts.excel.program", "import addin.hosts.calc"),
        ("addin.hosts.workbook", "from addin.ribbon import commands"),
        ("addin.somewhere", "from udfs.errors import CellError"),
        ("udfs.rating.cost", "import numpy as np"),
        ("udfs.cells", "from numpy import int64"),
        ("udfs.rating.month", "import dateutil.tz"),
        ("udfs.cells", "import xlwings"),
        ("addin.reports.model", "import xlsxwriter"),
        ("addin.reconcile.bridge", "from openpyxl import load_workbook"),
        ("addin.hosts.workbook", "import pandas"),
    ],
)
def test_a_forbidden_import_is_seen(module: str, source: str) -> None:
    assert broken_imports(module, source)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("udfs.rating.cost", "from fractions import Fraction\nfrom udfs.rating.rounding import round_amount"),
        ("udfs.rating.cost", "from .rounding import round_amount\nfrom ..errors import CellError"),
        ("udfs.rating.columns", "import numpy as np"),
        ("udfs.cells", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import numpy as np"),
        (
            "addin.records.twilio",
            "from addin.records.call import Call\nfrom addin.errors import X",
        ),
        ("addin.records.formats", "from addin.records import twilio, plivo"),
        (
            "addin.hosts.report_files.reconciliation",
            "import xlsxwriter\nfrom addin.hosts.files import write_text",
        ),
        ("addin.cli", "import click\nfrom addin.hosts.workbook import write"),
        ("templates.reconciliation", "from addin.reports.model import Report\nimport xlsxwriter"),
    ],
)
def test_a_good_import_is_let_through(module: str, source: str) -> None:
    assert broken_imports(module, source) == []


def test_a_package_resolves_its_own_relative_imports() -> None:
    assert broken_imports("udfs.rating", "from . import cost", is_package=True) == []
    assert broken_imports("udfs.rating", "from ..cells import X", is_package=True)


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import datetime\nX = datetime.now()",
        "import datetime\nX = datetime.date.today()",
        "import time\nX = time.time()",
        "import os",
        "def f(path):\n    with open(path) as file:\n        return file.read()",
        "from pathlib import Path",
        "print('rated')",
    ],
)
def test_a_rule_that_looks_outside_is_seen(source: str) -> None:
    assert broken_purity("udfs.rating.cost", source)


def test_a_pure_rule_is_let_through() -> None:
    assert broken_purity("udfs.rating.cost", "from datetime import date, time\nX = date(2026, 9, 1)") == []
