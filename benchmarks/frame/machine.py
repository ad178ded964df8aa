"""The machine in words: what a figure needs to be understood, nothing that names the machine itself."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


def machine(libraries: Sequence[str]) -> str:
    """Cores, processor, memory, system, Python and the versions of some packages."""
    cores = os.cpu_count() or 1
    parts = [f"{cores} core{'s' if cores > 1 else ''} of {_processor()}", _memory(), platform.system()]
    parts += [f"Python {platform.python_version()}", *(f"{name} {_version(name)}" for name in libraries)]
    return ", ".join(part for part in parts if part)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


def _memory() -> str:
    try:
        held = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return ""
    return f"{held / 2**30:.0f} GB of memory"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "(missing)"
