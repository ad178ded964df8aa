"""`tollsheet investigate` as a person runs it."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.test_commands import tollsheet

LATE = datetime(2026, 10, 3, tzinfo=UTC).timestamp()


@pytest.fixture
def month(examples: Path) -> list[object]:
    """The options of the ConnexCS month."""
    folder = examples / "connexcs"
    return [
        "investigate",
        *("--calls", folder / "calls-cdr.csv", "--billed", folder / "billed-cdr.csv"),
        *("--rates", folder / "rates.csv", "--exported-at", "2026-10-03"),
    ]


def test_a_difference_is_1_and_the_path_is_told(month: list[object], tmp_path: Path) -> None:
    outputs = [tmp_path / name for name in ("out.xlsx", "out.txt", "out.json")]
    done = tollsheet(
        *month, "--month", "2026-09", "-o", outputs[0], "--text", outputs[1], "--json", outputs[2]
    )
    assert (done.returncode, done.stderr) == (1, "")
    told = done.stdout.splitlines()
    assert told[0] == "2026-09: rating issue"
    assert told[1].startswith("  The day that differs most (UTC): 2026-09-25, by amount. Ours 0.2627 USD")
    assert told[2] == "  Do the connected calls roughly match? Yes. Ours 14, theirs 14; may differ by 0.14"
    assert told[4].startswith("  Do the costs of the same time match? No.")
    [note] = [line for line in told if line.startswith("Please note")]
    assert note.startswith(
        'Please note: 1 row could not be read, the first at calls-cdr.csv:160: "Duration" is'
    )
    assert note.endswith("Correct that first: it may be what differs.")
    assert load_workbook(outputs[0]).sheetnames[:4] == ["Investigation", "Report text", "Days", "Hours"]
    text = outputs[1].read_text("utf-8")
    assert "yours: 120 s billed x 0.85 USD/min / 60 = 1.7 USD, rounded half-up to 4 places" in text
    found = json.loads(outputs[2].read_text("utf-8"))
    (path,) = found["paths"]
    assert (path["kind"], path["day"], path["call"]["call_id"]) == (
        "rating issue",
        "2026-09-25",
        "b204c5a4a3d343b0ddf4ce61dc2dd1e6@198.51.100.7",
    )
    assert found["minutes_x_rate"]["calls_without_rate"] == 0


def test_the_provider_s_example_differs_in_nothing(examples: Path, tmp_path: Path) -> None:
    """Its own file on both sides: no difference, and 15.1667 min x 0.005 is 0.0758, the calls are 0.08."""
    path, out = examples / "connexcs" / "nine-seconds-cdr.csv", tmp_path / "out.json"
    done = tollsheet(
        *("investigate", "--month", "2026-09", "--calls", path, "--billed", path, "-o", tmp_path / "o.xlsx"),
        *("--json", out, "--exported-at", "2026-10-02"),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "are the same file: agreement proves nothing" in done.stdout
    (rate,) = json.loads(out.read_text("utf-8"))["minutes_x_rate"]["rates"]
    assert (rate["calls"], rate["cost"]) == (100, "0.08")
    assert rate["on_total"].startswith("0.07583333")


def test_days_instead_of_a_month(month: list[object], tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    days = ("--from", "2026-09-01", "--to", "2026-09-10")
    done = tollsheet(*month, *days, "-o", tmp_path / "out.xlsx", "--json", out)
    assert done.returncode == 1
    found = json.loads(out.read_text("utf-8"))
    assert found["period"] == "2026-09-01 to 2026-09-10"
    assert [day["date"] for day in found["paths"][0]["days"]][::9] == ["2026-09-01", "2026-09-10"]
    assert found["paths"][0]["day"] <= "2026-09-10"


def test_an_early_export_is_warned_of_by_the_file_s_own_time(examples: Path, tmp_path: Path) -> None:
    files = []
    for name, at in (("calls-cdr.csv", LATE), ("billed-cdr.csv", LATE - 100_000)):
        files.append(tmp_path / name)
        files[-1].write_bytes((examples / "connexcs" / name).read_bytes())
        os.utime(files[-1], (at, at))
    done = tollsheet(
        *("investigate", "--month", "2026-09", "--calls", files[0], "--billed", files[1]),
        *("-o", tmp_path / "out.xlsx"),
    )
    warning, _ = (line for line in done.stdout.splitlines() if line.startswith("Please note"))
    assert "Bill: exported 2026-10-01 20:13:20 UTC, time of the file billed-cdr.csv" in warning
    assert "less than 24 hours after it ended (2026-10-01 00:00 UTC)" in warning


@pytest.mark.parametrize(
    ("ledger", "code", "told"),
    [
        (("--opening-balance", "100", "--closing-balance", "90"), 1, "Balance USD: mismatch"),
        (("--opening-balance", "10 USD", "--top-ups", "2.5", "--closing-balance", "-7"), 1, "mismatch"),
    ],
)
def test_a_balance_by_its_amounts(
    ledger: tuple[str, ...], code: int, told: str, month: list[object], tmp_path: Path
) -> None:
    done = tollsheet(*month, "--month", "2026-09", *ledger, "-o", tmp_path / "out.xlsx")
    assert (done.returncode, told in done.stdout) == (code, True), done.stdout + done.stderr


def test_a_balance_by_its_file_agrees(month: list[object], tmp_path: Path) -> None:
    ledger, out = tmp_path / "ledger.csv", tmp_path / "out.json"
    ledger.write_text("kind,amount,reference\nopening,100,\ntop-up,5,INV 1\nclosing,1,\n", "utf-8")
    options = (
        "--month",
        "2026-09",
        "--ledger",
        ledger,
        "-o",
        tmp_path / "out.xlsx",
        "--force",
        "--json",
        out,
    )
    assert tollsheet(*month, *options).returncode == 1
    derived = json.loads(out.read_text("utf-8"))["balances"][0]["derived"]
    ledger.write_text(f"kind,amount,reference\nopening,100,\ntop-up,5,INV 1\nclosing,{derived},\n", "utf-8")
    done = tollsheet(*month, *options)
    assert "Balance USD: agrees" in done.stdout
    assert "Ledger" in load_workbook(tmp_path / "out.xlsx").sheetnames


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ((), "The period is not clear"),
        (("--month", "2026-09", "--from", "2026-09-01"), "The period is not clear"),
        (("--from", "2026-09-03", "--to", "2026-09-01"), "is before the first"),
        (("--from", "01.09.2026", "--to", "2026-09-03"), "'01.09.2026' is not a day as YYYY-MM-DD"),
        (("--month", "2026-09", "--threshold", "all"), "'all' is no threshold"),
        (("--month", "2026-09", "--closing-at", "2026-10-01"), "has a time and no amount"),
        (("--month", "2026-09", "--opening-balance", "ten"), "'ten' is no opening amount"),
        (("--month", "2026-09", "--opening-balance", "1"), "no closing balance"),
        (("--month", "2026-09", "--text", "out.xlsx"), "out.xlsx is named for two outputs"),
        (("--month", "2026-08"), "outside the month"),
    ],
)
def test_bad_input_is_2_and_writes_nothing(
    changes: tuple[str, ...],
    message: str,
    month: list[object],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    done = tollsheet(*month, *changes, "-o", "out.xlsx")
    if changes == ("--month", "2026-08"):  # the log has calls of August's last evening, the bill has none
        assert "The bill has nothing in 2026-08" in done.stderr
    else:
        assert message in done.stderr
    assert done.returncode == 2
    assert list(tmp_path.iterdir()) == []
