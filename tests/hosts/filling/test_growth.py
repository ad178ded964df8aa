"""Where areas and the addresses in formulas are after a table has grown or shrunk."""

from __future__ import annotations

import pytest

from addin.hosts.filling.areas import Area
from addin.hosts.filling.following import Follower
from addin.hosts.filling.growth import Growth, LostError, Moves

DATA = Area.of("B5:D8")


def growth(rows: int, *, totals: int = 0, moves_sheet: bool = True) -> Growth:
    """Of a table with four rows of data."""
    return Growth("Calls", DATA, DATA.bottom + totals, rows, moves_sheet)


@pytest.mark.parametrize(
    ("area", "grown", "shrunk"),
    [
        ("B5:B8", "B5:B14", "B5:B6"),
        ("B4:D8", "B4:D14", "B4:D6"),
        ("A1:Z8", "A1:Z14", "A1:Z6"),
        ("B5:D9", "B5:D15", "B5:D7"),  # with the totals
        ("B6:B8", "B6:B14", "B6"),  # from the second row on
        ("B5:B7", "B5:B7", "B5:B6"),  # part of the rows
        ("B5", "B5", "B5"),
        ("B8", "B8", None),
        ("B7:B8", "B7:B14", None),
        ("B2:D4", "B2:D4", "B2:D4"),
        ("B9", "B15", "B7"),
        ("A10:Z20", "A16:Z26", "A8:Z18"),
        ("B5:B100", "B5:B106", "B5:B98"),
        ("B7:B100", "B7:B106", "B7:B98"),
        ("B8:B100", "B8:B106", "B7:B98"),  # its first row is the first that is left of it
        ("B5:B1048576", "B5:B1048576", "B5:B1048576"),
        ("F9:F10", "F15:F16", "F7:F8"),
    ],
)
def test_rows_of_the_sheet_move(area: str, grown: str, shrunk: str | None) -> None:
    for rows, expected in ((10, grown), (2, shrunk)):
        if expected is None:
            with pytest.raises(LostError):
                growth(rows, totals=1).follow(Area.of(area), grows=False)
        else:
            assert str(growth(rows, totals=1).follow(Area.of(area), grows=False)) == expected


@pytest.mark.parametrize(
    ("area", "expected"),
    [
        ("B5:B8", "B5:B14"),
        ("A1:Z8", "A1:Z14"),
        ("F5:F8", "F5:F8"),  # beside it
        ("F9:F20", "F9:F20"),
        ("A20:Z20", "A20:Z20"),
        ("B20", "B26"),
        ("B5:B100", "B5:B106"),
        ("A1:Z10", "A1:Z15"),  # it held the whole table
        ("A1:Z100", "A1:Z100"),
    ],
)
def test_a_table_grows_alone(area: str, expected: str) -> None:
    found = growth(10, totals=1, moves_sheet=False).follow(Area.of(area), grows=False)
    assert str(found) == expected


def test_cells_beside_totals_are_torn_from_them() -> None:
    with pytest.raises(LostError, match="totals"):
        growth(10, totals=1, moves_sheet=False).follow(Area.of("A9:Z9"), grows=False)


def test_one_row_grows_only_where_it_stands_for_a_column() -> None:
    one = Growth("Calls", Area.of("B5:D5"), 5, 10, True)
    assert str(one.follow(Area.of("B5"), grows=False)) == "B5"
    assert str(one.follow(Area.of("B5"), grows=True)) == "B5:B14"
    assert str(one.follow(Area.of("B4:B5"), grows=False)) == "B4:B14"


def test_rows_are_not_pushed_off_the_sheet() -> None:
    with pytest.raises(LostError, match="off the sheet"):
        growth(10).follow(Area.of("B1048575"), grows=False)


def test_two_tables_on_one_sheet() -> None:
    below = Growth("Billed", Area.of("B12:D13"), 13, 5, False)
    moves = Moves({"Log": [growth(10), below]})
    assert str(moves.area("log", Area.of("B12:B13"))) == "B18:B22"
    assert str(moves.area("Log", Area.of("B20"))) == "B29"
    assert (moves.shift("Log", below), moves.shift("Log", growth(10))) == (6, 0)
    assert moves.change("LOG")
    assert not moves.change("Other")


FOLLOWER = Follower(Moves({"Log": [growth(10)]}), ("First", "Log", "Last"))


@pytest.mark.parametrize(
    ("formula", "sheet", "expected"),
    [
        ("SUM(Log!B5:B8)/Log!B5", "First", "SUM(Log!B5:B14)/Log!B5"),
        ("SUM('log'!$B$5:$B$8)", "First", "SUM('log'!$B$5:$B$14)"),
        ("SUM(B5:B8)+C9", "Log", "SUM(B5:B14)+C15"),
        ("SUM(B5:B8)+C9", "First", "SUM(B5:B8)+C9"),
        ("SUM(Log!B8:B5)", "First", "SUM(Log!B14:B5)"),
        ("SUM(Log!5:8)+SUM(Log!B:B)", "First", "SUM(Log!5:14)+SUM(Log!B:B)"),
        ('"Log!B5:B8"&Log[B9]&Log!B9', "First", '"Log!B5:B8"&Log[B9]&Log!B15'),
        ("[1]Log!B9+'[x.xlsx]Log'!B9", "First", "[1]Log!B9+'[x.xlsx]Log'!B9"),
        ("SUM(Log!B5:Log!B8)", "First", "SUM(Log!B5:Log!B14)"),
        ("_xlfn.LAMBDA(_xlpm.x,_xlpm.x*Log!$B$9)", "First", "_xlfn.LAMBDA(_xlpm.x,_xlpm.x*Log!$B$15)"),
        ("LOG10(B9)+TAX(B9)", "Log", "LOG10(B15)+TAX(B15)"),
        ("SUM(First:First!B9)", "First", "SUM(First:First!B9)"),
    ],
)
def test_formulas_follow(formula: str, sheet: str, expected: str) -> None:
    assert FOLLOWER.formula(formula, sheet) == expected


@pytest.mark.parametrize(
    ("formula", "problem"),
    [("SUM(First:Last!B9)", 'First:Last!B9: it spans several sheets, and rows of "Log" move')],
)
def test_what_cannot_follow_is_named(formula: str, problem: str) -> None:
    with pytest.raises(LostError) as caught:
        FOLLOWER.formula(formula, "First")
    assert str(caught.value) == problem


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("B5*C5", "B5*C5"),
        ("B5/SUM(B$5:B$8)", "B5/SUM(B$5:B$14)"),
        ("SUM(B$5:B5)", "SUM(B$5:B5)"),  # a running sum is no sum of the column
        ("B5-B4", "B5-B4"),
        ("B6-B5", "B6-B5"),
        ("B5*F$20", "B5*F$26"),
        ("B5*F20", "B5*F26"),  # what is below is further away
        ("B5*First!A1", "B5*First!A1"),
    ],
)
def test_formulas_of_rows_keep_their_distance(formula: str, expected: str) -> None:
    assert FOLLOWER.row_formula(formula, "Log", 0, growth(10)) == expected


def test_the_row_next_to_the_only_one_is_the_next_row() -> None:
    one = Growth("Calls", Area.of("B5:D5"), 6, 10, True)
    follower = Follower(Moves({"Log": [one]}), ("Log",))
    assert follower.row_formula("B6-B5+B$6+B7", "Log", 0, one) == "B6-B5+B$15+B16"


def test_formulas_of_rows_move_with_their_table() -> None:
    below = Growth("Billed", Area.of("B12:D13"), 13, 5, False)
    follower = Follower(Moves({"Log": [growth(10), below]}), ("Log",))
    formula = "B12/SUM(B$12:B$13)+B11+A2"
    assert follower.row_formula(formula, "Log", 6, below) == "B18/SUM(B$18:B$22)+B17+A2"


def test_names_that_depend_on_the_cell_that_uses_them_stay() -> None:
    assert FOLLOWER.name("Log!$B$5:$B$8,Log!$B$9") == "Log!$B$5:$B$14,Log!$B$15"
    assert FOLLOWER.name("Log!$B9+Log!B1") == "Log!$B9+Log!B1"
