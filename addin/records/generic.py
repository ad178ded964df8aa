"""Any table of calls or usage whose columns a mapping file names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from addin.records.call import Call, Charge, Recording, UsageRecord, User
from addin.records.charges import ChargeColumns, read_charge, read_user
from addin.records.fields import Fields
from addin.records.formats import (
    CALLS,
    Format,
    Own,
    Record,
    answered,
    billed_by,
    category_by,
    deleted_at,
    direction_of,
    not_negative,
    started_at,
    stored_at,
    talked_ms,
)
from addin.records.instants import UNIX_UNITS
from addin.records.mapping import ColumnMapping
from addin.records.tables import fold
from addin.records.values import BadValue, charge


def format_of(mapping: ColumnMapping) -> Format:
    """The format that a mapping describes: every column that it names is required."""
    reader = _Mapped(mapping)
    readers: dict[str, Callable[[Fields], Record]] = {
        "calls": reader.call,
        "usage": reader.usage,
        "recordings": reader.recording,
        "charges": reader.charge,
        "roster": reader.user,
    }
    price = "cost" if mapping.holds == "charges" else "price"
    return Format(
        provider=mapping.provider,
        name=f"mapped {mapping.holds}",
        required=tuple(mapping.columns.values()),
        read=readers[mapping.holds],
        holds=mapping.holds,
        id_column=mapping.columns.get("recording_id" if mapping.holds == "recordings" else "call_id", ""),
        price=(mapping.columns[price],) if price in mapping.columns else (),
        zone=mapping.time_zone or ("UTC" if mapping.time_format in UNIX_UNITS else ""),
        own=_own(mapping) if mapping.holds == "calls" else None,
        # A column that is mapped twice may be alike, too.
        is_alike=len(set(map(fold, mapping.columns.values()))) == len(mapping.columns),
    )


def _own(mapping: ColumnMapping) -> Own:
    def at(key: str) -> tuple[str, ...]:
        return (mapping.columns[key],) if key in mapping.columns else ()

    return Own(
        at("call_id"),
        at("from"),
        at("to"),
        at("start"),
        at("start_time"),
        at("parent"),
        (at("updated"),) if "updated" in mapping.columns else (),
        time_format=mapping.time_format,
    )


class _Mapped:
    """Reads rows by a mapping; a column that it does not name is blank."""

    def __init__(self, mapping: ColumnMapping) -> None:
        self.mapping = mapping
        self.column = {key: (name,) for key, name in mapping.columns.items()}
        self.sign = -1 if mapping.charges == "negative" else 1
        self.number = {"point": "," if mapping.decimal_comma else "."}
        self.length = {"unit": mapping.duration, **self.number}

    def call(self, fields: Fields) -> Call:
        """One call. Where no column holds a status, calls that lasted are billed."""
        time_format = self.mapping.time_format
        lasted_ms = fields.duration_ms(*self._at("duration"), **self.length)
        status, is_billed = self._status(fields, lasted_ms or 0)
        price = fields.decimal(*self._at("price"), **self.number)
        from_number, to_number = fields.number(*self._at("from")), fields.number(*self._at("to"))
        category = fields.category(*self._at("category")) or self.mapping.category
        return Call(
            place=fields.place,
            provider=self.mapping.provider,
            call_id=fields.id(*self._at("call_id")),
            from_number=from_number,
            to_number=to_number,
            direction=self._direction(fields),
            category=category or category_by(from_number, to_number),
            status=status,
            is_billed=is_billed,
            started_at=self._started_at(fields, is_billed),
            offset_s=fields.offset_s,
            duration_ms=talked_ms(lasted_ms, is_billed),
            billed_ms=fields.duration_ms(*self._at("billed_duration"), **self.length),
            cost=charge(price, self.sign),
            rate_per_minute=fields.decimal(*self._at("rate"), **self.number),
            currency=fields.currency(*self._at("currency")) or self.mapping.currency,
            account=fields.text(*self._at("account")),
            parent_id=fields.text(*self._at("parent")),
            updated_at=fields.instant(*self._at("updated"), time_format=time_format),
            row_values=fields.digest(),
        )

    def usage(self, fields: Fields) -> UsageRecord:
        """One sum. A file without an end has one row a day."""
        time_format = self.mapping.time_format
        start, end = self._at("start"), self.column.get("end", self._at("start"))
        start_on = fields.needed(fields.day(*start, time_format=time_format), *start)
        end_on = fields.needed(fields.day(*end, time_format=time_format), *end)
        if end_on < start_on:
            raise BadValue(f"ends on {end_on}, before it starts on {start_on}")
        minutes = fields.decimal(*self._at("minutes"), **self.number)
        return UsageRecord(
            place=fields.place,
            provider=self.mapping.provider,
            category=fields.category(*self._at("category")) or self.mapping.category or CALLS,
            start_on=start_on,
            end_on=end_on,
            calls=fields.needed(fields.whole(*self._at("calls")), *self._at("calls")),
            minutes=fields.needed(minutes, *self._at("minutes")),
            cost=charge(fields.decimal(*self._at("price"), **self.number), self.sign),
            currency=fields.currency(*self._at("currency")) or self.mapping.currency,
            account=fields.text(*self._at("account")),
            unit=fields.text(*self._at("unit")),
            as_of=fields.instant(*self._at("as_of"), time_format=time_format),
        )

    def recording(self, fields: Fields) -> Recording:
        """One stored recording."""
        time_format = self.mapping.time_format
        duration, created, of = self._at("duration"), self._at("created"), self._at("recording_id")
        return Recording(
            place=fields.place,
            provider=self.mapping.provider,
            recording_id=fields.needed(fields.id(*of) or None, *of),
            call_id=fields.text(*self._at("call_id")),
            created_at=fields.needed(stored_at(fields, *created, time_format=time_format), *created),
            duration_ms=fields.needed(fields.duration_ms(*duration, **self.length), *duration),
            rounded_ms=fields.duration_ms(*self._at("billed_duration"), **self.length),
            storage_days=fields.whole(*self._at("stored_days")),
            rate=self._stored_price(fields, "rate"),
            monthly_amount=self._stored_price(fields, "amount"),
            deleted_at=deleted_at(fields, *self._at("deleted"), time_format=time_format),
            currency=fields.currency(*self._at("currency")) or self.mapping.currency,
        )

    def _stored_price(self, fields: Fields, key: str) -> Decimal | None:
        columns = self._at(key)
        return not_negative(fields.decimal(*columns, **self.number), columns[0])

    def charge(self, fields: Fields) -> Charge:
        """One charge."""
        mapping = self.mapping
        columns = ChargeColumns(
            self.column,
            mapping.provider,
            mapping.type,
            mapping.currency,
            mapping.time_format,
            self.sign,
            self.length,
            self.number,
        )
        return read_charge(fields, columns)

    def user(self, fields: Fields) -> User:
        """One row of a roster."""
        return read_user(fields, self.column, self.mapping.active)

    def _at(self, key: str) -> tuple[str, ...]:
        """The file's column for ours; a name that no file has where the mapping is silent."""
        return self.column.get(key, ("",))

    def _started_at(self, fields: Fields, is_billed: bool | None) -> datetime:
        """Day and time of day may stand in columns of their own."""
        clock = self.column.get("start_time", ())
        return started_at(
            fields, is_billed, self._at("start"), time_format=self.mapping.time_format, clock=clock
        )

    def _status(self, fields: Fields, duration_ms: int) -> tuple[str, bool | None]:
        if "status" not in self.column:
            return answered(duration_ms > 0), duration_ms > 0
        status = fields.text(*self.column["status"])
        is_billed = self.mapping.status.get(fold(status))
        return status, billed_by(status) if is_billed is None else is_billed

    def _direction(self, fields: Fields) -> str:
        written = fields.text(*self._at("direction"))
        if not written:
            return self.mapping.every_direction
        return self.mapping.direction.get(fold(written)) or direction_of(written, fields)
