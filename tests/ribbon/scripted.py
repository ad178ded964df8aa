"""A person who answers by a script: the dialogs of a program, without anyone before it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from addin.hosts.calc.program import Calc


class Person(Calc):
    """Answers in turn; None (or no file) is a cancelled dialog. Without an answer left, a question fails."""

    def __init__(self, calc: Calc) -> None:
        super().__init__(calc.context)
        self.answers: list[Any] = []
        self.asked: list[str] = []
        self.cancellable: list[bool] = []
        """Of each question that is answered with yes or no: whether its box has a third button."""
        self.told: list[str] = []
        self.problems: list[str] = []

    def _answer(self, question: str) -> Any:
        self.asked.append(question)
        return self.answers.pop(0)

    def choose_files(self, title: str) -> list[Path]:
        return [*(self._answer(title) or ())]

    def ask(self, text: str, *, may_cancel: bool = False) -> bool | None:
        self.cancellable.append(may_cancel)
        answer: bool | None = self._answer(text)
        return answer

    def ask_for_text(self, text: str, proposed: str) -> str | None:
        answer = self._answer(text)
        return proposed if answer is True else answer

    def tell(self, text: str, *, is_problem: bool = False) -> None:
        (self.problems if is_problem else self.told).append(text)
