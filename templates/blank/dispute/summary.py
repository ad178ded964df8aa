"""The sheet Summary: where the disputes stand, each currency for itself, and what the letter is about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from xlsxwriter.worksheet import Worksheet

from addin.disputes.reasons import REASONS
from addin.disputes.records import ACCEPTED, STATUSES, Dispute
from addin.disputes.totals import Total, bucket_names, bucket_of, total_of
from templates import look as styles
from templates.blank.dispute.example import Rows
from templates.blank.dispute.table import BUCKETS, TABLE, UNITS
from templates.reconciliation.formulas import rounded
from templates.shared.book import Book
from templates.shared.checks import write_line
from templates.shared.serials import serial
from templates.shared.tables import Shown, write_shown

SUMMARY = "Summary"
WIDTHS = (40, 14, 15, 15, 15, 15)
_LETTERS = "BCDE"
OTHER = "Any other reason"
UNIT_ROW, FIRST_MATRIX = 7, 12
"""The first rows (zero-based) of the table by currency and of the tables below it."""
_ORDER = 7
"""The hidden column that numbers the reasons of the letter."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """A table of one figure: labels downwards, currencies across."""

    title: str
    labels: Sequence[str]
    header: str
    """The column of the labels in the table."""
    source: str
    """The column that is summed; empty where rows are counted."""
    label_of: Callable[[Dispute, Rows], str]
    value_of: Callable[[Total], Decimal | int]


def _state(one: Dispute, rows: Rows) -> str:
    return one.status


def _age(one: Dispute, rows: Rows) -> str:
    return bucket_of(one.age_on(rows.as_of), BUCKETS)


MATRICES = (
    Matrix("Disputes by status", STATUSES, "State", "", _state, lambda total: total.count),
    Matrix("In question by status", STATUSES, "State", "In question", _state, lambda total: total.question),
    Matrix("Credited by status", STATUSES, "State", "Amount credited", _state, lambda total: total.credited),
    Matrix(
        "Outstanding by status", STATUSES, "State", "Outstanding", _state, lambda total: total.outstanding
    ),
    Matrix(
        *("Outstanding by age, in days since it was opened", bucket_names(BUCKETS), "Age bucket"),
        *("Outstanding", _age, lambda total: total.outstanding),
    ),
)


def height(matrix: Matrix) -> int:
    """Rows from the title to the next one's."""
    return len(matrix.labels) + 4


def units_of(rows: Rows) -> list[str]:
    """In the order of their first disputes."""
    return list(dict.fromkeys(one.unit for one in rows.disputes))


def total_cell(number: int, column: int) -> str:
    """The cell of the totals of a matrix, e.g. B21."""
    row = FIRST_MATRIX + sum(map(height, MATRICES[:number])) + 2 + len(MATRICES[number].labels)
    return f"{_LETTERS[column]}{row + 1}"


def reasons_row() -> int:
    """The first row of the reasons of the letter."""
    return FIRST_MATRIX + sum(map(height, MATRICES)) + 2


def write_summary(book: Book, rows: Rows, failing: int) -> None:
    """All tables, one below the other."""
    sheet = book.result_sheet(
        SUMMARY, WIDTHS, "Each currency for itself: currencies are never added.", portrait=True
    )
    sheet.fit_to_pages(1, 1)
    sheet.set_column(_ORDER, _ORDER, 6, None, {"hidden": True})
    write_line(book, sheet, 2, 0, failing)
    _write_as_of(book, sheet, rows)
    _write_units(book, sheet, rows)
    top = FIRST_MATRIX
    for matrix in MATRICES:
        _write_matrix(book, sheet, top, matrix, rows)
        top += height(matrix)
    _write_reasons(book, sheet, top, rows)
    _write_letter_figures(book, sheet, reasons_row() + len(REASONS) + 3, rows)


def _write_as_of(book: Book, sheet: Worksheet, rows: Rows) -> None:
    sheet.write_string(4, 0, "As of (set on How to use)", book.look.words())
    day = book.look.body(num_format=styles.DAY, align="right")
    write_shown(sheet, 4, 1, "as_of", day, serial(rows.as_of))


def _write_units(book: Book, sheet: Worksheet, rows: Rows) -> None:
    look, units = book.look, units_of(rows)
    heads = ("Currency", "Disputes", "In question", "Credited", "Outstanding", "Given up")
    for index, head in enumerate(heads):
        sheet.write_string(UNIT_ROW - 1, index, head, look.head(right=index > 0))
    for number in range(UNITS):
        row = UNIT_ROW + number
        unit = units[number] if number < len(units) else ""
        found = f'IFERROR(INDEX({TABLE}[Unit],MATCH({number + 1},{TABLE}[Unit order],0)),"")'
        write_shown(sheet, row, 0, found, look.words(bold=True), unit)
        total = total_of(one for one in rows.disputes if one.unit == unit)
        values: tuple[Decimal | int, ...] = (
            total.count,
            total.question,
            total.credited,
            total.outstanding,
            total.given_up,
        )
        sources = ("", "In question", "Amount credited", "Outstanding", "Given up")
        for index, (source, value) in enumerate(zip(sources, values, strict=True), 1):
            text = f'IF($A{row + 1}="","",{_summed(source, f"$A{row + 1}")})'
            shown: Shown = value if unit else ""
            write_shown(sheet, row, index, text, look.figure(_format(source)), shown)


def _format(source: str) -> str:
    return styles.AMOUNT if source else styles.COUNT


def _summed(source: str, unit: str, *more: str) -> str:
    where = ",".join((f"{TABLE}[Unit],{unit}", *more))
    return rounded(f"SUMIFS({TABLE}[{source}],{where})") if source else f"COUNTIFS({where})"


def _write_matrix(book: Book, sheet: Worksheet, top: int, matrix: Matrix, rows: Rows) -> None:
    look, units = book.look, units_of(rows)
    sheet.set_row(top, 24)
    sheet.write_string(top, 0, matrix.title, look.heading())
    sheet.write_string(top + 1, 0, matrix.header.replace("State", "Status"), look.head())
    columns: list[list[Decimal | int]] = [[] for _ in range(UNITS)]
    for place in range(UNITS):
        unit = units[place] if place < len(units) else ""
        text = f'IF($A${UNIT_ROW + 1 + place}="","",$A${UNIT_ROW + 1 + place})'
        write_shown(sheet, top + 1, 1 + place, text, look.head(right=True), unit)
        for row, label in enumerate(matrix.labels, top + 2):
            its = [one for one in rows.disputes if one.unit == unit and matrix.label_of(one, rows) == label]
            value = matrix.value_of(total_of(its))
            columns[place].append(value)
            head = f"{_LETTERS[place]}${top + 2}"
            text = _summed(matrix.source, head, f"{TABLE}[{matrix.header}],$A{row + 1}")
            shown: Shown = value if unit else ""
            write_shown(
                sheet, row, 1 + place, f'IF({head}="","",{text})', look.figure(_format(matrix.source)), shown
            )
    for row, label in enumerate(matrix.labels, top + 2):
        sheet.write_string(row, 0, label, look.words())
    fill = {"bold": True, "bg_color": styles.PALE}
    last = top + 2 + len(matrix.labels)
    sheet.write_string(last, 0, "Total", look.words(**fill))
    for place, values in enumerate(columns):
        letter = _LETTERS[place]
        text = f'IF({letter}{top + 2}="","",ROUND(SUM({letter}{top + 3}:{letter}{last}),10))'
        total: Shown = sum(values, Decimal(0)) if place < len(units) else ""
        write_shown(sheet, last, 1 + place, text, look.figure(_format(matrix.source), **fill), total)


def claimed_of(rows: Rows) -> list[Dispute]:
    """What the letter is about."""
    return [one for one in rows.disputes if one.unit == rows.currency and one.claimed > 0]


def _write_reasons(book: Book, sheet: Worksheet, top: int, rows: Rows) -> None:
    """The reasons of the letter's currency; those with a charge are numbered, for the letter."""
    look = book.look
    sheet.set_row(top, 24)
    sheet.write_string(top, 0, "Claimed in the letter, by reason", look.heading())
    for index, head in enumerate(("Reason", "Charges")):
        sheet.write_string(top + 1, index, head, look.head(right=index > 0))
    claimed_head = '"Claimed"&IF(currency="",""," ("&currency&")")'
    shown_head = f"Claimed ({rows.currency})" if rows.currency else "Claimed"
    write_shown(sheet, top + 1, 2, claimed_head, look.head(right=True), shown_head)
    claimed, first, order = claimed_of(rows), reasons_row(), 0
    labels = [*REASONS.values()]
    where = f'{TABLE}[Unit],currency,{TABLE}[Claimed],">0"'
    for row, label in enumerate([*labels, OTHER], first):
        its = [one for one in claimed if (one.reason if one.reason in labels else OTHER) == label]
        if label == OTHER:
            above = f"{first + 1}:{{0}}{row}"
            count = f"COUNTIFS({where})-SUM(B{above.format('B')})"
            amount = f"SUMIFS({TABLE}[Claimed],{where})-SUM(C{above.format('C')})"
        else:
            asked = f"{where},{TABLE}[Reason],$A{row + 1}"
            count, amount = f"COUNTIFS({asked})", f"SUMIFS({TABLE}[Claimed],{asked})"
        sheet.write_string(row, 0, label, look.words())
        write_shown(sheet, row, 1, count, look.figure(styles.COUNT), len(its))
        value = sum((one.claimed for one in its), Decimal(0))
        write_shown(sheet, row, 2, rounded(amount), look.figure(styles.AMOUNT), value)
        order += bool(its)
        number = f'IF(B{row + 1}>0,COUNTIF(B${first + 1}:B{row + 1},">0"),0)'
        write_shown(sheet, row, _ORDER, number, look.note(), order if its else 0)
    book.workbook.define_name("dispute_reasons", f"='{SUMMARY}'!$A${first + 1}:$A${first + len(labels)}")


def _write_letter_figures(book: Book, sheet: Worksheet, top: int, rows: Rows) -> None:
    """The figures of the letter's sentences, each with a name."""
    look = book.look
    sheet.write_string(top - 1, 0, "Figures of the letter", look.heading())
    claimed = claimed_of(rows)
    accepted = [
        one
        for one in rows.disputes
        if one.unit == rows.currency and one.status == ACCEPTED and one.outstanding > 0
    ]
    partly = [one for one in claimed if one.credited]
    where = f"{TABLE}[Unit],currency"
    is_claimed, is_accepted = f'{where},{TABLE}[Claimed],">0"', f'{where},{TABLE}[State],"{ACCEPTED}"'
    figures: tuple[tuple[str, str, str, Decimal | int], ...] = (
        ("Charges claimed", "claimed_count", f"COUNTIFS({is_claimed})", len(claimed)),
        ("Claimed", "claimed_amount", f"SUMIFS({TABLE}[Claimed],{is_claimed})", _sum(claimed, "claimed")),
        (
            "Taken off, since it is credited already",
            "netted_amount",
            f"SUMIFS({TABLE}[Amount credited],{is_claimed})",
            _sum(partly, "credited"),
        ),
        (
            "Charges accepted, their credit awaited",
            "accepted_count",
            f'COUNTIFS({is_accepted},{TABLE}[Outstanding],">0")',
            len(accepted),
        ),
        (
            "Accepted, the credit awaited",
            "accepted_amount",
            f'SUMIFS({TABLE}[Outstanding],{is_accepted},{TABLE}[Outstanding],">0")',
            _sum(accepted, "outstanding"),
        ),
    )
    for row, (label, name, text, value) in enumerate(figures, top):
        is_count = isinstance(value, int)
        sheet.write_string(row, 0, label, look.words())
        shown = look.figure(styles.COUNT if is_count else styles.AMOUNT)
        write_shown(sheet, row, 1, text if is_count else rounded(text), shown, value)
        book.define(name, SUMMARY, row, 1)


def _sum(disputes: Sequence[Dispute], name: str) -> Decimal:
    return sum((getattr(one, name) for one in disputes), Decimal(0))
