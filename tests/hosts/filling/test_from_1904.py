"""A template that counts its days from 1904, as those of an old Mac, gives the figures of any other."""

from __future__ import annotations

from pathlib import Path

from addin.hosts.filling.targets import Given
from templates.inputs import BILLED, CALLS, RATES, USAGE
from tests.hosts.filling.filled import calls, filled
from tests.hosts.filling.test_rows import rates
from tests.hosts.package.made import unzipped, zipped
from tests.office.harness import office

TEMPLATE = Path(__file__).parents[3] / "templates" / "reconciliation.xlsx"
DAYS = 1_462
"""From the one first day to the other."""


def test_figures_are_the_same_and_dates_are_counted_from_there(tmp_path: Path) -> None:
    parts = dict(unzipped(TEMPLATE.read_bytes()))
    document = parts["xl/workbook.xml"]
    parts["xl/workbook.xml"] = document.replace(b"<workbookPr", b'<workbookPr date1904="1"', 1)
    assert parts["xl/workbook.xml"] != document
    found = []
    with office() as running:
        for number, template in enumerate((TEMPLATE.read_bytes(), zipped(parts))):
            given = (
                Given(CALLS, calls(30)),
                Given(BILLED, calls(27)),
                Given(USAGE, []),
                Given(RATES, rates(5)),
            )
            path = tmp_path / f"{number}.xlsx"
            path.write_bytes(filled(template, *given, month="2026-09", name=TEMPLATE.name)[0])
            found.append(running.read_workbook(path))
    dates = 0
    for name, sheet in found[0].items():
        other = found[1][name].values
        assert sheet.values.keys() == other.keys()
        for cell, value in sheet.values.items():
            if str(value) != str(other[cell]):
                assert _is_a_day(value, other[cell]), (name, cell, value, other[cell])
                dates += 1
    assert dates > 57, "those of the calls, and the month"


def _is_a_day(value: object, other: object) -> bool:
    return isinstance(value, float) and isinstance(other, float) and abs(value - other - DAYS) < 1e-6
