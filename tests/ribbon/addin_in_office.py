"""The generated VBA in a real spreadsheet: LibreOffice loads the add-in and runs it.

Exchanged for the tests: the module `xlwings` (the COM server and its DLL are Windows'), the box that waits
for a person, and a property that LibreOffice's workbooks lack. Everything else is the add-in as it is built.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from addin.ribbon.building import vba_text, xlam
from tests.office.harness import OFFICE_PYTHON, OfficeFailed, soffice

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


@dataclass(frozen=True, slots=True)
class Answers:
    """What the cells show, and what reached Python."""

    shown: list[Any]
    reached: list[str]


def build_for_office(path: Path, constants: dict[str, int]) -> None:
    """The add-in with its exchanges; `constants` of the VBA are given other values."""
    texts = vba_text.modules()
    texts["xlwings"] = (HERE / "shim" / "xlwings.bas").read_text(encoding="utf-8")
    for name, old, new in (
        ("TollsheetGateway", "TollsheetPython().CallUDF(", "CallThroughUno("),
        ("TollsheetGateway", "cells.Worksheet.Parent.Date1904", "IsOpenBookFrom1904()"),
        ("TollsheetCommand", "MsgBox ", "RecordedBox "),
        ("TollsheetCommand", '"BOOK_CALLER", ActiveWorkbook', '"BOOK_CALLER", ActiveWorkbook.Name'),
    ):
        assert old in texts[name], f"{name} has no {old}"
        texts[name] = texts[name].replace(old, new)
    for constant, number in constants.items():
        (module,) = (name for name, text in texts.items() if f"Const {constant} As" in text)
        texts[module] = re.sub(rf"(Const {constant} As \w+ = )\d+", rf"\g<1>{number}", texts[module])
    xlam.build(path, texts)


def ask(
    folder: Path,
    formulas: list[Any],
    *,
    cells: dict[str, Any] | None = None,
    macros: list[str] | None = None,
    failing: str = "",
    broken: bool = False,
    null_date: tuple[int, int, int] | None = None,
    constants: dict[str, int] | None = None,
) -> Answers:
    """Calculate formulas and call macros in a fresh LibreOffice; `failing` is a command that raises.

    `broken` is a server that answers no call of a cell.
    """
    addin, record, bundle = folder / "tollsheet.xlam", folder / "record.txt", folder / "bundle"
    build_for_office(addin, constants or {})
    record.touch()
    bundle.mkdir()
    (bundle / "shim").symlink_to(HERE / "shim")
    environment = {
        "PYTHONPATH": os.pathsep.join([str(ROOT), *(path for path in sys.path if "site-packages" in path)]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "TOLLSHEET_TEST_RECORD": str(record),
        "TOLLSHEET_TEST_FAILS": failing,
        "TOLLSHEET_TEST_BROKEN": "yes" if broken else "",
    }
    questions = {"cells": cells or {}, "formulas": formulas, "macros": macros or [], "null_date": null_date}
    with soffice(extensions=bundle, environment=environment) as pipe:
        done = subprocess.run(
            [OFFICE_PYTHON, "-B", str(HERE / "ask_office.py"), pipe, str(addin)],
            input=json.dumps(questions),
            capture_output=True,
            text=True,
            timeout=180,
            env={key: value for key, value in os.environ.items() if not key.startswith("PYTHON")},
        )
    if done.returncode != 0:
        raise OfficeFailed(done.stderr.strip() or "the script stopped")
    return Answers(json.loads(done.stdout), record.read_text(encoding="utf-8").splitlines())
