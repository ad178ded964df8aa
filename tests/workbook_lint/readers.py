"""A table of a workbook as analysts read it: by pandas, polars, fastexcel and calamine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import fastexcel
import pandas
import polars
from python_calamine import CalamineWorkbook

from tests.workbook_lint.book import Book

KINDS = {"i": "number", "u": "number", "f": "number", "M": "date", "O": "text", "T": "text", "U": "text"}
"""What pandas' kinds of columns hold here; a column of texts is of kind O, or T since pandas 3."""


NUMBERS_OF_TELEPHONES = ("From", "To")
"""pandas makes numbers of texts that all look like numbers, unless it is told: see docs/workbook.md."""


@dataclass
class Frame:
    """The columns of a table: what they hold, and their kind as the reader sees it."""

    columns: dict[str, list[Any]]
    kinds: dict[str, str]  # number, date, text

    def __getitem__(self, column: str) -> list[Any]:
        return self.columns[column]

    def where(self, column: str, **wanted: str) -> list[Any]:
        """The values of a column in the rows that hold what is wanted."""
        pairs = [(name.replace("_", " ").capitalize(), value) for name, value in wanted.items()]
        rows = range(len(self.columns[column]))
        return [
            self.columns[column][row]
            for row in rows
            if all(self.columns[name][row] == value for name, value in pairs)
        ]


def by_pandas(engine: str) -> Callable[[Path, str], Frame]:
    """Reading by pandas, with the rows that the table has."""

    def read(path: Path, name: str) -> Frame:
        table = next(one for one in Book(path).tables if one.name == name)
        frame = pandas.read_excel(
            path,
            sheet_name=table.sheet.name,
            header=table.area.top - 1,
            usecols=range(table.area.left - 1, table.area.right),
            nrows=len(table.body),
            dtype=dict.fromkeys(NUMBERS_OF_TELEPHONES, str),
            engine=engine,
        )
        columns = {column: [_plain(value) for value in frame[column]] for column in frame.columns}
        return Frame(columns, {column: _kind(frame[column].dtype) for column in frame.columns})

    return read


def by_polars(path: Path, name: str) -> Frame:
    return _of_polars(polars.read_excel(path, table_name=name))


def by_fastexcel(path: Path, name: str) -> Frame:
    return _of_polars(fastexcel.read_excel(path).load_table(name).to_polars())


def by_calamine(path: Path, name: str) -> Frame:
    """Reading by calamine alone, which has no types of columns: those that all its values have."""
    table = CalamineWorkbook.from_path(path, load_tables=True).get_table_by_name(name)
    values = zip(*table.to_python(), strict=True)
    columns = {
        column: [_plain(value) for value in held] for column, held in zip(table.columns, values, strict=True)
    }
    return Frame(columns, {column: _kind_of(held) for column, held in columns.items()})


READERS: dict[str, Callable[[Path, str], Frame]] = {
    "pandas, openpyxl": by_pandas("openpyxl"),
    "pandas, calamine": by_pandas("calamine"),
    "polars": by_polars,
    "fastexcel": by_fastexcel,
    "calamine": by_calamine,
}


def _of_polars(frame: polars.DataFrame) -> Frame:
    columns = {column: [_plain(value) for value in frame[column]] for column in frame.columns}
    kinds = {
        column: "number" if kind.is_numeric() else "date" if kind.is_temporal() else "text"
        for column, kind in frame.schema.items()
    }
    return Frame(columns, kinds)


def _kind(dtype: Any) -> str:
    return KINDS.get("T" if isinstance(dtype, pandas.StringDtype) else dtype.kind, str(dtype))


def _kind_of(values: list[Any]) -> str:
    kinds = {type(value) for value in values if value is not None}
    return {float: "number", datetime: "date", str: "text"}.get(
        kinds.pop() if len(kinds) == 1 else type(None), "mixed or blank"
    )


def _plain(value: Any) -> Any:
    """A value without what its library adds: blank, a number, an instant to the second, a text, a truth."""
    if value is None or value is pandas.NaT or value == "" or value != value:
        return None
    if isinstance(value, (datetime, pandas.Timestamp)):
        return datetime.fromisoformat(str(value)).replace(microsecond=0)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    return value if isinstance(value, (str, bool)) else float(value)
