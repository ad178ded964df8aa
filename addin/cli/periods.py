"""`--period` and `--as-of`: a period in words becomes days here, where the clock may be read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

import click

from addin.errors import TollsheetError
from addin.reconcile.period import Days, parse_day
from addin.reconcile.relative_period import KNOWN, named, resolve
from udfs.errors import CellError
from udfs.rating.attribution import zone

PERIOD = "{period}"
"""In the name of an output: the period takes its place."""


def period_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Both options, as `period` and `as_of`."""
    for decorator in (
        click.option(
            "--as-of",
            default="",
            metavar="YYYY-MM-DD",
            help="The day from which --period looks back.  [default: today in the report's zone]",
        ),
        click.option(
            "--period",
            default="",
            metavar="WORDS",
            help=f"A period in words, for runs that are repeated: {', '.join(KNOWN)}.",
        ),
    ):
        command = decorator(command)
    return command


def days_of(period: str, as_of: str, zone_name: str) -> Days:
    """The days of a period in words. Says from which day it looks back, since the clock may have decided."""
    day = parse_day(as_of) if as_of else datetime.now(zone_of(zone_name)).date()
    days = resolve(period, day)
    click.echo(f"As of {day} ({zone_name}), {period} is {named(days)}")
    return days


def zone_of(name: str) -> tzinfo:
    """Raises TollsheetError where there is no such zone."""
    try:
        return zone(name)
    except CellError as error:
        raise TollsheetError(error.problem, error.remedy, "--report-zone") from None


def in_name(path: Path, days: Days) -> Path:
    """The path with the period in its name, where that asks for it.

    >>> from datetime import date
    >>> in_name(Path("a/billing {period}.xlsx"), Days(date(2026, 9, 1), date(2026, 9, 30))).name
    'billing 2026-09.xlsx'
    """
    return path.with_name(path.name.replace(PERIOD, named(days)))
