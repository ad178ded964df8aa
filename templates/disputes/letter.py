"""The sheets Letter, Letter 2 and on, one for each provider and account: A4 portrait, ready for a printer or
PDF. Names and addresses are yellow cells."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from hashlib import sha256

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from addin.disputes.letter import (
    COMPANY,
    COMPANY_ADDRESS,
    CONTACT,
    CUSTOMER,
    PARTIES,
    PROVIDER,
    PROVIDER_ADDRESS,
    REFERENCE,
    SIGNED,
    Addressed,
    Letter,
    about_of,
    evidence,
    letters_of,
    nothing_to_write,
    totals_of,
)
from addin.disputes.records import GONE, OPEN, Dispute, DisputeReport
from addin.reconcile.measure import PRINTED_PLACES
from templates import look as styles
from templates.cells import write_value
from templates.decimals import Decimals, number_format
from templates.disputes.summary import summed
from templates.disputes.tables import TABLE
from templates.look import Look, set_up_page
from templates.reconciliation.formulas import criterion
from templates.text import cell_text, text_lines

LETTER = "Letter"
FOR = "Letter for "
"""What stands before the addressee, beside the page."""
_WIDTHS = (12, 27, 11, 11, 11, 7, 20, 22)
_LAST = len(_WIDTHS) - 1
_LABELS = _LAST + 2
"""The column, beside the page, that says what a yellow cell is for."""
_MARKS = _LABELS + 1
"""The hidden column that knows what was written beside it."""
_BLANK = '"="'
"""The criterion that finds blank cells."""
_LINE, _PADDING = 13, 4
OLD = "Do not send: the statuses have changed since this letter was written. Run Dispute again."
_HEADS = ("Date", "Call", "Billed", "Expected", "In question", "Unit", "Reason", "Evidence")
_DECIMALS = Decimals(2, 10)


class _Page:
    """The letter as it is written from the top."""

    def __init__(self, sheet: Worksheet, look: Look, to: Addressed) -> None:
        self.sheet, self.look, self.to, self.row = sheet, look, to, 0
        self.plain = look.format(text_wrap=True)
        self.bold = look.format(text_wrap=True, bold=True, font_size=12, font_color=styles.HEAD)

    def party(self, label: str, lines: int = 1, *, last: int = 3) -> None:
        """A yellow cell; what it is for stands beside the page."""
        said = self.to.said.get(label) or dict(PARTIES)[label]
        self._across(self.row, 0, last, said, self.look.typed(), keeps_lines=True)
        self.sheet.write_string(self.row, _LABELS, label, self.look.note())
        self.sheet.set_row(self.row, max(lines, said.count("\n") + 1) * _LINE + _PADDING)
        self.row += 1

    def named(self, label: str) -> None:
        """A label that is printed, and its yellow cell."""
        said = self.to.said.get(label) or dict(PARTIES)[label]
        self.sheet.merge_range(self.row, 0, self.row, 1, "", self.plain)
        self.sheet.write_string(self.row, 0, label, self.plain)
        self._across(self.row, 2, 5, said, self.look.typed(), keeps_lines=True)
        self.row += 1

    def text(self, text: str, cell_format: Format | None = None, *, space: int = 1) -> None:
        """A paragraph across the page, as high as it is, and so many free rows."""
        self._across(self.row, 0, _LAST, text, cell_format or self.plain)
        lines = text_lines(text, sum(_WIDTHS))
        self.sheet.set_row(self.row, lines * _LINE + _PADDING)
        self.sheet.write_string(self.row, _MARKS, mark_of(cell_text(text)))
        self.row += 1 + space

    def note(self, row: int, text: str) -> None:
        """Beside the page: it is not printed."""
        self.sheet.write_string(row, _LABELS, text, self.look.note())

    def _across(
        self, row: int, first: int, last: int, text: str, cell_format: Format, *, keeps_lines: bool = False
    ) -> None:
        self.sheet.merge_range(row, first, row, last, "", cell_format)
        self.sheet.write_string(row, first, cell_text(text, keeps_lines=keeps_lines), cell_format)


def mark_of(text: str) -> str:
    """By which a paragraph that a person has changed is known."""
    return f"#{sha256(' '.join(text.split()).encode()).hexdigest()[:16]}"


def write_letters(workbook: Workbook, look: Look, report: DisputeReport) -> None:
    """A sheet for each letter, or the sentence that there is none to write; the yellow cells stay in both
    cases."""
    letters = letters_of(report)
    for number, one in enumerate(letters, 1):
        name = f"{LETTER} {number}" if number > 1 else LETTER
        _write_letter(workbook, look, report, name, one, is_one_of_several=len(letters) > 1)


def _write_letter(
    workbook: Workbook,
    look: Look,
    report: DisputeReport,
    name: str,
    to: Addressed,
    *,
    is_one_of_several: bool,
) -> None:
    sheet = workbook.add_worksheet(name)
    set_up_page(sheet, report.about.period, portrait=True, kind=report.about.kind)
    sheet.set_header("")
    sheet.set_footer("&R&8 Page &P of &N", {"margin": 0.3})
    sheet.set_margins(left=0.8, right=0.6, top=0.8, bottom=0.7)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_column(_LABELS - 1, _LABELS - 1, 3)
    sheet.set_column(_LABELS, _LABELS, 24)
    sheet.set_column(_MARKS, _MARKS, 20, None, {"hidden": True})
    page = _Page(sheet, look, to)
    page.party(COMPANY)
    page.party(COMPANY_ADDRESS, 3)
    if to.name:
        page.note(page.row, cell_text(f"{FOR}{to.name}"))
    page.row += 1
    page.party(PROVIDER)
    page.party(PROVIDER_ADDRESS, 3)
    page.row += 1
    sheet.merge_range(page.row, 0, page.row, 1, "", page.plain)
    sheet.write_string(page.row, 0, "Date", page.plain)
    day = look.format(num_format=styles.DAY, align="left")
    sheet.merge_range(page.row, 2, page.row, 3, "", day)
    sheet.write_datetime(page.row, 2, report.as_of, day)
    page.row += 1
    page.named(CUSTOMER)
    page.named(REFERENCE)
    page.row += 1
    top = page.row
    if to.letter is None:
        page.text(nothing_to_write(report))
    else:
        _write_body(page, to.letter)
    page.party(SIGNED, last=3)
    page.party(CONTACT, last=3)
    sheet.print_area(0, 0, page.row - 1, _LAST)
    page.note(top, "Yellow cells are kept when this is run again;")
    page.note(top + 1, "all other text is written anew.")
    if is_one_of_several and to.letter is not None:
        page.note(top + 2, "Attach only the rows of this letter (filter Disputes).")
        if not to.name:
            page.note(top + 3, "Its charges name no provider and account:")
            page.note(top + 4, "fill in these columns of Disputes.")


def _write_body(page: _Page, letter: Letter) -> None:
    page.text(letter.subject, page.bold)
    page.text("Dear Sir or Madam,")
    page.text(letter.opening)
    _write_reasons(page, letter)
    page.text(letter.listing, space=0)
    _write_listed(page, letter.listed)
    page.text("We ask you to", space=0)
    for number, text in enumerate(letter.asked, 1):
        page.text(f"{number}. {text}", space=0)
    page.row += 1
    if letter.accepted:
        page.text(letter.accepted)
    page.text(letter.closing)
    page.text("Yours faithfully,", space=2)


def _write_reasons(page: _Page, letter: Letter) -> None:
    """Live sums over the sheet Disputes, and their totals."""
    sheet, look = page.sheet, page.look
    amounts = [line.amount for line in letter.lines]
    totals = totals_of(letter.lines)
    shown = number_format(_DECIMALS.of([*amounts, *(total for _, total, _ in totals)]))
    _head(page, ((0, 2, "Reason"), (3, 3, "Charges"), (4, 4, "In question"), (5, 5, "Unit")))
    first = page.row
    for line in letter.lines:
        _merged_words(page, 0, 2, line.reason)
        where = (
            f"{TABLE}[Unit],{criterion(line.unit)},{TABLE}[Reason],{criterion(line.reason)},"
            f'{TABLE}[Outstanding],">0",{TABLE}[Source],"<>{GONE}",'
            f"{TABLE}[Status],{criterion(OPEN)}"
        )
        its = [f"{where}{of_whom}" for of_whom in _of_whom(page.to)]
        count = "+".join(summed("", one, with_blank=True) for one in its)
        total = "+".join(summed("Outstanding", one, with_blank=True) for one in its)
        sheet.write_formula(page.row, 3, f"={count}", look.figure(styles.COUNT), line.count)
        amount = look.figure(shown)
        formula = f"=ROUND({total},{PRINTED_PLACES})"
        sheet.write_formula(page.row, 4, formula, amount, float(line.amount))
        sheet.write_string(page.row, 5, line.unit, look.words())
        page.row += 1
    last = page.row
    for count_of, total_of, unit in totals:
        bold = {"bold": True, "bg_color": styles.PALE}
        _merged_words(page, 0, 2, "Total", **bold)
        units = f"F{first + 1}:F{last}"
        for column, value, number, places in (
            ("D", count_of, styles.COUNT, 0),
            ("E", total_of, shown, PRINTED_PLACES),
        ):
            formula = f"=ROUND(SUMIFS({column}{first + 1}:{column}{last},{units},{criterion(unit)}),{places})"
            cell_format = look.figure(number, **bold)
            sheet.write_formula(page.row, "ABCDE".index(column), formula, cell_format, float(value))
        sheet.write_string(page.row, 5, unit, look.words(**bold))
        page.row += 1
    _warn_where_it_is_old(page, first, last, letter)
    page.row += 1


def _warn_where_it_is_old(page: _Page, first: int, last: int, letter: Letter) -> None:
    """The sums above follow what is entered on Disputes, the text and the list below do not: a letter that
    says two things must not be sent."""
    count = sum(line.count for line in letter.lines)
    amount = sum((line.amount for line in letter.lines), Decimal(0))
    is_same = (
        f"AND(SUM(D{first + 1}:D{last})={count},"
        f"ROUND(SUM(E{first + 1}:E{last})-{amount:f},{PRINTED_PLACES})=0)"
    )
    red = page.look.format(bold=True, font_color=styles.BAD, text_wrap=True)
    page.sheet.merge_range(page.row, 0, page.row, _LAST, "", red)
    page.sheet.write_formula(page.row, 0, f'=IF({is_same},"","{OLD}")', red, "")
    page.row += 1


def _of_whom(to: Addressed) -> list[str]:
    """The criteria that find the disputes of one letter of several."""
    return [
        "".join(
            f",{TABLE}[{header}],{criterion(text) if text else _BLANK}"
            for header, text in (("Provider", one.provider), ("Account", one.account))
        )
        for one in to.named
    ] or [""]


def _write_listed(page: _Page, disputes: Sequence[Dispute]) -> None:
    """The largest disputes, a row each."""
    sheet, look = page.sheet, page.look
    figures = [value for one in disputes for value in (one.billed, one.expected, one.outstanding)]
    shown = look.figure(number_format(_DECIMALS.of(figures)))
    words, day = look.words(text_wrap=True), look.body(num_format=styles.DAY, align="left")
    _head(page, tuple((column, column, head) for column, head in enumerate(_HEADS)))
    for one in disputes:
        about = about_of(one)
        places = evidence(one)
        write_value(sheet, page.row, 0, one.day, day)
        write_value(sheet, page.row, 1, about, words)
        for column, value in enumerate((one.billed, one.expected, one.outstanding), 2):
            write_value(sheet, page.row, column, value, shown)
        write_value(sheet, page.row, 5, one.unit, words)
        write_value(sheet, page.row, 6, one.reason, words)
        write_value(sheet, page.row, 7, places, words)
        texts = ((about, 1), (one.reason, 6), (places, 7))
        lines = max(text_lines(text, _WIDTHS[column]) for text, column in texts)
        sheet.set_row(page.row, lines * _LINE + _PADDING)
        page.row += 1
    page.row += 1


def _head(page: _Page, heads: Sequence[tuple[int, int, str]]) -> None:
    for first, last, text in heads:
        head = page.look.head(right=text in ("Charges", "Billed", "Expected", "In question"))
        if last > first:
            page.sheet.merge_range(page.row, first, page.row, last, "", head)
        page.sheet.write_string(page.row, first, text, head)
    page.sheet.set_row(page.row, 20)
    page.row += 1


def _merged_words(page: _Page, first: int, last: int, text: str, **properties: object) -> None:
    words = page.look.words(**properties)
    page.sheet.merge_range(page.row, first, page.row, last, "", words)
    page.sheet.write_string(page.row, first, cell_text(text), words)
