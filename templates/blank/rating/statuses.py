"""The table Statuses: which calls are charged, by the provider's word for how they ended."""

from __future__ import annotations

from collections.abc import Mapping

from templates.blank.rating.calls import NO, STATUSES, YES, fold
from templates.grid import SHORT_TEXT, Kind
from templates.shared import words
from templates.shared.answers import Answers
from templates.shared.checks import Check
from templates.shared.rules import one_of
from templates.shared.tables import Entry, Figure, Row, here

_TABLE = Answers(STATUSES, "Status", "Folded", "Charged", (YES, NO))
FIELDS: tuple[Entry | Figure, ...] = (
    Entry(
        "Status", Kind(is_input=True), "The provider's word; case, blanks, - and _ do not matter.", width=24
    ),
    Entry(
        "Charged",
        Kind(is_input=True),
        "yes or no: whether calls of this status are charged.",
        one_of([YES, NO], "The answer"),
    ),
    Figure("Folded", SHORT_TEXT, "The word as it is compared.", words.folded(here(STATUSES, "Status")), 20),
    _TABLE.figure(),
)


def rows_of(statuses: Mapping[str, str]) -> list[Row]:
    """What stands in the table, formulas included."""
    return _TABLE.with_problems(_given(statuses))


def check_of(statuses: Mapping[str, str]) -> Check:
    return _TABLE.check("check_status_words", _given(statuses))


def _given(statuses: Mapping[str, str]) -> list[Row]:
    return [{"Status": word, "Charged": answer, "Folded": fold(word)} for word, answer in statuses.items()]
