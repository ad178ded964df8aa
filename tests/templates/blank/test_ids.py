"""How ids are compared: blanks around them, numbers for text, and what cannot be compared is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from addin.hosts.blank_templates import blank_path
from templates.blank.made import BLANKS
from templates.shared import ids
from tests.templates.blank.planted import Opened

AROUND = (" {} ", "\u00a0{}", "{}\u202f", "{}\u2007")
around = pytest.mark.parametrize("written", AROUND)
odd = pytest.mark.parametrize(
    ("value", "said"),
    [
        ("'4.48E+11", ids.SHORTENED),
        ("1234567890123456", ids.SHORTENED),
        ("'" + "x" * 200, ids.TOO_LONG),
        ("'1.5E+Q", ""),
        ("447700900123", ""),
    ],
)


def opened(name: str) -> Opened:
    path: Path = blank_path(next(one for one in BLANKS if one.name == name))
    return Opened(path)


def id_of(book: Opened, table: str, row: int, header: str = "Call id") -> str:
    return str(book.value(book.cell(table, header, row)))


@around
@pytest.mark.parametrize("table", ["Calls", "Billed"])
def test_blanks_around_an_id_leave_an_investigation_as_it_is(written: str, table: str) -> None:
    book = opened("investigation")
    before = {row: book.value(book.cell("Billed", "Log row", row)) for row in range(1, 10)}
    assert before[4] != ""
    row = 4 if table == "Billed" else int(before[4])
    book.type(book.cell(table, "Call id", row), "'" + written.format(id_of(book, table, row)))
    assert {row: book.value(book.cell("Billed", "Log row", row)) for row in before} == before
    assert book.failing() == set()
    book.in_setting("call_chosen", "'" + written.format(book.value(book.cell("Billed", "Key", 4))))
    assert book.value("record_row") == 4


@around
@pytest.mark.parametrize("table", ["Calls", "Billed"])
def test_blanks_around_an_id_leave_a_reconciliation_as_it_is(written: str, table: str) -> None:
    book = opened("reconciliation")
    rows = [row for row in range(1, 8) if book.value(book.cell("Billed", "Log row", row))]
    before = {row: book.value(book.cell("Billed", "Step", row)) for row in rows}
    at = rows[0] if table == "Billed" else int(book.value(book.cell("Billed", "Log row", rows[0])))
    book.type(book.cell(table, "Call id", at), "'" + written.format(id_of(book, table, at)))
    assert {row: book.value(book.cell("Billed", "Step", row)) for row in rows} == before
    assert book.failing() == set()


@around
@pytest.mark.parametrize(
    ("name", "table", "header"), [("rating", "Calls", "Call id"), ("storage", "Recordings", "Recording id")]
)
def test_a_copy_is_told_whatever_stands_around_its_id(
    written: str, name: str, table: str, header: str
) -> None:
    book = opened(name)
    book.type(book.cell(table, header, 3), "'" + written.format(id_of(book, table, 1, header)))
    assert book.value(book.cell(table, "Copy of row", 3)) == 1
    assert book.failing() == {"check_copies", "check_all"}


@pytest.mark.parametrize(
    ("name", "table", "header"), [("rating", "Calls", "Call id"), ("storage", "Recordings", "Recording id")]
)
def test_a_number_and_its_digits_as_text_are_one_id(name: str, table: str, header: str) -> None:
    book = opened(name)
    book.type(book.cell(table, header, 1), "1234567")
    book.type(book.cell(table, header, 2), "'1234567")
    assert book.value(book.cell(table, "Copy of row", 2)) == 1


@odd
@pytest.mark.parametrize(
    ("name", "table", "header"),
    [
        ("rating", "Calls", "Call id"),
        ("storage", "Recordings", "Recording id"),
        ("investigation", "Calls", "Call id"),
        ("investigation", "Billed", "Call id"),
    ],
)
def test_an_id_that_cannot_be_compared_is_said(
    value: str, said: str, name: str, table: str, header: str
) -> None:
    book = opened(name)
    book.type(book.cell(table, header, 1), value)
    assert book.value(book.cell(table, "Id problem", 1)) == said
    check = "check_bill_ids" if table == "Billed" else "check_ids"
    assert book.value(check) is (said == "")


@odd
@pytest.mark.parametrize("table", ["Calls", "Billed"])
def test_a_reconciliation_says_it_too(value: str, said: str, table: str) -> None:
    book = opened("reconciliation")
    book.type(book.cell(table, "Call id", 1), value)
    assert book.value(book.cell(table, "To check", 1)) == said
    assert book.value(f"check_{table.lower()}") is (said == "")


@odd
def test_charges_of_which_the_id_is_not_whole_are_said(value: str, said: str) -> None:
    book = opened("billing-report")
    row = next(n for n in range(1, 9) if book.value(book.cell("Charges", "Outcome", n)) == "counted")
    book.type(book.cell("Charges", "Call id", row), value)
    assert book.value("check_ids") is (said == "")


@around
def test_a_copy_of_a_charge_is_told_whatever_stands_around_its_id_and_names(written: str) -> None:
    book = opened("billing-report")
    row = next(n for n in range(1, 9) if book.value(book.cell("Charges", "Outcome", n)) == "counted")
    outcomes = {n: book.value(book.cell("Charges", "Outcome", n)) for n in range(1, 9)}
    failing, total = book.failing(), book.value("total_cost")
    for header in ("Agent", "Country"):
        text = id_of(book, "Charges", row, header)
        book.type(book.cell("Charges", header, row), "'" + written.format(text) if text else "")
    assert {n: book.value(book.cell("Charges", "Outcome", n)) for n in range(1, 9)} == outcomes
    assert (book.failing(), book.value("total_cost")) == (failing, total)
    its_key = book.value(book.cell("Charges", "Copy key", row))
    text = id_of(book, "Charges", row)
    book.type(book.cell("Charges", "Call id", row), "'" + written.format(text))
    assert book.value(book.cell("Charges", "Copy key", row)) == its_key


@pytest.mark.parametrize("name", ["investigation", "reconciliation"])
@pytest.mark.parametrize(("text", "number"), [("Calls", "Billed"), ("Billed", "Calls")])
@pytest.mark.parametrize("lost", ["12345", "'12345"])
def test_zeros_that_one_side_has_lost_are_said(name: str, text: str, number: str, lost: str) -> None:
    """Also where a file had lost them: what is filled in is text."""
    book = opened(name)
    book.type(book.cell(text, "Call id", 2), "'0012345")
    book.type(book.cell(number, "Call id", 2), lost)
    assert book.value(book.cell(text, "Id problem", 2)) == ids.ZEROS
    check = {"Calls": "check_ids", "Billed": "check_bill_ids"}[text]
    assert book.value(check if name == "investigation" else f"check_{text.lower()}") is False


@pytest.mark.parametrize("name", ["investigation", "reconciliation"])
def test_ids_with_and_without_zeros_are_two_where_both_sides_have_both(name: str) -> None:
    book = opened(name)
    for table in ("Calls", "Billed"):
        book.type(book.cell(table, "Call id", 1), "'0012345")
        book.type(book.cell(table, "Call id", 2), "'12345")
    found = {book.value(book.cell(table, "Id problem", n)) for table in ("Calls", "Billed") for n in (1, 2)}
    assert ids.ZEROS not in found
    book.type(book.cell("Calls", "Call id", 1), "'99")
    assert book.value(book.cell("Billed", "Id problem", 1)) != ids.ZEROS, "the other one is a call of its own"


def test_ids_that_differ_in_capitals_only_are_said() -> None:
    book = opened("investigation")
    for table in ("Calls", "Billed"):
        book.type(book.cell(table, "Call id", 2), "'abC")
        book.type(book.cell(table, "Call id", 3), "'abc")
        assert book.value(book.cell(table, "Id problem", 3)) == ids.CAPITALS
    assert {"check_ids", "check_bill_ids"} <= book.failing()


def test_a_dispute_is_there_twice_whatever_stands_around_its_id() -> None:
    book = opened("dispute")
    for header in ("Call id", "Date", "Reason", "Unit"):
        value = book.value(book.cell("Disputes", header, 1))
        book.type(book.cell("Disputes", header, 2), f"{value}\u00a0" if header == "Call id" else f"{value}")
    assert book.value(book.cell("Disputes", "To check", 2)) == "The same dispute twice"
