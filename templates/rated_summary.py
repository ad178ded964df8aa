"""The first sheet of rated calls: what they come to in each currency, and what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from addin.reconcile.lines import EXPECTED, OUTSIDE, REMOVED
from addin.reconcile.measure import printed
from addin.reports.reconciliation.data import CallRow
from addin.reports.reconciliation.steps import STEP_TEXTS
from templates import look as styles
from templates.decimals import Decimals, number_format
from templates.look import Look, set_title, set_up_page
from templates.reconciliation.formulas import Live, criterion, minutes_of, rounded, seconds_talked
from templates.reconciliation.tables import NO_CURRENCY, places_of, seconds_of

RATED = "rated"
"""What stands in the column Step of a rated call."""
_WIDTHS = (20, 11, 18, 18, 10, 40)
_DECIMALS = Decimals(2, 4)
_FIRST_ROW = 4


def write_summary(sheet: Worksheet, look: Look, rows: Sequence[CallRow]) -> None:
    """Counts, minutes and cost as formulas over the table `Rated`, with their values."""
    set_up_page(sheet, "")
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    set_title(sheet, look, "Rated calls", "Cells hold up to ten decimals. A call without a cost adds none.")
    rated = [row for row in rows if row.step == EXPECTED]
    currencies = list(dict.fromkeys(row.currency or NO_CURRENCY for row in rated)) or [NO_CURRENCY]
    sums = [_sums([row for row in rated if (row.currency or NO_CURRENCY) == name]) for name in currencies]
    left = {step: [row for row in rows if row.step == step] for step in REMOVED}
    if not left[OUTSIDE]:  # rating asks for no month
        del left[OUTSIDE]
    talked = {step: _minutes(row.seconds for row in those) for step, those in left.items()}
    minutes = number_format(_DECIMALS.of([*(one[1] for one in sums), *talked.values()]))
    cost = number_format(_DECIMALS.of(one[2] for one in sums))
    counts, figures = look.figure(styles.COUNT), (look.figure(minutes), look.figure(cost))
    live, places = Live(frozenset()), places_of(row.expected_cost for row in rows)
    _write_heads(sheet, look, _FIRST_ROW - 1, ("Rated", "Calls", "Billed minutes", "Cost", "Currency"))
    for row, (name, (count, billed, amount)) in enumerate(zip(currencies, sums, strict=True), _FIRST_ROW):
        where = f'Rated[Step],"{RATED}",Rated[Currency],{criterion(name)}'
        sheet.write_string(row, 0, RATED, look.words())
        live.write(sheet, row, 1, f"COUNTIFS({where})", count, counts)
        seconds = minutes_of(f"SUMIFS(Rated[Billed seconds],{where})")
        live.write(sheet, row, 2, rounded(seconds), billed, figures[0])
        live.write(sheet, row, 3, rounded(f"SUMIFS(Rated[Cost],{where})", places), amount, figures[1])
        sheet.write_string(row, 4, name, look.words())
    top = _FIRST_ROW + len(currencies) + 2
    _write_heads(sheet, look, top - 1, ("Left out", "Calls", "Minutes talked", "Meaning", "", ""))
    for row, (step, those) in enumerate(left.items(), top):
        sheet.write_string(row, 0, step, look.words())
        where = f"Rated[Step],$A{row + 1}"
        live.write(sheet, row, 1, f"COUNTIFS({where})", len(those), counts)
        formula = rounded(minutes_of(seconds_talked("Rated", where)))
        live.write(sheet, row, 2, formula, talked[step], figures[0])
        sheet.merge_range(row, 3, row, 5, "", look.words())
        sheet.write_string(row, 3, STEP_TEXTS[step].meaning, look.words())
    last = top + len(left)
    _write_total(sheet, look, live, last, len(rows), f"$B${_FIRST_ROW + 1}:$B${last}")


def _write_total(sheet: Worksheet, look: Look, live: Live, row: int, count: int, cells: str) -> None:
    style = {"top": 1, "bottom": 1, "bold": True, "bg_color": styles.PALE}
    sheet.write_string(row, 0, "All readable rows", look.format(align="left", indent=1, **style))
    total = look.format(num_format=styles.COUNT, align="right", **style)
    live.write(sheet, row, 1, f"SUM({cells})", count, total)
    for column in range(2, len(_WIDTHS)):
        sheet.write_blank(row, column, None, look.format(**style))


def _write_heads(sheet: Worksheet, look: Look, row: int, heads: Sequence[str]) -> None:
    sheet.set_row(row, 18)
    for column, head in enumerate(heads):
        cell_format: Format = look.head(right=head in ("Calls", "Billed minutes", "Minutes talked", "Cost"))
        sheet.write_string(row, column, head, cell_format)


def _sums(rows: Sequence[CallRow]) -> tuple[int, Decimal, Decimal]:
    """Calls, billed minutes and cost, each rounded once."""
    cost = printed(sum((Fraction(row.expected_cost or 0) for row in rows), Fraction(0)))
    return len(rows), _minutes(seconds_of(row.expected_minutes) for row in rows), cost


def _minutes(seconds: Iterable[Decimal | None]) -> Decimal:
    return printed(sum((Fraction(one or 0) for one in seconds), Fraction(0)) / 60)
