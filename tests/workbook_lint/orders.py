"""The workbooks that the commands write of the example months: of `make demo`, and one of each other kind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MONTH = ("--month", "2026-09")


def _month(provider: str, calls: str, *billed: str) -> tuple[str, ...]:
    folder = f"examples/{provider}"
    bills = [word for one in billed for word in ("--billed", f"{folder}/{one}")]
    return ("--calls", f"{folder}/{calls}", *bills, "--rates", f"{folder}/rates.csv")


TWILIO = _month("twilio", "calls-console.csv", "usage-monthly.csv", "usage-daily.json")
CONNEXCS = _month("connexcs", "calls-cdr.csv", "billed-cdr.csv")
PLIVO: tuple[str, ...] = ("--recordings", "examples/plivo/storage-recordings.json")
PLIVO += ("--deletions", "examples/plivo/storage-deletions.csv")

ORDERS: dict[str, tuple[str, ...]] = {
    "twilio": ("reconcile", *MONTH, *TWILIO, "--invoice-total", "90 USD", "--invoice-line", "VAT=1.23"),
    "connexcs": ("reconcile", *MONTH, *CONNEXCS),
    "plivo": ("reconcile", *MONTH, *_month("plivo", "calls-json.json", "billed-cdr.csv")),
    "voiso": ("reconcile", *MONTH, *_month("voiso", "calls-cdr.csv", "billed-json.json")),
    "generic": (
        *("reconcile", *MONTH, *_month("generic", "calls-export.csv", "billed-export.csv")),
        *("--mapping", "examples/generic/mapping.toml"),
    ),
    "recordings": ("storage", *PLIVO, "--from-month", "2026-04", "--to-month", "2026-09"),
}
"""Written with their figures as JSON beside them."""

RATED = ("rate", "--calls", "examples/connexcs/calls-cdr.csv", "--rates", "examples/connexcs/rates.csv")
DEMO = ("investigation", "reconciliation-connexcs", "disputes", "billing-report", "storage")
NAMES = (*ORDERS, "rated", *DEMO)


def write_all(folder: Path) -> None:
    """Write every workbook into a folder."""
    scripts = str(Path(sys.executable).parent)
    environment = {**os.environ, "PATH": os.pathsep.join((scripts, os.environ["PATH"]))}
    demo = ("sh", "examples/reports.sh", str(folder))
    done = subprocess.run(demo, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    for name, order in ORDERS.items():
        _tollsheet(*order, "-o", str(folder / f"{name}.xlsx"), "--json", str(folder / f"{name}.json"))
    for ending in ("xlsx", "csv"):
        _tollsheet(*RATED, "-o", str(folder / f"rated.{ending}"))


def _tollsheet(*arguments: str) -> None:
    command = (sys.executable, "-m", "addin.cli", *arguments)
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode in (0, 1), done.stderr  # 1: there is something to look at
