"""The chain as Excel uses it, run by a Windows Python: install, DLL, COM server, every function, the speed.

    python.exe chain.py WORKING_FOLDER

What VBA would do is done by `variants`; xlwings' DLL and COM server are as they were shipped.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cases import CASES, Error
from command import command_of
from on_windows import installing, uninstalling
from variants import CallFailed, Server, ole32, running_server, server_by_dll

from addin.ribbon.excel_addin import UDF_MODULE, XLWINGS
from addin.ribbon.installing.configuration import configuration_path, read_settings
from addin.ribbon.installing.machine import this_machine
from udfs.cells import CELL_FUNCTIONS

SINGLE_FORMULAS = 40_000
FULL_COLUMN = 1_048_576
SECONDS_ALLOWED = 5.0


def main(folder: Path) -> int:
    """Run every part and say how it went; the exit code is the number of parts that failed."""
    ole32.CoInitializeEx(None, 2)  # single-threaded, as Excel
    failed = 0
    for part in (installing, from_a_second_process, through_the_dll, uninstalling):
        try:
            told = part(folder)
        except Exception as error:  # the other parts are to be seen too
            failed += 1
            told = f"FAILED: {type(error).__name__}: {error}"
        print(f"{part.__name__.replace('_', ' ')}: {told}", flush=True)
    return failed


def from_a_second_process(folder: Path) -> str:
    """xlwings' server started by hand, every case asked by this process."""
    clsid = f"{{{uuid.uuid4()}}}"
    code = f"import xlwings; xlwings.serve('{clsid}')"
    pipe = subprocess.PIPE
    process = subprocess.Popen([sys.executable, "-B", "-P", "-c", code], cwd=folder, stdin=pipe, stdout=pipe)
    try:
        server = _within(30, lambda: running_server(clsid))
        return ask_every_case(server)
    finally:
        process.kill()


def through_the_dll(folder: Path) -> str:
    """The DLL starts Python by the installed configuration; every case, then the speed."""
    dll = str(Path(sys.executable).with_name(f"xlwings64-{XLWINGS}.dll"))
    command = command_of(read_settings(configuration_path(this_machine()), "mbcs"))
    os.chdir(folder)
    started = time.perf_counter()
    server = server_by_dll(dll, command)
    if server is None:
        raise AssertionError("the DLL handed over no object")
    try:
        lines = [f"started in {time.perf_counter() - started:.1f} s", ask_every_case(server), *speed(server)]
        return "\n  ".join(lines)
    finally:
        server_by_dll(dll, command, -1)


def ask_every_case(server: Server) -> str:
    """Every case of `cases`, each answered as it should be."""
    wrong = []
    for name, arguments, expected in CASES:
        try:
            answer = server.call("CallUDF", UDF_MODULE, name, arguments)
        except CallFailed as error:
            answer = str(error)
        if answer != _numbers(expected):
            told = f"{name}{arguments}"[:90], repr(answer)[:90], repr(_numbers(expected))[:90]
            wrong.append("{}: {} instead of {}".format(*told))
    missing = set(CELL_FUNCTIONS) - {name for name, _, _ in CASES}
    if wrong or missing:
        raise AssertionError("\n    ".join(["", *wrong[:20], *(f"{name} was not asked" for name in missing)]))
    return f"{len(CASES)} cases over {len(CELL_FUNCTIONS)} functions of {UDF_MODULE} right"


def speed(server: Server) -> list[str]:
    """What a person waits for, as lines of text."""
    return [*single_formulas(server), full_column(server)]


def single_formulas(server: Server) -> list[str]:
    """A month filled down: one call each, and with a cache in the calling wrapper."""
    months = random.Random(3)
    calls = [
        (float(min(int(months.expovariate(1 / 180)), 3600)), months.choice((0.0085, 0.0099, 0.014, 0.0235)))
        for _ in range(SINGLE_FORMULAS)
    ]
    server.call("CallUDF", UDF_MODULE, "CALL_COST", calls[0])
    took = _timed(lambda: [server.call("CallUDF", UDF_MODULE, "CALL_COST", call) for call in calls])
    nothing = _timed(lambda: [server.call("Len", "abc") for _ in range(2000)]) / 2000
    known: dict[tuple[float, float], Any] = {}

    def remembered(call: tuple[float, float]) -> Any:
        if call not in known:
            known[call] = server.call("CallUDF", UDF_MODULE, "CALL_COST", call)
        return known[call]

    with_cache = _timed(lambda: [remembered(call) for call in calls])
    return [
        f"{SINGLE_FORMULAS:,} formulas CALL_COST: {took:.1f} s, {took / len(calls) * 1000:.2f} ms each, "
        f"of that {nothing * 1000:.2f} ms for a call that does nothing",
        f"the same where the caller remembers results ({len(known):,} different calls): {with_cache:.1f} s "
        f"(aim: under {SECONDS_ALLOWED:g} s)",
    ]


def full_column(server: Server) -> str:
    column = [[float(row % 900)] for row in range(FULL_COLUMN)]
    answers: list[Any] = []
    took = _timed(lambda: answers.append(server.call("CallUDF", UDF_MODULE, "BILLED_MINUTES", (column,))))
    if answers[0][61] != [2.0] or len(answers[0]) != FULL_COLUMN:
        raise AssertionError("the full column came back wrong")
    return (
        f"a full column of {FULL_COLUMN:,} rows, one formula: {took:.1f} s, with the making and "
        "reading of two million variants by this test"
    )


def _numbers(expected: Any) -> Any:
    """Errors as the whole numbers that travel."""
    if isinstance(expected, list):
        return [_numbers(element) for element in expected]
    return expected.number if isinstance(expected, Error) else expected


def _within(seconds: float, look: Callable[[], Server | None]) -> Server:
    deadline = time.monotonic() + seconds
    while (found := look()) is None:
        if time.monotonic() > deadline:
            raise TimeoutError("the server did not appear")
        time.sleep(0.2)
    return found


def _timed(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
