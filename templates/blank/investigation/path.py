"""The sheet Path: from the difference of the month to the day, the hour, and the one call."""

from __future__ import annotations

from fractions import Fraction

from templates import look as styles
from templates.blank.investigation.columns import ALONE, COUNTED, CREDIT, DURATION, MISSING, NOTHING, RATING
from templates.blank.investigation.listed import SHEET as LISTED
from templates.blank.investigation.listed import cell_of_first
from templates.blank.investigation.sheet import (
    COUNT,
    COUNT_CHANGE,
    DAY,
    MINUTES,
    MINUTES_CHANGE,
    MONEY,
    MONEY_CHANGE,
    WORDS,
    Sheet,
    day_text,
    signed_of,
    signed_text,
)
from templates.blank.investigation.values import Model, Sums, number
from templates.shared.book import Book
from templates.shared.checks import write_line
from templates.shared.rules import a_day, whole_between
from templates.shared.serials import rounded, serial

SHEET = "Path"
_WIDTHS = (34, 18, 18, 18, 16, 16)
_SIDES = ("", "Ours", "Theirs", "Difference")
_BOLD = {"bold": True, "bg_color": styles.PALE}
_NOTHING = "Nothing differs beyond the tolerance."
_WITHIN = " The threshold passes it, but it is what the difference comes from."
_ASKED = {MISSING: "of one side only", DURATION: "billed for another time", RATING: "billed at another price"}


def write_path(book: Book, model: Model) -> Sheet:
    """The path; the side by side of the call is added by `side_by_side`."""
    page = Sheet(book, SHEET, _WIDTHS, "Yellow cells choose another day, hour or call. Theirs less ours.")
    page.row = 2
    page.line(_conclusion(), conclusion(model), "conclusion", bold=True, font_color=styles.HEAD, font_size=11)
    page.row = 5
    page.sheet.fit_to_pages(1, 1)
    _write_month(page, model)
    _write_day(page, model)
    _write_questions(page, model)
    _write_parts(page, model)
    _write_hour(page, model)
    return page


def write_its_line(book: Book, failing: int) -> None:
    write_line(book, book.workbook.get_worksheet_by_name(SHEET), 3, 0, failing)


def _conclusion() -> str:
    chosen = '""'
    for index, words in reversed([*enumerate(_ASKED.values())]):
        calls, cost = f"part_calls_{index}", signed_text(f"part_cost_{index}")
        said = f'{calls}&IF({calls}=1," call "," calls ")&"{words}, "&{cost}'
        chosen = f'IF(issue="{[*_ASKED][index]}",{said},{chosen})'
    where = f'{day_text("path_day")}&" (UTC), "&issue&": "'
    sentence = f'{where}&{chosen}&IF(currency="",""," "&currency)&"."&IF(within_threshold,"{_WITHIN}","")'
    return f'IF(issue="{NOTHING}","{_NOTHING}",{sentence})'


def conclusion(model: Model) -> str:
    """What that gives."""
    if model.issue == NOTHING:
        return _NOTHING
    calls, cost = model.part(model.issue)
    currency = f" {model.filled.currency}" if model.filled.currency else ""
    words = f"{calls} {'call' if calls == 1 else 'calls'} {_ASKED[model.issue]}, {signed_of(cost)}{currency}."
    return f"{model.day} (UTC), {model.issue}: {words}{_WITHIN if model.is_within else ''}"


def _write_month(page: Sheet, model: Model) -> None:
    page.heading("1. The month", _SIDES)
    ours, theirs = model.ours(), model.theirs()
    our_where, their_where = f'Calls[Step],"{COUNTED}"', f'Billed[Step],"{COUNTED}"'
    formulas = (
        (f"COUNTIFS({our_where})", f"COUNTIFS({their_where})"),
        (
            f"ROUND(SUMIFS(Calls[Expected seconds],{our_where}),3)/60",
            f"ROUND(SUMIFS(Billed[Charged seconds],{their_where}),3)/60",
        ),
        (
            f"ROUND(SUMIFS(Calls[Expected cost],{our_where}),10)",
            f"ROUND(SUMIFS(Billed[Charge],{their_where}),10)",
        ),
    )
    _write_three(page, formulas, (ours, theirs), "total")
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


def _write_three(
    page: Sheet, formulas: tuple[tuple[str, str], ...], sides: tuple[Sums, Sums], name: str
) -> None:
    """Calls, minutes, cost of both sides."""
    labels = ("Connected calls", "Billed minutes (min)", "Cost")
    formats = ((COUNT, COUNT_CHANGE), (MINUTES, MINUTES_CHANGE), (MONEY, MONEY_CHANGE))
    keys = ("calls", "minutes", "cost")
    figures = zip(*((one.calls, one.minutes, one.cost) for one in sides), strict=True)
    for label, key, (ours, theirs), (plain, change), (one, other) in zip(
        labels, keys, formulas, formats, figures, strict=True
    ):
        r = page.row + 1
        page.label(label)
        page.put(1, ours, one, plain, f"{name}_our_{key}")
        page.put(2, theirs, other, plain, f"{name}_their_{key}")
        page.put(3, f"ROUND(C{r}-B{r},10)", rounded(Fraction(other) - one, 10), change, f"{name}_{key}")
        page.row += 1


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
    page.label("Day on the path", **_BOLD)
    page.put(1, 'IF(day_chosen="",day_default,day_chosen)', serial(model.day), DAY, "path_day", **_BOLD)
    page.row += 1
    page.heads(_SIDES)
    ours, theirs = "Calls[Day],path_day", "Billed[Day],path_day"
    formulas = (
        (f"COUNTIFS({ours})", f"COUNTIFS({theirs})"),
        (
            f"ROUND(SUMIFS(Calls[Expected seconds],{ours}),3)/60",
            f"ROUND(SUMIFS(Billed[Charged seconds],{theirs}),3)/60",
        ),
        (f"ROUND(SUMIFS(Calls[Expected cost],{ours}),10)", f"ROUND(SUMIFS(Billed[Charge],{theirs}),10)"),
    )
    _write_three(page, formulas, model.of_day(model.day), "day")
    page.row += 1


def _write_questions(page: Sheet, model: Model) -> None:
    page.heading(
        "3. What kind of difference is it?", ("Question", "Ours", "Theirs", "May differ by", "Roughly match?")
    )
    ours, theirs = model.of_day(model.day)
    both = 'Calls[Day],path_day,Calls[Both],"yes"'
    minutes = {
        header: (f"ROUND(SUMIFS(Calls[{header}],{both}),3)/60", model.total(header) / 60)
        for header in ("Seconds", "Their talked", "Expected seconds", "Their seconds")
    }
    rows: tuple[tuple[str, tuple[str, Fraction], tuple[str, Fraction], str, str], ...] = (
        (
            "Connected calls",
            ("day_our_calls", Fraction(ours.calls)),
            ("day_their_calls", Fraction(theirs.calls)),
            COUNT,
            "calls_match",
        ),
        (
            "Minutes talked, of the same calls",
            minutes["Seconds"],
            minutes["Their talked"],
            MINUTES,
            "talked_match",
        ),
        (
            "Minutes billed, of the same calls",
            minutes["Expected seconds"],
            minutes["Their seconds"],
            MINUTES,
            "billed_match",
        ),
    )
    for label, (one, one_is), (other, other_is), number_format, name in rows:
        r = page.row + 1
        page.label(label)
        page.put(1, one, one_is, number_format)
        page.put(2, other, other_is, number_format)
        allowed = model.allowed(one_is, other_is)
        page.put(3, f"ROUND(threshold*MAX(ABS(B{r}),ABS(C{r})),10)", allowed, "#,##0.00##")
        matches = f"ABS(ROUND(C{r}-B{r},10))<=D{r}"
        harmless = "" if name != "talked_match" else "part_calls_1=0"
        formula = (
            f'IF({matches},"yes",IF({harmless},"harmless","no"))' if harmless else f'IF({matches},"yes","no")'
        )
        page.put(4, formula, _answer(model, one_is, other_is, bool(harmless)), WORDS, name)
        page.row += 1
    page.label("Calls at another price for the same time")
    page.put(1, "0", 0, COUNT)
    beyond = (
        'COUNTIFS(Calls[Day],path_day,Calls[Price part],">"&tolerance_amount)'
        '+COUNTIFS(Calls[Day],path_day,Calls[Price part],"<"&-tolerance_amount)'
    )
    page.put(2, beyond, model.beyond, COUNT)
    page.put(3, "0", 0, COUNT)
    page.put(4, f'IF(C{page.row + 1}=0,"yes","no")', "no" if model.beyond else "yes", WORDS, "prices_match")
    page.row += 1
    page.label("It is", **_BOLD)
    largest = (
        f'IF(ABS(part_cost_0)>=MAX(ABS(part_cost_1),ABS(part_cost_2)),"{MISSING}",'
        f'IF(ABS(part_cost_1)>=ABS(part_cost_2),"{DURATION}","{RATING}"))'
    )
    durations = 'OR(talked_match="no",billed_match="no")'
    issue = (
        f'IF(measure="{NOTHING}","{NOTHING}",IF(calls_match="no","{MISSING}",IF({durations},"{DURATION}",'
        f'IF(prices_match="no","{RATING}",{largest}))))'
    )
    page.put(1, issue, model.issue, WORDS, "issue", **_BOLD)
    within = (
        f'AND(measure<>"{NOTHING}",calls_match="yes",talked_match<>"no",billed_match="yes",'
        'prices_match="yes")'
    )
    page.put(2, within, model.is_within, WORDS, "within_threshold", **_BOLD)
    page.text(3, "TRUE: the threshold passes every question")
    page.row += 2


def _answer(model: Model, one: Fraction, other: Fraction, may_be_harmless: bool) -> str:
    if model.matches(one, other):
        return "yes"
    return "harmless" if may_be_harmless and not model.part(DURATION)[0] else "no"


def _write_parts(page: Sheet, model: Model) -> None:
    page.heading("The parts of the day's difference", ("", "Calls", "Cost"))
    day = "Calls[Day],path_day"
    alone = 'Billed[Day],path_day,Billed[Alone],"yes"'
    formulas = (
        (
            "Calls of one side only",
            MISSING,
            f'COUNTIFS({day},Calls[Cause],"{ALONE}")+COUNTIFS({alone})',
            f'SUMIFS(Calls[Difference],{day},Calls[Cause],"{ALONE}")+SUMIFS(Billed[Charge],{alone})',
        ),
        (
            "Another time, at our rate",
            DURATION,
            f'COUNTIFS({day},Calls[Time apart (s)],">0")+COUNTIFS({day},Calls[Time apart (s)],"<0")',
            f"SUMIFS(Calls[Time part],{day})",
        ),
        (
            "Another price for the same time",
            RATING,
            f'COUNTIFS({day},Calls[Price part],">0")+COUNTIFS({day},Calls[Price part],"<0")',
            f"SUMIFS(Calls[Price part],{day})",
        ),
    )
    for index, (label, kind, calls, cost) in enumerate(formulas):
        page.label(label)
        count, amount = model.part(kind)
        page.put(1, calls, count, COUNT, f"part_calls_{index}")
        page.put(2, f"ROUND({cost},10)", amount, MONEY_CHANGE, f"part_cost_{index}")
        page.row += 1
    page.label("Sum", **_BOLD)
    page.sheet.write_blank(page.row, 1, None, page.look.body(**_BOLD))
    parts = sum((model.part(kind)[1] for kind in (MISSING, DURATION, RATING)), Fraction(0))
    page.put(2, "ROUND(part_cost_0+part_cost_1+part_cost_2,10)", parts, MONEY_CHANGE, "parts_cost", **_BOLD)
    page.row += 2


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
    page.label("Hour on the path", **_BOLD)
    page.put(1, 'IF(hour_chosen="",hour_default,hour_chosen)', model.hour, '00":00"', "path_hour", **_BOLD)
    page.row += 1
    page.label("Calls of it behind the issue")
    page.put(1, "COUNT(Calls[Listed])+COUNT(Billed[Listed])", len(model.listed), COUNT, "listed")
    page.text(2, f"The sheet {LISTED} lists them, the largest first.")
    page.row += 2


def first_rows() -> tuple[str, str]:
    """The cells with the rows of the largest call of the hour, in Calls and in Billed."""
    return cell_of_first("Our row"), cell_of_first("Their row")
