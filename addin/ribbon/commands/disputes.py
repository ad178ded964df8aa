"""The command that turns the reconciliation of the open workbook into a dispute sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from addin.disputes.records import DisputeReport, Earlier, Reconciled
from addin.disputes.report import disputes_of
from addin.errors import in_quotes
from addin.hosts.open_workbook.marks import DISPUTES, REPORT, marked
from addin.hosts.report_files.disputes import EARLIER, RECONCILIATION, refuse_twice, write_disputes
from addin.hosts.report_reading.disputes.cells import Sheets, find_table
from addin.hosts.report_reading.disputes.disputes import own_columns_on, read_disputes
from addin.hosts.report_reading.disputes.letters import changed_on
from addin.hosts.report_reading.disputes.reconciliation import FINDINGS_NEEDED, read_reconciliation
from addin.hosts.report_reading.notes import OldSheet
from addin.reconcile.wording import counted
from addin.records.open_sheets import OpenSheet, signed
from addin.records.source import signed_file
from addin.reports.about import Input
from addin.ribbon.commands.placing import Placing
from addin.ribbon.commands.report_workbook import live_sheet, sheets_in
from addin.ribbon.desk import Desk
from addin.ribbon.settings.disputes import read_dispute_settings
from templates.disputes.summary import verdict_of


def dispute_sheet(desk: Desk) -> str:
    """List what the provider billed too much, with what people entered before, and the letter about it."""
    desk.refuse_protected(DISPUTES)
    chosen = read_dispute_settings(desk, date.today())
    live = _as_pairs([live_sheet(desk, sheet) for sheet in marked(desk.book, DISPUTES)])
    months = _reconciled(desk)
    refuse_twice([signed_as for _, signed_as in months])
    earlier: list[Earlier] = [read_disputes(desk.book.name, live, replaced=True)] if live else []
    inputs = [signed_as for _, signed_as in months]
    if chosen.previous is not None:
        signed_as = signed_file(chosen.previous, "dispute workbook", 0)
        sheet = read_disputes(signed_as.name, _as_pairs(sheets_in(desk, chosen.previous)))
        earlier.append(sheet)
        inputs.append(Input(EARLIER, replace(signed_as, rows=len(sheet.disputes))))
    month = "-".join(sorted({one.month for one, _ in months}))
    rows = sum(len(one.findings) for one, _ in months) + sum(len(one.disputes) for one in earlier)
    placing = Placing(desk, DISPUTES, f"disputes-{month}", rows)
    latest = placing.files.latest() if placing.is_beside and placing.files else None
    if latest is not None:
        sheet = read_disputes(latest.name, _as_pairs(sheets_in(desk, latest)), replaced=True)
        earlier.insert(0, sheet)
        inputs.append(Input(EARLIER, signed_file(latest, "dispute workbook", len(sheet.disputes))))
    desk.say("sorting out the findings")
    report = disputes_of([one for one, _ in months], earlier, chosen.choices, inputs)
    said = placing.place(partial(write_disputes, report), _own(live), own_columns_on(live))
    return "\n".join((_verdict(report), *said, *_kept(report, earlier), *report.remarks))


def _as_pairs(sheets: Sequence[OldSheet]) -> Sheets:
    return [(sheet.name, sheet.rows) for sheet in sheets]


def _reconciled(desk: Desk) -> list[tuple[Reconciled, Input]]:
    """From the report's sheets in the workbook, else from workbooks that are asked for."""
    sheets = [live_sheet(desk, sheet) for sheet in marked(desk.book, REPORT)]
    if sheets:
        one = read_reconciliation(desk.book.name, _as_pairs(sheets))
        return [(one, _signed(desk, sheets, one))]
    files = desk.choose_files(
        "Dispute: no sheet of this workbook holds a reconciliation. Choose reconciliation workbooks"
    )
    found = []
    for path in files:
        one = read_reconciliation(path.name, _as_pairs(sheets_in(desk, path)))
        signed_as = signed_file(path, "reconciliation workbook", len(one.findings))
        found.append((one, Input(RECONCILIATION, signed_as)))
    return found


def _signed(desk: Desk, sheets: Sequence[OldSheet], one: Reconciled) -> Input:
    """The sheet of findings, as it was read."""
    table = find_table(one.name, _as_pairs(sheets), FINDINGS_NEEDED, ())
    assert table is not None
    whole = OpenSheet(table.sheet, [[*row] for row in table.rows], desk.book.name)
    return Input(RECONCILIATION, signed(whole, "findings of this workbook", len(one.findings)))


def _own(live: Sheets) -> list[str]:
    """What a person has put beside the disputes in columns of their own goes with the old sheet."""
    names, changed, said = own_columns_on(live).values(), changed_on(live), []
    if names:
        shown = in_quotes([name or "(no name)" for name in names])
        said.append(
            f"Beside the disputes stands {shown}, which the new sheet will not have: "
            "it keeps its yellow cells."
        )
    if changed:
        said.append(f"Text that you changed will be written anew: {', '.join(changed)}.")
    return said


def _kept(report: DisputeReport, earlier: Sequence[Earlier]) -> list[str]:
    before = sum(len(sheet.disputes) for sheet in earlier)
    if not before:
        return []
    return [f"What was entered beside {counted(before, 'earlier dispute')} was kept."]


def _verdict(report: DisputeReport) -> str:
    word, sentence, _ = verdict_of(report)
    return f"Disputes {', '.join(report.months)}: {word}. {sentence}"
