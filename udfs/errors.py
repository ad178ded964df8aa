"""The errors of the cell functions: each knows the code a cell shows, what is wrong, and what to do.

Called with scalars, a function raises one of these. Inside a range, only the element concerned becomes an
`ErrorValue`, and its neighbours are computed.
"""

from __future__ import annotations

from dataclasses import dataclass

CODE_OF_COM_INTEGER = {
    -2146826288: "#NULL!",
    -2146826281: "#DIV/0!",
    -2146826273: "#VALUE!",
    -2146826265: "#REF!",
    -2146826259: "#NAME?",
    -2146826252: "#NUM!",
    -2146826246: "#N/A",
    -2146826245: "#GETTING_DATA",
    -2146826243: "#SPILL!",
    -2146826242: "#CONNECT!",
    -2146826241: "#BLOCKED!",
    -2146826240: "#UNKNOWN!",
    -2146826239: "#FIELD!",
    -2146826238: "#CALC!",
}
"""How Excel hands an error cell to another program: as a number that must never pass for a duration."""

COM_INTEGER_OF_CODE = {code: integer for integer, code in CODE_OF_COM_INTEGER.items()}
ERROR_TEXTS = frozenset(COM_INTEGER_OF_CODE)


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """What stands in a range where one element could not be computed; `str()` gives the code.

    >>> str(ErrorValue("#N/A", "rate is blank", "fill it in"))
    '#N/A'
    """

    code: str
    problem: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        return self.code


class CellError(Exception):
    """An argument that cannot be computed with.

    >>> str(OutOfRange("duration is negative", "check the export"))
    '#NUM!: duration is negative; check the export'
    """

    code = "#VALUE!"

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem, remedy)
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.code}: {self.problem}; {self.remedy}"

    @property
    def value(self) -> ErrorValue:
        """The same error as an element of a range."""
        return ErrorValue(self.code, self.problem, self.remedy)


class NotUsable(CellError):
    """The wrong kind of value: text where a number belongs, an unknown rounding mode, a guess at a date."""

    code = "#VALUE!"


class OutOfRange(CellError):
    """A number that cannot be: a negative duration, a spreadsheet time read as seconds, too many decimals."""

    code = "#NUM!"


class NotAvailable(CellError):
    """Something needed is not there: a blank rate, an unknown status."""

    code = "#N/A"


class NoRate(NotAvailable):
    """No row of the rate card covers the call. It is not a cost of 0."""


class RateTie(NotUsable):
    """Two rows of the rate card cover the call equally well."""


class ErrorHandedIn(CellError):
    """An argument was an error already; it comes out as it went in."""

    def __init__(self, code: str, problem: str = "an argument is an error", remedy: str = "") -> None:
        super().__init__(problem, remedy or "correct the cell it comes from")
        self.args = (code, problem, remedy)
        self.code = code
