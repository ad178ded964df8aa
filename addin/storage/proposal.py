"""Which month a person most likely means."""

from __future__ import annotations

from datetime import date

from addin.errors import TollsheetError
from addin.reconcile.period import Month
from addin.records.call import Records
from addin.storage.comparison import exports_of
from addin.storage.lines import Line


def proposed_month(records: Records, exported_on: date | None) -> Month:
    """That of the last month end before the export; without its day, that of the latest recording."""
    if not records.recordings:
        raise TollsheetError("There is no recording that can be read", "Choose the list of recordings.")
    lines = [Line.of(recording, None) for recording in records.recordings]
    exports = exports_of(lines, records.sources, exported_on)
    day = max(
        (export.month_end for export in exports.values()), default=max(line.created_on for line in lines)
    )
    return Month(day.year, day.month)
