"""What a person is told when a command is stopped, without LibreOffice."""

from __future__ import annotations

from pathlib import Path

from addin.errors import TollsheetError
from addin.hosts.calc_addin.dispatch import Run, carry_out
from addin.hosts.log import Log


def told(run: Run, log: Log) -> list[tuple[str, bool]]:
    said: list[tuple[str, bool]] = []
    carry_out("build_reconciliation", run, lambda text, bad: said.append((text, bad)), log)
    return said


def test_a_command_runs_by_its_name(tmp_path: Path) -> None:
    ran: list[str] = []
    assert told(ran.append, Log(tmp_path / "log")) == []
    assert ran == ["build_reconciliation"]
    assert list(tmp_path.iterdir()) == []


def test_bad_input_is_told_with_its_remedy(tmp_path: Path) -> None:
    def run(name: str) -> None:
        raise TollsheetError("The sheet Calls is protected", "Unprotect it.")

    log = Log(tmp_path / "log")
    assert told(run, log) == [("The sheet Calls is protected.\n\nUnprotect it.", True)]
    assert "Traceback" not in log.path.read_text("utf-8")


def test_anything_else_names_the_log_which_holds_the_traceback(tmp_path: Path) -> None:
    def run(name: str) -> None:
        raise KeyError("rate")

    log = Log(tmp_path / "log")
    ((text, is_error),) = told(run, log)
    assert is_error
    assert text.startswith("Build reconciliation failed: 'rate'.")
    assert str(log.path) in text
    assert "KeyError: 'rate'" in log.path.read_text("utf-8")
