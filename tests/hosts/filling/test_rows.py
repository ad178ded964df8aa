"""How many rows there are, what stands in them, and what stays around a table that grows alone."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from addin.hosts.filling.targets import Given
from templates.cells import write_value
from templates.inputs import CALLS, RATES
from tests.hosts.filling.filled import calls, changes, filled, opened
from tests.hosts.filling.templates import write_template
from tests.hosts.package.made import unzipped, zipped
from tests.templates.reports import STRANGE
from udfs.rating.rate_card import RateCard, RateRow


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return write_template(tmp_path_factory.mktemp("template") / "mine.xlsx").read_bytes()


def without_spans(file: bytes) -> bytes:
    """The file without what its rows say of their first and last column: that stays where nothing changes."""
    return zipped({name: re.sub(rb' spans="[\d:]+"', b"", part) for name, part in unzipped(file).items()})


def rates(count: int) -> tuple[RateRow, ...]:
    header = ["prefix", "rate", "currency"]
    return RateCard.from_rows([header, *([str(number), 0.01, "USD"] for number in range(1, count + 1))]).rows


def cells(file: bytes, sheet: str) -> dict[str, object]:
    """The filled cells of a sheet, formulas as text."""
    book = opened(file)
    return {cell.coordinate: cell.value for row in book[sheet] for cell in row if cell.value is not None}


def test_filled_twice_is_as_filled_once(template: bytes) -> None:
    once, _ = filled(template, Given(CALLS, calls(9)), Given(RATES, rates(7)), month="2026-09")
    twice, said = filled(once, Given(CALLS, calls(9)), Given(RATES, rates(7)), month="2026-09")
    assert twice == once
    assert not any("typed" in line for line in said.remarks)


@pytest.mark.parametrize("fewer", [0, 1, 2, 3, 8])
def test_what_has_grown_shrinks(template: bytes, fewer: int) -> None:
    grown, _ = filled(template, Given(CALLS, calls(50)), Given(RATES, rates(9)))
    shrunk, said = filled(grown, Given(CALLS, calls(fewer)), Given(RATES, rates(2)))
    at_once, _ = filled(template, Given(CALLS, calls(fewer)), Given(RATES, rates(2)))
    assert said.rows == {"Calls": fewer, "Rates": 2}
    left = changes(without_spans(at_once), without_spans(shrunk))
    assert left == {}


def test_texts_of_former_rows_are_nowhere_in_the_file(template: bytes) -> None:
    """Ids and numbers of the last month would go to whoever gets this one; what others show stays."""
    texts = ("EX5", "EX6", "EX7", "+442079460000", "typed beside the second example")
    before, after = unzipped(template), unzipped(filled(template, Given(CALLS, calls(4, to_number="")))[0])
    for text in texts:
        assert any(text.encode() in part for part in before.values())
        assert [name for name, part in after.items() if text.encode() in part] == []
    shown = cells(filled(template, Given(CALLS, calls(4)))[0], "Calls")
    old = cells(template, "Calls")
    assert {name: shown[name] for name in ("A1", "A4", "A9")} == {
        name: old[at] for name, at in (("A1", "A1"), ("A4", "A4"), ("A9", "A8"))
    }


def test_a_table_without_records_has_one_blank_row(template: bytes) -> None:
    after, _ = filled(template, Given(CALLS, []))
    found = cells(after, "Calls")
    assert [name for name in found if re.fullmatch(r"[A-Z]5", name)] == ["C5", "K5"], "its own formulas"
    assert (found["A6"], found["A9"]) == ("Total", "Notes of the owner")


def test_a_table_with_nothing_below_grows_alone(template: bytes) -> None:
    """What stands beside it stays, and a formula there that names its cells follows."""
    after, said = filled(template, Given(RATES, rates(6)))
    old, new = cells(template, "Rates"), cells(after, "Rates")
    beside = {name: value for name, value in old.items() if name[0] in "FGHI"}
    assert {name: value for name, value in new.items() if name[0] in "FGHI"} == beside | {
        "H3": "=COUNT(B3:B8)"
    }
    assert [new[f"A{row}"] for row in range(3, 9)] == [str(number) for number in range(1, 7)]
    assert cells(after, "Summary")["B14"] == "=COUNTA(Rates!A3:A8)"
    assert said.remarks == (
        'Rates has no column "Minimum", "Increment", "Connect fee", "Rounding", "Duration rounding", "Anchor"'
        ": what the files say of that is left out.",
        "Summary!B13 uses INDIRECT: addresses in its text do not follow the tables.",
        "Rates[Remark]: what stood there (1 of the former rows) is not in the new rows.",
    )


def test_the_other_tables_are_left_as_they_are(template: bytes) -> None:
    after, _ = filled(template, Given(RATES, rates(6)))
    old, new = cells(template, "Calls"), cells(after, "Calls")
    results = {"D15", "D16", "F15", "F16"}  # of arrays: stale, as all results
    assert new.keys() == old.keys() - results
    assert [new[f"A{row}"] for row in (5, 6, 7)] == ["EX5", "EX6", "EX7"]


def test_own_columns(template: bytes) -> None:
    found = cells(filled(template, Given(CALLS, calls(4)))[0], "Calls")
    assert [found[f"C{row}"] for row in range(5, 9)] == ["=ROUNDUP(Calls[[#This Row],[Seconds]]/60,0)"] * 4
    assert [found[f"K{row}"] for row in range(5, 9)] == [f"=H{row}/SUM(H$5:H$8)" for row in range(5, 9)]
    assert not [name for name in found if name.startswith("L") and name != "L4"]


def test_values_are_stored_as_reports_store_them(template: bytes, tmp_path: Path) -> None:
    """The same text of the same numbers and dates, by another writer."""
    one = calls(
        1, duration_ms=33_337, cost=Decimal("0.0085"), started_at=datetime(2026, 9, 1, 8, 30, 7, tzinfo=UTC)
    )
    after, _ = filled(template, Given(CALLS, one))
    with Workbook(tmp_path / "report.xlsx") as book:
        sheet, plain = book.add_worksheet(), book.add_format({"bold": True})
        for column, value in enumerate((one[0].started_at, Decimal("33.337"), Decimal("0.0085"))):
            write_value(sheet, 0, column, value, plain)
    expected = re.findall(
        r"<v>([^<]*)</v>",
        unzipped((tmp_path / "report.xlsx").read_bytes())["xl/worksheets/sheet1.xml"].decode(),
    )
    content = unzipped(after)["xl/worksheets/sheet2.xml"].decode()
    row = re.search(r'<row r="5".*?</row>', content)
    assert row
    assert re.findall(r"<v>([^<]*)</v>", row[0]) == expected


def test_text_of_strangers_is_text(template: bytes) -> None:
    odd = [*STRANGE, "_x0041_x0042_", " blank ", "a" * 40_000, "😀", ""]
    after, _ = filled(template, Given(CALLS, [one for text in odd for one in calls(1, status=text)]))
    sheet = opened(after)["Calls"]
    found = [sheet.cell(row, 7) for row in range(5, 5 + len(odd))]
    assert all(cell.data_type in ("s", "inlineStr", "n") for cell in found)
    assert not any(cell.data_type == "f" for cell in found)
    texts = [cell.value for cell in found]
    assert texts[0] == "=cmd|' /C calc'!A0"
    assert texts[odd.index("_x0041_x0042_")] == "_x005F_x0041_x005F_x0042_", "as files write it"
    assert texts[odd.index(" blank ")] == " blank "
    assert len(texts[odd.index("a" * 40_000)]) == 32_767
    assert texts[-1] is None


@pytest.mark.parametrize(
    ("written", "number_format", "expected"),
    [
        ("2026-01", None, "2026-09"),
        (None, None, "2026-09"),
        (date(2026, 1, 1), "yyyy-mm", datetime(2026, 9, 1)),
        (None, "mmmm yyyy", datetime(2026, 9, 1)),
    ],
)
def test_the_month(tmp_path: Path, written: object, number_format: str | None, expected: object) -> None:
    with Workbook(tmp_path / "mine.xlsx") as book:
        sheet = book.add_worksheet("Rates")
        cell_format = book.add_format({"num_format": number_format} if number_format else {"bold": True})
        if isinstance(written, date):
            sheet.write_datetime("C1", written, cell_format)
        else:
            sheet.write("C1", written, cell_format)
        book.define_name("Month", "=Rates!$C$1")
        sheet.add_table("A3:B4", {"name": "Rates", "columns": [{"header": "prefix"}, {"header": "RATE"}]})
    after, said = filled((tmp_path / "mine.xlsx").read_bytes(), Given(RATES, rates(2)), month="2026-09")
    assert cells(after, "Rates")["C1"] == expected
    assert cells(after, "Rates")["A5"] == "2"
    assert not any("month" in line for line in said.remarks)


def test_fifty_thousand_rows(template: bytes) -> None:
    after, _ = filled(template, Given(CALLS, calls(50_000)))
    content = unzipped(after)["xl/worksheets/sheet2.xml"]
    assert content.count(b"<row ") == 1 + 1 + 50_000 + 1 + 5
    assert b"<f>H50004/SUM(H$5:H$50004)</f>" in content
    assert b"<table xmlns" in unzipped(after)["xl/tables/table1.xml"]
    assert b'ref="A4:N50005"' in unzipped(after)["xl/tables/table1.xml"]


@pytest.mark.parametrize("count", [1, 2, 6])
def test_cells_that_do_not_say_their_address_stay_where_they_are(tmp_path: Path, count: int) -> None:
    """Some programs write none where the order of rows and cells tells it."""
    with Workbook(tmp_path / "mine.xlsx") as book:
        sheet, bold = book.add_worksheet("Calls"), book.add_format({"bold": True})
        columns = [{"header": "Call id"}, {"header": "Mine"}, {"header": "Seconds"}]
        sheet.add_table("A2:C4", {"name": "Calls", "columns": columns})
        sheet.write_row("A1", ["a", "b", "c", "d", "e"])
        for row in (3, 4):
            sheet.write_row(row - 1, 0, ["x", "y", row, "beside", row * 10])
        for row in (5, 6):
            sheet.write_row(row - 1, 0, [None, None, None, "box", "in"], bold)
    template = (tmp_path / "mine.xlsx").read_bytes()
    parts = dict(unzipped(template))
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = re.sub(rb'<(c|row) r="\w+"', rb"<\1", parts[sheet])
    with_addresses, _ = filled(template, Given(CALLS, calls(count)))
    without, _ = filled(zipped(parts), Given(CALLS, calls(count)))
    assert cells(without, "Calls") == cells(with_addresses, "Calls")


def test_a_table_whose_rows_were_deleted_has_rows_again(tmp_path: Path) -> None:
    """Excel shows one blank row then, and says that it is none."""
    with Workbook(tmp_path / "mine.xlsx") as book:
        sheet = book.add_worksheet("Calls")
        sheet.add_table("A1:B2", {"name": "Calls", "columns": [{"header": "Call id"}, {"header": "Seconds"}]})
    parts = dict(unzipped((tmp_path / "mine.xlsx").read_bytes()))
    table = "xl/tables/table1.xml"
    parts[table] = parts[table].replace(
        b" totalsRowShown", b' insertRow="1" insertRowShift="1" totalsRowShown'
    )
    for count in (1, 5):
        after, _ = filled(zipped(parts), Given(CALLS, calls(count)))
        assert b"insertRow" not in unzipped(after)[table]
        assert f'ref="A1:B{count + 1}"'.encode() in unzipped(after)[table]


def test_a_workbook_that_counts_days_from_1904(tmp_path: Path) -> None:
    with Workbook(tmp_path / "mine.xlsx", {"date_1904": True}) as book:
        sheet, day = book.add_worksheet("Calls"), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.add_table("A1:A2", {"name": "Calls", "columns": [{"header": "Started (UTC)"}]})
        sheet.write_blank("A2", None, day)
    after, said = filled((tmp_path / "mine.xlsx").read_bytes(), Given(CALLS, calls(1)))
    assert cells(after, "Calls")["A2"] == datetime(2026, 9, 1, 9, 30)
    assert not any("dates" in line for line in said.remarks)


@pytest.mark.parametrize("own", [True, False])
def test_a_category_that_the_numbers_do_not_tell(own: bool, tmp_path: Path) -> None:
    """As of calls by an app whose numbers do not say so: rates are looked up by it."""
    with Workbook(tmp_path / "mine.xlsx") as book:
        columns = [{"header": header} for header in ("Call id", "Category" if own else "Seconds")]
        book.add_worksheet("Calls").add_table("A4:B6", {"name": "Calls", "columns": columns})
    of_app = Given(CALLS, [*calls(1), *calls(1, category="calls-client")])
    after, said = filled((tmp_path / "mine.xlsx").read_bytes(), of_app)
    lacking = next(line for line in said.remarks if line.startswith("Calls has no column"))
    assert ('"Category"' in lacking) is not own
    if own:
        assert [cells(after, "Calls").get(f"B{row}") for row in (5, 6)] == [None, "calls-client"]
    told = filled((tmp_path / "mine.xlsx").read_bytes(), Given(CALLS, calls(2)))[1].remarks
    assert '"Category"' not in next(line for line in told if line.startswith("Calls has no column"))
