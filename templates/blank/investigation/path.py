"""The sheet Path: from the difference of the month to the day, the hour, and the one call."""

from __future__ import annotations

from fractions import Fraction

from templates import look as styles
from templates.blank.investigation.both_sides import write_sides
from templates.blank.investigation.columns import COUNTED, CREDIT, DURATION, MISSING, NOTHING, RATING
from templates.blank.investigation.listed import SHEET as LISTED
from templates.blank.investigation.listed import cell_of_first
from templates.blank.investigation.questions import write_parts, write_questions
from templates.blank.investigation.sheet import (
    BOLD,
    COUNT,
    DAY,
    MONEY,
    WORDS,
    Sheet,
    day_text,
    signed_of,
    signed_text,
)
from templates.blank.investigation.values import Model, number
from templates.shared.book import Book
from templates.shared.checks import write_line
from templates.shared.rules import a_day, whole_between
from templates.shared.serials import serial

SHEET = "Path"
_WIDTHS = (34, 18, 18, 18, 16, 16)
_SIDES = ("", "Ours", "Theirs", "Difference")
_NOTHING = "Nothing differs beyond the tolerance."
_WITHIN = " The threshold passes it, but it is what the difference comes from."
_ASKED = {MISSING: "of one side only", DURATION: "billed for another time", RATING: "billed at another price"}
_ALL_UNKNOWN = "of which a side's cost or time is not known"
_SOME_UNKNOWN = "billed at another price, or of which a side's cost or time is not known"


def write_path(book: Book, model: Model) -> Sheet:
    """The path; the side by side of the call is added by `side_by_side`."""
    page = Sheet(book, SHEET, _WIDTHS, "Yellow cells choose another day, hour or call. Theirs less ours.")
    page.row = 2
    page.line(_conclusion(), conclusion(model), "conclusion", bold=True, font_color=styles.HEAD, font_size=11)
    page.row = 5
    page.sheet.fit_to_pages(1, 1)
    _write_month(page, model)
    _write_day(page, model)
    write_questions(page, model)
    write_parts(page, model)
    _write_hour(page, model)
    return page


def write_its_line(book: Book, failing: int) -> None:
    write_line(book, book.workbook.get_worksheet_by_name(SHEET), 3, 0, failing)


def _conclusion() -> str:
    chosen = '""'
    for index, words in reversed([*enumerate(_ASKED.values())]):
        calls, cost = f"part_calls_{index}", signed_text(f"part_cost_{index}")
        which = f'"{words}"'
        if words == _ASKED[RATING]:
            unknown = f'IF(not_known_calls={calls},"{_ALL_UNKNOWN}","{_SOME_UNKNOWN}")'
            which = f"IF(not_known_calls=0,{which},{unknown})"
        said = f'{calls}&IF({calls}=1," call "," calls ")&{which}&", "&{cost}'
        chosen = f'IF(issue="{[*_ASKED][index]}",{said},{chosen})'
    where = f'{day_text("path_day")}&" (UTC), "&issue_said&": "'
    sentence = f'{where}&{chosen}&IF(currency="",""," "&currency)&"."&IF(within_threshold,"{_WITHIN}","")'
    return f'IF(issue="{NOTHING}","{_NOTHING}",{sentence})'


def conclusion(model: Model) -> str:
    """What that gives."""
    if model.issue == NOTHING:
        return _NOTHING
    calls, cost = model.part(model.issue)
    currency = f" {model.filled.currency}" if model.filled.currency else ""
    which, unknown = _ASKED[model.issue], model.not_known[0]
    if model.issue == RATING and unknown:
        which = _ALL_UNKNOWN if unknown == calls else _SOME_UNKNOWN
    words = f"{calls} {'call' if calls == 1 else 'calls'} {which}, {signed_of(cost)}{currency}."
    return f"{model.day} (UTC), {model.issue_said}: {words}{_WITHIN if model.is_within else ''}"


def _write_month(page: Sheet, model: Model) -> None:
    page.heading("1. The month", _SIDES)
    ours, theirs = model.ours(), model.theirs()
    where = f'Calls[Step],"{COUNTED}"', f'Billed[Step],"{COUNTED}"'
    write_sides(page, where, (ours, theirs), model.known(), "total")
    page.label("Credits, kept apart")
    credits = [number(row.get("Cost")) for row in model.billed if row["Step"] == CREDIT]
    page.put(
        2,
        f'ROUND(SUMIFS(Billed[Cost],Billed[Step],"{CREDIT}"),10)',
        sum(credits, Fraction(0)),
        MONEY,
        "total_credits",
    )
    for index in (1, 3):
        page.sheet.write_blank(page.row, index, None, page.look.body())
    page.row += 1
    page.label("Records left out")
    for index, table, rows in ((1, "Calls", model.calls), (2, "Billed", model.billed)):
        formula = f'ROWS({table}[Step])-COUNTIF({table}[Step],"")-COUNTIF({table}[Step],"{COUNTED}")'
        shown = sum(row["Step"] not in ("", COUNTED) for row in rows)
        page.put(index, formula, shown, COUNT)
    page.text(3, "see the column Step")
    page.row += 2


def _write_day(page: Sheet, model: Model) -> None:
    page.heading("2. The day that differs most")
    page.label("Differs most")
    page.put(1, "day_default", serial(model.day), DAY)
    page.put(2, '"by "&measure', f"by {model.measure}", WORDS)
    page.row += 1
    page.label("Another day")
    page.yellow(1, None, DAY, "day_chosen", a_day("The day"))
    page.text(2, "Type a day, or leave it blank. The sheet Days ranks them.")
    page.row += 1
    page.label("Day on the path", **BOLD)
    # the day of a start that is pasted with its time
    chosen = 'IF(day_chosen="",day_default,IF(ISNUMBER(day_chosen),INT(day_chosen),day_chosen))'
    page.put(1, chosen, serial(model.day), DAY, "path_day", **BOLD)
    page.row += 1
    page.heads(_SIDES)
    where, day = ("Calls[Day],path_day", "Billed[Day],path_day"), serial(model.day)
    write_sides(page, where, model.of_day(model.day), model.known(lambda row: row["Day"] == day), "day")
    page.row += 1


def _write_hour(page: Sheet, model: Model) -> None:
    page.heading("4. The hour")
    page.label("To look at")
    page.put(1, "hour_default", model.hour, '00":00"')
    page.text(2, "The sheet Hours has both sides by hour.")
    page.row += 1
    page.label("Another hour")
    page.yellow(1, None, '00":00"', "hour_chosen", whole_between(0, 23, "The hour"))
    page.text(2, "Type 0 to 23, or leave it blank.")
    page.row += 1
    page.label("Hour on the path", **BOLD)
    page.put(1, 'IF(hour_chosen="",hour_default,hour_chosen)', model.hour, '00":00"', "path_hour", **BOLD)
    page.row += 1
    page.label("Calls of it behind the issue")
    page.put(1, "COUNT(Calls[Listed])+COUNT(Billed[Listed])", len(model.listed), COUNT, "listed")
    page.text(2, f"The sheet {LISTED} lists them, the largest first.")
    page.row += 2


def first_rows() -> tuple[str, str]:
    """The cells with the rows of the largest call of the hour, in Calls and in Billed."""
    return cell_of_first("Our row"), cell_of_first("Their row")
