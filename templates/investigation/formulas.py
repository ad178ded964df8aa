"""The figures of the isolated day as live formulas over the tables of its calls."""

from __future__ import annotations

from dataclasses import dataclass

from addin.investigation.walk import CREDITS, DURATION, MISSING, RATING
from addin.reconcile.lines import CREDIT
from addin.reports.investigation.data import PathReport
from templates.reconciliation.formulas import criterion, rounded, seconds_talked
from templates.reconciliation.tables import NO_CURRENCY, YES, places_of

OUR_TABLE, THEIR_TABLE, USAGE_TABLE = "OurCalls", "TheirCalls", "TheirUsage"

_COUNT, _TALKED, _BILLED, _COST = "calls", "talked", "billed", "cost"


@dataclass(frozen=True, slots=True)
class Formulas:
    """Those of one currency; without `=`. Empty where the workbook has no rows for a figure."""

    path: PathReport
    by_call: bool

    @property
    def has_rows(self) -> bool:
        """Whether the day's calls stand in the workbook."""
        return self.path.day is not None

    @property
    def places(self) -> int:
        costs = [one.row.expected_cost for one in self.path.our_calls]
        costs += [
            cost
            for one in self.path.their_calls
            for cost in (one.row.cost, one.row.duration_cost, one.row.rate_cost)
        ]
        return places_of([*costs, *(row.cost for row in self.path.their_usage)])

    def _where(self, table: str, *more: str) -> str:
        return ",".join((f"{table}[Currency],{criterion(self.path.currency or NO_CURRENCY)}", *more))

    def _sum(self, column: str, *more: str) -> str:
        return f"SUMIFS({column},{self._where(column.partition('[')[0], *more)})"

    def _talked(self, table: str, *more: str) -> str:
        return seconds_talked(table, self._where(table, *more))

    def ours(self, hour: str = "") -> dict[str, str]:
        """Our connected calls of the day, or of the hour that stands in a cell."""
        more = [f'{OUR_TABLE}[Connected],"{YES}"', *([f"{OUR_TABLE}[Hour],{hour}"] if hour else [])]
        return {
            _COUNT: f"COUNTIFS({self._where(OUR_TABLE, *more)})",
            _TALKED: _minutes(self._talked(OUR_TABLE, *more)),
            _BILLED: _minutes(self._sum(f"{OUR_TABLE}[Expected seconds]", *more)),
            _COST: rounded(self._sum(f"{OUR_TABLE}[Expected cost]", *more), self.places),
        }

    def theirs(self, hour: str = "") -> dict[str, str]:
        """The same of the bill: its calls, or its usage records."""
        if not self.by_call:
            return {
                _COUNT: self._sum(f"{USAGE_TABLE}[Calls]"),
                _TALKED: "",
                _BILLED: rounded(self._sum(f"{USAGE_TABLE}[Minutes]")),
                _COST: rounded(self._sum(f"{USAGE_TABLE}[Cost]"), self.places),
            }
        more = [f'{THEIR_TABLE}[Connected],"{YES}"', *([f"{THEIR_TABLE}[Hour],{hour}"] if hour else [])]
        return {
            _COUNT: f"COUNTIFS({self._where(THEIR_TABLE, *more)})",
            _TALKED: _minutes(self._talked(THEIR_TABLE, *more)),
            _BILLED: _minutes(self._sum(f"{THEIR_TABLE}[Billed seconds]", *more)),
            _COST: rounded(self._with_credits(f"{THEIR_TABLE}[Cost]", more), self.places),
        }

    def _with_credits(self, column: str, connected: list[str]) -> str:
        """The cost of connected calls, and of credits, which are none."""
        credited = [f'{THEIR_TABLE}[Connected],"{CREDIT}"', *connected[1:]]
        whole = self._sum(column, *connected)
        return f"{whole}+{self._sum(column, *credited)}" if self._has_credits else whole

    @property
    def _has_credits(self) -> bool:
        return any(one.row.counted and one.row.billed_minutes is None for one in self.path.their_calls)

    def sums(self, cells: dict[str, str], hour: str = "") -> dict[str, str]:
        """By the headers of a day or hour. `cells` names the cell of each header in the row."""
        ours, theirs = self.ours(hour), self.theirs(hour)

        def less(theirs: str, ours: str, places: int | None = None) -> str:
            if theirs not in cells or ours not in cells:
                return ""
            difference = f"{cells[theirs]}-{cells[ours]}"
            return difference if places is None else rounded(difference, places)

        return {
            "Our calls": ours[_COUNT],
            "Their calls": theirs[_COUNT],
            "Calls, variance": less("Their calls", "Our calls"),
            "Our talked minutes": ours[_TALKED],
            "Their talked minutes": theirs[_TALKED],
            "Our billed minutes": ours[_BILLED],
            "Their billed minutes": theirs[_BILLED],
            "Minutes, variance": less("Their billed minutes", "Our billed minutes", 10),
            "Our cost": ours[_COST],
            "Their cost": theirs[_COST],
            "Cost, variance": less("Their cost", "Our cost", self.places),
        }

    def question(self, what: str) -> tuple[str, str]:
        """Ours and theirs at a question."""
        ours, theirs = self.ours(), self.theirs()
        if what == "connected calls":
            return ours[_COUNT], theirs[_COUNT]
        if not self.by_call:
            kind = _COST if what == "cost" else _BILLED
            return ours[kind], theirs[kind]
        mine = f'{OUR_TABLE}[Outcome],"matched"'
        same = f'{THEIR_TABLE}[Step],"matched"'
        talked = (same, f'{THEIR_TABLE}[Connected],"{YES}"') if self._has_credits else (same,)
        if what.startswith("talked"):
            return _minutes(self._talked(OUR_TABLE, mine)), _minutes(self._talked(THEIR_TABLE, *talked))
        if what.startswith("billed"):
            columns = (f"{OUR_TABLE}[Expected seconds]", f"{THEIR_TABLE}[Billed seconds]")
            return _minutes(self._sum(columns[0], mine)), _minutes(self._sum(columns[1], same))
        cost = self._sum(f"{THEIR_TABLE}[Cost]", same)
        by_rate = self._sum(f"{THEIR_TABLE}[Rate cost]", same)
        unrated = self._sum(f"{THEIR_TABLE}[Cost]", f'{THEIR_TABLE}[Step],"rate"')
        return rounded(f"{cost}-{by_rate}", self.places), rounded(f"{cost}+{unrated}", self.places)

    def part(self, kind: str) -> tuple[str, str]:
        """Minutes and cost of a part of the day's difference."""
        seconds, cost = f"{THEIR_TABLE}[Billed seconds]", f"{THEIR_TABLE}[Cost]"
        if kind == DURATION:
            return (
                _minutes(self._sum(f"{THEIR_TABLE}[Duration seconds]")),
                rounded(self._sum(f"{THEIR_TABLE}[Duration cost]"), self.places),
            )
        alone = f'{THEIR_TABLE}[Step],"{CREDIT}"'
        if kind == CREDITS:
            return "", rounded(self._sum(cost, alone), self.places)
        unrated = f'{THEIR_TABLE}[Step],"rate"'
        if kind == RATING:
            by_rate = self._sum(f"{THEIR_TABLE}[Rate cost]")
            if self._has_credits:
                by_rate += f"-{self._sum(f'{THEIR_TABLE}[Rate cost]', alone)}"
            return (
                _minutes(self._sum(seconds, unrated)),
                rounded(f"{by_rate}+{self._sum(cost, unrated)}", self.places),
            )
        assert kind == MISSING
        return (
            _minutes(self._single(seconds, f"{OUR_TABLE}[Expected seconds]")),
            rounded(self._single(cost, f"{OUR_TABLE}[Expected cost]"), self.places),
        )

    def _single(self, theirs: str, ours: str) -> str:
        """What the bill alone has, less what our log alone has."""
        added = [self._sum(theirs, f'{THEIR_TABLE}[Step],"{step}"') for step in ("missing in log", "status")]
        taken = [self._sum(ours, f'{OUR_TABLE}[Outcome],"{step}"') for step in ("missing in bill", "status")]
        return f"{'+'.join(added)}-{'-'.join(taken)}"


def _minutes(seconds: str) -> str:
    return rounded(f"({seconds})/60")
