"""The questions of the path: what kind of difference the day has, and its parts."""

from __future__ import annotations

from fractions import Fraction

from templates.blank.investigation.bill_values import number
from templates.blank.investigation.columns import (
    ALONE,
    DURATION,
    MISSING,
    NOT_KNOWN,
    NOTHING,
    RATING,
    UNKNOWN,
)
from templates.blank.investigation.sheet import BOLD, COUNT, MINUTES, MONEY_CHANGE, WORDS, Sheet
from templates.blank.investigation.values import COST_UNKNOWN, Model
from templates.shared.tables import Shown


def write_questions(page: Sheet, model: Model) -> None:
    page.heading(
        "3. What kind of difference is it?", ("Question", "Ours", "Theirs", "May differ by", "Roughly match?")
    )
    ours, theirs = model.of_day(model.day)
    minutes = {
        header: _minutes_of_both(model, header, theirs)
        for header, theirs in (
            ("Seconds", "Their talked"),
            ("Their talked", "Their talked"),
            ("Expected seconds", "Their seconds"),
            ("Their seconds", "Their seconds"),
        )
    }
    rows: tuple[tuple[str, tuple[str, Shown], tuple[str, Shown], str, str], ...] = (
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
        is_known = f"COUNT(B{r}:C{r})=2"
        allowed = model.allowed(number(one_is), number(other_is)) if one_is != UNKNOWN else ""
        share = f"ROUND(threshold*MAX(ABS(B{r}),ABS(C{r})),10)"
        page.put(3, f'IF({is_known},{share},"")', allowed, "#,##0.00##")
        otherwise = 'IF(part_calls_1=0,"harmless","no")' if name == "talked_match" else '"no"'
        matches = f'IF(ABS(ROUND(C{r}-B{r},10))<=D{r},"yes",{otherwise})'
        page.put(
            4, f'IF({is_known},{matches},"{UNKNOWN}")', _answer(model, one_is, other_is, name), WORDS, name
        )
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
    page.label("It is", **BOLD)
    largest = (
        f'IF(ABS(part_cost_0)>=MAX(ABS(part_cost_1),ABS(part_cost_2)),"{MISSING}",'
        f'IF(ABS(part_cost_1)>=ABS(part_cost_2),"{DURATION}","{RATING}"))'
    )
    durations = 'OR(talked_match="no",billed_match="no")'
    issue = (
        f'IF(measure="{NOTHING}","{NOTHING}",IF(calls_match="no","{MISSING}",IF({durations},"{DURATION}",'
        f'IF(prices_match="no","{RATING}",{largest}))))'
    )
    page.hidden(0, issue, model.issue, "issue")
    said = f'IF((issue="{RATING}")*(not_known_calls>0)*(not_known_calls=part_calls_2),"{COST_UNKNOWN}",issue)'
    page.put(1, said, model.issue_said, WORDS, "issue_said", **BOLD)
    within = (
        f'AND(measure<>"{NOTHING}",calls_match="yes",talked_match<>"no",billed_match<>"no",'
        'prices_match="yes")'
    )
    page.put(2, within, model.is_within, WORDS, "within_threshold", **BOLD)
    page.text(3, "TRUE: the threshold passes every question")
    page.row += 2


def _minutes_of_both(model: Model, header: str, theirs: str) -> tuple[str, Shown]:
    """Of the calls that both sides have and we rate, where the bill says these seconds."""
    both = 'Calls[Day],path_day,Calls[Both],"yes"'
    said = f'{both},Calls[{theirs}],">=0"'
    minutes = f"ROUND(SUMIFS(Calls[{header}],{said}),3)/60"
    is_unknown = f"(COUNTIFS({both})>0)*(COUNTIFS({said})=0)"
    shown = UNKNOWN if model.is_unknown(theirs) else model.total(header, theirs) / 60
    return f'IF({is_unknown},"{UNKNOWN}",{minutes})', shown


def _answer(model: Model, one: Shown, other: Shown, name: str) -> str:
    if UNKNOWN in (one, other):
        return UNKNOWN
    if model.matches(number(one), number(other)):
        return "yes"
    return "harmless" if name == "talked_match" and not model.part(DURATION)[0] else "no"


def write_parts(page: Sheet, model: Model) -> None:
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
            "The rest: another price",
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
    causes = [f'{day},Calls[Cause],"{word}",Calls[Price part]' for word in NOT_KNOWN]
    count, amount = model.not_known
    page.label("    of these: a cost or time not known")
    counts = [f'COUNTIFS({cause},"<>0")' for cause in causes]
    page.put(1, "+".join(counts), count, COUNT, "not_known_calls")
    amounts = [f'SUMIFS(Calls[Price part],{day},Calls[Cause],"{word}")' for word in NOT_KNOWN]
    page.put(2, f"ROUND({'+'.join(amounts)},10)", amount, MONEY_CHANGE, "not_known_cost")
    page.row += 1
    page.label("Sum", **BOLD)
    page.sheet.write_blank(page.row, 1, None, page.look.body(**BOLD))
    parts = sum((model.part(kind)[1] for kind in (MISSING, DURATION, RATING)), Fraction(0))
    page.put(2, "ROUND(part_cost_0+part_cost_1+part_cost_2,10)", parts, MONEY_CHANGE, "parts_cost", **BOLD)
    page.row += 2
