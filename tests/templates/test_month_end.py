"""The sheets after the findings: there where they have something to say, live, and with names of one list."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from addin.hosts.report_files.reconciliation import write_reconciliation
from addin.reports.reconciliation.data import ReconciliationReport
from templates.formulas.lambdas import LAMBDAS
from templates.report_names import is_of_a_report
from tests.office.harness import read_workbook
from tests.templates.reports import ALL, balanced, by_usage, month_end
from tests.templates.test_recalculated import differences
from tests.workbook_lint.delivered import faults

ALWAYS = ["Considerations", "Accrual"]


def sheets_after_findings(made: ReconciliationReport, path: Path) -> list[str]:
    write_reconciliation(made, path)
    names = load_workbook(path, read_only=True).sheetnames
    assert names[-2:] == ["Assumptions", "Sign-off"]
    return names[names.index("Findings") + 1 : -2]


def test_each_sheet_is_there_where_it_says_something(tmp_path: Path) -> None:
    assert sheets_after_findings(balanced(), tmp_path / "a.xlsx") == ALWAYS
    assert sheets_after_findings(by_usage(), tmp_path / "b.xlsx") == ["Considerations", "Invoice", "Accrual"]
    assert sheets_after_findings(month_end(), tmp_path / "c.xlsx") == [
        *("Considerations", "Rate check", "Month over month", "Invoice", "Accrual")
    ]


@pytest.mark.parametrize("kind", ALL)
def test_every_name_is_in_the_list(kind: str, tmp_path: Path) -> None:
    write_reconciliation(ALL[kind](), tmp_path / "month.xlsx")
    names = set(load_workbook(tmp_path / "month.xlsx").defined_names)
    assert names >= set(LAMBDAS)
    own = {name for name in names - set(LAMBDAS) if not name.startswith("_")}
    assert [name for name in own if not is_of_a_report(name)] == []


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    path = tmp_path_factory.mktemp("month") / "month.xlsx"
    write_reconciliation(month_end(), path)
    return read_workbook(path)  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("sheet", "tables"),
    [
        ("Considerations", ("Calls[Ended UTC]", "Calls[Log clock]", "Calls[Seconds if counted]")),
        ("Rate check", ("Prices[Charged]", "Prices[By the card]", "COUNTIFS(Prices[What explains it]")),
        ("Month over month", ("Calls[Seconds]", "Calls[Cost if counted]")),
        ("Invoice", ("Calls[Expected cost]", "Billed[On the invoice]", "Billed[Cost]")),
    ],
)
def test_figures_lead_to_their_rows(whole: dict, sheet: str, tables: tuple[str, ...]) -> None:  # type: ignore[type-arg]
    formulas = " ".join(whole[sheet].formulas.values())
    assert [table for table in tables if table not in formulas] == []


def test_the_effects_are_what_was_made(whole: dict) -> None:  # type: ignore[type-arg]
    cells = whole["Considerations"].values
    effects = {cells[f"A{row}"]: tuple(cells[f"{column}{row}"] for column in "CD") for row in range(5, 11)}
    assert effects["voice and client"] == (1, pytest.approx(1.1))
    assert effects["billing time"] == (0, 0)
    assert effects["time zone"] == (0, 0)
    assert effects["unbilled statuses"] == (-1, pytest.approx(-0.2))
    assert effects["the < boundary"] == (1, 120)


def test_the_invoice_sums_and_its_rest_is_named(whole: dict) -> None:  # type: ignore[type-arg]
    cells = whole["Invoice"].values
    amounts = {cells[f"A{row}"]: cells[f"B{row}"] for row in range(5, 30) if f"B{row}" in cells}
    assert amounts["Billed calls"] == pytest.approx(3.25)
    assert amounts["Usage in all"] == pytest.approx(3.25 + 2 * 3.05)
    assert amounts["Sum of the lines"] == pytest.approx(3.25 + 6.1 + 0.9)
    assert amounts["Not explained"] == pytest.approx(12 - 10.25)
    assert sum("contained in sms" in str(value) for value in cells.values()) == 2


@pytest.mark.parametrize("sheet", ["Considerations", "Rate check", "Month over month", "Invoice", "Accrual"])
def test_a_wrong_figure_is_seen(sheet: str, tmp_path: Path) -> None:
    """What a sheet says is not what its tables say: recalculation tells it."""
    made = month_end()
    off = Decimal("0.000001")
    tie = made.ties[0]
    assert made.rate_check is not None
    wrong = {
        "Considerations": {
            "considerations": (
                replace(made.considerations[0], minutes=made.considerations[0].minutes + off),
                *made.considerations[1:],
            )
        },
        "Rate check": {
            "rate_check": replace(
                made.rate_check,
                causes=(
                    replace(made.rate_check.causes[0], charged=made.rate_check.causes[0].charged + off),
                    *made.rate_check.causes[1:],
                ),
            )
        },
        "Month over month": {
            "other_months": (
                replace(made.other_months[0], cost=made.other_months[0].cost + off),
                *made.other_months[1:],
            )
        },
        "Invoice": {"ties": (replace(tie, sum=tie.sum + off),)},
        "Accrual": {"accruals": (replace(made.accruals[0], amount=made.accruals[0].amount + off),)},
    }[sheet]
    write_reconciliation(replace(made, **wrong), tmp_path / "month.xlsx")  # type: ignore[arg-type]
    found = differences(read_workbook(tmp_path / "month.xlsx"))
    assert found
    assert all(one.startswith(f"{sheet}!") for one in found)


def test_rows_that_do_not_fit_leave_the_figures(tmp_path: Path) -> None:
    write_reconciliation(month_end(), tmp_path / "a.xlsx", max_rows=8)
    assert differences(read_workbook(tmp_path / "a.xlsx")) == []
    assert faults(tmp_path / "a.xlsx") == []


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    made = month_end()
    for name in ("a.xlsx", "b.xlsx"):
        write_reconciliation(made, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_of_thousands_of_causes_the_largest_are_live(tmp_path: Path) -> None:
    made = month_end()
    assert made.rate_check is not None
    cause = made.rate_check.causes[0]
    causes = tuple(replace(cause, explained=f"cause {number}") for number in range(503))
    write_reconciliation(
        replace(made, rate_check=replace(made.rate_check, causes=causes)), tmp_path / "month.xlsx"
    )
    sheet = load_workbook(tmp_path / "month.xlsx")["Rate check"]
    counts = [str(row[2].value) for row in sheet.iter_rows() if str(row[0].value).startswith("cause ")]
    assert [count.startswith("=COUNTIFS") for count in counts] == [True] * 500 + [False] * 3
    assert counts[-1] == str(cause.calls)


def test_where_only_the_largest_differences_are_explained_the_sheet_says_where_the_others_are(
    tmp_path: Path,
) -> None:
    made = month_end()
    assert made.rate_check is not None
    check = replace(made.rate_check, different=130_000, not_explained=30_000)
    write_reconciliation(replace(made, rate_check=check), tmp_path / "month.xlsx")
    sheet = load_workbook(tmp_path / "month.xlsx")["Rate check"]
    said = (
        "The 100,000 largest differences are explained. The other 30,000 are one line here; each call is on "
    )
    sheets = {"bill": "the sheet Billed (Cost, Rate cost).", "log": "the sheet Calls (Log price)."}
    assert sheet["A5"].value == said + sheets[check.side]
