"""What stands on the sheet of settings, and the month that is proposed where it names none."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import Any

import pytest

from addin.errors import TollsheetError
from addin.ribbon.desk import Desk
from addin.ribbon.settings.investigation import read_choices
from addin.ribbon.settings.month import read_settings
from tests.ribbon.main_thread import run
from tests.ribbon.months import LOG, put, row
from tests.ribbon.scripted import Person
from tests.ribbon.test_sheets import USAGE_HEAD, build


@pytest.mark.parametrize("month", [46266.0, datetime(2026, 9, 1), datetime(2026, 9, 30, 12), "2026-09"])
def test_a_month_may_be_a_date(book: Any, person: Person, month: Any) -> None:
    run("configuration", book, person)
    labels = book.sheets["Tollsheet settings"]["A1:A20"].value
    cell = book.sheets["Tollsheet settings"].range((labels.index("Month") + 1, 2))
    cell.number_format = "@" if isinstance(month, str) else "General"
    cell.value = month
    assert str(read_settings(Desk(book, person)).month) == "2026-09"


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("Month", 9.0, "Month: 9 cannot be used. Write a month as YYYY-MM, such as 2026-09."),
        ("Month", 202609.0, "Month: 202609 cannot be used. Write a month as YYYY-MM, such as 2026-09."),
        ("Month", 1e12, "Month: 1000000000000 cannot be used. Write a month as YYYY-MM, such as 2026-09."),
        ("Month", "Sept", "Month: Sept cannot be used. Write a month as YYYY-MM, such as 2026-09."),
        (
            "Tolerance, minutes",
            -1.0,
            "Tolerance, minutes: -1 cannot be used. Write a number of 0 or more with a decimal point, such "
            "as 0.05.",
        ),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(
    book: Any, person: Person, setting: str, value: Any, said: str
) -> None:
    run("configuration", book, person)
    labels = book.sheets["Tollsheet settings"]["A1:A20"].value
    cell = book.sheets["Tollsheet settings"].range((labels.index(setting) + 1, 2))
    cell.number_format = "General"
    cell.value = value
    with pytest.raises(TollsheetError) as caught:
        read_settings(Desk(book, person))
    assert str(caught.value) == f'Sheet "Tollsheet settings", {said}'


@pytest.mark.parametrize("shown", ["0%", "0.00%", '0"%"'])
def test_a_percentage_in_a_number_cell_is_refused(book: Any, person: Person, shown: str) -> None:
    """1 % there is 0.01, which would pass for 0.01 percent; as text it is what it says."""
    run("configuration", book, person)
    labels = book.sheets["Tollsheet settings"]["A1:A80"].value
    row = labels.index("Investigation threshold, percent") + 1
    cell = book.sheets["Tollsheet settings"].range((row, 2))
    assert read_choices(Desk(book, person), None).threshold == Fraction(1, 100)
    cell.number_format, cell.value = shown, 0.01
    with pytest.raises(TollsheetError, match=f"threshold, percent: B{row} is shown as a percentage"):
        read_choices(Desk(book, person), None)
    cell.number_format, cell.value = "@", "1%"
    assert read_choices(Desk(book, person), None).threshold == Fraction(1, 100)
    cell.number_format, cell.value = "General", 0.5
    assert read_choices(Desk(book, person), None).threshold == Fraction(1, 200)


@pytest.mark.parametrize("by", ["calls", "usage"])
def test_the_month_that_both_sides_have_is_proposed(book: Any, person: Person, by: str) -> None:
    """Most calls of the log are in September, and the bill is of October."""
    october = [row(f"CB{number}", start_time=f"2026-10-0{number} 12:00:00") for number in (1, 2)]
    put(book, "Ours", [*LOG, *october])
    if by == "calls":
        put(book, "Theirs", october)
    else:
        usage = ["calls", "2026-10-01", "2026-10-31", 2.0, 4.0, "minutes", 0.056, "USD"]
        whole = ["calls", "2026-01-01", "2026-12-31", 9.0, 9.0, "minutes", 0.056, "USD"]
        book.sheets.add("Theirs", after=book.sheets[-1])["A1"].value = [USAGE_HEAD, usage, whole]
    person.answers = [True, True] if by == "calls" else [True]
    assert build(book, person).startswith("2026-10: ")
    assert person.asked[-1] == "Which month is to be reconciled? 2 of 7 calls are in 2026-10 (UTC)."


def test_settings_of_a_later_version_are_added_below(book: Any, person: Person) -> None:
    """A sheet that an earlier version made keeps what stands on it."""
    run("configuration", book, person)
    sheet = book.sheets["Tollsheet settings"]
    labels = sheet["A1:A200"].value
    kept, gone = labels.index("Month") + 1, labels.index("Matching window, seconds") + 1
    sheet.range((kept, 2)).value = "2026-09"
    sheet.range((gone, 1), (gone, 3)).clear_contents()
    run("configuration", book, person)
    assert person.told[-1].endswith("New ones were added below: Matching window, seconds.")
    labels = sheet["A1:A200"].value
    added = labels.index("Matching window, seconds") + 1
    assert added > gone
    assert float(sheet.range((added, 2)).value) == 60
    assert sheet.range((kept, 2)).value == "2026-09"
    run("configuration", book, person)
    assert "New ones" not in person.told[-1]
