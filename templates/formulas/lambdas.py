"""The cell functions as LAMBDA names of a workbook: one definition each, from which all forms are made.

Names, arguments and help come from the list of cell functions; the bodies stand in `bodies.py`. CARD_COST and
CALL_RATE have none: a rate card of thousands of prefixes is beyond a LAMBDA, and without the add-in a cell
that calls them shows #NAME?.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from templates.formulas.bodies import BODIES
from templates.formulas.stored import compact, stored_lambda
from udfs.cells import CELL_FUNCTIONS

LONGEST_COMMENT = 255
"""Characters of a name's comment."""
LONGEST_FORMULA = 8_192
"""Characters of a formula as a person sees it."""
_ZERO_IF_BLANK = "duration"
"""The required argument whose blank is no error."""
_BY = " Tollsheet."


@dataclass(frozen=True, slots=True)
class Lambda:
    """A cell function as a name of a workbook."""

    name: str
    typed: str
    """As a person would type it into the Name Manager, with its `=`."""
    stored: str
    """As files keep it, without."""
    comment: str


def _made(name: str) -> Lambda:
    """Errors come out as they went in, the first argument's first; then a blank that needs a value."""
    function = CELL_FUNCTIONS[name]
    required = [one.name for one in function.arguments if one.required]
    optional = [one.name for one in function.arguments if not one.required]
    body = BODIES[name]
    for argument in reversed(required):
        if argument != _ZERO_IF_BLANK:
            body = f'IF({argument}="",#N/A,{body})'
    for argument in reversed(optional):
        body = f"IF(IF(ISOMITTED({argument}),FALSE,ISERROR({argument})),{argument},{body})"
    for argument in reversed(required):
        body = f"IF(ISERROR({argument}),{argument},{body})"
    shown = ",".join([*required, *(f"[{argument}]" for argument in optional)])
    return Lambda(
        name=name,
        typed=f"=LAMBDA({shown},{compact(body)})",
        stored=stored_lambda(required, optional, body),
        comment=_comment(function.description),
    )


def _comment(description: str) -> str:
    if len(description) + len(_BY) > LONGEST_COMMENT:
        description = f"{description[: LONGEST_COMMENT - len(_BY) - 1]}…"
    return description + _BY


LAMBDAS: Mapping[str, Lambda] = MappingProxyType({name: _made(name) for name in BODIES})
"""Every function that a LAMBDA can do, by name, in the order of the list."""

ADDIN_ONLY = tuple(name for name in CELL_FUNCTIONS if name not in LAMBDAS)
"""The functions that need the add-in."""
