"""What is gathered of the computer that the tests run on."""

from __future__ import annotations

import sys
from pathlib import Path

from addin.ribbon.installing.machine import read_registry, this_machine


def test_it_is_this_installation() -> None:
    machine = this_machine()
    assert machine.interpreter == Path(sys.executable)
    assert (machine.packages / "addin" / "ribbon" / "installing" / "machine.py").is_file()
    assert machine.built[-1] == machine.packages / "dist"  # where make addin builds


def test_a_program_s_words_and_code_come_back() -> None:
    run = this_machine().run
    assert run([sys.executable, "-c", "print('done'); raise SystemExit(3)"]) == (3, "done")
    code, said = run(["no-such-program-anywhere"])
    assert code
    assert "no-such-program-anywhere" in said


def test_without_a_registry_nothing_is_in_it() -> None:
    assert read_registry(r"HKCU\Software\Microsoft", "") is None
    assert not this_machine().is_running("EXCEL.EXE")
