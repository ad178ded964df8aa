"""Durations and timestamps as formulas read them: strictly, since a guess would be a wrong result.

VALUE alone would take "1e2", " 7 " or "1.5" for digits, and means other things in other countries. So digits
are read, written again in the same form and compared. Each reading here is a LAMBDA that a LET of a cell
function's body holds under its name; in a body they are called as functions.
"""

from __future__ import annotations

from templates.formulas.arithmetic import LONGEST_S

FIRST_SERIAL, AFTER_SERIALS = 10_000, 100_000
"""Days of timestamps that are numbers, 18 May 1927 to 13 October 2173: ten decimals show at 15 digits."""
US_PER_DAY = 86_400_000_000
_FIRST_US = 61 * US_PER_DAY
"""1 March 1900, from which on spreadsheets agree about days."""
_AFTER_US = f"(DATE(9999,12,31)+1)*{US_PER_DAY}"
"""The end of 9999; a workbook from an old Mac counts its days from 1904."""

_DIGITS = """LAMBDA(written, length,
    IF(TEXT(VALUE(written),REPT("0",length))=written, VALUE(written), #VALUE!))"""
"""The number of a text of so many digits, at least one; else #VALUE!."""

_PAIR = """LAMBDA(written, below,
    IF((TEXT(VALUE(written),"00")=written)*(VALUE(written)<below), VALUE(written), #VALUE!))"""
"""The number of a text of two digits; else #VALUE!."""

_CLOCK = f"""LAMBDA(written, minutes_alone, LET(
    trimmed, TRIM(written),
    bare, IF(LEFT(trimmed,1)="-", MID(trimmed,2,99), trimmed),
    colon, FIND(":",bare),
    next, IFERROR(FIND(":",bare,colon+1),0),
    leading, digits(LEFT(bare,colon-1),colon-1),
    rest, MID(bare, IF(next=0,colon,next)+1, 99),
    places, LEN(rest)-3,
    part, IF(LEN(rest)=2, 0, IF((MID(rest,3,1)=".")*(places>0)*(places<13),
        digits(MID(rest,4,99),places)/10^places, #VALUE!)),
    whole, IF(next=0, IF(minutes_alone,leading,#VALUE!),
        leading*60+pair(MID(bare,colon+1,next-colon-1),60)),
    total, whole*60000+ROUND((pair(LEFT(rest,2),60)+part)*1000,0),
    IF(colon>10, #VALUE!, IF((LEFT(trimmed,1)="-")*(total>0)+(total>{LONGEST_S}000), #NUM!, total))))"""
"""Milliseconds of text `h:mm:ss`, its seconds with decimals or without, or `mm:ss` where minutes may stand
alone; else #VALUE!. A sign may stand before it."""

_EAST = """LAMBDA(written, LET(
    minutes, IF(LEN(written)=3, 0, IF((LEN(written)=5)+(LEN(written)=6)*(MID(written,4,1)=":"),
        pair(RIGHT(written,2),60), #VALUE!)),
    us, (pair(MID(written,2,2),16)*60+minutes)*60000000,
    IF(LEFT(written,1)="+", us, IF(LEFT(written,1)="-",-us,#VALUE!))))"""
"""Microseconds east of UTC by +hh:mm, +hhmm or +hh; else #VALUE!."""

_ZONE = """LAMBDA(name, LET(
    zone, LOWER(TRIM(name)),
    IF((zone="utc")+(zone="gmt")+(zone="z"), 0, east(zone))))"""
"""The same by `UTC`, `GMT`, `Z` or an offset. Zones of other names need the add-in: #VALUE!."""

_SERIAL = f"""LAMBDA(serial,
    IF((serial<{FIRST_SERIAL})+(serial>={AFTER_SERIALS}), #NUM!, INT(serial)*{US_PER_DAY}
        +ROUND(ROUND((serial-INT(serial))*10000000000,0)*864/100000,0)*1000))"""
"""Microseconds since day 0 of a serial, to the millisecond by the decimal that it shows: of a product of
floats the last digits would be noise, and they decide at the half."""

_STAMP = f"""LAMBDA(written, zone_us, LET(
    whole, TRIM(written),
    yyyy, digits(LEFT(whole,4),4),
    mm, pair(MID(whole,6,2),13),
    dd, pair(MID(whole,9,2),32),
    on, IF(yyyy<1900, #NUM!, DATE(yyyy,mm,dd)),
    is_date, (MID(whole,5,1)="-")*(MID(whole,8,1)="-")*(mm>0)*(DAY(on)=dd),
    tail, MID(whole,11,99),
    is_sign, LAMBDA(place, IF(LEN(tail)<place+6, FALSE,
        (MID(tail,LEN(tail)-place+1,1)="+")+(MID(tail,LEN(tail)-place+1,1)="-")>0)),
    width, IF(LOWER(RIGHT(tail,1))="z", 1, IF(LOWER(RIGHT(tail,3))="utc", 3,
        IF(is_sign(6),6,IF(is_sign(5),5,IF(is_sign(3),3,0))))),
    named, RIGHT(tail,width),
    offset, IF(width=0, zone_us, zone(named)),
    hms, TRIM(LEFT(tail,LEN(tail)-width)),
    of_day, IF(LEFT(tail,1)=" ", hms, IF(LOWER(LEFT(hms,1))="t",MID(hms,2,99),"?")),
    colon, FIND(":",of_day),
    hours, IF((colon>1)*(colon<4), digits(LEFT(of_day,colon-1),colon-1), #VALUE!),
    after, MID(of_day,colon+3,99),
    seconds, IF(after="", 0, IF(LEFT(after,1)=":",pair(MID(after,2,2),60),#VALUE!)),
    places, LEN(after)-4,
    part, IF(LEN(after)<4, 0, IF(((MID(after,4,1)=".")+(MID(after,4,1)=","))*(places>0)*(places<13),
        INT(digits(MID(after,5,99),places)*10^(6-places)), #VALUE!)),
    clock_us, IF(hours>23, #VALUE!, ((hours*60+pair(MID(of_day,colon+1,2),60))*60+seconds)*1000000+part),
    IF(is_date, on*{US_PER_DAY}+IF(tail="",-zone_us,clock_us-offset), #VALUE!)))"""
"""The same of text: a day, or a day and its time after T or a blank; then nothing, Z, UTC or an offset."""

_UTC = f"""LAMBDA(moment, zone_us, LET(
    found, IF(ISNUMBER(moment), serial(moment)-zone_us, IF(ISTEXT(moment),stamp(moment,zone_us),#VALUE!)),
    IF(ISERROR(found), found, IF((found<{_FIRST_US})+(found>={_AFTER_US}),#NUM!,found))))"""
"""Microseconds in UTC of a serial or a text, whose zone is the given one where it names none; #NUM! outside
the calendar."""

_PIECES = f"digits, {_DIGITS}, pair, {_PAIR}, "
_INSTANTS = f"east, {_EAST}, zone, {_ZONE}, serial, {_SERIAL}, stamp, {_STAMP}, utc, {_UTC}, "

CLOCK = f"{_PIECES} clock, {_CLOCK}, "
"""What a LET holds that calls clock(text, minutes_alone)."""
UTC = f"{_PIECES} {_INSTANTS}"
"""What a LET holds that calls utc(moment, zone_us) and zone(name)."""
CLOCK_AND_UTC = f"{CLOCK} {_INSTANTS}"
