"""The commands of a month: import the two sides, build the reconciliation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from addin.errors import TollsheetError, in_quotes
from addin.hosts.earlier_report import earlier_report
from addin.hosts.open_workbook.marks import BILL, LOG, REPORT, marked
from addin.hosts.workbook_file import write_reconciliation
from addin.reconcile.period import Month
from addin.reconcile.reconciliation import Question, reconcile
from addin.reconcile.wording import counted
from addin.records import read_mapping, read_records
from addin.records.call import Records
from addin.records.one_file import Settings
from addin.records.reading import reading_settings
from addin.records.source import signed_mappings
from addin.reports.build import Asked, Inputs, report_of
from addin.reports.notes import with_notes
from addin.reports.reconciliation import ReconciliationReport
from addin.ribbon.commands.imported import import_files, sorted_files
from addin.ribbon.commands.old_notes import Kept
from addin.ribbon.commands.open_tables import Tables, not_read, rate_card, records_of, tables_of
from addin.ribbon.commands.placing import Placing
from addin.ribbon.commands.report_workbook import live_sheet, sheets_in
from addin.ribbon.desk import Desk
from addin.ribbon.settings.month import Chosen, read_settings
from templates.reconciliation.findings import EARLIER
from templates.reconciliation.wording import invoice_sentences, sentence_of


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the comparison, read, and the mapping file that it was read by."""

    records: Records
    mapping: Path | None


def import_call_log(desk: Desk) -> str:
    """Put the calls of files on a sheet."""
    return import_files(desk, LOG, "Call log")


def import_usage(desk: Desk) -> str:
    """Put what was billed on a sheet."""
    return import_files(desk, BILL, "Bill")


def build_reconciliation(desk: Desk) -> str:
    """Compare the two sides, and add the report's sheets beside the person's, or in the place of old ones."""
    desk.refuse_protected(REPORT)
    live = Kept.of([live_sheet(desk, sheet) for sheet in marked(desk.book, REPORT)])
    chosen = read_settings(desk)
    log_settings, bill_settings = (
        reading_settings(None, chosen.mapping, zone, chosen.voicemail_billed, desk.say)
        for zone in (chosen.time_zone, chosen.bill_time_zone)
    )
    tables = tables_of(desk, log_settings)
    if tables.unread and not (tables.log and tables.bill):
        raise tables.unread[0]
    log = _side(desk, tables.log, log_settings, chosen, chosen.time_zone, "The call log")
    bill = _side(desk, tables.bill, bill_settings, chosen, chosen.bill_time_zone, "What the provider billed")
    report = _report(desk, chosen, log, bill, tables)
    rows = len(report.calls) + len(report.billed_calls) + len(report.billed_usage)
    placing = Placing(desk, REPORT, f"reconciliation-{report.month}", rows)
    earlier = placing.files.latest() if placing.files else None
    filed = Kept.of(sheets_in(desk, earlier)) if earlier else Kept()
    report, kept = _carried(report, filed + live if placing.is_beside else live + filed)
    if earlier and filed.has_any:
        kept.append(f"What was written in {earlier.name} was taken over; that file was not changed.")
    said = placing.place(partial(write_reconciliation, report), _own(live.own_columns))
    return "\n".join(
        (_verdict(report), *invoice_sentences(report), *said, *kept, *map(not_read, tables.unread))
    )


def _own(columns: Sequence[str]) -> list[str]:
    """What a person has put beside the findings in columns of their own goes with the old sheet."""
    if not columns:
        return []
    names = in_quotes([name or "(no name)" for name in columns])
    return [
        f"Beside the findings stands {names}, which the new report will not have: it keeps Status, Owner and "
        "Note."
    ]


def _carried(report: ReconciliationReport, old: Kept) -> tuple[ReconciliationReport, list[str]]:
    """The report with what people wrote in earlier ones, and what is said of that."""
    report = replace(with_notes(report, old.notes), signers=old.signers)
    said = []
    if any(signer.name for signer in old.signers):
        said.append("Names on the sign-off were kept; dates and signatures were not: the figures are new.")
    kept = sum(finding.entered is not None for finding in report.findings)
    if kept or report.earlier_notes:
        said.append(f"{counted(kept, 'note')} kept beside their findings.")
    if report.earlier_notes:
        count = counted(len(report.earlier_notes), "note")
        said.append(f'{count} whose finding is gone: see the sheet "{EARLIER}".')
    return report, said


def _side(
    desk: Desk, found: Sequence[object], settings: Settings, chosen: Chosen, zone: str | None, title: str
) -> Side:
    """From the sheets of the workbook, else from files that are asked for."""
    if found:
        return Side(records_of(found, settings), chosen.mapping_path)  # type: ignore[arg-type]
    files = desk.choose_files(f"{title}: no sheet of this workbook holds it. Choose its files")
    exports, mapping = sorted_files(files, chosen)
    records = read_records(
        exports,
        mapping=read_mapping(mapping) if mapping else None,
        time_zone=zone,
        voicemail_billed=chosen.voicemail_billed,
        on_progress=desk.say,
    )
    return Side(records, mapping)


def _report(desk: Desk, chosen: Chosen, log: Side, bill: Side, tables: Tables) -> ReconciliationReport:
    month = chosen.month or _proposed(desk, log.records, bill.records)
    card, rate_sources = rate_card(tables.rates)
    desk.say(f"reconciling {month}")
    question = Question(month, chosen.tolerance, chosen.window)
    result = reconcile(log.records, bill.records, question, card)
    mappings = signed_mappings(side.mapping for side in (log, bill) if side.mapping)
    earlier, sources = earlier_report(chosen.earlier_path) if chosen.earlier_path else ((), ())
    inputs = Inputs(log.records.sources, bill.records.sources, rate_sources, mappings, sources)
    report = report_of(result, inputs, Asked(card, chosen.invoice, earlier))
    sheets = tables.assumption()
    return replace(report, assumptions=(*report.assumptions, sheets)) if sheets else report


def _proposed(desk: Desk, log: Records, bill: Records) -> Month:
    """The month most calls fall in, of those that both sides have if there are any; if the person agrees."""
    months = Counter((call.started_at.year, call.started_at.month) for call in log.calls)
    if not months:
        raise TollsheetError("The call log has no call that can be read", "Import the right export.")
    billed = {(call.started_at.year, call.started_at.month) for call in bill.calls}
    billed |= {
        (one.start_on.year, one.start_on.month)
        for one in bill.usage
        if (one.start_on.year, one.start_on.month) == (one.end_on.year, one.end_on.month)
    }
    both = Counter({month: count for month, count in months.items() if month in billed})
    found, here = (both or months).most_common(1)[0]
    month = Month(*found)
    text = f"Which month is to be reconciled? {here:,} of {len(log.calls):,} calls are in {month} (UTC)."
    return Month.parse(desk.ask_for_text(text, str(month)))


def _verdict(report: ReconciliationReport) -> str:
    return f"{report.month}: {report.headline}. {sentence_of(report)}"
