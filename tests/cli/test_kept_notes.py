"""`tollsheet reconcile --force`: what people wrote in the workbook is kept, or it is not replaced."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from tests.cli.test_commands import HEADER, tollsheet

ROW = "CA{},+15005550006,+44770090012{},Outgoing API,Phone,Completed,61,12:00:00 UTC 2026-09-10,,,{},USD"
PRICES = {1: "-0.02800", 2: "-0.05000", 3: "-0.03000"}


class Month:
    """Three calls, those of `others` billed at another price."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.out = folder, folder / "september.xlsx"
        (folder / "log.csv").write_text("\n".join([HEADER, *(ROW.format(n, n, "-0.02800") for n in PRICES)]))

    def run(self, *options: object, others: tuple[int, ...] = (2, 3)) -> Any:
        rows = [ROW.format(n, n, PRICES[n if n in others else 1]) for n in PRICES]
        bill = self.folder / f"bill{len(others)}.csv"
        if not bill.exists():
            bill.write_text("\n".join([HEADER, *rows]))
        sides = ("--calls", self.folder / "log.csv", "--billed", bill)
        return tollsheet("reconcile", "--month", "2026-09", *sides, "-o", self.out, *options)

    def change(self, change: Callable[[Any], None]) -> None:
        book = load_workbook(self.out)
        change(book)
        book.save(self.out)

    def notes(self, sheet: str = "Findings") -> dict[str, list[Any]]:
        """Status, Owner and Note by call id."""
        rows = [*load_workbook(self.out)[sheet].iter_rows(values_only=True)]
        at = next(index for index, row in enumerate(rows) if "Call id" in row and "Status" in row)
        call, status = rows[at].index("Call id"), rows[at].index("Status")
        return {row[call]: [*row[status : status + 3]] for row in rows[at + 1 :] if row[status]}


def write(book: Any) -> None:
    sheet = book["Findings"]
    heads = {cell.value: cell.column for cell in sheet[4]}
    for row in range(5, sheet.max_row + 1):
        call = sheet.cell(row, heads["Call id"]).value
        for offset, text in enumerate(("disputed", "Ada", f"ticket {call}")):
            sheet.cell(row, heads["Status"] + offset).value = text
    book["Sign-off"]["B5"] = "Ada"


@pytest.fixture
def month(tmp_path: Path) -> Month:
    """Built once, with notes and a name in it."""
    month = Month(tmp_path)
    assert month.run().returncode == 1
    month.change(write)
    return month


def test_notes_and_names_are_kept_and_it_is_said(month: Month) -> None:
    done = month.run("--force")
    assert done.returncode == 1
    assert month.notes() == {f"CA{n}": ["disputed", "Ada", f"ticket CA{n}"] for n in (2, 3)}
    assert load_workbook(month.out)["Sign-off"]["B5"].value == "Ada"
    assert "2 notes kept beside their findings." in done.stdout
    assert "Names on the sign-off were kept; dates and signatures were not" in done.stdout
    before = month.out.read_bytes()
    assert month.run("--force").returncode == 1
    assert month.out.read_bytes() == before


def test_a_note_without_its_finding_is_kept_apart(month: Month) -> None:
    done = month.run("--force", others=(2,))
    assert '1 note whose finding is gone: see the sheet "Earlier notes".' in done.stdout
    assert [*month.notes()] == ["CA2"]
    assert month.notes("Earlier notes") == {"CA3": ["disputed", "Ada", "ticket CA3"]}
    month.run("--force")
    assert [*month.notes()] == ["CA2", "CA3"]


def own_column(book: Any) -> None:
    sheet = book["Findings"]
    column = sheet.max_column + 1
    sheet.cell(4, column).value, sheet.cell(5, column).value = "Mine", "text"


def lose_header(book: Any) -> None:
    book["Findings"].delete_rows(4)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (own_column, 'september.xlsx holds the column "Mine", which a new reconciliation would not have'),
        (lambda book: book.create_sheet("My sums"), 'holds the sheet "My sums"'),
        (lose_header, 'The sheet "Findings" has lost the row with its column names'),
    ],
)
def test_nothing_is_replaced_that_would_be_lost(
    change: Callable[[Any], None], said: str, month: Month
) -> None:
    month.change(change)
    before = month.out.read_bytes()
    done = month.run("--force")
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr
    assert month.out.read_bytes() == before


def test_what_is_no_reconciliation_is_replaced_as_asked(month: Month) -> None:
    Workbook().save(month.out)
    assert month.run("--force").returncode == 1
    assert month.notes() == {}
    month.out.write_text("no workbook")
    assert month.run("--force").returncode == 1


@pytest.mark.parametrize(("lock", "program"), [(".~lock.{}#", "LibreOffice"), ("~${}", "Excel")])
def test_a_workbook_that_is_open_is_not_replaced(lock: str, program: str, month: Month) -> None:
    before = month.out.read_bytes()
    beside = month.out.with_name(lock.format(month.out.name))
    beside.write_text("")
    done = month.run("--force")
    assert done.returncode == 2
    assert f"september.xlsx is open in {program}. Close september.xlsx there" in done.stderr
    assert month.out.read_bytes() == before
    beside.unlink()
    assert month.run("--force").returncode == 1
