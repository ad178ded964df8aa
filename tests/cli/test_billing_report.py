"""`tollsheet billing-report` as a person runs it: exit codes, outputs, messages."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

HEAD = "call_id,type,agent,campaign_id,from,to,country,started_at,billed_at,cost,currency"
ROW = "c{0},{1},{2},{3},+442079460000,{4},,2026-06-{5} 12:00:00,2026-06-{5} 12:05:00,{6},USD"
ROSTER = "agent,teams,active\nann,Sales,yes\nbob,Sales; Support,yes\neve,Support,no\n"


def tollsheet(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "addin.cli", "billing-report", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture
def charges(tmp_path: Path) -> Path:
    rows = [
        ROW.format(1, "manual", "ann", "", "+442079460958", "10", "0.0145"),
        ROW.format(2, "dialer", "bob", "7", "+14155550123", "11", "0.024"),
        ROW.format(2, "amd", "bob", "7", "+14155550123", "11", "0.0041"),
    ]
    path = tmp_path / "charges.csv"
    path.write_text("\n".join([HEAD, *rows]) + "\n", "utf-8")
    return path


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    path = tmp_path / "roster.csv"
    path.write_text(ROSTER, "utf-8")
    return path


def test_a_complete_report_is_0_and_says_its_totals(charges: Path, roster: Path, tmp_path: Path) -> None:
    out, told, tables = (tmp_path / f"out.{ending}" for ending in ("xlsx", "json", "csv"))
    files = ("--charges", charges, "--roster", roster, "-o", out, "--json", told, "--csv", tables)
    done = tollsheet(*files, "--month", "2026-06", "--team", "sales", "--country", "UK", "--sort", "-Total")
    assert (done.returncode, done.stderr) == (0, "")
    lines = [line.split() for line in done.stdout.splitlines()]
    assert done.stdout.startswith("Billing report 2026-06: complete. This is not an invoice.")
    assert ["Manual", "outbound", "+", "click-to-call", "1", "0.0145", "USD"] in lines
    assert ["Total", "3", "0.0426", "USD"] in lines
    assert json.loads(told.read_text("utf-8"))["currencies"][0]["total"] == "0.0426"
    assert tables.read_text("utf-8-sig").splitlines()[1] == "This is not an invoice."
    assert load_workbook(out, read_only=True).sheetnames[:2] == ["Summary", "Tables"]


def test_what_is_missing_is_1_and_named(charges: Path, roster: Path, tmp_path: Path) -> None:
    with charges.open("a", encoding="utf-8") as file:
        file.write(ROW.format(3, "manual", "ann", "", "+442079460958", "12", "") + "\n")
        file.write(
            ROW.format(4, "manual", "ann", "", "+442079460958", "12", "1,5").replace("1,5", '"1,5"') + "\n"
        )
        file.write(ROW.format(5, "manual", "zoe", "", "+442079460958", "12", "1") + "\n")
    out = tmp_path / "out.xlsx"
    done = tollsheet(
        "--charges", charges, "--roster", roster, "--month", "2026-06", "--team", "Sales", "-o", out
    )
    assert done.returncode == 1
    assert (
        "! Pending: 1 charge left out, the cost is blank, which is not 0. The first is charges.csv:5."
        in done.stdout
    )
    assert (
        "! 1 row could not be read; the first is charges.csv:6: \"cost\" is '1,5', not a number: if that is "
        "a decimal comma, write a point, or decimal_comma = true in a mapping file." in done.stdout
    )
    assert (
        "! Agents that the roster does not name, and who are not chosen: zoe (1 charge, 1 USD)."
        in done.stdout
    )


BAD = (
    (("--month", "2026-06"), "No team and no user is chosen"),
    (("--everyone",), "No period is given"),
    (("--month", "2026-06", "--team", "Sals"), 'There is no team "Sals". Is Sales meant?'),
    (("--month", "2026-06", "--user", "eve"), "eve is no active user"),
    (("--month", "2026-06", "--everyone", "--country", "Atlantis"), '"Atlantis" is no country'),
    (("--month", "2026-06", "--everyone", "--sort", "Cost"), 'no table has a column "Cost"'),
    (("--month", "2026-06", "--everyone", "--report-zone", "Moon"), 'Time zone "Moon" is unknown'),
    (("--from", "2026-06-01", "--everyone"), "Only the first day is given"),
    (("--month", "2026-06", "--from", "2026-06-01", "--everyone"), "Both a month and days are given"),
)


@pytest.mark.parametrize(("options", "message"), BAD)
def test_bad_choices_are_2_and_nothing_is_written(
    options: tuple[str, ...], message: str, charges: Path, roster: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.xlsx"
    done = tollsheet("--charges", charges, "--roster", roster, "-o", out, *options)
    assert done.returncode == 2
    assert message in done.stderr
    assert not out.exists()


def test_files_that_are_something_else(charges: Path, roster: Path, tmp_path: Path, examples: Path) -> None:
    out, chosen = tmp_path / "out.xlsx", ("--month", "2026-06", "--everyone")
    cdrs = examples / "voiso" / "calls-cdr.csv"
    for files, message in (
        ((), "There is no charge that can be read"),
        (("--charges", roster), "roster.csv holds no charges"),
        (("--charges", charges, cdrs), "calls-cdr.csv holds call records"),
        (("--charges", charges, "--roster", charges), "charges.csv holds no roster"),
        (("--cdrs", charges), "charges.csv holds charges, not call records"),
        (("--cdrs", cdrs, charges), "charges.csv holds charges, not call records"),
        (("--charges", charges, "--rates", charges), "A rate card goes with call records"),
        (("--cdrs", cdrs), "Call records carry no cost"),
        (("--charges", cdrs), "calls-cdr.csv holds call records, not charges"),
        (("--charges", tmp_path / "none.csv"), "none.csv is not there"),
    ):
        done = tollsheet(*files, *chosen, "-o", out)
        assert (done.returncode, message in done.stderr) == (2, True), done.stderr
    same = tollsheet("--charges", charges, *chosen, "-o", out, "--json", out)
    assert "named for two outputs" in same.stderr
    other = tollsheet("--charges", charges, *chosen, "-o", tmp_path / "out.txt", "--csv", tmp_path / "t.csv")
    assert "does not end in .xlsx" in other.stderr
    assert not (tmp_path / "t.csv").exists()
    over = tollsheet("--charges", charges, *chosen, "-o", out, "--csv", charges)
    assert "is an input" in over.stderr
    assert charges.read_text("utf-8").startswith(HEAD)


def test_without_a_moment_of_billing(charges: Path, tmp_path: Path) -> None:
    rows = [line.split(",") for line in charges.read_text("utf-8").splitlines()]
    for row in rows:
        row[8] = "duration" if row[8] == "billed_at" else "90"
    charges.write_text("\n".join(map(",".join, rows)), "utf-8")
    common = ("--charges", charges, "--month", "2026-06", "--everyone", "-o", tmp_path / "out.xlsx")
    refused = tollsheet(*common)
    assert refused.returncode == 2
    assert "charges.csv does not say when calls were billed (billed_at)" in refused.stderr
    assert "--billed-at-end" in refused.stderr
    assert tollsheet(*common, "--billed-at-end").returncode == 0
    sheet = load_workbook(tmp_path / "out.xlsx")["Assumptions"]
    told = " ".join(str(row[1].value) for row in sheet.iter_rows(min_row=5))
    assert "start + duration stands for it: so it was for 3 charges" in told


def test_call_records_are_rated_by_the_card(tmp_path: Path, examples: Path) -> None:
    folder, out, told = examples / "voiso", tmp_path / "out.xlsx", tmp_path / "out.json"
    files = ("--cdrs", folder / "calls-cdr.csv", "--rates", folder / "rates.csv", "-o", out, "--json", told)
    done = tollsheet(*files, "--month", "2026-09", "--everyone")
    assert done.returncode == 2
    assert "does not say when calls were billed" in done.stderr
    every_day = ("--from", "2026-01-01", "--to", "2027-12-31")
    done = tollsheet(*files, *every_day, "--everyone", "--billed-at-end")
    assert done.returncode == 1, done.stderr
    command = ["rate", "--calls", folder / "calls-cdr.csv", "--rates", folder / "rates.csv"]
    rated = tmp_path / "rated.csv"
    subprocess.run(
        [sys.executable, "-m", "addin.cli", *command, "-o", rated], capture_output=True, check=False
    )
    with rated.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["Direction"] == "outbound"]
    costs = [Decimal(row["Cost"]) for row in rows if row["Step"] == "rated"]
    (book,) = json.loads(told.read_text("utf-8"))["currencies"]
    assert (Decimal(book["total"]), book["charges"]) == (sum(costs), len(costs))
    assert len(costs) > 100


def test_other_names_by_a_mapping_and_a_workbook(tmp_path: Path, roster: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["Ref", "Kind", "Who", "Dialled", "Billed", "Amount"])
    sheet.append(["a1", "Outgoing", "ann", "+442079460958", "11.06.2026 10:00", -0.5])
    sheet.append(["a2", "Campaign call", "bob", "+14155550123", "12.06.2026 10:00", -0.25])
    book.save(tmp_path / "own.xlsx")
    (tmp_path / "own.toml").write_text(
        'provider = "own"\nholds = "charges"\ncurrency = "EUR"\ncharges = "negative"\n'
        'time_format = "%d.%m.%Y %H:%M"\n[columns]\ncall_id = "Ref"\ntype = "Kind"\nagent = "Who"\n'
        'to = "Dialled"\nbilled_at = "Billed"\ncost = "Amount"\n[type]\nmanual = ["Outgoing"]\n'
        'dialer = ["Campaign call"]\n',
        "utf-8",
    )
    (tmp_path / "people.csv").write_text("Name;Groups\nann;Sales\nbob;Support\n", "utf-8")
    (tmp_path / "people.toml").write_text(
        'holds = "roster"\n[columns]\nagent = "Name"\nteams = "Groups"\n', "utf-8"
    )
    told = tmp_path / "out.json"
    done = tollsheet(
        "--charges", tmp_path / "own.xlsx", "--mapping", tmp_path / "own.toml",
        "--roster", tmp_path / "people.csv", "--roster-mapping", tmp_path / "people.toml",
        "--from", "2026-06-11", "--to", "2026-06-12", "--team", "Sales", "--team", "Support",
        "-o", tmp_path / "out.xlsx", "--json", told,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr + done.stdout
    (book_told,) = json.loads(told.read_text("utf-8"))["currencies"]
    assert (book_told["currency"], book_told["total"]) == ("EUR", "0.75")
    assert [one["team"] for one in book_told["teams"]] == ["Sales", "Support"]


def test_one_workbook_may_hold_charges_and_roster(charges: Path, roster: Path, tmp_path: Path) -> None:
    book = Workbook()
    for path in (charges, roster):
        sheet = book.create_sheet(path.stem)
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                sheet.append(row)
    book.save(tmp_path / "both.xlsx")
    both, common = tmp_path / "both.xlsx", ("--month", "2026-06", "--team", "Sales", "--force")
    for files in (("--charges", both), ("--charges", both, "--roster", both)):
        done = tollsheet(*files, *common, "-o", tmp_path / "out.xlsx")
        assert done.returncode == 0, done.stderr + done.stdout
        assert "0.0426 USD" in done.stdout
    # as the roster alone, its charges would be left out in silence
    done = tollsheet("--charges", charges, "--roster", both, *common, "-o", tmp_path / "out.xlsx")
    assert done.returncode == 2
    assert "both.xlsx[charges] holds charges beside the roster" in done.stderr


def test_the_help_names_every_choice() -> None:
    text = tollsheet("--help").stdout
    assert "It is not an invoice." in text
    for option in ("--charges", "--roster", "--team", "--deactivated-user", "--country", "--sort"):
        assert option in text
