"""Small tables of words, each with its answer: whether a status is charged, which table a type belongs to.

The first row with a word counts. What would be passed over in silence is said beside the row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from templates.grid import FIRST_ROW, TEXT
from templates.shared import words
from templates.shared.checks import Check
from templates.shared.columns import AN_ERROR, chosen
from templates.shared.tables import Figure, Row, column, here, row_number

PROBLEM = "Problem"
_LONGEST = 100
_BLANK = "{} is blank: type the word, or delete the row"
_UNKNOWN = "{} is none of: {}"
_OTHER = ": another answer to the same word, which counts. Delete one of them"


@dataclass(frozen=True, slots=True)
class Answers:
    """Such a table: its name, and its columns of words, of words as they are compared, and of answers."""

    table: str
    word: str
    key: str
    answer: str
    known: tuple[str, ...]

    def figure(self) -> Figure:
        note = "What is wrong with the row. Blank: all is fine."
        return Figure(PROBLEM, TEXT, note, self._formula(), 40, is_alarm=True)

    def _formula(self) -> str:
        word, key, answer = (here(self.table, head) for head in (self.word, self.key, self.answer))
        number = row_number(self.table, self.word)
        wanted = words.as_it_stands(f"LEFT({key},{_LONGEST})")
        first = f"IFERROR(MATCH({wanted},{column(self.table, self.key)},0),{number})"
        theirs = words.trimmed(f"INDEX({column(self.table, self.answer)},{first})")
        known = ",".join(f'{words.trimmed(answer)}="{one.lower()}"' for one in self.known)
        header = f"ROW({self.table}[[#Headers],[{self.word}]])"
        asked = [
            (f"ISERROR({word}&{answer})", AN_ERROR),
            (f'{word}&{answer}=""', ""),
            (f'{key}=""', self._blank),
            (f"NOT(OR({known}))", self._unknown),
            (f"{theirs}<>{words.trimmed(answer)}", f'="Row "&{header}+{first}&"{_OTHER}"'),
        ]
        return chosen(asked)

    @property
    def _blank(self) -> str:
        return _BLANK.format(self.word)

    @property
    def _unknown(self) -> str:
        return _UNKNOWN.format(self.answer, ", ".join(self.known))

    def problem_of(self, rows: Sequence[Row], number: int) -> str:
        """What the formula gives in a row, from 0."""
        own = rows[number]
        if not own[self.word] and not own[self.answer]:
            return ""
        if not own[self.key]:
            return self._blank
        if str(own[self.answer]).lower() not in [one.lower() for one in self.known]:
            return self._unknown
        first = [row[self.key] for row in rows].index(own[self.key])
        is_other = rows[first][self.answer] != own[self.answer]
        return f"Row {FIRST_ROW + 1 + first}{_OTHER}" if is_other else ""

    def with_problems(self, rows: Sequence[Row]) -> list[Row]:
        return [{**row, PROBLEM: self.problem_of(rows, number)} for number, row in enumerate(rows)]

    def check(self, name: str, rows: Sequence[Row]) -> Check:
        return Check(
            name,
            f"Each word of the sheet {self.table} has one answer",
            f'COUNTIF({column(self.table, PROBLEM)},"?*")',
            f"The column {PROBLEM} of the sheet {self.table} says what is wrong.",
            sum(bool(row[PROBLEM]) for row in self.with_problems(rows)),
        )
