"""How formulas are read: what is taken for one, and what a function is called in a file."""

from __future__ import annotations

import pytest
from xlsxwriter.worksheet import Worksheet

from tests.workbook_lint.formulas import NEW, OLD, SINCE_2010, parser_says, read, shape
from tests.workbook_lint.tokens import items_of


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("A12+$B$3*A12", "A1+$B$2*A1"),
        ("SUM(A5:A7)", "SUM(A1:A2)"),
        ("SUM(A5:B5)", "SUM(A1:B1)"),
        ('IF(A9="A9","Q3",B9)', 'IF(A1="A9","Q3",B1)'),
        ("SUM(Calls[Q3])+A9", "SUM(Calls[Q3])+A1"),
        ("Calls[[#This Row],[Q3 '[x']]]+A9", "Calls[[#This Row],[Q3 '[x']]]+A1"),
        ("'Q3'!A9+Q3!A9", "'Q3'!A1+Q3!A1"),
        ("LOG10(A9)+rate_2026+1E5", "LOG10(A1)+rate_2026+1E5"),
        ("A1048577+A0", "A1048577+A0"),
    ],
)
def test_formulas_that_are_filled_down_are_one(text: str, same: str) -> None:
    assert shape(text) == same


def test_new_functions_have_the_prefix_that_xlsxwriter_gives_them() -> None:
    """It takes them from files that Excel saved. A list that lacks one would let it through in silence."""
    known, prefixed = Worksheet(), {}
    for name in NEW | OLD:
        written = known._prepare_formula(f"={name}(A1)", True)
        if written.endswith(f".{name}(A1)") and written.startswith("_xlfn."):
            prefixed[name] = written.removesuffix(f"{name}(A1)")
    assert len(prefixed) > 140
    assert {name: "_xlfn._xlws." if name in SINCE_2010 else "_xlfn." for name in prefixed} == prefixed
    assert prefixed.keys() <= NEW


@pytest.mark.parametrize(
    ("bracket", "items", "columns"),
    [
        ("[Cost]", [], ["Cost"]),
        ("[[#This Row],[Started (UTC)]]", ["#This Row"], ["Started (UTC)"]),
        ("[[#All],[Rate]:[Cost]]", ["#All"], ["Rate", "Cost"]),
        ("[From '[it''s'#1']]", [], ["From [it's#1]"]),
        ("[#Totals]", ["#Totals"], []),
        ("[]", [], []),
    ],
)
def test_references_to_tables_are_read(bracket: str, items: list[str], columns: list[str]) -> None:
    assert items_of(bracket) == (items, columns)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "A1+1",
            "-A1%",
            "SUM(A1:B2,C3)",
            "{1,2;3,4}",
            '"a""b"',
            "#N/A",
            "1.5E-3",
            "(A1,B2)",
            "F()",
            "IF(A1,,1)",
        ),
        *("SUM(A1", "SUM(A1))", '"a', "{1,2"),
    ],
)
def test_our_reading_and_the_parser_agree(text: str) -> None:
    assert bool(read(text).problem) is bool(parser_says(text))
