"""The ledger of an investigation as a person gives it: a file, or amounts.

What cannot be used is refused alike wherever it was written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

from addin.errors import TollsheetError
from addin.investigation.balance import STALENESS, Ledger
from addin.investigation.export import moment_of
from addin.records.call import SourceFile
from addin.records.ledger_file import CLOSING, LedgerRow, read_ledger, stated
from addin.records.whole_days import is_whole_day, next_midnight

LEDGER_FILE, CLOSING_AT = "file", "closing at"
"""What else is given, beside an amount of each kind."""
LONGEST_STALENESS_S = 86_400

Refuse = Callable[[str, str, str], TollsheetError]
"""Makes the error of what is given: which (a kind, or one of the two above), the problem, the remedy."""


@dataclass(frozen=True, slots=True)
class GivenLedger:
    """As it was written; blanks are not there."""

    file: Path | None
    amounts: Mapping[str, str]
    """By kind."""
    closing_at: str = ""
    """A moment, or a day alone."""
    buffer: Fraction = Fraction(0)
    staleness: timedelta = STALENESS
    time_zone: str | None = None
    """Of times in the file that carry none."""


def ledger_of(given: GivenLedger, refuse: Refuse) -> tuple[Ledger | None, tuple[SourceFile, ...]]:
    """The ledger and its file; None where nothing is given."""
    if given.file is not None and (given.amounts or given.closing_at):
        raise refuse(
            LEDGER_FILE, "The ledger is given as a file and as amounts", "Give it as a file or as amounts."
        )
    if given.file is not None:
        rows, source = read_ledger(given.file, given.time_zone)
        return Ledger(tuple(rows), given.buffer, given.staleness), (source,)
    if given.closing_at and CLOSING not in given.amounts:
        raise refuse(CLOSING_AT, "The closing balance has a time and no amount", "State the balances.")
    if not given.amounts:
        return None, ()
    rows = [_row(kind, text, given, refuse) for kind, text in given.amounts.items()]
    return Ledger(tuple(rows), given.buffer, given.staleness), ()


def _row(kind: str, text: str, given: GivenLedger, refuse: Refuse) -> LedgerRow:
    at = until = None
    if kind == CLOSING and given.closing_at:
        try:
            at = moment_of(given.closing_at)
        except TollsheetError as error:
            raise refuse(CLOSING_AT, error.problem, error.remedy) from None
        until = next_midnight(at, "UTC") if is_whole_day(given.closing_at) else None
    try:
        return stated(kind, text, at, until)
    except TollsheetError as error:
        raise refuse(kind, error.problem, error.remedy) from None
