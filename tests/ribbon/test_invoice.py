"""The section Invoice of the settings sheet: the month is tied to it, and the month before is followed."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from addin.errors import TollsheetError
from addin.reconcile.month_end.invoice import GivenLine
from addin.ribbon.desk import Desk
from addin.ribbon.settings.month import read_settings
from tests.ribbon.main_thread import run
from tests.ribbon.months import month_files, set_settings
from tests.ribbon.scripted import Person

PLACE = "as on the settings sheet"


def test_the_settings_are_read(book: Any, person: Person) -> None:
    run("configuration", book, person)
    lines = {"Taxes": "1.5 USD", "Credits": "0.25", "Other_lines": "Support=50; Fee = -1 EUR"}
    set_settings(book, Invoice_total="12.34 usd", Account="4711", **lines)
    invoice = read_settings(Desk(book, person)).invoice
    assert (invoice.total, invoice.currency, invoice.account) == (Fraction("12.34"), "USD", "4711")
    assert invoice.lines == (
        GivenLine("Taxes", Fraction("1.5"), "USD", PLACE),
        GivenLine("Credits", Fraction("-0.25"), "", PLACE),
        GivenLine("Support", Fraction(50), "", PLACE),
        GivenLine("Fee", Fraction(-1), "EUR", PLACE),
    )


@pytest.mark.parametrize(
    ("label", "value", "said"),
    [
        ("Invoice_total", "twelve", "Invoice total: twelve cannot be used. Write an amount such as 1234.56"),
        ("Credits", "-5", "Credits: -5 cannot be used. Write an amount of 0 or more: credits are taken off."),
        (
            "Other_lines",
            "Support 50",
            "Other lines: Support 50 cannot be used. Write lines such as Support=50",
        ),
    ],
)
def test_what_cannot_be_used_is_named(book: Any, person: Person, label: str, value: str, said: str) -> None:
    run("configuration", book, person)
    set_settings(book, **{label: value})
    with pytest.raises(TollsheetError) as caught:
        read_settings(Desk(book, person))
    assert said in str(caught.value)


def test_the_month_is_tied_to_the_invoice(book: Any, person: Person, tmp_path: Path) -> None:
    run("configuration", book, person)
    set_settings(book, Invoice_total="1 USD", Taxes="0.1")
    person.answers = month_files(tmp_path)
    run("build_reconciliation", book, person)
    assert person.problems == []
    assert "Invoice 1 USD: 0.296 USD in its lines, 0.704 USD not explained." in person.told[-1]
    cells = book.sheets["Invoice"]["A5:B20"].value
    amounts = {name: amount for name, amount in cells if name}
    assert amounts["Billed calls"] == pytest.approx(2 * 0.056 + 3 * 0.028)
    assert amounts["Not explained"] == pytest.approx(1 - 0.1 - 0.196)
    assert book.names["invoice_not_explained"].refers_to_range.value == pytest.approx(0.704)
    books = book.sheets["Accrual"]["A5:E5"].value
    assert (books[0], books[2], books[4]) == ("2026-09", "USD", "billed")
    assert books[3] == pytest.approx(0.296)
