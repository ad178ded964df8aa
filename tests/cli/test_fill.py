"""`tollsheet fill`: from files to a filled workbook, and what it says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from addin.reconcile.wording import counted
from templates.inputs import INPUT_TABLES
from tests.hosts.filling.filled import opened


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "addin.cli", "fill", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """A sheet for each input table."""
    path = tmp_path / "mine.xlsx"
    with Workbook(path) as book:
        for table in INPUT_TABLES:
            sheet = book.add_worksheet(table.name)
            columns = [{"header": column.header} for column in table.columns]
            area = (2, 0, 4, len(columns) - 1)
            sheet.add_table(*area, {"name": table.name, "columns": columns})
            sheet.write(3, 0, "an example")
        book.define_name("month", "=Calls!$B$1")
    return path


def first_column(path: Path, sheet: str) -> list[object]:
    found = opened(path.read_bytes())[sheet]
    area = found.tables[sheet].ref
    return [row[0].value for row in found[area][1:]]


def test_every_input(template: Path, tmp_path: Path, examples: Path) -> None:
    out = tmp_path / "filled.xlsx"
    before = template.read_bytes()
    done = run(
        template,
        *("--calls", examples / "twilio" / "calls-script.csv"),
        *("--billed", examples / "twilio" / "usage-monthly.csv", examples / "plivo" / "billed-cdr.csv"),
        *("--rates", examples / "twilio" / "rates.csv"),
        *("--recordings", *sorted((examples / "plivo").glob("storage-example*"))),
        *("--charges", examples / "billing" / "charges.csv", "--roster", examples / "billing" / "roster.csv"),
        *("--month", "2026-09", "-o", out),
    )
    assert done.returncode in (0, 1), done.stderr
    assert template.read_bytes() == before
    book = opened(out.read_bytes())
    assert book["Calls"]["B1"].value == "2026-09"
    lengths = {table.name: len(first_column(out, table.name)) for table in INPUT_TABLES}
    assert lengths["Rates"] == 6
    assert lengths["Roster"] == 7
    assert lengths["Recordings"] == 3
    for name, length in lengths.items():
        assert f"{name} with {counted(length, 'row')}" in done.stdout
        assert "an example" not in first_column(out, name)
    assert "Its figures are calculated when you open it." in done.stdout


def test_a_bill_of_one_kind_empties_the_table_of_the_other(
    template: Path, tmp_path: Path, examples: Path
) -> None:
    out = tmp_path / "filled.xlsx"
    assert run(template, "--billed", examples / "twilio" / "usage-monthly.csv", "-o", out).returncode == 0
    assert first_column(out, "Billed") == [None]
    assert first_column(out, "Calls")[0] == "an example", "no file was given for it"


def test_a_month_without_calls_empties_the_table(template: Path, tmp_path: Path, examples: Path) -> None:
    log, out = tmp_path / "log.csv", tmp_path / "filled.xlsx"
    log.write_text((examples / "twilio" / "calls-script.csv").read_text("utf-8").partition("\n")[0], "utf-8")
    done = run(template, "--calls", log, "--billed", examples / "twilio" / "usage-monthly.csv", "-o", out)
    assert done.returncode == 0, done.stderr
    assert first_column(out, "Calls") == [None]
    assert "Calls with 0 rows" in done.stdout
    assert "log.csv has column names but no records: is it the export of a month without any?" in done.stdout
    assert len(first_column(out, "Usage")) > 1


def test_an_empty_file_of_something_else_is_refused(template: Path, tmp_path: Path, examples: Path) -> None:
    for option, file, said in (
        ("--calls", examples / "twilio" / "usage-monthly.csv", '"empty.csv" holds usage.'),
        (
            "--roster",
            examples / "billing" / "roster.csv",
            "There are no users and their teams that can be read",
        ),
    ):
        empty = tmp_path / "empty.csv"
        empty.write_text(file.read_text("utf-8").partition("\n")[0], "utf-8")
        done = run(template, option, empty, "-o", tmp_path / "out.xlsx")
        assert done.returncode == 2
        assert said in done.stderr


def test_unread_rows_are_said(template: Path, tmp_path: Path) -> None:
    log = tmp_path / "calls.csv"
    header = "Call Sid,From,To,Direction,Status,Duration,Start Time,Price,Price Unit"
    rows = ["CA1,+15005550006,+442079460000,Incoming,Completed,{},2026-09-01 08:00:00,-0.01,USD"]
    log.write_text("\n".join([header, rows[0].format(61), rows[0].format("6l")]), "utf-8")
    done = run(template, "--calls", log, "-o", tmp_path / "out.xlsx")
    assert (done.returncode, done.stderr) == (1, "")
    assert "Not read: calls.csv:3:" in done.stdout
    assert first_column(tmp_path / "out.xlsx", "Calls") == ["CA1"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "No file is given to fill the template with. Give a call log, with --calls."),
        (("--billed-mapping", "usage.csv"), "No file is given to fill the template with."),
        (("--calls", "calls.csv", "--month", "2026-13"), "'2026-13' is not a month."),
        (
            ("--calls", "usage.csv"),
            '"usage.csv" holds usage. Give the file where it belongs. Option: --calls.',
        ),
        (("--calls", "calls.csv", "-o", "out.xlsm"), "out.xlsm does not end in .xlsx, as the template does."),
        (("--calls", "calls.csv", "-o", "mine.xlsx"), "mine.xlsx is an input. Inputs are never written over"),
    ],
)
def test_bad_input(
    template: Path, tmp_path: Path, examples: Path, arguments: tuple[str, ...], said: str
) -> None:
    (tmp_path / "calls.csv").write_bytes((examples / "twilio" / "calls-script.csv").read_bytes())
    (tmp_path / "usage.csv").write_bytes((examples / "twilio" / "usage-monthly.csv").read_bytes())
    given = [tmp_path / one if "." in one else one for one in arguments]
    if "-o" not in arguments:
        given += ["-o", tmp_path / "out.xlsx"]
    before = sorted(tmp_path.iterdir())
    done = run(template, *given)
    assert done.returncode == 2
    assert said in done.stderr
    assert sorted(tmp_path.iterdir()) == before, "nothing was written"


def test_a_template_without_the_table(tmp_path: Path, examples: Path) -> None:
    with Workbook(tmp_path / "plain.xlsx") as book:
        book.add_worksheet().write("A1", 1)
    done = run(
        tmp_path / "plain.xlsx", "--rates", examples / "twilio" / "rates.csv", "-o", tmp_path / "out.xlsx"
    )
    assert done.returncode == 2
    assert 'plain.xlsx has no table "Rates" for rows of the rate card' in done.stderr
    assert not (tmp_path / "out.xlsx").exists()


def test_no_workbook(tmp_path: Path, examples: Path) -> None:
    (tmp_path / "mine.xlsx").write_text("no zip", "utf-8")
    done = run(
        tmp_path / "mine.xlsx", "--rates", examples / "twilio" / "rates.csv", "-o", tmp_path / "o.xlsx"
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "mine.xlsx is no Excel workbook" in done.stderr


def test_a_report_is_no_template(tmp_path: Path, examples: Path) -> None:
    """Its verdict and figures are those of its own month: calls of another must not stand among them."""
    calls, usage = examples / "twilio" / "calls-console.csv", examples / "twilio" / "usage-monthly.csv"
    report = tmp_path / "report.xlsx"
    command = [sys.executable, "-m", "addin.cli", "reconcile", "--month", "2026-09", "--calls", str(calls)]
    subprocess.run([*command, "--billed", str(usage), "-o", str(report)], check=False, capture_output=True)
    done = run(report, "--calls", calls, "-o", tmp_path / "filled.xlsx")
    assert done.returncode == 2
    assert "report.xlsx holds a report of Tollsheet" in done.stderr
    assert not (tmp_path / "filled.xlsx").exists()
