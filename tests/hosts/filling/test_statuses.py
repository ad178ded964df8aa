"""Statuses that only a mapping or a setting explains are entered as words that every template knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from addin.hosts.filling.inputs import BILL, CALL_LOG, Inputs
from addin.hosts.filling.statuses import with_known_statuses
from addin.hosts.filling.targets import Given
from addin.hosts.package import read_package
from addin.records.call import Call, Records
from templates.inputs import BILLED, CALLS, RATES, InputTable
from tests.hosts.filling.filled import calls
from tests.hosts.filling.test_rows import rates
from tests.templates.blank.planted import Opened


@pytest.mark.parametrize(
    ("status", "is_billed", "entered"),
    [
        ("Verbunden", True, "answered"),
        ("Besetzt", False, "not answered"),
        ("completed", False, "not answered"),
        ("", True, "answered"),
        ("Completed", True, "Completed"),
        ("no-answer", False, "no-answer"),
        ("Verbunden", None, "Verbunden"),
        ("busy", None, "busy"),
    ],
)
@pytest.mark.parametrize("table", [CALLS, BILLED])
def test_a_word_is_entered_that_says_what_the_file_was_read_as(
    table: InputTable[Call], status: str, is_billed: bool | None, entered: str
) -> None:
    rows, card = calls(2, status=status, is_billed=is_billed), Given(RATES, rates(1))
    given, said = with_known_statuses([Given(table, rows), card])
    assert [call.status for call in given[0].records] == [entered] * 2
    assert [call.status for call in rows] == [status] * 2, "the records stay as they were read"
    assert given[1] is card
    line = (
        f'{table.name}: "{status}" in 2 rows was entered as "{entered}", as the column mapping or the '
        "setting of voicemail says."
    )
    assert said == ([] if entered == status else [line])


def test_calls_of_a_mapping_are_in_the_bridge_of_the_template(tmp_path: Path) -> None:
    """Their words stand in no list of the reconciliation template, which has no sheet for more of them."""
    (tmp_path / "rates.csv").write_text(
        "prefix,currency,rate,decimals\n44,USD,0.01,4\n1,USD,0.01,4\n", "utf-8"
    )
    records = Records(calls=tuple(calls(3, status="Verbunden", is_billed=True)))
    package = read_package(Path("templates") / "reconciliation.xlsx")
    inputs = Inputs(package)
    inputs.add(CALL_LOG, records)
    inputs.add(BILL, records)
    inputs.add_rates(tmp_path / "rates.csv")
    said = inputs.fill("2026-09").remarks
    assert [line.partition(":")[0] for line in said if '"Verbunden" in 3 rows' in line] == ["Calls", "Billed"]
    package.write(tmp_path / "filled.xlsx")
    book = Opened(tmp_path / "filled.xlsx")
    assert (book.value("expected_calls"), book.value("expected_cost")) == (3, 0.03)
