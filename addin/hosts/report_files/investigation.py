"""An investigation as a workbook and as text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from addin.errors import TollsheetError
from addin.hosts.files import write_text
from addin.hosts.report_files.writing import write_report
from addin.reports.investigation.data import InvestigationReport
from templates.grid import FIRST_ROW
from templates.investigation import build
from templates.look import SHEET_ROWS


def write_investigation(
    report: InvestigationReport,
    path: Path,
    *,
    force: bool = False,
    inputs: Sequence[Path] = (),
    max_rows: int = SHEET_ROWS,
) -> None:
    """Write the workbook. Raises TollsheetError where it cannot be written, or where the calls of the day do
    not fit on a sheet (`max_rows`): nothing is cut off in silence."""
    sides = (
        [len(one.our_calls) for one in report.paths],
        [len(one.their_calls) for one in report.paths],
    )
    most = max(map(sum, sides))
    if most > max_rows - FIRST_ROW - 1:
        raise TollsheetError(
            f"The day that differs most has {most:,} calls, which do not fit on a sheet",
            "Split the log and the bill, by account for example, and investigate each part.",
        )
    write_report(path, lambda workbook, version: build(workbook, report, version), force=force, inputs=inputs)


def write_report_text(
    report: InvestigationReport, path: Path, *, force: bool = False, inputs: Sequence[Path] = ()
) -> None:
    """Write the report that is ready to send, as plain text."""
    write_text("\n".join((*report.text, "")), path, force=force, inputs=inputs)
