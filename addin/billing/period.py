"""The days that are reported on: half open, in the zone of the report, by the moment billed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from addin.errors import TollsheetError
from addin.reconcile.period import Days
from addin.reconcile.relative_period import named
from udfs.errors import CellError
from udfs.rating.attribution import zone


@dataclass(frozen=True, slots=True)
class Period:
    """Days by the clocks of `zone_name`.

    >>> from datetime import UTC
    >>> june = Period(Days(date(2026, 6, 1), date(2026, 6, 30)), "America/New_York")
    >>> june.day_of(datetime(2026, 7, 1, 3, 59, 59, tzinfo=UTC)), june.name
    (datetime.date(2026, 6, 30), '2026-06')
    """

    days: Days
    zone_name: str = "UTC"

    @classmethod
    def of(cls, days: Days, zone_name: str) -> Period:
        """Raises TollsheetError for an unknown zone."""
        try:
            zone(zone_name)
        except CellError as error:
            problem, remedy = (text[:1].upper() + text[1:] for text in (error.problem, error.remedy))
            raise TollsheetError(problem, f"{remedy}.", "--report-zone") from None
        return cls(days, zone_name)

    def day_of(self, instant: datetime) -> date:
        return instant.astimezone(zone(self.zone_name)).date()

    def holds(self, instant: datetime) -> bool:
        return self.days.holds(self.day_of(instant))

    @property
    def name(self) -> str:
        """`2026-09`, or `2026-09-01 to 2026-09-15`."""
        return named(self.days)
