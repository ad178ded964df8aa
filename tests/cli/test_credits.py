"""Exit codes of months in which the sides differ by credits alone, or by a price that is not there yet."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_commands import HEADER, tollsheet

ROW = "CA{},+15005550006,+447700900123,Outgoing API,Phone,Completed,{},{},,,{},USD"
FIRST, SECOND = "12:00:00 UTC 2026-09-10", "12:30:00 UTC 2026-09-10"
CALLS = [ROW.format(1, 61, FIRST, "-0.02800"), ROW.format(2, 30, SECOND, "-0.01400")]
"""Twilio writes charges as negative prices, so credits are positive ones."""
BESIDE = ROW.format(1, 61, FIRST, "0.01000")
ALONE = ROW.format(9, 0, SECOND, "0.50000")
DEAR = ROW.format(1, 61, FIRST, "-0.03800")
PENDING = ROW.format(2, 30, SECOND, "")


@pytest.mark.parametrize("command", ["reconcile", "investigate"])
@pytest.mark.parametrize(
    ("log", "bill", "code"),
    [
        ([], [BESIDE], 1),
        ([], [ALONE], 1),
        ([BESIDE], [], 1),
        ([BESIDE], [BESIDE], 0),
        ([ALONE], [ALONE], 0),
    ],
    ids=["beside its charge", "of no call", "in the log alone", "on both sides", "of no call, on both"],
)
def test_a_credit_alone_is_a_difference(
    command: str, log: list[str], bill: list[str], code: int, tmp_path: Path
) -> None:
    assert run(command, [*CALLS, *log], [*CALLS, *bill], tmp_path) == code


@pytest.mark.parametrize("command", ["reconcile", "investigate"])
def test_a_credit_that_makes_a_price_right_leaves_no_difference(command: str, tmp_path: Path) -> None:
    assert run(command, CALLS, [DEAR, BESIDE, CALLS[1]], tmp_path) == 0


@pytest.mark.parametrize("command", ["reconcile", "investigate"])
def test_a_price_that_is_not_there_yet_is_never_balanced(command: str, tmp_path: Path) -> None:
    assert run(command, CALLS, [CALLS[0], PENDING], tmp_path) == 1
    assert run(command, [CALLS[0], PENDING], [CALLS[0], PENDING], tmp_path) == 1


@pytest.mark.parametrize("command", ["reconcile", "investigate"])
def test_a_bill_that_cannot_be_read_is_an_error(command: str, tmp_path: Path) -> None:
    assert run(command, CALLS, [], tmp_path) == 2


def run(command: str, log: list[str], bill: list[str], folder: Path) -> int:
    files = {"log.csv": log, "bill.csv": bill}
    for name, rows in files.items():
        (folder / name).write_text("\n".join([HEADER, *rows]) + "\n", "utf-8")
    ours, theirs = (folder / name for name in files)
    options = (
        "--month",
        "2026-09",
        "--calls",
        ours,
        "--billed",
        theirs,
        "-o",
        folder / "out.xlsx",
        "--force",
    )
    exported = ("--exported-at", "2026-10-05") if command == "investigate" else ()
    done = tollsheet(command, *options, *exported)
    assert "Traceback" not in done.stderr
    return done.returncode
