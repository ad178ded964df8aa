"""What the tests of delivered workbooks share."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest

from tests.workbook_lint.orders import write_all


@pytest.fixture(scope="session")
def delivered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every workbook that the commands write of the example months, written once a run."""
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent  # of all workers of the run
    folder, done = base / "delivered", base / "delivered.done"
    with (base / "delivered.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            folder.mkdir(exist_ok=True)
            write_all(folder)
            done.touch()
    return folder
