"""What is known of each cell function, read from its signature and its docstring: nothing is said twice.

The docstring's first paragraph is the description; `Args:` holds the help of each argument; `Excel:` and
`Examples:` hold formulas and runnable lines.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec

from udfs.cells.ranges import REQUIRED, Fast, Rule, evaluate

Arguments = ParamSpec("Arguments")
LONGEST_HELP = 255
"""A spreadsheet cuts descriptions after this many characters."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a cell function."""

    name: str
    help: str
    required: bool
    default: Any
    """What a blank stands for; None where the help says what."""
    is_table: bool
    """A range as a whole, with headers, rather than a value for each element."""
    is_date: bool
    """A day or an instant: its number means another day where a workbook counts from 1904."""


@dataclass(frozen=True, slots=True)
class CellFunction:
    """One cell function, as spreadsheets, wrappers and documents need it."""

    name: str
    description: str
    arguments: tuple[Argument, ...]
    sections: dict[str, str]
    """The docstring's parts by their heading; `` for the text before the first."""
    call: Callable[..., Any]
    gives_date: bool = False
    """Its numbers are days, too."""

    @property
    def has_dates(self) -> bool:
        """Whether it has to know from which day the workbook counts."""
        return any(argument.is_date for argument in self.arguments)

    @property
    def signature(self) -> str:
        """As a formula shows it, optional arguments in brackets."""
        shown = (argument.name if argument.required else f"[{argument.name}]" for argument in self.arguments)
        return f"{self.name}({', '.join(shown)})"


CELL_FUNCTIONS: dict[str, CellFunction] = {}
"""The cell functions by name, in the order of the list."""


def cell_function(
    *,
    blank: dict[str, Any] | None = None,
    table: dict[str, Callable[..., Any]] | None = None,
    fast: Fast | None = None,
    dates: Collection[str] = (),
    gives_date: bool = False,
) -> Callable[[Callable[Arguments, Any]], Callable[Arguments, Any]]:
    """Make a rule for one element a cell function: over scalars, ranges and arrays, and on the list.

    `blank` says what a blank required argument stands for, `table` which argument is a range as a whole,
    `dates` which are days or instants.
    """

    def declare(body: Callable[Arguments, Any]) -> Callable[Arguments, Any]:
        signature = inspect.signature(body)
        names = tuple(signature.parameters)
        defaults = tuple(
            REQUIRED if parameter.default is parameter.empty else parameter.default
            for parameter in signature.parameters.values()
        )
        tables = {names.index(name): read for name, read in (table or {}).items()}
        stands_for = tuple(
            (blank or {}).get(name, default) for name, default in zip(names, defaults, strict=True)
        )
        rule = Rule(body, names, stands_for, tables, fast)

        fewest = sum(default is REQUIRED for default in defaults)

        @wraps(body)
        def call(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Any:
            if not kwargs and fewest <= len(args) <= len(names):  # as spreadsheets call, and much quicker
                return evaluate(rule, args + defaults[len(args) :])
            bound = signature.bind(*args, **kwargs)
            bound.apply_defaults()
            return evaluate(rule, bound.args)

        sections = _sections(inspect.getdoc(body) or "")
        helps = _helps(sections.get("Args", ""))
        name = call.__name__
        assert set(dates) <= set(names), f"{name} has no such arguments: {dates}"
        CELL_FUNCTIONS[name] = CellFunction(
            name=name,
            description=" ".join(sections[""].split("\n\n")[0].split()),
            arguments=tuple(
                Argument(
                    name=argument,
                    help=helps[argument],
                    required=default is REQUIRED,
                    default=None if default is REQUIRED else default,
                    is_table=place in tables,
                    is_date=argument in dates,
                )
                for place, (argument, default) in enumerate(zip(names, defaults, strict=True))
            ),
            sections=sections,
            call=call,
            gives_date=gives_date,
        )
        return call

    return declare


def _sections(docstring: str) -> dict[str, str]:
    """The text before the first heading, and that below each; a heading is a word and a colon on a line."""
    pieces = re.split(r"^([A-Z][a-z]+):\n", docstring, flags=re.MULTILINE)
    found = dict(zip(["", *pieces[1::2]], pieces[::2], strict=True))
    return {heading: inspect.cleandoc("\n" + text) for heading, text in found.items()}


def _helps(section: str) -> dict[str, str]:
    """The help of each argument: `name: help`, continued on indented lines."""
    found = re.findall(r"^(\w+): (.*(?:\n +.*)*)", section, flags=re.MULTILINE)
    return {name: " ".join(text.split()) for name, text in found}
