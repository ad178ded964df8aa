"""The bodies of the cell functions as formulas, as a person could type them into a LAMBDA.

They take single cells, ranges and arrays, as the functions do: MAX, AND and OR would make one value of a
range, so that nothing but IF and products decides. What a function refuses is the same error here, and what
only the function can do is an error, never a wrong result.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from templates.formulas import arithmetic
from templates.formulas.arithmetic import COST_PLACES, LARGEST, LONGEST_S, RATE_PLACES
from templates.formulas.written import CLOCK, CLOCK_AND_UTC, US_PER_DAY, UTC
from udfs.rating.status import BILLED, NOT_BILLED

_BLANK, _UTC_NAME, _START, _HALF_UP = '""', '"UTC"', '"start"', '"half-up"'


def _given(name: str, default: str) -> str:
    """An optional argument; left out or blank it is its default."""
    return f'IF(ISOMITTED({name}),{default},IF({name}="",{default},{name}))'


def _first_error(names: str, then: str) -> str:
    """The first of these variables that is an error, or else what follows."""
    for name in reversed(names.split()):
        then = f"IF(ISERROR({name}),{name},{then})"
    return then


def _within(cell: str, refused: str, then: str) -> str:
    """What a number comes to, #NUM! where it is refused; #VALUE! where there is no number."""
    return f"IF(ISNUMBER({cell}),IF({refused},#NUM!,{then}),#VALUE!)"


def _without(cell: str, signs: str) -> str:
    for sign in signs:
        cell = f'SUBSTITUTE({cell},"{sign}","")'
    return cell


def _duration_ms(cell: str) -> str:
    """Seconds or text as milliseconds, blank as 0; a number below half a second is a spreadsheet time."""
    refused = f"({cell}<0)+({cell}>0)*({cell}<0.5)+({cell}>{LONGEST_S})"
    written = f'IF({cell}="",0,IF(ISTEXT({cell}),clock({cell},FALSE),#VALUE!))'
    return f"IF(ISNUMBER({cell}),IF({refused},#NUM!,{arithmetic.milliseconds(cell)}),{written})"


def _whole_ms(cell: str) -> str:
    """A minimum or an increment as milliseconds."""
    refused = f"({cell}<0)+({cell}>{LONGEST_S})+(ROUND({cell},3)<>{cell})"
    return _within(cell, refused, arithmetic.milliseconds(cell))


def _amount(cell: str) -> str:
    """A rate or a fee."""
    return _within(cell, f"({cell}<0)+(ROUND({cell},{RATE_PLACES})<>{cell})", cell)


def _whole_number(cell: str, most: int) -> str:
    return _within(cell, f"({cell}<0)+({cell}>{most})+({cell}<>INT({cell}))", cell)


def _day(cell: str) -> str:
    """The day in UTC of a date or a timestamp, as its serial."""
    return f"INT(utc({cell},0)/{US_PER_DAY})"


def _is_one_of(words: frozenset[str]) -> str:
    return "+".join(f'(word="{word}")' for word in sorted(words))


_BLOCKS = f"""
    minimum_s, {_given("minimum", "60")},
    least, {_whole_ms("minimum_s")},
    increment_s, {_given("increment", _BLANK)},
    step, IF(increment_s="",IF(least=0,#NUM!,least),{_whole_ms("increment_s")}),"""
"""The minimum and the increment in milliseconds."""

_IN_MINUTES = f"{arithmetic.billed('talked', 'least', 'step')}/60000"

_BILLED_MINUTES = f"""LET({CLOCK}
    talked, {_duration_ms("duration")},{_BLOCKS}
    {_first_error("talked least step", _IN_MINUTES)})"""

_BY_MODE = f"""
    IF({arithmetic.numerator("sixtieths", "billed_s")}>{LARGEST}, #NUM!,
    IF(mode=5, {arithmetic.exact("sixtieths", "billed_s")},
    IF(mode=1, {arithmetic.rounded("units", "half-up")},
    IF(mode=2, {arithmetic.rounded("units", "half-down")},
    IF(mode=3, {arithmetic.rounded("units", "up")},
    {arithmetic.rounded("units", "down")})))/10^places))"""

_CALL_COST = f"""LET({CLOCK}{_BLOCKS}
    price, {_amount("rate")},
    given_fee, {_given("connect_fee", "0")},
    fee, {_amount("given_fee")},
    given_places, {_given("decimals", "4")},
    places, {_whole_number("given_places", COST_PLACES)},
    given_mode, {_given("rounding", _HALF_UP)},
    word, {_without("LOWER(given_mode)", " -_*")},
    mode, IF((word="halfup")+(word="middle"),1,IF(word="halfdown",2,IF((word="up")+(word="fullup"),3,
        IF((word="down")+(word="fulldown"),4,IF(word="none",5,#VALUE!))))),
    talked, {_duration_ms("duration")},
    billed_s, {arithmetic.billed("talked", "least", "step")}/1000,
    sixtieths, {arithmetic.sixtieths("price", "billed_s", "fee")},
    units, {arithmetic.last_places("sixtieths", "places")},
    {_first_error("least price step fee places mode talked", f"IF(billed_s=0,0,{_BY_MODE})")})"""

_STORAGE_DAYS = f"""LET({UTC}
    first, {_day("created")},
    last, {_day("on")},
    {_first_error("first last", "IF(last<first,0,last-first+1)")})"""

_STORED = f"""IF((until<=last)+(last-first+1<=free), 0,
    IF(millionths*60>{LARGEST}, #NUM!, millionths/1000000))"""

_STORAGE_CHARGE = f"""LET({CLOCK_AND_UTC}
    talked, {_duration_ms("duration")},
    price, {_amount("rate")},
    first, {_day("created")},
    named, IF(ISTEXT(month),IF(LEN(TRIM(month))=7,TRIM(month)&"-01",month),month),
    within, {_day("named")},
    after, within-DAY(within)+32,
    last, after-DAY(after),
    gone, {_given("deleted", "0")},
    is_kept, IF(ISNUMBER(gone),gone=0,FALSE),
    until, IF(is_kept,last+1,{_day("gone")}),
    given_days, {_given("free_days", "90")},
    free, {_whole_number("given_days", 100_000)},
    millionths, ROUNDUP(talked/60000,0)*ROUND(price*1000000,0),
    {_first_error("talked price first last until free", _STORED)})"""

_MONTH = 'IF(is_text, YEAR(within)&"-"&TEXT(MONTH(within),"00"), DATE(YEAR(within),MONTH(within),1))'

_MONTH_ATTRIBUTE = f"""LET({UTC}
    base, LOWER(TRIM({_given("basis", _START)})),
    by_billing, IF(base="start",FALSE,IF(base="billed",TRUE,#VALUE!)),
    given_billed, {_given("billed", _BLANK)},
    missing, IF(by_billing,IF(given_billed="",#N/A,0),0),
    given_zone, {_given("time_zone", _UTC_NAME)},
    is_zone, IF(ISTEXT(given_zone),TRUE,#VALUE!),
    zone_us, zone(given_zone),
    began, utc(start,zone_us),
    moment, IF(by_billing,utc(given_billed,zone_us),began),
    given_text, {_given("as_text", "FALSE")},
    is_text, IF(ISTEXT(given_text),#VALUE!,IF((given_text=TRUE)+(given_text=1),TRUE,
        IF((given_text=FALSE)+(given_text=0),FALSE,#VALUE!))),
    within, INT(moment/{US_PER_DAY}),
    {_first_error("is_zone missing zone_us began moment is_text", _MONTH)})"""

_IS_BILLED = f"""LET(
    word, {_without("LOWER(TRIM(status))", " -_")},
    IF({_is_one_of(BILLED)},TRUE,IF({_is_one_of(NOT_BILLED)},FALSE,#N/A)))"""

_TO_UTC = f"""LET({UTC}
    zone_us, zone({_given("time_zone", _UTC_NAME)}),
    {_first_error("zone_us", f"utc(timestamp,zone_us)/{US_PER_DAY}")})"""

_REFUSED_TIME = f"(time<0)+(time=INT(time))*(time>1)+(time*86400>{LONGEST_S})"

_TO_SECONDS = f"""LET({CLOCK}
    IF(ISNUMBER(time), IF({_REFUSED_TIME},#NUM!,ROUND(time*86400000,0)),
        IF(ISTEXT(time),clock(time,TRUE),#VALUE!))/1000)"""

BODIES: Mapping[str, str] = MappingProxyType(
    {
        "BILLED_MINUTES": _BILLED_MINUTES,
        "CALL_COST": _CALL_COST,
        "STORAGE_DAYS": _STORAGE_DAYS,
        "STORAGE_CHARGE": _STORAGE_CHARGE,
        "MONTH_ATTRIBUTE": _MONTH_ATTRIBUTE,
        "IS_BILLED": _IS_BILLED,
        "TO_UTC": _TO_UTC,
        "TO_SECONDS": _TO_SECONDS,
    }
)
"""By the name of the cell function, whose arguments are variables in it."""
