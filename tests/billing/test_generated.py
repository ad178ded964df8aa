"""Three generated months with planted faults: every total is the generator's own, on any seed."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from addin.billing.billing import bill
from addin.billing.choices import Choices
from addin.billing.lines import AMD, DIALER, MANUAL, SHORT_NAMES
from addin.billing.tables import Book
from addin.records import read_records
from addin.records.call import Records
from addin.reports.billing.report import billing_report_of
from examples.generator.billing import billing
from tests.billing.make import ROSTER, charge, june

SEEDS = (1, 2, 3, 17, 99)


def read(folder: Path, seed: int) -> tuple[Records, dict[str, Any]]:
    files, planted = billing(seed, 260)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return read_records([folder / name for name in files]), planted


def found(book: Book) -> dict[str, Any]:
    """A book in the form of the generator's truth; figures that are 0 are not told."""
    names = {table: name for name, table in SHORT_NAMES.items()}
    return {
        "columns": list(book.columns),
        "charges": book.charges,
        "total": book.total,
        "tables": {
            names[table.name]: {
                row.label: {
                    "total": row.total,
                    **{name: cost for name, cost in zip(book.columns, row.by_column, strict=True) if cost},
                }
                for row in table.rows
            }
            for table in book.tables
        },
        "teams": {one.name: one.total for one in book.teams},
        "by_country": {one.name: one.total for one in book.countries},
    }


def truth(told: dict[str, Any]) -> dict[str, Any]:
    def costs(cells: dict[str, str]) -> dict[str, Decimal]:
        return {name: Decimal(cost) for name, cost in cells.items() if name == "total" or Decimal(cost)}

    return {
        "columns": told["columns"],
        "charges": told["charges"],
        "total": Decimal(told["total"]),
        "tables": {
            name: {label: costs(cells) for label, cells in rows.items()}
            for name, rows in told["tables"].items()
        },
        "teams": {name: Decimal(cost) for name, cost in told["teams"].items()},
        "by_country": {name: Decimal(cost) for name, cost in told["by_country"].items()},
    }


def chosen_in(values: dict[str, Any]) -> Choices:
    return Choices(**{name: tuple(one) if isinstance(one, list) else one for name, one in values.items()})


@pytest.mark.parametrize("seed", SEEDS)
def test_every_total_is_the_planted_one(seed: int, tmp_path: Path) -> None:
    records, planted = read(tmp_path, seed)
    assert not records.unreadable
    for name, told in planted["reports"].items():
        result = bill(records.charges, records.roster, chosen_in(told["choices"]))
        dollars = next(book for book in result.books if book.currency == "USD")
        assert found(dollars) == truth(told), name
        for book in result.books:  # every table adds up, across and down
            for table in book.tables:
                assert table.total == sum(row.total for row in table.rows)
                assert all(row.total == sum(row.by_column) for row in table.rows)
            for splits in (book.teams, book.countries, book.agents):
                assert sum(one.total for one in splits) == book.total
                assert sum(one.charges for one in splits) == book.charges
            assert book.months[-1].total == book.total
    everyone = bill(records.charges, records.roster, Choices(month=planted["month"], everyone=True))
    left_out: dict[str, int] = {}
    for line in everyone.lines:
        if not line.is_counted and line.charge.place.file == "charges.csv":
            left_out[line.outcome] = left_out.get(line.outcome, 0) + 1
    assert left_out == planted["left_out"]


def test_reports_on_each_team_never_count_more_than_the_whole(tmp_path: Path) -> None:
    records, _ = read(tmp_path, 5)
    people = [{"teams": ("Sales",)}, {"users": ("katherine", "edith", "mary", "joan")}]
    people.append({"deactivated_users": ("annie",)})  # grace, in both teams, is in the first
    parts = [
        bill(records.charges, records.roster, Choices(month="2026-09", **one))
        for one in people  # type: ignore[arg-type]
    ]
    counted = [line.charge.place for part in parts for line in part.lines if line.is_counted]
    assert len(counted) == len(set(counted))


def test_what_is_said_of_the_example(examples: Path) -> None:
    folder = examples / "billing"
    records = read_records([folder / "charges.csv", folder / "roster.csv"])
    chosen = json.loads((folder / "planted.json").read_text("utf-8"))["reports"]["one team"]["choices"]
    report = billing_report_of(bill(records.charges, records.roster, chosen_in(chosen)), ())
    assert [sentence.partition(":")[0] for sentence in report.to_look_at] == [
        "Unknown type",
        "Pending",
        "Agents that the roster does not name, and who are not chosen",
    ]
    said = "\n".join(report.facts)
    for part in (
        "Started before the period but billed in it, and so counted: 1 charge, 1.2345 USD",
        "Started in the period but billed after it, and so not counted: 1 charge, 1.2345 USD",
        "No country: ",
        "In Other as their country is not chosen: ",
        "so that there is no column: NO",
        "Credits (negative costs) are in the totals: 1 charge, -0.5 USD",
        "Copies were counted once; left out 1 charge",
        "Dialer calls that no agent took are in their campaigns: 1 charge, 0.0077 USD",
    ):
        assert part in said, part
    assert not report.is_fine


COSTS = st.decimals("-5", "500", places=5).map(str)
AGENTS = st.sampled_from(("ann", "bob", "cy", "dee", "eve", "zoe", ""))
NUMBERS = st.sampled_from(("+442079460958", "+14155550123", "+493023125012", "+88161234567", "x", ""))
KINDS = st.sampled_from(("manual", "click_to_call", "dialer", "amd"))
DAYS = st.sampled_from(("2026-05-31 23:59", "2026-06-01 00:00", "2026-06-30 23:59", "2026-07-01 00:00"))
ROWS = st.lists(
    st.tuples(COSTS, AGENTS, NUMBERS, KINDS, DAYS, st.sampled_from(("", "7", "8"))), min_size=1, max_size=25
)


@settings(deadline=None, max_examples=60)
@given(ROWS, st.sets(st.sampled_from(("Sales", "Support"))), st.sets(st.sampled_from(("ann", "dee", "zoe"))))
def test_sums_of_any_selection_are_those_of_its_agents(
    rows: list[tuple[str, ...]], teams: set[str], users: set[str]
) -> None:
    """Against a plain sum over the rows, in integers; calls that no agent took are held apart."""
    charges = [
        charge(cost, agent, to, kind, day, campaign_id=campaign)
        for cost, agent, to, kind, day, campaign in rows
    ]
    users &= {"ann", "dee"} | ({"zoe"} if any(row[1] == "zoe" for row in rows) else set())
    if not teams and not users:
        users = {"ann"}
    members = {one.agent for one in ROSTER if teams & set(one.teams)} | users
    result = june(*charges, teams=tuple(teams), users=tuple(users), countries=("GB", "US"))
    inside = [row for row in rows if row[4].startswith("2026-06") and row[1] in members]
    for name, kinds in ((MANUAL, ("manual", "click_to_call")), (DIALER, ("dialer",)), (AMD, ("amd",))):
        wanted = sum(round(Decimal(row[0]) * 100_000) for row in inside if row[3] in kinds)
        nobody = [line for line in result.lines if line.is_counted and not line.agent and line.table == name]
        table = next(one for one in result.books[0].tables if one.name == name)
        assert table.total == Decimal(wanted) / 100_000 + sum(line.cost or 0 for line in nobody)
        assert name == DIALER or not nobody
        assert all(sum(row.by_column) == row.total for row in table.rows)
    assert sum(book.charges for book in result.books) == sum(line.is_counted for line in result.lines)
