"""The call on the path: both records side by side, the formula of both costs, and what that says."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from templates import look as styles
from templates.blank.investigation.columns import (
    UNKNOWN,
)
from templates.blank.investigation.path import first_rows
from templates.blank.investigation.said import (
    our_formula,
    our_formula_of,
    says,
    says_of,
    the_call,
    their_formula,
    their_formula_of,
)
from templates.blank.investigation.sheet import (
    MONEY,
    PLAIN,
    WORDS,
    Sheet,
)
from templates.blank.investigation.values import Model, Values, number
from templates.shared import ids, words
from templates.shared.numbers import is_number
from templates.shared.serials import rounded, serial
from templates.shared.tables import Shown

_NONE = "(none)"
_FIELDS = (
    ("Started (UTC)", "Started (UTC)", "Started (UTC)", styles.INSTANT),
    ("From", "From", "From", WORDS),
    ("To", "To", "To", WORDS),
    ("Status", "Status", "Status", WORDS),
    ("Seconds talked", "Seconds", "Talked", PLAIN),
    ("Seconds billed", "Billed seconds", "Charged seconds", PLAIN),
    ("Cost", "Cost", "Cost", MONEY),
    ("Place", "Place", "Place", WORDS),
)


def write_call(page: Sheet, model: Model) -> None:
    """The last block of the sheet Path, and the names `call_row` and `record_row`."""
    call, record = the_call(model)
    our_row, their_row = first_rows()
    page.heading("5. The call")
    page.label("Another call")
    page.yellow(1, None, "", "call_chosen")
    page.text(2, "Type a call id, or leave it blank: the largest of the hour.")
    page.row += 1
    page.label("Row in the tables")
    chosen = words.as_it_stands(ids.compared("call_chosen"))
    ours = f'IF(call_chosen="",{our_row},IFERROR(MATCH({chosen},Calls[Key],0),""))'
    theirs = f'IF(call_chosen="",{their_row},IFERROR(MATCH({chosen},Billed[Key],0),""))'
    page.put(1, ours, _at(model.calls, call), "0", "call_row")
    page.put(2, theirs, _at(model.billed, record), "0", "record_row")
    page.text(3, "of Calls and of Billed, from 1")
    page.row += 1
    page.heads(("", "Ours", "Theirs", "Differs?"), (0, 1, 2, 3))
    page.label("Call id", bold=True)
    for index, (table, cell, row) in enumerate(
        (("Calls", "call_row", call), ("Billed", "record_row", record)), 1
    ):
        shown = str(row.get("Call id") or "") if row else _NONE
        page.put(index, f'IF({cell}="","{_NONE}",INDEX({table}[Call id],{cell})&"")', shown, WORDS, bold=True)
    page.sheet.write_blank(page.row, 3, None, page.look.body())
    page.row += 1
    for label, own, its, number_format in _FIELDS:
        _write_field(page, call, record, label, own, its, number_format)
    _write_terms(page, call, record)
    page.row += 1
    for label, formula, shown in (
        ("Our formula", our_formula(), our_formula_of(model)),
        ("Their formula", their_formula(), their_formula_of(model)),
        ("What it says", says(), says_of(model)),
    ):
        page.label(label, bold=True, text_wrap=True)
        name = {"Our formula": "our_formula", "Their formula": "their_formula", "What it says": "says"}[label]
        page.line(formula, shown, name, first=1)
        page.row += 1


def _at(rows: list[Values], row: Values | None) -> Shown:
    return next((at for at, one in enumerate(rows, 1) if one is row), "") if row is not None else ""


def _write_field(
    page: Sheet,
    call: Values | None,
    record: Values | None,
    label: str,
    own: str,
    its: str,
    number_format: str,
) -> None:
    page.label(label)
    shown = []
    for index, (table, cell, header, row) in enumerate(
        (("Calls", "call_row", own, call), ("Billed", "record_row", its, record)), 1
    ):
        more = '&""' if number_format == WORDS else ""
        value = _shown(row, header, number_format)
        found = f"INDEX({table}[{header}],{cell}){more}"
        if number_format in (PLAIN, MONEY):
            found = f'IF(ISNUMBER({found}),{found},"{UNKNOWN}")'
        page.put(index, f'IF({cell}="","",{found})', value, number_format)
        shown.append(value)
    r = page.row + 1
    if label == "Place":
        page.sheet.write_blank(page.row, 3, None, page.look.body())
        page.row += 1
        return
    unknown = f'OR(B{r}="{UNKNOWN}",C{r}="{UNKNOWN}")'
    compared = f'IF({unknown},"not known",IF(B{r}=C{r},"","differs"))'
    differs = f'IF(OR(call_row="",record_row=""),"",{compared})'
    both = call is not None and record is not None
    said = "differs" if _plain(shown[0]) != _plain(shown[1]) else ""
    said = "not known" if UNKNOWN in shown else said
    page.put(3, differs, said if both else "", WORDS)
    page.row += 1


def _plain(value: Shown) -> object:
    return value.lower() if isinstance(value, str) else number(value)


def _shown(row: Values | None, header: str, number_format: str) -> Shown:
    value = row.get(header) if row else None
    if isinstance(value, date):
        return serial(value)
    if number_format == WORDS:
        return str(value) if value is not None else ""
    if row is not None and number_format in (PLAIN, MONEY) and not is_number(value):
        return UNKNOWN
    return "" if value is None else value


def _write_terms(page: Sheet, call: Values | None, record: Values | None) -> None:
    """Our terms, and what minutes x rate without them would be: a usual mistake."""
    is_rated = call is not None and isinstance(call["Cost"], int | Fraction)
    page.label("Our rate per minute")
    rate = call["Rate per minute"] if call is not None and is_rated else ""
    page.put(1, 'IF(call_row="","",IFERROR(INDEX(Calls[Rate per minute],call_row),""))', rate, MONEY)
    page.row += 1
    page.label("Talked minutes x our rate, no steps")
    formula = (
        'IF(call_row="","",IFERROR(ROUND(INDEX(Calls[Rate x talked],call_row)/(60*10^9),'
        'INDEX(Calls[Decimal places],call_row)),""))'
    )
    shown: Shown = ""
    if call is not None and is_rated:
        shown = rounded(number(call["Rate x talked"]) / (60 * 10**9), int(number(call["Decimal places"])))
    page.put(1, formula, shown, MONEY, "without_steps")
    is_same = f'IF(INDEX(Billed[Charge],record_row)=without_steps,"{_SAME_AS}","")'
    theirs = f'IF(OR(without_steps="",record_row=""),"",{is_same})'
    is_this = shown != "" and record is not None and number(record["Charge"]) == number(shown)
    page.put(2, theirs, _SAME_AS if is_this else "", WORDS)
    page.row += 1


_SAME_AS = "their cost is this"
