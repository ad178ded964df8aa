"""The `tollsheet` command as a person runs it: exit codes, outputs, messages."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import click
import pytest
from openpyxl import load_workbook

from addin.cli import COMMANDS
from addin.cli import tollsheet as tollsheet_group

HEADER = "Call Sid,From,To,Direction,Type,Status,Duration,Start Time,End Time,Date Created,Price,Price Unit"
USAGE = "category,start_date,end_date,count,count_unit,usage,usage_unit,price,price_unit"


def tollsheet(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "addin.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Two calls of 61 and 30 seconds, and a busy one."""
    path = tmp_path / "log.csv"
    row = "CA{},+15005550006,{},Outgoing API,Phone,{},{},12:00:00 UTC 2026-09-10,,,{},USD"
    rows = [
        row.format(1, "+447700900123", "Completed", 61, "-0.02800"),
        row.format(2, "+447700900124", "Completed", 30, "-0.01400"),
        row.format(3, "+447700900125", "Busy", 0, ""),
    ]
    path.write_text("\n".join([HEADER, *rows]) + "\n", "utf-8")
    return path


def usage(folder: Path, calls: int, minutes: str, cost: str) -> Path:
    path = folder / f"usage-{calls}-{minutes}.csv"
    row = f"calls,2026-09-01,2026-09-30,{calls},calls,{minutes},minutes,{cost},usd"
    path.write_text(f"{USAGE}\n{row}\n", "utf-8")
    return path


@pytest.fixture
def rates(tmp_path: Path) -> Path:
    path = tmp_path / "rates.csv"
    path.write_text("prefix,rate,currency\n44,0.014,USD\n", "utf-8")
    return path


def test_balanced_is_0_and_says_where_the_workbook_is(log: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    done = tollsheet(
        "reconcile",
        "--month",
        "2026-09",
        "--calls",
        log,
        "--billed",
        usage(tmp_path, 2, "3", "0.042"),
        "-o",
        out,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("2026-09: balanced\n")
    assert f"Written: {out}" in done.stdout
    assert "\x1b" not in done.stdout
    assert load_workbook(out).sheetnames[0] == "Summary"


def test_differences_are_1_and_a_tolerance_makes_them_0(log: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    bill = usage(tmp_path, 2, "4", "0.056")
    base = ("reconcile", "--month", "2026-09", "--calls", log, "--billed", bill, "-o", out, "--force")
    assert tollsheet(*base).returncode == 1
    within = tollsheet(*base, "--tolerance-minutes", "1", "--tolerance-amount", "0.014")
    assert within.returncode == 0
    assert "2026-09: within tolerance" in within.stdout
    assert tollsheet(*base, "--tolerance-minutes", "1", "--tolerance-amount", "0.0139").returncode == 1


def test_the_json_holds_what_the_screen_says(log: Path, rates: Path, tmp_path: Path) -> None:
    bill, out = usage(tmp_path, 2, "3", "0.042"), tmp_path / "out.json"
    options = ("--rates", rates, "--json", out, "-o", tmp_path / "out.xlsx")
    done = tollsheet("reconcile", "--month", "2026-09", "--calls", log, "--billed", bill, *options)
    assert done.returncode == 0
    found = json.loads(out.read_text("utf-8"))
    assert found["expected"] == {"calls": 2, "minutes": "3", "cost": "0.042", "currency": "USD"}
    assert found["cost_basis"] == "rate card"


def test_several_files_follow_one_option(log: Path, tmp_path: Path) -> None:
    more = tmp_path / "more.csv"
    more.write_text(log.read_text("utf-8").replace("CA", "CB"), "utf-8")
    bill, out = usage(tmp_path, 4, "6", "0.084"), tmp_path / "out.xlsx"
    done = tollsheet("reconcile", "--calls", log, more, "--month", "2026-09", "--billed", bill, "-o", out)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"--month": "2026-13"},
            "Error: '2026-13' is not a month. Write it as YYYY-MM, for example 2026-09.",
        ),
        ({"--month": "2026-10"}, "Error: The call log has nothing in 2026-10; it has 2026-09 (3)."),
        ({"--month": "2026-10"}, "these are the right records. Option: --month.\n"),
        ({"--billed": "rates.csv"}, "Give it as the rate card. Option: --rates.\n"),
        ({"--calls": "nowhere.csv"}, "Error: nowhere.csv is not there."),
        ({"-o": "out.pdf"}, "does not end in .xlsx"),
        ({"-o": "nowhere/out.xlsx"}, "nowhere"),
        ({"--time-zone": "Mars/Olympus"}, "Mars/Olympus"),
        ({"--tolerance-amount": "-1"}, "is not a number of 0 or more"),
    ],
)
def test_bad_input_is_2_and_says_what_to_do(
    changes: dict[str, str], message: str, log: Path, tmp_path: Path
) -> None:
    options = {
        "--month": "2026-09",
        "--calls": str(log),
        "--billed": str(usage(tmp_path, 2, "3", "0.042")),
        "-o": str(tmp_path / "out.xlsx"),
    }
    (tmp_path / "rates.csv").write_text("prefix,rate\n44,0.01\n", "utf-8")
    options.update(
        {
            name: str(tmp_path / value) if "out" in value or "rates" in value else value
            for name, value in changes.items()
        }
    )
    done = tollsheet("reconcile", *(part for pair in options.items() for part in pair))
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.glob("out*"))


def test_nothing_is_overwritten_without_force_and_no_input_ever(log: Path, tmp_path: Path) -> None:
    bill, out = usage(tmp_path, 2, "3", "0.042"), tmp_path / "out.xlsx"
    out.write_text("mine", "utf-8")
    base = ("reconcile", "--month", "2026-09", "--calls", log, "--billed", bill)
    done = tollsheet(*base, "-o", out)
    assert (done.returncode, out.read_text("utf-8")) == (2, "mine")
    assert "--force" in done.stderr
    before = log.read_bytes()
    for target in (("-o", tmp_path / "new.xlsx", "--json", log), ("-o", log)):
        assert tollsheet(*base, *target, "--force").returncode == 2
    assert log.read_bytes() == before
    assert tollsheet(*base, "-o", out, "--force").returncode == 0


def test_two_rates_at_once_are_named(log: Path, tmp_path: Path) -> None:
    rates = tmp_path / "rates.csv"
    rates.write_text("prefix,rate\n44,0.014\n+44,0.015\n", "utf-8")
    bill = usage(tmp_path, 2, "3", "0.042")
    options = ("--rates", rates, "-o", tmp_path / "out.xlsx")
    done = tollsheet("reconcile", "--month", "2026-09", "--calls", log, "--billed", bill, *options)
    assert done.returncode == 2
    assert "rates.csv, rows 2 and 3: two rates for prefix '44' are in force at once" in done.stderr


def test_rate_writes_every_call_and_is_1_where_one_has_no_rate(
    log: Path, rates: Path, tmp_path: Path
) -> None:
    out = tmp_path / "rated.csv"
    assert tollsheet("rate", "--calls", log, "--rates", rates, "-o", out).returncode == 0
    text = out.read_text("utf-8-sig")
    assert len(list(csv.DictReader(text.splitlines()))) == 3
    assert "0.028" in text
    assert "'+447700900123" in text  # a number that a spreadsheet would calculate is text
    rates.write_text("prefix,rate\n1,0.014\n", "utf-8")
    done = tollsheet("rate", "--calls", log, "--rates", rates, "-o", tmp_path / "rated.xlsx")
    assert done.returncode == 1
    assert 'log.csv:2: no row of rates.csv covers "447700900123"' in done.stdout


def test_inspect_says_what_files_are(log: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text(log.read_text("utf-8").replace(",61,", ",6l,").replace("CA", "CB"), "utf-8")
    done = tollsheet("inspect", log, bad)
    assert done.returncode == 1
    assert "Twilio console CSV" in done.stdout
    assert "Not read: bad.csv:2:" in done.stdout
    assert tollsheet("inspect", log).returncode == 0


def test_help_and_no_arguments() -> None:
    done = tollsheet("--help")
    assert done.returncode == 0
    assert "1 differences or calls left unread or unrated" in " ".join(done.stdout.split())
    assert tollsheet("reconcile").returncode == 2
    for command in ("reconcile", "rate", "inspect"):
        assert command in done.stdout
        assert tollsheet(command, "--help").returncode == 0


@pytest.mark.parametrize("words", [["--help"], ["reconcile", "--help"]])
def test_help_needs_no_numpy_and_no_workbook_library(words: list[str]) -> None:
    code = f"import sys; sys.argv = {['tollsheet', *words]}\nfrom addin.cli import main\n"
    code += "try:\n    main()\nexcept SystemExit:\n    pass\n"
    code += "print([name for name in ('numpy', 'dateutil', 'xlsxwriter', 'openpyxl') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_each_says_itself(name: str) -> None:
    command = tollsheet_group.get_command(click.Context(tollsheet_group), name)
    assert command is not None
    assert command.name == name
    assert (command.help or "").startswith(COMMANDS[name])
