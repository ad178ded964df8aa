"""The inputs of a reconciliation workbook: of which provider each file of the bill is, and in which workbook
a sheet stood that was read as it was open."""

from __future__ import annotations

from addin.hosts.report_reading.disputes.cells import Sheets, find_table
from addin.records.open_sheets import workbook_in
from templates.about import INPUT_COLUMNS

_NEEDED = ("Side", "File", "Format", "SHA-256")
_NAMES = [column.header for column in INPUT_COLUMNS]
_MAPPED = "mapped "
"""How the format of a file begins that was read by a column mapping; any other begins with its provider."""
_BILL = "Bill"


class ReadInputs:
    """What the table of inputs says; nothing where it is gone."""

    def __init__(self, name: str, sheets: Sheets) -> None:
        table = find_table(name, sheets, _NEEDED, _NAMES)
        self._formats: dict[str, str] = {}
        self._workbooks: dict[str, str] = {}
        for line in table.lines() if table is not None else ():
            file = line.text("File")
            if line.text("Side") == _BILL:
                self._formats[file] = line.text("Format")
            if workbook := workbook_in(line.text("Remark")):
                self._workbooks[file] = workbook

    def place(self, place: str) -> str:
        """A place with the workbook before the sheet that it names.

        `sheet Log:12` becomes `calls.xlsx, sheet Log:12`.
        """
        file, _, row = place.rpartition(":")
        workbook = self._workbooks.get(file)
        return f"{workbook}, {file}:{row}" if workbook else place

    def providers(self, named: str) -> dict[str, str]:
        """The provider of each file of the bill, of those that the summary names; a file whose provider
        cannot be told is not there."""
        several = [one.strip() for one in named.split(",")]
        found = {
            self.place(f"{file}:1").rpartition(":")[0]: next(
                (one for one in several if form.casefold().startswith(f"{one.casefold()} ")), ""
            )
            for file, form in self._formats.items()
        }
        mapped = [file for file, form in self._formats.items() if form.startswith(_MAPPED)]
        others = [one for one in several if one not in found.values()]
        if len(others) == 1:
            found.update({self.place(f"{file}:1").rpartition(":")[0]: others[0] for file in mapped})
        return {file: one for file, one in found.items() if one}
