"""The table Usage: the provider's own sums, and which of them make its total."""

from __future__ import annotations

from addin.reconcile.usage import (
    CALLS,
    CLIENT,
    COPY,
    CROSSES,
    INBOUND,
    OUTBOUND,
    OUTSIDE_MONTH,
)
from templates.blank.reconciliation.common import NOT_PRICED, UNREADABLE
from templates.grid import Kind
from templates.inputs import USAGE
from templates.shared import words
from templates.shared.columns import CANNOT, chosen, helper, remark
from templates.shared.durations import is_time_for_minutes
from templates.shared.rules import a_day, at_least_0, is_date, suggested, wrong_date
from templates.shared.tables import Field, Figure, entries, here, row_number

TABLE = USAGE.name
NOT_CALLS, BY_DAY, CONTAINED = "not call minutes", "compared by day", "contained in other records"
WITHIN = "in the month"
_IN_PART = ", which contains it, has only some of its days"
_TEXT = Kind(widest=24)
_LAST_DAY = "EOMONTH(month,0)"

_NOTES = {
    "Category": "calls, or calls-inbound and calls-outbound, or their parts. Others stay out.",
    "First day": "Of the span that the row sums, in UTC.",
    "Last day": "The last day that the row sums, included.",
    "Calls": "How many calls.",
    "Minutes": "Billed minutes.",
    "Cost": "In the currency beside it. Blank: not priced yet, which fails a check.",
    "Currency": "Such as USD. Blank: the currency of the settings.",
    "Place": "File and row, so that you find the record again.",
}
_RULES = {
    "Category": suggested(f'"{",".join((CALLS, INBOUND, OUTBOUND, CLIENT))}"'),
    "First day": a_day("The first day"),
    "Last day": a_day("The last day"),
    "Calls": at_least_0("Calls", "calls"),
    "Minutes": at_least_0("Minutes", "minutes"),
}


def _cell(header: str) -> str:
    return here(TABLE, header)


def _is_blank() -> str:
    return "&".join(_cell(name) for name in ("Category", "First day", "Calls", "Minutes", "Cost")) + '=""'


def _is_calls() -> str:
    word = _cell("Word")
    return (
        f'OR({word}="{CALLS}",{word}="{CLIENT}",LEFT({word},{len(INBOUND)})="{INBOUND}",'
        f'LEFT({word},{len(OUTBOUND)})="{OUTBOUND}")'
    )


def _state() -> str:
    first, last = _cell("First day"), _cell("Last day")
    days = f"AND({is_date(first)},{is_date(last)},N({first})<=N({last}))"
    figures = (
        f"AND({_is_amount('Calls')},{_is_amount('Minutes')},NOT({is_time_for_minutes(_cell('Minutes'))}),"
        f"ISTEXT({_cell('Cost')})=FALSE)"
    )
    later = f'COUNTIFS({TABLE}[Span],{_cell("Span")},{TABLE}[No],">"&{_cell("No")})>0'
    asked = (
        (_is_blank(), ""),
        (f"NOT({days})", UNREADABLE),
        (f"OR({last}<month,{first}>{_LAST_DAY})", OUTSIDE_MONTH),
        (f"OR({first}<month,{last}>{_LAST_DAY})", CROSSES),
        (later, COPY),
        (f"NOT({_is_calls()})", NOT_CALLS),
        (f"NOT({figures})", UNREADABLE),
    )
    return f'IFERROR({chosen(asked, chr(34) + WITHIN + chr(34))},"{UNREADABLE}")'


def _is_amount(header: str) -> str:
    return f"IF(ISNUMBER({_cell(header)}),{_cell(header)}>=0,FALSE)"


def _where(word: str, *more: str) -> str:
    """The criteria of a category in the month, in the currency of the row."""
    own = f"{TABLE}[Counted in],{_cell('Counted in')}"
    return ",".join((f"{TABLE}[Word],{word}", f'{TABLE}[State],"{WITHIN}"', own, *more))


def _of_word(word: str, *more: str) -> str:
    return f"COUNTIFS({_where(word, *more)})"


def _overlapping() -> tuple[str, str]:
    """The criteria of rows that have a day of this row's."""
    return f'{TABLE}[First day],"<="&{_cell("Last day")}', f'{TABLE}[Last day],">="&{_cell("First day")}'


def _quoted(text: str) -> str:
    return f'"{text}"'


def _holder() -> str:
    """The category of the month that contains a row's and has days of it; blank where none does."""
    word = _cell("Word")

    def has_days(name: str) -> str:
        return f"{_of_word(_quoted(name), *_overlapping())}>0"

    parts = [
        (f'AND({word}<>"{CALLS}",{word}<>"{CLIENT}",{has_days(CALLS)})', CALLS),
        *(
            (
                f'AND(LEFT({word},{len(name)})="{name}",{word}<>"{name}",{has_days(name)})',
                name,
            )
            for name in (INBOUND, OUTBOUND)
        ),
    ]
    return chosen(parts)


def _remark() -> str:
    first, last = _cell("First day"), _cell("Last day")
    is_whole = f"AND({first}=month,{last}={_LAST_DAY})"
    whole = _of_word(_cell("Word"), f"{TABLE}[Whole],1")
    part = f'IF({first}={last},"{BY_DAY}","{CONTAINED}")'
    spans = f'IF(OR({is_whole},{whole}=0),"",{part})'
    holder = _cell("Holder")
    return (
        f'IF({_cell("State")}<>"{WITHIN}",{_cell("State")},IF({holder}<>"","contained in "&{holder},{spans}))'
    )


def _unreadable() -> str:
    """Why a row is not read."""
    first, last = _cell("First day"), _cell("Last day")
    asked = [
        *wrong_date(first, "First day"),
        *wrong_date(last, "Last day"),
        (f"{first}>{last}", "First day lies after Last day"),
        (f"NOT({_is_amount('Calls')})", "Calls is no number of 0 or more"),
        (f"NOT({_is_amount('Minutes')})", "Minutes is no number of 0 or more"),
        (is_time_for_minutes(_cell("Minutes")), "Minutes is a time of day: write 2.5, not 2:30"),
        (f"ISTEXT({_cell('Cost')})", "Cost is text: type a number, without its currency"),
    ]
    return chosen(asked, f'"{CANNOT}"')


def _is_held_in_part() -> str:
    """Whether the category that contains the row has some of its days, not all of them."""
    first, last, holder = _cell("First day"), _cell("Last day"), _cell("Holder")
    around = _of_word(holder, f'{TABLE}[First day],"<="&{first}', f'{TABLE}[Last day],">="&{last}')
    inside = _where(holder, f'{TABLE}[First day],">="&{first}', f'{TABLE}[Last day],"<="&{last}')
    return f"AND({around}=0,SUMIFS({TABLE}[Days],{inside})<{_cell('Days')})"


def _to_check() -> str:
    state, counts = _cell("State"), f'{_cell("In total")}="yes"'
    overlap = _of_word(_cell("Word"), f'{TABLE}[In total],"yes"', *_overlapping())
    same = (
        f"COUNTIFS({TABLE}[Span],{_cell('Span')})-COUNTIFS({TABLE}[Span],{_cell('Span')},"
        f"{TABLE}[Calls],{_cell('Calls')},{TABLE}[Minutes],{_cell('Minutes')},{TABLE}[Cost],{_cell('Cost')})"
    )
    asked = [
        (f'{state}="{UNREADABLE}"', f"={_unreadable()}"),
        (f'AND({state}="{CROSSES}",{_is_calls()})', "Days of two months: they cannot be split"),
        (f'IF({state}="{COPY}",{same}<>0,FALSE)', "Given twice with other figures"),
        (f'IF({_cell("Holder")}="",FALSE,{_is_held_in_part()})', f"={_cell('Holder')}&{_quoted(_IN_PART)}"),
        (f"IF({counts},{overlap}>1,FALSE)", "Its days overlap with another row's"),
        (f'AND({counts},{_cell("Cost")}="")', NOT_PRICED),
        (f"AND({counts},{_cell('Counted in')}<>currency)", "Another currency than in the settings"),
    ]
    return remark(_is_blank(), asked)


def fields() -> list[Field]:
    """The yellow columns, what becomes of the row, and what helps."""
    word, holder = _cell("Word"), _cell("Holder")
    unit = chosen(
        [(f'LEFT({word},{len(name)})="{name}"', name) for name in (INBOUND, OUTBOUND)], otherwise=word
    )
    span = '&"|"&'.join((word, _cell("First day"), _cell("Last day"), _cell("Counted in")))
    whole_first = f"IF({_of_word(_quoted(CALLS))}>0,{_quoted(CALLS)},{unit})"
    compared_as = f'IF({word}="{CLIENT}",{_quoted(CLIENT)},{whole_first})'
    days = f"IFERROR({_cell('Last day')}-{_cell('First day')}+1,0)"
    whole = f"AND({_cell('First day')}=month,{_cell('Last day')}={_LAST_DAY})"
    word_of = f'SUBSTITUTE(LOWER({words.bare(_cell("Category"))}),"*","")'
    return [
        *entries(USAGE, _NOTES, _RULES),
        Figure("Compared as", _TEXT, "The category in which it is compared.",
               f'IF(AND({_cell("State")}="{WITHIN}",{holder}=""),{compared_as},"")', 15),
        Figure("In total", _TEXT, "Whether it is part of the provider's total.",
               f'IF(AND({_cell("State")}="{WITHIN}",{_cell("Remark")}=""),"yes","no")', 9),
        Figure("Remark", _TEXT, "Why it is not.", _remark(), 24),
        Figure("To check", _TEXT, "What this row lacks; blank where all is well.",
               _to_check(), 28, is_alarm=True),
        Figure("Counted in", _TEXT, "The currency: its own, else that of the settings.",
               f'IF({_cell("Currency")}<>"",{_cell("Currency")},currency)', 10),
        helper("Word", "The category in small letters.", word_of),
        helper("No", "The number of the row in this table.", row_number(TABLE, "Category"), number=True),
        helper("Span", "Category, days and currency: copies have the same.", span),
        helper("State", "Where it leaves.", _state()),
        helper("Whole", "1 where it is of the whole month.", f"IFERROR(IF({whole},1,0),0)", number=True),
        helper("Days", "How many days it sums.", days, number=True),
        helper("Holder", "The category that contains it.", f'IF({_cell("State")}="{WITHIN}",{_holder()},"")'),
    ]  # fmt: skip
