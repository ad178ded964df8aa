"""The harness itself: what LibreOffice is asked, and that a wrong cached value cannot hide from it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from tests.conftest import ROOT
from tests.office import harness
from tests.office.harness import OfficeError, OfficeFailed, read_workbook, recalculate
from tests.office.pictures import pictures
from tests.office.screen import within


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table, structured references, a wrong cached value, errors, a date, formula-like text."""
    path = tmp_path_factory.mktemp("office") / "small.xlsx"
    with xlsxwriter.Workbook(path) as book:
        calls = book.add_worksheet("Calls")
        columns = [{"header": name} for name in ("Call", "Category", "Cost")]
        rows = [["CA1", "calls", 0.0085], ["CA2", "calls-client", 0.004], ["=1+1", "calls", 0.017]]
        calls.add_table(0, 0, 3, 2, {"name": "Calls", "columns": columns})
        for row, (call, category, cost) in enumerate(rows, 1):
            calls.write_string(row, 0, call)
            calls.write_string(row, 1, category)
            calls.write_number(row, 2, cost)
        summary = book.add_worksheet("Summary")
        summary.write_formula("A1", "=SUM(Calls[Cost])", None, 0.0295)
        summary.write_formula("A2", '=SUMIFS(Calls[Cost],Calls[Category],"calls")', None, 99)
        summary.write_formula("A3", "=1/0", None, "#DIV/0!")
        summary.write_formula("A4", "=NA()", None, "#N/A")
        summary.write_datetime("A5", date(2026, 9, 30), book.add_format({"num_format": "yyyy-mm-dd"}))
        summary.write_formula("A6", '=""', None, "")
        summary.write_formula("A7", "=NO_SUCH_FUNCTION(1)", None, 1)
        summary.write_formula("A8", "=A1>0", None, True)
        summary.write_formula("C9", "=VALUE(Calls!A2)", None, 0)
    return path


def test_structured_references_are_computed(workbook: Path) -> None:
    summary = recalculate(workbook)["Summary"]
    assert summary["A1"] == pytest.approx(0.0295, abs=1e-12)
    assert summary["A2"] == pytest.approx(0.0255, abs=1e-12)


def test_a_wrong_cached_value_is_seen(workbook: Path) -> None:
    summary = read_workbook(workbook)["Summary"]
    assert summary.loaded["A2"] == 99
    assert summary.values["A2"] != 99
    assert summary.loaded["A1"] == pytest.approx(summary.values["A1"], rel=1e-12)


def test_errors_dates_texts_and_blanks_are_told_apart(workbook: Path) -> None:
    sheets = recalculate(workbook)
    summary = sheets["Summary"]
    assert summary["A3"] == OfficeError(532, "#DIV/0!")
    assert summary["A4"] == OfficeError(32767, "#N/A")
    assert summary["A5"] == 46295
    assert summary["A6"] == ""
    assert str(summary["A7"]) == "#NAME?"
    assert summary["A8"] == 1
    assert str(summary["C9"]) == "#VALUE!"
    assert set(summary) == {"A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "C9"}
    assert sheets["Calls"]["A4"] == "=1+1"


def test_formulas_are_told_from_text(workbook: Path) -> None:
    sheets = read_workbook(workbook)
    assert set(sheets["Summary"].formulas) == {"A1", "A2", "A3", "A4", "A6", "A7", "A8", "C9"}
    assert "Calls[Cost]" in sheets["Summary"].formulas["A1"]
    assert sheets["Calls"].formulas == {}


def test_a_large_sheet_is_read_at_once(tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Rows")
        for row in range(20_000):
            sheet.write_row(row, 0, [row, row * 2, f"call {row}"])
            sheet.write_formula(row, 3, f"=A{row + 1}+B{row + 1}", None, 0)
    rows = recalculate(path)["Rows"]
    assert rows["D20000"] == 19_999 * 3
    assert len(rows) == 80_000


def test_each_sheet_is_printed_by_itself(workbook: Path, tmp_path: Path) -> None:
    made = pictures(workbook, tmp_path)
    assert [path.name for path in made] == ["small-1-calls.png", "small-2-summary.png"]
    assert list(made.values()) == [1, 1]
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in made)


def test_what_cannot_be_opened_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        recalculate(tmp_path / "none.xlsx")


def test_a_missing_libreoffice_fails_and_skips_nothing(
    workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    harness.end_kept()
    monkeypatch.setattr(harness.shutil, "which", lambda _: None)
    with pytest.raises(OfficeFailed, match="make office"):
        recalculate(workbook)


def test_nothing_is_left_running() -> None:
    with harness.soffice() as pipe:
        assert within(10, lambda: _processes_naming(pipe) != [])
    assert within(10, lambda: _processes_naming(pipe) == [])


def test_the_one_that_is_kept_is_stopped_by_a_failure_and_at_the_end(workbook: Path) -> None:
    for end in (lambda: _too_late(workbook), harness.end_kept):
        with harness._kept_office(workbook) as kept:
            assert recalculate(workbook)
        with harness._kept_office(workbook) as again:
            assert again is kept
        assert _processes_naming(kept.pipe) != []
        end()
        assert within(10, lambda pipe=kept.pipe: _processes_naming(pipe) == [])
    assert recalculate(workbook)


def _too_late(workbook: Path) -> None:
    with pytest.raises(OfficeFailed, match=r"took more than 0\.001 s"):
        recalculate(workbook, timeout_s=0.001)


def test_one_that_died_is_said_to_have(workbook: Path) -> None:
    with harness._kept_office(workbook) as kept:
        recalculate(workbook)
    os.killpg(kept.process.pid, signal.SIGKILL)
    kept.process.wait()
    with pytest.raises(OfficeFailed, match=r"died after it was asked about small\.xlsx"):
        recalculate(workbook)
    assert recalculate(workbook)


def test_a_process_that_is_killed_leaves_none_running(workbook: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from tests.office import harness\n"
        "with harness._kept_office(Path(sys.argv[1])) as kept:\n"
        "    harness.recalculate(Path(sys.argv[1])); print(kept.pipe, flush=True); os.kill(os.getpid(), 9)"
    )
    command = [sys.executable, "-c", code, str(workbook)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    pipe = done.stdout.strip()
    assert pipe, done.stderr
    assert within(10, lambda: _processes_naming(pipe) == [])


def _processes_naming(pipe: str) -> list[str]:
    """The running processes whose command line names the pipe (one that ended has an empty command line)."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if pipe.encode() in path.read_bytes():
                found.append(path.parent.name)
        except OSError:
            continue
    return found
