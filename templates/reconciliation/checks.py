"""The checks at the foot of the Summary: TRUE or FALSE, each a formula with a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from addin.reports.reconciliation.data import Bridge
from templates import look as styles
from templates.look import Look
from templates.reconciliation.bridge_table import PlacedBridge, counted_cells, explained_cells
from templates.reconciliation.formulas import MEASURES
from templates.reconciliation.tables import Tables

_PLACES = 8
"""Sums of floats are compared to this many places."""


@dataclass(frozen=True, slots=True)
class Check:
    """What is checked, its name in the workbook, its formula, and how the report answers it."""

    text: str
    name: str
    formula: str
    holds: bool


def write_checks(
    sheet: Worksheet, look: Look, tables: Tables, placed: Sequence[PlacedBridge], first_row: int
) -> None:
    """One row a check, and the last one over all."""
    sheet.set_row(first_row, 24)
    sheet.write_string(first_row, 0, "Checks", look.heading())
    checks = checks_of(tables, placed)
    cells = f"$D${first_row + 2}:$D${first_row + 1 + len(checks)}"
    whole = Check("All checks pass", "check_all", f"AND({cells})", all(check.holds for check in checks))
    for row, check in enumerate([*checks, whole], first_row + 1):
        bold = check is whole
        sheet.merge_range(row, 0, row, 2, "", look.words(bold=bold))
        sheet.write_string(row, 0, check.text, look.words(bold=bold))
        cell_format = look.body(bold=bold, align="center")
        if any(f"{name}[" in check.formula for name in tables.absent):
            sheet.write_boolean(row, 3, check.holds, cell_format)
        else:
            sheet.write_formula(row, 3, f"={check.formula}", cell_format, check.holds)
        look.workbook.define_name(check.name, f"='{sheet.name}'!$D${row + 1}")
    last_row = first_row + 1 + len(checks)
    for holds, colour, pale in ((True, styles.GOOD, styles.GOOD_PALE), (False, styles.BAD, styles.BAD_PALE)):
        shown = look.workbook.add_format({"font_color": colour, "bg_color": pale})
        rule = {"type": "cell", "criteria": "==", "value": str(holds).upper(), "format": shown}
        sheet.conditional_format(first_row + 1, 3, last_row, 3, rule)


def checks_of(tables: Tables, placed: Sequence[PlacedBridge]) -> list[Check]:
    """Bridges that sum, and rows and categories that are all there."""
    report = tables.report
    found = [
        Check(
            "Every bridge sums: to expected, then to billed",
            "check_bridge_sums",
            f"AND({','.join(part for one in placed for part in _sums(one))})",
            all(bridge_sums(one.bridge) for one in placed),
        ),
        Check(
            "Every readable row of the log is on the sheet Calls",
            "check_calls_counted",
            f"COUNTA(Calls[Place])={report.log_calls}",
            len(report.calls) == report.log_calls,
        ),
    ]
    if tables.by_call:
        rows, name = len(report.billed_calls), "Billed"
    else:
        rows, name = len(report.billed_usage), tables.usage_name
    found.append(
        Check(
            "Every readable row of the bill is on the sheet Billed",
            "check_billed_counted",
            f"COUNTA({name}[Place])={rows}",
            True,
        )
    )
    found.append(_categories(tables, placed))
    return found


def bridge_sums(bridge: Bridge) -> bool:
    """Whether the printed steps sum to the printed totals, exactly."""
    names = [step.name for step in bridge.steps]
    expected = names.index("expected")
    for measure in _known(bridge):
        values = [getattr(step.sum, measure) for step in bridge.steps]
        if sum(values[:expected]) != values[expected] or sum(values[expected:-1]) != values[-1]:
            return False
    return True


def _known(bridge: Bridge) -> list[str]:
    """The measures that every step knows."""
    return [
        measure
        for measure in MEASURES
        if all(getattr(step.sum, measure) is not None for step in bridge.steps)
    ]


def _sums(placed: PlacedBridge) -> list[str]:
    parts = []
    for measure in _known(placed.bridge):
        expected, billed = placed.cell("expected", measure), placed.cell("billed", measure)
        parts.append(f"ROUND(SUM({counted_cells(placed, measure)})-{expected},{_PLACES})=0")
        parts.append(f"ROUND({expected}+SUM({explained_cells(placed, measure)})-{billed},{_PLACES})=0")
    return parts


def _categories(tables: Tables, placed: Sequence[PlacedBridge]) -> Check:
    """By category adds up to the totals; to the billed one only where both come from the same records."""
    report = tables.report
    sides = ["expected"]
    if not (tables.by_call and tables.has_usage_total):
        sides.append("billed")
    parts, holds = [], True
    for side in sides:
        for measure in ("calls", "minutes"):
            cells = "+".join(one.cell(side, measure) for one in placed)
            summed = f"SUM(Categories[{side.capitalize()} {measure}])"
            parts.append(f"ROUND({summed}-({cells}),{_PLACES - 2})=0")
            units = sum(getattr(getattr(row.sums, side), measure) for row in report.categories)
            whole = sum(getattr(one.bridge.step(side).sum, measure) for one in placed)
            holds = holds and round(units - whole, _PLACES - 2) == 0
    text = f"By category adds up to {' and '.join(sides)}"
    return Check(text, "check_categories", f"AND({','.join(parts)})", holds)
