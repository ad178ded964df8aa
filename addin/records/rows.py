"""One row of a table in a known format: the record it becomes, or why it becomes none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace

from addin.records.call import Place, Unreadable
from addin.records.fields import Fields, Reading
from addin.records.formats import Format, Record
from addin.records.tables import BadRow, Row, fold
from addin.records.values import BadValue, refuse_error, text_of

_SUMS = frozenset(("total", "totals", "grandtotal", "subtotal", "sum", "summe", "gesamt", "gesamtsumme"))
"""How people and providers label a row of sums below a table."""


class RowReader:
    """Reads the rows of one table, which messages call by `name`."""

    def __init__(self, name: str, found: Format, reading: Reading) -> None:
        assert found.read is not None
        self.name = name
        self.reading = reading
        self.record_of: Callable[[Fields], Record] = found.read
        """Raises BadValue."""
        self._found = found
        self._unheard = replace(reading, notes={}, shortened=[], unknown_directions=[])
        """Where what is noted of an unreadable row's call goes: it says nothing of the records."""
        self._needed = {reading.meant(names): reading.written(names) for names in found.required_names()}

    def without_notes(self) -> RowReader:
        """One that reads rows again, of which everything is noted already."""
        return RowReader(self.name, self._found, self.reading.copy())

    def read(self, number: int, row: Row | BadRow) -> Record | Unreadable | None:
        """None of a row that closes the table with its sums: it is noted, and does not count."""
        place = Place(self.name, number)
        if isinstance(row, BadRow):
            return Unreadable(place, "", row.problem)
        try:
            _refuse_gaps(row, self._needed)
            return self.record_of(Fields(row, place, self.reading))
        except BadValue as error:
            if label := _label_of_sums(row, self._needed):
                note = f'row {number} of {self.name} ("{label}") is a sum of the others: left out'
                self.reading.notes[note] = None
                return None
            return self._unreadable(Fields(row, place, self._unheard), _id_of(row, self._found), str(error))

    def _unreadable(self, fields: Fields, call_id: str, problem: str) -> Unreadable:
        """With what can be read of its call."""
        own = self._found.own
        if own is None:
            return Unreadable(fields.place, call_id, problem)

        def text(columns: tuple[str, ...]) -> str:
            with suppress(BadValue):
                return fields.text(*columns)
            return ""

        started_at = None
        with suppress(BadValue):
            # Where a row lacks its start, its creation is none.
            start = own.start[:1] if fields.has(own.start[0]) else own.start
            started_at = fields.instant(*start, time_format=own.time_format, clock=own.clock)
        numbers = text(own.from_number), text(own.to_number)
        return Unreadable(fields.place, call_id, problem, started_at, *numbers)


def _id_of(row: Row, found: Format) -> str:
    """What names a row that cannot be read; an error cell names none."""
    try:
        return text_of(refuse_error(row.get(fold(found.id_column))))
    except BadValue:
        return ""


def _label_of_sums(row: Row, needed: Iterable[str]) -> str:
    """The label of a row that closes a table with its sums; empty for any other. It leaves out what a record
    must have."""
    if all(text_of(row.get(name)) for name in needed):
        return ""
    first = next((text for cell in row.values() if (text := text_of(cell))), "")
    return first[:40] if fold(first).rstrip(":") in _SUMS else ""


def _refuse_gaps(row: Row, needed: Mapping[str, str]) -> None:
    """A JSON record may lack a field that the others have: blank would mean 0 seconds, which is no answer."""
    if not row.keys() >= needed.keys():
        raise BadValue(f'has no "{next(written for folded, written in needed.items() if folded not in row)}"')
