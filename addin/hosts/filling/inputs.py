"""What a template is filled from: the records of files, each kind in the table that it belongs into."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from addin.errors import TollsheetError, in_quotes
from addin.hosts.filling.decimals import with_decimals
from addin.hosts.filling.fill import Filled, fill
from addin.hosts.filling.statuses import with_known_statuses
from addin.hosts.filling.targets import Given, all_tables, folded
from addin.hosts.package import Package, Workbook
from addin.records.call import Records, Unreadable
from addin.records.rate_file import signed_rate_card
from addin.records.source import NoRecords
from addin.storage.held import held
from templates.about import ASSUMPTION_COLUMNS
from templates.inputs import BILLED, CALLS, CHARGES, DECIMALS, RATES, RECORDINGS, ROSTER, USAGE, InputTable

_ENDINGS = (".xlsx", ".xlsm")
_OF_A_REPORT = tuple(column.header for column in ASSUMPTION_COLUMNS)
"""Every report has its assumptions in a table; a template has none."""
_KINDS = ("calls", "usage", "recordings", "deletions", "charges", "roster")


@dataclass(frozen=True, slots=True)
class Input:
    """What is given together: files of records for one table, or for two."""

    name: str
    tables: tuple[InputTable[Any], ...]
    kinds: tuple[str, ...]
    """Of the records in its files; of each of the first ones in a table of `tables`, in their order."""


CALL_LOG = Input("The call log", (CALLS,), ("calls",))
BILL = Input("What the provider billed", (BILLED, USAGE), ("calls", "usage"))
RATE_CARD = Input("The rate card", (RATES,), ())
STORED = Input("Recordings, and lists of deletions", (RECORDINGS,), ("recordings", "deletions"))
CHARGED = Input("What calls were charged", (CHARGES,), ("charges",))
USERS = Input("The roster of users", (ROSTER,), ("roster",))
INPUTS = (CALL_LOG, BILL, RATE_CARD, STORED, CHARGED, USERS)
"""In the order in which people are asked for them."""


class Inputs:
    """The records of all files, by table. Raises TollsheetError for a workbook that cannot be filled."""

    def __init__(self, package: Package) -> None:
        if package.ending not in _ENDINGS:
            raise TollsheetError(
                f"{package.name} is a {package.ending} file", "Save it as .xlsx, or as .xlsm with macros."
            )
        self.given: list[Given] = []
        self.unreadable: list[Unreadable] = []
        self._remarks: list[str] = []
        self._package = package
        tables = [found.table for found in all_tables(Workbook(package))]
        if any(one.columns == _OF_A_REPORT for one in tables):
            raise TollsheetError(
                f"{package.name} holds a report of Tollsheet, whose figures would stay those of its month",
                "Make the report of the other month anew, or fill a template (New from template).",
            )
        self._tables = {one.name.casefold() for one in tables}
        self._takes_decimals = any(
            one.name.casefold() == RATES.name.casefold() and folded(DECIMALS) in map(folded, one.columns)
            for one in tables
        )

    def tables_for(self, what: Input) -> list[str]:
        """The names of the workbook's tables that this input fills."""
        return [table.name for table in what.tables if table.name.casefold() in self._tables]

    def add(
        self, what: Input, records: Records, option: str = "", *, empty: Sequence[NoRecords] = ()
    ) -> None:
        """Give records. Raises TollsheetError where there are none though no file of them is `empty`, and for
        records of another kind; `option` is that of the command line."""
        _refuse_others(what, records, option)
        for one in empty:
            if one.holds and not {*one.holds} & {*what.kinds}:
                raise _of_another_kind([one.file], one.holds, option)
            self._remarks.append(f"{one.problem}: is it the export of a month without any?")
        self.unreadable += records.unreadable
        is_empty = bool(empty) and not records.unreadable and what is not USERS
        if what is STORED:
            stored, odd = held(records, date.max)
            self._remarks += [f"{one.place}: {one.recording_id}: {one.text}" for one in odd]
            self._give(what, [stored], option, is_empty=is_empty)
        else:
            found = [getattr(records, kind) for kind in what.kinds]
            self._give(what, found, option, is_empty=is_empty)

    def add_rates(self, path: Path, option: str = "") -> None:
        """Give a rate card. Raises TollsheetError where it cannot be read."""
        card, source = signed_rate_card(path)
        self._remarks += [f"{source.name}: {note}" for note in source.notes]
        self._give(RATE_CARD, [card.rows], option)

    def fill(self, month: str) -> Filled:
        """Fill the tables, and set the month (YYYY-MM) if there is one. The package is changed, not written.
        Raises TollsheetError as `fill.fill` does."""
        given, statuses = with_known_statuses(self.given)
        given, decimals = with_decimals(given) if self._takes_decimals else (given, "")
        filled = fill(self._package, given, month)
        said = (*self._remarks, *statuses, *([decimals] if decimals else []), *filled.remarks)
        return Filled(filled.rows, said)

    def _give(
        self, what: Input, found: Sequence[Sequence[Any]], option: str, *, is_empty: bool = False
    ) -> None:
        """A table of the same input for which there are no records is emptied: what it holds is of other
        files. So are all tables of a month without any."""
        if not any(found) and not is_empty:
            raise TollsheetError(
                f"There are no {' or '.join(table.holds for table in what.tables)} that can be read",
                "Is it the right file?",
                option,
            )
        for table, records in zip(what.tables, found, strict=True):
            if records or table.name.casefold() in self._tables:
                self.given.append(Given(table, records))


def _refuse_others(what: Input, records: Records, option: str) -> None:
    """Records of another kind have no place in the table: they are not left out in silence."""
    others = [kind for kind in _KINDS if kind not in what.kinds and getattr(records, kind)]
    if others:
        files = {one.place.file for kind in others for one in getattr(records, kind)}
        raise _of_another_kind(files, others, option)


def _of_another_kind(files: Iterable[str], kinds: Sequence[str], option: str) -> TollsheetError:
    return TollsheetError(
        f"{in_quotes(sorted(files))} holds {' and '.join(dict.fromkeys(kinds))}",
        "Give the file where it belongs.",
        option,
    )
