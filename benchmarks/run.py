"""`make bench`: measure every benchmark, or those named, and write docs/performance.md.

    python benchmarks/run.py [MODULE ...]

Each runs in a process of its own. Parts that are not measured stay as they are, with the day they were.
"""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

from benchmarks.frame.document import Section, joined, sections_in

HERE = Path(__file__).resolve().parent
DOCUMENT = HERE.parent / "docs" / "performance.md"

MODULES = (
    "columns",
    "months",
    "excel_python_side",
    "single_formulas",
    "calc_functions",
    "start_up",
    "large_workbooks",
    "large_logs",
    "call_records",
    "large_sheets",
)
"""The benchmarks, in the order of the document."""


def section_of(module: str) -> Section:
    """What a benchmark module declares; importing it measures nothing."""
    section: Section = import_module(f"benchmarks.{module}").SECTION
    return section


def main(wanted: list[str]) -> int:
    """Measure, and write the document after each part: a long run that is stopped was not for nothing."""
    strange = set(wanted) - set(MODULES)
    if strange:
        print(f"No benchmark is called {', '.join(sorted(strange))}: {', '.join(MODULES)}", file=sys.stderr)
        return 2
    titles = {module: section_of(module).title for module in MODULES}
    for module in wanted or MODULES:
        print(f"== {module}", file=sys.stderr, flush=True)
        done = subprocess.run(
            [sys.executable, str(HERE / f"{module}.py")], stdout=subprocess.PIPE, text=True, check=False
        )
        if done.returncode:
            print(f"{module} failed; its part of {DOCUMENT.name} stays as it was.", file=sys.stderr)
            return 1
        parts = sections_in(DOCUMENT.read_text("utf-8")) if DOCUMENT.exists() else {}
        parts[titles[module]] = done.stdout
        DOCUMENT.write_text(joined(parts, [*titles.values()]), "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
