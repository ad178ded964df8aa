"""What must be true before the figures of the template are believed."""

from __future__ import annotations

from xlsxwriter.utility import xl_col_to_name

from addin.reconcile.lines import BILLED, EXPECTED, MISSING_IN_BILL, ROUNDING, STEPS, TALKED, UNEXPLAINED
from templates.blank.reconciliation import billed, calls, card, usage
from templates.blank.reconciliation.comparisons import BY_CATEGORY, BY_DAY, DAYS
from templates.blank.reconciliation.filled import Filled
from templates.blank.reconciliation.steps import COUNTED, FIRST, SUMMARY, total
from templates.formulas.arithmetic import COST_PLACES
from templates.grid import FIRST_ROW
from templates.reconciliation.formulas import MEASURES
from templates.shared.checks import Check
from templates.shared.filled_down import every_formula
from templates.shared.rules import is_whole
from templates.shared.tables import Entry, Field, column, outside

_FILTER = "Filter the column {} of the sheet {}: it says what each of these rows lacks."
_TABLES = (
    (calls.TABLE, "row of the call log", calls.fields),
    (billed.TABLE, "row of the bill", billed.fields),
    (usage.TABLE, "usage record", usage.fields),
    (card.TABLE, "row of the rate card", lambda: [*card.FIELDS]),
)


def checks_of(filled: Filled) -> list[Check]:
    """Rows, tables, sums, settings."""
    found = []
    for table, what, _ in _TABLES:
        name = f"check_{table.casefold()}"
        says_it = "Problem" if table == card.TABLE else "To check"
        text = f'COUNTIFS({table}[{says_it}],"?*")'
        says = f"Every {what} can be used as it is"
        found.append(Check(name, says, text, _FILTER.format(says_it, table), filled.to_check[table]))
    for table, _, fields in _TABLES:
        found += [every_formula(table, fields()), _below(table, fields())]
    return [*found, *_amounts(), *_sums(filled), *_settings(filled)]


def _below(table: str, fields: list[Field]) -> Check:
    inputs = [field.header for field in fields if isinstance(field, Entry)]
    letters = "A", xl_col_to_name(len(inputs) - 1)
    return Check(
        f"check_below_{table.casefold()}",
        f"Nothing stands below the table {table}",
        outside(table, table, inputs[0], inputs[-1], letters),
        "Rows below a table do not count. Drag the corner of the table over them, or paste inside the table.",
    )


def _amounts() -> list[Check]:
    """An error in one of these columns is an error of the check."""
    columns = (
        *(column("Calls", name) for name in ("Expected seconds", "Expected cost", "Talked cost")),
        *(
            column("Billed", name)
            for name in ("Billed seconds", "Duration cost", "Rate cost", "Cost too much")
        ),
    )
    counted = (
        f'ABS(COUNTIFS(Calls[Step],"{EXPECTED}")-COUNT(Calls[Expected cost]))'
        f"+ABS(COUNTIFS({COUNTED},Billed[Credit],0)-COUNT(Billed[Billed seconds]))"
    )
    return [
        Check(
            "check_amounts",
            "Every expected call has a cost, every billed one its time, and none is an error or text",
            f"{counted}+0*({'+'.join(f'SUM({one})' for one in columns)})",
            "Look for #N/A or #VALUE! on the sheets Calls and Billed: a rate or a figure is missing there.",
        )
    ]


def _cell(step: str, measure: str) -> str:
    return f"'{SUMMARY}'!{'BCD'[MEASURES.index(measure)]}{FIRST + 1 + STEPS.index(step)}"


def _range(first: str, last: str, measure: str) -> str:
    return f"{_cell(first, measure)}:{_cell(last, measure).rpartition('!')[2]}"


def _sums(filled: Filled) -> list[Check]:
    bridge, days, ways = [], [], []
    for index, measure in enumerate(MEASURES):
        expected, charged = _cell(EXPECTED, measure), _cell(BILLED, measure)
        before, after = _range(TALKED, ROUNDING, measure), _range(MISSING_IN_BILL, UNEXPLAINED, measure)
        bridge.append(f"ABS(ROUND(SUM({before})-{expected},8))")
        bridge.append(f"ABS(ROUND({expected}+SUM({after})-{charged},8))")
        ours, theirs = "BCD"[index], "EFG"[index]
        last = FIRST_ROW + DAYS + 1
        days.append(f"ABS(ROUND('{BY_DAY}'!{ours}{last}-{expected},8))")
        by_call = total(measure, "Billed", COUNTED)
        days.append(f"IF(records_billed>0,ABS(ROUND('{BY_DAY}'!{theirs}{last}-{by_call},8)),0)")
        ways.append(f"ABS(ROUND('{BY_CATEGORY}'!{ours}{FIRST_ROW + 3}-{expected},8))")
        split = f"ABS(ROUND('{BY_CATEGORY}'!{theirs}{FIRST_ROW + 3}-{by_call},8))"
        ways.append(f"IF(records_billed>0,{split},0)")
    steps = "+".join(f'COUNTIFS(Billed[Step],"{step}")' for step in billed.STEPS)
    return [
        Check(
            "check_bridge",
            "The bridge sums: to expected, then to billed",
            "+".join(bridge),
            "A formula of the sheet Summary was changed, or a row is in none of the steps.",
        ),
        Check(
            "check_calls_counted",
            "Every call of the log is in the bridge",
            f"COUNTA(Calls[Call id])-{_cell(TALKED, MEASURES[0])}",
            "A row cannot be read, has no call id, or is in another currency: see its column To check.",
        ),
        Check(
            "check_billed_counted",
            "Every record of the bill has a step",
            f"COUNTA(Billed[Call id])-({steps})",
            "A row cannot be read or has no call id: see its column To check.",
        ),
        Check(
            "check_days",
            "The days sum to the totals",
            "+".join(days),
            "A formula of the sheet By day was changed, or a row has no day.",
        ),
        Check(
            "check_categories",
            "The categories sum to the totals",
            "+".join(ways),
            "A formula of the sheet By category was changed, or a record has a direction that is not known.",
        ),
    ]


def _settings(filled: Filled) -> list[Check]:
    fine = (
        "ISNUMBER(month),DAY(month)=1,INT(month)=month,LEN(currency)>0,ISNUMBER(tolerance_minutes),"
        "ISNUMBER(tolerance_amount),tolerance_minutes>=0,tolerance_amount>=0,"
        f"{is_whole('decimals', 0, COST_PLACES)}"
    )
    nothing = 'OR(COUNTIFS(Calls[Open key],"?*")=0,COUNTIFS(Billed[Open key],"?*")+records_usage=0)'
    return [
        Check(
            "check_settings",
            "The settings are filled in",
            f"IF(AND({fine}),0,1)",
            "On the sheet How to use: the month is the 1st of a month, tolerances are 0 or more, "
            f"decimals 0 to {COST_PLACES}, the currency is not blank.",
        ),
        Check(
            "check_both_sides",
            "There are calls, and a bill of this month to compare them with",
            f"IF({nothing},1,0)",
            "Paste the log into Calls and the bill into Billed or Usage, and set the month to theirs.",
        ),
    ]
