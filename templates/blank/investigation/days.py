"""The sheets Days and Hours: both sides side by side, and which differs most."""

from __future__ import annotations

from templates.blank.investigation.columns import ALONE, MISSING, NOTHING
from templates.blank.investigation.sheet import (
    COUNT,
    COUNT_CHANGE,
    DAY,
    MINUTES,
    MINUTES_CHANGE,
    MONEY,
    MONEY_CHANGE,
    Sheet,
)
from templates.blank.investigation.values import AMOUNT, BILLED_MINUTES, CONNECTED, SINGLE, Model, Sums
from templates.shared.book import Book
from templates.shared.serials import rounded, serial
from templates.shared.tables import Shown

DAYS, HOURS = "Days", "Hours"
_SIDES = ("Our calls", "Our minutes (min)", "Our cost", "Their calls", "Their minutes (min)", "Their cost")
_CHANGES = ("Calls, difference", "Minutes (min), difference", "Cost, difference")
_FIRST, _LAST = 5, 35
"""The rows of the days, as a person counts them."""
_LAST_HOUR = 28


def _range(letter: str, last: int = _LAST) -> str:
    return f"${letter}${_FIRST}:${letter}${last}"


def _largest(letter: str) -> str:
    return f"MAX(MAX({_range(letter)}),-MIN({_range(letter)}))"


def write_days(book: Book, model: Model) -> None:
    """The month by day; `measure` says by what a day is chosen, `day_default` which differs most."""
    page = Sheet(
        book,
        DAYS,
        [12, *[12] * 6, *[13] * 3, 13, 10, 12, 8],
        "Both sides by day, in UTC. A call that both have stands on the day of our record. Theirs less ours.",
        portrait=False,
    )
    heads = ("Day", *_SIDES, *_CHANGES, "Single differences", "One side only", "Size", "Rank")
    page.heads(heads)
    page.sheet.set_row(3, 46)
    for index in range(31):
        day = model.days[index] if index < len(model.days) else None
        r = page.row + 1
        page.put(
            0,
            f'IFERROR(IF(MONTH(month+{index})=MONTH(month),month+{index},""),"")',
            serial(day) if day else "",
            DAY,
        )
        _write_sides(page, r, f"Calls[Day],$A{r}", f"Billed[Day],$A{r}", model.of_day(day) if day else None)
        gross = (
            f'SUMIFS(Calls[Difference],Calls[Day],$A{r},Calls[Difference],">0")'
            f'-SUMIFS(Calls[Difference],Calls[Day],$A{r},Calls[Difference],"<0")'
            f'+SUMIFS(Billed[Charge],Billed[Day],$A{r},Billed[Alone],"yes")'
        )
        _put(page, r, 10, f"ROUND({gross},10)", model.gross(day) if day else "", MONEY)
        alone = (
            f'COUNTIFS(Calls[Day],$A{r},Calls[Cause],"{ALONE}")'
            f'+COUNTIFS(Billed[Day],$A{r},Billed[Alone],"yes")'
        )
        _put(page, r, 11, alone, model.alone_on(day) if day else "", COUNT)
        size = (
            f'IF(measure="{AMOUNT}",ABS(J{r}),IF(measure="{BILLED_MINUTES}",ABS(I{r}),'
            f'IF(measure="{CONNECTED}",ABS(H{r}),IF(measure="{SINGLE}",ROUND(K{r}+L{r}/10^7,10),0))))'
        )
        _put(page, r, 12, size, model.size_of_day(day) if day else "", MONEY)
        rank = _rank(model, day) if day else ""
        _put(page, r, 13, f'IF(M{r}=0,"",RANK(M{r},{_range("M")}))', rank, COUNT)
        page.row += 1
    _write_total(page, model)
    page.row += 1
    page.label("Found by")
    measure = (
        f'IF({_largest("J")}>tolerance_amount,"{AMOUNT}",IF({_largest("I")}>tolerance_minutes,'
        f'"{BILLED_MINUTES}",IF({_largest("H")}>0,"{CONNECTED}",'
        f'IF(SUM({_range("K")})+SUM({_range("L")})>0,"{SINGLE}","{NOTHING}"))))'
    )
    page.put(1, measure, model.measure, "", "measure")
    page.row += 1
    page.label("Differs most")
    found = f"INDEX({_range('A')},MATCH(MAX({_range('M')}),{_range('M')},0))"
    page.put(1, found, serial(model.day), DAY, "day_default")
    page.sheet.freeze_panes(4, 1)
    page.sheet.repeat_rows(3)
    mark = {"type": "formula", "criteria": f"=$A{_FIRST}=path_day", "format": _marked(book)}
    page.sheet.conditional_format(_FIRST - 1, 0, _LAST - 1, 13, mark)


def _rank(model: Model, day: object) -> Shown:
    sizes = [model.size_of_day(one) for one in model.days]
    own = sizes[model.days.index(day)]  # type: ignore[arg-type]
    return 1 + sum(size > own for size in sizes) if own else ""


def _put(page: Sheet, r: int, index: int, formula: str, shown: Shown, number_format: str) -> None:
    page.put(index, f'IF($A{r}="","",{formula})', shown, number_format)


def _write_sides(page: Sheet, r: int, ours: str, theirs: str, sides: tuple[Sums, Sums] | None) -> None:
    """The six figures of both sides, and their differences."""
    formulas = (
        f"COUNTIFS({ours})",
        f"ROUND(SUMIFS(Calls[Expected seconds],{ours}),3)/60",
        f"ROUND(SUMIFS(Calls[Expected cost],{ours}),10)",
        f"COUNTIFS({theirs})",
        f"ROUND(SUMIFS(Billed[Charged seconds],{theirs}),3)/60",
        f"ROUND(SUMIFS(Billed[Charge],{theirs}),10)",
    )
    figures: list[Shown] = [""] * 6
    if sides:
        figures = [figure for one in sides for figure in (one.calls, one.minutes, one.cost)]
    for index, (formula, shown) in enumerate(zip(formulas, figures, strict=True), 1):
        _put(page, r, index, formula, shown, (COUNT, MINUTES, MONEY)[(index - 1) % 3])
    write_changes(page, r, sides)


def write_changes(page: Sheet, r: int, sides: tuple[Sums, Sums] | None) -> None:
    """Theirs less ours."""
    changes: list[Shown] = [""] * 3
    if sides:
        ours, theirs = sides
        changes = changes_of(ours, theirs)
    pairs = (("E", "B"), ("F", "C"), ("G", "D"))
    formats = (COUNT_CHANGE, MINUTES_CHANGE, MONEY_CHANGE)
    for index, ((theirs_at, ours_at), shown, number_format) in enumerate(
        zip(pairs, changes, formats, strict=True), 7
    ):
        _put(page, r, index, f"ROUND({theirs_at}{r}-{ours_at}{r},10)", shown, number_format)


def changes_of(ours: Sums, theirs: Sums) -> list[Shown]:
    """Theirs less ours: calls, minutes, cost."""
    return [theirs.calls - ours.calls, rounded(theirs.minutes - ours.minutes, 10), theirs.cost - ours.cost]


def _write_total(page: Sheet, model: Model) -> None:
    style: dict[str, object] = {"bold": True, "bg_color": "#EEF2F5"}
    page.label("Sum", **style)
    ours, theirs = model.ours(), model.theirs()
    figures: list[Shown] = [
        figure for one in (ours, theirs) for figure in (one.calls, rounded(one.minutes, 10), one.cost)
    ]
    changes = changes_of(ours, theirs)
    formats = (COUNT, MINUTES, MONEY) * 2 + (COUNT_CHANGE, MINUTES_CHANGE, MONEY_CHANGE)
    for index, (shown, number_format) in enumerate(zip([*figures, *changes], formats, strict=True), 1):
        letter = chr(ord("A") + index)
        name = {3: "days_our_cost", 6: "days_their_cost", 1: "days_our_calls", 4: "days_their_calls"}.get(
            index, ""
        )
        page.put(
            index, f"ROUND(SUM({letter}{_FIRST}:{letter}{_LAST}),10)", shown, number_format, name, **style
        )
    for index in range(10, 14):
        page.sheet.write_blank(page.row, index, None, page.look.body(**style))
    page.row += 1


def write_hours(book: Book, model: Model) -> None:
    """The 24 hours of the day on the path; `hour_default` is the one to look at."""
    page = Sheet(
        book,
        HOURS,
        [12, *[12] * 6, *[13] * 3, 10, 14],
        "The day on the path by hour, in UTC, by the start of each call. Theirs less ours.",
        portrait=False,
    )
    page.heads(("Hour", *_SIDES, *_CHANGES, "One side only", "Size in calls"))
    page.sheet.set_row(3, 46)
    for hour in range(24):
        r = page.row + 1
        page.sheet.write_number(page.row, 0, hour, page.look.figure('00":00"'))
        sides = model.of_hour(hour)
        ours = f"Calls[Day],path_day,Calls[Hour],$A{r}"
        both = f'{ours},Calls[Bill row],">0"'
        alone = f'Billed[Day],path_day,Billed[Alone],"yes",Billed[Hour],$A{r}'
        formulas = (
            f"COUNTIFS({ours})",
            f"ROUND(SUMIFS(Calls[Expected seconds],{ours}),3)/60",
            f"ROUND(SUMIFS(Calls[Expected cost],{ours}),10)",
            f"COUNTIFS({both})+COUNTIFS({alone})",
            f"ROUND(SUMIFS(Calls[Their seconds],{both})+SUMIFS(Billed[Charged seconds],{alone}),3)/60",
            f"ROUND(SUMIFS(Calls[Their cost],{both})+SUMIFS(Billed[Charge],{alone}),10)",
        )
        figures = [figure for one in sides for figure in (one.calls, one.minutes, one.cost)]
        for index, (formula, shown) in enumerate(zip(formulas, figures, strict=True), 1):
            page.put(index, formula, shown, (COUNT, MINUTES, MONEY)[(index - 1) % 3])
        write_changes(page, r, sides)
        single = f'COUNTIFS({ours},Calls[Cause],"{ALONE}")+COUNTIFS({alone})'
        page.put(10, single, model.alone_in(hour), COUNT)
        page.put(11, f"ABS(H{r})*10^6+K{r}", model.hour_size(hour), COUNT)
        page.row += 1
    page.row += 1
    page.label("To look at")
    sizes = _range("L", _LAST_HOUR)
    by_calls = f"INDEX($A${_FIRST}:$A${_LAST_HOUR},MATCH(MAX({sizes}),{sizes},0))"
    of_ours = "INDEX(Calls[Hour],MATCH(MAX(Calls[Size]),Calls[Size],0))"
    of_bill = "INDEX(Billed[Hour],MATCH(MAX(Billed[Size]),Billed[Size],0))"
    either = f"IF(MAX(Calls[Size])>=MAX(Billed[Size]),{of_ours},{of_bill})"
    largest = f'IF(MAX(Calls[Size])+MAX(Billed[Size])=0,"",{either})'
    formula = f'IF((issue="{MISSING}")*(calls_match="no")>0,{by_calls},{largest})'
    page.put(1, formula, model.hour, '00":00"', "hour_default")
    page.sheet.freeze_panes(4, 1)
    page.sheet.repeat_rows(3)
    mark = {"type": "formula", "criteria": f"=$A{_FIRST}=path_hour", "format": _marked(book)}
    page.sheet.conditional_format(_FIRST - 1, 0, _LAST_HOUR - 1, 11, mark)


def _marked(book: Book) -> object:
    return book.workbook.add_format({"bold": True, "bg_color": "#FDF3D8"})
