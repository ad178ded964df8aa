"""The sheet Letter: one page that follows the figures; names and addresses are yellow cells."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from addin.disputes.parties import (
    COMPANY,
    COMPANY_ADDRESS,
    CONTACT,
    CUSTOMER,
    PARTIES,
    PROVIDER_ADDRESS,
    REFERENCE,
    SIGNED,
)
from addin.disputes.reasons import REASONS
from addin.disputes.records import ACCEPTED
from addin.reconcile.wording import counted
from templates import look as styles
from templates.blank.dispute.example import Rows
from templates.blank.dispute.summary import OTHER, SUMMARY, claimed_of, reasons_row
from templates.blank.dispute.table import TABLE
from templates.shared.book import Book
from templates.shared.columns import as_number
from templates.shared.tables import Shown, write_shown

LETTER = "Letter"
_WIDTHS = (12, 20, 12, 12, 13, 11, 48)
_LAST = len(_WIDTHS) - 1
_HELPER = _LAST + 1
LISTED = 10
_LINE = 13.5
_WHY = "The following charges are not supported by our records, and we dispute them."


def day_text(cell: str) -> str:
    """A day as YYYY-MM-DD in every language of the program.

    >>> day_text("A1")
    'YEAR(A1)&"-"&RIGHT("0"&MONTH(A1),2)&"-"&RIGHT("0"&DAY(A1),2)'
    """
    return f'YEAR({cell})&"-"&RIGHT("0"&MONTH({cell}),2)&"-"&RIGHT("0"&DAY({cell}),2)'


def amount_text(cell: str) -> str:
    """An amount with its currency, and two, four, six or ten decimals, as many as it needs."""
    places = f"IF(ROUND({cell},2)={cell},2,IF(ROUND({cell},4)={cell},4,IF(ROUND({cell},6)={cell},6,10)))"
    return f'FIXED({cell},{places})&" "&currency'


def _amount(value: Decimal, currency: str) -> str:
    places = next((one for one in (2, 4, 6) if round(value, one) == value), 10)
    return f"{value:,.{places}f} {currency}"


def _charges(cell: str) -> str:
    return f'{cell}&IF({cell}=1," charge"," charges")'


def _counted(count: int) -> str:
    return f"{count} charge{'' if count == 1 else 's'}"


def write_letter(book: Book, rows: Rows, failing: int) -> None:
    """A4 portrait, one page; the largest charges stand at its end."""
    sheet = book.result_sheet(LETTER, _WIDTHS, portrait=True)
    sheet.fit_to_pages(1, 1)
    sheet.set_header("")
    sheet.set_footer("")
    sheet.set_column(_HELPER, _HELPER, 6, None, {"hidden": True})
    _Page(book, sheet, rows).write(failing)


class _Page:
    def __init__(self, book: Book, sheet: Worksheet, rows: Rows) -> None:
        self.book, self.sheet, self.rows, self.look, self.row = book, sheet, rows, book.look, 0
        self.plain = book.look.format(text_wrap=True)

    def write(self, failing: int) -> None:
        look, rows = self.look, self.rows
        red = look.format(bold=True, font_color=styles.BAD)
        fails = 'checks_failing&IF(checks_failing=1," check fails"," checks fail")'
        warning = f'IF(checks_failing=0,"","Do not send: "&{fails}&". The sheet Checks says what to do.")'
        number = counted(failing, "check fails", "checks fail")
        said = f"Do not send: {number}. The sheet Checks says what to do." if failing else ""
        self.formula(warning, said, red)
        self.party(COMPANY)
        self.party(COMPANY_ADDRESS, 3)
        self.row += 1
        self.formula("provider", rows.provider, self.plain)
        self.party(PROVIDER_ADDRESS, 3)
        self.row += 1
        self.labelled("Date", day_text("as_of"), str(rows.as_of))
        self.labelled("Account", 'account&""', rows.account)
        self.party(CUSTOMER, beside=CUSTOMER)
        self.party(REFERENCE, beside=REFERENCE)
        self.row += 1
        bold = look.format(bold=True, font_size=12, font_color=styles.HEAD, text_wrap=True)
        subject = 'IF(account="","Disputed charges","Disputed charges, account "&account)'
        said = f"Disputed charges, account {rows.account}" if rows.account else "Disputed charges"
        self.formula(subject, said, bold, space=1)
        self._body()
        self.sentence("Yours faithfully,", space=2)
        self.party(SIGNED)
        self.party(CONTACT)
        self.row += 1
        self._reasons()
        self._largest()

    def _body(self) -> None:
        rows, claimed = self.rows, claimed_of(self.rows)
        self.sentence("Dear Sir or Madam,", space=1)
        total = sum((one.claimed for one in claimed), Decimal(0))
        nothing = f'"Nothing is in dispute as of "&{day_text("as_of")}&": there is no letter to write."'
        in_all = f'"In question are "&{amount_text("claimed_amount")}&" for "&{_charges("claimed_count")}&"."'
        begun = "We have compared your bill with our own call records."
        opening = f'IF(claimed_count=0,{nothing},"{begun} {_WHY} "&{in_all})'
        said = f"{begun} {_WHY} "
        said += f"In question are {_amount(total, rows.currency)} for {_counted(len(claimed))}."
        if not claimed:
            said = f"Nothing is in dispute as of {rows.as_of}: there is no letter to write."
        self.formula(opening, said, self.plain, lines=2)
        credited = sum((one.credited for one in claimed), Decimal(0))
        taken_off = f'"What you have credited so far is taken off: "&{amount_text("netted_amount")}&"."'
        said = f"What you have credited so far is taken off: {_amount(credited, rows.currency)}."
        self.formula(f'IF(netted_amount=0,"",{taken_off})', said if credited else "", self.plain)
        until = rows.as_of + timedelta(days=rows.answer_days)
        self.sentence("We ask you to")
        self.sentence(
            "1. credit the disputed amount with your next bill, or send us, for each charge that you "
            "uphold, your "
            "own record of it and the rate that you applied;",
            lines=2,
        )
        answer = f'"2. answer in writing by "&{day_text("(as_of+answer_days)")}&", charge by charge;"'
        self.formula(answer, f"2. answer in writing by {until}, charge by charge;", self.plain)
        self.sentence(
            "3. take no step to collect the disputed amount until then. What is not disputed is paid "
            "as agreed.",
            space=1,
        )
        awaited = [
            one
            for one in rows.disputes
            if one.unit == rows.currency and one.status == ACCEPTED and one.outstanding > 0
        ]
        amount = sum((one.outstanding for one in awaited), Decimal(0))
        accepted = (
            f'"You have already accepted "&{_charges("accepted_count")}&" that we disputed before. The '
            f'credit of "&'
            f'{amount_text("accepted_amount")}&" has not reached us: please tell us on which bill it '
            f'will be."'
        )
        said = (
            f"You have already accepted {_counted(len(awaited))} that we disputed before. The credit of "
            f"{_amount(amount, rows.currency)} has not reached us: please tell us on which bill it will be."
        )
        self.formula(
            f'IF(accepted_count=0,"",{accepted})', said if awaited else "", self.plain, lines=2, space=0
        )
        self.sentence(
            "Times are in UTC. Our reference for each charge is the file and row in your bill, as given "
            "below and in "
            "the attached list (sheet Disputes).",
            lines=2,
            space=1,
        )

    def _reasons(self) -> None:
        """Those that have a charge, by their numbers on the summary."""
        self._head((("Reason", 0, 2), ("Charges", 3, 3), ("In question", 4, 4), ("Currency", 5, 5)))
        first, count = reasons_row() + 1, len(REASONS) + 1
        claimed = claimed_of(self.rows)
        labels = [*REASONS.values()]
        named = [
            (label, [one for one in claimed if (one.reason if one.reason in labels else OTHER) == label])
            for label in [*labels, OTHER]
        ]
        shown = [(label, its) for label, its in named if its]
        for number in range(1, count + 1):
            label, its = shown[number - 1] if number <= len(shown) else ("", [])
            found = f"MATCH({number},'{SUMMARY}'!$H${first}:$H${first + count - 1},0)"
            column = f"'{SUMMARY}'!${{0}}${first}:${{0}}${first + count - 1}"
            figures: tuple[Shown, ...] = ("", "", "", "")
            if its:
                amount = sum((one.claimed for one in its), Decimal(0))
                figures = (label, len(its), amount, self.rows.currency)
            formats = ("", styles.COUNT, styles.AMOUNT, "")
            self.sheet.merge_range(self.row, 0, self.row, 2, "", self.look.format(align="left", indent=1))
            for index, letter, value, shape in zip((0, 3, 4), "ABC", figures, formats, strict=False):
                text = f'IFERROR(INDEX({column.format(letter)},{found}),"")'
                self._cell(index, text, value, shape)
            self._cell(5, f'IF($A{self.row + 1}="","",currency)', figures[3], "")
            self.row += 1
        self._lined(count, 5, "A")
        self.row += 1

    def _largest(self) -> None:
        """The largest charges, by their order in the table."""
        columns = (
            (0, "Date", "Date", styles.DAY),
            (1, "Call", "Call id", ""),
            (2, "Billed", "Billed", styles.AMOUNT),
            (3, "Expected", "Expected", styles.AMOUNT),
            (4, "In question", "Claimed", styles.AMOUNT),
            (5, "Currency", "Unit", ""),
            (6, "Reason; place in your bill", "Reason", ""),
        )
        note = f"The largest charges, up to {LISTED}; all of them are in the attached list (sheet {TABLE})."
        self.sentence(note)
        self._head(tuple((head, index, index) for index, head, _, _ in columns))
        ranked = sorted(enumerate(claimed_of(self.rows)), key=lambda one: (-one[1].claimed, one[0]))
        for number in range(1, LISTED + 1):
            one = ranked[number - 1][1] if number <= len(ranked) else None
            at = self.rows.disputes.index(one) + 1 if one else 0
            found = f"IFERROR(MATCH({number},{TABLE}[Order of differences],0),0)"
            write_shown(self.sheet, self.row, _HELPER, found, self.look.note(), at)
            helper = f"$H{self.row + 1}"
            values: dict[str, Shown] = {}
            if one:
                place = f"; {one.billed_place}" if one.billed_place else ""
                values = {
                    "Date": as_number(one.day) if one.day else "",
                    "Call id": one.call_id or one.subject,
                    "Billed": one.billed,
                    "Expected": one.expected,
                    "Claimed": one.claimed,
                    "Unit": one.unit,
                    "Reason": f"{one.reason}{place}",
                }
            for index, _, source, shape in columns:
                value = f"INDEX({TABLE}[{source}],{helper})"
                if source == "Call id":
                    value = f'IF({value}="",INDEX({TABLE}[About],{helper})&"",{value}&"")'
                elif source == "Date":
                    value = f'IF({value}="","",{value})'
                elif source == "Reason":
                    place_of = f"INDEX({TABLE}[Place in the bill],{helper})"
                    value = f'{value}&IF({place_of}="","","; "&{place_of})'
                self._cell(index, f'IF({helper}=0,"",{value})', values.get(source, ""), shape)
            self.row += 1
        self._lined(LISTED, _LAST, "B")

    def _lined(self, rows: int, last: int, filled: str) -> None:
        """A line below each of the rows above that holds something in the column `filled`."""
        first = self.row - rows
        lined = self.book.workbook.add_format({"bottom": 1, "bottom_color": styles.LINE})
        used = {"type": "formula", "criteria": f'=${filled}{first + 1}<>""', "format": lined}
        self.sheet.conditional_format(first, 0, self.row - 1, last, used)

    def _cell(self, index: int, text: str, value: Shown, shape: str) -> None:
        words: dict[str, object] = {"align": "left", "indent": 1}
        if shape == styles.DAY:
            cell_format = self.look.format(num_format=shape, **words)
        elif shape:
            cell_format = self.look.format(num_format=shape, align="right")
        else:
            cell_format = self.look.format(shrink=True, **words)
        write_shown(self.sheet, self.row, index, text, cell_format, value)

    def _head(self, heads: tuple[tuple[str, int, int], ...]) -> None:
        for text, first, last in heads:
            shape = self.look.head(right=text in ("Charges", "Billed", "Expected", "In question"))
            if last > first:
                self.sheet.merge_range(self.row, first, self.row, last, "", shape)
            self.sheet.write_string(self.row, first, text, shape)
        self.row += 1

    def party(self, label: str, lines: int = 1, beside: str = "") -> None:
        """A yellow cell, its label before it where it is printed."""
        typed, blank = self.look.typed(), dict(PARTIES)[label]
        first = 2 if beside else 0
        if beside:
            self.sheet.merge_range(self.row, 0, self.row, 1, beside, self.plain)
        self.sheet.merge_range(self.row, first, self.row, 4, "", typed)
        self.sheet.write_string(self.row, first, blank, typed)
        self.sheet.set_row(self.row, lines * _LINE + 3)
        self.row += 1

    def labelled(self, label: str, text: str, shown: str) -> None:
        self.sheet.merge_range(self.row, 0, self.row, 1, label, self.plain)
        self.sheet.merge_range(self.row, 2, self.row, 4, "", self.plain)
        write_shown(self.sheet, self.row, 2, text, self.plain, shown)
        self.row += 1

    def sentence(self, text: str, *, lines: int = 1, space: int = 0) -> None:
        self.sheet.merge_range(self.row, 0, self.row, _LAST, "", self.plain)
        self.sheet.write_string(self.row, 0, text, self.plain)
        self.sheet.set_row(self.row, lines * _LINE + 2)
        self.row += 1 + space

    def formula(self, text: str, shown: str, cell_format: Format, *, lines: int = 1, space: int = 0) -> None:
        self.sheet.merge_range(self.row, 0, self.row, _LAST, "", cell_format)
        write_shown(self.sheet, self.row, 0, text, cell_format, shown)
        self.sheet.set_row(self.row, lines * _LINE + 3)
        self.row += 1 + space
