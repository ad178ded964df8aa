"""The sheets Letter, Letter 2 and on, one for each provider, account and currency: A4 portrait, ready for a
printer or PDF. Names and addresses are yellow cells."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from xlsxwriter.workbook import Workbook

from addin.disputes.addressed import Addressed, letters_of
from addin.disputes.letter import Letter, nothing_to_write, totals_of
from addin.disputes.parties import (
    COMPANY,
    COMPANY_ADDRESS,
    CONTACT,
    CUSTOMER,
    PROVIDER,
    PROVIDER_ADDRESS,
    REFERENCE,
    SIGNED,
)
from addin.disputes.records import Dispute, DisputeReport
from addin.disputes.wording import about_of, evidence
from addin.reconcile.measure import PRINTED_PLACES
from templates import look as styles
from templates.cells import write_value
from templates.decimals import Decimals, number_format
from templates.disputes.letter_page import (
    LABELS,
    LAST,
    LINE,
    MARKS,
    PADDING,
    WIDTHS,
    LetterPage,
    head,
    merged_words,
)
from templates.disputes.sums import summed
from templates.disputes.tables import TABLE
from templates.look import Look, set_up_page
from templates.reconciliation.formulas import criterion
from templates.text import cell_text, text_lines

LETTER = "Letter"
FOR = "Letter for "
"""What stands before the addressee, beside the page."""
_BLANK = '"="'
"""The criterion that finds blank cells."""
OLD = "Do not send: the statuses have changed since this letter was written. Run Dispute again."
_HEADS = ("Date", "Call", "Billed", "Expected", "In question", "Unit", "Reason", "Evidence")
_DECIMALS = Decimals(2, 10)


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
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_column(LABELS - 1, LABELS - 1, 3)
    sheet.set_column(LABELS, LABELS, 24)
    sheet.set_column(MARKS, MARKS, 20, None, {"hidden": True})
    page = LetterPage(sheet, look, to)
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
    sheet.print_area(0, 0, page.row - 1, LAST)
    page.note(top, "Yellow cells are kept when this is run again;")
    page.note(top + 1, "all other text is written anew.")
    if is_one_of_several and to.letter is not None:
        page.note(top + 2, "Attach only the rows of this letter (filter Disputes).")
        if not to.name:
            page.note(top + 3, "Its charges name no provider and account:")
            page.note(top + 4, "fill in these columns of Disputes.")


def _write_body(page: LetterPage, letter: Letter) -> None:
    page.text(letter.subject, page.bold)
    page.text("Dear Sir or Madam,")
    page.text(letter.opening)
    _write_reasons(page, letter)
    if letter.netted:
        page.text(letter.netted)
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


def _write_reasons(page: LetterPage, letter: Letter) -> None:
    """Live sums over the sheet Disputes, and their totals."""
    sheet, look = page.sheet, page.look
    amounts = [line.amount for line in letter.lines]
    totals = totals_of(letter.lines)
    shown = number_format(_DECIMALS.of([*amounts, *(total for _, total, _ in totals)]))
    head(page, ((0, 2, "Reason"), (3, 3, "Charges"), (4, 4, "In question"), (5, 5, "Unit")))
    first = page.row
    for line in letter.lines:
        merged_words(page, 0, 2, line.reason)
        where = (
            f"{TABLE}[Unit],{criterion(line.unit)},{TABLE}[Reason],{criterion(line.reason)},"
            f'{TABLE}[Claimed],">0"'
        )
        its = [f"{where}{of_whom}" for of_whom in _of_whom(page.to)]
        count = "+".join(summed("", one) for one in its)
        total = "+".join(summed("Claimed", one) for one in its)
        sheet.write_formula(page.row, 3, f"={count}", look.figure(styles.COUNT), line.count)
        amount = look.figure(shown)
        formula = f"=ROUND({total},{PRINTED_PLACES})"
        sheet.write_formula(page.row, 4, formula, amount, float(line.amount))
        sheet.write_string(page.row, 5, line.unit, look.words())
        page.row += 1
    last = page.row
    for count_of, total_of, unit in totals:
        bold = {"bold": True, "bg_color": styles.PALE}
        merged_words(page, 0, 2, "Total", **bold)
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


def _warn_where_it_is_old(page: LetterPage, first: int, last: int, letter: Letter) -> None:
    """The sums above follow what is entered on Disputes, the text and the list below do not: a letter that
    says two things must not be sent."""
    count = sum(line.count for line in letter.lines)
    amount = sum((line.amount for line in letter.lines), Decimal(0))
    is_same = (
        f"AND(SUM(D{first + 1}:D{last})={count},"
        f"ROUND(SUM(E{first + 1}:E{last})-{amount:f},{PRINTED_PLACES})=0)"
    )
    red = page.look.format(bold=True, font_color=styles.BAD, text_wrap=True)
    page.sheet.merge_range(page.row, 0, page.row, LAST, "", red)
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


def _write_listed(page: LetterPage, disputes: Sequence[Dispute]) -> None:
    """The largest disputes, a row each."""
    sheet, look = page.sheet, page.look
    figures = [value for one in disputes for value in (one.billed, one.expected, one.claimed)]
    shown = look.figure(number_format(_DECIMALS.of(figures)))
    words, day = look.words(text_wrap=True), look.words(num_format=styles.DAY)
    head(page, tuple((column, column, head) for column, head in enumerate(_HEADS)))
    for one in disputes:
        about = about_of(one)
        places = evidence(one)
        write_value(sheet, page.row, 0, one.day, day)
        write_value(sheet, page.row, 1, about, words)
        for column, value in enumerate((one.billed, one.expected, one.claimed), 2):
            write_value(sheet, page.row, column, value, shown)
        write_value(sheet, page.row, 5, one.unit, words)
        write_value(sheet, page.row, 6, one.reason, words)
        write_value(sheet, page.row, 7, places, words)
        texts = ((about, 1), (one.reason, 6), (places, 7))
        lines = max(text_lines(text, WIDTHS[column]) for text, column in texts)
        sheet.set_row(page.row, lines * LINE + PADDING)
        page.row += 1
    page.row += 1
