"""The chain as Excel uses it, run by a Windows Python: install, DLL, COM server, every function, the speed.

    python.exe chain.py WORKING_FOLDER [ROUNDS]

With a number of rounds, only what the benchmarks ask for: filled-down formulas through the DLL. What VBA
would do is done by `variants`; xlwings' DLL and COM server are as they were shipped.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cases import CASES, MIXED_COLUMNS, Error
from command import command_of
from on_windows import installing, uninstalling
from speed import filled_down_again_and_again, speed
from variants import CallFailed, Server, ole32, running_server, server_by_dll

from addin.ribbon.excel_addin import UDF_MODULE, XLWINGS
from addin.ribbon.installing.configuration import configuration_path, read_settings
from addin.ribbon.installing.machine import this_machine
from udfs.cells import CELL_FUNCTIONS


def main(folder: Path, rounds: int = 0) -> int:
    """Run every part and say how it went; the exit code is the number of parts that failed."""
    ole32.CoInitializeEx(None, 2)  # single-threaded, as Excel
    failed = 0
    parts = [installing, from_a_second_process, through_the_dll, uninstalling]
    if rounds:

        def benchmark(folder: Path) -> str:
            return by_the_dll(folder, lambda server: filled_down_again_and_again(server, rounds))

        parts = [installing, benchmark, uninstalling]
    for part in parts:
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
    """Every case, then the speed."""

    def ask(server: Server) -> str:
        return "\n  ".join([ask_every_case(server), rows_as_alone(server), *speed(server)])

    started = time.perf_counter()
    return by_the_dll(
        folder, lambda server: f"started in {time.perf_counter() - started:.1f} s\n  {ask(server)}"
    )


def by_the_dll(folder: Path, ask: Callable[[Server], str]) -> str:
    """The DLL starts Python by the installed configuration, and is asked."""
    dll = str(Path(sys.executable).with_name(f"xlwings64-{XLWINGS}.dll"))
    command = command_of(read_settings(configuration_path(this_machine()), "mbcs"))
    os.chdir(folder)
    server = server_by_dll(dll, command)
    if server is None:
        raise AssertionError("the DLL handed over no object")
    try:
        return ask(server)
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


def rows_as_alone(server: Server) -> str:
    """Rows that are asked in one call, as the add-in reads them ahead, are answered as each alone."""
    for name, columns in MIXED_COLUMNS:
        for height in (len(columns[0]), 200):
            rows = [tuple(column[row % len(column)] for column in columns) for row in range(height)]
            together = server.call(
                "CallUDF",
                UDF_MODULE,
                name,
                tuple([[cell] for cell in cells] for cells in zip(*rows, strict=True)),
            )
            alone = [[server.call("CallUDF", UDF_MODULE, name, row)] for row in rows]
            if repr(together) != repr(alone):  # repr: 1 is an error, 1.0 a number, True neither
                raise AssertionError(f"{name}: {together[:20]} together, {alone[:20]} alone")
    return f"rows of mixed columns through {len(MIXED_COLUMNS)} functions answered as each row alone"


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


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *map(int, sys.argv[2:])))
