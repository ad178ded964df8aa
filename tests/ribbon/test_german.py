"""The same in a LibreOffice that writes decimals with a comma."""

from __future__ import annotations

from typing import Any

import pytest
import xlwings as xw

from addin.hosts.calc import bridge
from tests.ribbon.main_thread import run
from tests.ribbon.months import BILL, LOG, put, set_settings
from tests.ribbon.scripted import Person
from tests.ribbon.test_notes import cell, note_cells, type_into


@pytest.fixture
def german(app: xw.App) -> None:
    """The program as it is set for Germany; its language stays."""
    provider = bridge.service(app.api, "com.sun.star.configuration.ConfigurationProvider")
    settings = provider.createInstanceWithArguments(
        "com.sun.star.configuration.ConfigurationUpdateAccess",
        bridge.properties(nodepath="/org.openoffice.Setup/L10N"),
    )
    settings.replaceByName("ooSetupSystemLocale", "de-DE")
    settings.commitChanges()


@pytest.fixture
def german_book(german: None, book: Any) -> Any:
    """A German document, as a new one is there."""
    locale = bridge.struct("lang.Locale", "de", "DE", "")
    book.api.CharLocale = locale
    return book


def test_figures_typed_with_a_comma_count_and_notes_stay_text(german_book: Any, person: Person) -> None:
    book = german_book
    put(book, "Ours", LOG)
    put(book, "Theirs", BILL)
    card = book.sheets.add("Rates", after=book.sheets[-1])
    card["A1"].value = [["prefix", "rate", "currency"], [None, None, "USD"]]
    type_into(card["B2"], "0,00855")
    assert (cell(card["B2"]).getValue(), cell(card["B2"]).getString()) == (0.00855, "0,00855")
    run("configuration", book, person)
    set_settings(book, Month="2026-09")
    type_into(place_of_setting(book, "Tolerance, amount"), "0,001")
    person.answers = [True]
    run("build_reconciliation", book, person)
    assert person.problems.pop() == (
        'Sheet "Tollsheet settings", Tolerance, amount: 0,001 cannot be used.\n\n'
        "Write a number of 0 or more with a decimal point, such as 0.05."
    )
    set_settings(book, Tolerance__amount="0.001")
    for _ in range(2):
        person.answers = [True]
        run("build_reconciliation", book, person)
        assert person.problems == []
        assert "0 calls, +4 min, +0.1105 USD. 8 findings to look at." in person.told[-1]
        assert book.names["expected_cost"].refers_to_range.value == pytest.approx(0.0855)
        assert book.names["check_all"].refers_to_range.value == 1
        head = book.sheets["Calls"]["A4:AB4"].value
        rate = book.sheets["Calls"].range((5, head.index("Rate per minute") + 1))
        assert cell(rate).getString() == "0,00855"
        if person.told[-1].count("kept") == 0:
            type_into(note_cells(book, "CA1")[2], "0,5")
    assert cell(note_cells(book, "CA1")[2]).getString() == "0,5"
    assert cell(note_cells(book, "CA1")[2]).getType().value == "TEXT"


def place_of_setting(book: Any, label: str) -> Any:
    sheet = book.sheets["Tollsheet settings"]
    return sheet.range((sheet["A1:A20"].value.index(label) + 1, 2))
