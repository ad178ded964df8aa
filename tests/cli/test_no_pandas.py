"""The command does without pandas, wherever arrow would find it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_READ = """
import sys
from pathlib import Path
from addin import cli
from addin.records import one_file

one_file.LARGE_BYTES = 0
sys.argv = ["tollsheet", "inspect", {log!r}]
{main}
assert "pyarrow" in sys.modules
"""


def _read(log: Path, pandas: Path, main: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", _READ.format(log=str(log), main=main)]
    return subprocess.run(
        command, env={"PYTHONPATH": str(pandas)}, capture_output=True, text=True, check=False
    )


def test_a_pandas_that_is_installed_is_not_taken_along(examples: Path, tmp_path: Path) -> None:
    (tmp_path / "pandas").mkdir()
    (tmp_path / "pandas" / "__init__.py").write_text("print('pandas is here')\n__version__ = '3.0'\n")
    log = examples / "twilio" / "calls-script.csv"
    apart = _read(log, tmp_path, "cli.main()")
    assert apart.returncode == 1, apart.stderr  # one row cannot be read
    assert "of them billed" in apart.stdout
    assert "pandas" not in apart.stdout + apart.stderr
    along = _read(log, tmp_path, "cli.tollsheet.main(standalone_mode=False)")
    assert "pandas is here" in along.stdout, "arrow no longer takes pandas along: nothing has to be left out"
