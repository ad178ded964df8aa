"""What can stop a command: a problem, its place and the remedy, in one sentence each.

Single bad rows never stop anything: they become findings. These errors are for input that makes the
whole answer impossible or wrong, and end a command with exit code 2.
"""

from __future__ import annotations


def safe(text: str) -> str:
    """Text from a file without anything that could steer a terminal.

    >>> safe("\x1b[31mred")
    '?[31mred'
    """
    return "".join(sign if sign.isprintable() else "?" for sign in text)


class TollsheetError(Exception):
    """Bad input: says what is wrong, where, and what to do.

    >>> print(TollsheetError("calls.csv is empty", "Export the call log again."))
    calls.csv is empty. Export the call log again.
    """

    exit_code = 2

    def __init__(self, problem: str, remedy: str = "") -> None:
        self.problem = problem.rstrip(".")
        self.remedy = remedy
        super().__init__(f"{self.problem}. {remedy}".rstrip())
