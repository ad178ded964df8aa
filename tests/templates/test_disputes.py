"""The dispute workbook: its live figures are what LibreOffice calculates, on the day that a cell says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from addin.disputes.records import CARRIED, GONE, DisputeReport, Entered
from addin.hosts.report_files.disputes import write_disputes
from templates.disputes.letter import OLD
from tests.disputes.make import AS_OF, dispute, found, month, reconciled, run
from tests.disputes.test_earlier import OCTOBER
from tests.office.harness import Sheet, read_workbook
from tests.reconcile.make import bill, call, card
from tests.templates.reports import STRANGE, report
from tests.templates.test_recalculated import differences
from tests.workbook_lint.delivered import faults


def everything() -> DisputeReport:
    """Every status, bucket and check, two currencies and minutes, and text from strangers."""
    log = [call(text, 61, from_number=text) for text in STRANGE]
    billed = [bill(text, 61, from_number=text, cost=Decimal("0.03")) for text in STRANGE]
    strange = run(reconciled(report(log, billed, card()))).disputes
    made = run(reconciled(month()))
    entered = (
        Entered("accepted", date(2026, 9, 1), Decimal("0.1"), "0012", "agent01", "=x"),
        Entered("settled"),
        Entered("settled", credited=Decimal("1.0000001")),
        Entered("rejected"),
        Entered("rejected", credited=Decimal("0.2")),
        Entered("accepted", credited=Decimal("5")),
        Entered("open", credited=Decimal("0.5")),
    )
    ages = (0, 30, 31, 60, 61, 90, 91)
    own = tuple(
        dispute(
            f"{number + 1}.{number}",
            "USD" if number % 2 else "EUR",
            call_id=f"OWN{number}",
            opened_on=date.fromordinal(AS_OF.toordinal() - age),
            entered=one,
            state=CARRIED,
            month="2026-08",
        )
        for number, (one, age) in enumerate(zip(entered, ages, strict=True))
    )
    more = (
        dispute("2.5", "min", call_id="MINUTES"),
        dispute("1", call_id="GONE", state=GONE, before=Decimal(2)),
        dispute("1", call_id="LATE", state=CARRIED, credits=(found("0.4"),)),
    )
    return replace(made, disputes=(*made.disputes, *strange, *own, *more))


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Sheet]:
    path = tmp_path_factory.mktemp("disputes") / "disputes.xlsx"
    write_disputes(everything(), path)
    assert faults(path) == []
    return read_workbook(path)


def test_every_cell_is_what_is_calculated(sheets: dict[str, Sheet]) -> None:
    assert differences(sheets) == []
    formulas = sheets["Dispute summary"].formulas.values()
    assert sum("Disputes[" in formula for formula in formulas) > 100
    assert sum(formula.startswith("=IF(") for formula in sheets["Disputes"].formulas.values()) > 60


def test_the_checks_pass_and_would_not(sheets: dict[str, Sheet], tmp_path: Path) -> None:
    assert _checks(sheets) == [1.0] * 7
    made = everything()
    write_disputes(made, tmp_path / "disputes.xlsx")
    book = load_workbook(tmp_path / "disputes.xlsx")
    book["Disputes"]["M5"] = "disputed"  # none of the four: it belongs to no sum
    book.save(tmp_path / "other.xlsx")
    assert 0.0 in _checks(read_workbook(tmp_path / "other.xlsx"))


def _checks(sheets: dict[str, Sheet]) -> list[object]:
    summary = sheets["Dispute summary"].values
    first = next(int(cell[1:]) for cell, text in summary.items() if text == "Checks")
    last = next(int(cell[1:]) for cell, text in summary.items() if text == "All checks pass")
    return [summary[f"B{row}"] for row in range(first + 1, last + 1)]


def test_another_day_in_the_cell_moves_every_age(tmp_path: Path) -> None:
    made = everything()
    write_disputes(made, tmp_path / "disputes.xlsx")
    book = load_workbook(tmp_path / "disputes.xlsx")
    summary = book["Dispute summary"]
    row = next(row for row in range(1, 20) if str(summary.cell(row, 1).value).startswith("As of"))
    summary.cell(row, 2).value = date(2026, 11, 5)
    book.save(tmp_path / "later.xlsx")
    values = read_workbook(tmp_path / "later.xlsx")["Disputes"].values
    for row, one in enumerate(made.disputes, 5):
        assert values[f"U{row}"] == one.age_on(date(2026, 11, 5))
    assert values["V5"] == "31 to 60 days"


def test_a_status_typed_by_a_person_moves_the_sums(tmp_path: Path) -> None:
    write_disputes(run(reconciled(month())), tmp_path / "disputes.xlsx")
    book = load_workbook(tmp_path / "disputes.xlsx")
    sheet = book["Disputes"]
    sheet["M5"], sheet["O5"], sheet["M6"] = "settled", 0.01, None
    question = [sheet[f"K{row}"].value for row in (5, 6)]
    book.save(tmp_path / "typed.xlsx")
    sheets = read_workbook(tmp_path / "typed.xlsx")
    values = sheets["Dispute summary"].values
    row = next(int(cell[1:]) for cell, text in values.items() if text == "settled")
    assert [values[f"{column}{row}"] for column in "BCDE"] == [1, question[0], 0.01, 0]
    assert values[f"F{row}"] == pytest.approx(question[0] - 0.01)
    assert values[f"B{row - 3}"] == len(run(reconciled(month())).disputes) - 1, "a blank status is open"
    assert _checks(sheets) == [1.0] * 3
    other = next(int(cell[1:]) for cell, text in values.items() if text == "Any other")
    assert [values[f"C{other}"], values[f"E{other}"]] == [1, 0.01], "a combination that no row has yet"
    assert values[f"A{other + 1}"] == "Total"
    assert values[f"C{other + 1}"] == len(run(reconciled(month())).disputes)
    assert values[f"E{other + 1}"] == 0.01, "a total has the decimals of what is entered later"
    assert OLD in sheets["Letter"].values.values(), "its list says what was open when it was written"
    assert OLD not in read_workbook(tmp_path / "disputes.xlsx")["Letter"].values.values()


def test_only_combinations_that_occur_are_listed(sheets: dict[str, Sheet]) -> None:
    """One row catches what is typed later; it is the only one without a dispute."""
    values = sheets["Dispute summary"].values
    tops = [int(cell[1:]) for cell, text in values.items() if str(text).endswith("by reason and status")]
    for top in tops:
        row = top + 2
        while values[f"A{row}"] != "Any other":
            assert values[f"C{row}"] > 0  # type: ignore[operator]
            row += 1
        assert values[f"C{row}"] == 0
    assert len(tops) == 3


def test_each_letter_sums_its_own_provider_and_account(tmp_path: Path) -> None:
    """By formulas that LibreOffice agrees with, blanks and wildcards in names included."""
    disputes = (
        dispute("1", provider="twilio", account="AC*", call_id="T1"),
        dispute("2", provider="plivo", account="P1", call_id="P1"),
        dispute("4", provider="twilio", call_id="T2"),
        dispute("8", account="P1", call_id="P2"),
        dispute("16", call_id="NONE"),
    )
    write_disputes(replace(run(OCTOBER), disputes=disputes), tmp_path / "d.xlsx")
    assert faults(tmp_path / "d.xlsx") == []
    sheets = read_workbook(tmp_path / "d.xlsx")
    assert differences(sheets) == []
    for name, total in (("Letter", 5), ("Letter 2", 10), ("Letter 3", 16)):
        values = sheets[name].values
        row = next(int(cell[1:]) for cell, text in values.items() if text == "Total")
        assert values[f"E{row}"] == total
    assert "Letter for twilio, account AC*" in sheets["Letter"].values.values()


def test_the_printed_summary_leaves_no_heading_without_its_table(tmp_path: Path) -> None:
    """And Disputes takes two pages side by side."""
    write_disputes(everything(), tmp_path / "d.xlsx")
    book = load_workbook(tmp_path / "d.xlsx")
    summary = book["Dispute summary"]
    breaks = [one.id for one in summary.row_breaks.brk]
    assert breaks
    heads = ("by status", "by reason", "by reason and status", "by age", "by month", "billed, net", "Checks")
    for row in breaks:  # the row above the break
        assert str(summary.cell(row + 1, 1).value).endswith(heads)
    assert [one.id for one in book["Disputes"].col_breaks.brk] == [18]
    wide = sum(column.width for column in summary.column_dimensions.values()) * 7.3
    assert wide * summary.page_setup.scale / 100 < 700, "no column falls off a page in portrait"


def test_the_letter_sums_what_is_open(sheets: dict[str, Sheet]) -> None:
    letters = [sheet.values for name, sheet in sheets.items() if name.startswith("Letter")]
    own, units = everything().disputes, []
    for letter in letters:
        (row,) = [int(cell[1:]) for cell, text in letter.items() if text == "Total"]
        units.append(unit := letter[f"F{row}"])
        its = [one.claimed for one in own if one.unit == unit and one.claimed > 0]
        assert letter[f"D{row}"] == len(its)
        assert letter[f"E{row}"] == pytest.approx(float(sum(its)), abs=1e-9)
    assert len(units) == len({*units}) == 3
    said = [text for text in letters[0].values() if str(text).startswith("What you have credited")]
    assert said == ["What you have credited so far is taken off the amounts above: 0.40 USD for 1 charge."]


def test_text_of_strangers_is_text(sheets: dict[str, Sheet]) -> None:
    formulas = sheets["Disputes"].formulas.values()
    assert [text for text in formulas if "calc" in text or "SUM(A1)" in text] == []
    assert "=cmd|' /C calc'!A0" in sheets["Disputes"].values.values()


@pytest.mark.parametrize("made", [run(OCTOBER), everything()], ids=["nothing", "everything"])
def test_two_runs_give_the_same_bytes_and_a_valid_file(made: DisputeReport, tmp_path: Path) -> None:
    names = [tmp_path / name for name in ("a.xlsx", "b.xlsx")]
    for path in names:
        write_disputes(made, path)
    assert names[0].read_bytes() == names[1].read_bytes()
    assert faults(names[0]) == []


def test_nothing_disputed_is_said(tmp_path: Path) -> None:
    write_disputes(run(OCTOBER), tmp_path / "none.xlsx")
    sheets = read_workbook(tmp_path / "none.xlsx")
    assert differences(sheets) == []
    assert sheets["Dispute summary"].values["A4"] == "NOTHING OPEN"
    assert sheets["Disputes"].values["A2"] == "Nothing is disputed."
    assert any(str(text).startswith("Nothing is in dispute") for text in sheets["Letter"].values.values())
