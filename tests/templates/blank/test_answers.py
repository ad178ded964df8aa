"""The small tables of words: which row counts is never a matter of luck."""

from __future__ import annotations

import pytest

from addin.billing.lines import DIALER, UNKNOWN_KIND
from tests.templates.blank.planted import Opened
from tests.templates.blank.test_ids import opened

STATUSES = "Statuses", "Status", "Charged"
TYPES = "Types", "Word", "Table"
tables = pytest.mark.parametrize(
    ("name", "columns", "check", "answers"),
    [
        ("rating", STATUSES, "check_status_words", ("yes", "no")),
        ("investigation", STATUSES, "check_status_words", ("yes", "no")),
        ("billing-report", TYPES, "check_type_words", (DIALER, "none")),
    ],
)


def type_row(book: Opened, columns: tuple[str, str, str], row: int, word: str, answer: str) -> str:
    table, head, answer_head = columns
    book.type(book.cell(table, head, row), word)
    book.type(book.cell(table, answer_head, row), answer)
    return str(book.value(book.cell(table, "Problem", row)))


@tables
def test_a_word_with_two_answers_is_said_and_with_one_twice_is_not(
    name: str, columns: tuple[str, str, str], check: str, answers: tuple[str, str]
) -> None:
    book = opened(name)
    assert type_row(book, columns, 1, "some_word", answers[0]) == ""
    assert type_row(book, columns, 3, "Some word", answers[0].upper()) == ""
    assert book.value(check) is True
    assert type_row(book, columns, 3, "Some word", answers[1]).startswith("Row 5: another answer")
    assert book.value(check) is False


@tables
@pytest.mark.parametrize(
    ("word", "answer", "said"),
    [
        ("some", "", "is none of"),
        ("some", "perhaps", "is none of"),
        ("-", "0", "is blank"),
        ("", "0", "is blank"),
        ("=1/0", "0", "is an error"),
        ("", "", ""),
    ],
)
def test_a_row_without_a_word_or_an_answer_is_said(
    word: str, answer: str, said: str,
    name: str, columns: tuple[str, str, str], check: str, answers: tuple[str, str],
) -> None:  # fmt: skip
    book = opened(name)
    shown = type_row(book, columns, 3, word, answers[0] if answer == "0" else answer)
    assert said in shown
    assert (shown == "") is (said == "")
    assert book.value(check) is (said == "")


@pytest.mark.parametrize("answer", ["", "perhaps"])
def test_a_type_without_a_table_is_in_no_total(answer: str) -> None:
    book = opened("billing-report")
    row = next(n for n in range(1, 9) if book.value(book.cell("Charges", "Outcome", n)) == "counted")
    type_row(book, TYPES, 1, "odd_kind", answer)
    book.type(book.cell("Charges", "Type", row), "odd kind")
    assert book.value(book.cell("Charges", "Outcome", row)) == UNKNOWN_KIND
    assert {"check_types", "check_type_words"} <= book.failing()
    assert book.value("check_results") is True
    type_row(book, TYPES, 1, "odd_kind", DIALER)
    assert book.value(book.cell("Charges", "Outcome", row)) == "counted"
