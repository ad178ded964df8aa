"""Dispute sheets from files to files: workbooks in, a workbook, CSV, JSON and a letter out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from addin.disputes.contract import to_json
from addin.disputes.letter_text import as_texts
from addin.disputes.records import DisputeReport, Earlier, Reconciled
from addin.disputes.report import Choices, disputes_of
from addin.errors import TollsheetError
from addin.hosts.files import all_or_none, write_text
from addin.hosts.report_files.writing import check_outputs, write_report, write_rows
from addin.hosts.report_reading.disputes.cells import Sheets
from addin.hosts.report_reading.disputes.disputes import is_dispute_workbook, own_columns_on, read_disputes
from addin.hosts.report_reading.disputes.letters import changed_on
from addin.hosts.report_reading.disputes.reconciliation import read_reconciliation
from addin.hosts.report_reading.own import own_in
from addin.hosts.report_reading.sheets import sheets_of
from addin.records.source import reportable, signed_file
from addin.reports.about import Input
from templates.as_csv import csv_rows
from templates.disputes import build, is_own
from templates.disputes.tables import COLUMNS, rows_of

REPLACED = "the dispute workbook that this one replaced"
RECONCILIATION, EARLIER = "Reconciliation", "Earlier disputes"
"""What inputs are taken for."""


def _sheets(path: Path, name: str, what: str) -> Sheets:
    try:
        return sheets_of(path)
    except TollsheetError:
        raise TollsheetError(
            f"{name} is no workbook that can be read", f"Give the .xlsx of a {what}."
        ) from None


def read_month(path: Path) -> tuple[Reconciled, Input]:
    """A reconciliation workbook. Raises TollsheetError where it is none."""
    file = signed_file(path, "reconciliation workbook", 0)
    one = read_reconciliation(file.name, _sheets(path, file.name, "reconciliation"))
    return one, Input(RECONCILIATION, signed_file(path, "reconciliation workbook", len(one.findings)))


def read_earlier(path: Path) -> tuple[Earlier, Input]:
    """An earlier dispute workbook. Raises TollsheetError where it is none."""
    file = signed_file(path, "dispute workbook", 0)
    one = read_disputes(file.name, _sheets(path, file.name, "dispute sheet"))
    return one, Input(EARLIER, signed_file(path, "dispute workbook", len(one.disputes)))


def read_replaced(path: Path) -> Earlier | None:
    """What people entered in the workbook that will be replaced; None where there is none. Raises
    TollsheetError where what stands there is no dispute workbook that can be read whole: it is never
    replaced, for nobody could say what would be lost."""
    if not path.is_file() or not path.stat().st_size:
        return None
    name = reportable(path.name)
    elsewhere = "Write to another name, or move this file away first."
    try:
        sheets = sheets_of(path)
    except TollsheetError:
        raise TollsheetError(
            f"{name} is there and cannot be read as a workbook, so what it holds would be lost", elsewhere
        ) from None
    if not is_dispute_workbook(name, sheets):
        raise TollsheetError(
            f"{name} is there and is no dispute workbook, so what it holds would be lost", elsewhere
        )
    one = read_disputes(name, sheets, replaced=True)
    others = (sheet for sheet, _ in sheets if not is_own(sheet))
    if own := own_in(name, "dispute workbook", own_columns_on(sheets).values(), others, changed_on(sheets)):
        raise TollsheetError(
            own, "Write to another name, and give this one as an earlier dispute workbook.", "--previous"
        )
    return Earlier(REPLACED, one.disputes, one.parties, replaced=True)


def report_of_files(
    reconciliations: Sequence[Path], previous: Sequence[Path], output: Path, choices: Choices
) -> DisputeReport:
    """The report of these workbooks. What stands at `output` is taken over first."""
    months = [read_month(path) for path in reconciliations]
    refuse_twice([signed for _, signed in months])
    earlier = [read_earlier(path) for path in previous]
    refuse_twice([signed for _, signed in earlier])
    replaced = read_replaced(output)
    sheets = [*([replaced] if replaced else []), *(one for one, _ in earlier)]
    inputs = [signed for _, signed in (*months, *earlier)]
    return disputes_of([one for one, _ in months], sheets, choices, inputs)


def refuse_twice(inputs: Sequence[Input]) -> None:
    """Two copies of one workbook would dispute everything twice."""
    by_hash = Counter(one.source.sha256 for one in inputs)
    twice = [one.source.name for one in inputs if by_hash[one.source.sha256] > 1]
    if twice:
        raise TollsheetError(f"{' and '.join(twice)} are the same workbook", "Give each once.")


def write_disputes(
    report: DisputeReport,
    path: Path,
    *,
    csv: Path | None = None,
    json: Path | None = None,
    letter: Path | None = None,
    force: bool = False,
    inputs: Sequence[Path] = (),
) -> list[Path]:
    """Write the workbook and what else is asked for; gives the paths written, the workbook first. Raises
    TollsheetError where one of them cannot be written; that is looked at before the first is."""
    writers: list[tuple[Path | None, Callable[[Path], None]]] = [
        (csv, lambda at: write_rows(at, csv_rows(COLUMNS, rows_of(report)), force=force, inputs=inputs)),
        (json, lambda at: write_text(to_json(report), at, force=force, inputs=inputs)),
    ]
    if letter:
        writers += [
            (at, partial(write_text, text, force=force, inputs=inputs))
            for at, text in _letters(report, letter)
        ]
    check_outputs(path, *(at for at, _ in writers), force=force, inputs=inputs)
    with all_or_none():
        write_report(
            path, lambda workbook, version: build(workbook, report, version), force=force, inputs=inputs
        )
        written = [path]
        for at, write in writers:
            if at:
                write(at)
                written.append(at)
    return written


def leftover_letters(report: DisputeReport, path: Path) -> list[str]:
    """The names of letters of earlier runs beside those at `path`: nobody should take them for letters of
    this one. They are the person's, and are left alone."""
    pattern = re.compile(rf"{re.escape(path.stem)}-(\d+){re.escape(path.suffix)}")
    count = len(as_texts(report))
    numbered = ((pattern.fullmatch(one.name), one.name) for one in path.absolute().parent.iterdir())
    found = {int(match[1]): name for match, name in numbered if match}
    return [found[number] for number in sorted(found) if number > count]


def _letters(report: DisputeReport, path: Path) -> list[tuple[Path, str]]:
    """Name and text of each: `letter.txt`, `letter-2.txt`, as many as there are."""
    return [
        (path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}"), text)
        for number, text in enumerate(as_texts(report), 1)
    ]
