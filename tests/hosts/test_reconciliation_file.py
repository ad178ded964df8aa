"""The workbook as a file: its name, its limits, what lies beside it."""

from __future__ import annotations

import cProfile
import csv
import os
import pstats
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from addin.errors import TollsheetError
from addin.hosts.report_files import reconciliation
from addin.hosts.report_files.reconciliation import left_beside, write_reconciliation
from tests.office.harness import read_workbook
from tests.templates.reports import by_call, by_usage
from tests.templates.test_recalculated import differences


def test_only_the_workbook_is_written_where_all_fits(tmp_path: Path) -> None:
    assert write_reconciliation(by_call(), tmp_path / "month.xlsx") == [tmp_path / "month.xlsx"]
    assert os.listdir(tmp_path) == ["month.xlsx"]


def test_the_last_row_that_fits_is_on_the_sheet(tmp_path: Path) -> None:
    report = by_usage()
    rows = len(report.calls) + 4
    assert len(write_reconciliation(report, tmp_path / "fits.xlsx", max_rows=rows)) == 1
    assert len(write_reconciliation(report, tmp_path / "not.xlsx", max_rows=rows - 1)) == 2


def test_rows_that_do_not_fit_lie_beside(tmp_path: Path) -> None:
    report = by_call()
    paths = write_reconciliation(report, tmp_path / "month.xlsx", max_rows=50)
    assert [path.name for path in paths] == ["month.xlsx", "month-calls.csv", "month-billed.csv"]
    book = load_workbook(paths[0])
    assert book["Calls"].tables == {}
    for sheet in ("Summary", "Calls"):
        texts = [str(cell.value) for row in book[sheet] for cell in row if cell.value]
        assert any(f"{len(report.calls):,} calls do not fit" in text for text in texts)
    rows = read_csv(paths[1])
    assert len(rows) == len(report.calls)
    assert rows[0]["Expected minutes"] == str(report.calls[0].expected_minutes)
    assert len(read_csv(paths[2])) == len(report.billed_calls)


def test_rows_of_an_earlier_run_are_named(tmp_path: Path) -> None:
    path = tmp_path / "month.xlsx"
    written = write_reconciliation(by_call(), path, max_rows=50)
    assert left_beside(path, written, ()) == []
    written = write_reconciliation(by_call(), path, force=True)
    assert left_beside(path, written, ()) == [
        f"month-{what}.csv is of an earlier run: nothing of this report stands in it."
        for what in ("calls", "billed")
    ]


def test_an_input_is_not_called_an_old_output(tmp_path: Path) -> None:
    """A log by the natural name: october-calls.csv beside october.xlsx."""
    log = tmp_path / "month-calls.csv"
    log.write_text("id\n", "utf-8")
    written = write_reconciliation(by_call(), tmp_path / "month.xlsx", inputs=[log])
    assert left_beside(tmp_path / "month.xlsx", written, [log]) == []
    with pytest.raises(
        TollsheetError, match=r"month-calls\.csv is where the calls go that a sheet cannot hold"
    ):
        write_reconciliation(by_call(), tmp_path / "month.xlsx", inputs=[log], force=True, max_rows=50)
    assert log.read_text("utf-8") == "id\n"


def test_the_figures_stay_where_the_rows_do_not_fit(tmp_path: Path) -> None:
    """Summary, bridge, categories, days and findings are the same, as values."""
    report = by_call()
    write_reconciliation(report, tmp_path / "live.xlsx")
    write_reconciliation(report, tmp_path / "values.xlsx", max_rows=50)
    live, values = (read_workbook(tmp_path / name) for name in ("live.xlsx", "values.xlsx"))
    assert differences(values) == []
    assert not any("Calls[" in text for text in values["Summary"].formulas.values())
    for sheet in ("By category", "By day", "Findings"):
        assert values[sheet].loaded == live[sheet].loaded
    names = load_workbook(tmp_path / "values.xlsx", data_only=True)
    cell = names.defined_names["variance_cost"].attr_text.partition("!")[2].replace("$", "")
    assert names["Summary"][cell].value == pytest.approx(float(report.variance.cost or 0))


def test_strange_text_is_escaped_in_the_csv(tmp_path: Path) -> None:
    _, calls, _ = write_reconciliation(by_call(), tmp_path / "month.xlsx", max_rows=50)
    rows = read_csv(calls)
    assert {"'=cmd|' /C calc'!A0", "'+15005550006", "'-2+3", "'@SUM(A1)"} <= {row["From"] for row in rows}
    assert not any(value.startswith(("=", "@", "+", "\t", "\r")) for row in rows for value in row.values())


def test_nothing_is_written_where_something_beside_exists(tmp_path: Path) -> None:
    (tmp_path / "month-calls.csv").write_text("mine")
    with pytest.raises(TollsheetError, match=r"month-calls\.csv exists"):
        write_reconciliation(by_call(), tmp_path / "month.xlsx", max_rows=50)
    assert os.listdir(tmp_path) == ["month-calls.csv"]
    assert (tmp_path / "month-calls.csv").read_text() == "mine"


def test_an_existing_workbook_is_kept_without_force(tmp_path: Path) -> None:
    path = tmp_path / "month.xlsx"
    path.write_text("mine")
    with pytest.raises(TollsheetError, match="exists already"):
        write_reconciliation(by_call(), path)
    assert path.read_text() == "mine"
    write_reconciliation(by_call(), path, force=True)
    assert load_workbook(path).sheetnames[0] == "Summary"


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TollsheetError, match=r"\.xlsx"):
        write_reconciliation(by_call(), tmp_path / "month.xls")


@pytest.mark.parametrize("stop", [KeyboardInterrupt, ValueError])
def test_a_build_that_stops_leaves_nothing(
    stop: type[BaseException], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def build(*_: object) -> None:
        raise stop

    monkeypatch.setattr(reconciliation, "build", build)
    with pytest.raises(stop):
        write_reconciliation(by_call(), tmp_path / "month.xlsx")
    assert os.listdir(tmp_path) == []


def test_twice_the_calls_are_twice_the_work(tmp_path: Path) -> None:
    """Counted in steps, since a machine may be busy: rows compared with each other would show here."""
    report = by_call()
    many = tuple(replace(row, place=f"log.csv:{number}") for number, row in enumerate(report.calls * 32, 2))

    def steps(rows: int) -> int:
        profile = cProfile.Profile()
        profile.enable()
        one = replace(report, calls=many[:rows], log_calls=rows)
        write_reconciliation(one, tmp_path / f"month-{rows}.xlsx")
        profile.disable()
        return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]

    steps(500)  # what is only done once
    few, more, most = steps(1_000), steps(2_000), steps(4_000)
    assert most - more <= 2.1 * (more - few)


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
