"""Months to investigate: generated ones with planted faults, and small ones made up call by call."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

from addin.investigation.balance import Ledger
from addin.investigation.export import exports_of
from addin.investigation.investigation import Investigation, investigate
from addin.investigation.questions import THRESHOLD
from addin.reconcile.period import Month as Period
from addin.reconcile.reconciliation import Question, Reconciliation, reconcile
from addin.records import read_mapping, read_rate_card, read_records
from addin.reports.investigation.build import investigation_report
from addin.reports.investigation.data import InvestigationReport
from addin.reports.reconciliation.build import Inputs
from examples.generate import Month, month

LATER = datetime(2026, 10, 3, tzinfo=UTC)
"""When both sides were exported: long after the month."""


def generated(
    folder: Path,
    provider: str,
    seed: int,
    faults: Mapping[str, int],
    *,
    calls: int = 300,
    mode: str = "calls",
    rates: bool = True,
    billed: str = "",
) -> tuple[Month, Reconciliation, Inputs]:
    """A generated month, written, read and reconciled."""
    made = month(provider, seed, faults, calls=calls, mode=mode)
    made.write(folder)
    mapping = read_mapping(folder / "mapping.toml") if (folder / "mapping.toml").exists() else None
    log = read_records([folder / name for name in next(iter(made.log_files.values()))], mapping=mapping)
    names = made.billed_files[billed or next(iter(made.billed_files))]
    bill = read_records([folder / name for name in names], mapping=mapping)
    card = read_rate_card(folder / "rates.csv") if rates else None
    result = reconcile(log, bill, Question(Period.parse(made.planted["month"])), card)
    return made, result, Inputs(log.sources, bill.sources)


def walked(
    result: Reconciliation, threshold: Fraction = THRESHOLD, ledger: Ledger | None = None
) -> Investigation:
    """The investigation of a reconciliation whose sides were exported in time."""
    exports = exports_of(result.question.month, (), (), LATER)
    return investigate(result, exports, threshold, ledger)


def reported(result: Reconciliation, inputs: Inputs | None = None, **more: Ledger) -> InvestigationReport:
    """Its report."""
    return investigation_report(walked(result, **more), inputs or Inputs((), ()))  # type: ignore[arg-type]
