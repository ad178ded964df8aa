"""One formula: links to the add-in out, other links by their new numbers, everything else as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.hosts.portable.formula import Links, Plain, is_add_in, plain
from udfs.cells import CELL_FUNCTIONS

LINKS = Links(frozenset({1, 3}), {2: 1, 4: 2})
"""`[1]` and `[3]` are the add-in."""

CHANGED = {
    "[1]!CALL_COST(A2,B2)": "CALL_COST(A2,B2)",
    "[3]!call_cost(A2,[1]!CALL_RATE(B2,C:D))": "CALL_COST(A2,CALL_RATE(B2,C:D))",
    "'C:\\Users\\Ann O''Neil\\tollsheet.xlam'!CALL_COST(A2,B2)": "CALL_COST(A2,B2)",
    "'c:\\a\\[Tollsheet.xlam]'!call_cost(A2,B2)": "CALL_COST(A2,B2)",
    "tollsheet.xlam!CALL_COST(A2,B2)": "CALL_COST(A2,B2)",
    "[2]tollsheet.xlam!CALL_COST(A2,B2)": "CALL_COST(A2,B2)",
    "'[9]tollsheet (2).xlam'!CALL_COST(A2,B2)": "CALL_COST(A2,B2)",
    "[0]!CALL_COST(A2,B2)": "CALL_COST(A2,B2)",
    "[7]!CALL_COST(A2,B2)": "CALL_COST(A2,B2)",
    "billed_minutes(A1)=2": "BILLED_MINUTES(A1)=2",
    "_xll.CALL_COST(1,2)+_xludf.CALL_COST(1,2)": "CALL_COST(1,2)+CALL_COST(1,2)",
    "_xlfn.call_cost(1)&__xludf.CALL_COST(1)&_xldudf_CALL_COST(1)": "CALL_COST(1)&CALL_COST(1)&CALL_COST(1)",
    "org.tollsheet.functions.billed_minutes(A1)": "BILLED_MINUTES(A1)",
    "[1]!_xludf.CALL_COST(1)": "CALL_COST(1)",
    "_xlfn.MAP(A:A,_xll.CALL_COST)": "_xlfn.MAP(A:A,CALL_COST)",
    "Log[a'[b]+[1]!CALL_COST(1)": "Log[a'[b]+CALL_COST(1)",
    "Log[a']b]+[1]!CALL_COST(1)&[@a]&[1]!TO_SECONDS(1)": "Log[a']b]+CALL_COST(1)&[@a]&TO_SECONDS(1)",
    "_xlfn.SINGLE([1]!CALL_COST(A:A,B2))": "_xlfn.SINGLE(CALL_COST(A:A,B2))",
    "_xlfn.MAP(A1:A3,B1:B3,[1]!CALL_COST)": "_xlfn.MAP(A1:A3,B1:B3,CALL_COST)",
    "[2]Rates!B2+[4]Sheet1:Sheet3!B2+'[4]It''s'!C1": "[1]Rates!B2+[2]Sheet1:Sheet3!B2+'[2]It''s'!C1",
    "[2]!Name+[4]!Table1[[#This Row],[a]]": "[1]!Name+[2]!Table1[[#This Row],[a]]",
    "[4]!'!SPY,Last'": "[2]!'!SPY,Last'",
    "[2]Sheet-1!A1-[4]My sheet!$B$2+[4]'It''s'!C:C": "[1]Sheet-1!A1-[2]My sheet!$B$2+[2]'It''s'!C:C",
    "SUM([4]R!A1:[4]R!B2,[2]R!5:7)+[2]!Name-[4]R!A1": "SUM([2]R!A1:[2]R!B2,[1]R!5:7)+[1]!Name-[2]R!A1",
    "[2]Ünïcode!A1&[2]R.1!A1": "[1]Ünïcode!A1&[1]R.1!A1",
    'IF(A1="""[2]x!",[2]x!A1,\'[2]y\'!A1)': 'IF(A1="""[2]x!",[1]x!A1,\'[1]y\'!A1)',
}

UNCHANGED = [
    '"[1]!CALL_COST(A2)"',
    '"say ""[1]!CALL_COST("""&A1',
    "CALL_COST(A2,B2)",
    "[8]x!CALL_COST(A2,B2)",
    "Calls!CALL_COST(A2)",
    "'Calls'!CALL_COST(A2)",
    "'[1]!CALL_COST('!A1",
    "other.xlam!CALL_COST(A2)",
    "MY_CALL_COST(A2)+CALL_COST2(A2)+CALL_COST+_xlpm.call_cost",
    "Log[[1]!CALL_COST(]",
    "Log[[#This Row],[Rate '[2']!x]]+Log['']]",
    'Log[say "[2]x!A1]',
    "Log[[#Totals],[it''s 5'6]]&\"x\"",
    '{1,2;3,"[2]a!A1"}',
    "A1:B2 C3%^-1E+5",
    "",
    "'unclosed",
    '"unclosed [1]!CALL_COST(',
    "Log[unclosed",
]


@pytest.mark.parametrize("formula", CHANGED)
def test_what_has_to_change_does(formula: str) -> None:
    assert plain(formula, LINKS).text == CHANGED[formula]


@pytest.mark.parametrize("formula", UNCHANGED)
def test_what_has_to_stay_does(formula: str) -> None:
    assert plain(formula, LINKS).text == formula


@pytest.mark.parametrize("formula", [*CHANGED, *UNCHANGED])
def test_once_is_enough(formula: str) -> None:
    links = Links(frozenset(), {1: 1, 2: 2, 8: 8})
    once = plain(formula, LINKS).text
    assert plain(once, links).text == once


def test_a_function_of_another_file_is_left_to_it() -> None:
    assert plain("[2]!CALL_COST(A2,1)", LINKS) == Plain("[1]!CALL_COST(A2,1)", ())


def test_a_file_by_calc_has_stale_numbers() -> None:
    links = Links(frozenset(), {1: 1}, by_calc=True)
    assert plain("[1]!CALL_COST(A2,[1]Rates!B2)", links).text == "CALL_COST(A2,[1]Rates!B2)"
    assert plain("[1]!OTHER(A2)", links).text == "[1]!OTHER(A2)"


def test_a_name_that_is_not_called_is_no_function() -> None:
    assert plain("call_cost+CALL_COST[[#This Row],[a]]", LINKS) == Plain(
        "call_cost+CALL_COST[[#This Row],[a]]", ()
    )


def test_functions_are_named_once_in_order() -> None:
    found = plain("[1]!TO_UTC(A1)+call_cost(1,2)+CALL_COST(1,2)+[1]!newer.ONE(3)", LINKS)
    assert found.functions == ("TO_UTC", "CALL_COST", "NEWER.ONE")
    assert found.text == "TO_UTC(A1)+CALL_COST(1,2)+CALL_COST(1,2)+newer.ONE(3)"


@pytest.mark.parametrize(
    ("formula", "unknown"),
    [
        ("1+[1]conf!$B$2", "[1]conf!$B$2"),
        ("'[3]my conf'!B2:B3", "'[3]my conf'!B2:B3"),
        ("2*[3]my-conf!B2", "[3]my-conf!B2"),
        ("SUM([1]!B2:C9)", "[1]!B2:C9"),
        ("tollsheet.xlam!$B$2+1", "tollsheet.xlam!$B$2"),
        ("'C:\\a\\[tollsheet.xlam]conf'!B2", "'C:\\a\\[tollsheet.xlam]conf'!B2"),
        ("[1]!'item'", "[1]!"),
    ],
)
def test_more_than_functions_is_said(formula: str, unknown: str) -> None:
    assert plain(formula, LINKS).unknown == (unknown,)


@pytest.mark.parametrize(
    ("formula", "needs"),
    [
        (
            '[1]!MONTH_ATTRIBUTE(A2,"America/New_York",,,TRUE)',
            "MONTH_ATTRIBUTE with the time zone America/New_York",
        ),
        (
            'month_attribute(A2,IF(B1=",",C1,D1),"start")',
            'MONTH_ATTRIBUTE if IF(B1=",",C1,D1) is a time zone by name',
        ),
        ("TO_UTC(Log[[#This Row],[a,(b]],zone)", "TO_UTC if zone is a time zone by name"),
        ('1+TO_UTC({"a","b"},"EST")', "TO_UTC with the time zone EST"),
        ("TO_UTC('My, (sheet'!A1, B1 )", "TO_UTC if B1 is a time zone by name"),
    ],
)
def test_a_zone_by_name_needs_the_add_in(formula: str, needs: str) -> None:
    assert plain(formula, LINKS).by_zone == (needs,)


@pytest.mark.parametrize(
    "formula",
    [
        'TO_UTC(A1,"+05:30")&TO_UTC(A1,"-0800")&TO_UTC(A1,"+01")&TO_UTC(A1," utc ")&TO_UTC(A1,"Z")',
        'TO_UTC(A1)&TO_UTC(A1,)&TO_UTC(A1,"")&TO_UTC(A1',
        'MONTH_ATTRIBUTE(A1,,"billed",B1,TRUE)',
        'CALL_COST(A1,"Europe/Berlin")',
    ],
)
def test_without_a_zone_by_name_it_does_not(formula: str) -> None:
    assert plain(formula, LINKS).by_zone == ()


@pytest.mark.parametrize("name", CELL_FUNCTIONS)
def test_every_function_is_known(name: str) -> None:
    assert plain(f"[1]!{name}(A1)", LINKS) == Plain(f"{name}(A1)", (name,))


@pytest.mark.parametrize(
    "target",
    ["tollsheet.xlam", "C:\\x\\TOLLSHEET.XLAM", "/a/tollsheet%20-%20Copy.xlam", "https://x/tollsheet_1.xlam"],
)
def test_the_add_in_by_its_name(target: str) -> None:
    assert is_add_in(target)


@pytest.mark.parametrize(
    "target", ["", "my tollsheet.xlam", "tollsheets.xlam", "tollsheet.xlsx", "tollsheet.xlam/x"]
)
def test_other_files_by_theirs(target: str) -> None:
    assert not is_add_in(target)


PIECES = [
    "[1]!",
    "[2]!",
    "[2]R!",
    "'",
    '"',
    "[",
    "]",
    "CALL_COST",
    "(",
    ")",
    "Log",
    "''",
    "tollsheet.xlam!",
    "A1",
    ",",
    " ",
]


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_any_text_is_read_to_its_end(formula: str) -> None:
    found = plain(formula, Links())
    assert len(found.text) <= len(formula)
    assert found.text.count('"') == formula.count('"')
