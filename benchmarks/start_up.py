"""How long a person waits before anything happens: `python benchmarks/start_up.py`.

Commands and first function calls in fresh processes, against an import that nothing here can do without.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.frame.document import Section, main
from benchmarks.frame.rows import OURS, Figure, Row, floor, ours
from benchmarks.frame.timing import fresh

ROUNDS = 15
SIZE = f"{ROUNDS} fresh processes each"
COMMAND = str(Path(sys.executable).with_name("tollsheet"))
CLICK, NUMPY = "`python -c 'import click'`", "`python -c 'import numpy'`"
IMPORTS = {CLICK: "import click", NUMPY: "import numpy"}

ONE_CELL = "from udfs import CALL_COST; CALL_COST(80, 0.0085)"
ONE_RANGE = "from udfs import CALL_COST; CALL_COST([80.0] * 1000, 0.0085)"


def _against(base: str, *words: str) -> Callable[[], Mapping[str, Figure]]:
    """A command and the import below it, in turn."""
    commands = {OURS: words, base: (sys.executable, "-c", IMPORTS[base])}
    return lambda: fresh(commands, rounds=ROUNDS)


def _row(work: str, base: str, at_most: float, *words: str) -> Row:
    return Row(work, SIZE, (ours(), floor(base, at_most)), _against(base, *words))


SECTION = Section(
    title="Start-up",
    note="The first function call is `CALL_COST` of one cell, which needs no numpy, and of a range of 1,000.",
    libraries=("click", "numpy"),
    rows=(
        _row("`tollsheet --help`", CLICK, 2, COMMAND, "--help"),
        _row("`tollsheet reconcile --help`", CLICK, 2, COMMAND, "reconcile", "--help"),
        _row("the first function call, a cell", NUMPY, 2, sys.executable, "-c", ONE_CELL),
        _row("the first function call, a range", NUMPY, 2, sys.executable, "-c", ONE_RANGE),
    ),
)

if __name__ == "__main__":
    main(SECTION)
