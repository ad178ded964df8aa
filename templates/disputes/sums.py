"""The tables of sums on the summary: live over the rows of Disputes, with what this run makes of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from addin.disputes.records import OPEN, STATUSES, UNFINISHED, Dispute, DisputeReport
from addin.disputes.totals import Total, bucket_names, bucket_of, reasons_of, total_of
from templates import look as styles
from templates.cells import Value
from templates.disputes.tables import TABLE
from templates.grid import AMOUNT, COUNT, SHORT_TEXT, TEXT, Column, Written
from templates.look import Look
from templates.page import Page
from templates.reconciliation.formulas import criterion, rounded

ANY_OTHER = "Any other"
"""The row of all that no row above it says, so that the total is right whatever is typed."""
_BLANK = '"="'
"""The criterion that finds blank cells."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table of sums: its labels, its figures, and the criteria that find its disputes."""

    label: str
    total: Total
    where: str
    """Of its own; that of the unit comes first."""
    second: str = ""
    counts_open: bool = False
    """Whether disputes without a status belong to it, too."""


@dataclass(slots=True)
class Placed:
    """The cells of a table's sums, for the checks."""

    first: int
    last: int
    lines: Sequence[Line]


def _columns(first: str, second: str = "") -> list[Column[Line]]:
    figures: list[tuple[str, Callable[[Line], Value]]] = [
        ("In question", lambda line: line.total.question),
        ("Credited", lambda line: line.total.credited),
        ("Outstanding", lambda line: line.total.outstanding),
        ("Given up", lambda line: line.total.given_up),
    ]
    head: list[Column[Line]] = [Column(first, TEXT, lambda line: line.label)]
    if second:
        head.append(Column(second, SHORT_TEXT, lambda line: line.second))
        figures = figures[:3]
    return [
        *head,
        Column("Disputes", COUNT, lambda line: line.total.count, adds=True),
        *(Column(name, AMOUNT, of, group="amounts", adds=True) for name, of in figures),
    ]


def status_lines(disputes: Sequence[Dispute], of_reason: str = "") -> list[Line]:
    where = f",{TABLE}[Reason],{criterion(of_reason)}" if of_reason else ""
    return [
        Line(
            of_reason or status,
            total_of(one for one in disputes if one.status == status),
            f"{TABLE}[Status],{criterion(status)}{where}",
            second=status if of_reason else "",
            counts_open=status == OPEN,
        )
        for status in STATUSES
    ]


def reason_status_lines(disputes: Sequence[Dispute], reason: str) -> list[Line]:
    return status_lines([one for one in disputes if one.reason == reason], reason)


def reason_lines(disputes: Sequence[Dispute]) -> list[Line]:
    return [
        Line(
            reason,
            total_of(one for one in disputes if one.reason == reason),
            f"{TABLE}[Reason],{criterion(reason)}",
        )
        for reason in reasons_of(disputes)
    ]


def summed(column: str, where: str, *, with_blank: bool = False) -> str:
    """The sum of a column of the disputes, or their count where none is named; `with_blank` adds those
    without a status, which are open."""
    parts = [where]
    if with_blank:
        parts.append(where.replace(f"{TABLE}[Status],{criterion(OPEN)}", f"{TABLE}[Status],{_BLANK}"))
    terms = [f"SUMIFS({TABLE}[{column}],{part})" if column else f"COUNTIFS({part})" for part in parts]
    return "+".join(terms)


def write_lines(
    page: Page, unit: str, heading: str, name: str, first: str, lines: Sequence[Line], second: str = ""
) -> Placed:
    """A table of sums with its row of totals."""
    page.heading(heading)
    top = page.row + 1
    columns = _columns(first, second)
    written = page.table(name, columns, lines, total="Total")
    sources = {
        "Disputes": "", "In question": "In question", "Credited": "Amount credited",
        "Outstanding": "Outstanding",
    }  # fmt: skip
    places = {column.header: index for index, column in enumerate(columns)}
    for row, line in enumerate(lines, top):
        where = f"{TABLE}[Unit],{criterion(unit)},{line.where}"
        for header, source in sources.items():
            formula = summed(source, where, with_blank=line.counts_open)
            if line.label == ANY_OTHER and not line.where:
                above = f"{'ABCDEF'[places[header]]}{top + 1}:{'ABCDEF'[places[header]]}{row}"
                formula = f"{summed(source, f'{TABLE}[Unit],{criterion(unit)}')}-SUM({above})"
            _write(page, written, row, places[header], columns, line, rounded(formula) if source else formula)
        if "Given up" in places:
            cells = [
                f"{'ABCDEF'[places[one]]}{row + 1}" for one in ("In question", "Credited", "Outstanding")
            ]
            formula = rounded("-".join(cells))
            _write(page, written, row, places["Given up"], columns, line, formula)
    if lines:
        nothing = _nothing(page.look)
        page.sheet.conditional_format(
            top, places["Disputes"], top + len(lines) - 1, len(columns) - 1, nothing
        )
    return Placed(top + 1, top + len(lines), lines)


def _nothing(look: Look) -> dict[str, object]:
    """Zeros step back."""
    muted = look.workbook.add_format({"font_color": styles.LINE})
    return {"type": "cell", "criteria": "==", "value": 0, "format": muted}


def _write(
    page: Page,
    written: Written,
    row: int,
    index: int,
    columns: Sequence[Column[Line]],
    line: Line,
    formula: str,
) -> None:
    value = columns[index].of(line)
    assert isinstance(value, int | Decimal)
    page.sheet.write_formula(row, index, f"={formula}", written.formats[index], float(value))


def write_ages(
    page: Page, report: DisputeReport, unit: str, disputes: Sequence[Dispute], number: int
) -> Placed:
    """What is still to come, by age."""
    page.heading(f"{unit} outstanding by age", "Open and accepted disputes, by days since they were opened.")
    unfinished = [one for one in disputes if one.is_unfinished]
    lines = [
        Line(
            name,
            total_of(
                one for one in unfinished if bucket_of(one.age_on(report.as_of), report.buckets) == name
            ),
            f"{TABLE}[Age bucket],{criterion(name)}",
        )
        for name in bucket_names(report.buckets)
    ]
    columns: list[Column[Line]] = [
        Column("Age", TEXT, lambda line: line.label),
        Column("Disputes", COUNT, lambda line: line.total.count, adds=True),
        Column("Outstanding", AMOUNT, lambda line: line.total.outstanding, adds=True),
    ]
    top = page.row + 1
    written = page.table(f"ByAge{number}", columns, lines, total="Total")
    for row, line in enumerate(lines, top):
        where = f"{TABLE}[Unit],{criterion(unit)},{line.where}"
        counts = [f"{where},{TABLE}[Status],{criterion(status)}" for status in UNFINISHED]
        formula = "+".join(summed("", one, with_blank=one == counts[0]) for one in counts)
        _write(page, written, row, 1, columns, line, formula)
        _write(page, written, row, 2, columns, line, rounded(summed("Outstanding", where)))
    return Placed(top + 1, top + len(lines), lines)
