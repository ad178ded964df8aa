"""Months at random: what the reconciliation makes of them is what programs calculate, cell by cell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from addin.reconcile.lines import STEPS
from templates.blank.reconciliation import build
from templates.blank.reconciliation.example import EXAMPLE, Rows, usage
from templates.blank.reconciliation.settled import settle
from tests.templates.blank.programs import in_ironcalc, in_office, stale, stored
from tests.templates.blank.reconciliation.months import month
from tests.validator.validate import problems

_OF_OTHER_DAYS = (
    usage(2, "calls", 3, "40", "0.3", days=(date(2026, 9, 1), date(2026, 9, 20))),
    usage(3, "calls-inbound", 1, "6", "0.027", days=(date(2026, 9, 21), date(2026, 9, 30))),
    usage(4, "calls-outbound", 2, "30", "0.2", days=(date(2026, 9, 1), date(2026, 9, 20))),
)
"""The first contains the others by its name, but has no day of the second."""


def built(rows: Rows, folder: Path) -> Path:
    path = folder / "month.xlsx"
    path.write_bytes(build(rows))
    return path


@pytest.mark.parametrize("seed", range(4))
def test_any_month_is_calculated_as_it_is_reconciled(seed: int, tmp_path: Path) -> None:
    path = built(month(seed), tmp_path)
    assert stale(path, in_ironcalc(path)) == []


def test_a_month_in_libreoffice(tmp_path: Path) -> None:
    """From a hundred rows on it calculates a column at once."""
    path = built(month(5, calls=120), tmp_path)
    assert stale(path, in_office(path)) == []
    assert problems(path) == []


def test_the_months_hold_every_step() -> None:
    """Each step has rows in some month, or the tests above prove little of it."""
    met: set[str] = set()
    for seed in range(4):
        result = settle(month(seed)).result
        met |= {line.step for line in result.log} | {line.step for line in result.bill}
        met |= {name for name, step in result.bridges["USD"].items() if step}
    assert met >= {*STEPS, "matched", "credit"}


@pytest.mark.parametrize(
    "rows",
    [
        replace(EXAMPLE, billed=()),
        replace(EXAMPLE, usage=()),
        replace(EXAMPLE, billed=(), usage=EXAMPLE.usage[:1]),
        replace(EXAMPLE, billed=(), usage=(replace(EXAMPLE.usage[0], category="calls"), *EXAMPLE.usage[:2])),
        replace(EXAMPLE, billed=(), usage=_OF_OTHER_DAYS),
        replace(
            EXAMPLE, billed=(), usage=(*EXAMPLE.usage, replace(EXAMPLE.usage[0], category="calls-client"))
        ),
        replace(EXAMPLE, log=EXAMPLE.log[:2], billed=EXAMPLE.billed[:2], usage=()),
    ],
    ids=[
        "usage alone",
        "call records alone",
        "one direction",
        "a category that holds others",
        "days that no other holds",
        "the app's calls",
        "balanced",
    ],
)
def test_either_kind_of_bill(rows: Rows, tmp_path: Path) -> None:
    path = built(rows, tmp_path)
    assert stale(path, in_ironcalc(path)) == []
    assert stored(path)["Summary!B5"] == settle(rows).result.verdict


def test_a_wrong_value_would_be_seen(tmp_path: Path) -> None:
    """The comparison sees one row that is not what was reconciled."""
    path = built(EXAMPLE, tmp_path)
    other = tmp_path / "other.xlsx"
    longer = replace(EXAMPLE.log[0], duration_ms=EXAMPLE.log[0].duration_ms + 6000)
    other.write_bytes(build(replace(EXAMPLE, log=(longer, *EXAMPLE.log[1:]))))
    assert stale(path, in_ironcalc(other)) != []


def test_days_that_no_other_category_holds_are_in_the_total(tmp_path: Path) -> None:
    path = built(replace(EXAMPLE, billed=(), usage=_OF_OTHER_DAYS), tmp_path)
    assert stored(path)["Summary!B14"] == 4


def test_the_app_s_calls_are_not_taken_for_one_direction(tmp_path: Path) -> None:
    """Then directions are not compared: the log's calls of the app would be among those of one."""
    client = replace(EXAMPLE.usage[0], category="calls-client")
    path = built(replace(EXAMPLE, billed=(), usage=(*EXAMPLE.usage, client)), tmp_path)
    assert stored(path).get("By category!E5") is None
    assert stored(path)["By category!B5"] == 8
