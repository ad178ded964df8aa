"""Build reconciliation in a real spreadsheet: what `tollsheet reconcile` writes, beside the person's own."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from addin.cli.reading import Reading
from addin.hosts.open_workbook.marks import REPORT, marked
from addin.hosts.report_files.reconciliation import write_reconciliation
from addin.reconcile.period import Month
from addin.reconcile.reconciliation import Question, reconcile
from addin.reports.reconciliation.build import Inputs, report_of
from templates.look import BAD, GOOD
from tests.ribbon.main_thread import run
from tests.ribbon.months import month_files
from tests.ribbon.scripted import Person

SHEETS = [
    *("Summary", "By category", "By day", "Calls", "Billed", "Findings"),
    *("Considerations", "Month over month", "Invoice", "Accrual", "Assumptions", "Sign-off"),
]


@pytest.fixture
def files(examples: Path) -> list[list[Path]]:
    folder = examples / "twilio"
    return [[folder / "calls-console.csv"], [folder / "usage-monthly.csv", folder / "usage-daily.json"]]


def cells(sheet: Any) -> dict[tuple[int, int], Any]:
    """Every filled cell of a sheet by its place, errors included."""
    last = sheet.used_range.last_cell
    rows = sheet.range((1, 1), last).options(ndim=2, err_to_str=True).value
    return {(r, c): v for r, row in enumerate(rows, 1) for c, v in enumerate(row, 1) if v is not None}


def talked_calls(book: Any) -> Any:
    """The first figure of the bridge."""
    summary = book.sheets["Summary"]
    return summary.range((summary["A1:A40"].value.index("talked") + 1, 2))


def frozen(sheet: Any) -> tuple[int, int]:
    """How many columns and rows stay in sight."""
    sheet.activate()
    controller = sheet.book.api.CurrentController
    if not controller.hasFrozenPanes():
        return 0, 0
    return controller.SplitColumn, controller.SplitRow


def page(sheet: Any) -> dict[str, Any]:
    """How the sheet is printed, but for the texts above and below and the name of its style."""
    style = sheet.book.api.StyleFamilies.getByName("PageStyles").getByName(sheet.api.PageStyle)
    names = {one.Name for one in style.PropertySetInfo.Properties}
    own = {"Name", "DisplayName", "UserDefinedAttributes"}
    names = sorted(name for name in names - own if not name.endswith("Content"))
    return dict(zip(names, style.getPropertyValues(tuple(names)), strict=True))


def differences(made: Any, wanted: Any) -> list[str]:
    left, right = cells(made), cells(wanted)
    return [
        f"{wanted.name} {place}: {left.get(place)!r}, not {right.get(place)!r}"
        for place in sorted(left.keys() | right.keys())
        if not _same(left.get(place), right.get(place))
    ]


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) < 1e-9
    return bool(one == other)


def written(files: list[list[Path]], path: Path) -> Path:
    log, bill = (Reading(tuple(side), None, None, None, None).read(lambda *_: None) for side in files)
    result = reconcile(log, bill, Question(Month.parse("2026-09")))
    write_reconciliation(report_of(result, Inputs(log.sources, bill.sources)), path)
    return path


def test_the_sheets_are_those_of_the_command(
    book: Any, person: Person, files: list[list[Path]], tmp_path: Path
) -> None:
    book.sheets[0]["A1"].value = [["mine", 1], [date(2026, 9, 1), "=B1+1"]]
    before = cells(book.sheets[0])
    person.answers = [*files, True]
    run("build_reconciliation", book, person)
    assert person.problems == []
    assert [sheet.name for sheet in book.sheets] == ["Sheet1", *SHEETS]
    assert cells(book.sheets[0]) == before
    app = book.app
    app.screen_updating = False
    wanted = app.books.open(str(written(files, tmp_path / "wanted.xlsx")))
    app.screen_updating = True
    wanted.api.calculateAll()
    assert [line for sheet in wanted.sheets for line in differences(book.sheets[sheet.name], sheet)] == []
    for sheet in wanted.sheets:
        made = book.sheets[sheet.name]
        assert [table.name for table in made.tables] == [table.name for table in sheet.tables]
        assert made["A4"].number_format == sheet["A4"].number_format
        assert made["A1"].column_width == sheet["A1"].column_width
        assert made["A4"].color == sheet["A4"].color
        assert made.api.Charts.Count == sheet.api.Charts.Count
        assert frozen(made) == frozen(sheet)
        assert page(made) == page(sheet)
    assert frozen(book.sheets["Calls"])[1] > 0
    talked = talked_calls(book)
    assert talked.formula == '=COUNTIFS(Calls[Currency],"USD")'
    cost = wanted.names["variance_cost"].refers_to_range.value
    assert book.names["variance_cost"].refers_to_range.value == pytest.approx(cost)
    # the formulas live: a call that goes is missed
    was = talked.value
    calls = book.sheets["Calls"]
    calls.range((5, calls["A4:AB4"].value.index("Currency") + 1)).clear_contents()
    app.calculate()
    assert talked.value == was - 1


def test_run_again_it_keeps_what_people_wrote(book: Any, person: Person, files: list[list[Path]]) -> None:
    person.answers = [*files, True]
    run("build_reconciliation", book, person)
    findings = book.sheets["Findings"]
    head = findings["A4:U4"].value
    status = head.index("Status") + 1
    rows = {findings.range((row, 2)).value or findings.range((row, 6)).value: row for row in range(5, 14)}
    asked, day = (
        "CA2aad57318d93ad7c099eb5665c666ac0",
        next(key for key in rows if key.startswith("2026-09-14")),
    )
    findings.range((rows[asked], status)).value = ["disputed", "Ada", "ticket 7"]
    findings.range((rows[day], status + 2)).value = "sent"
    book.sheets["Sign-off"]["B5"].value = "Grace"
    own = book.sheets["Sheet1"]
    own["A1"].formula = "=Summary!D12"
    before = own["A1"].value
    # a note whose finding will be gone
    findings.range((rows[asked] + 1, 2)).value = "CA-gone"
    findings.range((rows[asked] + 1, status)).value = "credited"
    person.answers = [*files, True]
    run("build_reconciliation", book, person)
    assert person.problems == []
    assert [sheet.name for sheet in book.sheets] == ["Sheet1", *SHEETS[:6], "Earlier notes", *SHEETS[6:]]
    findings = book.sheets["Findings"]
    assert findings.range((rows[asked], status), (rows[asked], status + 2)).value == [
        "disputed",
        "Ada",
        "ticket 7",
    ]
    assert findings.range((rows[day], status + 2)).value == "sent"
    assert findings.range((rows[asked] + 1, status)).value is None
    assert "CA-gone" in book.sheets["Earlier notes"]["B5:B6"].value
    assert book.sheets["Sign-off"]["B5"].value == "Grace"
    assert own["A1"].value == before
    assert own["A1"].formula == "=Summary!D12"
    assert len(marked(book, REPORT)) == len(SHEETS) + 1
    assert "1 note whose finding is gone" in person.told[-1]
    pages = book.api.StyleFamilies.getByName("PageStyles")
    assert [name for name in pages.ElementNames if name.startswith("PageStyle_Summary")] == [
        book.sheets["Summary"].api.PageStyle
    ]


def test_from_sheets_with_a_rate_card(
    book: Any, person: Person, files: list[list[Path]], examples: Path
) -> None:
    person.answers = [files[0]]
    run("import_call_log", book, person)
    person.answers = [files[1]]
    run("import_usage", book, person)
    run("rate_card", book, person)
    run("configuration", book, person)
    sheet = book.sheets["Tollsheet settings"]
    labels = sheet["A5:A12"].value
    sheet.range((5 + labels.index("Month"), 2)).value = "2026-09"
    card = book.sheets["Rate card"]
    lines = [line.split(",") for line in (examples / "twilio" / "rates.csv").read_text("utf-8").splitlines()]
    card.clear_contents()
    card.range((1, 1), (len(lines), len(lines[0]))).number_format = "@"
    card["A1"].value = lines
    run("build_reconciliation", book, person)
    assert person.problems == []
    assert person.asked[2:] == []
    assert "9 findings" in person.told[-1], "as many as `make demo` finds"
    assert "sheet Call log:846" in book.sheets["Findings"]["N5"].value
    assert book.names["check_all"].refers_to_range.value == 1
    change_a_rate(book)


def change_a_rate(book: Any) -> None:
    """The figures of calls are formulas: the cost of a call follows its rate, and so do the totals."""
    calls, names = book.sheets["Calls"], book.names
    heads = calls["A4:AZ4"].value
    columns = [heads.index(head) + 1 for head in ("Rate per minute", "Expected minutes", "Expected cost")]
    row = next(row for row in range(5, 50) if calls.range((row, columns[-1])).value)
    rate, minutes, cost = (calls.range((row, column)) for column in columns)
    rate_before, cost_before, total = rate.value, cost.value, names["expected_cost"].refers_to_range.value
    rate.value = rate_before + 1
    book.app.calculate()
    assert cost.value == pytest.approx(cost_before + minutes.value, abs=1e-6)
    assert names["expected_cost"].refers_to_range.value == pytest.approx(total + minutes.value, abs=1e-6)


def test_a_sheet_and_a_table_of_that_name_stay_the_persons(
    book: Any, person: Person, files: list[list[Path]]
) -> None:
    own = book.sheets[0]
    own.name = "Calls"
    own["A1"].value = [["Call", "Seconds"], ["x", 3]]
    own.tables.add(own["A1:B2"], name="Calls")
    before = cells(own)
    person.answers = [*files, True]
    run("build_reconciliation", book, person)
    assert person.problems == []
    assert [sheet.name for sheet in book.sheets][4] == "Calls (Reconcile)"
    assert cells(book.sheets["Calls"]) == before
    assert talked_calls(book).formula == '=COUNTIFS(Tollsheet_Calls[Currency],"USD")'
    assert book.names["check_all"].refers_to_range.value == 1


def test_alarms_look_as_in_the_file_whatever_the_workbook_s_own_styles(
    book: Any, person: Person, tmp_path: Path
) -> None:
    styles = book.api.StyleFamilies.getByName("CellStyles")
    for number in range(1, 9):  # as LibreOffice names those of any .xlsx with conditional formats
        own = book.api.createInstance("com.sun.star.style.CellStyle")
        styles.insertByName(f"ConditionalStyle_{number}", own)
        own.CharColor, own.CharFontName = 0x00FF00, "Carlito"
    person.answers = month_files(tmp_path)
    run("build_reconciliation", book, person)
    sheet = book.sheets["Summary"].api
    rules = sheet.ConditionalFormats.getConditionalFormats()
    looks = {(rule.getByIndex(0).StyleName, rule.Range.getRangeAddresses()[0].StartRow) for rule in rules}
    assert looks
    for name, row in looks:
        style, cell = styles.getByName(name), sheet.getCellByPosition(1, row)
        assert (style.CharFontName, style.VertJustify) == (cell.CharFontName, cell.VertJustify)
        assert f"#{style.CharColor:06X}" in (BAD, GOOD)
