"""`tollsheet storage` as a person runs it: what it says, its files, its exit codes, its refusals."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.test_commands import tollsheet

SCREEN = """\
Storage statement 2023-06: agrees
Recording storage 2023-06-30: 2 recordings charged, 3 min, 0.0012 USD. Plivo's amount agrees for both \
recordings. The invoice agrees in 1 month.
Recording storage  Held  Charged  Minutes      Amount     Invoice
2023-06-30            2        2    3 min  0.0012 USD  0.0012 USD
- The oldest recording is of 2023-03-16. Plivo's console exports recordings of one year at most: any from \
before 2022-06-30 that are still stored are charged every month end, and missing here.
- If nothing is deleted, 2023-07-31 will charge 2 recordings, 0.0012 USD.
- Deleting the 2 recordings stored for more than 90 days on 2023-06-30 would save 0.0012 USD then, and \
0.0036 USD at 3 month ends.
Written: {out}
"""


@pytest.fixture
def example(examples: Path) -> list[object]:
    folder = examples / "plivo"
    return [
        "storage",
        *("--recordings", folder / "storage-example.json"),
        *("--deletions", folder / "storage-example-deletions.csv"),
    ]


def test_the_published_example(example: list[object], tmp_path: Path) -> None:
    out = tmp_path / "june.xlsx"
    done = tollsheet(*example, "--month", "2023-06", "--invoice", "2023-06=0.0012", "-o", out)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == SCREEN.format(out=out)
    assert load_workbook(out).sheetnames[0] == "Summary"


def test_an_invoice_that_differs_is_1(example: list[object], tmp_path: Path) -> None:
    done = tollsheet(*example, "--month", "2023-06", "--invoice", "2023-06=0.0024", "-o", tmp_path / "o.xlsx")
    assert done.returncode == 1
    assert "The invoice differs in 1 month, by 0.0012 USD." in done.stdout
    assert "invoice differs: 2023-06: the invoice says 0.0024 USD" in done.stdout


def test_the_planted_faults_are_1_and_the_files_hold_them(examples: Path, tmp_path: Path) -> None:
    folder = examples / "plivo"
    truth = json.loads((folder / "planted.json").read_text("utf-8"))["storage"]
    done = tollsheet(
        "storage",
        *(
            "--recordings",
            folder / "storage-recordings.json",
            "--deletions",
            folder / "storage-deletions.csv",
        ),
        *("--from-month", "2026-07", "--to-month", "2026-09", "--stored-more-than", "90", "--stored-at-most"),
        *("365", "-o", tmp_path / "o.xlsx", "--csv", tmp_path / "o.csv", "--json", tmp_path / "o.json"),
    )
    assert done.returncode == 1, done.stderr
    found = json.loads((tmp_path / "o.json").read_text("utf-8"))
    keys = ("date", "held", "charged", "minutes", "amount")
    told = [{key: month[key] for key in keys} for month in truth["months"]]
    assert [{key: month[key] for key in keys} for month in found["months"]] == told
    with (tmp_path / "o.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(found["view"]["recordings"]) > 0
    assert all(90 < int(row["Days 2026-09"]) <= 365 for row in rows)
    assert f"{len(rows)} recordings of {truth['recordings']}" in done.stdout
    assert done.stdout.count("\n  ") == 9


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--month", "2023-6"], "'2023-6' is not a month"),
        ([], "It is not clear which months are meant. Give one month, or both"),
        (["--from-month", "2023-06"], "It is not clear which months are meant"),
        (["--month", "2023-06", "--to-month", "2023-07"], "It is not clear which months are meant"),
        (["--from-month", "2023-06", "--to-month", "2023-05"], "before it begins in 2023-06"),
        (["--month", "2023-06", "--invoice", "2023-05=1"], "2023-05, which is not among the months"),
        (["--month", "2023-06", "--invoice", "1.20"], "'1.20' is no invoice amount"),
        (["--month", "2023-06", "--as-of", "30.06.2023"], "is not a day as YYYY-MM-DD"),
        (["--month", "2023-06", "--as-of", "20230630"], "is not a day as YYYY-MM-DD"),
        (["--month", "2023-06", "--rate", "-1"], "is not a number of 0 or more"),
        (["--month", "2023-06", "--stored-more-than", "90.5"], "is not a number of days"),
        (["--month", "2023-06", "--currency", "dollars"], "not a currency such as USD"),
        (["--month", "2023-06", "--ahead", "0"], "--ahead"),
        (["--month", "2023-06", "--mapping", "nowhere.toml"], "nowhere.toml"),
    ],
)
def test_bad_input_is_2_and_says_what_to_do(
    options: list[str], message: str, example: list[object], tmp_path: Path
) -> None:
    done = tollsheet(*example, *options, "-o", tmp_path / "out.xlsx")
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())


def test_wrong_files_are_told(example: list[object], examples: Path, tmp_path: Path) -> None:
    folder, out = examples / "plivo", tmp_path / "out.xlsx"
    recordings = folder / "recordings.json"
    base = ("--month", "2023-06", "-o", out)
    done = tollsheet("storage", "--recordings", recordings, "--deletions", recordings, *base)
    assert "recordings.json is a Plivo recording JSON file, no list of deletions" in done.stderr
    done = tollsheet("storage", "--recordings", folder / "calls-json.json", *base)
    assert "calls-json.json holds calls or usage, and no recordings" in done.stderr
    assert done.returncode == 2
    done = tollsheet("storage", "--recordings", folder / "storage-example-deletions.csv", *base)
    assert "There is no recording that can be read" in done.stderr


def test_no_output_is_written_over(example: list[object], tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    base = (*example, "--month", "2023-06", "-o", out)
    assert tollsheet(*base, "--json", out).returncode == 2
    out.write_text("mine", "utf-8")
    assert tollsheet(*base).returncode == 2
    assert out.read_text("utf-8") == "mine"
    assert tollsheet(*base, "--force").returncode == 0
