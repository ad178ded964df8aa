"""Options that several commands share, and those that take several files at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from addin.errors import TollsheetError

if TYPE_CHECKING:  # a command's --help reads no records: what does is imported when an option is read
    from addin.reconcile.month_end.invoice import GivenLine

FILE = click.Path(path_type=Path)
_MOST_DIGITS = 30
"""A tolerance with more of them is a slip of the keyboard."""


class ManyFiles(click.Command):
    """A command whose file options take all files that follow: `--calls jan.csv feb.csv --billed usage.csv`.

    A shell expands `--calls logs/*.csv` to just that, where click would take the first file only.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        many = {name for param in self.params if isinstance(param, ManyOption) for name in param.opts}
        spread: list[str] = []
        current = ""
        for position, argument in enumerate(args):
            if argument == "--":
                spread += args[position:]
                break
            if argument.startswith("-") and argument != "-":
                current = argument if argument in many else ""
                spread.append(argument)
            elif current and spread[-1] != current:
                spread += [current, argument]
            else:
                spread.append(argument)
        return super().parse_args(ctx, spread)


class ManyOption(click.Option):
    """An option that takes one or more values, in a command of the class `ManyFiles`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "multiple": True})


class FilesOption(ManyOption):
    """An option that takes one or more files."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "type": FILE, "metavar": "FILE..."})


class Amount(click.ParamType[Fraction]):
    """A plain decimal that is not negative, kept exact."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Fraction:
        if isinstance(value, Fraction):
            return value
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or number < 0 or abs(number.adjusted()) > _MOST_DIGITS:
            self.fail(f"{value!r} is not a number of 0 or more, such as 0.05", param, ctx)
        return Fraction(number)


class Money(click.ParamType[tuple[Fraction, str]]):
    """An amount that may be negative, and its currency where one is written: `1234.56`, `-5 USD`."""

    name = "amount"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[Fraction, str]:
        from addin.records.invoice_file import money_of

        try:
            return money_of(str(value))
        except TollsheetError as error:
            self.fail(str(error), param, ctx)


class NamedMoney(click.ParamType["GivenLine"]):
    """`NAME=AMOUNT`, such as `VAT=12.34` or `Credit=-5 USD`."""

    name = "line"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> GivenLine:
        from addin.reconcile.month_end.invoice import GivenLine
        from addin.records.invoice_file import money_of

        name, sign, text = str(value).rpartition("=")
        if not sign or not name.strip():
            self.fail(f"{value!r} is not NAME=AMOUNT, such as VAT=12.34", param, ctx)
        try:
            return GivenLine(name.strip(), *money_of(text))
        except TollsheetError as error:
            self.fail(str(error), param, ctx)


class Sections(ManyFiles):
    """A command whose many options are listed under titles; those of no section stand under the last."""

    def __init__(self, *args: Any, sections: Mapping[str, Sequence[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sections = sections

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        found: dict[str, list[tuple[str, str]]] = {title: [] for title in self.sections}
        title_of = {name: title for title, names in self.sections.items() for name in names}
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if record is not None:
                title = next((title_of[name] for name in param.opts if name in title_of), [*found][-1])
                found[title].append(record)
        for title, records in found.items():
            if records:
                with formatter.section(title):
                    formatter.write_dl(records)


class Day(click.ParamType[date]):
    """A day as YYYY-MM-DD."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        from addin.reconcile.period import parse_day

        try:
            return parse_day(str(value))
        except TollsheetError:
            self.fail(f"{value!r} is not a day as YYYY-MM-DD, such as 2026-09-30", param, ctx)


Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def comparing_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """By which rates two sides are compared, and how exactly they have to agree."""
    decorators: list[Decorator] = [
        click.option(
            "--rates", type=FILE, metavar="FILE", help="Rate card. Without one, the log's own prices count."
        ),
        click.option(
            "--tolerance-minutes", type=Amount(), default=Fraction(0), metavar="N", help="Allowed difference."
        ),
        click.option(
            "--tolerance-amount", type=Amount(), default=Fraction(0), metavar="N", help="Allowed difference."
        ),
        click.option(
            "--match-window",
            type=click.IntRange(0, 86_400),
            default=60,
            show_default=True,
            metavar="SECONDS",
            help="How far apart two records of one call may start where ids do not match; 1 s where both "
            "have ids and other calls match by theirs.",
        ),
    ]
    for decorator in reversed(decorators):
        command = decorator(command)
    return command


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """How the call log is read."""
    decorators: list[Decorator] = [
        click.option("--provider", metavar="NAME", help="Format of the log, where its headers do not tell."),
        click.option(
            "--mapping", type=FILE, metavar="FILE", help="TOML file that names the columns of an own format."
        ),
        click.option(
            "--time-zone",
            metavar="ZONE",
            help="Zone of times that carry none, such as America/New_York or +05:30.  [default: UTC]",
        ),
        click.option(
            "--voicemail-billed/--voicemail-not-billed",
            default=None,
            help="Whether calls answered by voicemail or a machine are billed (Voiso). Else their status is "
            "unknown.",
        ),
    ]
    for decorator in reversed(decorators):
        command = decorator(command)
    return command
