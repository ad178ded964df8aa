"""The sheet Text to send: the path in sentences, to copy into a mail to the provider."""

from __future__ import annotations

from templates import look as styles
from templates.blank.investigation.balance import NOT_GIVEN, result
from templates.blank.investigation.columns import NOTHING, UNKNOWN
from templates.blank.investigation.path import conclusion
from templates.blank.investigation.said import our_formula_of, says_of, the_call, their_formula_of
from templates.blank.investigation.sheet import (
    Sheet,
    amount_of,
    amount_text,
    day_text,
    plain_of,
    signed_of,
    signed_text,
)
from templates.blank.investigation.sums import Known
from templates.blank.investigation.values import Model, Sums
from templates.shared.book import Book
from templates.shared.serials import rounded, serial
from templates.text import text_lines

SHEET = "Text to send"
_ASKED = (
    "Please send us the records of these calls, or correct the charge. All times are UTC, amounts are in the "
    "currency named, and differences are yours less ours."
)
_NO_ASK = "No question is open."
_DAY = "The day that differs most"


def write_letter(book: Book, model: Model, failing: int) -> None:
    """The sheet; `failing` checks are named above the text, and who sends it decides: it may ask for prices
    that the bill lacks, by which a check fails."""
    page = Sheet(book, SHEET, (88,), "Select the lines, copy them, and paste them as text.")
    fails = 'IF(checks_failing=1," check fails."," checks fail.")'
    warning = f'IF(checks_failing=0,"","Look before you send this: "&checks_failing&{fails})'
    count = f"{failing} check fails." if failing == 1 else f"{failing} checks fail."
    said = f"Look before you send this: {count}" if failing else ""
    red = page.look.format(bold=True, font_color=styles.BAD)
    page.sheet.write_formula(2, 0, f"={warning}", red, said)
    page.row = 3
    for formula, shown in _lines(model):
        cell_format = page.look.format(text_wrap=True)
        page.sheet.set_row(page.row, 13 * max(1, text_lines(shown, 86)) + 4)
        page.sheet.write_formula(page.row, 0, f"={formula}", cell_format, shown)
        page.row += 1


def _lines(model: Model) -> list[tuple[str, str]]:
    currency = model.filled.currency
    month = 'YEAR(month)&"-"&TEXT(MONTH(month),"00")'
    ours, theirs = model.ours(), model.theirs()
    day_ours, day_theirs = model.of_day(model.day)
    day_known = model.known(lambda row: row["Day"] == serial(model.day))
    call, record = the_call(model)
    named = call or record
    name = str(named.get("Call id") or "") if named else ""
    is_none = model.issue == NOTHING
    return [
        (
            f'"Calls of "&{month}&": a difference between our log and your bill"',
            f"Calls of {model.settings.month:%Y-%m}: a difference between our log and your bill",
        ),
        ('""', ""),
        (
            _sides('"The month: ours "', "total"),
            _sides_of("The month: ours ", ours, theirs, model.known(), currency),
        ),
        (
            _unless_none(_sides(f'"{_DAY}, "&{day_text("path_day")}&": ours "', "day")),
            ""
            if is_none
            else _sides_of(
                f"The day that differs most, {model.day}: ours ", day_ours, day_theirs, day_known, currency
            ),
        ),
        ("conclusion", conclusion(model)),
        (_unless_none(_hour()), "" if is_none else _hour_of(model)),
        ('""', ""),
        (
            _if_call(f'"The call: "&{_call_id()}&", started "&{_started()}&" UTC"'),
            f"The call: {name}, started {_started_of(model)} UTC" if named else "",
        ),
        (_if_call('"Ours:  "&our_formula'), f"Ours:  {our_formula_of(model)}" if named else ""),
        (_if_call('"Yours: "&their_formula'), f"Yours: {their_formula_of(model)}" if named else ""),
        (_if_call("says"), says_of(model) if named else ""),
        ('""', ""),
        (
            f'IF(balance_result="{NOT_GIVEN}","","Balance: "&balance_result&", difference "&'
            f'{signed_text("balance_difference")}&" "&currency)',
            _balance_of(model),
        ),
        (f'IF(issue="{NOTHING}","{_NO_ASK}","{_ASKED}")', _NO_ASK if is_none else _ASKED),
    ]


def _unless_none(formula: str) -> str:
    return f'IF(issue="{NOTHING}","",{formula})'


def _if_call(formula: str) -> str:
    return f'IF(AND(call_row="",record_row=""),"",{formula})'


def _sides(begins: str, name: str) -> str:
    minutes = [_or_unknown(f"{name}_{side}_minutes", "ROUND({0},4)") for side in ("our", "their")]
    costs = [_or_unknown(f"{name}_{side}_cost", amount_text("{0}")) for side in ("our", "their")]
    return (
        f'{begins}&{name}_our_calls&" calls, "&{minutes[0]}&" min, "&{costs[0]}&" "&currency&'
        f'"; yours "&{name}_their_calls&" calls, "&{minutes[1]}&" min, "&{costs[1]}&" "&currency&'
        f'"; difference "&{_or_unknown(f"{name}_cost", signed_text("{0}"))}&" "&currency&"."'
    )


def _or_unknown(name: str, written: str) -> str:
    return f'IF(ISNUMBER({name}_said),{written.format(name)},"{UNKNOWN}")'


def _sides_of(begins: str, ours: Sums, theirs: Sums, known: Known, currency: str) -> str:
    def side(its: Sums, timed: int, priced: int) -> str:
        minutes = plain_of(rounded(its.minutes, 4)) if timed or not its.calls else UNKNOWN
        cost = amount_of(its.cost) if priced or not its.calls else UNKNOWN
        return f"{its.calls} calls, {minutes} min, {cost} {currency}"

    one = side(ours, known.ours, known.ours)
    other = side(theirs, known.their_time, known.their_cost)
    is_known = (known.ours or not ours.calls) and (known.their_cost or not theirs.calls)
    difference = signed_of(theirs.cost - ours.cost) if is_known else UNKNOWN
    return f"{begins}{one}; yours {other}; difference {difference} {currency}."


def _hour() -> str:
    return (
        'IF(path_hour="","","From "&TEXT(path_hour,"00")&":00 to "&TEXT(path_hour,"00")&":59 there are "'
        "&listed"
        '&" of them."&IF(listed>0," The largest difference is the call below.",""))'
    )


def _hour_of(model: Model) -> str:
    if model.hour == "":
        return ""
    count = len(model.listed)
    more = " The largest difference is the call below." if count else ""
    return f"From {model.hour:02}:00 to {model.hour:02}:59 there are {count} of them.{more}"


def _call_id() -> str:
    return 'IF(call_row="",INDEX(Billed[Call id],record_row),INDEX(Calls[Call id],call_row))'


def _started() -> str:
    at = 'IF(call_row="",INDEX(Billed[Started (UTC)],record_row),INDEX(Calls[Started (UTC)],call_row))'
    # SECOND would round a start of 23:59:59.9 to midnight, on the day that it is no longer
    second = f"INT(ROUND(({at}-INT({at}))*86400,3))"
    parts = [
        f'TEXT({part},"00")'
        for part in (f"INT({second}/3600)", f"MOD(INT({second}/60),60)", f"MOD({second},60)")
    ]
    return f'{day_text(at)}&" "&' + '&":"&'.join(parts)


def _started_of(model: Model) -> str:
    call, record = the_call(model)
    named = call or record
    return f"{named['Started (UTC)']:%Y-%m-%d %H:%M:%S}" if named else ""


def _balance_of(model: Model) -> str:
    _, difference, word = result(model)
    if difference is None:
        return ""
    return f"Balance: {word}, difference {signed_of(difference)} {model.filled.currency}"
