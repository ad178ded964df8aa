"""The sheets Invoice and Accrual: from the expected calls to the invoice, and the lines for the books."""

from __future__ import annotations

from collections import Counter

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from addin.reconcile.duplicates import OLDER
from addin.reconcile.lines import BILLED, DUPLICATES, EXPECTED, OUTSIDE
from addin.reconcile.month_end.invoice import (
    ALL_USAGE,
    BILLED_CALLS,
    COPIES,
    EXPECTED_CALLS,
    OTHER_MONTHS,
    REST,
    SUM,
    TOTAL,
    USAGE,
)
from addin.reports.reconciliation.month_end import AccrualRow, InvoiceLine, InvoiceTie
from templates import look as styles
from templates.decimals import Decimals, number_format
from templates.grid import AMOUNT, FIRST_ROW, HEADER_ROW, TEXT, Column, Kind, write_table
from templates.look import Look, set_title, set_up_page
from templates.reconciliation.formulas import (
    COST,
    LONGEST_CRITERION,
    Live,
    Totals,
    criterion,
    rounded,
    total,
    usage_total,
)
from templates.reconciliation.tables import NO, NO_CURRENCY, ON_INVOICE, YES, Tables
from templates.report_names import INVOICE_REST, INVOICE_SUM, INVOICE_TOTAL, suffixes
from templates.text import cell_text, text_lines

INVOICE, ACCRUAL = "Invoice", "Accrual"
_WIDTHS = (34, 18, 11, 12, 38, 56)
_HEADS = ("Line", "Amount", "In the sum", "Currency", "Account", "What it is")
_WHY = Kind(widest=70, wraps=True)
_SHOWN = Decimals(2, 10)


def write_invoice(sheet: Worksheet, look: Look, tables: Tables, live: Live) -> None:
    """One block a currency, each line live where its rows are in the workbook."""
    report = tables.report
    set_up_page(sheet, report.month)
    note = "Lines in the sum add up to the invoice. A category is never added beside one that contains it."
    set_title(sheet, look, INVOICE, note)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    row = HEADER_ROW
    ends = suffixes([tie.currency for tie in report.ties])
    for tie, end in zip(report.ties, ends, strict=True):
        row = _Block(sheet, look, tables, live, tie, row, end).write() + 2


class _Block:
    """The tie of one currency."""

    def __init__(
        self, sheet: Worksheet, look: Look, tables: Tables, live: Live, tie: InvoiceTie, row: int, end: str
    ) -> None:
        self.sheet, self.look, self.tables, self.live = sheet, look, tables, live
        self.tie, self.head, self.end = tie, row, end
        report = tables.report
        known = {bridge.currency for bridge in report.bridges}
        known |= {row.currency for row in report.billed_usage}
        self.currency = tie.currency if tie.currency in known else None
        """As the rows have it: the invoice alone may name one."""
        amounts = [line.cost for line in tie.lines] + [tie.sum, tie.total, tie.rest]
        self.shown = number_format(_SHOWN.of(set(amounts)), is_signed=False)

    def write(self) -> int:
        """Write the block; gives the row of its last line."""
        for column, head in enumerate(_HEADS):
            self.sheet.write_string(self.head, column, head, self.look.head(right=column == 1))
        self.sheet.set_row(self.head, 20)
        row = self.head
        for row, line in enumerate(self.tie.lines, self.head + 1):
            self._line(row, line, self._formula(line))
        last = row
        amounts, marks = (xl_range(self.head + 1, column, last, column) for column in (1, 2))
        whole = InvoiceLine(SUM, SUM, self.tie.sum, False, "all lines that are marked yes", "", "")
        formula = rounded(f'SUMIFS({amounts},{marks},"{YES}")') if self.tie.lines else ""
        self._line(last + 1, whole, formula)
        self._name(INVOICE_SUM, last + 1)
        if self.tie.total is None:
            return last + 1
        given = InvoiceLine(TOTAL, TOTAL, self.tie.total, False, "as the invoice says", "", "")
        self._line(last + 2, given, "")
        self._name(INVOICE_TOTAL, last + 2)
        note = "invoice total less the sum of the lines; 0 is a full tie"
        if self.tie.equals:
            note += f". It is {self.tie.equals}: if the invoice holds that, give it as a line"
        rest = InvoiceLine(REST, REST, self.tie.rest, False, note, "", "")
        cells = [xl_rowcol_to_cell(last + offset, 1) for offset in (2, 1)]
        self._line(last + 3, rest, rounded(f"{cells[0]}-{cells[1]}"))
        self._name(INVOICE_REST, last + 3)
        alarm = {"type": "cell", "criteria": "!=", "value": 0, "format": self.look.alarm()}
        self.sheet.conditional_format(last + 3, 1, last + 3, 1, alarm)
        return last + 3

    def _name(self, name: str, row: int) -> None:
        self.look.workbook.define_name(f"{name}{self.end}", f"='{self.sheet.name}'!$B${row + 1}")

    def _line(self, row: int, line: InvoiceLine, formula: str) -> None:
        is_sum = line.kind in (BILLED_CALLS, EXPECTED_CALLS, ALL_USAGE, SUM, TOTAL, REST)
        fill = {"bold": True, "bg_color": styles.PALE} if is_sum else {}
        name = cell_text(f"{line.name[:1].upper()}{line.name[1:]}" if is_sum else line.name)
        words = self.look.words(text_wrap=True, **fill)
        inner = self.look.body(text_wrap=True, align="left", indent=1 if is_sum else 2, **fill)
        self.sheet.write_string(row, 0, name, inner)
        self.live.write(self.sheet, row, 1, formula, line.cost, self.look.figure(self.shown, **fill))
        mark = "" if line.kind in (SUM, TOTAL, REST) else YES if line.adds else NO
        texts = (mark, self.tie.currency or NO_CURRENCY, line.account, line.note)
        for column, text in enumerate(texts, 2):
            self.sheet.write_string(row, column, cell_text(text), words)
        lines = max(text_lines(name, _WIDTHS[0] - 3), text_lines(line.note, _WIDTHS[5] - 2))
        self.sheet.set_row(row, 13 * lines + 4)

    def _formula(self, line: InvoiceLine) -> str:
        tables = self.tables
        totals = Totals(tables, self.currency)
        if line.step == EXPECTED:
            return _expected_cost(tables, self.currency)
        if line.step == BILLED:
            return rounded(totals.billed(COST), tables.cost_places)
        if line.step:
            return self._step(line, totals)
        if line.kind == USAGE and line.cost is not None:
            return self._usage(line)
        if line.kind == ALL_USAGE:
            return self._all_usage()
        if line.kind in (OTHER_MONTHS, COPIES):
            return self._left_out(line)
        return ""

    def _left_out(self, line: InvoiceLine) -> str:
        """Rows of the bill that left at a step; a version that a later one replaced is no copy."""
        where = [
            f"Billed[Currency],{criterion(self.currency or NO_CURRENCY)}",
            f"Billed[Step],{criterion(OUTSIDE if line.kind == OTHER_MONTHS else DUPLICATES)}",
            *([f'Billed[Remark],"<>{OLDER}*"'] if line.kind == COPIES else []),
        ]
        return rounded(f"SUMIFS(Billed[Cost],{','.join(where)})")

    def _step(self, line: InvoiceLine, totals: Totals) -> str:
        """A step of the bridge, by its name in the cell; `unexplained` from the two totals."""
        row = self.head + 1 + self.tie.lines.index(line)
        cells = {
            one.step: xl_rowcol_to_cell(self.head + 1 + index, 1, True, True)
            for index, one in enumerate(self.tie.lines)
            if one.step in (EXPECTED, BILLED)
        }
        return totals.step(line.step, COST, f"$A{row + 1}", "", cells)

    def _usage(self, line: InvoiceLine) -> str:
        """The records of the category; of an account where several have it."""
        table = self.tables.usage_name
        if max(len(line.name), len(line.account)) > LONGEST_CRITERION:
            return ""
        where = [
            f"{table}[Currency],{criterion(self.currency or NO_CURRENCY)}",
            f"{table}[Category],{criterion(line.name)}",
            f'{table}[{ON_INVOICE}],"{"line" if line.adds else "contained"}"',
        ]
        names = Counter(one.name for one in self.tie.lines if one.kind == USAGE)
        if names[line.name] > 1:
            account = criterion(line.account) if line.account else '"="'
            where.append(f"{table}[Account],{account}")
        return rounded(usage_total(COST, table, ",".join(where)))

    def _all_usage(self) -> str:
        kinds = [line.kind for line in self.tie.lines]
        base = BILLED_CALLS if BILLED_CALLS in kinds else EXPECTED_CALLS
        parts = [xl_rowcol_to_cell(self.head + 1 + kinds.index(base), 1)] if base in kinds else []
        rows = [self.head + 1 + index for index, kind in enumerate(kinds) if kind == USAGE]
        if rows:
            amounts, marks = (xl_range(rows[0], column, rows[-1], column) for column in (1, 2))
            parts.append(f'SUMIFS({amounts},{marks},"{YES}")')
        return rounded("+".join(parts))


def _expected_cost(tables: Tables, currency: str | None) -> str:
    where = f"Calls[Currency],{criterion(currency or NO_CURRENCY)},Calls[Step],{criterion(EXPECTED)}"
    return rounded(total(COST, "Calls", where), tables.cost_places)


ACCRUAL_COLUMNS: tuple[Column[AccrualRow], ...] = (
    Column("Period", TEXT, lambda row: row.period),
    Column("Account", TEXT, lambda row: row.account or "(no account)", narrowest=14),
    Column("Currency", TEXT, lambda row: row.currency or NO_CURRENCY),
    Column("Amount", AMOUNT, lambda row: row.amount, narrowest=12, group="cost"),
    Column("Basis", TEXT, lambda row: row.basis, narrowest=12),
    Column("Calls expected", AMOUNT, lambda row: row.expected, group="cost"),
    Column("Calls billed", AMOUNT, lambda row: row.billed, group="cost"),
    Column("Beyond the bill", AMOUNT, lambda row: row.beyond, group="cost"),
    Column("Calls counted", AMOUNT, lambda row: row.counted, group="cost"),
    Column("Other usage", AMOUNT, lambda row: row.other, group="cost"),
    Column("Other lines", AMOUNT, lambda row: row.given, group="cost"),
    Column("Why", _WHY, lambda row: row.why, narrowest=50),
)
_AMOUNT, _EXPECTED, _BILLED, _BEYOND, _COUNTED = 3, 5, 6, 7, 8


def write_accrual(sheet: Worksheet, look: Look, tables: Tables, live: Live) -> None:
    """One line for the books per account and currency: Amount = calls counted + other usage + other lines;
    where the bill has prices, calls counted = billed + expected beyond the bill."""
    report = tables.report
    set_up_page(sheet, report.month)
    note = (
        f"What {report.month} is to be charged with. Up to where an account's bill reaches, the bill counts; "
    )
    note += "beyond it what is expected is accrued."
    set_title(sheet, look, ACCRUAL, note)
    rows = report.accruals
    formats = write_table(sheet, look, "Accruals", ACCRUAL_COLUMNS, rows).formats
    sheet.freeze_panes(FIRST_ROW, 0)
    lines = Counter(row.currency for row in rows)
    for number, row in enumerate(rows, FIRST_ROW):
        cells = [xl_rowcol_to_cell(number, column) for column in (_COUNTED, _COUNTED + 1, _COUNTED + 2)]
        live.write(sheet, number, _AMOUNT, rounded("+".join(cells)), row.amount, formats[_AMOUNT])
        if lines[row.currency] == 1 and row.currency in [bridge.currency for bridge in report.bridges]:
            totals = Totals(tables, row.currency)
            formula = _expected_cost(tables, row.currency)
            live.write(sheet, number, _EXPECTED, formula, row.expected, formats[_EXPECTED])
            formula = rounded(totals.billed(COST), tables.cost_places)
            live.write(sheet, number, _BILLED, formula, row.billed, formats[_BILLED])
        formula = "+".join(xl_rowcol_to_cell(number, column) for column in _counted_columns(row))
        live.write(
            sheet, number, _COUNTED, rounded(formula) if formula else "", row.counted, formats[_COUNTED]
        )


def _counted_columns(row: AccrualRow) -> tuple[int, ...]:
    """The columns whose sum is what counts of the calls."""
    if row.billed is not None:
        return _BILLED, _BEYOND
    if row.beyond == row.counted:
        return (_BEYOND,)
    return (_EXPECTED,) if row.expected == row.counted else ()
