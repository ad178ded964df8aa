"""XlsxWriter's workbook for long tables: one formula in thousands of cells, rows by the million."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from xlsxwriter.sharedstrings import SharedStringTable
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

if TYPE_CHECKING:
    from templates.spliced import OnRows
    from templates.streamed import StreamedTable

_WITHOUT_DIGITS = dict.fromkeys(map(ord, "0123456789"))


class _Texts(SharedStringTable):  # type: ignore[misc]  # XlsxWriter has no types
    def _get_shared_string_index(self, string: str) -> int:
        """XlsxWriter takes text that begins and ends like its own formatted text for that: a caller's name
        could break the file, or hide in it. No sheet here has formatted text."""
        if string.startswith("<r>") and string.endswith("</r>"):
            string = f'<r><t xml:space="preserve">{escape(string)}</t></r>'
        index: int = super()._get_shared_string_index(string)
        return index


class _Sheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    names_cells = False
    dim_rowmin: Any
    dim_rowmax: Any

    def __init__(self) -> None:
        super().__init__()
        self._stay: dict[str, bool] = {}
        """Whether a formula is written as it is, by its text without digits: so it looks in every row."""
        self.streamed: list[StreamedTable[Any]] = []
        """Tables whose rows are put into the file at the end, from the top down."""

    def _write_rows(self) -> None:
        """The rows around those that are put in later."""
        first, last = self.dim_rowmin, self.dim_rowmax
        for table in self.streamed:
            self.dim_rowmax = table.rows.start - 1
            super()._write_rows()
            if table.prepare():
                self.fh.write(table.mark)
            self.dim_rowmin, self.dim_rowmax = table.rows.stop, last
        if self.dim_rowmin <= last:
            super()._write_rows()
        self.dim_rowmin = first

    def _prepare_formula(self, formula: str, *options: Any, **named: Any) -> str:
        """XlsxWriter looks for thirty newer functions in each: for a long formula half a millisecond."""
        shape = formula.translate(_WITHOUT_DIGITS)
        if not (options or named) and self._stay.get(shape):
            return formula.removeprefix("=")
        made: str = super()._prepare_formula(formula, *options, **named)
        self._stay[shape] = made == formula.removeprefix("=")
        return made


class _SheetToCopy(_Sheet):
    names_cells = True


class RepeatingWorkbook(Workbook):  # type: ignore[misc]  # XlsxWriter has no types
    """The same cells, sooner."""

    worksheet_class = _Sheet
    filename: Any

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.str_table = _Texts()
        self.on_rows: OnRows = _nobody

    def close(self) -> None:
        tables = [table for sheet in self.worksheets() for table in streamed_on(sheet)]
        for table in tables:
            if any(row in table.rows for row in table.sheet.table):
                raise IndexError(f"a cell of {table.sheet.name} stands in a row that is made later")
        if not tables:
            super().close()
            return
        from templates.spliced import splice

        path = Path(self.filename)
        with TemporaryDirectory(dir=self.tmpdir) as folder:
            self.filename = Path(folder, "without-rows.xlsx")
            super().close()
            splice(self.filename, path, tables, self.on_rows)


def _nobody(rows: int, share: float) -> None:
    """Where nobody is told."""


class WorkbookToCopy(RepeatingWorkbook):
    """Its sheets go into an open workbook.

    Formulas of a row name cells of the row ($F5) in place of columns of their table: programs copy them with
    their sheet, where LibreOffice takes formulas over a table one by one, ten thousand in some minutes.
    """

    worksheet_class = _SheetToCopy


def can_stream(sheet: Worksheet) -> bool:
    """Whether rows may be put into a sheet at the end; of any sheet."""
    return isinstance(sheet, _Sheet)


def streamed_on(sheet: Worksheet) -> list[StreamedTable[Any]]:
    """The tables whose rows are put into a sheet at the end; of any sheet."""
    return sheet.streamed if isinstance(sheet, _Sheet) else []


def names_cells(sheet: Worksheet) -> bool:
    """Whether formulas of a row are to name cells; of any sheet."""
    return isinstance(sheet, _Sheet) and sheet.names_cells
