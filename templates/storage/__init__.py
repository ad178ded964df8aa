"""The storage statement as a workbook: what each sheet is, in their order."""

from __future__ import annotations

from dataclasses import replace

from xlsxwriter.workbook import Workbook

from addin.reports.storage.report import StorageReport
from templates.about import set_properties, write_about
from templates.look import Look
from templates.page import write_rows
from templates.storage import formulas
from templates.storage.columns import COMPARED_COLUMNS, DAY_1, FINDING_COLUMNS, recording_columns
from templates.storage.days import write_days
from templates.storage.forecast import write_forecast
from templates.storage.recordings import write_recordings
from templates.storage.schedule import write_schedule
from templates.storage.summary import write_summary


def build(workbook: Workbook, report: StorageReport, version: str) -> None:
    """All sheets; the same report gives the same bytes."""
    look, about = Look(workbook), report.about
    set_properties(workbook, about.title, report.sentence[:250], about.ends_on, version)
    workbook.set_size(24000, 15000)
    write_summary(workbook, look, report)
    write_schedule(workbook, look, report)
    write_recordings(workbook, look, report)
    if report.view_said:
        columns = recording_columns(report)
        note = f"{report.view_said}. The schedule is of all recordings."
        write_rows(
            workbook,
            look,
            about,
            "View",
            note,
            "View",
            columns,
            report.view,
            second_page=DAY_1,
            total="Total",
        )
    if report.findings:
        note = "What to look at. Copies, checks and empty recordings are listed, and leave nothing open."
        write_rows(
            workbook, look, about, "Findings", note, "Storage_findings", FINDING_COLUMNS, report.findings
        )
    if report.compared:
        note = "Plivo's own figures beside those of the rule, recording by recording. Blank: not given."
        name = "Compared with Plivo"
        write_rows(
            workbook, look, about, name, note, "Compared", COMPARED_COLUMNS, report.compared, total="Total"
        )
    write_forecast(workbook, look, report)
    if report.days:
        write_days(workbook, look, report)
    assumptions = (*about.assumptions, formulas.said(report))
    write_about(workbook, look, replace(about, assumptions=assumptions), version)
