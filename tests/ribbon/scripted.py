"""A person who answers by a script: the dialogs of a program, without anyone before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from addin.hosts.calc.program import Calc


@dataclass
class Person:
    """Answers in turn; None (or no file) is a cancelled dialog. Without an answer left, a question fails."""

    calc: Calc
    answers: list[Any] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def _answer(self, question: str) -> Any:
        self.asked.append(question)
        return self.answers.pop(0)

    def choose_files(self, title: str) -> list[Path]:
        return [*(self._answer(title) or ())]

    def ask(self, text: str) -> bool | None:
        answer: bool | None = self._answer(text)
        return answer

    def ask_for_text(self, text: str, proposed: str) -> str | None:
        answer = self._answer(text)
        return proposed if answer is True else answer

    def tell(self, text: str, *, is_problem: bool = False) -> None:
        (self.problems if is_problem else self.told).append(text)

    def state_of(self, book: Any) -> Any:
        return self.calc.state_of(book)

    def protected_sheets(self, sheets: Sequence[Any]) -> list[str]:
        return self.calc.protected_sheets(sheets)

    def values_of(self, cells: Any) -> Any:
        return self.calc.values_of(cells)
