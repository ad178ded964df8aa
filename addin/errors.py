"""What can stop a command: a problem, its place and the remedy, in one sentence each.

Single bad rows never stop anything: they become findings. These errors are for input that makes the
whole answer impossible or wrong, and end a command with exit code 2.
"""

from __future__ import annotations

from collections.abc import Iterable


def safe(text: str) -> str:
    """Text from a file without anything that could steer a terminal.

    >>> safe("\x1b[31mred")
    '?[31mred'
    """
    return "".join(sign if sign.isprintable() else "?" for sign in text)


def in_quotes(names: Iterable[str]) -> str:
    """
    >>> in_quotes(["Log", "Calls"])
    '"Log", "Calls"'
    """
    return ", ".join(f'"{name}"' for name in names)


class TollsheetError(Exception):
    """Bad input: says what is wrong, where, and what to do.

    >>> print(TollsheetError("calls.csv is empty", "Export the call log again."))
    calls.csv is empty. Export the call log again.
    """

    exit_code = 2

    def __init__(self, problem: str, remedy: str = "", option: str = "") -> None:
        """`option` is the one of the command line that decides it; nobody else sees it."""
        self.problem = problem.rstrip(".")
        self.remedy = remedy
        self.option = option
        super().__init__(f"{self.problem}. {remedy}".rstrip())


def reason(error: BaseException) -> str:
    """What a failure says, in words for people. Excel's own come as (number, text, details), and what went
    wrong stands in the details.

    >>> reason(ValueError("no such sheet")), reason(KeyError())
    ('no such sheet', 'KeyError')
    """
    if isinstance(error, TollsheetError):
        return error.problem
    details = getattr(error, "excepinfo", None)
    if isinstance(details, tuple) and len(details) > 2 and details[2]:
        return str(details[2]).strip()
    return str(error) or type(error).__name__
