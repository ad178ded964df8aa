"""Filled templates in the real LibreOffice, which calculates them, and before Microsoft's validator."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from addin.hosts.filling.targets import Given
from templates.inputs import CALLS, RATES
from tests.hosts.filling.filled import calls, changes, filled, opened
from tests.hosts.filling.templates import write_template
from tests.hosts.filling.test_rows import rates
from tests.office.harness import Office, Sheet, office
from tests.templates.reports import STRANGE
from tests.validator.validate import problems

MANY = 40
SECONDS = [7 * number for number in range(1, MANY + 1)]


@pytest.fixture(scope="module")
def running() -> Iterator[Office]:
    with office() as found:
        yield found


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_template(tmp_path_factory.mktemp("template") / "mine.xlsx")


@pytest.fixture(scope="module")
def customised(running: Office, template: Path) -> Path:
    """The template after somebody worked on it in LibreOffice."""
    target = template.with_name("ours.xlsx")
    running.ask("customise_in_office.py", template, str(target))
    return target


def read(running: Office, content: bytes, path: Path) -> dict[str, Sheet]:
    path.write_bytes(content)
    return running.read_workbook(path)


def figures(sheets: dict[str, Sheet], count: int) -> None:
    """Every figure of the template by our own arithmetic, and no other than that stored."""
    seconds = SECONDS[:count]
    last = 4 + count
    summary, log = sheets["Summary"].values, sheets["Calls"].values
    total = sum(seconds)
    expected = {
        "B5": total,
        "B6": total,
        "B7": count,
        "B8": seconds[0],
        "B9": total,
        "B10": 2 * max(seconds),
        "B11": sum(seconds[0::2]),
        "B12": sum(-(-one // 60) for one in seconds) + 2 * max(seconds),  # what is below is in it
        "B14": 5,
        "B15": 2,
    }
    assert {name: summary[name] for name in expected} == expected
    for row, one in enumerate(seconds, 5):
        assert log[f"C{row}"] == -(-one // 60)
        assert log[f"K{row}"] == pytest.approx(float(Fraction(one, total)), rel=1e-12)
    assert log[f"H{last + 1}"] == total, "the row of totals"
    assert [log[f"D{last + 7 + at}"] for at in range(3)] == sorted(seconds)[:3]
    for name, sheet in sheets.items():
        assert sheet.loaded == sheet.values, f"{name}: a stored value differs from the calculated one"


@pytest.mark.parametrize("count", [3, MANY])
def test_every_figure_is_calculated_anew(running: Office, template: Path, tmp_path: Path, count: int) -> None:
    content, _ = filled(
        template.read_bytes(), Given(CALLS, calls(count)), Given(RATES, rates(5)), month="2026-09"
    )
    sheets = read(running, content, tmp_path / "filled.xlsx")
    figures(sheets, count)
    assert sheets["Summary"].values["B3"] == "2026-09"
    assert sheets["Rates"].values["H3"] == 5
    assert problems(tmp_path / "filled.xlsx") == []


def test_a_template_that_somebody_changed_in_libreoffice(
    running: Office, customised: Path, tmp_path: Path
) -> None:
    before = customised.read_bytes()
    content, _ = filled(before, Given(CALLS, calls(MANY)), Given(RATES, rates(5)), month="2026-09")
    sheets = read(running, content, tmp_path / "filled.xlsx")
    figures(sheets, MANY)
    total = sum(SECONDS)
    summary = sheets["Summary"].values
    assert (summary["B20"], summary["B22"], summary["B23"]) == (2 * total, 7, total + 1)
    assert summary["B21"] == pytest.approx(total / MANY, rel=1e-12)
    pivot = {summary[f"A{row}"]: summary[f"B{row}"] for row in (33, 34, 35)}
    assert pivot == {"busy": sum(SECONDS[1::2]), "completed": sum(SECONDS[0::2]), "Total Result": total}
    odd, found = (
        {one["description"] for one in problems(path)} for path in (customised, tmp_path / "filled.xlsx")
    )
    assert found <= odd, "LibreOffice's own oddities, and no others"
    untouched = {"xl/styles.xml", "xl/theme/theme1.xml", "xl/media/image1.png", "docProps/core.xml"}
    untouched |= {"xl/pivotTables/pivotTable1.xml", "[Content_Types].xml"}
    assert not untouched & changes(before, content).keys()


def test_filled_again_in_libreoffices_form(customised: Path) -> None:
    given = Given(CALLS, calls(MANY))
    once, _ = filled(customised.read_bytes(), given, month="2026-09")
    assert filled(once, given, month="2026-09")[0] == once


def test_text_of_strangers_in_a_program(running: Office, template: Path, tmp_path: Path) -> None:
    odd = [*STRANGE, "_x0041_x0042_", " blank "]
    content, _ = filled(
        template.read_bytes(), Given(CALLS, [one for text in odd for one in calls(1, status=text)])
    )
    log = read(running, content, tmp_path / "filled.xlsx")["Calls"]
    assert not any(name.startswith("G") for name in log.formulas)
    shown = [log.values[f"G{row}"] for row in range(5, 5 + len(odd))]
    assert shown[: len(STRANGE)][0] == "=cmd|' /C calc'!A0"
    assert shown[-2:] == ["_x0041_x0042_", " blank "]


def test_a_reader_of_files_finds_it(template: Path) -> None:
    content, _ = filled(template.read_bytes(), Given(CALLS, calls(MANY)))
    book = opened(content)
    log = book["Calls"]
    assert log.tables["Calls"].ref == f"A4:N{5 + MANY}"
    assert [log.cell(row, 8).value for row in range(5, 5 + MANY)] == SECONDS
    assert book.defined_names["all_seconds"].attr_text == f"Calls!$H$5:$H${4 + MANY}"
    assert log.print_area == f"'Calls'!$A$1:$N${5 + MANY}"
