"""Every setting of the command reaches what it sets, and faults of the tool are no result."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from addin import cli, start
from addin.hosts import half_made

VOISO = {"agent": "", "from": "15005550006", "to": "447700900123", "type": "outbound"}
BILL = "Call Sid,From,To,Status,Duration,Start Time,Price,Price Unit\n"


def tollsheet(*arguments: object, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "addin.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, cwd=folder)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PYTHONPATH", str(Path(cli.__file__).parents[1]))
    return tmp_path


def month(folder: Path, *more: object) -> dict[str, Any]:
    """Reconcile `log.csv` with `bill.csv`."""
    tollsheet(
        "reconcile", "--month", "2026-09", "--calls", "log.csv", "--billed", "bill.csv", "-o", "out.xlsx",
        "--json", "out.json", "--force", *more, folder=folder,
    )  # fmt: skip
    return json.loads((folder / "out.json").read_text("utf-8"))


def kinds(report: dict[str, Any]) -> list[str]:
    return [finding["kind"] for finding in report["findings"]]


def test_a_rated_log_keeps_the_provider_s_places(folder: Path) -> None:
    """Twilio's prices have five decimals."""
    (folder / "log.csv").write_text(f"{BILL}CA1,1,447,Completed,60,2026-09-10 12:00:00,,USD\n", "utf-8")
    (folder / "rates.csv").write_text("prefix,rate\n44,0.012345\n", "utf-8")
    done = tollsheet("rate", "--calls", "log.csv", "--rates", "rates.csv", "-o", "out.csv", folder=folder)
    assert done.returncode == 0
    assert ",0.01235," in (folder / "out.csv").read_text("utf-8-sig")


def test_rate_is_1_where_a_row_cannot_be_read(folder: Path) -> None:
    rows = "CA1,1,447,Completed,60,2026-09-10 12:00:00,,USD\nCA2,1,447,Completed,x,2026-09-10 12:00:00,,USD\n"
    (folder / "log.csv").write_text(BILL + rows, "utf-8")
    (folder / "rates.csv").write_text("prefix,rate\n44,0.01\n", "utf-8")
    done = tollsheet("rate", "--calls", "log.csv", "--rates", "rates.csv", "-o", "out.csv", folder=folder)
    assert (done.returncode, "Not read: log.csv:3" in done.stdout) == (1, True)


def test_the_window_decides_what_matches(folder: Path) -> None:
    (folder / "log.csv").write_text(f"{BILL}CA1,1,2,Completed,60,2026-09-10 12:00:00,-0.01,USD\n", "utf-8")
    (folder / "bill.csv").write_text(f"{BILL}XX1,1,2,Completed,60,2026-09-10 12:00:30,-0.01,USD\n", "utf-8")
    assert kinds(month(folder)) == []
    assert kinds(month(folder, "--match-window", 29)) == ["missing-in-bill", "missing-in-log"]


def test_the_bill_s_zone_is_the_log_s_unless_it_has_its_own(folder: Path) -> None:
    row = "CA1,1,2,Completed,60,{},-0.01,USD\n"
    (folder / "log.csv").write_text(BILL + row.format("2026-09-01 00:30:00"), "utf-8")
    (folder / "bill.csv").write_text(BILL + row.format("2026-09-01 00:30:00"), "utf-8")
    assert month(folder, "--time-zone", "-05:00")["billed"]["calls"] == 1
    (folder / "bill.csv").write_text(BILL + row.format("2026-09-01 05:30:00"), "utf-8")
    assert month(folder, "--time-zone", "-05:00", "--billed-time-zone", "UTC")["billed"]["calls"] == 1
    assert month(folder, "--time-zone", "-05:00")["time_zone"] == "-05:00"


def test_whether_voicemail_is_billed_is_a_setting(folder: Path) -> None:
    record = VOISO | {
        "uuid": "v1",
        "timestamp": "2026-09-10T12:00:00Z",
        "duration": 60,
        "disposition": "answered_by_VM",
    }
    (folder / "log.csv").write_text(json.dumps([record]), "utf-8")
    (folder / "bill.csv").write_text(json.dumps([record]), "utf-8")
    assert month(folder, "--voicemail-billed")["expected"]["calls"] == 1


def test_the_sign_off_proves_the_inputs(folder: Path) -> None:
    row = "CA1,1,2,Completed,60,2026-09-10 12:00:00,-0.01,USD\n"
    for name in ("log.csv", "bill.csv"):
        (folder / name).write_text(BILL + row, "utf-8")
    month(folder)
    sheet = load_workbook(folder / "out.xlsx")["Sign-off"]
    rows = {row[1].value: row for row in sheet.iter_rows(min_row=12, max_row=13)}
    for name in ("log.csv", "bill.csv"):
        assert rows[name][5].value == hashlib.sha256((folder / name).read_bytes()).hexdigest()
        assert rows[name][7].value == "times without a zone were read as UTC"


def test_a_fault_of_the_tool_is_no_difference(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("broken")

    monkeypatch.setattr(cli.tollsheet, "main", broken)
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    assert stopped.value.code == 2
    assert "fault of Tollsheet itself" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("number", "times", "code"),
    [(signal.SIGTERM, 1, 143), (signal.SIGINT, 1, 130), (signal.SIGINT, 10_000, 130)],
    ids=["ended", "Ctrl-C", "Ctrl-C again and again"],
)
def test_a_stopped_run_leaves_nothing(number: signal.Signals, times: int, code: int, folder: Path) -> None:
    """Neither a half workbook nor its sheets in the folder for temporary files."""
    rows = "".join(
        f"CA{n},1,2,Completed,60,2026-09-{n % 28 + 1:02} 12:00:00,-0.01,USD\n" for n in range(60_000)
    )
    for name in ("log.csv", "bill.csv"):
        (folder / name).write_text(BILL + rows, "utf-8")
    temporary = folder / "tmp"
    temporary.mkdir()
    command = [sys.executable, "-m", "addin.cli", "reconcile", "--month", "2026-09", "--calls", "log.csv"]
    command += ["--billed", "bill.csv", "-o", "out.xlsx"]
    with subprocess.Popen(
        command,
        cwd=folder,
        env=os.environ | {"TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        while process.poll() is None and not any(folder.glob(".out-*")):
            time.sleep(0.02)
        while process.poll() is None and times:
            process.send_signal(number)
            times -= 1
            time.sleep(0.001)
        said = process.communicate(timeout=60)
    assert process.returncode == code
    assert b"".join(said).strip() == (b"Stopped." if code == 130 else b"")
    assert sorted(path.name for path in folder.iterdir()) == ["bill.csv", "log.csv", "tmp"]
    assert list(temporary.iterdir()) == []


def test_a_command_that_is_stopped_while_it_is_loaded_says_no_more(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Loading:
        def __getattr__(self, name: str) -> object:
            raise KeyboardInterrupt

    monkeypatch.setitem(sys.modules, "addin.cli", Loading())
    with pytest.raises(SystemExit) as stopped:
        start.main()
    assert stopped.value.code == 130
    assert capsys.readouterr().err == "Stopped.\n"


def test_a_run_that_is_stopped_between_two_steps_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A signal between the making of a folder and all that would remove it."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)

    def stopped(*_: object, **__: object) -> None:
        kept = [half_made.scratch_folder(), half_made.half_made_file(tmp_path, "out", ".xlsx")]
        assert [one.__enter__().parent for one in kept] == [tmp_path, tmp_path]
        assert len(list(tmp_path.iterdir())) == 2
        os.kill(os.getpid(), signal.SIGTERM)

    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)]
    monkeypatch.setattr(cli.tollsheet, "main", stopped)
    try:
        with pytest.raises(SystemExit) as ended:
            cli.main()
    finally:
        for number, handler in zip((signal.SIGINT, signal.SIGTERM, signal.SIGHUP), before, strict=True):
            signal.signal(number, handler)
    assert ended.value.code == 143
    assert list(tmp_path.iterdir()) == []
