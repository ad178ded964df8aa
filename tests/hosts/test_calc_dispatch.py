"""What a person is told when a command is stopped, without LibreOffice."""

from __future__ import annotations

from pathlib import Path

from addin.errors import TollsheetError
from addin.hosts.calc_dispatch import CalcHost, Commands, Run
from addin.hosts.calc_log import Log

HOST = CalcHost(None, None)


def told(run: Run, log: Log) -> list[tuple[str, bool]]:
    said: list[tuple[str, bool]] = []
    Commands(run).carry_out("build_reconciliation", HOST, lambda text, bad: said.append((text, bad)), log)
    return said


def test_a_command_runs_with_its_name_and_host(tmp_path: Path) -> None:
    ran: list[object] = []
    assert told(lambda name, host: ran.append((name, host)), Log(tmp_path / "log")) == []
    assert ran == [("build_reconciliation", HOST)]
    assert list(tmp_path.iterdir()) == []


def test_bad_input_is_told_with_its_remedy(tmp_path: Path) -> None:
    def run(name: str, host: CalcHost) -> None:
        raise TollsheetError("The sheet Calls is protected", "Unprotect it.")

    log = Log(tmp_path / "log")
    assert told(run, log) == [("The sheet Calls is protected.\n\nUnprotect it.", True)]
    assert "Traceback" not in log.path.read_text("utf-8")


def test_anything_else_names_the_log_which_holds_the_traceback(tmp_path: Path) -> None:
    def run(name: str, host: CalcHost) -> None:
        raise KeyError("rate")

    log = Log(tmp_path / "log")
    ((text, is_error),) = told(run, log)
    assert is_error
    assert text.startswith("Build reconciliation failed: 'rate'.")
    assert str(log.path) in text
    assert "KeyError: 'rate'" in log.path.read_text("utf-8")


def test_a_second_click_waits_for_the_first(tmp_path: Path) -> None:
    log = Log(tmp_path / "log")
    said: list[str] = []

    def run(name: str, host: CalcHost) -> None:
        commands.carry_out("about", HOST, lambda text, bad: said.append(text), log)

    commands = Commands(run)
    commands.carry_out("import_usage", HOST, lambda text, bad: said.append(text), log)
    assert said == ["Import usage is still running.\n\nWait for its message, then try again."]
    commands.carry_out("about", HOST, lambda text, bad: said.append(text), log)
    assert len(said) == 2  # it can be started again afterwards
