"""By category and By day: expected against billed, unit by unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from addin.reconcile.lines import BILLED, EXPECTED
from addin.reports.reconciliation.data import Compared, ReconciliationReport
from templates import look as styles
from templates.grid import (
    AMOUNT,
    AMOUNT_VARIANCE,
    COUNT,
    COUNT_VARIANCE,
    DAY,
    FIRST_ROW,
    HEADER_ROW,
    MINUTES,
    MINUTES_VARIANCE,
    TEXT,
    Column,
    Kind,
    write_table,
)
from templates.look import Look, set_title, set_up_page
from templates.reconciliation.formulas import MEASURES, Live, Totals, criterion_of
from templates.reconciliation.tables import NO_CURRENCY, Tables
from templates.reconciliation.wording import counted

_KINDS = ((COUNT, COUNT_VARIANCE), (MINUTES, MINUTES_VARIANCE), (AMOUNT, AMOUNT_VARIANCE))
_SIDES = ("expected", "billed", "variance")
_FIRST_FIGURE = 2
_CHART_ROWS = 17


@dataclass(frozen=True, slots=True)
class Unit:
    """A category or a day of one currency."""

    name: str | date
    currency: str | None
    is_clear: bool
    """Whether the currency is known well enough to ask the tables for it."""
    sums: Compared


def write_categories(sheet: Worksheet, look: Look, tables: Tables, live: Live) -> None:
    """The sheet By category."""
    report = tables.report
    set_up_page(sheet, report.month)
    note = "Variance is billed minus expected. A parent category is never added to its children."
    set_title(sheet, look, "By category", note)
    units = [_unit(row.category, row.sums, report) for row in report.categories]
    label: Column[Unit] = Column("Category", TEXT, lambda unit: unit.name, narrowest=18)
    _write_units(sheet, look, "Categories", label, units, tables, live)


def write_days(sheet: Worksheet, look: Look, tables: Tables, live: Live) -> None:
    """The sheet By day: the table, then one chart a currency."""
    report = tables.report
    set_up_page(sheet, report.month, portrait=True)
    if not report.days:
        set_title(sheet, look, "By day", "The bill has no daily records: days are not compared.")
        return
    note = "Variance is billed minus expected, by the day (UTC) on which a call starts."
    if report.day_categories:
        note += f" Compared by day: {', '.join(report.day_categories)}."
    set_title(sheet, look, "By day", note)
    units = [_unit(row.day, row.sums, report) for row in report.days]
    currencies = list(dict.fromkeys(unit.currency for unit in units))
    units.sort(key=lambda unit: currencies.index(unit.currency))
    label: Column[Unit] = Column("Day (UTC)", DAY, lambda unit: unit.name)
    _write_units(sheet, look, "Days", label, units, tables, live)
    top = FIRST_ROW + len(units) + 1
    for currency in currencies:
        rows = [FIRST_ROW + index for index, unit in enumerate(units) if unit.currency == currency]
        title = "Minutes by day" + (f", {currency or NO_CURRENCY}" if len(currencies) > 1 else "")
        _insert_chart(sheet, look, title, (rows[0], rows[-1]), top)
        top += _CHART_ROWS


def _unit(name: str | date, sums: Compared, report: ReconciliationReport) -> Unit:
    if len(report.bridges) == 1:
        return Unit(name, report.bridges[0].currency, True, sums)
    known = sums.expected.cost is not None or sums.billed.cost is not None
    return Unit(name, sums.expected.currency or sums.billed.currency, known, sums)


def _remark(unit: Unit) -> str:
    unknown = [side for side in _SIDES[:2] if getattr(unit.sums, side).cost is None]
    if unknown:
        return f"{' and '.join(unknown)} cost not known"
    lacking = [(side, getattr(unit.sums, side).unpriced) for side in _SIDES[:2]]
    return "; ".join(
        f"{side} cost without {counted(count, 'record')} that {'has' if count == 1 else 'have'} no price"
        for side, count in lacking
        if count
    )


def _write_units(
    sheet: Worksheet,
    look: Look,
    name: str,
    label: Column[Unit],
    units: Sequence[Unit],
    tables: Tables,
    live: Live,
) -> None:
    columns = [label, Column("Currency", TEXT, lambda unit: unit.currency or NO_CURRENCY)]
    columns += [_figure(side, measure) for side in range(3) for measure in range(3)]
    columns.append(Column("Remark", TEXT, _remark, narrowest=16))
    formats = write_table(sheet, look, name, columns, units).formats
    sheet.freeze_panes(FIRST_ROW, 1)
    sheet.repeat_rows(HEADER_ROW)
    by = "category" if label.kind is TEXT else "day"
    for row, unit in enumerate(units, FIRST_ROW):
        _write_formulas(sheet, formats, row, unit, by, Totals(tables, unit.currency), live)
    last_row = FIRST_ROW + max(1, len(units)) - 1
    alarm = {"type": "cell", "criteria": "!=", "value": 0, "format": look.alarm()}
    sheet.conditional_format(FIRST_ROW, _column(2, 0), last_row, _column(2, 2), alarm)


def _write_formulas(
    sheet: Worksheet, formats: Sequence[Format], row: int, unit: Unit, by: str, totals: Totals, live: Live
) -> None:
    cell = f"$A{row + 1}"
    asked = criterion_of(cell, unit.name) if isinstance(unit.name, str) else cell
    for index, measure in enumerate(MEASURES):
        for side, step in enumerate((EXPECTED, BILLED)):
            formula = totals.of_unit(step, measure, asked, by) if asked and unit.is_clear else ""
            _write_figure(sheet, formats, row, side, index, formula, unit, live)
        billed, expected = (xl_rowcol_to_cell(row, _column(side, index)) for side in (1, 0))
        _write_figure(sheet, formats, row, 2, index, totals.variance(measure, billed, expected), unit, live)


def _write_figure(
    sheet: Worksheet,
    formats: Sequence[Format],
    row: int,
    side: int,
    index: int,
    formula: str,
    unit: Unit,
    live: Live,
) -> None:
    column, value = _column(side, index), _figure(side, index).of(unit)
    assert value is None or not isinstance(value, str | date)
    live.write(sheet, row, column, formula, value, formats[column])


def _figure(side: int, measure: int) -> Column[Unit]:
    header = f"{_SIDES[side].capitalize()} {MEASURES[measure]}"
    return Column(
        header,
        _kind(side, measure),
        lambda unit: getattr(getattr(unit.sums, _SIDES[side]), MEASURES[measure]),
        narrowest=10,
        group=MEASURES[measure],
    )


def _kind(side: int, measure: int) -> Kind:
    return _KINDS[measure][side == 2]


def _column(side: int, measure: int) -> int:
    return _FIRST_FIGURE + 3 * side + measure


def _insert_chart(sheet: Worksheet, look: Look, title: str, rows: tuple[int, int], top: int) -> None:
    """Billed minutes as columns, expected minutes as a line with markers over them."""
    first, last = rows
    days = [sheet.name, first, 0, last, 0]
    gray = {"color": styles.MUTED, "size": 9, "name": styles.FONT}
    columns = look.chart(type="column")
    columns.add_series(
        {
            "name": "Billed",
            "categories": days,
            "values": [sheet.name, first, _column(1, 1), last, _column(1, 1)],
            "fill": {"color": "#B9C8D3"},
            "gap": 40,
        }
    )
    line = look.chart(type="line")
    line.add_series(
        {
            "name": "Expected",
            "categories": days,
            "values": [sheet.name, first, _column(0, 1), last, _column(0, 1)],
            "line": {"color": styles.RISE_BAR, "width": 1.75},
            "marker": {"type": "circle", "size": 4, "fill": {"color": styles.RISE_BAR}},
        }
    )
    columns.combine(line)
    columns.set_title({"name": title, "name_font": {"size": 11, "color": styles.HEAD, "name": styles.FONT}})
    columns.set_x_axis(
        {"num_format": "d", "text_axis": True, "num_font": gray, "line": {"color": styles.LINE}}
    )
    columns.set_y_axis(
        {
            "num_format": "#,##0",
            "num_font": gray,
            "line": {"none": True},
            "major_gridlines": {"visible": True, "line": {"color": styles.LINE, "width": 0.5}},
        }
    )
    columns.set_legend({"position": "bottom", "font": gray})
    columns.set_chartarea({"border": {"none": True}})
    columns.set_size({"width": 900, "height": 320})
    sheet.insert_chart(top, 0, columns, {"description": f"{title}: expected against billed"})
