"""The sheet Investigation: conclusion, tree, the figures at each question, and what else has to be known."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook

from addin.investigation.balance import MISMATCH, OPEN
from addin.investigation.walk import NOTHING
from addin.reports.investigation.data import (
    NO_MATTER,
    UNIT_CALLS,
    UNIT_MINUTES,
    InvestigationReport,
    PathReport,
    QuestionRow,
)
from templates.decimals import Decimals, number_format
from templates.grid import AMOUNT, MINUTES
from templates.investigation.formulas import Formulas
from templates.investigation.tables import part_columns
from templates.investigation.tree import WIDTHS, draw
from templates.look import Look
from templates.page import BAD, FAIR, GOOD, Page
from templates.reconciliation.formulas import Live
from templates.text import cell_text

SHEET = "Investigation"
_HEADS = ("At the question", "", "Ours", "Theirs", "", "Theirs - ours", "May differ by", "", "Unit", "Answer")


_FEW_ROWS = 20
"""Conclusions that stand above the first tree on the same page."""
_PAGE_PIXELS = 950
"""Of an A4 page in landscape, between the margins."""


def write_first(
    workbook: Workbook, look: Look, report: InvestigationReport, live: Live, indices: Sequence[str]
) -> None:
    """`indices` end the names of tables, one for each currency."""
    page = Page.new(workbook, look, SHEET, report.about, WIDTHS)
    page.title(
        report.about.title,
        "From the daily totals in UTC to the cause. A balance or a difference is no basis for billing: the "
        "call records are.",
    )
    several = len(report.paths) > 1
    for path in report.paths:
        tone = GOOD if path.kind == NOTHING else BAD
        heading = f"{path.name}: {path.kind}" if several else path.kind
        page.verdict(heading, path.headline, tone)
    if report.warnings:
        page.verdict("Please note", " ".join(report.warnings), FAIR)
    for balance in report.balances:
        tone = {MISMATCH: BAD, OPEN: FAIR}.get(balance.result, GOOD)
        page.verdict("balance " + balance.result, balance.sentence, tone)
    breaks: list[int] = []
    for path, index in zip(report.paths, indices, strict=True):
        if page.row > _FEW_ROWS:
            breaks.append(page.row)
        page.heading(f"Path taken, {path.name}" if several else "Path taken", "")
        draw(page, path)
        if path.questions:
            breaks.append(page.row)
            _questions(page, path, report, live)
        if path.parts:
            _parts(page, path, report, live, index)
        said = [*path.notes, *([path.ask] if path.ask else [])]
        if said:
            page.heading("Beside it, and what to ask for")
            page.sentences(said)
    if report.facts:
        page.heading("What stands out in the reconciliation behind it")
        page.sentences(report.facts)
    pixels = sum(7 * width + 5 for width in WIDTHS)
    page.sheet.set_print_scale(100 * _PAGE_PIXELS // pixels)
    page.sheet.set_h_pagebreaks(breaks)


def _questions(page: Page, path: PathReport, report: InvestigationReport, live: Live) -> None:
    """The figures as formulas over the day's calls; what they may differ by follows from them."""
    look, sheet = page.look, page.sheet
    page.heading("The figures at each question", "Sums over the sheets of the day's calls.")
    for column, head in enumerate(_HEADS):
        sheet.write_string(page.row, column, head, look.head(right=column in (2, 3, 5, 6)))
    sheet.set_row(page.row, 20)
    formulas = Formulas(path, report.mode == "calls")
    for row in path.questions:
        page.row += 1
        _question(page, row, report, formulas, live)
    page.row += 2


def _question(
    page: Page, row: QuestionRow, report: InvestigationReport, formulas: Formulas, live: Live
) -> None:
    look, sheet, at = page.look, page.sheet, page.row
    values = (row.ours, row.theirs, row.difference, row.allowed)
    rule = {UNIT_CALLS: Decimals(0, 2), UNIT_MINUTES: MINUTES.decimals}.get(row.unit, AMOUNT.decimals)
    assert rule is not None
    places = rule.of(values)
    plain, signed = look.figure(number_format(places)), look.figure(number_format(places, is_signed=True))
    share_format = plain
    if row.unit == UNIT_CALLS:  # counts are whole, what they may differ by is not
        plain, signed = look.figure(number_format(0)), look.figure(number_format(0, is_signed=True))
    words = look.words()
    for column in range(len(_HEADS)):
        sheet.write_blank(at, column, None, words)
    sheet.write_string(at, 0, cell_text(row.what[:1].upper() + row.what[1:]), words)
    ours, theirs = formulas.question(row.what) if formulas.has_rows else ("", "")
    live.write(sheet, at, 2, ours, row.ours, plain)
    live.write(sheet, at, 3, theirs, row.theirs, plain)
    cells = [xl_rowcol_to_cell(at, column) for column in (2, 3, 5, 6)]
    live.write(sheet, at, 5, f"ROUND({cells[1]}-{cells[0]},10)", row.difference, signed)
    by_share = row.what != "cost of the same calls, ours for the bill's time" and not _is_fixed(row, report)
    share = f"ROUND({report.threshold:f}*MAX(ABS({cells[0]}),ABS({cells[1]})),10)" if by_share else ""
    live.write(sheet, at, 6, share, row.allowed, share_format)
    each = "" if by_share or report.mode != "calls" else ", each call"
    sheet.write_string(at, 8, f"{row.unit}{each}", words)
    answer = look.words(bold=True)
    if by_share and row.answer != NO_MATTER:
        sheet.write_formula(at, 9, f'=IF(ABS({cells[2]})<={cells[3]},"yes","no")', answer, row.answer)
    else:
        sheet.write_string(at, 9, row.answer, answer)


def _is_fixed(row: QuestionRow, report: InvestigationReport) -> bool:
    """Whether what is allowed is no share of the figures: exact, or the tolerance."""
    share = report.threshold * max(abs(row.ours), abs(row.theirs))
    return abs(share - row.allowed) > Decimal("0.000000001")


def _parts(page: Page, path: PathReport, report: InvestigationReport, live: Live, index: str) -> None:
    """The three parts of the difference; their sum is the day's."""
    page.heading(
        f"The difference of {path.day} in its parts",
        "Theirs - ours. What the path passes by stands here too; a call may be in two parts.",
    )
    first = page.row + 1
    written = page.table(
        f"Parts{index}", part_columns(report.costs_compared), path.parts, total="The day's difference"
    )
    formulas = Formulas(path, by_call=True)
    for number, part in enumerate(path.parts):
        minutes, cost = formulas.part(part.kind)
        live.write(page.sheet, first + number, 2, minutes, part.minutes, written.formats[2])
        if report.costs_compared:
            live.write(page.sheet, first + number, 3, cost, part.cost, written.formats[3])
