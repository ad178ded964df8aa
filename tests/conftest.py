"""What all tests share: the paths of the project."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.office import harness

settings.register_profile("tollsheet", deadline=None)  # no test is timed
settings.load_profile("tollsheet")

ROOT = Path(__file__).resolve().parent.parent

# Run by the system's Python beside LibreOffice, not by the virtual environment's.
collect_ignore_glob = ["office/*_in_office.py", "ribbon/ask_office.py", "ribbon/shim/*"]


def pytest_configure(config: pytest.Config) -> None:
    """Where there is a processor for each worker, it and the LibreOffice that it starts stay on one of their
    own: these wait for each other in turns, and are woken there in a fraction of the time."""
    worker = getattr(config, "workerinput", None)
    processors = sorted(os.sched_getaffinity(0)) if worker and hasattr(os, "sched_getaffinity") else []
    if worker and len(processors) == worker["workercount"]:
        os.sched_setaffinity(0, {processors[int(worker["workerid"].removeprefix("gw"))]})


def pytest_sessionfinish() -> None:
    """The LibreOffice that this process keeps does not outlive it."""
    harness.end_kept()


@pytest.fixture(scope="session")
def root() -> Path:
    """The top folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def examples(root: Path) -> Path:
    """The committed example months."""
    return root / "examples"
