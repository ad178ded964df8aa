"""The sheet Dispute summary: where it stands, by status, reason, age and month, each unit for itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xlsxwriter.workbook import Workbook

from addin.disputes.checks import to_check
from addin.disputes.letter import amount_text
from addin.disputes.records import FOUND, OPEN, STATUSES, TOO_LITTLE, UNFINISHED, Dispute, DisputeReport
from addin.disputes.totals import (
    Total,
    bucket_names,
    bucket_of,
    of_unit,
    reasons_of,
    too_little,
    total_of,
)
from addin.reconcile.measure import PRINTED_PLACES
from addin.reconcile.wording import counted, listed
from templates import look as styles
from templates.cells import Value
from templates.disputes.tables import AS_OF, NOT_TABLE, TABLE
from templates.grid import AMOUNT, AMOUNT_VARIANCE, COUNT, SHORT_TEXT, TEXT, Column, Written
from templates.look import Look
from templates.page import BAD, FAIR, GOOD, Page
from templates.reconciliation.formulas import criterion, rounded

SUMMARY = "Dispute summary"
_WIDTHS = (40, 14, 16, 16, 16, 16)
_ANY_OTHER = "Any other"
"""The row of all that no row above it says, so that the total is right whatever is typed."""
_BLANK = '"="'
"""The criterion that finds blank cells."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of a table of sums: its labels, its figures, and the criteria that find its disputes."""

    label: str
    total: Total
    where: str
    """Of its own; that of the unit comes first."""
    second: str = ""
    counts_open: bool = False
    """Whether disputes without a status belong to it, too."""


@dataclass(slots=True)
class _Placed:
    """The cells of a table's sums, for the checks."""

    first: int
    last: int
    lines: Sequence[_Line]


@dataclass(frozen=True, slots=True)
class _Check:
    """What is checked, its formula, and how the report answers it."""

    text: str
    formula: str
    holds: bool


def write_summary(workbook: Workbook, look: Look, report: DisputeReport) -> None:
    page = Page.new(workbook, look, SUMMARY, report.about, _WIDTHS, portrait=True)
    page.title(
        f"Disputes, {_months(report)}", "What the provider is asked for. In question: billed minus expected."
    )
    page.verdict(*verdict_of(report))
    _write_as_of(page, workbook, report)
    if report.remarks:
        page.sentences(report.remarks)
    checked: list[_Check] = []
    for number, unit in enumerate(report.units, 1):
        _write_unit(page, report, unit, number, checked)
    _write_checks(page, workbook, checked)
    page.keep_blocks_together()
    page.sheet.activate()
    page.sheet.set_first_sheet()


def verdict_of(report: DisputeReport) -> tuple[str, str, str]:
    """Word, sentence, tone."""
    asked = sum(bool(to_check(one)) for one in report.disputes)
    unfinished = sum(one.is_unfinished for one in report.disputes)
    parts = [
        f"{counted(total.count, 'dispute')}, {amount_text(total.question, unit)} in question, "
        f"{amount_text(total.credited, unit)} credited, {amount_text(total.outstanding, unit)} outstanding"
        for unit in report.units
        for total in [total_of(of_unit(report, unit))]
        if total.count
    ]
    said = "; ".join(parts) or "Nothing is disputed"
    sentence = f"As of {report.as_of}: {said}."
    if asked:
        return "to check", f"{sentence} {counted(asked, 'dispute')} to check (column To check).", BAD
    if unfinished:
        return "open", sentence, FAIR
    return "nothing open", sentence, GOOD


def _months(report: DisputeReport) -> str:
    return listed([*report.months])


def _write_as_of(page: Page, workbook: Workbook, report: DisputeReport) -> None:
    """The one cell that decides all ages."""
    sheet, look, row = page.sheet, page.look, page.row
    sheet.write_string(row, 0, "As of (change it, and all ages follow)", look.words(bold=True))
    sheet.write_datetime(row, 1, report.as_of, look.input(num_format=styles.DAY, align="right"))
    workbook.define_name(AS_OF, f"='{SUMMARY}'!$B${row + 1}")
    sheet.write_string(row + 1, 0, "Disputes to check", look.words(bold=True))
    asked = sum(bool(to_check(one)) for one in report.disputes)
    sheet.write_formula(row + 1, 1, f'=COUNTIFS({TABLE}[To check],"?*")', look.figure(styles.COUNT), asked)
    page.row += 3


def _columns(first: str, second: str = "") -> list[Column[_Line]]:
    figures: list[tuple[str, Callable[[_Line], Value]]] = [
        ("In question", lambda line: line.total.question),
        ("Credited", lambda line: line.total.credited),
        ("Outstanding", lambda line: line.total.outstanding),
        ("Given up", lambda line: line.total.given_up),
    ]
    head: list[Column[_Line]] = [Column(first, TEXT, lambda line: line.label)]
    if second:
        head.append(Column(second, SHORT_TEXT, lambda line: line.second))
        figures = figures[:3]
    return [
        *head,
        Column("Disputes", COUNT, lambda line: line.total.count, adds=True),
        *(Column(name, AMOUNT, of, group="amounts", adds=True) for name, of in figures),
    ]


def _write_unit(page: Page, report: DisputeReport, unit: str, number: int, checked: list[_Check]) -> None:
    disputes = of_unit(report, unit)
    if disputes:
        status = _write_lines(
            page, unit, f"{unit} by status", f"ByStatus{number}", "Status", _statuses(disputes)
        )
        reasons = _write_lines(
            page, unit, f"{unit} by reason", f"ByReason{number}", "Reason", _reasons(disputes)
        )
        both = [
            line
            for reason in reasons_of(disputes)
            for line in _of_reason(disputes, reason)
            if line.total.count
        ]
        both.append(_Line(_ANY_OTHER, total_of(()), ""))
        _write_lines(
            page, unit, f"{unit} by reason and status", f"ReasonStatus{number}", "Reason", both, "Status"
        )
        ages = _write_ages(page, report, unit, disputes, number)
        months = sorted({one.month for one in disputes})
        if len(months) > 1:
            lines = [
                _Line(
                    month,
                    total_of(one for one in disputes if one.month == month),
                    f"{TABLE}[Month],{criterion(month)}",
                )
                for month in months
            ]
            _write_lines(page, unit, f"{unit} by month", f"ByMonth{number}", "Month", lines)
        checked += _checks(unit, status, reasons, ages)
    _write_net(page, report, unit, number)


def _statuses(disputes: Sequence[Dispute], of_reason: str = "") -> list[_Line]:
    where = f",{TABLE}[Reason],{criterion(of_reason)}" if of_reason else ""
    return [
        _Line(
            of_reason or status,
            total_of(one for one in disputes if one.status == status),
            f"{TABLE}[Status],{criterion(status)}{where}",
            second=status if of_reason else "",
            counts_open=status == OPEN,
        )
        for status in STATUSES
    ]


def _of_reason(disputes: Sequence[Dispute], reason: str) -> list[_Line]:
    return _statuses([one for one in disputes if one.reason == reason], reason)


def _reasons(disputes: Sequence[Dispute]) -> list[_Line]:
    return [
        _Line(
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


def _write_lines(
    page: Page, unit: str, heading: str, name: str, first: str, lines: Sequence[_Line], second: str = ""
) -> _Placed:
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
            if line.label == _ANY_OTHER and not line.where:
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
    return _Placed(top + 1, top + len(lines), lines)


def _nothing(look: Look) -> dict[str, object]:
    """Zeros step back."""
    muted = look.workbook.add_format({"font_color": styles.LINE})
    return {"type": "cell", "criteria": "==", "value": 0, "format": muted}


def _write(
    page: Page,
    written: Written,
    row: int,
    index: int,
    columns: Sequence[Column[_Line]],
    line: _Line,
    formula: str,
) -> None:
    value = columns[index].of(line)
    assert isinstance(value, int | Decimal)
    page.sheet.write_formula(row, index, f"={formula}", written.formats[index], float(value))


def _write_ages(
    page: Page, report: DisputeReport, unit: str, disputes: Sequence[Dispute], number: int
) -> _Placed:
    """What is still to come, by age."""
    page.heading(f"{unit} outstanding by age", "Open and accepted disputes, by days since they were opened.")
    unfinished = [one for one in disputes if one.is_unfinished]
    lines = [
        _Line(
            name,
            total_of(
                one for one in unfinished if bucket_of(one.age_on(report.as_of), report.buckets) == name
            ),
            f"{TABLE}[Age bucket],{criterion(name)}",
        )
        for name in bucket_names(report.buckets)
    ]
    columns: list[Column[_Line]] = [
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
    return _Placed(top + 1, top + len(lines), lines)


def _write_net(page: Page, report: DisputeReport, unit: str, number: int) -> None:
    """What was billed too much and too little in the months of this run: an honest sheet shows both."""
    found = [one for one in of_unit(report, unit) if one.state == FOUND]
    if not found and not too_little(report, unit):
        return
    rows: list[tuple[str, Decimal, str]] = [
        (
            "Billed too much: in question",
            total_of(found).question,
            f'SUMIFS({TABLE}[In question],{TABLE}[Unit],{criterion(unit)},{TABLE}[Source],"{FOUND}")',
        ),
        (
            "Billed too little: not disputed",
            too_little(report, unit),
            f"SUMIFS({NOT_TABLE}[Difference],{NOT_TABLE}[Unit],{criterion(unit)},"
            f'{NOT_TABLE}[Group],"{TOO_LITTLE}")',
        ),
    ]
    page.heading(f"{unit} billed, net", f"Of what the reconciliations of {_months(report)} found.")
    columns: list[Column[tuple[str, Decimal, str]]] = [
        Column("Billed minus expected", TEXT, lambda row: row[0]),
        Column("Amount", AMOUNT_VARIANCE, lambda row: row[1], adds=True),
    ]
    top = page.row + 1
    written = page.table(f"NetBilled{number}", columns, rows, total="Net")
    for row, (_, value, formula) in enumerate(rows, top):
        page.sheet.write_formula(row, 1, f"={rounded(formula)}", written.formats[1], float(value))


def _checks(unit: str, status: _Placed, reasons: _Placed, ages: _Placed) -> list[_Check]:
    """The parts add up to the rows of Disputes."""

    def cells(column: str, placed: _Placed) -> str:
        return f"SUM({column}{placed.first}:{column}{placed.last})"

    def same(one: str, other: str) -> str:
        return f"ROUND({one}-{other},{PRINTED_PLACES - 2})=0"

    where = f"{TABLE}[Unit],{criterion(unit)}"
    parts = []
    for placed in (status, reasons):
        parts.append(same(cells("B", placed), f"COUNTIFS({where})"))
        for column, source in (("C", "In question"), ("D", "Amount credited"), ("E", "Outstanding")):
            parts.append(same(cells(column, placed), f"SUMIFS({TABLE}[{source}],{where})"))
    aged = same(cells("C", ages), f"SUMIFS({TABLE}[Outstanding],{where})")
    return [
        _Check(
            f"{unit}: statuses and reasons add up to all disputes",
            f"AND({','.join(parts)})",
            _sums(status) == _sums(reasons),
        ),
        _Check(f"{unit}: ages add up to what is outstanding", aged, _sums(ages)[-1] == _sums(status)[-1]),
    ]


def _sums(placed: _Placed) -> tuple[int, Decimal, Decimal, Decimal]:
    """Exact, of all lines of a table."""
    totals, zero = [line.total for line in placed.lines], Decimal(0)
    return (
        sum(total.count for total in totals),
        sum((total.question for total in totals), zero),
        sum((total.credited for total in totals), zero),
        sum((total.outstanding for total in totals), zero),
    )


def _write_checks(page: Page, workbook: Workbook, checked: Sequence[_Check]) -> None:
    """TRUE or FALSE, each a formula, and one over all."""
    page.heading("Checks")
    sheet, look = page.sheet, page.look
    first, last = page.row + 1, page.row + len(checked)
    over_all = f"AND(B{first}:B{last})" if checked else "TRUE"
    whole = _Check("All checks pass", over_all, all(one.holds for one in checked))
    for one in (*checked, whole):
        sheet.write_string(page.row, 0, one.text, look.words(bold=one is whole, text_wrap=True))
        cell_format = look.body(bold=one is whole, align="center")
        sheet.write_formula(page.row, 1, f"={one.formula}", cell_format, one.holds)
        page.row += 1
    workbook.define_name("check_disputes", f"='{SUMMARY}'!$B${page.row}")
    for holds, colour, pale in ((True, styles.GOOD, styles.GOOD_PALE), (False, styles.BAD, styles.BAD_PALE)):
        shown = look.workbook.add_format({"font_color": colour, "bg_color": pale})
        rule = {"type": "cell", "criteria": "==", "value": str(holds).upper(), "format": shown}
        sheet.conditional_format(first - 1, 1, page.row - 1, 1, rule)
