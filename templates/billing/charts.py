"""The charts of a billing report: bars of what costs most, and the months."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.chart import Chart

from templates import look as styles
from templates.look import Look

_COLOURS = (styles.HEAD, "#C77D2E", "#5B9BA8")
"""Of the three tables."""
_TICKS = {"color": styles.MUTED, "size": 9, "name": styles.FONT}


def bars(
    look: Look, title: str, sheet: str, rows: tuple[int, int], label: int, value: int, unit: str
) -> Chart:
    """The rows (first, last) of a table as bars, the first on top."""
    first, last = rows
    chart = look.chart(type="bar")
    chart.add_series(
        {
            "name": title,
            "categories": [sheet, first, label, last, label],
            "values": [sheet, first, value, last, value],
            "fill": {"color": styles.HEAD},
            "gap": 45,
        }
    )
    _dress(chart, f"{title}, {unit}" if unit else title)
    chart.set_y_axis({"reverse": True, "num_font": _TICKS, "line": {"color": styles.LINE}})
    chart.set_x_axis(_figures() | {"label_position": "high"})
    chart.set_legend({"none": True})
    return chart


def months(
    look: Look,
    title: str,
    sheet: str,
    rows: tuple[int, int],
    label: int,
    values: Sequence[tuple[str, int]],
    unit: str,
) -> Chart:
    """A column for each month, stacked from the tables: `values` are their names and columns."""
    first, last = rows
    chart = look.chart(type="column", subtype="stacked")
    for (name, column), colour in zip(values, _COLOURS, strict=True):
        chart.add_series(
            {
                "name": name,
                "categories": [sheet, first, label, last, label],
                "values": [sheet, first, column, last, column],
                "fill": {"color": colour},
                "gap": 60,
            }
        )
    _dress(chart, f"{title}, {unit}" if unit else title)
    chart.set_x_axis(
        {"num_format": "yyyy-mm", "text_axis": True, "num_font": _TICKS, "line": {"color": styles.LINE}}
    )
    chart.set_y_axis(_figures())
    chart.set_legend({"position": "bottom", "font": _TICKS})
    return chart


def _figures() -> dict[str, object]:
    return {
        "num_format": "General",
        "num_font": _TICKS,
        "line": {"none": True},
        "major_gridlines": {"visible": True, "line": {"color": styles.LINE, "width": 0.5}},
    }


def _dress(chart: Chart, title: str) -> None:
    chart.set_title({"name": title, "name_font": {"size": 11, "color": styles.HEAD, "name": styles.FONT}})
    chart.set_chartarea({"border": {"none": True}})
