"""The bridge as a waterfall: stacked columns over an invisible base, above and below zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from xlsxwriter.chart import Chart
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from addin.reconcile.lines import BILLED, EXPECTED, TALKED
from addin.reports.reconciliation.data import Bridge
from templates import look as styles
from templates.decimals import Decimals
from templates.look import Look
from templates.reconciliation.formulas import COST, MINUTES, Live, rounded

TOTALS = (TALKED, EXPECTED, BILLED)
FIRST_COLUMN = 9
"""Where the chart's figures stand, beside the bridge and outside the print area."""
HEADS = ("From", "To", "Base", "Total", "Rise", "Rise below 0", "Fall", "Fall below 0", "Top")
LAST_COLUMN = FIRST_COLUMN + len(HEADS) - 1
_FROM, _TO, _BASE, _TOTAL, _RISE, _RISE_BELOW, _FALL, _FALL_BELOW, _TOP = (
    FIRST_COLUMN + index for index in range(len(HEADS))
)
_LARGE = 1000
"""From here on two decimals say enough on a column."""
_ZOOM_BELOW = Decimal("0.25")
"""Where the levels lie closer together than this part of the highest, the axis does not start at 0."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One column of the waterfall, from one level to the next."""

    start: Decimal
    end: Decimal
    is_total: bool

    def figures(self) -> tuple[Decimal, ...]:
        """The values of `HEADS`.

        >>> [str(value) for value in Bar(Decimal(2), Decimal(-1), False).figures()]
        ['2', '-1', '0', '0', '0', '0', '2', '-1', '2']
        """
        low, high, zero = min(self.start, self.end), max(self.start, self.end), Decimal(0)
        base = max(zero, low) + min(zero, high)
        above, below = max(zero, high) - max(zero, low), min(zero, low) - min(zero, high)
        if self.is_total:
            return (self.start, self.end, zero, self.end, zero, zero, zero, zero, high)
        rises = self.end >= self.start
        rise, fall = ((above, below), (zero, zero)) if rises else ((zero, zero), (above, below))
        return (self.start, self.end, base, zero, *rise, *fall, high)


def measure_of(bridge: Bridge) -> str:
    """What the chart shows: the cost where both sides know theirs, else the minutes."""
    return COST if all(step.sum.cost is not None for step in bridge.steps) else MINUTES


def bars_of(bridge: Bridge) -> list[Bar]:
    """The fifteen columns, in the order of the steps."""
    measure, level, bars = measure_of(bridge), Decimal(0), []
    for step in bridge.steps:
        value: Decimal = getattr(step.sum, measure)
        is_total = step.name in TOTALS
        start = Decimal(0) if is_total else level
        level = start + value
        bars.append(Bar(start, level, is_total))
    return bars


def write_figures(sheet: Worksheet, look: Look, bridge: Bridge, first_row: int, value_column: int) -> None:
    """The chart's figures as formulas over the bridge, in the rows of its steps."""
    head, cell_format = look.note(), look.format(font_color=styles.MUTED, num_format=styles.AMOUNT)
    live = Live(frozenset())
    for column, text in enumerate(HEADS, FIRST_COLUMN):
        sheet.write_string(first_row - 1, column, text, head)
    for row, bar in enumerate(bars_of(bridge), first_row):
        value = xl_rowcol_to_cell(row, value_column, col_abs=True)
        start, end = (xl_rowcol_to_cell(row, column, col_abs=True) for column in (_FROM, _TO))
        before = xl_rowcol_to_cell(row - 1, _TO, col_abs=True)
        low, high = f"MIN({start},{end})", f"MAX({start},{end})"
        above = f"MAX(0,{high})-MAX(0,{low})"
        below = f"MIN(0,{low})-MIN(0,{high})"
        rises, falls = f"({end}>={start})", f"({end}<{start})"
        formulas = (
            "0" if bar.is_total else before,
            rounded(f"{start}+{value}"),
            "0" if bar.is_total else f"MAX(0,{low})+MIN(0,{high})",
            end if bar.is_total else "0",
            *("0" if bar.is_total else f"{rises}*({part})" for part in (above, below)),
            *("0" if bar.is_total else f"{falls}*({part})" for part in (above, below)),
            high,
        )
        for column, (formula, figure) in enumerate(zip(formulas, bar.figures(), strict=True), FIRST_COLUMN):
            live.write(sheet, row, column, "" if formula == "0" else formula, figure, cell_format)


def chart(
    sheet: Worksheet, look: Look, bridge: Bridge, title: str, rows: tuple[int, int], offset: int
) -> Chart:
    """The chart of the bridge's rows (first, last); `offset` is the place of the first among the steps."""
    first, last = rows
    bars = bars_of(bridge)[offset : offset + last - first + 1]
    made = look.chart(type="column", subtype="stacked")
    series = (
        ("Base", _BASE, None),
        ("Total", _TOTAL, styles.TOTAL_BAR),
        ("Adds", _RISE, styles.RISE_BAR),
        ("Adds", _RISE_BELOW, styles.RISE_BAR),
        ("Takes away", _FALL, styles.FALL_BAR),
        ("Takes away", _FALL_BELOW, styles.FALL_BAR),
    )
    names = [sheet.name, first, 0, last, 0]
    for name, column, colour in series:
        made.add_series(
            {
                "name": name,
                "categories": names,
                "values": [sheet.name, first, column, last, column],
                "fill": {"color": colour} if colour else {"none": True},
                "border": {"none": True},
                "gap": 35,
            }
        )
    made.combine(_labels(sheet, look, bars, rows))
    low = _axis_start(bars)
    if low is not None:
        title += " (axis does not start at 0)"
    _finish(made, title, low)
    return made


def _labels(sheet: Worksheet, look: Look, bars: Sequence[Bar], rows: tuple[int, int]) -> Chart:
    """A line that is not drawn, on top of the columns: it carries the step's figures."""
    first, last = rows
    line = look.chart(type="line")
    custom = [
        {"delete": True} if bar.start == bar.end and not bar.is_total else {"value": _short(bar)}
        for bar in bars
    ]
    line.add_series(
        {
            "name": "Figures",
            "categories": [sheet.name, first, 0, last, 0],
            "values": [sheet.name, first, _TOP, last, _TOP],
            "line": {"none": True},
            "marker": {"type": "none"},
            "data_labels": {
                "value": True,
                "position": "above",
                "custom": custom,
                "font": {"size": 8, "name": styles.FONT, "color": styles.INK},
            },
        }
    )
    return line


def _short(bar: Bar) -> str:
    """A figure short enough to stand on its column; all its digits are in the table."""
    value = bar.end if bar.is_total else bar.end - bar.start
    places = Decimals(*((4, 4) if abs(value) < _LARGE else (2, 2))).of([value])
    return f"{value:,.{places}f}" if bar.is_total else f"{value:+,.{places}f}"


def _axis_start(bars: Sequence[Bar]) -> float | None:
    """Where the axis starts so that small steps between large totals can be seen; None for 0."""
    levels = [bar.end for bar in bars]
    low, high = min(levels), max(levels)
    if low <= 0 or low == high or high - low > high * _ZOOM_BELOW:
        return None
    start = low - (high - low) * Decimal("0.6")
    step = Decimal(1).scaleb((high - low).adjusted())
    return float(max(Decimal(0), start // step * step))


def _finish(made: Chart, title: str, low: float | None) -> None:
    gray = {"color": styles.MUTED, "size": 8, "name": styles.FONT}
    made.set_title(
        {
            "name": title,
            "overlay": False,
            "name_font": {"size": 10, "color": styles.HEAD, "name": styles.FONT},
        }
    )
    made.set_x_axis(
        {
            "num_font": gray | {"size": 7, "rotation": 360},
            "line": {"color": styles.MUTED},
            "label_position": "low",
        }
    )
    made.set_y_axis(
        {
            "num_font": gray,
            "num_format": "General",
            "min": low,
            "line": {"none": True},
            "major_gridlines": {"visible": True, "line": {"color": styles.LINE, "width": 0.5}},
        }
    )
    made.set_legend({"position": "bottom", "font": gray, "delete_series": [0, 3, 5, 6]})
    made.set_chartarea({"border": {"none": True}})
    made.show_hidden_data()
