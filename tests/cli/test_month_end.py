"""The invoice, the books and the month before on the command line."""

from __future__ import annotations

import csv
import gc
import json
from dataclasses import replace
from pathlib import Path

import pytest

from addin.cli import reconciling
from addin.cli.reading import Reading
from addin.cli.screens.reconciliation import show_reconciliation
from addin.reconcile.lines import LogLine
from addin.reconcile.period import Month
from addin.reconcile.reconciliation import Question
from addin.reports.reconciliation.data import ReconciliationReport
from tests.cli.test_commands import USAGE, log, tollsheet
from tests.templates.reports import month_end

__all__ = ["log"]


@pytest.fixture
def base(log: Path, tmp_path: Path) -> tuple[object, ...]:
    """A month that is balanced in calls, with messages beside them: 3.042 USD in all."""
    bill = tmp_path / "usage.csv"
    rows = [
        "calls,2026-09-01,2026-09-30,2,calls,3,minutes,0.042,usd",
        "sms,2026-09-01,2026-09-30,9,messages,9,segments,3,usd",
        "sms-inbound,2026-09-01,2026-09-30,4,messages,4,segments,1,usd",
    ]
    bill.write_text("\n".join([USAGE, *rows]) + "\n", "utf-8")
    out = tmp_path / "out.xlsx"
    return ("reconcile", "--month", "2026-09", "--calls", log, "--billed", bill, "-o", out, "--force")


def test_an_invoice_that_is_tied_is_0_and_one_that_is_not_is_1(base: tuple[object, ...]) -> None:
    tied = tollsheet(*base, "--invoice-total", "3.55 USD", "--invoice-line", "VAT=0.508")
    assert (tied.returncode, tied.stderr) == (0, "")
    assert "Invoice 3.55 USD: 3.55 USD in its lines, 0 USD not explained." in tied.stdout
    parts = "3 USD other usage and 0.508 USD other lines of the invoice"
    assert f"To accrue for 2026-09: 3.55 USD (billed; of which {parts})" in tied.stdout
    off = tollsheet(*base, "--invoice-total", "3.56", "--invoice-line", "VAT=0.508")
    assert off.returncode == 1
    assert "- Invoice: 0.01 USD of 3.56 USD is not explained: see Invoice." in off.stdout
    assert off.stdout.startswith("2026-09: balanced\n")


def test_lines_come_from_a_file_and_the_books_go_to_a_csv(base: tuple[object, ...], tmp_path: Path) -> None:
    lines = tmp_path / "lines.csv"
    lines.write_text("Name,Amount,Currency\nVAT,0.508,USD\n\nCredit,-1,\n", "utf-8")
    books, out = tmp_path / "books.csv", tmp_path / "out.json"
    options = ("--invoice-total", "2.55", "--invoice-lines", lines, "--account", "4711")
    done = tollsheet(*base, *options, "--accrual", books, "--json", out)
    assert (done.returncode, done.stderr) == (0, "")
    (row,) = csv.DictReader(books.read_text("utf-8-sig").splitlines())
    assert (row["Account"], row["Amount"], row["Other lines"]) == ("4711", "2.55", "-0.492")
    (tie,) = json.loads(out.read_text("utf-8"))["invoice"]
    assert (tie["sum"], tie["total"], tie["not_explained"]) == ("2.55", "2.55", "0")
    assert [line["note"] for line in tie["lines"] if line["kind"] == "given"] == [
        "lines.csv:2",
        "lines.csv:4",
    ]


def test_the_month_before_is_followed(base: tuple[object, ...], tmp_path: Path) -> None:
    earlier = tmp_path / "august.json"
    assert tollsheet(*base, "--json", earlier).returncode == 0
    whole = json.loads(earlier.read_text("utf-8"))
    side = {"calls": 1, "minutes": "1", "cost": "0.014", "currency": "USD"}
    finding = {
        "kind": "missing-in-log",
        "call_id": "CA2",
        "place": {"log": None, "billed": "bill.csv:2"},
        "expected": side,
        "billed": side,
        "note": "",
    }
    earlier.write_text(json.dumps(whole | {"month": "2026-08", "findings": [finding]}), "utf-8")
    out = tmp_path / "out.json"
    done = tollsheet(*base, "--previous", earlier, "--json", out)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Of 1 finding of 2026-08, 1 can be settled by these files" in done.stdout
    (found,) = json.loads(out.read_text("utf-8"))["earlier_findings"]
    assert (found["state"], found["amount"], found["place"]) == ("found late", "0.014", "log.csv:3")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            ("--invoice-total", "1,234.56"),
            "'1,234.56' is not an amount. Write it like 1234.56 or 1234.56 USD",
        ),
        (("--invoice-total", "12 dollars"), "'12 dollars' is not an amount"),
        (("--invoice-line", "VAT"), "'VAT' is not NAME=AMOUNT, such as VAT=12.34"),
        (("--invoice-line", "VAT=x"), "'x' is not an amount"),
        (("--previous", "nowhere.json"), "The earlier reconciliation nowhere.json is not there"),
        (("--invoice-lines", "LINES"), "lines.csv:2: amount is blank. Fill it in."),
        (("--accrual", "OUT"), "out.xlsx is named for two outputs"),
    ],
)
def test_bad_input_is_2_and_named(
    base: tuple[object, ...], tmp_path: Path, options: tuple[str, str], message: str
) -> None:
    lines = tmp_path / "lines.csv"
    lines.write_text("name,amount\nVAT,\n", "utf-8")
    places = {"LINES": lines, "OUT": tmp_path / "out.xlsx"}
    done = tollsheet(*base, options[0], places.get(options[1], options[1]))
    assert done.returncode == 2
    assert message in " ".join(done.stderr.split())
    assert not (tmp_path / "out.xlsx").exists()


@pytest.mark.parametrize(
    ("accounts", "ending"),
    [
        (10, None),
        (11, "... and 1 more line (EUR) on the sheet Accrual"),
        (13, "... and 3 more lines (EUR and USD)"),
    ],
)
def test_ten_lines_for_the_books_are_said_and_the_others_counted(
    accounts: int, ending: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    made = month_end()
    one = made.accruals[0]
    rows = [replace(one, account=f"A{n:02}", currency="USD") for n in range(10)]
    rows += [
        replace(one, account=f"B{n:02}", currency="EUR" if n < 2 else "USD") for n in range(accounts - 10)
    ]
    show_reconciliation(replace(made, accruals=tuple(rows)), (), ())
    said = capsys.readouterr().out
    assert said.count("To accrue for") == 10
    assert (ending in said) if ending else ("more line" not in said)


def test_what_was_read_is_gone_before_the_workbook_is_written(
    log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lines of a log and of call records lead to each other; a month of them takes as much as its
    sheets."""
    left: list[LogLine] = []

    def write(report: ReconciliationReport, *_: object, **__: object) -> list[Path]:
        assert len(report.calls) == 3
        left.extend(one for one in gc.get_objects() if isinstance(one, LogLine))
        return []

    monkeypatch.setattr(reconciling, "write_reconciliation", write)
    asked = Question(Month.parse("2026-09"))
    side = Reading((log,), None, None, None, None)
    given = reconciling.MonthEnd(None, (), None, None, "")
    outputs = reconciling.Outputs(tmp_path / "out.xlsx", None, None, force=False)
    gc.collect()
    before = sum(isinstance(one, LogLine) for one in gc.get_objects())
    reconciling.reconcile_month(asked, side, side, None, given, outputs)
    assert len(left) == before
