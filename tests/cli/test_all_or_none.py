"""A command that cannot write all of its files, or is stopped on the way, leaves none of them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click import Abort

from addin import cli
from addin.cli import reconciling, tollsheet
from addin.errors import TollsheetError
from addin.hosts import files, half_made

EXAMPLES = Path(__file__).parents[2] / "examples"
TWILIO, VOISO = EXAMPLES / "twilio", EXAMPLES / "voiso"
SIDES = (
    "--month", "2026-09", "--calls", TWILIO / "calls-console.csv", "--billed", TWILIO / "usage-monthly.csv",
    "--rates", TWILIO / "rates.csv",
)  # fmt: skip
CALLS = (
    "--month", "2026-09", "--calls", VOISO / "calls-cdr.csv", "--billed", VOISO / "billed-json.json",
    "--rates", VOISO / "rates.csv",
)  # fmt: skip
COMMANDS = {
    "reconcile": (*SIDES, "--accrual", "accrual.csv", "--json", "out.json"),
    "investigate": (*SIDES, "--text", "out.txt", "--json", "out.json"),
    "dispute": ("month.xlsx", "--csv", "out.csv", "--json", "out.json"),
    "storage": (
        "--recordings", EXAMPLES / "plivo" / "storage-example.json", "--month", "2026-06", "--csv", "out.csv",
        "--json", "out.json",
    ),
    "billing-report": (
        "--charges", EXAMPLES / "billing" / "charges.csv", "--roster", EXAMPLES / "billing" / "roster.csv",
        "--everyone", "--month", "2026-09", "--csv", "out.csv", "--json", "out.json",
    ),
}  # fmt: skip
"""What each is given, the JSON among its outputs."""


def run(command: str, *given: object) -> None:
    tollsheet.main([command, *map(str, given)], standalone_mode=False)


@pytest.mark.parametrize("stop", [KeyboardInterrupt, OSError(28, "No space left on device")])
@pytest.mark.parametrize("command", COMMANDS)
def test_outputs_are_all_there_or_none(
    command: str,
    stop: BaseException | type[BaseException],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    if command == "dispute":
        run("reconcile", *CALLS, "-o", "month.xlsx")
    before = {path.name for path in tmp_path.iterdir()}
    whole = Path.write_text

    def write(path: Path, *text: str, **how: str) -> int:
        if path.suffix == ".json":
            raise stop
        return whole(path, *text, **how)

    monkeypatch.setattr(Path, "write_text", write)
    with pytest.raises((Abort, TollsheetError)):
        run(command, *COMMANDS[command], "-o", "out.xlsx")
    monkeypatch.setattr(Path, "write_text", whole)
    assert {path.name for path in tmp_path.iterdir()} == before
    run(command, *COMMANDS[command], "-o", "out.xlsx")
    named = {one for one in (*COMMANDS[command], "out.xlsx") if str(one).startswith(("out.", "accrual."))}
    assert {path.name for path in tmp_path.iterdir()} == before | named


def test_who_stops_it_once_files_are_there_is_told_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(half_made, "NAMED", [])
    monkeypatch.setattr(cli, "NAMED", half_made.NAMED)
    monkeypatch.setattr(files, "NAMED", half_made.NAMED)
    monkeypatch.setattr(reconciling, "show_reconciliation", stopped)
    arguments = ["tollsheet", "reconcile", *map(str, SIDES), "-o", "out.xlsx", "--json", "out.json"]
    monkeypatch.setattr(sys, "argv", arguments)
    with pytest.raises(SystemExit) as ended:
        cli._run()
    assert ended.value.code == 130
    assert capsys.readouterr().err.strip() == "Stopped. Written before: out.xlsx, out.json."
