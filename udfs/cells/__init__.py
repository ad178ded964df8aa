"""THE list of cell functions: name, arguments, defaults and help. Everything else is generated from it.

Each function below says what one cell shows; `cell_function` carries it over ranges and arrays.
"""

from __future__ import annotations

from fractions import Fraction

from udfs.cell_values import (
    Cell,
    amount,
    dialled,
    duration_ms,
    text,
    time_ms,
    truth,
    whole_ms,
    whole_number,
)
from udfs.cells.fast import (
    call_cost_columns,
    minutes_columns,
    month_columns,
    storage_days_columns,
    utc_columns,
)
from udfs.cells.registry import CELL_FUNCTIONS as CELL_FUNCTIONS
from udfs.cells.registry import cell_function
from udfs.cells.terms import card_of, increment_after, matching_row, terms_of
from udfs.rating.attribution import attributed_month, day_of_month, serial_of, to_utc
from udfs.rating.cost import MS_PER_MINUTE
from udfs.rating.duration import billed_ms
from udfs.rating.status import is_billed
from udfs.rating.storage import days_stored, month_end, storage_charge


@cell_function(blank={"duration": 0}, fast=minutes_columns)
def BILLED_MINUTES(duration: Cell, minimum: Cell = 60, increment: Cell = None) -> float:
    """Billed minutes of one call: the minimum, then whole increments after it, as seconds / 60.

    A call of no duration has none. Minutes are not rounded again. Durations are read to the millisecond.

    Args:
        duration: Answered seconds, 0 or more, or text h:mm:ss. Blank is 0. Not a spreadsheet time: see
            TO_SECONDS.
        minimum: Seconds of the first block (60).
        increment: Seconds of each step after the minimum (as the minimum). 0 is exact time; needed if
            minimum is 0.

    Errors:
        #NUM! for a negative number, a number between 0 and 0.5 (a spreadsheet time by mistake), minimum 0
        without an increment. #VALUE! for text that is no duration.

    Source:
        Twilio and Plivo bill 60/60; 30/6 is a first block of 30 s, then steps of 6 s (ConnexCS, Yeti,
        CGRateS).

    Excel:
        =BILLED_MINUTES(C2) is 2 where C2 holds 80
        =BILLED_MINUTES(C2, 30, 6) is 0.6 where C2 holds 31
        =BILLED_MINUTES(TO_SECONDS(C2)) where C2 holds the time 0:01:20

    Examples:
        >>> BILLED_MINUTES(80), BILLED_MINUTES(31, 30, 6), BILLED_MINUTES("0:01:20")
        (2.0, 0.6, 2.0)
        >>> BILLED_MINUTES([[61], ["busy"], [None]])
        [[2.0], [ErrorValue(code='#VALUE!', ...)], [0.0]]
        >>> BILLED_MINUTES(80 / 86400)
        Traceback (most recent call last):
        udfs.errors.OutOfRange: #NUM!: duration 0.000925926 looks like a spreadsheet time, not seconds; ...
    """
    talked_ms = duration_ms(duration)
    minimum_ms = whole_ms(minimum, "minimum")
    return float(
        Fraction(billed_ms(talked_ms, minimum_ms, increment_after(minimum_ms, increment)), MS_PER_MINUTE)
    )


@cell_function(blank={"duration": 0}, fast=call_cost_columns)
def CALL_COST(
    duration: Cell,
    rate: Cell,
    minimum: Cell = 60,
    increment: Cell = None,
    connect_fee: Cell = 0,
    decimals: Cell = 4,
    rounding: Cell = "half-up",
) -> float:
    """Cost of one answered call: connect fee + billed seconds x rate / 60, rounded once.

    The result equals exact arithmetic on the decimals that the cells show, rounded by the named mode. A call
    of no duration costs 0, without a fee.

    Args:
        duration: Answered seconds, 0 or more, or text h:mm:ss. Blank is 0. Not a spreadsheet time: see
            TO_SECONDS.
        rate: Price per minute, 0 or more.
        minimum: Seconds of the first block (60).
        increment: Seconds of each step after the minimum (as the minimum). 0 is exact time; needed if
            minimum is 0.
        connect_fee: Once per answered call, 0 or more (0).
        decimals: Places of the cost, 0 to 20 (4).
        rounding: half-up, half-down, up, down or none (half-up).

    Errors:
        #N/A for a blank rate. #NUM! for negative numbers, a spreadsheet time, decimals out of range. #VALUE!
        for text where a number belongs and for an unknown rounding.

    Source:
        ConnexCS, Billing Basics: each call is rounded, never the total. CGRateS, Yeti and ASTPP: no fee for
        0 s.

    Excel:
        =CALL_COST(C2, D2) at 60/60 and 4 places
        =IF(IS_BILLED(E2), CALL_COST(C2, D2, 60, 60, 0, 5), 0) for Twilio and Plivo
        =SUM(CALL_COST(C2:C40001, D2:D40001)) for a month in one formula

    Examples:
        >>> CALL_COST(9.1, 0.005, 0, 0), CALL_COST(924, 0.0085, 60, 60, 0, 5)
        (0.0008, 0.136)
        >>> CALL_COST([61, 10, 5], [0.01, None, 0.02])
        [0.02, ErrorValue(code='#N/A', ...), 0.02]
    """
    return float(
        terms_of(rate, minimum, increment, connect_fee, decimals, rounding).cost(duration_ms(duration))
    )


@cell_function(blank={"duration": 0}, table={"rate_card": card_of}, dates=["on"])
def CARD_COST(
    duration: Cell, number: Cell, rate_card: Cell, on: Cell = None, direction: Cell = None
) -> float:
    """Cost of one answered call by the row of a rate card that covers its number.

    The longest prefix in force wins, and its whole row holds: rate, minimum, increment, fee, places,
    rounding.

    Args:
        duration: Answered seconds, 0 or more, or text h:mm:ss. Blank is 0. Not a spreadsheet time: see
            TO_SECONDS.
        number: The number called (outbound) or calling (inbound). Better as text: a number cell keeps 15
            digits.
        rate_card: The range of the rate card with its headers. Columns prefix and rate are required.
        on: The day of the call, needed where the rows have dates.
        direction: inbound or outbound, needed where the rows differ by it.

    Errors:
        #N/A where no row covers the number, and for dated rows without a day. #VALUE! where two rows tie.

    Source:
        Rate decks as ConnexCS, Yeti and A2Billing keep them.

    Excel:
        =CARD_COST(C2, B2, Rates!$A$1:$P$200)
        =CARD_COST(C2, B2, Rates!$A$1:$P$200, A2, "outbound")

    Examples:
        >>> card = [["Prefix", "Rate", "Minimum", "Increment"], [44, 0.01, 30, 6], ["447", 0.02, None, None]]
        >>> CARD_COST(31, "+44 20 7946 0958", card), CARD_COST(31, "+44 7700 900123", card)
        (0.006, 0.02)
    """
    talked_ms = duration_ms(duration)
    return float(matching_row(dialled(number, "number"), rate_card, on, direction).terms.cost(talked_ms))


@cell_function(table={"rate_card": card_of}, dates=["on"])
def CALL_RATE(number: Cell, rate_card: Cell, on: Cell = None, direction: Cell = None) -> float:
    """Rate per minute of the row of a rate card that covers a number.

    Args:
        number: The number called (outbound) or calling (inbound). Better as text: a number cell keeps 15
            digits.
        rate_card: The range of the rate card with its headers. Columns prefix and rate are required.
        on: The day of the call, needed where the rows have dates.
        direction: inbound or outbound, needed where the rows differ by it.

    Errors:
        #N/A where no row covers the number, and for dated rows without a day. #VALUE! where two rows tie.

    Source:
        Rate decks as ConnexCS, Yeti and A2Billing keep them.

    Excel:
        =CALL_RATE(B2, Rates!$A$1:$P$200)
        =IFNA(CALL_RATE(B2, Rates!$A$1:$P$200), "no rate")

    Examples:
        >>> CALL_RATE("+1 212 555 0100", [["prefix", "rate"], ["", 0.5], ["1", 0.0085]])
        0.0085
    """
    return float(matching_row(dialled(number, "number"), rate_card, on, direction).terms.rate)


@cell_function(fast=storage_days_columns, dates=["created", "on"])
def STORAGE_DAYS(created: Cell, on: Cell) -> float:
    """Days a recording has been stored: the day of recording counts 1; 0 before it. Days are UTC dates.

    Args:
        created: When it was recorded: a date, a serial or text, in UTC where it names no zone.
        on: The day asked for.

    Errors:
        #N/A for a blank. #VALUE! for text in no known form.

    Source:
        Plivo's recording_storage_duration.

    Excel:
        =STORAGE_DAYS(A2, EOMONTH(A2, 2))

    Examples:
        >>> STORAGE_DAYS("2023-03-16", "2023-06-30")
        107.0
    """
    return float(days_stored(to_utc(created).date(), to_utc(on).date()))


@cell_function(blank={"duration": 0}, dates=["created", "month", "deleted"])
def STORAGE_CHARGE(
    duration: Cell, rate: Cell, created: Cell, month: Cell, deleted: Cell = None, free_days: Cell = 90
) -> float:
    """What a recording is charged at a month's end: its minutes, rounded up, x the rate if stored over 90
    days.

    Charged in full, not by the day, and again at every later month's end. Not rounded: the exact product.
    Assumptions, where the source is silent: 0 s costs 0, part minutes round up, and a recording deleted on
    the last day is not charged.

    Args:
        duration: Length in seconds, 0 or more, or text h:mm:ss. Blank is 0.
        rate: Price per minute and month.
        created: When it was recorded: a date, a serial or text, in UTC where it names no zone.
        month: Any date in the month that is charged, or the text YYYY-MM.
        deleted: When it was deleted. Blank or 0: not deleted.
        free_days: Stored for more days than this, it is charged (90).

    Errors:
        #N/A for a blank rate, created or month. #NUM! for negative numbers.

    Source:
        Plivo, recording storage charges.

    Excel:
        =STORAGE_CHARGE(C2, 0.0004, A2, $H$1, B2)

    Examples:
        >>> STORAGE_CHARGE(119, 0.0004, "2023-03-16", "2023-06-01")
        0.0008
        >>> STORAGE_CHARGE(150, 0.0004, "2023-03-16", "2023-06-01", "2023-06-29")
        0.0
    """
    talked_ms = duration_ms(duration)
    per_minute = amount(rate, "rate")
    created_on, month_end_on = to_utc(created).date(), month_end(day_of_month(month))
    is_kept = deleted is None or (not isinstance(deleted, str | bool) and deleted == 0)
    deleted_on = None if is_kept else to_utc(deleted).date()
    free = whole_number(free_days, "free_days", 0, 100_000)
    return float(storage_charge(talked_ms, per_minute, created_on, month_end_on, deleted_on, free))


@cell_function(fast=month_columns, dates=["start", "billed"], gives_date=True)
def MONTH_ATTRIBUTE(
    start: Cell, time_zone: Cell = "UTC", basis: Cell = "start", billed: Cell = None, as_text: Cell = False
) -> object:
    """The month in UTC that a call is charged to, as its first day (a real date) or as text YYYY-MM.

    A zone in the timestamp wins over time_zone. A wall time that exists twice means the first occurrence;
    one that does not exist takes the offset before the gap.

    Args:
        start: When the call began: a date and time, a serial, or text such as 2024-01-31T23:58:00Z.
        time_zone: Zone of timestamps that name none: America/New_York, or an offset such as +05:30 (UTC).
        basis: start, as Twilio does, or billed, as Voiso's billing report does (start).
        billed: When the call was billed, needed for basis billed.
        as_text: TRUE for the text YYYY-MM (FALSE).

    Errors:
        #N/A for a blank start. #VALUE! for text in no known form, an unknown zone, a date whose day and
        month must be guessed, an abbreviation that means several zones. #NUM! for serials below 61.

    Source:
        Twilio: a call that begins in one month and ends in another belongs to the first, in UTC.

    Excel:
        =MONTH_ATTRIBUTE(A2, "America/New_York") formatted as a date
        =SUMIFS(F:F, G:G, DATE(2026, 9, 1)) over a column G of months

    Examples:
        >>> MONTH_ATTRIBUTE("2024-03-31 20:00", "America/New_York")
        datetime.date(2024, 4, 1)
        >>> MONTH_ATTRIBUTE("2025-05-31 23:50", None, "billed", "2025-06-01 01:50", True)
        '2025-06'
    """
    zone_name = text(time_zone, "time_zone")
    month = attributed_month(start, billed, text(basis, "basis"), zone_name)
    return f"{month:%Y-%m}" if truth(as_text, "as_text") else month


@cell_function()
def IS_BILLED(status: Cell) -> bool:
    """TRUE for a call that is charged by its status, FALSE for one that is not.

    Args:
        status: As the provider writes it: completed, answered, busy, no-answer, failed, canceled ...

    Errors:
        #N/A for an unknown status, so that it is never taken for a call that costs nothing.

    Source:
        Twilio charges completed calls only.

    Excel:
        =IF(IS_BILLED(E2), CALL_COST(C2, D2), 0)

    Examples:
        >>> IS_BILLED("completed"), IS_BILLED("No Answer")
        (True, False)
        >>> IS_BILLED("answered_by_VM")
        Traceback (most recent call last):
        udfs.errors.NotAvailable: #N/A: status "answered_by_VM" is unknown; ...
    """
    return is_billed(status if isinstance(status, str) else str(status))


@cell_function(fast=utc_columns, dates=["timestamp"], gives_date=True)
def TO_UTC(timestamp: Cell, time_zone: Cell = "UTC") -> float:
    """The instant of a timestamp in UTC, as a spreadsheet's date and time.

    Args:
        timestamp: A date and time, a serial, or text such as 13:15:00 AEDT 2021-03-09.
        time_zone: Zone of timestamps that name none: America/New_York, or an offset such as +05:30 (UTC).

    Errors:
        As MONTH_ATTRIBUTE.

    Source:
        Clock changes by the IANA time zone database.

    Excel:
        =TO_UTC(A2, "Europe/London") formatted as a date and time

    Examples:
        >>> TO_UTC("2024-02-29T12:00:00Z"), TO_UTC(45351.5, "+05:30")
        (45351.5, 45351.270833333336)
    """
    zone_name = text(time_zone, "time_zone")
    return float(serial_of(to_utc(timestamp, zone_name)))


@cell_function()
def TO_SECONDS(time: Cell) -> float:
    """Seconds of a spreadsheet time (0:01:20 is 80) or of text h:mm:ss or mm:ss, to the millisecond.

    Args:
        time: A time cell (a fraction of a day) or text.

    Errors:
        #N/A for a blank. #NUM! for a negative time and for 2, 3, 4 ... whole days (seconds by mistake).
        #VALUE! for other text.

    Source:
        Spreadsheets keep times as fractions of a day.

    Excel:
        =CALL_COST(TO_SECONDS(C2), D2)

    Examples:
        >>> TO_SECONDS(80 / 86400), TO_SECONDS("1:02:03.5"), TO_SECONDS("01:20")
        (80.0, 3723.5, 80.0)
    """
    return float(Fraction(time_ms(time, "time"), 1000))
