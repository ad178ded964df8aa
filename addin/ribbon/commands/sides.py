"""The two sides of a comparison, from the sheets of the workbook or from files that are asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from addin.errors import TollsheetError
from addin.reconcile.period import Month
from addin.records import read_mapping, read_records
from addin.records.call import Records, SourceFile
from addin.records.one_file import Settings
from addin.records.open_sheets import Found
from addin.records.reading import reading_settings
from addin.records.source import signed_mappings
from addin.reports.reconciliation.build import Inputs
from addin.ribbon.commands.imported import rates_on_a_sheet, sorted_files
from addin.ribbon.commands.open_tables import Tables, records_of, tables_of
from addin.ribbon.desk import Desk
from addin.ribbon.settings.month import Chosen


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the comparison, read, and the mapping file that it was read by."""

    records: Records
    mapping: Path | None


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides, and the tables that the workbook's sheets hold."""

    log: Side
    bill: Side
    tables: Tables

    def inputs(
        self, rate_sources: tuple[SourceFile, ...], earlier_sources: tuple[SourceFile, ...] = ()
    ) -> Inputs:
        """What a report says of its inputs."""
        mappings = signed_mappings(side.mapping for side in (self.log, self.bill) if side.mapping)
        return Inputs(
            self.log.records.sources, self.bill.records.sources, rate_sources, mappings, earlier_sources
        )


def read_sides(desk: Desk, chosen: Chosen) -> Sides:
    """Each side from the sheets of the workbook, else from files. Raises TollsheetError where a sheet that is
    needed cannot be read."""
    log_settings, bill_settings = (
        reading_settings(None, chosen.mapping, zone, chosen.voicemail_billed, desk.say)
        for zone in (chosen.time_zone, chosen.bill_time_zone)
    )
    tables = tables_of(desk, log_settings)
    if tables.unread and not (tables.log and tables.bill):
        raise tables.unread[0]
    log = _side(desk, tables.log, log_settings, chosen, chosen.time_zone, "The call log")
    bill = _side(desk, tables.bill, bill_settings, chosen, chosen.bill_time_zone, "What the provider billed")
    return Sides(log, bill, tables)


def _side(
    desk: Desk, found: Sequence[Found], settings: Settings, chosen: Chosen, zone: str | None, title: str
) -> Side:
    """From the sheets of the workbook, else from files that are asked for."""
    if found:
        return Side(records_of(found, settings), chosen.mapping_path)
    files = desk.choose_files(f"{title}: no sheet of this workbook holds it. Choose its files")
    exports, mapping = sorted_files(files, chosen)
    with rates_on_a_sheet():
        records = read_records(
            exports,
            mapping=read_mapping(mapping) if mapping else None,
            time_zone=zone,
            voicemail_billed=chosen.voicemail_billed,
            on_progress=desk.say,
        )
    return Side(records, mapping)


def proposed_month(desk: Desk, sides: Sides, what: str) -> Month:
    """The month most calls fall in, of those that both sides have if there are any; if the person agrees.
    `what` is to be done with it, such as `reconciled`."""
    log, bill = sides.log.records, sides.bill.records
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
    text = f"Which month is to be {what}? {here:,} of {len(log.calls):,} calls are in {month} (UTC)."
    return Month.parse(desk.ask_for_text(text, str(month)))
