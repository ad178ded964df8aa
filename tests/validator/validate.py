"""Microsoft's own validator, the Open XML SDK, on one file."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path("node_modules", ".bin", "ooxml-validator")


def validate(path: Path) -> dict[str, Any]:
    """What the validator says of a file."""
    program = ROOT / os.environ.get("VALIDATOR_HOME", ".venv/validator") / PROGRAM
    assert program.exists(), "The Open XML SDK validator is missing: `make validator` installs it."
    done = subprocess.run([program, path], capture_output=True, text=True, timeout=120)
    assert done.stdout, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def problems(path: Path) -> list[Any]:
    """What is wrong with a file; nothing where it is valid."""
    answer = validate(path)
    assert answer["ok"] is not bool(answer["errors"])
    return list(answer["errors"])
