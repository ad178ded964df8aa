"""A large log is read, reconciled and written in columns; nothing that a person gets shows it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from addin.cli import console, reconciling
from addin.cli.reading import Reading
from addin.cli.screens.records import show_records
from addin.reconcile.period import Month
from addin.reconcile.reconciliation import Question
from addin.records import one_file
from addin.records.alike.calls import AlikeCalls
from templates import grid, rated_formulas
from tests.cli.test_commands import tollsheet
from tests.office.harness import read_workbook
from tests.templates.test_recalculated import differences

MONTH = Question(Month.parse("2026-09"))
CASES = {
    "twilio": (("calls-console.csv",), ("usage-monthly.csv", "usage-daily.json")),
    "twilio, a script's": (("calls-script.csv",), ("usage-monthly.csv",)),
    "twilio, two files": (("calls-script.csv", "calls-bulk.jsonl.gz"), ("usage-daily.json",)),
    "plivo": (("calls-cdr.csv",), ("billed-cdr.csv",)),
    "connexcs": (("calls-cdr.csv",), ("billed-cdr.csv",)),
}


def outputs(
    folder: Path, log: Reading, bill: Reading, rates: Path | None, to: Path
) -> tuple[int, str, list[Any]]:
    """The exit code, the JSON and every cell of the workbook."""
    given = reconciling.MonthEnd(None, (), None, None, "")
    written = reconciling.Outputs(to.with_suffix(".xlsx"), to.with_suffix(".json"), None, force=False)
    code = reconciling.reconcile_month(MONTH, log, bill, rates, given, written)
    book = openpyxl.load_workbook(written.workbook)
    cells: list[Any] = [
        [
            sheet.title,
            [[(cell.value, cell.number_format) for cell in row] for row in sheet.iter_rows()],
            dict(sheet.tables.items()),
            {name: one.width for name, one in sheet.column_dimensions.items()},
            sheet.freeze_panes,
            sheet.print_area,
        ]
        for sheet in book
    ]
    return code, to.with_suffix(".json").read_text("utf-8"), cells


@pytest.mark.parametrize("rated", [True, False])
@pytest.mark.parametrize("case", CASES)
def test_all_outputs_are_the_same(
    case: str,
    rated: bool,
    examples: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = examples / case.partition(",")[0]
    logs, bills = CASES[case]
    log = Reading(tuple(folder / name for name in logs), None, None, None, None)
    bill = Reading(tuple(folder / name for name in bills), None, None, None, None)
    rates = folder / "rates.csv" if rated else None
    monkeypatch.setattr(rated_formulas, "LIVE_CALLS", 0)  # as in a log of so many calls
    one = outputs(folder, log, bill, rates, tmp_path / "out")
    said = capsys.readouterr().out
    for path in tmp_path.glob("out.*"):
        path.unlink()
    monkeypatch.setattr(one_file, "LARGE_BYTES", 0)
    monkeypatch.setattr(grid, "STREAMED", 0)
    assert isinstance(log.read(lambda *step: None, alike=True).calls, AlikeCalls)
    other = outputs(folder, log, bill, rates, tmp_path / "out")
    assert capsys.readouterr().out == said
    for ours, theirs in zip(one, other, strict=True):
        assert ours == theirs


def test_how_far_the_rows_are_is_told_while_they_are_written(
    examples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, int, float]] = []

    @contextmanager
    def progress() -> Iterator[console.Progress]:
        yield lambda what, rows, share=0: told.append((what, rows, share))

    monkeypatch.setattr(console, "progress", progress)
    monkeypatch.setattr(one_file, "LARGE_BYTES", 0)
    monkeypatch.setattr(grid, "STREAMED", 0)
    sides = [
        Reading((examples / "plivo" / name,), None, None, None, None)
        for name in ("calls-cdr.csv", "billed-cdr.csv")
    ]
    calls, bill = (len(side.read(lambda *step: None).calls) for side in sides)
    outputs(examples, *sides, None, tmp_path / "out")
    written = [step[1:] for step in told if step[0] == "Writing"]
    assert written[0] == (0, 0)
    assert written[-1] == (calls + bill, 1)
    assert written == sorted(written)
    assert (calls, calls / (calls + bill)) in written
    rated = [step[1:] for step in told if step[0] == "Reconciling"]
    assert rated == [(0, 0), (calls, calls / (calls + bill))]


def test_inspect_says_the_same(
    examples: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = examples / "twilio"
    for names in (["calls-console.csv"], ["calls-script.csv", "calls-bulk.jsonl.gz", "usage-daily.json"]):
        reading = Reading(tuple(folder / name for name in names), None, None, None, None)
        said = []
        for large_bytes in (1 << 30, 0):
            monkeypatch.setattr(one_file, "LARGE_BYTES", large_bytes)
            records = reading.read(lambda *step: None, alike=True)
            assert isinstance(records.calls, AlikeCalls) is (large_bytes == 0)
            show_records(records)
            said.append(capsys.readouterr().out)
        assert said[0] == said[1]
        assert "of them billed" in said[0]


def test_many_small_files_are_as_large_as_one(
    examples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    header, *rows = (examples / "twilio" / "calls-script.csv").read_text().splitlines(keepends=True)
    paths = tuple(tmp_path / f"{number}.csv" for number in range(4))
    for number, path in enumerate(paths):
        path.write_text(header + "".join(rows[number::4]))
    reading = Reading(paths, None, None, None, None)
    whole = sum(path.stat().st_size for path in paths)
    monkeypatch.setattr(one_file, "LARGE_BYTES", whole + 1)
    one_by_one = reading.read(lambda *step: None, alike=True)
    assert isinstance(one_by_one.calls, tuple)
    monkeypatch.setattr(one_file, "LARGE_BYTES", whole)
    together = reading.read(lambda *step: None, alike=True)
    assert isinstance(together.calls, AlikeCalls)
    assert [*together.calls] == [*one_by_one.calls]
    assert together.sources == one_by_one.sources


@pytest.mark.parametrize("provider", ["twilio", "plivo"])
def test_without_calls_the_figures_stay(provider: str, examples: Path, tmp_path: Path) -> None:
    folder = examples / provider
    logs, bills = CASES[provider]
    files = [*(("--calls", folder / name) for name in logs), *(("--billed", folder / name) for name in bills)]
    given = ("reconcile", "--month", "2026-09", *chain(*files), "--rates", folder / "rates.csv")
    whole, short = tmp_path / "whole.xlsx", tmp_path / "short.xlsx"
    one = tollsheet(*given, "-o", whole, "--json", tmp_path / "one.json")
    other = tollsheet(*given, "-o", short, "--json", tmp_path / "other.json", "--no-calls")
    assert (one.returncode, other.returncode) == (1, 1)
    assert other.stdout.partition("Written")[0] == one.stdout.partition("Written")[0]
    assert (tmp_path / "one.json").read_text("utf-8") == (tmp_path / "other.json").read_text("utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        *("one.json", "other.json", "short.xlsx", "whole.xlsx")
    ]
    live, values = (read_workbook(path) for path in (whole, short))
    for sheet in ("By category", "By day", "Findings", "Accrual"):
        assert values[sheet].loaded == live[sheet].loaded
    assert differences(values) == []
    book = openpyxl.load_workbook(short)
    assert not book["Calls"].tables
    assert "left out, as asked for" in str(book["Calls"]["A2"].value)
    assert any("left out, as asked for" in str(cell.value) for row in book["Summary"] for cell in row)
